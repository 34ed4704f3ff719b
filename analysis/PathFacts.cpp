//===- PathFacts.cpp - What the branches of one path have decided ---------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/PathFacts.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace threadlint {

/// `table[i]`, `table.at(i)`.
static bool isElement(const Stmt &S) {
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(&S))
    return Op->getOperator() == OO_Subscript;
  return isa<ArraySubscriptExpr>(S);
}

static DeclList declsIn(const Expr &Test, bool Elements) {
  DeclList Result;
  llvm::SmallVector<const Stmt *, 8> Work{&Test};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr>(S) || (!Elements && isElement(*S)))
      continue;
    const ValueDecl *D = nullptr;
    if (const auto *Member = dyn_cast<MemberExpr>(S))
      D = Member->getMemberDecl();
    else if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      D = Ref->getDecl();
    if (D && !isa<EnumConstantDecl>(D))
      Result.push_back(cast<ValueDecl>(D->getCanonicalDecl()));
    // The value of a member is that of its object as well only for a call.
    if (!isa<MemberExpr>(S) || isa<CXXMethodDecl>(D))
      Work.append(S->child_begin(), S->child_end());
  }
  return Result;
}

DeclList testedDecls(const Expr &Test) { return declsIn(Test, true); }

DeclList testedOutsideElements(const Expr &Test) {
  return declsIn(Test, false);
}

bool isBound(const Expr &Test) {
  const auto *Binary = dyn_cast<BinaryOperator>(producer(&Test));
  return Binary && Binary->isRelationalOp() &&
         testedDecls(Test).size() == testedOutsideElements(Test).size();
}

static bool isZero(const Expr *E) {
  E = producer(E);
  if (const auto *Literal = dyn_cast<IntegerLiteral>(E))
    return Literal->getValue() == 0;
  if (const auto *Bool = dyn_cast<CXXBoolLiteralExpr>(E))
    return !Bool->getValue();
  return isa<CXXNullPtrLiteralExpr>(E) || isa<GNUNullExpr>(E);
}

static uint64_t keyOf(const Expr *E) {
  E = producer(E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return llvm::hash_value(Ref->getDecl()->getCanonicalDecl());
  return expressionProfile(E);
}

/// The key of the condition without its negations; \p Outcome becomes what the
/// condition without them is.
static uint64_t normalize(const Expr *E, bool &Outcome) {
  while (true) {
    E = producer(E);
    if (const auto *Not = dyn_cast<UnaryOperator>(E);
        Not && Not->getOpcode() == UO_LNot) {
      Outcome = !Outcome;
      E = Not->getSubExpr();
      continue;
    }
    const auto *Binary = dyn_cast<BinaryOperator>(E);
    if (Binary && Binary->getOpcode() == BO_Assign) {
      E = Binary->getLHS(); // `if ((rc = f()))` tests rc
      continue;
    }
    if (!Binary || !Binary->isComparisonOp())
      return keyOf(E);
    const Expr *L = Binary->getLHS(), *R = Binary->getRHS();
    BinaryOperatorKind Op = Binary->getOpcode();
    if (Op == BO_NE || Op == BO_GE || Op == BO_LE) {
      Outcome = !Outcome;
      Op = Op == BO_NE ? BO_EQ : Op == BO_GE ? BO_LT : BO_GT;
    }
    if (Op == BO_EQ && (isZero(L) || isZero(R))) {
      Outcome = !Outcome; // `x == 0` is `!x`
      E = isZero(R) ? L : R;
      continue;
    }
    if (Op == BO_GT) {
      std::swap(L, R);
      Op = BO_LT;
    }
    return llvm::hash_combine(static_cast<unsigned>(Op), keyOf(L), keyOf(R));
  }
}

PathFacts::Verdict PathFacts::decide(const Expr &Test, bool Outcome) {
  uint64_t Key = normalize(&Test, Outcome);
  DeclList Of = testedDecls(Test);
  DeclList Direct = testedOutsideElements(Test);
  bool Related = false;
  for (const Fact &F : Facts) {
    if (F.Key == Key)
      return F.Value == Outcome ? Verdict::Known : Verdict::Contradicts;
    Related |= llvm::any_of(F.Bound ? Direct : Of, [&](const ValueDecl *D) {
      return llvm::is_contained(F.Of, D);
    });
  }
  if (!isFull())
    Facts.push_back({Key, Outcome, std::move(Of), isBound(Test)});
  return Related ? Verdict::Related : Verdict::News;
}

void PathFacts::assign(const VarDecl &V, const Expr *Value,
                       const ASTContext &Context) {
  const auto *D = cast<ValueDecl>(V.getCanonicalDecl());
  learn(llvm::hash_value(V.getCanonicalDecl()), D, Value, Context);
}

void PathFacts::assignTo(const Expr &Target, const Expr *Value,
                         const ASTContext &Context) {
  const Expr *E = producer(&Target);
  const ValueDecl *D = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    D = Ref->getDecl();
  else if (const auto *Member = dyn_cast<MemberExpr>(E))
    D = Member->getMemberDecl();
  if (D)
    learn(keyOf(E), cast<ValueDecl>(D->getCanonicalDecl()), Value, Context);
}

void PathFacts::learn(uint64_t Key, const ValueDecl *D, const Expr *Value,
                      const ASTContext &Context) {
  llvm::erase_if(Facts,
                 [&](const Fact &F) { return llvm::is_contained(F.Of, D); });
  bool Constant = false;
  if (Value && !isFull() && !Value->isValueDependent() &&
      Value->EvaluateAsBooleanCondition(Constant, Context))
    Facts.push_back({Key, Constant, {D}});
}

bool PathFacts::meet(const PathFacts &Other) {
  size_t Before = Facts.size();
  llvm::erase_if(Facts, [&](const Fact &F) {
    return llvm::none_of(Other.Facts, [&](const Fact &O) {
      return O.Key == F.Key && O.Value == F.Value;
    });
  });
  return Facts.size() != Before;
}

void PathFacts::forgetCalls() {
  llvm::erase_if(Facts, [](const Fact &F) {
    return llvm::any_of(
        F.Of, [](const ValueDecl *D) { return isa<FunctionDecl>(D); });
  });
}

uint64_t PathFacts::digest() const {
  uint64_t Sum = 0; // the order does not matter
  for (const Fact &F : Facts)
    Sum += llvm::hash_combine(F.Key, F.Value);
  return Sum;
}

} // namespace threadlint
