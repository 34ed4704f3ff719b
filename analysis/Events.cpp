//===- Events.cpp - One function as a graph of operations -----------------===//
// Third stage of the pipeline; see the header. A call is asked in this order:
// what do models say, what do attributes say, is its body visible.
//===----------------------------------------------------------------------===//
#include "analysis/Events.h"
#include "analysis/CallInfo.h"
#include "analysis/Callbacks.h"
#include "analysis/GuardHolders.h"
#include "analysis/LLVMCompat.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "analysis/Statements.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;

namespace threadlint {

static bool isNullPointer(const Expr *E, const ASTContext &Context) {
  return (E->getType()->isPointerType() || E->getType()->isNullPtrType()) &&
         E->isNullPointerConstant(const_cast<ASTContext &>(Context),
                                  Expr::NPC_ValueDependentIsNotNull);
}

Condition conditionOf(const Expr *E, const ASTContext &Context) {
  Condition Result;
  bool NonZero = true;
  while (E) {
    E = producer(E);
    if (const auto *Unary = dyn_cast<UnaryOperator>(E);
        Unary && Unary->getOpcode() == UO_LNot) {
      NonZero = !NonZero;
      E = Unary->getSubExpr();
      continue;
    }
    const auto *Binary = dyn_cast<BinaryOperator>(E);
    if (!Binary)
      break;
    if (Binary->getOpcode() == BO_Assign) {
      E = Binary->getRHS(); // if ((r = trylock(&m)))
      continue;
    }
    bool IsOrder = Binary->isRelationalOp(); // `r < 0` tests for an error, too
    if (!Binary->isEqualityOp() && !IsOrder)
      return {};
    const Expr *L = Binary->getLHS(), *R = Binary->getRHS();
    Expr::EvalResult Value;
    bool AgainstZero = isNullPointer(L, Context) || isNullPointer(R, Context);
    if (AgainstZero) {
      if (!isNullPointer(R, Context))
        std::swap(L, R);
    } else {
      if (!R->EvaluateAsRValue(Value, Context))
        std::swap(L, R);
      if (!R->EvaluateAsRValue(Value, Context) || !Value.Val.isInt())
        return {};
      AgainstZero = Value.Val.getInt() == 0;
      Result.AgainstMinusOne =
          Value.Val.getInt().isSigned() && Value.Val.getInt() == -1;
    }
    if (IsOrder && !AgainstZero)
      return {};
    // `x == 1`, `x == true`: of a result that is tested at all, true.
    bool EqualMeansNonZero = !AgainstZero;
    if (Binary->getOpcode() == BO_NE || Binary->getOpcode() == BO_LT ||
        Binary->getOpcode() == BO_GT)
      EqualMeansNonZero = !EqualMeansNonZero;
    NonZero = EqualMeansNonZero ? NonZero : !NonZero;
    E = L;
  }
  Result.Tested = E;
  Result.TrueMeansNonZero = NonZero;
  return Result;
}

const LockPath *returnedValue(LockPaths &Paths) {
  return Paths.temporary(nullptr);
}

llvm::SmallVector<RequiredLock, 2> requiredLocks(const FunctionDecl &F,
                                                 LockPaths &Paths) {
  llvm::SmallVector<RequiredLock, 2> Result;
  for (const FunctionDecl *Redecl : F.redecls())
    for (const auto *A : Redecl->specific_attrs<RequiresCapabilityAttr>())
      for (const Expr *Arg : A->args()) {
        const LockPath *P = Paths.of(Arg);
        if (llvm::none_of(Result,
                          [&](const RequiredLock &R) { return R.Path == P; }))
          Result.push_back(
              {P, A->isShared() ? LockMode::Shared : LockMode::Exclusive});
      }
  return Result;
}

namespace {

/// Builds the blocks of one function. Lives as long as the building does.
class GraphBuilder {
public:
  GraphBuilder(const FunctionDecl &F, ASTContext &Context, const Models &M,
               LockPaths &Paths)
      : F(F), Context(Context), M(M), Paths(Paths) {}

  std::unique_ptr<EventGraph> build();

private:
  void findOwners(const CFG &Cfg);
  void ownerOf(const Expr *Value, const LockPath *Owner);
  void ownersInDecl(const DeclStmt &S);

  void findTries(const CFG &Cfg, EventGraph &Graph);
  void findUnevaluated(const CFG &Cfg);
  void addBlock(const CFGBlock &Block, EventBlock &To);
  void addElement(const CFGElement &Element);
  void addStmt(const Stmt &S);
  void addDecl(const DeclStmt &S);
  void addAssignment(const Expr &Target, const Expr *Value, const Expr &Where);
  void addCall(const Expr &E);
  bool addModelled(const Expr &E, const FunctionModel &Model);
  bool addGuardConstruction(const CXXConstructExpr &E);
  bool addGuardAssignment(const Expr &E);
  void addGuardInit(const Expr &E, const TypeModel &Guard,
                    const LockPath *Object, llvm::ArrayRef<const Expr *> Args);
  bool addHolder(const Expr &E);
  bool addDeclared(const Expr &E, const FunctionDecl &Callee);
  void addConditionWait(const Expr &E, const FunctionModel &Model);
  void addBlocking(const Expr &E, const FunctionModel &Model,
                   llvm::ArrayRef<const LockPath *> Released);
  void addVisibleCall(const Expr &E, const FunctionDecl *Callee,
                      const LockPath *Object, bool LocksDeclared);
  bool isFromSystem(const Expr &Call) const;
  void addUnknownCall(const Expr &E);
  llvm::SmallVector<const LockPath *, 2> passedLocks(const Expr &E);
  void addRunNow(const Expr &E, const FunctionModel &Model);
  void addEnd(QualType T, const LockPath *Object, SourceLocation Loc);

