//===- ReachedAccesses.cpp - What a call of a function touches ------------===//
// See the header. Callees come first; at each call their objects get the
// caller's names, and what has none is dropped.
//===----------------------------------------------------------------------===//
#include "analysis/ReachedAccesses.h"
#include "analysis/CallInfo.h"
#include "analysis/Callable.h"
#include "analysis/GuardInference.h"
#include "analysis/LockPath.h"
#include "analysis/LockedAccesses.h"
#include "analysis/SpawnCall.h"
#include "analysis/Tasks.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

// Calls in calls; what is deeper down is somebody else's business.
static constexpr unsigned MaxDepth = 8;
// Accesses of one function with all that it calls.
static constexpr size_t MaxAccesses = 4000;

QualType typeOf(const LockPath *P) {
  QualType T = P->declaredType();
  if (P->kind() == LockPath::Kind::Element) {
    QualType Whole = typeOf(P->parent());
    if (Whole.isNull())
      return {};
    if (const Type *Element = Whole->getPointeeOrArrayElementType())
      return Whole->isArrayType() || Whole->isPointerType()
                 ? QualType(Element, 0)
                 : QualType();
  }
  return T.isNull() ? T : T.getNonReferenceType();
}

//===----------------------------------------------------------------------===//
// Names of the callee in the caller
//===----------------------------------------------------------------------===//

namespace {

/// What a name of the callee stands for.
struct Binding {
  const LockPath *Path = nullptr; ///< null: something of its own
  /// It is the object itself, not a pointer that was copied.
  bool Object = false;
  /// Path names the object that the pointer leads to.
  bool IsAddress = false;
};

bool isLambda(const FunctionDecl &F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  return Method && Method->getParent()->isLambda();
}

bool isAddress(const Expr *E) {
  E = producer(E);
  const auto *Unary = dyn_cast<UnaryOperator>(E);
  return isa<CXXThisExpr>(E) || E->getType()->isArrayType() ||
         (Unary && Unary->getOpcode() == UO_AddrOf);
}

/// A pointer, by value.
Binding pointerTo(const Expr *E, LockPaths &Paths) {
  return {Paths.of(E), false, isAddress(E)};
}

/// What the captured variable \p V leads to, if it was set once. Null: unknown.
const LockPath *setTo(const VarDecl *V, LockPaths &Paths) {
  bool Alias = V->getType()->isReferenceType() ||
               (V->getType()->isPointerType() && !Paths.isRebound(V));
  return Alias && V->hasInit() && !isa<ParmVarDecl>(V) ? Paths.of(V->getInit())
                                                       : nullptr;
}

Binding captured(const LockPath *Root, const CXXRecordDecl &R,
                 LockPaths &Paths);

/// `[&step] { step(); }`: what the lambda step has by reference.
Binding capturedByOther(const LockPath *Root, const CXXRecordDecl &R,
                        LockPaths &Paths) {
  for (const LambdaCapture &C : R.captures()) {
    if (!C.capturesVariable())
      continue;
    const CXXRecordDecl *Other = C.getCapturedVar()
                                     ->getType()
                                     .getNonReferenceType()
                                     ->getAsCXXRecordDecl();
    // It is written before R: there is no way back.
    Binding B =
        Other && Other->isLambda() ? captured(Root, *Other, Paths) : Binding();
    if (B.Path && B.Object)
      return B;
  }
  return {};
}

/// The object that paths from \p Root begin with, as the lambda \p R has it.
Binding captured(const LockPath *Root, const CXXRecordDecl &R,
                 LockPaths &Paths) {
  const LambdaCapture *C = captureOf(R, Root, Paths);
  if (!C)
    return capturedByOther(Root, R, Paths);
  if (C->getCaptureKind() == LCK_StarThis)
    return {};
  if (C->capturesThis() || C->getCaptureKind() == LCK_ByRef)
    return {Root, true};
  const auto *V = cast<VarDecl>(C->getCapturedVar());
  if (Paths.variable(V) != Root) // a pointer, whose paths begin elsewhere
    return V->getType()->isReferenceType() ? Binding() : Binding{Root, true};
  if (!leadsElsewhere(V->getType()) || Paths.isRebound(V))
    return {};
  if (!V->isInitCapture())
    return {Root, V->getType()->isReferenceType()};
  // `[p = q]`: another name for what q leads to.
  return V->hasInit() && !handedOn(producer(V->getInit()))
             ? pointerTo(V->getInit(), Paths)
             : Binding();
}

} // namespace

