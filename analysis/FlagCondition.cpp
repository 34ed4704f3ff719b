//===- FlagCondition.cpp - Conditions on one variable ---------------------===//
// See the header. Whatever is not understood has no value.
//===----------------------------------------------------------------------===//
#include "analysis/FlagCondition.h"
#include "analysis/CallInfo.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

static constexpr unsigned MaxDepth = 16; // of conditions in conditions

bool isAtomic(QualType T) {
  if (T->isAtomicType())
    return true;
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R || !R->getIdentifier())
    return false;
  llvm::StringRef Name = R->getName();
  if (Name.substr(0, 7) == "QAtomic" || Name.substr(0, 12) == "QBasicAtomic")
    return true;
  Name.consume_front("__"); // the base that declares the members
  if (Name.substr(0, 6) != "atomic")
    return false;
  const DeclContext *Home = R->getDeclContext()->getEnclosingNamespaceContext();
  const auto *Namespace = dyn_cast<NamespaceDecl>(Home);
  while (Namespace && Namespace->isInline())
    Namespace = dyn_cast<NamespaceDecl>(Namespace->getParent());
  return Namespace &&
         (Namespace->getName() == "std" || Namespace->getName() == "boost" ||
          Namespace->getName() == "atomics");
}

bool isSignalFlag(QualType T) {
  const auto *Name = T->getAs<TypedefType>();
  return Name && Name->getDecl()->getName() == "sig_atomic_t";
}

bool isFlagType(QualType T) {
  if (T.isVolatileQualified() || T->isReferenceType() || T->isDependentType())
    return false;
  return T->isIntegralOrEnumerationType() || isAtomic(T);
}

const Expr *stripValue(const Expr *E) { return E ? producer(E) : E; }

const ValueDecl *namedVariable(const Expr *E) {
  E = stripValue(E);
  const ValueDecl *D = nullptr;
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
    D = Ref->getDecl();
  else if (const auto *Member = dyn_cast_or_null<MemberExpr>(E))
    D = Member->getMemberDecl();
  if (!D || !(isa<VarDecl>(D) || isa<FieldDecl>(D)))
    return nullptr;
  return cast<ValueDecl>(D->getCanonicalDecl());
}

const ValueDecl *atomicRead(const Expr *E) {
  if (const auto *Builtin = dyn_cast<AtomicExpr>(E)) {
    const auto *Address =
        dyn_cast_or_null<UnaryOperator>(stripValue(Builtin->getPtr()));
    bool Loads = Builtin->getOp() == AtomicExpr::AO__c11_atomic_load ||
                 Builtin->getOp() == AtomicExpr::AO__atomic_load_n;
    return Loads && Address && Address->getOpcode() == UO_AddrOf
               ? namedVariable(Address->getSubExpr())
               : nullptr;
  }
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
  if (!Method || !Method->isConst() ||
      !Method->getReturnType()->isIntegralOrEnumerationType() ||
      !isAtomic(Call->getObjectType()))
    return nullptr;
  bool Reads = isa<CXXConversionDecl>(Method) ||
               (Method->getIdentifier() &&
                (Method->getName() == "load" || Method->getName() == "test"));
  return Reads ? namedVariable(Call->getImplicitObjectArgument()) : nullptr;
}

static std::optional<int64_t> constantOf(const Expr *E,
                                         const ASTContext &Context) {
  Expr::EvalResult Result;
  if (!E || E->isValueDependent() || E->isInstantiationDependent() ||
      !E->getType()->isIntegralOrEnumerationType() ||
      !E->EvaluateAsInt(Result, Context))
    return std::nullopt;
  const llvm::APSInt &Value = Result.Val.getInt();
  if (Value.isUnsigned() ? !Value.isIntN(63) : !Value.isSignedIntN(64))
    return std::nullopt;
  return Value.getExtValue();
}

static std::optional<int64_t> apply(BinaryOperatorKind Op, int64_t L,
                                    int64_t R) {
  switch (Op) {
  case BO_EQ:
    return L == R;
  case BO_NE:
    return L != R;
  case BO_LT:
    return L < R;
  case BO_GT:
    return L > R;
  case BO_LE:
    return L <= R;
  case BO_GE:
    return L >= R;
  case BO_And:
    return L & R;
  case BO_LAnd:
    return L && R;
  case BO_LOr:
    return L || R;
  default:
    return std::nullopt;
  }
}

std::optional<int64_t> initialValue(const Expr *E, const ASTContext &Context) {
  while (E) {
    E = producer(E);
    if (isa<ImplicitValueInitExpr>(E) || isa<CXXScalarValueInitExpr>(E))
      return 0;
    const auto *List = dyn_cast<InitListExpr>(E);
    const auto *Construct = dyn_cast<CXXConstructExpr>(E);
    if (List && List->getNumInits() <= 1) {
      if (List->getNumInits() == 0)
        return 0;
      E = List->getInit(0);
    } else if (Construct && isAtomic(Construct->getType())) {
      if (Construct->getNumArgs() == 0)
        return std::nullopt; // indeterminate before C++20
      E = Construct->getArg(0);
    } else if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E)) {
      E = Default->getExpr();
    } else {
      return constantOf(E, Context);
    }
  }
  return std::nullopt;
}

std::optional<int64_t> Evaluator::operator()(const Expr *E, unsigned Depth) {
  E = stripValue(E);
  if (!E || Depth > MaxDepth || E->isValueDependent())
    return std::nullopt;
  if (std::optional<int64_t> Constant = constantOf(E, Context))
    return Constant;
  const ValueDecl *V = namedVariable(E);
  if (!V)
    V = atomicRead(E);
  if (V) {
    if (!Variable)
      Variable = V;
    return V == Variable ? std::optional<int64_t>(Value) : std::nullopt;
  }
  if (const auto *Not = dyn_cast<UnaryOperator>(E)) {
    if (Not->getOpcode() != UO_LNot)
      return std::nullopt;
    std::optional<int64_t> Inner = (*this)(Not->getSubExpr(), Depth + 1);
    return Inner ? std::optional<int64_t>(!*Inner) : std::nullopt;
  }
  const auto *Binary = dyn_cast<BinaryOperator>(E);
  if (!Binary || Binary->isAssignmentOp())
    return std::nullopt;
  std::optional<int64_t> L = (*this)(Binary->getLHS(), Depth + 1);
  std::optional<int64_t> R = (*this)(Binary->getRHS(), Depth + 1);
  return L && R ? apply(Binary->getOpcode(), *L, *R) : std::nullopt;
}

} // namespace threadlint
