//===- PromiseUses.cpp - What a function does with promises ---------------===//
// See the header. Every mention that is not understood makes the state unknown.
//===----------------------------------------------------------------------===//
#include "analysis/PromiseUses.h"
#include "analysis/BlockingCalls.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {
namespace {

using Op = PromiseOp::Kind;

constexpr unsigned MaxObjects = 32; // of one function; the others are left out

class Finder {
public:
  Finder(const FunctionDecl &F, TranslationUnit &TU)
      : F(F), TU(TU), Paths(TU.paths()), Parents(F) {}
  PromiseUses find(llvm::ArrayRef<const LockPath *> Also);

private:
  int object(const LockPath *P, QualType T);
  void addOperation(const CallExpr &Call);
  void addBegins();
  PromiseOp begin(unsigned Object, const Expr *Init) const;
  void visitUse(const Expr &Use);
  void visitUseOf(const Expr &Use, const LockPath *P, unsigned Object);
  bool visitCall(const Expr &Call, const Expr &Part, const LockPath *P,
                 unsigned Object, bool Moved);
  void visitCapture(const LambdaExpr &Lambda, const LockPath *P,
                    unsigned Object, const Expr &Use, bool Moved);
  bool visitHelper(const LambdaExpr &Lambda, unsigned Object);
  const LockPath *rebase(const LockPath *P, const LockPath *From,
                         const LockPath *To) const;
  bool mentions(const Stmt *Body, const LockPath &P) const;
  bool isCondition(const Expr &E) const;
  void add(Op Does, unsigned Object, const Expr &At) {
    PromiseOp O;
    O.Does = Does;
    O.Object = Object;
    O.Where = &At;
    O.Indirect = Indirect;
    Result.Ops[&At].push_back(O);
  }
  void addCall(unsigned Object, const Expr &At, const FunctionDecl &Callee,
               const LockPath *Inner) {
    add(Op::Call, Object, At);
    Result.Ops[&At].back().Callee = &Callee;
    Result.Ops[&At].back().Inner = Inner;
  }
  const FunctionModel *model(const Expr &Call) const {
    const FunctionDecl *Callee = namedCallee(&Call);
    return Callee ? TU.models().function(Callee, writtenArgs(&Call)) : nullptr;
  }