const LambdaCapture *captureOf(const CXXRecordDecl &Lambda, const LockPath *Root,
                               LockPaths &Paths) {
  const LambdaCapture *Alias = nullptr;
  for (const LambdaCapture &C : Lambda.captures()) {
    if (C.capturesThis() && Root->kind() == LockPath::Kind::This)
      return &C;
    const auto *V =
        C.capturesVariable() ? dyn_cast<VarDecl>(C.getCapturedVar()) : nullptr;
    if (!V)
      continue;
    if (Paths.variable(V) == Root)
      return &C;
    const LockPath *P = setTo(V, Paths);
    if (P && P->root() == Root)
      Alias = &C;
  }
  return Alias;
}

/// Translates the names of one callee.
class ReachedAccesses::Frame {
public:
  Frame(const FunctionDecl &Callee, LockPaths &Paths)
      : Callee(Callee), Paths(Paths) {}
  virtual ~Frame() = default;

  /// \returns false for something of the callee's own.
  bool translate(Access &A) const;
  /// Null: a lock that nobody else can have. Unknown: it has no name.
  const LockPath *lock(const LockPath *P) const;

protected:
  virtual Binding object() const = 0;
  virtual Binding parameter(unsigned Index) const = 0;
  Binding of(const LockPath *Root) const;

  const FunctionDecl &Callee;
  LockPaths &Paths;
};

Binding ReachedAccesses::Frame::of(const LockPath *Root) const {
  const VarDecl *V = Root->variable();
  if (V && V->hasGlobalStorage())
    return {Root, true};
  if (Root->kind() == LockPath::Kind::Parameter &&
      Root->decl() == Callee.getCanonicalDecl())
    return parameter(Root->number());
  if (isLambda(Callee))
    return captured(Root, *cast<CXXMethodDecl>(Callee).getParent(), Paths);
  if (Root->kind() == LockPath::Kind::This)
    return isa<CXXMethodDecl>(Callee) ? object() : Binding{Root, true};
  // It ran a lambda of its caller's.
  bool Foreign = V ? V->getParentFunctionOrMethod() != &Callee
                   : Root->kind() == LockPath::Kind::Parameter;
  return Foreign ? Binding{Root, true} : Binding();
}

static bool hasName(const LockPath *P) {
  switch (P->root()->kind()) {
  case LockPath::Kind::This:
  case LockPath::Kind::Parameter:
  case LockPath::Kind::Variable:
    return true;
  default:
    return false;
  }
}

bool ReachedAccesses::Frame::translate(Access &A) const {
  const LockPath *Root = A.Path->root();
  Binding B = of(Root);
  if (!B.Path || !hasName(B.Path))
    return false;
  if (!B.Object) {
    QualType T = typeOf(Root);
    bool ByPointer = A.Path == Root
                         ? A.Through
                         : Root->kind() == LockPath::Kind::This ||
                               (!T.isNull() && leadsElsewhere(T));
    if (!ByPointer)
      return false;
  }
  const LockPath *P = Paths.replaceRoot(
      A.Path, [&](const LockPath *) { return B.Path; });
  if (P->root()->isUnknown())
    return false;
  if (A.Path == Root && A.Through) {
    QualType T = typeOf(P);
    A.Through = !B.IsAddress && (T.isNull() || leadsElsewhere(T));
  }
  A.Path = P;
  return true;
}

const LockPath *ReachedAccesses::Frame::lock(const LockPath *P) const {
  const LockPath *Root = P->root();
  const VarDecl *V = Root->variable();
  if (V && V->hasLocalStorage() &&
      V->getParentFunctionOrMethod() == &Callee && !V->getType()->isReferenceType() &&
      !leadsElsewhere(V->getType()))
    return nullptr; // each call has its own
  Binding B = of(Root);
  if (!B.Path)
    return Paths.unknown();
  return Paths.replaceRoot(P, [&](const LockPath *) { return B.Path; });
}

/// A call, or an algorithm that runs the callee.
class ReachedAccesses::CallFrame : public ReachedAccesses::Frame {
public:
  CallFrame(const CallSite &Site, LockPaths &Paths)
      : Frame(*Site.Callee, Paths), Site(Site) {}

private:
  Binding object() const override {
    return Site.Object ? Binding{Site.Object, true} : Binding();
  }
  Binding parameter(unsigned Index) const override {
    const Expr *Arg = Site.RunsCallable || !Site.Where
                          ? nullptr
                          : argument(Site.Where, Index);
    if (!Arg || Index >= Callee.getNumParams())
      return {};
    if (Callee.getParamDecl(Index)->getType()->isReferenceType())
      return {Paths.of(Arg), true};
    return pointerTo(Arg, Paths);
  }

