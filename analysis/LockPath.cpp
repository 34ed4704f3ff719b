//===- LockPath.cpp - Names the object an expression denotes --------------===//
// Second stage of the pipeline: expressions to unique access paths. Purely
// structural; flow (a guard that was re-bound) is left to HeldLocks.
//===----------------------------------------------------------------------===//
#include "analysis/LockPath.h"
#include "analysis/CallInfo.h"
#include "analysis/Models.h"
#include "analysis/TupleElement.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang;

namespace threadlint {

// Look-throughs (references, accessors, constructor bindings) can lead to each
// other; real code needs two or three.
static constexpr unsigned MaxDepth = 16;

const FieldDecl *LockPath::field() const {
  return K == Kind::Field ? static_cast<const FieldDecl *>(Decl) : nullptr;
}

const VarDecl *LockPath::variable() const {
  return K == Kind::Variable ? static_cast<const VarDecl *>(Decl) : nullptr;
}

const Expr *LockPath::index() const {
  return K == Kind::Element ? static_cast<const Expr *>(Decl) : nullptr;
}

std::optional<int64_t> LockPath::constantIndex() const {
  const Expr *Index = index();
  const ValueDecl *Array = Index ? Parent->field() : nullptr;
  if (Index && !Array)
    Array = Parent->variable();
  Expr::EvalResult Value;
  // Any translation unit's context will do for a constant.
  if (!Array || Index->isValueDependent() ||
      !Index->EvaluateAsInt(Value, Array->getASTContext()) ||
      Value.Val.getInt().getActiveBits() >= 32)
    return std::nullopt;
  return Value.Val.getInt().getExtValue();
}

QualType LockPath::declaredType() const {
  switch (K) {
  case Kind::Field:
    return field()->getType();
  case Kind::Variable:
    return variable()->getType();
  case Kind::Parameter: {
    const auto *F = static_cast<const FunctionDecl *>(Decl);
    return Number < F->getNumParams() ? F->getParamDecl(Number)->getType()
                                      : QualType();
  }
  case Kind::Result:
    return static_cast<const FunctionDecl *>(Decl)->getReturnType();
  default:
    return {};
  }
}

const LockPath *LockPath::root() const {
  const LockPath *P = this;
  while (P->Parent)
    P = P->Parent;
  return P;
}

bool LockPath::startsWith(const LockPath *Prefix) const {
  for (const LockPath *P = this; P; P = P->Parent)
    if (P == Prefix)
      return true;
  return false;
}

void LockPath::Profile(llvm::FoldingSetNodeID &ID) const {
  ID.AddInteger(static_cast<unsigned>(K));
  ID.AddPointer(Parent);
  // Temporaries and unnamed expressions are told apart by Number alone: two
  // occurrences of one spelling denote one object.
  ID.AddPointer(K == Kind::Expression || K == Kind::Element ? nullptr : Decl);
  ID.AddInteger(Number);
}

static std::string parameterName(const FunctionDecl *F, unsigned Index) {
  // The definition's names are the ones the user reads.
  const FunctionDecl *Definition = nullptr;
  if (F->isDefined(Definition) && Index < Definition->getNumParams())
    F = Definition;
  if (Index < F->getNumParams() && F->getParamDecl(Index)->getIdentifier())
    return F->getParamDecl(Index)->getName().str();
  return "argument " + std::to_string(Index + 1);
}

bool isLockClass(const RecordDecl &R) {
  const auto *Class = dyn_cast<CXXRecordDecl>(&R);
  return Class && llvm::any_of(Class->methods(), [](const CXXMethodDecl *M) {
           if (!M->getIdentifier() || M->getNumParams() > 1)
             return false;
           std::string Name = M->getName().lower();
           return Name == "lock" || Name == "acquire" || Name == "enter" ||
                  Name == "lock_exclusive" || Name == "writelock";
         });
}

/// The private lock inside a small class around it: users know the object by
/// the wrapper's name.
static bool isWrapped(const FieldDecl &F) {
  const RecordDecl &R = *F.getParent();
  auto Count = std::distance(R.field_begin(), R.field_end());
  QualType T = F.getType();
  // Of two members, one may be what the lock guards.
  return F.getAccess() == AS_private &&
         (Count == 1 ||
          (Count == 2 && (isLockClass(R) || T->isReferenceType())));
}

/// The loop's own iterator has no name that a programmer wrote: what it goes over
/// has one.
static std::string iteratorName(const VarDecl &V) {
  const Expr *Begin = V.getInit() ? producer(V.getInit()) : nullptr;
  if (const auto *Call = dyn_cast_or_null<CallExpr>(Begin))
    Begin = objectArgument(Call) ? objectArgument(Call)
                                 : argument(Call, 0); // std::begin(range)
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Begin ? producer(Begin) : nullptr);
  const auto *Range = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  const Expr *Over = Range && Range->isImplicit() && Range->getInit()
                         ? producer(Range->getInit())
                         : nullptr;
  const NamedDecl *Named = nullptr;
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Over))
    Named = Member->getMemberDecl();
  else if (const auto *Variable = dyn_cast_or_null<DeclRefExpr>(Over))
    Named = Variable->getDecl();
  return Named ? Named->getNameAsString() + "[...]" : "";
}

