//===- ThreadHandles.cpp - What a function does with its threads ----------===//
// See the header. Every mention of a thread that is not understood makes its state
// unknown: it may have been joined there.
//===----------------------------------------------------------------------===//
#include "analysis/ThreadHandles.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/TranslationUnit.h"
#include "analysis/ValuePlace.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {
namespace {

using Op = ThreadOp::Kind;

class Finder {
public:
  Finder(const FunctionDecl &F, TranslationUnit &TU)
      : F(F), TU(TU), M(TU.models()), Places(F, TU.paths()) {}
  ThreadHandles find();

private:
  void addVariable(const ValueDecl &V, const Stmt *Scope);
  void findVariables();
  void findUses();
  bool isThread(QualType T, ThreadHandle &H) const;
  void addStarts();
  void visitUse(const Expr &Use, unsigned Handle);
  void visitCallOn(const Expr &Call, unsigned Handle);
  void visitArgument(const Expr &Call, const Expr &Arg, unsigned Handle);
  void visitMove(const Expr &Move, unsigned Handle);
  void visitAssignment(const CXXOperatorCallExpr &Assign, unsigned Handle);
  void add(Op Does, unsigned Handle, const Expr &At);
  void relate(ThreadHandle &H, const Stmt &At, bool Ends);
  void relateResult(ThreadHandle &H, const Expr &Create);
  bool startsIn(const ThreadHandle &H, const Stmt *S) const;
  bool onlyStartsIn(const ThreadHandle &H, const Stmt &RangeInit) const;
  bool detachesItself(const Task &T) const;
  bool hasAttributes(const Task &T) const;
  const FunctionModel *model(const Expr &Call) const {
    const FunctionDecl *Callee = namedCallee(&Call);
    return Callee ? M.function(Callee, writtenArgs(&Call)) : nullptr;
  }

  const FunctionDecl &F;
  TranslationUnit &TU;
  const Models &M;
  ValuePlaces Places;
  llvm::SmallVector<const Task *, 4> Starting;
  llvm::DenseSet<unsigned> Takers; ///< handles that begin with another's thread
  ThreadHandles Result;
};

/// The variable, or the member of `*this`, that \p Handle is or is a part of.
/// Null: another object.
const ValueDecl *handleDecl(const LockPath &Handle) {
  if (const VarDecl *V = Handle.root()->variable())
    return V;
  if (Handle.root()->kind() == LockPath::Kind::Parameter) {
    const auto *F = static_cast<const FunctionDecl *>(Handle.root()->decl());
    const FunctionDecl *Definition = nullptr;
    F->hasBody(Definition);
    return (Definition ? Definition : F)->getParamDecl(Handle.root()->number());
  }
  for (const LockPath *P = &Handle; P->parent(); P = P->parent())
    if (P->parent()->kind() == LockPath::Kind::This)
      return P->field();
  return nullptr;
}

/// `t`, or `this->t`. Null: another expression.
const ValueDecl *namedHandle(const Expr &E) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&E))
    return dyn_cast<VarDecl>(Ref->getDecl());
  const auto *Member = dyn_cast<MemberExpr>(&E);
  return Member && isa<CXXThisExpr>(producer(Member->getBase()))
             ? dyn_cast<FieldDecl>(Member->getMemberDecl())
             : nullptr;
}

bool isLoop(const Stmt *S) {
  return isa<ForStmt>(S) || isa<WhileStmt>(S) || isa<DoStmt>(S) ||
         isa<CXXForRangeStmt>(S);
}

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

bool Finder::isThread(QualType T, ThreadHandle &H) const {
  const TypeModel *Type = M.type(T);
  if (!Type || Type->Kind != TypeKind::Thread)
    return false;
  H.IsC = !T->isRecordType();
  return !T->isPointerType();
}

/// A smart pointer's deleter may join what it deletes.
static bool hasDeleter(const ClassTemplateSpecializationDecl &R,
                       const ValueDecl &D) {
  if (R.getName() == "unique_ptr") {
    const TemplateArgument &Deleter = R.getTemplateArgs()[1];
    const CXXRecordDecl *Type = Deleter.getAsType()->getAsCXXRecordDecl();
    return !Type || !Type->isInStdNamespace();
  }
  const auto *V = dyn_cast<VarDecl>(&D);
  const auto *Construct =
      V && V->hasInit() ? dyn_cast<CXXConstructExpr>(producer(V->getInit()))
                        : nullptr;
  return R.getName() == "shared_ptr" &&
         (!V || (Construct && writtenArgs(Construct) > 1));
}

