//===- TranslationUnit.cpp - All analyses of one AST ----------------------===//
// Remembers the answers that many findings of one file ask for again.
//===----------------------------------------------------------------------===//
#include "analysis/TranslationUnit.h"
#include "analysis/ConditionUses.h"
#include "analysis/GuardInference.h"
#include "analysis/LockedAccesses.h"
#include "analysis/SerializedIo.h"
#include "analysis/Shutdowns.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

TranslationUnit::TranslationUnit(ASTContext &Context,
                                 std::shared_ptr<const ModelSet> Set)
    : Context(Context), M(std::move(Set)), Paths(M), Index(Context, M),
      All(Context, M, Paths, Index), AllTasks(Context, M, Paths, Index),
      Thrown(M, Index), Flags(Context, Index), Exits(Context, M, Index, Flags),
      Calls(M, Paths, Index), Bodies(Paths, M) {}

TranslationUnit::~TranslationUnit() = default;

ConditionUses &TranslationUnit::conditions() {
  if (!Conditions)
    Conditions = std::make_unique<ConditionUses>(M, Paths, Index, All);
  return *Conditions;
}

LockedAccesses &TranslationUnit::accesses() {
  if (!Shared)
    Shared = std::make_unique<LockedAccesses>(Context, M, Paths, Index, All,
                                              AllTasks, Bodies);
  return *Shared;
}

GuardInference &TranslationUnit::guards() {
  if (!Guards)
    Guards = std::make_unique<GuardInference>(Context, M, Paths, accesses());
  return *Guards;
}

Shutdowns &TranslationUnit::shutdowns() {
  if (!Stops)
    Stops = std::make_unique<Shutdowns>(*this);
  return *Stops;
}

bool TranslationUnit::mentionsNonBlocking(const FunctionDecl &F) {
  const SourceManager &SM = Context.getSourceManager();
  FileID File = SM.getFileID(SM.getExpansionLoc(F.getLocation()));
  auto [It, New] = NonBlockingFiles.try_emplace(File, false);
  if (New)
    It->second = threadlint::mentionsNonBlocking(F, Context, M);
  return It->second;
}

bool TranslationUnit::serializesIo(const LockPath &Lock, const Blocking &Blocks,
                                   const LockPath *Io) {
  auto [It, New] = SerializedIo.try_emplace(
      std::make_tuple(&Lock, Io, Blocks.Why, Blocks.OnDescriptor), false);
  if (New)
    It->second = threadlint::serializesIo(*this, Lock, Blocks, Io);
  return It->second;
}

} // namespace threadlint