std::string LockPath::str() const {
  switch (K) {
  case Kind::Unknown:
  case Kind::Temporary:
    return "";
  case Kind::This:
    return "*this";
  case Kind::Parameter:
    return parameterName(static_cast<const FunctionDecl *>(Decl), Number);
  case Kind::Variable:
    return variable()->isImplicit() && !variable()->getType()->isReferenceType()
               ? iteratorName(*variable())
               : variable()->getNameAsString();
  case Kind::Result: {
    const auto *F = static_cast<const FunctionDecl *>(Decl);
    std::string Object = Parent ? Parent->str() : "";
    if (Parent && !isa<CXXMethodDecl>(F))
      return Object.empty() ? "" : F->getNameAsString() + "(" + Object + ")";
    std::string Call = F->getNameAsString() + "()";
    return Object.empty() || Parent->K == Kind::This ? Call
                                                     : Object + "." + Call;
  }
  case Kind::Expression: {
    const auto *E = static_cast<const Expr *>(Decl);
    if (const auto *Call = dyn_cast<CallExpr>(E))
      if (const FunctionDecl *F = Call->getDirectCallee())
        return F->getNameAsString() +
               (Call->getNumArgs() == 0 ? "()" : "(...)");
    return "";
  }
  case Kind::Field: {
    std::string Name = field()->getNameAsString();
    std::string Owner = Parent->K == Kind::This ? "" : Parent->str();
    if (Owner.empty())
      return Name;
    return isWrapped(*field()) ? Owner : Owner + "." + Name;
  }
  case Kind::Element: {
    std::string Array = Parent->str();
    std::optional<int64_t> Constant = constantIndex();
    std::string Index = Constant ? std::to_string(*Constant) : "...";
    return Array.empty() ? Array : Array + "[" + Index + "]";
  }
  case Kind::Managed:
    return Parent->str();
  }
  return "";
}

static bool isWrapperStep(const LockPath *Step) {
  return Step->kind() == LockPath::Kind::Field ||
         Step->kind() == LockPath::Kind::Managed;
}

/// Outer is Inner, or Inner is the lock inside the wrapper object Outer.
static bool isInside(const LockPath *Inner, const LockPath *Outer) {
  for (const LockPath *P = Inner; P; P = P->parent()) {
    if (P == Outer)
      return true;
    if (!isWrapperStep(P))
      return false;
  }
  return false;
}

bool sameObject(const LockPath *A, const LockPath *B) {
  if (A->isUnknown() || B->isUnknown())
    return false;
  return isInside(A, B) || isInside(B, A);
}