/// Holds at most one object, which it alone owns.
static bool holdsOne(const ClassTemplateSpecializationDecl &R) {
  return R.getName() == "unique_ptr" || R.getName() == "optional";
}

void Finder::addVariable(const ValueDecl &V, const Stmt *Scope) {
  if (Result.All.size() >= MaxHandles || V.isInvalidDecl())
    return;
  ThreadHandle H;
  H.Var = cast<ValueDecl>(V.getCanonicalDecl());
  H.Scope = Scope;
  H.IsOuter = isa<ParmVarDecl>(V) || isa<FieldDecl>(V);
  QualType T = V.getType();
  if (H.IsOuter)
    T = T.getNonReferenceType();
  if (T->isReferenceType() || T->isPointerType() || T->isDependentType())
    return;
  bool Found = isThread(T, H);
  if (const auto *Array = TU.context().getAsArrayType(T)) {
    Found = isThread(Array->getElementType(), H);
    H.Many = true;
  } else if (!Found) {
    const auto *R = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        T->getAsCXXRecordDecl());
    if (!R || !R->isInStdNamespace() || hasDeleter(*R, V))
      return;
    for (const TemplateArgument &Arg : R->getTemplateArgs().asArray())
      Found |= Arg.getKind() == TemplateArgument::Type &&
               isThread(Arg.getAsType(), H);
    H.Many = !holdsOne(*R);
    if (H.IsC)
      return; // a container of pthread_t
  }
  // Of a C thread that others know, and of elements, nothing is known.
  if (!Found || (H.IsOuter && (H.IsC || H.Many)))
    return;
  for (const Task *Started : Starting)
    H.MustJoin |= handleDecl(*Started->Handle) == H.Var;
  Result.All.push_back(std::move(H));
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

bool Finder::startsIn(const ThreadHandle &H, const Stmt *S) const {
  return llvm::any_of(Starting, [&](const Task *T) {
    if (handleDecl(*T->Handle) != H.Var)
      return false;
    for (const Stmt *P = T->Spawn; P; P = Places.parent(P))
      if (P == S)
        return true;
    return false;
  });
}

/// What the statement \p S, an assignment, changes. Null: it is none.
static const Expr *targetOf(const Stmt *S) {
  const auto *E = dyn_cast_or_null<Expr>(S);
  E = E ? E->IgnoreParenImpCasts() : nullptr;
  if (const auto *Binary = dyn_cast_or_null<BinaryOperator>(E))
    return Binary->isAssignmentOp() ? Binary->getLHS() : nullptr;
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(E))
    return Unary->isIncrementDecrementOp() ? Unary->getSubExpr() : nullptr;
  const auto *Call = dyn_cast_or_null<CXXOperatorCallExpr>(E);
  return Call && Call->isAssignmentOp() ? Call->getArg(0) : nullptr;
}

/// What \p S, a statement or a block of them, assigns is a flag of \p H.
static void addFlags(ThreadHandle &H, const Stmt *S, const Stmt *Not) {
  llvm::SmallVector<const Stmt *, 8> List;
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
    List.append(Block->body_begin(), Block->body_end());
  else
    List.push_back(S);
  for (const Stmt *Each : List)
    if (const Expr *Target = Each != Not ? targetOf(Each) : nullptr)
      for (const ValueDecl *D : mentionedDecls(Target))
        if (D != H.Var)
          H.Flags.insert(D);
}

/// The statement behind \p S in its block. Null: none.
static const Stmt *nextOf(const Stmt *S, const Stmt *Parent) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Parent);
  if (!Block)
    return nullptr;
  const auto *It = llvm::find(Block->body(), S);
  return It != Block->body_end() && It + 1 != Block->body_end() ? *(It + 1)
                                                                : nullptr;
}