  const FunctionDecl &F;
  TranslationUnit &TU;
  LockPaths &Paths;
  BodyParents Parents;
  bool Indirect = false; ///< see PromiseOp
  PromiseUses Result;
};

//===----------------------------------------------------------------------===//
// Objects
//===----------------------------------------------------------------------===//

/// The promise or future that \p T is or, for a pointer of any kind, points to.
const TypeModel *outcomeType(QualType T, const Models &M) {
  T = T.getNonReferenceType();
  auto Known = [&](QualType T) -> const TypeModel * {
    const TypeModel *Type = M.type(T);
    return Type && (Type->Kind == TypeKind::Promise ||
                    Type->Kind == TypeKind::Future)
               ? Type
               : nullptr;
  };
  if (T->isPointerType())
    return Known(T->getPointeeType());
  if (M.type(T))
    return Known(T); // a container is no pointer
  const auto *R = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  if (!R || R->getTemplateArgs().size() == 0 ||
      R->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return nullptr;
  DeclarationName Arrow =
      R->getASTContext().DeclarationNames.getCXXOperatorName(OO_Arrow);
  bool IsPointer = !R->lookup(Arrow).empty() ||
                   llvm::any_of(R->bases(), [](const CXXBaseSpecifier &Base) {
                     return Base.getType()->isRecordType();
                   });
  return IsPointer ? Known(R->getTemplateArgs()[0].getAsType()) : nullptr;
}

/// A variable, a parameter, `this`, and fields of these.
bool isNamed(const LockPath *P) {
  for (; P->kind() == LockPath::Kind::Field; P = P->parent())
    if (!P->parent())
      return false;
  return P->kind() == LockPath::Kind::Variable ||
         P->kind() == LockPath::Kind::Parameter ||
         P->kind() == LockPath::Kind::This;
}

/// The object \p P of type \p T, which may be a pointer. Negative: it cannot be
/// followed.
int Finder::object(const LockPath *P, QualType T) {
  if (int I = Result.indexOf(P); I >= 0)
    return I;
  const TypeModel *Type = outcomeType(T, TU.models());
  QualType Declared = P->declaredType();
  if (!Type || !isNamed(P) || Declared.isNull() ||
      !outcomeType(Declared, TU.models()) || Result.All.size() >= MaxObjects)
    return -1;
  PromiseObject O;
  O.Path = P;
  O.IsPromise = Type->Kind == TypeKind::Promise;
  O.Once = Type->Once;
  O.IsTask = O.IsPromise &&
             isCallableType(T->isPointerType() ? T->getPointeeType()
                                               : T.getNonReferenceType());
  const VarDecl *V = P->variable();
  if (V && V->hasLocalStorage() && V->getDeclContext() == &F &&
      !V->getType()->isReferenceType() && !V->isInitCapture())
    O.Local = V;
  Result.All.push_back(O);
  return Result.All.size() - 1;
}

/// A call that a model names, on an object that has a name.
void Finder::addOperation(const CallExpr &Call) {
  const FunctionModel *Model = model(Call);
  const Expr *Promise = promiseOfFuture(Call, TU.models());
  const Expr *On = Promise ? Promise
                   : Model ? argumentAt(Call, Model->Object)
                           : nullptr;
  if (!On || Parents.isUnevaluated(&Call))
    return;
  bool Waits = !Promise && Model->Does == Effect::FutureWait &&
               Model->Timeout == ArgNone;
  if (!Promise && !Waits && Model->Does != Effect::PromiseSet)
    return;
  // `p.get_future().get()`
  if (const Expr *Made =
          Waits ? promiseOfFuture(*producer(On), TU.models()) : nullptr) {
    int Promise = object(Paths.of(Made), Made->getType());
    if (Promise >= 0) {
      add(Op::Wait, Promise, Call);
      Result.Ops[&Call].back().From = Promise;
    }
    return;
  }
  int I = object(Paths.of(On), On->getType());
  if (I >= 0)
    add(Promise         ? Op::Retrieve
        : !Waits        ? Op::Set
        : Model->Throws ? Op::Take
                        : Op::Wait,
        I, Call);
}

//===----------------------------------------------------------------------===//
// Initialisers
//===----------------------------------------------------------------------===//

/// What \p Object, which is initialised or assigned with \p Init, begins with.
PromiseOp Finder::begin(unsigned Object, const Expr *Init) const {
  PromiseOp O;
  O.Does = Op::Begin;
  O.Object = Object;
  const Expr *E = Init ? producer(Init) : nullptr;
  if (const auto *List = dyn_cast_or_null<InitListExpr>(E))
    E = List->getNumInits() == 1 ? producer(List->getInit(0)) : nullptr;
  bool IsPromise = Result.All[Object].IsPromise;
  if (!E) {
    O.New = IsPromise;
    return O;
  }
  while (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    if (!Construct->getConstructor()->isCopyOrMoveConstructor() ||
        Construct->getNumArgs() == 0)
      break;
    E = producer(Construct->getArg(0));
  }
  if (const Expr *Same = handedOn(E)) {
    O.From = Result.indexOf(Paths.of(Same)); // moved from another one
    return O;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    // A pointer to a promise, unless it is made with `new`, is somebody's.
    bool Owns = TU.models().type(Construct->getType()) ||
                (Construct->getNumArgs() >= 1 &&
                 isa<CXXNewExpr>(producer(Construct->getArg(0))));
    O.New = IsPromise && Owns;
    return O;
  }
  if (isa<CXXNewExpr>(E)) {
    O.New = IsPromise;
    return O;
  }
  if (!isa<CallExpr>(E))
    return O;
  const FunctionModel *Model = model(*E);
  if (IsPromise) {
    O.New = Model && Model->Does == Effect::Emplace;
    return O;
  }
  O.New = true; // who returns a future has not taken its result
  if (const Expr *Promise = promiseOfFuture(*E, TU.models()))
    O.From = Result.indexOf(Paths.of(Promise));
  return O;
}

void Finder::addBegins() {
  for (unsigned I = 0; I < Result.All.size(); ++I)
    if (const VarDecl *V = Result.All[I].Local; V && !isa<ParmVarDecl>(V))
      Result.Begins[V] = begin(I, V->getInit());
}

//===----------------------------------------------------------------------===//
// Other uses
//===----------------------------------------------------------------------===//

/// \p P, which starts with \p From, as it is reached from \p To.
const LockPath *Finder::rebase(const LockPath *P, const LockPath *From,
                               const LockPath *To) const {
  if (P == From)
    return To;
  return P->parent() && P->field()
             ? Paths.field(rebase(P->parent(), From, To), P->field())
             : Paths.unknown();
}

/// Some expression in \p Body names the last step of \p P.
bool Finder::mentions(const Stmt *Body, const LockPath &P) const {
  const ValueDecl *Wanted = P.field();
  bool Found = false;
  forEachStmt(Body, Lambdas::Inside, [&](const Stmt *S) {
    if (const auto *Member = dyn_cast<MemberExpr>(S))
      Found |= Member->getMemberDecl() == Wanted;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      Found |= Paths.of(Ref) == P.root();
    Found |= isa<CXXThisExpr>(S) && P.root()->kind() == LockPath::Kind::This &&
             !cast<CXXThisExpr>(S)->isImplicit();
  });
  return Found;
}

/// A branch is decided by \p E itself.
bool Finder::isCondition(const Expr &E) const {
  const Stmt *S = &E;
  for (const Stmt *P = Parents.parent(S); P; S = P, P = Parents.parent(P)) {
    if (conditionIn(*P) == S)
      return true;
    const auto *Binary = dyn_cast<BinaryOperator>(P);
    const auto *Unary = dyn_cast<UnaryOperator>(P);
    if (!isa<ParenExpr>(P) && !isa<CastExpr>(P) && !isa<FullExpr>(P) &&
        !(Binary && Binary->isLogicalOp()) &&
        !(Unary && Unary->getOpcode() == UO_LNot))
      return false;
  }
  return false;
}

/// The lambda is a local function: it is only ever called, here. The calls are
/// noted then.
bool Finder::visitHelper(const LambdaExpr &Lambda, unsigned Object) {
  const LockPath *P = Result.All[Object].Path;
  const Stmt *Outer = Parents.parent(&Lambda);
  while (Outer &&
         (isa<ParenExpr>(Outer) || isa<CastExpr>(Outer) ||
          isa<FullExpr>(Outer) || isa<MaterializeTemporaryExpr>(Outer) ||
          isa<CXXBindTemporaryExpr>(Outer) || isa<CXXConstructExpr>(Outer)))
    Outer = Parents.parent(Outer);
  auto Called = [&](const Stmt *S) -> const CXXOperatorCallExpr * {
    const auto *Call = dyn_cast_or_null<CXXOperatorCallExpr>(S);
    return Call && Call->getOperator() == OO_Call ? Call : nullptr;
  };
  auto NoteCall = [&](const CXXOperatorCallExpr &Call) {
    const FunctionDecl *Body = callee(&Call);
    if (Body)
      addCall(Object, Call, *Body, P);
    else
      add(Op::Forget, Object, Call);
  };
  if (const CXXOperatorCallExpr *Call = Called(Outer);
      Call && producer(Call->getArg(0)) == &Lambda) {
    NoteCall(*Call);
    return true;
  }
  const auto *Decls = dyn_cast_or_null<DeclStmt>(Outer);
  const auto *V = Decls && Decls->isSingleDecl()
                      ? dyn_cast<VarDecl>(Decls->getSingleDecl())
                      : nullptr;
  if (!V || !V->getType()->getAsCXXRecordDecl() ||
      !V->getType()->getAsCXXRecordDecl()->isLambda())
    return false;
  llvm::SmallVector<const CXXOperatorCallExpr *, 2> Calls;
  for (const Stmt *S : Parents.all()) {
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    if (!Ref || Ref->getDecl() != V)
      continue;
    const Stmt *Up = Parents.parent(Ref);
    while (Up && isa<ImplicitCastExpr>(Up))
      Up = Parents.parent(Up);
    const CXXOperatorCallExpr *Call = Called(Up);
    if (!Call || producer(Call->getArg(0)) != Ref)
      return false;
    Calls.push_back(Call);
  }
  for (const CXXOperatorCallExpr *Call : Calls)
    NoteCall(*Call);
  return true;
}

void Finder::visitCapture(const LambdaExpr &Lambda, const LockPath *P,
                          unsigned Object, const Expr &Use, bool Moved) {
  if (Moved)
    return add(Op::Move, Object, Use);
  // Of an object that is captured as a whole the lambda may not use this part.
  if (P != Result.All[Object].Path &&
      !mentions(Lambda.getBody(), *Result.All[Object].Path))
    return;
  if (!visitHelper(Lambda, Object))
    add(Op::Forget, Object, Use);
}

/// The object, or one that contains it, is \p Part of a call. False: the call
/// only passes it on.
bool Finder::visitCall(const Expr &Call, const Expr &Part, const LockPath *P,
                       unsigned Object, bool Moved) {
  const LockPath *Whole = Result.All[Object].Path;
  const FunctionDecl *Callee = callee(&Call);
  const FunctionDecl *Body = nullptr;
  bool Visible = Callee && Callee->hasBody(Body) &&
                 TU.functions().isUserCode(Body->getLocation());
  const auto *Assign = dyn_cast<CXXOperatorCallExpr>(&Call);
  const Expr *On = objectArgument(&Call);
  if (On && producer(On) == producer(&Part)) {
    if (auto Ops = Result.Ops.find(&Call); Ops != Result.Ops.end())
      if (llvm::any_of(Ops->second,
                       [&](const PromiseOp &O) { return O.Object == Object; }))
        return true;
    if (Assign && Assign->getOperator() == OO_Equal && P == Whole) {
      Result.Ops[&Call].push_back(begin(Object, Assign->getArg(1)));
      Result.Ops[&Call].back().Where = &Call;
      return true;
    }
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(namedCallee(&Call));
    const FunctionModel *Model = model(Call);
    if (Model && Model->Does == Effect::FutureWait)
      return true; // with a time-out
    if (P != Whole && Visible) {
      if (mentions(Body->getBody(), *Whole))
        addCall(Object, Call, *Body, rebase(Whole, P, Paths.thisObject()));
      return true;
    }
    if (Method && Method->isConst()) {
      if (P == Whole && Method->getReturnType()->isBooleanType() &&
          !isa<CXXConversionDecl>(Method)) {
        Result.Valid[&Call] = Object;
        if (!isCondition(Call)) // somebody may ask for the answer later
          add(Op::Forget, Object, Call);
      }
      return true;
    }
    add(Op::Forget, Object, Call);
    return true;
  }
  for (unsigned I = 0, N = numArguments(&Call); I < N; ++I) {
    if (argument(&Call, I) != &Part)
      continue;
    if (Visible && !Moved && I < Body->getNumParams()) {
      addCall(Object, Call, *Body, rebase(Whole, P, Paths.parameter(Body, I)));
      return true;
    }
    break;
  }
  // `p == nullptr`
  if (Assign && Assign->isComparisonOp())
    return true;
  add(Moved ? Op::Move : Op::Forget, Object, Call);
  return true;
}

/// \p Use names the object, or one that contains it. Looks outwards for what
/// becomes of it.
void Finder::visitUseOf(const Expr &Use, const LockPath *P, unsigned Object) {
  const LockPath *Whole = Result.All[Object].Path;
  bool Moved = false;
  const Expr *E = &Use;
  for (const Stmt *Up = Parents.parent(E); Up; Up = Parents.parent(Up)) {
    if (isa<ReturnStmt>(Up))
      return add(Op::Move, Object, Use);
    if (const auto *Decls = dyn_cast<DeclStmt>(Up)) {
      for (const Decl *D : Decls->decls()) {
        const auto *V = dyn_cast<VarDecl>(D);
        if (!V || V->getInit() != E)
          continue;
        // An alias that is seen through.
        if (!Moved && (Paths.of(E) == P) && V->getType()->isReferenceType())
          return;
        if (V->getType()->isPointerType() && !Paths.isRebound(V))
          return;
      }
      return add(Moved ? Op::Move : Op::Forget, Object, Use);
    }
    const auto *Outer = dyn_cast<Expr>(Up);
    if (!Outer)
      return; // a condition, or nothing is done with it
    if (const auto *Member = dyn_cast<MemberExpr>(Outer)) {
      const auto *Call =
          dyn_cast_or_null<CXXMemberCallExpr>(Parents.parent(Outer));
      if (!Call || isa<FieldDecl>(Member->getMemberDecl()))
        return; // another part, or this one: see there
      if (!model(*Call) && Paths.of(Call) == P) { // `p.get()` of a pointer
        E = Call;
        Up = Call;
        continue;
      }
      visitCall(*Call, *E, P, Object, Moved);
      return;
    }
    if (const auto *Lambda = dyn_cast<LambdaExpr>(Outer))
      return visitCapture(*Lambda, P, Object, Use, Moved);
    if (handedOn(Outer)) {
      Moved |= Outer->isXValue();
      E = Outer;
      continue;
    }
    // A copy of a smart pointer is passed as a temporary.
    if (isa<CallExpr>(Outer) && Paths.of(Outer) != P) {
      visitCall(*Outer, *E, P, Object, Moved);
      return;
    }
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Outer)) {
      if (Construct->getConstructor()->isCopyOrMoveConstructor() &&
          Paths.of(Outer) == P) {
        E = Outer;
        continue;
      }
      visitCall(*Outer, *E, P, Object, Moved);
      return;
    }
    if (const auto *Binary = dyn_cast<BinaryOperator>(Outer)) {
      if (Binary->isComparisonOp() || Binary->isLogicalOp())
        return;
      if (Binary->isAssignmentOp() && Binary->getLHS() == E && P == Whole) {
        PromiseOp O = begin(Object, Binary->getRHS());
        O.Where = Binary;
        Result.Ops[Binary].push_back(O);
        return;
      }
      return add(Op::Forget, Object, Use);
    }
    if (const auto *Cast = dyn_cast<CastExpr>(Outer))
      if (Cast->getCastKind() == CK_PointerToBoolean ||
          Cast->getCastKind() == CK_ToVoid)
        return;
    if (const auto *Unary = dyn_cast<UnaryOperator>(Outer))
      if (Unary->getOpcode() == UO_LNot)
        return;
    bool Same = isa<ParenExpr>(Outer) || isa<CastExpr>(Outer) ||
                isa<UnaryOperator>(Outer) || isa<FullExpr>(Outer) ||
                isa<MaterializeTemporaryExpr>(Outer) ||
                isa<CXXBindTemporaryExpr>(Outer) || Paths.of(Outer) == P;
    const auto *Unary = dyn_cast<UnaryOperator>(Outer);
    if (!Same || (Unary && Unary->isIncrementDecrementOp()))
      return add(Moved ? Op::Move : Op::Forget, Object, Use);
    E = Outer;
  }
}