/// The type of the object that the last step names, and whether it is reached
/// through a pointer or reference there.
static QualType objectType(const LockPath *P, bool &Indirect) {
  const ValueDecl *D = P->field();
  if (!D)
    D = P->variable();
  if (!D)
    return {};
  QualType T = D->getType();
  Indirect = T->isPointerType() || T->isReferenceType();
  if (Indirect)
    T = T->getPointeeType();
  return T.getCanonicalType().getUnqualifiedType();
}

/// A pointer of one path may lead to the very object that the other names.
static bool pointsToTypeOf(const LockPath *A, const LockPath *B) {
  bool Indirect = false;
  QualType Wanted = objectType(B, Indirect);
  for (const LockPath *P = A; P && !Wanted.isNull(); P = P->parent())
    if (objectType(P, Indirect) == Wanted && Indirect)
      return true;
  return false;
}

/// `many_[1].mu` and `many_[2].mu`.
static bool areDistinctElements(const LockPath *A, const LockPath *B) {
  while (A->field() && A->field() == B->field() && A->parent() != B->parent()) {
    A = A->parent();
    B = B->parent();
  }
  return A->index() && B->index() && A->parent() == B->parent() &&
         A->constantIndex() && B->constantIndex() &&
         A->constantIndex() != B->constantIndex();
}

/// The variable that the object of \p P is a part of, without a pointer on the
/// way. Null: it is not, or that is not known.
static const VarDecl *aroundObject(const LockPath *P) {
  while (const FieldDecl *F = P->field()) {
    QualType T = P->parent()->declaredType();
    const auto *R = T.isNull() ? nullptr : T->getAsRecordDecl();
    if (!R || R->getCanonicalDecl() != F->getParent()->getCanonicalDecl())
      return nullptr;
    P = P->parent();
  }
  return P->variable();
}

/// `here.mu` and `there.mu`.
static bool areOfDistinctVariables(const LockPath *A, const LockPath *B) {
  if (!A->field() || A->field() != B->field())
    return false;
  const VarDecl *V = aroundObject(A), *W = V ? aroundObject(B) : nullptr;
  return V && W && V != W;
}

bool mayBeSameObject(const LockPath *A, const LockPath *B) {
  if (areDistinctElements(A, B) || areOfDistinctVariables(A, B))
    return false;
  if (A->root()->isUnknown() || B->root()->isUnknown())
    if (!A->field() || !B->field())
      return true;
  if (sameObject(A, B))
    return true;
  // Wrappers hide the lock some fields deep on one side: any field in common
  // means that both may end at one object.
  for (const LockPath *P = A; P; P = P->parent())
    for (const LockPath *Q = B; Q; Q = Q->parent()) {
      if (P->field() && P->field() == Q->field())
        return true;
      if (P->kind() == LockPath::Kind::Element &&
          Q->kind() == LockPath::Kind::Element &&
          P->parent() == Q->parent())
        return true;
    }
  auto IsPlaceholder = [](const LockPath *P) {
    return P->kind() == LockPath::Kind::Parameter ||
           P->kind() == LockPath::Kind::Managed ||
           P->kind() == LockPath::Kind::Expression;
  };
  return IsPlaceholder(A) || IsPlaceholder(B) || pointsToTypeOf(A, B) ||
         pointsToTypeOf(B, A);
}

const void *commonName(const LockPath *P) {
  for (; P; P = P->parent()) {
    if (const FieldDecl *Field = P->field())
      return Field;
    if (const VarDecl *V = P->variable())
      return V->hasGlobalStorage() && !V->getType()->isReferenceType()
                 ? V
                 : nullptr;
  }
  return nullptr;
}

