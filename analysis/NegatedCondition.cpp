//===- NegatedCondition.cpp - The opposite of a condition -----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/NegatedCondition.h"
#include "analysis/FlagCondition.h"
#include "analysis/TextEdits.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

const Expr *stripCondition(const Expr *E) {
  while (true) {
    E = E->IgnoreParenImpCasts();
    const auto *Conversion = dyn_cast<CXXMemberCallExpr>(E);
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bind->getSubExpr();
    else if (Conversion &&
             isa_and_nonnull<CXXConversionDecl>(Conversion->getMethodDecl()) &&
             Conversion->getBeginLoc() ==
                 Conversion->getImplicitObjectArgument()->getBeginLoc() &&
             Conversion->getEndLoc() ==
                 Conversion->getImplicitObjectArgument()->getEndLoc())
      E = Conversion->getImplicitObjectArgument();
    else
      return E;
  }
}

namespace {

/// How tightly the outermost operator of a text binds.
enum class Binding : uint8_t { Other, Or, And, Comparison, Unary, Postfix };

struct Text {
  std::string Source; ///< empty: it cannot be written
  Binding Binds = Binding::Postfix;
};

/// Writes conditions of one AST.
class Writer {
public:
  explicit Writer(const ASTContext &Context) : Context(Context) {}

  /// What has the value of \p E, or the opposite one, as a bool.
  Text write(const Expr *E, bool Same) const;

private:
  Text writeLogical(const BinaryOperator &E, bool Same) const;
  Text writeComparison(const BinaryOperator &E, bool Same) const;
  Text writeOperand(const Expr &E, bool Same) const;
  std::string source(const Expr &E) const {
    return sourceText(E.getSourceRange(), Context);
  }

  const ASTContext &Context;
};

} // namespace

static Binding bindingOf(const Expr &E) {
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(&E)) {
    OverloadedOperatorKind Operator = Call->getOperator();
    if (Operator == OO_Call || Operator == OO_Subscript || Operator == OO_Arrow)
      return Binding::Postfix;
    if (Call->isComparisonOp())
      return Binding::Comparison;
    return Call->getNumArgs() == 1 ? Binding::Unary : Binding::Other;
  }
  if (isa<CXXRewrittenBinaryOperator>(E))
    return Binding::Comparison;
  if (isa<DeclRefExpr>(E) || isa<MemberExpr>(E) || isa<CallExpr>(E) ||
      isa<ArraySubscriptExpr>(E) || isa<CXXThisExpr>(E))
    return Binding::Postfix;
  return isa<UnaryOperator>(E) ? Binding::Unary : Binding::Other;
}

static std::string wrapped(const Text &T, Binding Least) {
  return T.Binds < Least ? "(" + T.Source + ")" : T.Source;
}

/// De Morgan.
Text Writer::writeLogical(const BinaryOperator &E, bool Same) const {
  Text L = write(E.getLHS(), Same), R = write(E.getRHS(), Same);
  if (L.Source.empty() || R.Source.empty())
    return {};
  const bool IsAnd = (E.getOpcode() == BO_LAnd) == Same;
  auto Side = [IsAnd](const Text &T) {
    bool IsOpposite = T.Binds == (IsAnd ? Binding::Or : Binding::And);
    return IsOpposite || T.Binds == Binding::Other ? "(" + T.Source + ")"
                                                   : T.Source;
  };
  return {Side(L) + (IsAnd ? " && " : " || ") + Side(R),
          IsAnd ? Binding::And : Binding::Or};
}

/// `a < b` is the opposite of `a >= b` for numbers that can be compared at all.
Text Writer::writeComparison(const BinaryOperator &E, bool Same) const {
  auto Compares = [](const Expr *Side) {
    return Side->getType()->isIntegralOrEnumerationType() ||
           Side->getType()->isPointerType();
  };
  std::string L = source(*E.getLHS()), R = source(*E.getRHS());
  if (L.empty() || R.empty())
    return {};
  if (Same)
    return {source(E), Binding::Comparison};
  if (!E.isEqualityOp() && !(Compares(E.getLHS()) && Compares(E.getRHS())))
    return {"!(" + source(E) + ")", Binding::Unary};
  llvm::StringRef Opposite = BinaryOperator::getOpcodeStr(
      BinaryOperator::negateComparisonOp(E.getOpcode()));
  return {L + " " + Opposite.str() + " " + R, Binding::Comparison};
}

/// No operator that has an opposite.
Text Writer::writeOperand(const Expr &E, bool Same) const {
  QualType T = E.getType();
  Text Whole{source(E), bindingOf(E)};
  if (Whole.Source.empty())
    return {};
  const char *Against = T->isPointerType()                         ? "nullptr"
                        : T->isIntegralOrUnscopedEnumerationType() ? "0"
                                                                   : nullptr;
  const bool IsBool = T->isBooleanType();
  if (Same && IsBool)
    return Whole;
  if (Against && !IsBool)
    return {wrapped(Whole, Binding::Unary) + (Same ? " != " : " == ") + Against,
            Binding::Comparison};
  if (!IsBool && !T->isRecordType())
    return {};
  if (!Same)
    return {"!" + wrapped(Whole, Binding::Unary), Binding::Unary};
  // An object that can be asked only if it is a condition; an atomic has a
  // value.
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!isAtomic(T) || Whole.Binds != Binding::Postfix ||
      !Class->isInStdNamespace())
    return {};
  return {Whole.Source + ".load()", Binding::Postfix};
}

Text Writer::write(const Expr *E, bool Same) const {
  E = stripCondition(E);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    if (Unary->getOpcode() == UO_LNot)
      return write(Unary->getSubExpr(), !Same);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (Binary->isLogicalOp())
      return writeLogical(*Binary, Same);
    if (Binary->isComparisonOp() && Binary->getOpcode() != BO_Cmp)
      return writeComparison(*Binary, Same);
  }
  return writeOperand(*E, Same);
}

std::optional<std::string> negated(const Expr &E, const ASTContext &Context) {
  Text T = Writer(Context).write(&E, /*Same=*/false);
  if (T.Source.empty())
    return std::nullopt;
  return T.Source;
}

} // namespace threadlint