static bool assignsConstant(const Stmt *S, const ASTContext &Context) {
  const auto *Assign = dyn_cast_or_null<BinaryOperator>(S);
  return Assign && Assign->getOpcode() == BO_Assign &&
         !Assign->getRHS()->isValueDependent() &&
         Assign->getRHS()->isEvaluatable(Context);
}

/// What remembers whether \p Create has started a thread:
/// `ok = pthread_create(…) == 0`, `if (pthread_create(…) == 0) ok = 1;`,
/// `if (pthread_create(…)) goto out; ok = 1;`
void Finder::relateResult(ThreadHandle &H, const Expr &Create) {
  const ValueDecl *Result = nullptr;
  if (const LockPath *Variable = Places.of(Create).Object)
    if (const VarDecl *V = Variable->variable()) {
      Result = V->getCanonicalDecl();
      H.Results.insert(Result);
    }
  const Stmt *S = &Create, *Parent = Places.parent(S);
  for (; Parent && isa<Expr>(Parent); S = Parent, Parent = Places.parent(S))
    if (targetOf(Parent) && !Result)
      addFlags(H, Parent, nullptr);
  if (const auto *Declared = dyn_cast_or_null<DeclStmt>(Parent)) {
    for (const Decl *D : Declared->decls()) {
      const auto *V = dyn_cast<VarDecl>(D);
      if (!V || V->getInit() != S || V->getCanonicalDecl() == Result)
        continue;
      Condition Tested = conditionOf(V->getInit(), TU.context());
      if (Tested.Tested == &Create && !Tested.TrueMeansNonZero &&
          !Tested.AgainstMinusOne && !TU.paths().isRebound(V))
        H.Successes.insert(V->getCanonicalDecl());
      else
        H.Flags.insert(V->getCanonicalDecl());
    }
    S = Declared;
    Parent = Places.parent(S);
  }
  if (!isa_and_nonnull<IfStmt>(Parent)) {
    S = nextOf(S, Parent); // `rc = pthread_create(…); if (rc == 0) …`
    const auto *Next = dyn_cast_or_null<IfStmt>(S);
    if (!Next || !Result || !mentionedDecls(Next->getCond()).count(Result))
      return;
    Parent = Next;
  }
  const auto *If = cast<IfStmt>(Parent);
  addFlags(H, If->getThen(), nullptr);
  addFlags(H, If->getElse(), nullptr);
  const Stmt *Next = nextOf(If, Places.parent(If));
  if (assignsConstant(Next, TU.context()))
    addFlags(H, Next, nullptr);
}

/// Remembers what the state of the thread is related to: flags that are set in
/// the same block, conditions around, loops that join.
void Finder::relate(ThreadHandle &H, const Stmt &At, bool Ends) {
  H.Ends |= Ends;
  bool Innermost = true;
  for (const Stmt *P = &At; P && P != H.Scope; P = Places.parent(P)) {
    const Stmt *Parent = Places.parent(P);
    if (const auto *If = dyn_cast<IfStmt>(P))
      H.Ifs.push_back({If, mentionedDecls(If->getCond())});
    if (Ends && isLoop(P) && !startsIn(H, P))
      H.Loops.insert(P);
    const auto *Block = dyn_cast_or_null<CompoundStmt>(Parent);
    // In the scope itself it happens whatever the flags are.
    if (!Block || !Innermost || Block == H.Scope)
      continue;
    Innermost = false;
    addFlags(H, Block, P);
  }
}

void Finder::add(Op Does, unsigned Handle, const Expr &At) {
  // One of several: who knows which.
  if (Result.All[Handle].Many && Does != Op::Start)
    Does = Op::Unknown;
  Result.Ops[&At].push_back({Does, Handle, &At});
  relate(Result.All[Handle], At, Does != Op::Start && Does != Op::Replace);
}

/// `t = …`
void Finder::visitAssignment(const CXXOperatorCallExpr &Assign,
                             unsigned Handle) {
  const Expr *Value = producer(Assign.getArg(1));
  ThreadOp Result{Op::Replace, Handle, &Assign};
  Result.Starts = startsIn(this->Result.All[Handle], Assign.getArg(1));
  const auto *Construct = dyn_cast<CXXConstructExpr>(Value);
  const auto *List = dyn_cast<InitListExpr>(Value);
  Result.Clears = (Construct && Construct->getNumArgs() == 0) ||
                  (List && List->getNumInits() == 0);
  this->Result.Ops[&Assign].push_back(Result);
  relate(this->Result.All[Handle], Assign, /*Ends=*/false);
}