void Finder::visitUse(const Expr &Use) {
  const LockPath *P = Paths.of(&Use);
  if (P->isUnknown() || Parents.isUnevaluated(&Use))
    return;
  for (unsigned I = 0; I < Result.All.size(); ++I) {
    const LockPath *Whole = Result.All[I].Path;
    // `auto &result = f.get()` is no other name for the future.
    if (Whole->startsWith(P) &&
        (Whole != P || outcomeType(Use.getType(), TU.models()))) {
      Indirect = Whole != P;
      visitUseOf(Use, P, I);
    }
  }
}

PromiseUses Finder::find(llvm::ArrayRef<const LockPath *> Also) {
  for (const LockPath *P : Also)
    if (QualType T = P->declaredType(); !T.isNull())
      object(P, T);
  for (const ParmVarDecl *Parameter : F.parameters())
    object(Paths.variable(Parameter), Parameter->getType());
  for (const Stmt *S : Parents.all()) {
    if (const auto *Call = dyn_cast<CallExpr>(S))
      addOperation(*Call);
    if (const auto *Decls = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Decls->decls())
        if (const auto *V = dyn_cast<VarDecl>(D))
          if (V->getDeclContext() == &F && V->hasInit() &&
              !V->getType()->isReferenceType())
            object(Paths.variable(V), V->getType());
  }
  if (Result.All.empty())
    return std::move(Result);
  addBegins();
  for (const Stmt *S : Parents.all())
    if (isa<DeclRefExpr>(S) || isa<MemberExpr>(S) || isa<CXXThisExpr>(S))
      visitUse(*cast<Expr>(S));
  return std::move(Result);
}

} // namespace

bool handlesFutureErrors(const Expr &E, const BodyParents &Parents) {
  for (const Stmt *S = &E; S; S = Parents.parent(S))
    if (const auto *Try = dyn_cast<CXXTryStmt>(S))
      for (unsigned I = 0; I < Try->getNumHandlers(); ++I) {
        QualType T = Try->getHandler(I)->getCaughtType();
        const CXXRecordDecl *R =
            T.isNull() ? nullptr
                       : T.getNonReferenceType()->getAsCXXRecordDecl();
        if (R && R->getIdentifier() && R->getName() == "future_error")
          return true;
      }
  return false;
}

const Expr *promiseOfFuture(const Expr &Call, const Models &M) {
  const FunctionDecl *Callee = namedCallee(&Call);
  const FunctionModel *Model =
      Callee ? M.function(Callee, writtenArgs(&Call)) : nullptr;
  return Model && Model->Does == Effect::PromiseFuture
             ? argumentAt(Call, Model->Object)
             : nullptr;
}

PromiseUses findPromiseUses(const FunctionDecl &F, TranslationUnit &TU,
                            llvm::ArrayRef<const LockPath *> Also) {
  return Finder(F, TU).find(Also);
}

} // namespace threadlint