  Event &add(EventKind Kind, const Expr *Where, SourceLocation Loc);
  Event &add(EventKind Kind, const Expr &Where) {
    return add(Kind, &Where, Where.getExprLoc());
  }
  void addLocks(EventKind Kind, const Expr &E, const FunctionModel &Model);
  /// The lock that \p E denotes; for a guard the lock that it manages.
  const LockPath *lockOf(const Expr *E);
  const TypeModel *typeOf(const Expr *E) const;
  bool isGuard(const Expr *E) const;
  const LockPath *target(const Expr &E) const { return Owners.lookup(&E); }
  /// The guard that \p E denotes, or the object that the call or construction
  /// E puts it into.
  const LockPath *guardOf(const Expr *E) {
    const LockPath *Made = target(*producer(E));
    return Made ? Made : Paths.of(E);
  }

  const FunctionDecl &F;
  ASTContext &Context;
  const Models &M;
  LockPaths &Paths;
  /// Which object holds the value that an expression produces.
  llvm::DenseMap<const Expr *, const LockPath *> Owners;
  /// The innermost `try` around a statement, and where its handlers begin.
  llvm::DenseMap<const Stmt *, int> HandlerOf;
  /// The CFG lists the operands of `noexcept(…)` though they never run.
  llvm::DenseSet<const Stmt *> Unevaluated;
  std::vector<Event> *Out = nullptr;
};

} // namespace

Event &GraphBuilder::add(EventKind Kind, const Expr *Where,
                         SourceLocation Loc) {
  Out->emplace_back();
  Event &E = Out->back();
  E.Kind = Kind;
  E.Where = Where;
  E.Loc = Loc;
  return E;
}

//===----------------------------------------------------------------------===//
// Which object does a constructed or returned value live in?
//===----------------------------------------------------------------------===//

void GraphBuilder::ownerOf(const Expr *Value, const LockPath *Owner) {
  if (!Value)
    return;
  Value = producer(Value);
  if (isa<CallExpr>(Value) || isa<CXXConstructExpr>(Value))
    Owners[Value] = Owner;
  else if (const auto *Choice = dyn_cast<ConditionalOperator>(Value)) {
    ownerOf(Choice->getTrueExpr(), Owner);
    ownerOf(Choice->getFalseExpr(), Owner);
  } else if (const auto *List = dyn_cast<InitListExpr>(Value)) {
    const RecordDecl *R = List->getType()->getAsRecordDecl();
    if (R && !R->isUnion() && Owner &&
        List->getNumInits() ==
            static_cast<unsigned>(
                std::distance(R->field_begin(), R->field_end()))) {
      unsigned I = 0;
      for (const FieldDecl *Field : R->fields())
        ownerOf(List->getInit(I++), Paths.field(Owner, Field));
    } else if (List->getNumInits() == 1) {
      ownerOf(List->getInit(0), Owner);
    }
  }
}

void GraphBuilder::ownersInDecl(const DeclStmt &S) {
  for (const Decl *D : S.decls())
    if (const auto *V = dyn_cast<VarDecl>(D))
      if (V->hasInit())
        ownerOf(V->getInit(), Paths.variable(V));
}

void GraphBuilder::findOwners(const CFG &Cfg) {
  // Temporaries first: a variable, field or return value that takes the
  // temporary over overwrites its entry.
  for (const CFGBlock *Block : Cfg)
    for (const CFGElement &Element : *Block)
      if (auto S = Element.getAs<CFGStmt>())
        if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(S->getStmt())) {
          const Expr *Value = producer(Bind->getSubExpr());
          ownerOf(Value, Paths.temporary(Value));
        }
  for (const CFGBlock *Block : Cfg)
    for (const CFGElement &Element : *Block) {
      if (auto S = Element.getAs<CFGStmt>()) {
        if (const auto *D = dyn_cast<DeclStmt>(S->getStmt()))
          ownersInDecl(*D);
        else if (const auto *Assign = dyn_cast<BinaryOperator>(S->getStmt());
                 Assign && Assign->getOpcode() == BO_Assign)
          ownerOf(Assign->getRHS(), Paths.of(Assign->getLHS()));
        else if (const auto *Return = dyn_cast<ReturnStmt>(S->getStmt()))
          ownerOf(Return->getRetValue(), returnedValue(Paths));
        else if (const auto *New = dyn_cast<CXXNewExpr>(S->getStmt()))
          ownerOf(New->getConstructExpr(), nullptr);
      } else if (auto Init = Element.getAs<CFGInitializer>()) {
        const CXXCtorInitializer *I = Init->getInitializer();
        if (I->isAnyMemberInitializer())
          ownerOf(I->getInit(),
                  Paths.field(Paths.thisObject(), I->getAnyMember()));
        else
          ownerOf(I->getInit(), Paths.thisObject()); // base or delegate
      }
    }
}

//===----------------------------------------------------------------------===//
// Blocks and elements
//===----------------------------------------------------------------------===//