/// `std::move(t)`
void Finder::visitMove(const Expr &Move, unsigned Handle) {
  ValuePlace Place = Places.of(Move);
  if (!Place.Used && !Place.Returned && !Place.Object)
    return; // nobody takes it
  bool Taken = Place.Returned || !Place.Used ||
               (Place.Object && !Place.Object->root()->isUnknown());
  if (Place.Used && !Taken) {
    // By value it is gone; `T &&` may leave it where it is.
    const FunctionDecl *Callee = namedCallee(Place.Used);
    for (unsigned I = 0; Callee && I < Callee->getNumParams(); ++I)
      if (const Expr *Arg = argument(Place.Used, I))
        if (const auto *Moved = dyn_cast<CXXConstructExpr>(
                Arg->IgnoreImplicit()))
          Taken |= Moved->getNumArgs() >= 1 &&
                   producer(Moved->getArg(0)) == &Move;
  }
  const VarDecl *Taker =
      Place.Object && Place.Object != TU.paths().of(handedOn(&Move))
          ? Place.Object->root()->variable()
          : nullptr;
  int To = Taker ? Result.indexOf(Taker) : -1;
  bool IsAssigned = isa_and_nonnull<CXXOperatorCallExpr>(Place.Used);
  if (To >= 0) {
    Result.All[To].MustJoin |= Result.All[Handle].MustJoin;
    ThreadOp Take{Op::Take, unsigned(To), &Move};
    Take.From = Handle;
    if (Result.All[To].Many)
      add(Op::Start, To, Move);
    else if (!IsAssigned && !Place.Used && !Result.All[Handle].Many) {
      Result.Ops[&Move].push_back(Take); // before it is gone from here
      Takers.insert(To);
    } else if (!IsAssigned)
      add(Op::Unknown, To, Move);
  }
  add(Taken ? Op::Move : Op::Unknown, Handle,
      Place.Used && Taken ? *Place.Used : Move);
}

/// A member of the handle is called.
void Finder::visitCallOn(const Expr &Call, unsigned Handle) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(namedCallee(&Call));
  const FunctionModel *Model = model(Call);
  ThreadHandle &H = Result.All[Handle];
  if (startsIn(H, &Call))
    return; // emplace_back
  if (Model && Model->Does == Effect::Join && Model->Timeout == ArgNone)
    return add(Op::Join, Handle, Call);
  if (Model && Model->Does == Effect::Detach)
    return add(Op::Detach, Handle, Call);
  QualType Returned = Method ? Method->getReturnType() : QualType();
  if (Method && Method->isConst() && !H.Many && !Returned->isPointerType() &&
      !Returned->isReferenceType()) {
    if (Returned->isBooleanType())
      Result.Joinable[&Call] = Handle;
    return;
  }
  const FunctionModel *Copying =
      Method ? M.copying(Method, writtenArgs(&Call)) : nullptr;
  if (Copying && Copying->Does == Effect::Reserve)
    return;
  // threads.push_back(std::move(t)): see visitMove.
  if (H.Many && Copying && Copying->Does == Effect::Construct)
    return;
  add(Op::Unknown, Handle, Call);
}

/// The handle, or its address, is an argument of a function.
void Finder::visitArgument(const Expr &Call, const Expr &Arg, unsigned Handle) {
  const FunctionModel *Model = model(Call);
  if (startsIn(Result.All[Handle], &Call))
    return; // pthread_create
  const Expr *Object = Model ? argumentAt(Call, Model->Object) : nullptr;
  bool IsObject = Object && producer(Object) == producer(&Arg);
  if (IsObject && Model->Does == Effect::Join && Model->Timeout == ArgNone)
    return add(Op::Join, Handle, Call);
  if (IsObject && Model->Does == Effect::Detach)
    return add(Op::Detach, Handle, Call);
  // pthread_setname_np(t, …), printf("%lu", t)
  const FunctionDecl *Callee = namedCallee(&Call);
  if (Result.All[Handle].IsC && Callee && Arg.isPRValue() &&
      !Arg.getType()->isPointerType() &&
      !TU.functions().isUserCode(Callee->getLocation()))
    return;
  add(Op::Unknown, Handle, Call);
}