  const CallSite &Site;
};

/// The entry of a task: what it gets is copied first.
class ReachedAccesses::TaskFrame : public ReachedAccesses::Frame {
public:
  TaskFrame(const Task &T, const Models &M, LockPaths &Paths)
      : Frame(*T.Entry, Paths) {
    SpawnCall Call = spawnCall(*T.Spawn, M);
    if (!Call.Callable)
      return;
    threadlint::Callable Run = resolveCallable(Call.Callable, M, Paths);
    Referenced = Run.Referenced;
    Given.append(Run.Bound.begin(), Run.Bound.end());
    Given.append(Call.Arguments.begin(), Call.Arguments.end());
    const auto *Method = dyn_cast<CXXMethodDecl>(T.Entry);
    ObjectFirst = Method && Method->isInstance() && !isLambda(*Method) &&
                  Method->getOverloadedOperator() != OO_Call;
  }

private:
  Binding object() const override {
    if (ObjectFirst)
      return Given.empty() ? Binding() : bound(*Given.front());
    return Referenced ? Binding{Paths.variable(Referenced), true} : Binding();
  }
  Binding parameter(unsigned Index) const override {
    Index += ObjectFirst;
    return Index < Given.size() ? bound(*Given[Index]) : Binding();
  }
  /// std::ref(x), &x, this, a pointer; anything else is copied.
  Binding bound(const Expr &Arg) const {
    const Expr *E = producer(&Arg);
    if (const Expr *Same = handedOn(E))
      return E->getType()->isRecordType() && !E->isGLValue()
                 ? Binding{Paths.of(Same), true}
                 : Binding();
    QualType T = Arg.getType();
    return leadsElsewhere(T) || T->isArrayType() || isa<CXXThisExpr>(E)
               ? pointerTo(&Arg, Paths)
               : Binding();
  }

  llvm::SmallVector<const Expr *, 4> Given;
  const VarDecl *Referenced = nullptr;
  bool ObjectFirst = false;
};

//===----------------------------------------------------------------------===//
// One function
//===----------------------------------------------------------------------===//

/// \returns false if it is unknown what is held.
bool ReachedAccesses::locksAt(const FunctionDecl &F, const Expr &E,
                              llvm::SmallVectorImpl<const LockPath *> &Out) {
  if (TU.accesses().functions().empty())
    return true; // nothing locks
  if (takesGuard(F, TU.models()))
    return false;
  const FunctionAccesses *Of = TU.accesses().of(&F);
  const LocksAt *At = Of ? LockedAccesses::at(*Of, &E) : nullptr;
  if (!At)
    return false;
  for (const KnownLock &L : At->Must)
    Out.push_back(L.Path);
  Out.append(At->May.begin(), At->May.end());
  return true;
}

bool ReachedAccesses::isPlainState(const Access &A) {
  if (A.Kind == AccessKind::Address || A.Kind == AccessKind::Atomic ||
      !hasName(A.Path))
    return false;
  const auto *V = dyn_cast<VarDecl>(A.Decl);
  const SourceManager &SM = TU.context().getSourceManager();
  if (V && (V->getTLSKind() != VarDecl::TLS_None || V->isConstexpr() ||
            SM.isInSystemHeader(V->getLocation())))
    return false;
  QualType T = A.Where->getType().getNonReferenceType();
  if (A.Through) {
    if (T->isPointerType())
      T = T->getPointeeType();
    else if (const auto *R = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
                 T->getAsCXXRecordDecl());
             R && R->getTemplateArgs().size() > 0 &&
             R->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
      T = R->getTemplateArgs()[0].getAsType();
    else
      return false;
  }
  return !T.isVolatileQualified() && !A.Decl->getType().isVolatileQualified() &&
         !T->isFunctionType() && TU.guards().needsLock(T);
}

static bool isBehindPoint(SourceLocation Loc, const FunctionOrder &Order) {
  return llvm::any_of(Order.Points, [&](const OrderPoint &P) {
    return P.Kind != OrderKind::Lock && P.Loc < Loc;
  });
}