const LockPath *LockPaths::make(LockPath::Kind K, const LockPath *Parent,
                                const void *Decl, uint64_t Number) {
  // A part of something that cannot be named cannot be named either, but its
  // field still tells what class of lock it is.
  if (Parent && Parent->isUnknown() && K != LockPath::Kind::Field)
    return Parent;
  LockPath Wanted(K, Parent, Decl, Number);
  llvm::FoldingSetNodeID ID;
  Wanted.Profile(ID);
  void *InsertPos = nullptr;
  if (LockPath *Found = Nodes.FindNodeOrInsertPos(ID, InsertPos))
    return Found;
  auto *New = new (Arena) LockPath(Wanted);
  Nodes.InsertNode(New, InsertPos);
  return New;
}

const LockPath *LockPaths::unknown() {
  return make(LockPath::Kind::Unknown, nullptr, nullptr);
}

const LockPath *LockPaths::thisObject() {
  return make(LockPath::Kind::This, nullptr, nullptr);
}

const LockPath *LockPaths::parameter(const FunctionDecl *F, unsigned Index) {
  return make(LockPath::Kind::Parameter, nullptr, F->getCanonicalDecl(), Index);
}

const LockPath *LockPaths::variable(const VarDecl *V) {
  if (const auto *P = dyn_cast<ParmVarDecl>(V))
    if (const auto *F = dyn_cast<FunctionDecl>(P->getDeclContext()))
      return parameter(F, P->getFunctionScopeIndex());
  return make(LockPath::Kind::Variable, nullptr, V->getCanonicalDecl());
}

const LockPath *LockPaths::temporary(const Expr *E) {
  return make(LockPath::Kind::Temporary, nullptr, E);
}

const LockPath *LockPaths::managed(const LockPath *Guard) {
  return make(LockPath::Kind::Managed, Guard, nullptr);
}

const LockPath *LockPaths::expression(const Expr *E) {
  return make(LockPath::Kind::Expression, nullptr, E, expressionProfile(E));
}

const LockPath *LockPaths::element(const LockPath *Parent, const Expr *Index) {
  return make(LockPath::Kind::Element, Parent, Index,
              expressionProfile(Index));
}

static const CXXConstructExpr *localConstruction(const VarDecl *V) {
  if (!V || !V->hasInit() || V->getType()->isReferenceType())
    return nullptr;
  return dyn_cast_or_null<CXXConstructExpr>(producer(V->getInit()));
}

/// What `Local local{object};` binds the reference \p F of an aggregate to.
/// Null: nothing, or \p V is something else.
static const Expr *boundInList(const VarDecl *V, const FieldDecl *F) {
  if (!V || !V->hasInit() || !F->getType()->isReferenceType())
    return nullptr;
  const auto *List = dyn_cast<InitListExpr>(producer(V->getInit()));
  const auto *R = List ? List->getType()->getAsCXXRecordDecl() : nullptr;
  return R && R->getCanonicalDecl() == F->getParent()->getCanonicalDecl() &&
                 R->getNumBases() == 0 &&
                 F->getFieldIndex() < List->getNumInits()
             ? List->getInit(F->getFieldIndex())
             : nullptr;
}

const LockPath *LockPaths::field(const LockPath *Object, const FieldDecl *F) {
  QualType T = F->getType();
  if (const Expr *Bound = boundInList(Object->variable(), F))
    if (const LockPath *Result = of(Bound); !Result->isUnknown())
      return Result;
  if (Depth < MaxDepth && (T->isPointerType() || T->isReferenceType()))
    if (const CXXConstructExpr *C = localConstruction(Object->variable()))
      if (const LockPath *Bound = binding(cast<CXXConstructorDecl>(namedCallee(C)), F)) {
        ++Depth;
        const LockPath *Result =
            replaceRoot(Bound, [&](const LockPath *Root) -> const LockPath * {
              if (Root->kind() == LockPath::Kind::Parameter)
                return Root->number() < C->getNumArgs()
                           ? of(C->getArg(Root->number()))
                           : nullptr;
              return Root->kind() == LockPath::Kind::This ? Object : Root;
            });
        --Depth;
        if (!Result->isUnknown())
          return Result;
      }
  return make(LockPath::Kind::Field, Object, F);
}