/// `threads[i]`, `*owner`, `owner->`
static bool isAccess(const Stmt &S) {
  const auto *Op = dyn_cast<CXXOperatorCallExpr>(&S);
  return Op && (Op->getOperator() == OO_Subscript ||
                Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star);
}

/// `for (auto &t : threads) t = std::thread(…);`
bool Finder::onlyStartsIn(const ThreadHandle &H, const Stmt &RangeInit) const {
  const auto *Loop =
      dyn_cast_or_null<CXXForRangeStmt>(Places.parent(&RangeInit));
  if (!Loop || &RangeInit != Loop->getRangeStmt() || !startsIn(H, Loop))
    return false;
  unsigned Uses = 0; // the assignment is one
  forEachStmt(Loop->getBody(), Lambdas::Inside, [&](const Stmt *S) {
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    Uses += Ref && Ref->getDecl() == Loop->getLoopVariable();
  });
  return Uses == 1;
}

void Finder::visitUse(const Expr &Use, unsigned Handle) {
  const Expr *E = &Use;
  for (const Stmt *P = Places.parent(E); P; P = Places.parent(P)) {
    if (isa<ReturnStmt>(P))
      return add(Op::Move, Handle, *E);
    const auto *Outer = dyn_cast<Expr>(P);
    if (!Outer) {
      if (E != &Use && isa<CompoundStmt>(P))
        return; // `(void)t;`
      if (onlyStartsIn(Result.All[Handle], *P))
        return;
      break;
    }
    if (isa<UnaryExprOrTypeTraitExpr>(Outer) || isa<CXXNoexceptExpr>(Outer))
      return;
    if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(Outer))
      if (Assign->getOperator() == OO_Equal && !Result.All[Handle].Many &&
          producer(Assign->getArg(0)) == &Use)
        return visitAssignment(*Assign, Handle);
    if (handedOn(Outer) && Outer->isXValue())
      return visitMove(*Outer, Handle);
    if (isa<MemberExpr>(Outer)) {
      const Stmt *Called = Places.parent(Outer);
      if (const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Called))
        return visitCallOn(*Call, Handle);
      break;
    }
    bool Access = isAccess(*Outer) &&
                  cast<CXXOperatorCallExpr>(Outer)->getArg(0) == E;
    if (isa<CallExpr>(Outer) && !handedOn(Outer) && !Access)
      return visitArgument(*Outer, *E, Handle);
    bool Same = Access || isa<ParenExpr>(Outer) || isa<ImplicitCastExpr>(Outer) ||
                isa<UnaryOperator>(Outer) || isa<ArraySubscriptExpr>(Outer) ||
                isa<CStyleCastExpr>(Outer);
    if (!Same)
      break;
    E = Outer;
  }
  if (startsIn(Result.All[Handle], Places.parent(E)))
    return; // threads[i] = std::thread(…)
  add(Op::Unknown, Handle, Use);
}

//===----------------------------------------------------------------------===//
// Starts
//===----------------------------------------------------------------------===//

/// `pthread_detach(pthread_self())`, in the entry or in what it calls.
bool Finder::detachesItself(const Task &T) const {
  auto Detaches = [&](const FunctionDecl *Body) {
    bool Result = false;
    const FunctionDecl *Definition = nullptr;
    if (!Body->hasBody(Definition))
      return false;
    forEachStmt(Definition->getBody(), Lambdas::Outside, [&](const Stmt *S) {
      if (const auto *Call = dyn_cast<CallExpr>(S)) {
        const FunctionModel *Model = model(*Call);
        Result |= Model && Model->Does == Effect::Detach;
      }
    });
    return Result;
  };
  const FunctionScan *Scan = TU.functions().scan(T.Entry);
  return !Scan || Scan->OverBudget || Detaches(T.Entry) ||
         llvm::any_of(Scan->Callees, Detaches);
}