static std::unique_ptr<CFG> buildCFG(const FunctionDecl &F,
                                     ASTContext &Context) {
  CFG::BuildOptions Options;
  Options.AddInitializers = true;
  Options.AddImplicitDtors = true;
  Options.AddTemporaryDtors = true;
  Options.AddCXXDefaultInitExprInCtors = true;
  Options.setAllAlwaysAdd();
  Stmt *Body = F.getBody();
  // The user's part of a coroutine; what surrounds it holds no locks.
  if (auto *Coroutine = dyn_cast<CoroutineBodyStmt>(Body))
    Body = Coroutine->getBody();
  return CFG::buildCFG(&F, Body, &Context, Options);
}

void GraphBuilder::findUnevaluated(const CFG &Cfg) {
  for (const CFGBlock *Block : Cfg)
    for (const CFGElement &Element : *Block)
      if (auto S = Element.getAs<CFGStmt>())
        if (const auto *NoExcept = dyn_cast<CXXNoexceptExpr>(S->getStmt()))
          forEachStmt(NoExcept->getOperand(), Lambdas::Outside,
                      [&](const Stmt *Inner) { Unevaluated.insert(Inner); });
}

void GraphBuilder::findTries(const CFG &Cfg, EventGraph &Graph) {
  // Dispatch blocks are listed from the outside in: an inner `try` overwrites
  // what an outer one has claimed.
  for (auto It = Cfg.try_blocks_begin(); It != Cfg.try_blocks_end(); ++It) {
    const auto *Try = dyn_cast_or_null<CXXTryStmt>((*It)->getTerminatorStmt());
    if (!Try)
      continue;
    int Dispatch = static_cast<int>((*It)->getBlockID());
    forEachStmt(Try->getTryBlock(), Lambdas::Outside, [&](const Stmt *S) {
      HandlerOf[S] = Dispatch;
      if (const auto *Declared = dyn_cast<DeclStmt>(S))
        for (const Decl *D : Declared->decls())
          if (const auto *V = dyn_cast<VarDecl>(D))
            if (V->hasLocalStorage() &&
                V->getType().getNonReferenceType()->isRecordType())
              Graph.Blocks[Dispatch].Unwinds.push_back(Paths.variable(V));
    });
  }
}

/// Reverse post-order over successors and handlers.
static void orderBlocks(EventGraph &Graph) {
  std::vector<bool> Seen(Graph.Blocks.size());
  struct Frame {
    unsigned Block;
    unsigned Next;
  };
  std::vector<Frame> Stack{{Graph.Entry, 0}};
  Seen[Graph.Entry] = true;
  while (!Stack.empty()) {
    Frame &Top = Stack.back();
    const EventBlock &B = Graph.Blocks[Top.Block];
    if (Top.Next >= B.Successors.size() + B.Throws.size()) {
      Graph.Order.push_back(Top.Block);
      Stack.pop_back();
      continue;
    }
    int Succ = Top.Next < B.Successors.size()
                   ? B.Successors[Top.Next]
                   : B.Throws[Top.Next - B.Successors.size()].Handler;
    ++Top.Next;
    if (Succ < 0 || Seen[Succ])
      continue;
    Seen[Succ] = true;
    Stack.push_back({static_cast<unsigned>(Succ), 0});
  }
  std::reverse(Graph.Order.begin(), Graph.Order.end());
}

std::unique_ptr<EventGraph> GraphBuilder::build() {
  std::unique_ptr<CFG> Cfg = buildCFG(F, Context);
  if (!Cfg)
    return nullptr;
  findOwners(*Cfg);
  findUnevaluated(*Cfg);
  auto Graph = std::make_unique<EventGraph>();
  Graph->Blocks.resize(Cfg->getNumBlockIDs());
  findTries(*Cfg, *Graph);
  Graph->Entry = Cfg->getEntry().getBlockID();
  Graph->Exit = Cfg->getExit().getBlockID();
  for (const CFGBlock *Block : *Cfg)
    addBlock(*Block, Graph->Blocks[Block->getBlockID()]);
  orderBlocks(*Graph);
  return Graph;
}

static bool mayThrow(const Stmt &S) {
  if (isa<CXXThrowExpr>(S) || isa<CoawaitExpr>(S))
    return true;
  if (!isa<CallExpr>(S) && !isa<CXXConstructExpr>(S))
    return false;
  const FunctionDecl *F = namedCallee(cast<Expr>(&S));
  return !F || !(F->isTrivial() || isNothrow(*F));
}

const Expr *branchCondition(const CFGBlock &Block) {
  const auto *E = dyn_cast_or_null<Expr>(Block.getTerminatorCondition());
  const Stmt *Terminator = Block.getTerminatorStmt();
  // `a && b` is evaluated in blocks of its own, of which this is the last; a
  // `do` loop puts the pieces together again first.
  if (!E || !Terminator || isa<DoStmt>(Terminator))
    return E;
  while (true) {
    const auto *Binary = dyn_cast<BinaryOperator>(E->IgnoreParens());
    if (!Binary || !Binary->isLogicalOp())
      return E;
    E = Binary->getRHS();
  }
}

/// Calls, and names of objects.
static bool isPoint(const Stmt &S) {
  if (const auto *Member = dyn_cast<MemberExpr>(&S))
    return !isa<FunctionDecl>(Member->getMemberDecl());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&S)) {
    return isa<VarDecl>(Ref->getDecl()) || isa<BindingDecl>(Ref->getDecl());
  }
  return isa<CallExpr>(S) || isa<CXXConstructExpr>(S) ||
         isa<ArraySubscriptExpr>(S);
}

