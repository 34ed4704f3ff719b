//===- AtomicOps.cpp - What an expression does to an atomic ---------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/AtomicOps.h"
#include "analysis/CallInfo.h"
#include "analysis/FlagCondition.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using llvm::StringRef;

namespace threadlint {

static bool hasPrefix(StringRef Name, StringRef Prefix) {
  return Name.substr(0, Prefix.size()) == Prefix;
}

/// The default order: written 5 in the compiler's builtins.
static bool isSequential(const Expr *Order) {
  Order = producer(Order);
  if (const auto *Literal = dyn_cast_or_null<IntegerLiteral>(Order))
    return Literal->getValue() == 5;
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Order);
  const ValueDecl *D = Ref ? Ref->getDecl() : nullptr;
  return D && D->getIdentifier() && D->getName().contains("seq_cst");
}

static bool isOrder(QualType T) {
  const auto *Enum = T.getNonReferenceType()->getAs<EnumType>();
  return Enum && Enum->getDecl()->getIdentifier() &&
         Enum->getDecl()->getName() == "memory_order";
}

static bool choosesOrder(const Expr &Call) {
  for (unsigned I = 0, N = writtenArgs(&Call); I < N; ++I)
    if (isOrder(argument(&Call, I)->getType()) &&
        !isSequential(argument(&Call, I)))
      return true;
  return false;
}

static AtomicOp ofBuiltin(const AtomicExpr &E) {
  bool Weak = !isSequential(E.getOrder());
  switch (E.getOp()) {
  case AtomicExpr::AO__c11_atomic_load:
  case AtomicExpr::AO__atomic_load_n:
  case AtomicExpr::AO__atomic_load:
    return {AtomicOpKind::Load, E.getPtr(), nullptr, Weak};
  case AtomicExpr::AO__c11_atomic_store:
  case AtomicExpr::AO__atomic_store_n:
    return {AtomicOpKind::Store, E.getPtr(), E.getVal1(), Weak};
  default:
    return {AtomicOpKind::Update, E.getPtr()};
  }
}

/// Of an object with atomic type in C, where operators are built in.
static std::optional<AtomicOp> ofOperator(const Expr &E) {
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(&E)) {
    if (Cast->getCastKind() == CK_LValueToRValue &&
        Cast->getSubExpr()->getType()->isAtomicType())
      return AtomicOp{AtomicOpKind::Load, Cast->getSubExpr()};
  } else if (const auto *Unary = dyn_cast<UnaryOperator>(&E)) {
    if (Unary->isIncrementDecrementOp() &&
        Unary->getSubExpr()->getType()->isAtomicType())
      return AtomicOp{AtomicOpKind::Update, Unary->getSubExpr()};
  } else if (const auto *Binary = dyn_cast<BinaryOperator>(&E)) {
    if (Binary->isAssignmentOp() &&
        Binary->getLHS()->getType()->isAtomicType()) {
      if (Binary->getOpcode() == BO_Assign)
        return AtomicOp{AtomicOpKind::Store, Binary->getLHS(),
                        Binary->getRHS()};
      return AtomicOp{AtomicOpKind::Update, Binary->getLHS()};
    }
  }
  return std::nullopt;
}

/// Boost's atomics inherit their members.
static const Expr &derivedObject(const Expr &Base) {
  const Expr *E = &Base;
  while (const auto *Cast = dyn_cast<ImplicitCastExpr>(E)) {
    if (Cast->getCastKind() != CK_DerivedToBase &&
        Cast->getCastKind() != CK_UncheckedDerivedToBase)
      break;
    E = Cast->getSubExpr();
  }
  return *E;
}

/// Member functions and operators: constant ones read, `store…` (Qt has one for
/// each order) and `=` write, all others do both.
static std::optional<AtomicOp> ofMember(const Expr &E, const Expr &Base,
                                        const CXXMethodDecl &Method) {
  const Expr &Object = derivedObject(Base);
  QualType T = Object.getType().getNonReferenceType();
  if (!isAtomic(T->isPointerType() ? T->getPointeeType() : T))
    return std::nullopt;
  StringRef Name = Method.getIdentifier() ? Method.getName() : StringRef();
  // Qt's orders are in the names.
  bool Weak = choosesOrder(E) || Name.contains("Acquire") ||
              Name.contains("Release") || Name.contains("Relaxed");
  if (Method.isConst()) {
    if (hasPrefix(Name, "load") || hasPrefix(Name, "test") ||
        isa<CXXConversionDecl>(Method))
      return AtomicOp{AtomicOpKind::Load, &Object, nullptr, Weak};
    return std::nullopt; // is_lock_free, wait
  }
  bool Stores =
      Method.getOverloadedOperator() == OO_Equal || hasPrefix(Name, "store");
  if (Stores)
    return AtomicOp{AtomicOpKind::Store, &Object, argument(&E, 0), Weak};
  if (hasPrefix(Name, "notify"))
    return std::nullopt;
  return AtomicOp{AtomicOpKind::Update, &Object};
}

/// `std::atomic_store(&a, v)`, and C's where it is no macro.
static std::optional<AtomicOp> ofFunction(const CallExpr &E,
                                          const FunctionDecl &F) {
  if (!F.getIdentifier() || !hasPrefix(F.getName(), "atomic_") ||
      E.getNumArgs() == 0 || !isStandard(F))
    return std::nullopt;
  StringRef Name = F.getName();
  bool Weak = choosesOrder(E);
  if (hasPrefix(Name, "atomic_load"))
    return AtomicOp{AtomicOpKind::Load, E.getArg(0), nullptr, Weak};
  if (hasPrefix(Name, "atomic_store") && E.getNumArgs() >= 2)
    return AtomicOp{AtomicOpKind::Store, E.getArg(0), E.getArg(1), Weak};
  if (hasPrefix(Name, "atomic_exchange") || hasPrefix(Name, "atomic_fetch") ||
      hasPrefix(Name, "atomic_compare"))
    return AtomicOp{AtomicOpKind::Update, E.getArg(0)};
  return std::nullopt;
}

std::optional<AtomicOp> atomicOp(const Expr &E) {
  if (const auto *Builtin = dyn_cast<AtomicExpr>(&E))
    return Builtin->getOp() == AtomicExpr::AO__c11_atomic_init
               ? std::nullopt
               : std::optional<AtomicOp>(ofBuiltin(*Builtin));
  const auto *Call = dyn_cast<CallExpr>(&E);
  if (!Call)
    return ofOperator(E);
  const FunctionDecl *F = namedCallee(Call);
  if (!F)
    return std::nullopt;
  const Expr *Object = objectArgument(Call);
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  if (Object && Method)
    return ofMember(E, *Object, *Method);
  return ofFunction(*Call, *F);
}

} // namespace threadlint