const LockPath *LockPaths::binding(const CXXConstructorDecl *Ctor,
                                   const FieldDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (!Ctor->hasBody(Definition))
    return nullptr;
  for (const CXXCtorInitializer *Init :
       cast<CXXConstructorDecl>(Definition)->inits()) {
    if (Init->isAnyMemberInitializer() && Init->getAnyMember() == F)
      return of(Init->getInit());
    // A base class or a delegated constructor may bind it.
    if (Init->isAnyMemberInitializer() || Depth >= MaxDepth)
      continue;
    const auto *Base =
        dyn_cast_or_null<CXXConstructExpr>(producer(Init->getInit()));
    if (!Base)
      continue;
    ++Depth;
    const LockPath *Bound = binding(Base->getConstructor(), F);
    if (Bound)
      Bound = replaceRoot(Bound, [&](const LockPath *Root) -> const LockPath * {
        if (Root->kind() == LockPath::Kind::Parameter)
          return Root->number() < Base->getNumArgs()
                     ? of(Base->getArg(Root->number()))
                     : nullptr;
        return Root;
      });
    --Depth;
    if (Bound)
      return Bound;
  }
  return nullptr;
}

const LockPath *LockPaths::replaceRoot(const LockPath *P, Substitution S) {
  if (!P->parent()) {
    const LockPath *New = S(P);
    return New ? New : unknown();
  }
  const LockPath *Parent = replaceRoot(P->parent(), S);
  if (Parent == P->parent())
    return P;
  if (const FieldDecl *F = P->field())
    return field(Parent, F);
  return make(P->kind(), Parent, P->decl(), P->number());
}

const LockPath *LockPaths::of(const Expr *E) {
  if (!E || Depth >= MaxDepth)
    return unknown();
  ++Depth;
  const LockPath *P = ofStripped(E);
  --Depth;
  return P;
}

const LockPath *LockPaths::ofStripped(const Expr *E) {
  E = producer(E);
  if (isa<CXXThisExpr>(E))
    return thisObject();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *Binding = dyn_cast<BindingDecl>(Ref->getDecl()))
      return of(Binding->getBinding());
    if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
      return ofVariable(V);
    return unknown();
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return ofMember(Member);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref ||
        Unary->getOpcode() == UO_Extension)
      return of(Unary->getSubExpr());
    return expression(E);
  }
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return element(of(Subscript->getBase()), Subscript->getIdx());
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return ofCall(Call);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    // A copy of a (smart) pointer or reference_wrapper leads to the same object.
    const CXXConstructorDecl *Ctor = Construct->getConstructor();
    if (Construct->getNumArgs() == 1 &&
        (Ctor->isCopyOrMoveConstructor() ||
         Ctor->getParent()->getName() == "reference_wrapper"))
      return of(Construct->getArg(0));
    return temporary(E);
  }
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return of(Default->getExpr());
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E))
    return of(Default->getExpr());
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return List->getNumInits() == 1 ? of(List->getInit(0)) : unknown();
  return expression(E);
}

const LockPath *LockPaths::ofVariable(const VarDecl *V) {
  QualType T = V->getType();
  bool Alias = T->isReferenceType() ||
               (T->isPointerType() && V->isLocalVarDecl() && !isRebound(V));
  if (Alias && V->hasInit() && !isa<ParmVarDecl>(V)) {
    const Expr *Init = V->getInit();
    // A reference that extends a temporary's life names the temporary.
    if (!T->isReferenceType() || !isa<MaterializeTemporaryExpr>(
                                     Init->IgnoreParens()->IgnoreImpCasts())) {
      const LockPath *P = of(Init);
      if (!P->isUnknown() && P->kind() != LockPath::Kind::Expression &&
          P->kind() != LockPath::Kind::Temporary)
        return P;
    }
  }
  return variable(V);
}