void GraphBuilder::addBlock(const CFGBlock &Block, EventBlock &To) {
  Out = &To.Events;
  for (const CFGElement &Element : Block) {
    auto S = Element.getAs<CFGStmt>();
    unsigned Before = Out->size();
    if (S && isPoint(*S->getStmt()) && !Unevaluated.count(S->getStmt()))
      To.Points.push_back({Before, cast<Expr>(S->getStmt())});
    addElement(Element);
    auto Handler = S ? HandlerOf.find(S->getStmt()) : HandlerOf.end();
    // Unlocking does not throw.
    bool Unlocks =
        Out->size() > Before && Out->back().Kind == EventKind::Release;
    if (S && mayThrow(*S->getStmt()) && !Unlocks)
      To.Throws.push_back(
          {Before, Handler != HandlerOf.end() ? Handler->second : -1,
           S->getStmt()});
    if (S && isa<CXXThrowExpr>(S->getStmt()))
      add(EventKind::NoReturn, nullptr, S->getStmt()->getBeginLoc());
  }
  if (Block.hasNoReturnElement())
    add(EventKind::NoReturn, nullptr, SourceLocation());
  for (const CFGBlock::AdjacentBlock &Succ : Block.succs())
    To.Successors.push_back(
        Succ.isReachable()
            ? static_cast<int>(Succ.getReachableBlock()->getBlockID())
            : -1);
  To.Test = branchCondition(Block);
  To.TwoWay = To.Test && To.Successors.size() == 2 &&
              !isa_and_nonnull<SwitchStmt>(Block.getTerminatorStmt());
  if (To.TwoWay)
    To.Branch = conditionOf(To.Test, Context);
}

void GraphBuilder::addElement(const CFGElement &Element) {
  switch (Element.getKind()) {
  case CFGElement::Statement:
  case CFGElement::Constructor:
  case CFGElement::CXXRecordTypedCall:
    addStmt(*Element.castAs<CFGStmt>().getStmt());
    break;
  case CFGElement::AutomaticObjectDtor: {
    auto Dtor = Element.castAs<CFGAutomaticObjDtor>();
    const VarDecl *V = Dtor.getVarDecl();
    SourceLocation Loc = Dtor.getTriggerStmt()
                             ? Dtor.getTriggerStmt()->getEndLoc()
                             : V->getEndLoc();
    // A reference here extends the life of a temporary.
    addEnd(V->getType().getNonReferenceType(), Paths.variable(V), Loc);
    break;
  }
  case CFGElement::TemporaryDtor: {
    const CXXBindTemporaryExpr *Bind =
        Element.castAs<CFGTemporaryDtor>().getBindTemporaryExpr();
    const Expr *Value = producer(Bind->getSubExpr());
    if (Owners.lookup(Value) == Paths.temporary(Value))
      addEnd(Bind->getType(), Paths.temporary(Value), Bind->getExprLoc());
    break;
  }
  case CFGElement::MemberDtor: {
    const FieldDecl *Field = Element.castAs<CFGMemberDtor>().getFieldDecl();
    addEnd(Field->getType(), Paths.field(Paths.thisObject(), Field),
           F.getEndLoc());
    break;
  }
  case CFGElement::BaseDtor:
    addEnd(Element.castAs<CFGBaseDtor>().getBaseSpecifier()->getType(),
           Paths.thisObject(), F.getEndLoc());
    break;
  case CFGElement::DeleteDtor: {
    const CXXDeleteExpr *Delete =
        Element.castAs<CFGDeleteDtor>().getDeleteExpr();
    addEnd(Delete->getDestroyedType(), Paths.of(Delete->getArgument()),
           Delete->getExprLoc());
    break;
  }
  default:
    break;
  }
}

void GraphBuilder::addStmt(const Stmt &S) {
  if (Unevaluated.count(&S))
    return;
  if (const auto *D = dyn_cast<DeclStmt>(&S))
    return addDecl(*D);
  if (isa<CallExpr>(S) || isa<CXXConstructExpr>(S))
    return addCall(cast<Expr>(S));
  if (const auto *Binary = dyn_cast<BinaryOperator>(&S)) {
    if (Binary->isAssignmentOp())
      addAssignment(*Binary->getLHS(),
                    Binary->getOpcode() == BO_Assign ? Binary->getRHS()
                                                     : nullptr,
                    *Binary);
    return;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(&S)) {
    if (Unary->isIncrementDecrementOp())
      addAssignment(*Unary->getSubExpr(), nullptr, *Unary);
    return;
  }
  if (const auto *Return = dyn_cast<ReturnStmt>(&S)) {
    Event &E = add(EventKind::Return, nullptr, Return->getReturnLoc());
    E.Value = Return->getRetValue();
    if (E.Value && isGuard(E.Value)) {
      const Expr *Value = producer(E.Value);
      if (isa<DeclRefExpr>(Value)) { // the variable itself is returned
        Event &Move = add(EventKind::GuardMove, nullptr, E.Loc);
        Move.From = Paths.of(Value);
        Move.Object = returnedValue(Paths);
      }
    }
    return;
  }
  if (isa<CoawaitExpr>(S) || isa<CoyieldExpr>(S)) {
    const auto &Suspend = cast<Expr>(S);
    Event &E = add(EventKind::Block, &Suspend, Suspend.getBeginLoc());
    E.Blocks.Why = Category::Wait;
  }
}

void GraphBuilder::addDecl(const DeclStmt &S) {
  for (const Decl *D : S.decls()) {
    const auto *V = dyn_cast<VarDecl>(D);
    if (!V || V->getType()->isReferenceType())
      continue;
    if (!V->getType()->isScalarType())
      continue;
    Event &E = add(EventKind::Assign, nullptr, V->getLocation());
    E.Object = Paths.variable(V);
    E.Value = V->getInit();
  }
}