/// Takes over what is known of the place where \p A stands, or of the call.
static void addPlace(ReachedAccess &A, SourceLocation Loc,
                     const FunctionOrder &Order) {
  auto Around = [&](SourceRange R) {
    return !(Loc < R.getBegin()) && !(R.getEnd() < Loc);
  };
  A.Chosen |= llvm::any_of(Order.Chosen, Around);
  A.Repeated |= llvm::any_of(Order.Loops, Around);
}

void ReachedAccesses::addCall(const FunctionDecl &F, const CallSite &Site,
                              Reached &Out) {
  if (!isOwnBody(*Site.Callee) || Site.Callee == &F || !Site.Where ||
      (Site.RunsCallable && isCallOnce(*Site.Where, TU)))
    return;
  const FunctionScan *Scan = TU.functions().scan(Site.Callee);
  if (!Scan || Scan->OverBudget)
    return;
  const Reached &Callee = of(*Site.Callee);
  const SourceManager &SM = TU.context().getSourceManager();
  CallFrame Names(Site, TU.paths());
  llvm::SmallVector<const LockPath *, 2> Held;
  if (Callee.All.empty() || !locksAt(F, *Site.Where, Held))
    return;
  // A lambda from elsewhere has another `this` than the method that runs it.
  bool OtherThis = isLambda(*Site.Callee) && isa<CXXMethodDecl>(F) &&
                   Site.Callee->getParent()->getParent() != &F;
  for (const ReachedAccess &Inner : Callee.All) {
    if (OtherThis && Inner.What.Path->root()->kind() == LockPath::Kind::This)
      continue;
    SourceLocation Loc = SM.getExpansionLoc(Inner.point()->getBeginLoc());
    ReachedAccess A = Inner;
    if (Out.All.size() >= MaxAccesses ||
        isBehindPoint(Loc, Callee.Order) || !Names.translate(A.What))
      continue;
    A.Via = Site.Where;
    A.Locks = Held;
    for (const LockPath *P : Inner.Locks)
      if (const LockPath *Here = Names.lock(P))
        A.Locks.push_back(Here);
    addPlace(A, Loc, Callee.Order);
    Out.All.push_back(std::move(A));
  }
}

void ReachedAccesses::addOwn(const FunctionDecl &F, Reached &Out) {
  BodyAccesses Body =
      accessesIn(F, TU.paths(), TU.models(), Detail::Parts);
  for (const Access &A : Body.All) {
    ReachedAccess Own{A, &F, nullptr, {}};
    if (Out.All.size() < MaxAccesses && isPlainState(A) &&
        locksAt(F, *A.Where, Own.Locks))
      Out.All.push_back(std::move(Own));
  }
  for (const CallSite &Site : Body.Calls)
    addCall(F, Site, Out);
}

const Reached &ReachedAccesses::of(const FunctionDecl &F) {
  auto It = Known.find(&F);
  if (It != Known.end())
    return *It->second;
  static const Reached Nothing;
  if (Depth >= MaxDepth)
    return Nothing;
  Known[&F] = std::make_unique<Reached>(); // a recursive call adds nothing
  auto Result = std::make_unique<Reached>();
  ++Depth;
  addOwn(F, *Result);
  Result->Order = orderIn(F, TU, [&](const FunctionDecl &Callee) {
    const FunctionDecl *Definition = nullptr;
    auto It = Callee.hasBody(Definition) ? Known.find(Definition) : Known.end();
    return It != Known.end() ? &It->second->Order : nullptr;
  });
  --Depth;
  Known[&F] = std::move(Result);
  return *Known[&F];
}

std::vector<ReachedAccess> ReachedAccesses::of(const Task &T) {
  std::vector<ReachedAccess> Result;
  const FunctionScan *Scan = T.Entry ? TU.functions().scan(T.Entry) : nullptr;
  if (!Scan || Scan->OverBudget || !isOwnBody(*T.Entry))
    return Result;
  const Reached &Entry = of(*T.Entry);
  const SourceManager &SM = TU.context().getSourceManager();
  TaskFrame Names(T, TU.models(), TU.paths());
  for (const ReachedAccess &Inner : Entry.All) {
    ReachedAccess A = Inner;
    SourceLocation Loc = SM.getExpansionLoc(Inner.point()->getBeginLoc());
    if (isBehindPoint(Loc, Entry.Order) || !Names.translate(A.What))
      continue;
    addPlace(A, Loc, Entry.Order);
    A.Locks.clear();
    for (const LockPath *P : Inner.Locks)
      if (const LockPath *Here = Names.lock(P))
        A.Locks.push_back(Here);
    Result.push_back(std::move(A));
  }
  return Result;
}

} // namespace threadlint