/// The thread may be created detached: pthread_create with attributes.
bool Finder::hasAttributes(const Task &T) const {
  const Expr *Object = argumentAt(*T.Spawn, T.Model->Object);
  for (unsigned I = 0, N = numArguments(T.Spawn); I < N; ++I) {
    const Expr *Arg = argument(T.Spawn, I);
    QualType Type = Arg->IgnoreParenImpCasts()->getType();
    if (Arg == Object || Arg == T.Callable || Type->isFunctionType())
      continue;
    QualType To = Arg->getType()->getPointeeType();
    if (To.isNull() || To->isVoidType() || To->isFunctionType())
      continue;
    if (!Arg->isNullPointerConstant(TU.context(),
                                    Expr::NPC_ValueDependentIsNotNull))
      return true;
  }
  return false;
}

void Finder::addStarts() {
  for (const Task *T : Starting) {
    int I = Result.indexOf(handleDecl(*T->Handle));
    if (I < 0)
      continue;
    ThreadHandle &H = Result.All[I];
    bool Known = H.Many || T->Handle == T->Handle->root() ||
                 (H.IsOuter && T->Handle->parent() == T->Handle->root());
    if (H.IsC && (!T->Entry || detachesItself(*T) || hasAttributes(*T)))
      Known = false;
    bool Assigned = false;
    for (const Stmt *P = T->Spawn; P && !Assigned; P = Places.parent(P)) {
      auto Ops = Result.Ops.find(P);
      Assigned = Ops != Result.Ops.end() &&
                 llvm::any_of(Ops->second, [](const ThreadOp &O) {
                   return O.Does == Op::Replace;
                 });
    }
    if (H.IsC)
      relateResult(H, *T->Spawn);
    if (!Assigned)
      add(Known ? Op::Start : Op::Unknown, I, *T->Spawn);
  }
}

void Finder::findVariables() {
  for (const ParmVarDecl *P : F.parameters())
    addVariable(*P, nullptr);
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *E = dyn_cast<MemberExpr>(S)) {
      const auto *Field = dyn_cast_or_null<FieldDecl>(namedHandle(*E));
      if (Field && Result.indexOf(Field) < 0)
        addVariable(*Field, nullptr);
    }
    if (const auto *Decls = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Decls->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage())
          addVariable(*V, Places.parent(S));
  });
}

void Finder::findUses() {
  std::vector<const Expr *> Uses;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (isa<DeclRefExpr>(S) || isa<MemberExpr>(S))
      Uses.push_back(cast<Expr>(S));
  });
  for (const Expr *Use : Uses)
    if (const ValueDecl *D = namedHandle(*Use))
      if (int I = Result.indexOf(cast<ValueDecl>(D->getCanonicalDecl()));
          I >= 0)
        visitUse(*Use, I);
}

ThreadHandles Finder::find() {
  for (const Task &T : TU.tasks().of(&F))
    if (T.Model->Ends == TaskEnd::Join && T.Handle && handleDecl(*T.Handle))
      Starting.push_back(&T);
  findVariables();
  if (Result.All.empty())
    return std::move(Result);
  findUses();
  addStarts();
  // A variable that begins with a thread from elsewhere.
  for (unsigned I = 0; I < Result.All.size(); ++I) {
    const ThreadHandle &H = Result.All[I];
    const auto *V = dyn_cast<VarDecl>(H.Var);
    const Expr *Init = H.IsC || H.IsOuter || !V ? nullptr : V->getInit();
    const auto *Construct =
        Init ? dyn_cast<CXXConstructExpr>(producer(Init)) : nullptr;
    // `std::vector<std::thread> threads(3);` has none.
    bool IsEmpty = Construct && (writtenArgs(Construct) == 0 ||
                                 (H.Many && writtenArgs(Construct) == 1 &&
                                  argument(Construct, 0)
                                      ->IgnoreParenImpCasts()
                                      ->getType()
                                      ->isIntegerType()));
    if (Init && !Takers.count(I) && !startsIn(H, Init) && !IsEmpty)
      Result.Ops[producer(Init)].push_back({Op::Unknown, I, producer(Init)});
  }
  return std::move(Result);
}

} // namespace

ThreadHandles findThreadHandles(const FunctionDecl &F, TranslationUnit &TU) {
  return Finder(F, TU).find();
}

} // namespace threadlint