void GraphBuilder::addAssignment(const Expr &Target, const Expr *Value,
                                 const Expr &Where) {
  const auto *Ref = dyn_cast<DeclRefExpr>(producer(&Target));
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!V)
    return;
  Event &E = add(EventKind::Assign, Where);
  E.Object = Paths.variable(V);
  E.Value = Value;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

const TypeModel *GraphBuilder::typeOf(const Expr *E) const {
  QualType T = E->getType().getNonReferenceType();
  if (const TypeModel *Type = M.type(T))
    return Type;
  return T->isPointerType() ? M.type(T->getPointeeType()) : nullptr;
}

/// A guard, or an object that may hold one.
bool GraphBuilder::isGuard(const Expr *E) const {
  const TypeModel *Type = typeOf(E);
  return (Type && Type->Kind == TypeKind::Guard) ||
         guardHeldBy(E->getType(), M);
}

const LockPath *GraphBuilder::lockOf(const Expr *E) {
  const LockPath *P = Paths.of(E);
  return isGuard(producer(E)) ? Paths.managed(P) : P;
}

void GraphBuilder::addCall(const Expr &E) {
  const FunctionDecl *Named = namedCallee(&E);
  if (std::optional<Callback> Called = callbackAt(E, M)) {
    Event &New = add(EventKind::CallBack, E);
    New.Object = Called->Callable ? Paths.of(Called->Callable) : nullptr;
  }
  if (!Named) { // through a pointer, or dependent
    addUnknownCall(E);
    return;
  }
  if (const FunctionModel *Model = M.function(Named, writtenArgs(&E)))
    if (addModelled(E, *Model))
      return;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&E))
    if (addGuardConstruction(*Construct))
      return;
  if (addGuardAssignment(E) || addHolder(E))
    return;
  bool Declared = addDeclared(E, *Named);
  const Expr *Object = objectArgument(&E);
  const LockPath *ObjectPath =
      isa<CXXConstructExpr>(E) ? target(E) : Object ? Paths.of(Object) : nullptr;
  const FunctionDecl *Callee = callee(&E);
  if (Callee && Callee->hasBody())
    addVisibleCall(E, Callee, ObjectPath, Declared);
  else if (!Declared)
    addUnknownCall(E);
}

void GraphBuilder::addLocks(EventKind Kind, const Expr &E,
                            const FunctionModel &Model) {
  Event &New = add(Kind, E);
  New.Mode = Model.Mode;
  New.Success = Model.Success;
  if (Model.Object == ArgAll) {
    for (unsigned I = 0, N = writtenArgs(&E); I < N; ++I)
      New.Locks.push_back(lockOf(argument(&E, I)));
    return;
  }
  if (const Expr *Object = argumentAt(E, Model.Object)) {
    New.Locks.push_back(lockOf(Object));
    const TypeModel *Type = typeOf(producer(Object));
    if (Type && Type->Kind == TypeKind::Guard)
      New.Object = Paths.of(Object);
  }
}

bool GraphBuilder::addModelled(const Expr &E, const FunctionModel &Model) {
  switch (Model.Does) {
  case Effect::Acquire:
    addLocks(EventKind::Acquire, E, Model);
    // A function that locks and returns the guard (folly's wlock()).
    if (const TypeModel *Type = typeOf(&E); Type && target(E) &&
                                            Type->Kind == TypeKind::Guard) {
      Event Locked = Out->back();
      Event &Init = add(EventKind::GuardInit, E);
      Init.Object = target(E);
      Init.Locks = Locked.Locks;
      Init.Start = GuardStart::Owns;
      Out->erase(Out->end() - 2); // the guard acquires
    }
    return true;
  case Effect::TryAcquire:
    addLocks(EventKind::TryAcquire, E, Model);
    return true;
  case Effect::Release:
    addLocks(EventKind::Release, E, Model);
    return true;
  case Effect::Disown:
  case Effect::OwnsLock: {
    const Expr *Object = argumentAt(E, Model.Object);
    if (!Object)
      return true;
    Event &New = add(Model.Does == Effect::Disown ? EventKind::Disown
                                                  : EventKind::OwnsLock,
                     E);
    New.Object = Paths.of(Object);
    return true;
  }
  case Effect::ConditionWait:
    addConditionWait(E, Model);
    return true;
  case Effect::RunNow:
    addRunNow(E, Model);
    return true;
  case Effect::NoReturn:
    add(EventKind::NoReturn, E);
    return true;
  case Effect::Emplace:
  case Effect::Bind:
    return false; // says nothing of locks: the arguments count
  case Effect::Spawn:
    // A guard that is moved into the task is the other thread's.
    for (unsigned I = 0, N = numArguments(&E); I < N; ++I) {
      const Expr *Arg = argument(&E, I);
      if (Arg->isXValue() && isGuard(Arg))
        add(EventKind::MayRelease, E).Locks.push_back(lockOf(Arg));
    }
    addBlocking(E, Model, {});
    return true;
  case Effect::SemaphoreAcquire:
  case Effect::SemaphoreTryAcquire:
  case Effect::LatchRaise:
    addBlocking(E, Model, {});
    addLocks(EventKind::Take, E, Model);
    if (Model.Does == Effect::SemaphoreTryAcquire)
      Out->back().Start = GuardStart::Try;
    return true;
  case Effect::SemaphoreRelease:
  case Effect::LatchCountDown:
    addLocks(EventKind::Give, E, Model);
    return true;
  default:
    // Inert calls, and the effects that other analyses ask about.
    addBlocking(E, Model, {});
    return true;
  }
}

