//===- LockCheckBase.cpp - Base of checks on what is reached under a lock -----===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/LockCheckBase.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

void LockCheckBase::forEachEvent(
    TranslationUnit &TU, llvm::function_ref<bool(const FunctionDecl &)> Matters,
    Visitor Visit) {
  Summaries &All = TU.summaries();
  for (const FunctionDecl *F : TU.functions().functions()) {
    if (!TU.functions().mayLock(F) || !Matters(*F))
      continue;
    if (const HeldLocks *Flow = All.flow(F))
      Flow->forEachEvent(
          [&](const FunctionDecl *C) { return All.known(C); },
          [&](const Event &E, const LockState &Before) { Visit(*F, E, Before); });
  }
}

std::string LockCheckBase::lockName(const LockPath &Lock) {
  std::string Name = Lock.str();
  return Name.empty() ? "a lock" : "lock '" + Name + "'";
}

std::string LockCheckBase::calleeName(const FunctionDecl &F) {
  if (const auto *Dtor = dyn_cast<CXXDestructorDecl>(&F))
    return "~" + Dtor->getParent()->getNameAsString();
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&F))
    if (Method->getParent()->isLambda())
      return "lambda";
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F))
    return Ctor->getParent()->getNameAsString();
  return F.getNameAsString();
}

void LockCheckBase::noteHeld(TranslationUnit &TU, const HeldLock &Lock) {
  diag(TU.context().getSourceManager().getExpansionLoc(Lock.Acquired),
       Lock.FromCaller ? "%0 is held here" : "%0 acquired here",
       DiagnosticIDs::Note)
      << lockName(*Lock.Path);
}

void LockCheckBase::noteChain(TranslationUnit &TU, const Step &First,
                          llvm::StringRef Last) {
  const SourceManager &SM = TU.context().getSourceManager();
  for (const Step *S = First.Next; S; S = S->Next) {
    SourceLocation Loc = SM.getExpansionLoc(S->Loc);
    if (S->Callee)
      diag(Loc, "'%0' calls '%1' here%select{, %3|}2", DiagnosticIDs::Note)
          << calleeName(*S->In) << calleeName(*S->Callee)
          << (S->Next != nullptr) << Last;
    else
      diag(Loc, "'%0' %1 here", DiagnosticIDs::Note)
          << calleeName(*S->In) << Last;
  }
}

} // namespace threadlint