const LockPath *LockPaths::ofMember(const MemberExpr *E) {
  if (const auto *V = dyn_cast<VarDecl>(E->getMemberDecl()))
    return variable(V); // static member
  const auto *F = dyn_cast<FieldDecl>(E->getMemberDecl());
  if (!F)
    return unknown();
  const LockPath *Base = of(E->getBase());
  // The members of an anonymous union belong to the object around it.
  return F->isAnonymousStructOrUnion() ? Base : field(Base, F);
}

static bool isNamedIn(const FunctionDecl *F,
                      std::initializer_list<StringRef> Names) {
  const IdentifierInfo *II = F->getIdentifier();
  return II && llvm::is_contained(Names, II->getName());
}

const LockPath *LockPaths::ofCall(const CallExpr *E) {
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (Op->getOperator() == OO_Subscript && Op->getNumArgs() == 2)
      return element(of(Op->getArg(0)), Op->getArg(1));
    if (Op->getOperator() == OO_Star || Op->getOperator() == OO_Arrow)
      return of(Op->getArg(0));
    return expression(E);
  }
  const FunctionDecl *F = E->getDirectCallee();
  if (!F)
    return expression(E);
  if (const Expr *Same = handedOn(E))
    return of(Same);
  if (const Expr *Tuple = tupleOf(E)) {
    if (const FieldDecl *Half = halfOf(E))
      return field(of(Tuple), Half);
    // Each index has a function of its own.
    return make(LockPath::Kind::Result, of(Tuple), F->getCanonicalDecl());
  }
  const FunctionModel *Model = M.function(F, writtenArgs(E));
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E)) {
    const Expr *Object = Member->getImplicitObjectArgument();
    if (Model && (Model->Does == Effect::ManagedLock ||
                  Model->Does == Effect::Disown))
      return managed(of(Object));
    if (E->getNumArgs() == 0 &&
        isNamedIn(F, {"get", "data", "value", "native_handle"}))
      return of(Object);
    if (E->getNumArgs() == 1 && isNamedIn(F, {"at"}))
      return element(of(Object), E->getArg(0));
  }
  if (const LockPath *Accessed = ofAccessor(E, F))
    return Accessed;
  if (E->getNumArgs() == 0) {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(E);
    const LockPath *Object =
        Member ? of(Member->getImplicitObjectArgument()) : nullptr;
    return make(LockPath::Kind::Result, Object, F->getCanonicalDecl());
  }
  return expression(E);
}

/// `mutex &lock() { return mu_; }`: the returned path in the caller's terms.
const LockPath *LockPaths::ofAccessor(const CallExpr *E,
                                      const FunctionDecl *F) {
  QualType T = F->getReturnType();
  if (!T->isReferenceType() && !T->isPointerType())
    return nullptr;
  const FunctionDecl *Definition = nullptr;
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  if (!F->hasBody(Definition) || (Method && Method->isVirtual()))
    return nullptr;
  const auto *Body = dyn_cast<CompoundStmt>(Definition->getBody());
  if (!Body || Body->size() != 1)
    return nullptr;
  const auto *Return = dyn_cast<ReturnStmt>(Body->body_front());
  if (!Return || !Return->getRetValue())
    return nullptr;
  const LockPath *Returned = of(Return->getRetValue());
  const LockPath *Result =
      replaceRoot(Returned, [&](const LockPath *Root) -> const LockPath * {
        switch (Root->kind()) {
        case LockPath::Kind::This: {
          const Expr *Object = objectArgument(E);
          return Object ? of(Object) : nullptr;
        }
        case LockPath::Kind::Parameter: {
          const Expr *Arg = argument(E, Root->number());
          return Arg ? of(Arg) : nullptr;
        }
        case LockPath::Kind::Variable:
        case LockPath::Kind::Result:
          return Root;
        default:
          return nullptr;
        }
      });
  return Result->root()->isUnknown() ? nullptr : Result;
}