void GraphBuilder::addBlocking(const Expr &E, const FunctionModel &Model,
                               llvm::ArrayRef<const LockPath *> Released) {
  if (Model.Blocks == Category::None)
    return;
  std::optional<Blocking> Blocks = blockingCall(E, Model, Context);
  if (!Blocks)
    return;
  Event &New = add(EventKind::Block, E);
  New.Blocks = *Blocks;
  New.Callee = namedCallee(&E);
  New.Locks.append(Released.begin(), Released.end());
  if (const Expr *Object = argumentAt(E, Model.Object))
    New.Object = Paths.of(Object);
  else
    New.Object = target(E); // fopen() makes the object
}

void GraphBuilder::addConditionWait(const Expr &E, const FunctionModel &Model) {
  const LockPath *Released = Paths.unknown();
  if (const Expr *Lock = argumentAt(E, Model.Lock))
    Released = lockOf(Lock);
  addBlocking(E, Model, Released);
}

void GraphBuilder::addRunNow(const Expr &E, const FunctionModel &Model) {
  // Other threads run it as well, and the call waits for them.
  addBlocking(E, Model, {});
  const Expr *Callable = argumentAt(E, Model.Callable);
  const FunctionDecl *Body = Callable ? callableBody(Callable) : nullptr;
  if (!Body || !Body->hasBody())
    return;
  Event &New = add(EventKind::Call, E);
  New.Callee = Body;
  // The callable's own parameters are filled by the callee: unknown, but for the
  // object in `std::invoke(&Foo::bar, foo)`.
  New.Value = Callable;
  const auto *Method = dyn_cast<CXXMethodDecl>(Body);
  if (Method && Method->isInstance() && !Method->isVirtual() &&
      !Method->getParent()->isLambda() && Model.Callable == 0)
    if (const Expr *Object = argument(&E, 1))
      New.Object = Paths.of(Object);
}

/// A duration or time point, as their names say in every library.
static bool isTime(QualType T) {
  const CXXRecordDecl *R = T.getNonReferenceType()->getAsCXXRecordDecl();
  return R && R->getIdentifier() &&
         (R->getName().contains("duration") || R->getName().contains("time"));
}

bool GraphBuilder::addGuardConstruction(const CXXConstructExpr &E) {
  const CXXConstructorDecl *Ctor = E.getConstructor();
  const TypeModel *Guard = M.record(Ctor->getParent());
  if (!Guard || Guard->Kind != TypeKind::Guard)
    return false;
  const FunctionDecl *Body = nullptr;
  if (Ctor->isUserProvided() && !Ctor->isInheritingConstructor() &&
      Ctor->hasBody(Body) &&
      llvm::any_of(Ctor->getParent()->bases(), [&](const CXXBaseSpecifier &B) {
        return M.record(B.getType()->getAsCXXRecordDecl()) == Guard;
      }))
    return false; // what it hands to its base is in its body
  const LockPath *Object = target(E);
  if (!Object) {
    // On the heap or captured: nobody knows when it ends.
    if (Ctor->isCopyOrMoveConstructor())
      add(EventKind::MayRelease, E).Locks.push_back(lockOf(E.getArg(0)));
    return true;
  }
  if (Ctor->isCopyOrMoveConstructor()) {
    Event &Move = add(EventKind::GuardMove, E);
    Move.Object = Object;
    Move.From = guardOf(E.getArg(0));
    return true;
  }
  llvm::SmallVector<const Expr *, 2> Args;
  for (unsigned I = 0, N = writtenArgs(&E); I < N; ++I)
    Args.push_back(argument(&E, I));
  addGuardInit(E, *Guard, Object, Args);
  return true;
}

/// \p E makes the guard \p Object with the arguments \p Args.
void GraphBuilder::addGuardInit(const Expr &E, const TypeModel &Guard,
                                const LockPath *Object,
                                llvm::ArrayRef<const Expr *> Args) {
  Event &Init = add(EventKind::GuardInit, E);
  Init.Object = Object;
  Init.Mode = Guard.Mode;
  Init.Start = Guard.Inverted ? GuardStart::Inverted : GuardStart::Owns;
  unsigned Plain = 0;
  bool Adopts = false;
  for (const Expr *Arg : Args) {
    const TypeModel *Type = typeOf(Arg);
    if (Type && Type->Kind == TypeKind::GuardTag) {
      if (Type->Tag == TagMeaning::Deferred)
        Init.Start = GuardStart::Deferred;
      else if (Type->Tag == TagMeaning::Try)
        Init.Start = GuardStart::Try;
      else
        Adopts = true;
    } else if (Guard.ManyLocks || Plain == 0) {
      Init.Locks.push_back(lockOf(Arg));
      ++Plain;
    } else if (isTime(Arg->getType())) {
      Init.Start = GuardStart::Try; // a time-out
    }
  }
  if (Init.Locks.empty())
    Init.Start = GuardStart::Deferred;
  if (Adopts) {
    // The lock is held already: the assumption comes first.
    Event Adopted = Init;
    Init.Kind = EventKind::Assume;
    Adopted.Start = GuardStart::Owns;
    Out->push_back(Adopted);
    Out->back().LocksDeclared = true; // do not acquire again
  }
}

