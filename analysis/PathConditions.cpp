//===- PathConditions.cpp - Which ways can one path go? -------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/PathConditions.h"
#include "analysis/AtomicOps.h"
#include "analysis/CallInfo.h"
#include "analysis/Events.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/Hashing.h"

using namespace clang;

namespace threadlint {

static bool isLoop(const Stmt *S) {
  return isa<ForStmt>(S) || isa<WhileStmt>(S) || isa<DoStmt>(S) ||
         isa<CXXForRangeStmt>(S);
}

uint64_t PathMemory::digest() const {
  uint64_t Decls = 0; // in whatever order
  for (const ValueDecl *D : Tested)
    Decls += llvm::hash_value(D);
  for (const ValueDecl *D : Stored)
    Decls += 3 * llvm::hash_value(D);
  return llvm::hash_combine(Facts.digest(), Decls);
}

/// It may change what it asks for: anything but reading variables and calling
/// `const` members.
static bool isImpure(const Expr *Test) {
  bool Result = false;
  forEachStmt(Test, Lambdas::Inside, [&](const Stmt *S) {
    if (const auto *Unary = dyn_cast<UnaryOperator>(S))
      Result |= Unary->isIncrementDecrementOp();
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const auto *Method = dyn_cast_or_null<CXXMethodDecl>(namedCallee(Call));
      const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
      Result |= !(Method && Method->isConst()) &&
                !(Operator && (Operator->isComparisonOp() ||
                               Operator->getOperator() == OO_Arrow ||
                               Operator->getOperator() == OO_Star));
    }
  });
  return Result;
}

PathConditions::PathConditions(const FunctionDecl &F, const CFG &Cfg,
                               const ASTContext &Context)
    : Context(Context), Written(F) {
  for (const CFGBlock *Block : Cfg) {
    const Expr *Test =
        Block->succ_size() >= 2 ? branchCondition(*Block) : nullptr;
    if (!Test)
      continue;
    bool Impurely = isImpure(Test);
    for (const ValueDecl *D : testedDecls(*Test)) {
      Tests[D] += isLoop(Block->getTerminatorStmt()) ? 2 : 1;
      if (Impurely) {
        Impure.insert(D);
        ++Tests[D]; // in a loop it meets itself
      }
    }
  }
}

/// What a call may change is not known any more.
void PathConditions::learnCall(PathMemory &P, const CallExpr &Call) const {
  const FunctionDecl *Callee = namedCallee(&Call);
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  const Expr *Object = objectArgument(&Call);
  if (Object && !(Method && Method->isConst()))
    P.Facts.assignTo(*Object, nullptr, Context);
  for (unsigned I = 0, N = numArguments(&Call); I < N; ++I) {
    const Expr *Arg = argument(&Call, I)->IgnoreParenImpCasts();
    const auto *Address = dyn_cast<UnaryOperator>(Arg);
    if (Address && Address->getOpcode() == UO_AddrOf) {
      P.Facts.assignTo(*Address->getSubExpr(), nullptr, Context);
      continue;
    }
    QualType T = Callee && I < Callee->getNumParams()
                     ? Callee->getParamDecl(I)->getType()
                     : QualType();
    if (!T.isNull() && T->isLValueReferenceType() &&
        !T->getPointeeType().isConstQualified())
      P.Facts.assignTo(*Arg, nullptr, Context);
  }
}

/// Takes note of the values that variables and members get.
void PathConditions::learn(PathMemory &P, const Stmt &S) const {
  if (const auto *Binary = dyn_cast<BinaryOperator>(&S)) {
    if (Binary->isAssignmentOp())
      P.Facts.assignTo(*Binary->getLHS(),
                       Binary->getOpcode() == BO_Assign ? Binary->getRHS()
                                                        : nullptr,
                       Context);
  } else if (const auto *Unary = dyn_cast<UnaryOperator>(&S)) {
    if (Unary->isIncrementDecrementOp())
      P.Facts.assignTo(*Unary->getSubExpr(), nullptr, Context);
  } else if (const auto *Call = dyn_cast<CallExpr>(&S)) {
    learnCall(P, *Call);
  }
  // What an atomic holds then is asked in many ways.
  const auto *E = dyn_cast<Expr>(&S);
  std::optional<AtomicOp> Atomic = E ? atomicOp(*E) : std::nullopt;
  if (Atomic && Atomic->Kind != AtomicOpKind::Load)
    if (const ValueDecl *D = namedDecl(Atomic->Object, /*Whole=*/true)) {
      const auto *Canonical = cast<ValueDecl>(D->getCanonicalDecl());
      if (!llvm::is_contained(P.Stored, Canonical))
        P.Stored.push_back(Canonical);
    }
}

/// Something besides constants is stored in \p D.
bool PathConditions::isChanged(const ValueDecl *D) const {
  if (Impure.count(D))
    return true;
  return llvm::any_of(Written.of(D), [&](const Write &W) {
    return W.Where &&
           !(W.Kind == WriteKind::Assign && W.Value &&
             !W.Value->isValueDependent() && W.Value->isEvaluatable(Context));
  });
}

PathConditions::Way PathConditions::along(PathMemory &P, const Stmt &Branch,
                                          const Expr &Test,
                                          std::optional<bool> Outcome) const {
  DeclList Named = testedDecls(Test);
  bool Again = llvm::any_of(Named, [&](const ValueDecl *D) {
    return Tests.lookup(D) > 1 || !Written.of(D).empty();
  });
  if (!Again)
    return Way::Open;
  bool SeenBefore = llvm::any_of(Named, [&](const ValueDecl *D) {
    return llvm::is_contained(P.Tested, D) && (!Outcome || isChanged(D));
  });
  PathFacts::Verdict Said =
      Outcome ? P.Facts.decide(Test, *Outcome) : PathFacts::Verdict::News;
  for (const ValueDecl *D : Named)
    if (!llvm::is_contained(P.Tested, D))
      P.Tested.push_back(D);
  bool Stored = llvm::any_of(Named, [&](const ValueDecl *D) {
    return llvm::is_contained(P.Stored, D);
  });
  const bool Contradicts = Said == PathFacts::Verdict::Contradicts;
  if (Contradicts && !SeenBefore)
    return Way::Closed;
  // The next round of a loop is what its condition is for.
  bool Doubtful = SeenBefore || Said == PathFacts::Verdict::Related ||
                  P.Facts.isFull();
  if (isLoop(&Branch))
    Doubtful = Contradicts;
  return Stored || Doubtful ? Way::Doubtful : Way::Open;
}

} // namespace threadlint
