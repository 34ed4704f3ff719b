//===- DeclaredOrder.cpp - The order of locks that the user wants ---------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/DeclaredOrder.h"
#include "analysis/LockOrder.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace threadlint {

void DeclaredOrder::addAttributes(Decl D, LockPaths &Paths) {
  if (!After.try_emplace(D).second)
    return;
  for (const auto *A : D->specific_attrs<AcquiredBeforeAttr>())
    for (const Expr *Arg : A->args())
      if (Decl Later = lockKey(*Paths.of(Arg)).Decl) {
        addAttributes(Later, Paths);
        After[D].insert(Later);
      }
  for (const auto *A : D->specific_attrs<AcquiredAfterAttr>())
    for (const Expr *Arg : A->args())
      if (Decl Earlier = lockKey(*Paths.of(Arg)).Decl) {
        addAttributes(Earlier, Paths);
        After[Earlier].insert(D);
      }
}

static bool isCalled(const ValueDecl *D, llvm::StringRef Name) {
  std::string Full = modelName(D);
  llvm::StringRef Rest = Full;
  return Rest == Name || (Rest.consume_back(Name) && Rest.take_back(2) == "::");
}

DeclaredOrder::DeclaredOrder(
    llvm::ArrayRef<LockEdge> Edges, LockPaths &Paths,
    llvm::ArrayRef<std::vector<std::string>> Demanded) {
  for (const LockEdge &E : Edges)
    for (Decl D : {E.From.Decl, E.To.Decl})
      addAttributes(D, Paths);
  std::vector<Decl> Known;
  for (const auto &Entry : After)
    Known.push_back(Entry.first);
  for (const std::vector<std::string> &Names : Demanded)
    for (size_t I = 0; I < Names.size(); ++I)
      for (size_t J = I + 1; J < Names.size(); ++J)
        for (Decl First : Known)
          for (Decl Second : Known)
            if (isCalled(First, Names[I]) && isCalled(Second, Names[J]))
              After[First].insert(Second);
}

bool DeclaredOrder::isViolatedBy(const LockEdge &E) const {
  std::vector<Decl> Work{E.To.Decl};
  std::set<Decl> Seen;
  while (!Work.empty()) {
    Decl D = Work.back();
    Work.pop_back();
    auto It = After.find(D);
    if (It == After.end() || !Seen.insert(D).second)
      continue;
    if (It->second.count(E.From.Decl))
      return true;
    Work.insert(Work.end(), It->second.begin(), It->second.end());
  }
  return false;
}

} // namespace threadlint