/// A guard in a std::optional or unique_ptr.
bool GraphBuilder::addHolder(const Expr &E) {
  HolderUse Use;
  if (!holderUse(E, M, Use))
    return false;
  const LockPath *Object = Use.Holder ? Paths.of(Use.Holder) : target(E);
  if (Use.Does == HolderUse::Look)
    return true;
  if (!Object) { // on the heap or captured: nobody knows when it ends
    if (Use.Does == HolderUse::Take)
      add(EventKind::MayRelease, E).Locks.push_back(lockOf(Use.Args[0]));
    return true;
  }
  if (Use.Does == HolderUse::Leave || Use.Does == HolderUse::Ask) {
    add(Use.Does == HolderUse::Leave ? EventKind::Disown : EventKind::OwnsLock,
        E)
        .Object = Object;
    return true;
  }
  if (Use.Holder)
    add(EventKind::GuardEnd, E).Object = Object;
  if (Use.Does == HolderUse::Fill) {
    addGuardInit(E, *Use.Guard, Object, Use.Args);
  } else if (Use.Does == HolderUse::Take) {
    Event &Move = add(EventKind::GuardMove, E);
    Move.Object = Object;
    Move.From = guardOf(Use.Args[0]);
  }
  return true;
}

/// `guard = …` hands over what the right side owns.
bool GraphBuilder::addGuardAssignment(const Expr &E) {
  const auto *Op = dyn_cast<CXXOperatorCallExpr>(&E);
  if (!Op || Op->getOperator() != OO_Equal || Op->getNumArgs() != 2)
    return false;
  const TypeModel *Type = typeOf(Op->getArg(0));
  if (!Type || Type->Kind != TypeKind::Guard)
    return false;
  const LockPath *Object = Paths.of(Op->getArg(0));
  add(EventKind::GuardEnd, E).Object = Object;
  Event &Move = add(EventKind::GuardMove, E);
  Move.Object = Object;
  Move.From = guardOf(Op->getArg(1));
  return true;
}

//===----------------------------------------------------------------------===//
// Thread-safety attributes
//===----------------------------------------------------------------------===//

namespace {
/// What one thread-safety attribute says of a call.
struct DeclaredEffect {
  EventKind Kind;
  LockMode Mode = LockMode::Exclusive;
  bool NonZeroIsSuccess = true;
  llvm::SmallVector<const Expr *, 2> Args;
};
} // namespace

template <class AttrT>
static llvm::SmallVector<const Expr *, 2> argsOf(const AttrT &A) {
  return {A.args_begin(), A.args_end()};
}

static bool isTruthy(const Expr *E, const ASTContext &Context) {
  bool Value = true;
  return !E || !E->EvaluateAsBooleanCondition(Value, Context) || Value;
}

static LockMode modeOf(bool Shared) {
  return Shared ? LockMode::Shared : LockMode::Exclusive;
}

static std::optional<DeclaredEffect> declaredEffect(const Attr &A,
                                                    const ASTContext &C) {
  if (const auto *T = dyn_cast<AcquireCapabilityAttr>(&A))
    return DeclaredEffect{EventKind::Acquire, modeOf(T->isShared()), true,
                          argsOf(*T)};
  if (const auto *T = dyn_cast<ReleaseCapabilityAttr>(&A))
    return DeclaredEffect{EventKind::Release, LockMode::Exclusive, true,
                          argsOf(*T)};
  if (const auto *T = dyn_cast<TryAcquireCapabilityAttr>(&A))
    return DeclaredEffect{EventKind::TryAcquire, modeOf(T->isShared()),
                          isTruthy(T->getSuccessValue(), C), argsOf(*T)};
#if THREADLINT_HAS_TRYLOCK_FUNCTION_ATTRS
  if (const auto *T = dyn_cast<ExclusiveTrylockFunctionAttr>(&A))
    return DeclaredEffect{EventKind::TryAcquire, LockMode::Exclusive,
                          isTruthy(T->getSuccessValue(), C), argsOf(*T)};
  if (const auto *T = dyn_cast<SharedTrylockFunctionAttr>(&A))
    return DeclaredEffect{EventKind::TryAcquire, LockMode::Shared,
                          isTruthy(T->getSuccessValue(), C), argsOf(*T)};
#endif
  if (const auto *T = dyn_cast<AssertCapabilityAttr>(&A))
    return DeclaredEffect{EventKind::Assume, modeOf(T->isShared()), true,
                          argsOf(*T)};
  return std::nullopt;
}

/// Adds what the attributes of \p Callee say; false if they say nothing.
bool GraphBuilder::addDeclared(const Expr &E, const FunctionDecl &Callee) {
  if (!Callee.hasAttrs())
    return false;
  bool Any = false;
  const LockPath *Object = nullptr;
  if (const Expr *Written = objectArgument(&E))
    Object = Paths.of(Written);
  else if (isa<CXXConstructExpr>(E))
    Object = target(E);
  for (const Attr *A : Callee.attrs()) {
    std::optional<DeclaredEffect> Effect = declaredEffect(*A, Context);
    if (!Effect)
      continue;
    Any = true;
    bool Constructs = isa<CXXConstructExpr>(E);
    Event &New = add(Effect->Kind, E);
    New.Mode = Effect->Mode;
    New.Success =
        Effect->NonZeroIsSuccess ? SuccessWhen::True : SuccessWhen::Zero;
    if (Constructs && Effect->Kind == EventKind::Acquire) {
      New.Kind = EventKind::GuardInit; // of a scoped capability
      New.Object = Object ? Object : Paths.unknown();
    }
    for (const Expr *Arg : Effect->Args) {
      const LockPath *Declared = Paths.of(Arg);
      New.Locks.push_back(Paths.replaceRoot(
          Declared, [&](const LockPath *Root) -> const LockPath * {
            if (Root->kind() == LockPath::Kind::This)
              return Object;
            if (Root->kind() == LockPath::Kind::Parameter) {
              const Expr *Actual = argument(&E, Root->number());
              return Actual ? Paths.of(Actual) : nullptr;
            }
            return Root;
          }));
    }
    if (Effect->Args.empty() && Object) {
      // Of a scoped capability itself: what it owns.
      const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
      if (Method && Method->getParent()->hasAttr<ScopedLockableAttr>()) {
        New.Object = Object;
        New.Locks.push_back(Paths.managed(Object));
      } else {
        New.Locks.push_back(Object);
      }
    }
  }
  return Any;
}