bool LockPaths::isRebound(const VarDecl *V) {
  if (V->getType().isConstQualified())
    return false;
  const auto *F = dyn_cast_or_null<FunctionDecl>(V->getParentFunctionOrMethod());
  return !F || reboundIn(F).count(V);
}

const llvm::DenseMap<const VarDecl *, bool> &
LockPaths::reboundIn(const FunctionDecl *F) {
  auto [It, New] = Rebound.try_emplace(F);
  if (!New)
    return It->second;
  llvm::DenseMap<const VarDecl *, bool> &Found = It->second;
  llvm::SmallVector<const Stmt *, 32> Work{F->getBody()};
  auto Note = [&](const Expr *E) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts()))
      if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
        Found[V] = true;
  };
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S)
      continue;
    if (const auto *Binary = dyn_cast<BinaryOperator>(S)) {
      if (Binary->isAssignmentOp())
        Note(Binary->getLHS());
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(S)) {
      if (Unary->isIncrementDecrementOp() || Unary->getOpcode() == UO_AddrOf)
        Note(Unary->getSubExpr());
    } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S)) {
      if (Op->isAssignmentOp())
        Note(Op->getArg(0));
    } else if (const auto *Call = dyn_cast<CallExpr>(S)) {
      // std::swap(first, second); std::move() leaves it as it is.
      const FunctionDecl *Callee =
          handedOn(Call) ? nullptr : Call->getDirectCallee();
      for (unsigned I = 0; Callee && I < Call->getNumArgs() &&
                           I < Callee->getNumParams(); ++I) {
        QualType T = Callee->getParamDecl(I)->getType();
        if (T->isLValueReferenceType() &&
            !T->getPointeeType().isConstQualified())
          Note(Call->getArg(I));
      }
    }
    Work.append(S->child_begin(), S->child_end());
  }
  return Found;
}

uint64_t expressionProfile(const Expr *E) {
  // Structure and declarations, without types: cheap and stable in one run.
  llvm::FoldingSetNodeID ID;
  llvm::SmallVector<const Stmt *, 16> Work{E};
  for (unsigned Count = 0; !Work.empty() && Count < 256; ++Count) {
    const Stmt *S = Work.pop_back_val();
    if (!S)
      continue;
    if (const auto *Sub = dyn_cast<Expr>(S))
      S = Sub->IgnoreParenImpCasts();
    ID.AddInteger(static_cast<unsigned>(S->getStmtClass()));
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      ID.AddPointer(Ref->getDecl()->getCanonicalDecl());
    else if (const auto *Member = dyn_cast<MemberExpr>(S))
      ID.AddPointer(Member->getMemberDecl()->getCanonicalDecl());
    else if (const auto *Literal = dyn_cast<IntegerLiteral>(S))
      ID.AddInteger(Literal->getValue().getLimitedValue());
    else if (const auto *Character = dyn_cast<CharacterLiteral>(S))
      ID.AddInteger(Character->getValue());
    else if (const auto *Bool = dyn_cast<CXXBoolLiteralExpr>(S))
      ID.AddBoolean(Bool->getValue());
    else if (const auto *Text = dyn_cast<StringLiteral>(S))
      ID.AddString(Text->getBytes());
    else if (const auto *Binary = dyn_cast<BinaryOperator>(S))
      ID.AddInteger(static_cast<unsigned>(Binary->getOpcode()));
    else if (const auto *Unary = dyn_cast<UnaryOperator>(S))
      ID.AddInteger(static_cast<unsigned>(Unary->getOpcode()));
    // `locks[i++]` is another lock each time.
    const auto *Unary = dyn_cast<UnaryOperator>(S);
    if (Unary && Unary->isIncrementDecrementOp())
      ID.AddPointer(S);
    Work.append(S->child_begin(), S->child_end());
  }
  return ID.ComputeHash();
}

} // namespace threadlint
