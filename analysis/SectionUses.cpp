//===- SectionUses.cpp - What one function does under its locks -----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/SectionUses.h"
#include "analysis/CallInfo.h"
#include "analysis/GuardInference.h"
#include "analysis/LockPath.h"
#include "analysis/Statements.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {

bool SectionUse::isAct() const {
  QualType T = What->Decl->getType();
  switch (Use.Use) {
  case ObjectUse::Element:
  case ObjectUse::Changes:
    return true;
  case ObjectUse::Inserts: // one that is there already stays, or is replaced
    return !isKeyed(T);
  case ObjectUse::Replaces:
    return Updates;
  case ObjectUse::Asks:
  case ObjectUse::Unknown:
    return false;
  }
  return false;
}

/// The lock is there for the state: of the same object, or one is the
/// program's.
static bool guards(const KnownLock &Lock, const Access &A) {
  for (const GuardInference::Place &P : GuardInference::places(A.Path)) {
    RelativeName Name = GuardInference::relativeLock(Lock.Path, P.Object);
    if (Name.empty())
      continue;
    bool Global = isa_and_nonnull<VarDecl>(Name.front());
    if (!Global || !P.Object || P.Object->kind() == LockPath::Kind::This)
      return true;
  }
  return false;
}

SectionUses::SectionUses(const FunctionAccesses &F, GuardInference &Guards)
    : F(F), Parents(*F.F), Values(*F.F) {
  for (const Access &A : F.Body.All)
    Paths[A.Where].push_back(A.Path);
  for (const Access &A : F.Body.All) {
    const LocksAt *At = LockedAccesses::at(F, A.Where);
    if (!At || At->Must.empty() || !Guards.isSharedState(F, A))
      continue;
    for (const KnownLock &L : At->Must)
      if (L.Here && guards(L, A)) {
        addUse(A, L);
        break;
      }
  }
  for (const Stmt *S : Parents.all())
    if (decidingExpr(*S))
      Branching.push_back(S);
}

/// \p Path, or a part of it, is accessed on the way to \p Value.
bool SectionUses::isMadeOf(const Expr &Value, const LockPath *Path) const {
  return anyPart(Value, [&](const Expr &E) {
    auto It = Paths.find(&E);
    return It != Paths.end() &&
           llvm::any_of(It->second,
                        [&](const LockPath *P) { return P->startsWith(Path); });
  });
}

void SectionUses::addUse(const Access &A, const KnownLock &L) {
  SectionUse Use{&A, useOf(A, Parents), L, false};
  const Expr *To = nullptr, *From = nullptr;
  if (Use.Use.Use == ObjectUse::Replaces && Use.Use.By &&
      isAssignment(*Use.Use.By, To, From))
    Use.Updates = isMadeOf(*From, A.Path);
  ByExpr[A.Where] = Uses.size();
  Uses.push_back(Use);
}

const SectionUse *SectionUses::at(const Expr *E) const {
  auto It = ByExpr.find(E);
  return It == ByExpr.end() ? nullptr : &Uses[It->second];
}

bool SectionUses::anyPart(const Expr &E,
                          llvm::function_ref<bool(const Expr &)> Visit) const {
  llvm::SmallVector<const Expr *, 4> Work{&E};
  DeclSet Seen;
  bool Found = false;
  while (!Work.empty() && !Found)
    forEachStmt(Work.pop_back_val(), Lambdas::Outside, [&](const Stmt *S) {
      const auto *Part = dyn_cast<Expr>(S);
      Found |= Part && Visit(*Part);
      const auto *Ref = dyn_cast<DeclRefExpr>(S);
      const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      if (V && V->isLocalVarDecl() && Seen.insert(V).second)
        for (const Expr *Value : Values.of(*V))
          Work.push_back(Value);
    });
  return Found;
}

/// Callers that ask before they act see two critical sections.
bool SectionUses::locksForItself() const {
  return !F.Acquires.empty() && F.Keeps.empty() && F.Expects.empty() &&
         !F.Vague && !F.OnlySetup;
}

/// `++lookups_`: what is only counted decides nothing.
static bool isCounted(const Access &A) {
  return A.Kind == AccessKind::ReadWrite &&
         A.Decl->getType()->isArithmeticType();
}

/// `device_->query(device_)` by a pointer to a function: the answer is somebody
/// else's, and says nothing of the state.
static bool isOfUnknownCall(const Expr &Part, const Expr &Whole,
                            const BodyParents &Parents) {
  for (const Stmt *S = &Part; S && S != &Whole; S = Parents.parent(S)) {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (Call && !namedCallee(Call))
      return true;
  }
  const auto *Call = dyn_cast<CallExpr>(Whole.IgnoreParenImpCasts());
  return Call && !namedCallee(Call);
}

const std::vector<const SectionUse *> &SectionUses::answers() {
  if (AnswersKnown)
    return Answers;
  AnswersKnown = true;
  QualType T = F.F->getReturnType();
  if (!locksForItself() || !T->isIntegralOrEnumerationType() ||
      llvm::any_of(Uses, [](const SectionUse &Use) {
        return isWrite(Use.What->Kind) && !isCounted(*Use.What);
      }))
    return Answers;
  auto Add = [&](const Expr &E) {
    anyPart(E, [&](const Expr &Part) {
      const SectionUse *Use = at(&Part);
      if (Use && Use->What->Kind == AccessKind::Read &&
          !isOfUnknownCall(Part, E, Parents) &&
          !llvm::is_contained(Answers, Use))
        Answers.push_back(Use);
      return false;
    });
  };
  for (const Stmt *S : Parents.all()) {
    if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
      if (Return->getRetValue())
        Add(*Return->getRetValue());
    } else if (const Expr *Condition = decidingExpr(*S)) {
      Add(*Condition);
    }
  }
  return Answers;
}

/// The function looks before it acts.
bool SectionUses::isTested(const SectionUse &Act) const {
  return llvm::any_of(Branching, [&](const Stmt *Branch) {
    return anyPart(*decidingExpr(*Branch), [&](const Expr &Part) {
      const SectionUse *Use = at(&Part);
      return Use && Use->What->Path->startsWith(Act.What->Path);
    });
  });
}

const std::vector<const SectionUse *> &SectionUses::acts() {
  if (ActsKnown)
    return Acts;
  ActsKnown = true;
  if (locksForItself())
    for (const SectionUse &Use : Uses)
      if (Use.isAct() && !isTested(Use))
        Acts.push_back(&Use);
  return Acts;
}

} // namespace threadlint