//===----------------------------------------------------------------------===//
// Bodies, unknown callees, ends of life
//===----------------------------------------------------------------------===//

void GraphBuilder::addVisibleCall(const Expr &E, const FunctionDecl *Callee,
                                  const LockPath *Object, bool LocksDeclared) {
  Event &New = add(EventKind::Call, E);
  New.Callee = Callee;
  New.Object = Object;
  New.From = target(E); // where a returned guard goes
  New.LocksDeclared = LocksDeclared;
  // Its summary may turn out to be unknown (a body in a system header).
  New.Locks = passedLocks(E);
}

/// The locks and guards that a call gets by reference.
llvm::SmallVector<const LockPath *, 2>
GraphBuilder::passedLocks(const Expr &E) {
  llvm::SmallVector<const LockPath *, 2> Result;
  for (unsigned I = 0, N = numArguments(&E); I < N; ++I) {
    const Expr *Arg = argument(&E, I);
    QualType T = Arg->getType();
    bool ByReference = T->isPointerType() || Arg->isGLValue(); // moved, too
    const TypeModel *Type = typeOf(Arg);
    bool Guard = isGuard(Arg);
    if (Guard && T.isConstQualified())
      continue; // by reference to const: it cannot unlock
    if (ByReference && (Guard || (Type && Type->Kind == TypeKind::Lock)))
      Result.push_back(lockOf(Arg));
  }
  return Result;
}

/// The counterpart of a lock function whose body is elsewhere: it is not known
/// to release anything, but doubt is enough.
static bool soundsLikeRelease(const FunctionDecl *F) {
  if (!F || !F->getIdentifier())
    return false;
  std::string Name = F->getName().lower();
  return llvm::any_of(
      llvm::ArrayRef<const char *>{"unlock", "release", "leave"},
      [&](const char *Word) { return StringRef(Name).contains(Word); });
}

/// The callee is declared in a system header: it knows nothing of the user's
/// locks but those that it is given.
bool GraphBuilder::isFromSystem(const Expr &Call) const {
  const FunctionDecl *Named = namedCallee(&Call);
  return Named &&
         Context.getSourceManager().isInSystemHeader(Named->getLocation());
}

/// Nobody knows what the callee does with a lock or guard that it is given.
void GraphBuilder::addUnknownCall(const Expr &E) {
  // The compiler's own functions unlock nothing.
  if (const FunctionDecl *Named = namedCallee(&E); Named && Named->getBuiltinID())
    return;
  llvm::SmallVector<const LockPath *, 2> Passed = passedLocks(E);
  const Expr *Object = objectArgument(&E);
  if (soundsLikeRelease(namedCallee(&E))) {
    Event &New = add(EventKind::MayRelease, E);
    New.WithoutGuards = true;
    for (unsigned I = 0, N = numArguments(&E); I < N; ++I)
      New.Locks.push_back(Paths.of(argument(&E, I)));
    if (Object)
      New.Locks.push_back(Paths.of(Object));
  }
  if (Passed.empty() && !Object && isFromSystem(E))
    return;
  Event &New = add(EventKind::MayRelease, E);
  New.Locks = Passed;
  New.Object = Object ? Paths.of(Object) : nullptr;
}

void GraphBuilder::addEnd(QualType T, const LockPath *Object,
                          SourceLocation Loc) {
  const CXXRecordDecl *R = Context.getBaseElementType(T)->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition())
    return;
  const TypeModel *Type = M.record(R);
  const CXXDestructorDecl *Dtor = R->getDestructor();
  if (Dtor && !(Type && Type->Kind == TypeKind::Guard) && !guardHeldBy(T, M)) {
    if (const FunctionModel *Model = M.function(Dtor, 0)) {
      if (Model->Blocks != Category::None) {
        Event &New = add(EventKind::Block, nullptr, Loc);
        New.Blocks.Why = Model->Blocks;
        New.Callee = Dtor;
        New.Object = Object;
      }
    } else if (Dtor->hasBody()) {
      Event &New = add(EventKind::Call, nullptr, Loc);
      New.Callee = Dtor;
      New.Object = Object;
    }
  }
  add(EventKind::GuardEnd, nullptr, Loc).Object = Object;
}

std::unique_ptr<EventGraph> buildEvents(const FunctionDecl &F,
                                        ASTContext &Context, const Models &M,
                                        LockPaths &Paths) {
  const FunctionDecl *Definition = nullptr;
  if (!F.hasBody(Definition) || Definition->isDependentContext())
    return nullptr;
  return GraphBuilder(*Definition, Context, M, Paths).build();
}

} // namespace threadlint
