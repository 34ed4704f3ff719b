//===- TaskCaptures.cpp - What a task has of its spawner ------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/TaskCaptures.h"
#include "analysis/CallInfo.h"
#include "analysis/Callable.h"
#include "analysis/LockPath.h"
#include "analysis/SpawnCall.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace threadlint {
namespace {

constexpr unsigned MaxDepth = 8; // of references to references, `a[i].b.c`

/// Finds the captures of one task.
class Collector {
public:
  Collector(Task &T, LockPaths &Paths) : T(T), Paths(Paths) {}

  void addLambda(const LambdaExpr &Lambda);
  void addArgument(const Expr &Arg);
  void addReference(const VarDecl *V, SourceLocation Loc);

private:
  void add(CaptureKind Kind, const VarDecl *V, SourceLocation Loc);
  void addLambdaCapture(const LambdaExpr &Lambda, const LambdaCapture &C);
  const VarDecl *referred(const VarDecl *V, unsigned Depth = 0);
  const VarDecl *holder(const Expr *E, unsigned Depth = 0);
  const VarDecl *pointee(const Expr *E, unsigned Depth = 0);
  bool isOfSpawner(const VarDecl *V) const;

  Task &T;
  LockPaths &Paths;
  bool Implicit = false;
};

void Collector::add(CaptureKind Kind, const VarDecl *V, SourceLocation Loc) {
  Capture C{Kind, V, Loc, Implicit};
  for (const Capture &Known : T.Captures)
    if (Known.Kind == Kind && Known.Var == V && Known.Loc == Loc)
      return;
  T.Captures.push_back(C);
}

bool Collector::isOfSpawner(const VarDecl *V) const {
  return V->hasLocalStorage() && V->getDeclContext() == T.Spawner;
}

/// The variable of the spawner that a reference to \p V refers to. Null: it is
/// none, or that is unknown.
const VarDecl *Collector::referred(const VarDecl *V, unsigned Depth) {
  if (!V || Depth > MaxDepth || !isOfSpawner(V))
    return nullptr;
  QualType Type = V->getType();
  if (!Type->isReferenceType())
    return V;
  if (isa<ParmVarDecl>(V)) {
    // What `T &` refers to is the caller's; the others may be temporaries.
    bool MayBeTemporary =
        Type->isRValueReferenceType() || Type->getPointeeType().isConstQualified();
    return MayBeTemporary ? V : nullptr;
  }
  if (!V->hasInit() || V->isCXXForRangeDecl())
    return nullptr;
  if (isa<MaterializeTemporaryExpr>(
          V->getInit()->IgnoreParens()->IgnoreImpCasts()))
    return V; // it extends the temporary's life
  return holder(V->getInit(), Depth + 1);
}

/// Containers and strings own what `[]`, at(), front(), data() … give access to.
bool isOwner(QualType T) {
  const CXXRecordDecl *R = T.getNonReferenceType()->getAsCXXRecordDecl();
  if (!R || !R->getIdentifier() || !R->isInStdNamespace())
    return false;
  return llvm::StringSwitch<bool>(R->getName())
      .Cases("basic_string", "vector", "array", "deque", "list", "forward_list",
             true)
      .Cases("map", "set", "multimap", "multiset", "unordered_map", true)
      .Cases("unordered_set", "unordered_multimap", "unordered_multiset", true)
      .Cases("optional", "pair", "tuple", true)
      .Default(false);
}

bool isView(QualType T) {
  const CXXRecordDecl *R = T.getNonReferenceType()->getAsCXXRecordDecl();
  return R && R->getIdentifier() && R->isInStdNamespace() &&
         (R->getName() == "basic_string_view" || R->getName() == "span");
}

/// A member of a container whose result refers into it.
bool givesAccess(const CXXMethodDecl *Method) {
  if (!Method)
    return false;
  if (isa<CXXConversionDecl>(Method))
    return isView(Method->getReturnType());
  if (Method->getOverloadedOperator() == OO_Subscript)
    return true;
  return Method->getIdentifier() &&
         llvm::StringSwitch<bool>(Method->getName())
             .Cases("data", "c_str", "begin", "end", "cbegin", "cend", true)
             .Cases("rbegin", "rend", "at", "front", "back", "find", true)
             .Default(false);
}

/// The container's access function that \p E calls: its object. Null: another
/// expression.
const Expr *accessed(const Expr *E) {
  const FunctionDecl *F = namedCallee(E);
  const Expr *Object = F ? objectArgument(E) : nullptr;
  return Object && isOwner(Object->getType()) &&
                 givesAccess(dyn_cast<CXXMethodDecl>(F))
             ? Object
             : nullptr;
}

/// The variable whose storage holds the object that the lvalue \p E denotes, or
/// that owns it. Null: none of the spawner's.
const VarDecl *Collector::holder(const Expr *E, unsigned Depth) {
  if (!E || Depth > MaxDepth)
    return nullptr;
  E = producer(E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return referred(dyn_cast<VarDecl>(Ref->getDecl()), Depth + 1);
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (Member->getMemberDecl()->getType()->isReferenceType() ||
        !isa<FieldDecl>(Member->getMemberDecl()))
      return nullptr;
    return Member->isArrow() ? pointee(Member->getBase(), Depth + 1)
                             : holder(Member->getBase(), Depth + 1);
  }
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return pointee(Subscript->getBase(), Depth + 1);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Deref
               ? pointee(Unary->getSubExpr(), Depth + 1)
               : nullptr;
  if (const Expr *Same = handedOn(E))
    return holder(Same, Depth + 1);
  if (const Expr *Object = accessed(E))
    return E->isGLValue() ? holder(Object, Depth + 1) : nullptr;
  return nullptr;
}

/// The variable that the pointer, view or iterator \p E points into. Null: none
/// of the spawner's.
const VarDecl *Collector::pointee(const Expr *E, unsigned Depth) {
  if (!E || Depth > MaxDepth)
    return nullptr;
  E = producer(E);
  if (E->getType()->isArrayType())
    return holder(E, Depth + 1); // it decays
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_AddrOf
               ? holder(Unary->getSubExpr(), Depth + 1)
               : nullptr;
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return Binary->isAdditiveOp() ? pointee(Binary->getLHS(), Depth + 1)
                                  : nullptr;
  if (const Expr *Same = handedOn(E)) {
    bool IsAddress = E->getType()->isPointerType(); // std::addressof
    return IsAddress ? holder(Same, Depth + 1) : pointee(Same, Depth + 1);
  }
  if (const Expr *Object = accessed(E))
    return E->isGLValue() ? nullptr : holder(Object, Depth + 1);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    if (!Construct->getNumArgs())
      return nullptr;
    const Expr *From = Construct->getArg(0);
    if (Construct->getConstructor()->isCopyOrMoveConstructor())
      return pointee(From, Depth + 1);
    if (!isView(E->getType()))
      return nullptr;
    return isOwner(From->getType()) ? holder(From, Depth + 1)
                                    : pointee(From, Depth + 1);
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (V && isOfSpawner(V) && !isa<ParmVarDecl>(V) && V->hasInit() &&
      !V->isCXXForRangeDecl() && !V->getType()->isReferenceType() &&
      !isOwner(V->getType()) && !Paths.isRebound(V))
    return pointee(V->getInit(), Depth + 1);
  return nullptr;
}

void Collector::addReference(const VarDecl *V, SourceLocation Loc) {
  if (const VarDecl *Local = referred(V))
    add(CaptureKind::Reference, Local, Loc);
}

void Collector::addLambdaCapture(const LambdaExpr &Lambda,
                                 const LambdaCapture &C) {
  Implicit = C.isImplicit();
  SourceLocation Loc =
      C.isImplicit() ? Lambda.getCaptureDefaultLoc() : C.getLocation();
  if (C.capturesThis()) {
    if (C.getCaptureKind() != LCK_StarThis)
      add(CaptureKind::This, nullptr, Loc);
    return;
  }
  if (!C.capturesVariable())
    return;
  const ValueDecl *Captured = C.getCapturedVar();
  if (const auto *Binding = dyn_cast<BindingDecl>(Captured))
    Captured = dyn_cast<ValueDecl>(Binding->getDecomposedDecl());
  const auto *V = dyn_cast_or_null<VarDecl>(Captured);
  if (!V)
    return;
  bool ByReference = C.getCaptureKind() == LCK_ByRef;
  if (V->isInitCapture()) {
    const Expr *Init = V->getInit();
    if (const VarDecl *Local = ByReference ? holder(Init) : pointee(Init))
      add(ByReference ? CaptureKind::Reference : CaptureKind::Pointer, Local,
          Loc);
    else if (const auto *Ref = dyn_cast<DeclRefExpr>(producer(Init)))
      if (const auto *Copied = dyn_cast<VarDecl>(Ref->getDecl()))
        add(CaptureKind::Value, Copied, Loc);
    return;
  }
  if (ByReference)
    return addReference(V, Loc);
  if (isOfSpawner(V) && !isa<ParmVarDecl>(V) && V->hasInit() &&
      !V->isCXXForRangeDecl() && !V->getType()->isReferenceType() &&
      !isOwner(V->getType()) && !Paths.isRebound(V))
    if (const VarDecl *Local = pointee(V->getInit()))
      if (Local != V)
        return add(CaptureKind::Pointer, Local, Loc);
  add(CaptureKind::Value, V, Loc);
}

void Collector::addLambda(const LambdaExpr &Lambda) {
  for (const LambdaCapture &C : Lambda.captures())
    addLambdaCapture(Lambda, C);
  Implicit = false;
}

/// An argument that is copied into the task.
void Collector::addArgument(const Expr &Arg) {
  const Expr *E = producer(&Arg);
  SourceLocation Loc = Arg.getBeginLoc();
  if (isa<CXXThisExpr>(E))
    return add(CaptureKind::This, nullptr, Loc);
  if (const Expr *Same = handedOn(E))
    if (namedCallee(E)->getReturnType()->isRecordType()) { // std::ref, std::cref
      if (const VarDecl *Local = holder(Same))
        add(CaptureKind::Reference, Local, Loc);
      return;
    }
  if (const VarDecl *Local = pointee(E))
    return add(CaptureKind::Pointer, Local, Loc);
  // A lambda that is an argument of its own.
  if (const LambdaExpr *Lambda = lambdaOf(E))
    return addLambda(*Lambda);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
      if (isOfSpawner(V))
        add(CaptureKind::Value, V, Loc);
}

} // namespace

void addCaptures(Task &T, const Callable &Callee, const SpawnCall &Call,
                 LockPaths &Paths) {
  Collector C(T, Paths);
  if (Callee.Lambda)
    C.addLambda(*Callee.Lambda);
  if (Callee.Referenced)
    C.addReference(Callee.Referenced, Call.Callable->getBeginLoc());
  for (const Expr *Arg : Callee.Bound)
    C.addArgument(*Arg);
  for (const Expr *Arg : Call.Arguments)
    C.addArgument(*Arg);
}

} // namespace threadlint
