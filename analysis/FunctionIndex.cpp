//===- FunctionIndex.cpp - The functions of user code ---------------------===//
// The walk over declarations and the scan of bodies; see the header. Neither
// recurses into statements, so that deep nesting cannot exhaust the stack.
//===----------------------------------------------------------------------===//
#include "analysis/FunctionIndex.h"
#include "analysis/AtomicOps.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/Callbacks.h"
#include "analysis/Debug.h"
#include "analysis/GuardHolders.h"
#include "analysis/LLVMCompat.h"
#include "analysis/Models.h"
#include "analysis/SpawnCall.h"
#include "analysis/Statements.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

// Beyond these a function is generated code; CFG construction recurses once for
// each level of nesting.
static constexpr unsigned MaxStatements = 250000;
static constexpr unsigned MaxNesting = 1000;
// Instantiations of one template that are looked at.
static constexpr unsigned MaxInstantiations = 8;

FunctionIndex::FunctionIndex(ASTContext &Context, const Models &M)
    : Context(Context), M(M) {}

bool FunctionIndex::isUserCode(SourceLocation Loc) const {
  const SourceManager &SM = Context.getSourceManager();
  return Loc.isValid() && !SM.isInSystemHeader(SM.getExpansionLoc(Loc));
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

/// Looks at every statement of one body once.
class FunctionIndex::Scanner {
public:
  Scanner(const ASTContext &Context, const Models &M, FunctionScan &Out)
      : Context(Context), M(M), Out(Out) {}

  void scan(const FunctionDecl &F);
  void scanTree(const Stmt *Root);
  /// Functions and classes that are declared inside the body.
  llvm::SmallVector<const Decl *, 4> Inner;

private:
  void visit(const Stmt &S);
  void visitCall(const Expr &E);
  void visitBlocking(const FunctionModel &Model);
  void visitCopy(const Expr &E);
  void visitStore(const Expr &E);
  void visitName(const Expr &E);
  void visitModel(const Expr &E, const FunctionModel &Model);
  void visitVariable(const VarDecl &V);
  void visitEnd(QualType T);
  void visitLoop(const Stmt &S);
  void addCallee(const FunctionDecl *F);
  bool isGuard(QualType T) const;

  const ASTContext &Context;
  const Models &M;
  FunctionScan &Out;
  unsigned Statements = 0;
};

bool FunctionIndex::Scanner::isGuard(QualType T) const {
  T = T.getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const TypeModel *Type = M.type(T);
  return (Type && Type->Kind == TypeKind::Guard) || guardHeldBy(T, M);
}

void FunctionIndex::Scanner::addCallee(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (F && F->hasBody(Definition) &&
      !llvm::is_contained(Out.Callees, Definition))
    Out.Callees.push_back(Definition);
}

void FunctionIndex::Scanner::visitBlocking(const FunctionModel &Model) {
  Out.Blocks |= Model.Blocks != Category::None;
  Out.Waits |= Model.Blocks == Category::Wait;
}

void FunctionIndex::Scanner::visitModel(const Expr &E,
                                        const FunctionModel &Model) {
  switch (Model.Does) {
  case Effect::Acquire:
  case Effect::TryAcquire:
  case Effect::Release:
  case Effect::Disown:
    Out.Locks = Out.LocksByHand = true;
    break;
  case Effect::SemaphoreAcquire:
  case Effect::SemaphoreTryAcquire:
  case Effect::LatchRaise:
    Out.LocksByHand = true;
    break;
  case Effect::NoReturn:
    Out.MayNotReturn = true;
    break;
  case Effect::ConditionWait:
  case Effect::ConditionNotify:
    Out.Conditions.push_back(&E);
    break;
  case Effect::PromiseSet:
  case Effect::PromiseFuture:
  case Effect::FutureWait:
    Out.Promises = true;
    break;
  case Effect::RunNow:
    if (const Expr *Callable = argumentAt(E, Model.Callable))
      addCallee(callableBody(Callable));
    break;
  default:
    break;
  }
  visitBlocking(Model);
}

static bool declaresLocks(const FunctionDecl &F) {
  if (!F.hasAttrs())
    return false;
  for (const Attr *A : F.attrs())
    switch (A->getKind()) {
    case attr::AcquireCapability:
    case attr::ReleaseCapability:
    case attr::TryAcquireCapability:
#if THREADLINT_HAS_TRYLOCK_FUNCTION_ATTRS
    case attr::ExclusiveTrylockFunction:
    case attr::SharedTrylockFunction:
#endif
    case attr::AssertCapability:
    case attr::RequiresCapability:
      return true;
    default:
      break;
    }
  return false;
}

/// Remembers \p E if it may copy an object: a look at the node only, types are
/// left to those who ask for the copies.
void FunctionIndex::Scanner::visitCopy(const Expr &E) {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&E)) {
    if (!Construct->isElidable() && Construct->getNumArgs() != 0 &&
        Construct->getConstructor()->isCopyOrMoveConstructor())
      Out.Copies.push_back(&E);
  } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&E)) {
    if (Operator->getOperator() == OO_Equal)
      Out.Copies.push_back(&E);
  } else if (const auto *Cast = dyn_cast<ImplicitCastExpr>(&E)) {
    // C has no constructors; a struct's value is read to be copied.
    if (Cast->getCastKind() == CK_LValueToRValue &&
        Cast->getType()->isRecordType())
      Out.Copies.push_back(&E);
  }
}

void FunctionIndex::Scanner::visitStore(const Expr &E) {
  std::optional<AtomicOp> Op = atomicOp(E);
  if (Op && Op->Kind == AtomicOpKind::Store)
    Out.AtomicStores.push_back(&E);
}

/// Fields are volatile themselves, not because the object around them is.
void FunctionIndex::Scanner::visitName(const Expr &E) {
  const auto *Member = dyn_cast<MemberExpr>(&E);
  QualType T = Member ? Member->getMemberDecl()->getType() : E.getType();
  if (T.isVolatileQualified() ||
      (T->isArrayType() && Context.getBaseElementType(T).isVolatileQualified()))
    Out.Volatiles.push_back(&E);
}

void FunctionIndex::Scanner::visitCall(const Expr &E) {
  const FunctionDecl *Named = namedCallee(&E);
  Out.CallsBack = Out.CallsBack || callbackAt(E, M);
  if (!Named)
    return;
  unsigned Arguments = writtenArgs(&E);
  const FunctionModel *Model = M.function(Named, Arguments);
  bool MaySpawn = Model ? Model->Does == Effect::Spawn ||
                              Model->Does == Effect::Emplace
                        : M.executor(Named) != nullptr;
  if (MaySpawn && spawnCall(E, M))
    Out.Spawns.push_back(&E);
  if (MaySpawn || (Model && Model->Does == Effect::Bind) ||
      M.copying(Named, Arguments))
    Out.Copies.push_back(&E);
  if (Model && *Model->DeadlineWith)
    Out.Deadlines.push_back(&E);
  if (Model && Model->Does == Effect::Emplace) {
    addCallee(elementConstructor(&E));
    HolderUse Use;
    Out.Locks |= holderUse(E, M, Use);
  }
  if (Model)
    return visitModel(E, *Model);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&E))
    if (const TypeModel *Type =
            M.record(Construct->getConstructor()->getParent());
        (Type && Type->Kind == TypeKind::Guard) ||
        guardHeldBy(E.getType(), M)) {
      Out.Locks = true;
      Out.LocksByHand |= Arguments > 1; // perhaps it adopts
    }
  if (declaresLocks(*Named))
    Out.Locks = Out.LocksByHand = true;
  Out.MayNotReturn |= Named->isNoReturn();
  addCallee(callee(&E));
}

void FunctionIndex::Scanner::visitEnd(QualType T) {
  const CXXRecordDecl *R = Context.getBaseElementType(T)->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition() || R->hasTrivialDestructor())
    return;
  const CXXDestructorDecl *Dtor = R->getDestructor();
  if (!Dtor)
    return;
  if (const FunctionModel *Model = M.function(Dtor, 0))
    visitBlocking(*Model);
  else
    addCallee(Dtor);
}

void FunctionIndex::Scanner::visitVariable(const VarDecl &V) {
  if (V.hasLocalStorage() && !V.getType()->isReferenceType())
    visitEnd(V.getType());
}

/// `for (;;)` and `while (1)`: their end may be unreachable.
void FunctionIndex::Scanner::visitLoop(const Stmt &S) {
  const Expr *Condition = nullptr;
  if (const auto *For = dyn_cast<ForStmt>(&S))
    Condition = For->getCond();
  else if (const auto *While = dyn_cast<WhileStmt>(&S))
    Condition = While->getCond();
  else if (const auto *Do = dyn_cast<DoStmt>(&S))
    Condition = Do->getCond();
  else
    return;
  Out.Loops.push_back(&S);
  bool Value = true;
  Out.MayNotReturn |=
      !Condition ||
      (!Condition->isValueDependent() &&
       Condition->EvaluateAsBooleanCondition(Value, Context) && Value);
}

void FunctionIndex::Scanner::visit(const Stmt &S) {
  switch (S.getStmtClass()) {
  case Stmt::CallExprClass:
  case Stmt::CXXMemberCallExprClass:
    visitStore(cast<Expr>(S));
    return visitCall(cast<Expr>(S));
  case Stmt::UserDefinedLiteralClass:
    return visitCall(cast<Expr>(S));
  case Stmt::AtomicExprClass:
  case Stmt::BinaryOperatorClass:
    return visitStore(cast<Expr>(S));
  case Stmt::CXXOperatorCallExprClass:
    visitStore(cast<Expr>(S));
    visitCopy(cast<Expr>(S));
    return visitCall(cast<Expr>(S));
  case Stmt::CXXConstructExprClass:
  case Stmt::CXXTemporaryObjectExprClass:
    visitCopy(cast<Expr>(S));
    return visitCall(cast<Expr>(S));
  case Stmt::ImplicitCastExprClass:
    return visitCopy(cast<Expr>(S));
  case Stmt::DeclRefExprClass:
  case Stmt::MemberExprClass:
    return visitName(cast<Expr>(S));
  case Stmt::UnaryOperatorClass:
    if (cast<UnaryOperator>(S).getOpcode() == UO_Deref)
      visitName(cast<Expr>(S));
    return;
  case Stmt::CXXBindTemporaryExprClass:
    return visitEnd(cast<Expr>(S).getType());
  case Stmt::CXXDeleteExprClass: {
    QualType T = cast<CXXDeleteExpr>(S).getDestroyedType();
    if (!T.isNull() && !T->isDependentType())
      visitEnd(T);
    return;
  }
  case Stmt::DeclStmtClass:
    for (const Decl *D : cast<DeclStmt>(S).decls()) {
      if (const auto *V = dyn_cast<VarDecl>(D))
        visitVariable(*V);
      else if (isa<TagDecl>(D))
        Inner.push_back(D);
    }
    return;
  case Stmt::CoawaitExprClass:
  case Stmt::CoyieldExprClass:
    Out.Blocks = Out.Waits = true;
    return;
  case Stmt::CXXThrowExprClass:
    Out.MayNotReturn = true;
    return;
  case Stmt::LambdaExprClass:
    Inner.push_back(cast<LambdaExpr>(S).getLambdaClass());
    return;
  default:
    return visitLoop(S);
  }
}

void FunctionIndex::Scanner::scanTree(const Stmt *Root) {
  struct Item {
    const Stmt *S;
    unsigned Nesting;
  };
  llvm::SmallVector<Item, 64> Work{{Root, 0}};
  while (!Work.empty()) {
    Item Next = Work.pop_back_val();
    if (!Next.S)
      continue;
    if (++Statements > MaxStatements || Next.Nesting > MaxNesting) {
      Out.OverBudget = true;
      return;
    }
    visit(*Next.S);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(Next.S)) {
      for (const Expr *Capture : Lambda->capture_inits())
        Work.push_back({Capture, Next.Nesting + 1});
      continue; // its body is another function
    }
    for (const Stmt *Child : Next.S->children())
      Work.push_back({Child, Next.Nesting + 1});
  }
}

void FunctionIndex::Scanner::scan(const FunctionDecl &F) {
  Out.Locks |= declaresLocks(F);
  for (const ParmVarDecl *P : F.parameters())
    Out.Locks |= isGuard(P->getType());
  const Stmt *Body = F.getBody();
  if (const auto *Coroutine = dyn_cast_or_null<CoroutineBodyStmt>(Body))
    Body = Coroutine->getBody();
  scanTree(Body);
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F))
    for (const CXXCtorInitializer *Init : Ctor->inits())
      scanTree(initialiserOf(*Init));
  if (const auto *Dtor = dyn_cast<CXXDestructorDecl>(&F)) {
    for (const FieldDecl *Field : Dtor->getParent()->fields()) {
      Out.Locks |= isGuard(Field->getType());
      visitEnd(Field->getType());
    }
    for (const CXXBaseSpecifier &Base : Dtor->getParent()->bases())
      visitEnd(Base.getType());
  }
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

/// Finds every definition in the user's code.
class FunctionIndex::Walker {
public:
  explicit Walker(FunctionIndex &Index) : Index(Index) {}

  void walk(const Decl *D);

private:
  void walkContext(const DeclContext *DC);
  void walkFunction(const FunctionDecl *F);
  void walkDefaultArguments(const FunctionDecl *F);
  void walkVariable(const VarDecl *V);
  void walkField(const FieldDecl *Field);
  void walkLambdas(const Expr *Root);
  void findSpawns(const ValueDecl *Target, const Expr *Init);

  FunctionIndex &Index;
  llvm::DenseSet<const FunctionDecl *> Seen;
};

void FunctionIndex::Walker::walkContext(const DeclContext *DC) {
  for (const Decl *D : DC->decls())
    walk(D);
}

void FunctionIndex::Walker::walkFunction(const FunctionDecl *F) {
  if (!F->doesThisDeclarationHaveABody() || F->isDependentContext())
    return;
  if (!Seen.insert(F).second)
    return;
  // Someone may have asked for the scan before the walk; what is declared
  // inside the body is found only here.
  auto It = Index.Scans.try_emplace(F).first;
  It->second = FunctionScan();
  Index.Functions.push_back(F);
  Scanner S(Index.Context, Index.M, It->second);
  S.scan(*F);
  if (It->second.OverBudget)
    debug() << "threadlint: remark: skipped '" << F->getNameAsString()
            << "': too large or too deeply nested\n";
  // It may be invalid from here on.
  for (const Decl *D : llvm::reverse(S.Inner))
    walk(D);
}

/// The lambdas in an expression outside of functions.
void FunctionIndex::Walker::walkLambdas(const Expr *Root) {
  llvm::SmallVector<const Stmt *, 16> Work{Root};
  for (unsigned N = 0; !Work.empty() && N < MaxStatements; ++N) {
    const Stmt *Next = Work.pop_back_val();
    if (!Next)
      continue;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(Next))
      walk(Lambda->getLambdaClass());
    else
      Work.append(Next->child_begin(), Next->child_end());
  }
}

void FunctionIndex::Walker::walkDefaultArguments(const FunctionDecl *F) {
  if (F->isDependentContext())
    return;
  for (const ParmVarDecl *P : F->parameters())
    if (P->hasDefaultArg() && !P->hasUnparsedDefaultArg() &&
        !P->hasUninstantiatedDefaultArg())
      walkLambdas(P->getDefaultArg());
}

/// Only objects of classes hold threads and futures.
void FunctionIndex::Walker::findSpawns(const ValueDecl *Target,
                                       const Expr *Init) {
  QualType T = Index.Context.getBaseElementType(Target->getType());
  if (!T->isRecordType())
    return;
  FunctionScan Scan;
  Scanner(Index.Context, Index.M, Scan).scanTree(Init);
  for (const Expr *Spawn : Scan.Spawns)
    Index.OuterSpawns.push_back({Target, Spawn});
}

/// The initialiser in the class; constructors' are theirs.
void FunctionIndex::Walker::walkField(const FieldDecl *Field) {
  const Expr *Init =
      Field->hasInClassInitializer() ? Field->getInClassInitializer() : nullptr;
  if (Init && !Field->getParent()->isDependentContext())
    findSpawns(Field, Init);
}

/// Lambdas and spawns in the initialiser of a global or a static member.
void FunctionIndex::Walker::walkVariable(const VarDecl *V) {
  if (!V->hasInit() || V->getType()->isDependentType() ||
      V->isInvalidDecl() || V->getDeclContext()->isDependentContext())
    return;
  walkLambdas(V->getInit());
  findSpawns(V, V->getInit());
}

void FunctionIndex::Walker::walk(const Decl *D) {
  if (D->isInvalidDecl() || !Index.isUserCode(D->getLocation()))
    return;
  if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D)) {
    unsigned N = 0;
    for (const FunctionDecl *F : Template->specializations())
      if (F->doesThisDeclarationHaveABody() && ++N <= MaxInstantiations)
        walkFunction(F);
  } else if (const auto *Template = dyn_cast<ClassTemplateDecl>(D)) {
    unsigned N = 0;
    for (const ClassTemplateSpecializationDecl *C : Template->specializations())
      if (C->isThisDeclarationADefinition() && ++N <= MaxInstantiations)
        walkContext(C);
  } else if (const auto *Template = dyn_cast<VarTemplateDecl>(D)) {
    unsigned N = 0;
    for (const VarTemplateSpecializationDecl *V : Template->specializations())
      if (++N <= MaxInstantiations)
        walkVariable(V);
  } else if (const auto *F = dyn_cast<FunctionDecl>(D)) {
    walkDefaultArguments(F);
    walkFunction(F);
  } else if (const auto *V = dyn_cast<VarDecl>(D)) {
    walkVariable(V);
  } else if (const auto *Field = dyn_cast<FieldDecl>(D)) {
    walkField(Field);
  } else if (const auto *R = dyn_cast<CXXRecordDecl>(D)) {
    if (R->isThisDeclarationADefinition() && !R->isDependentContext())
      walkContext(R);
  } else if (const auto *Friend = dyn_cast<FriendDecl>(D)) {
    // A function may be defined there. A class may not, and a class template that
    // befriends itself would be walked for ever.
    const NamedDecl *Befriended = Friend->getFriendDecl();
    if (isa_and_nonnull<FunctionDecl, FunctionTemplateDecl>(Befriended))
      walk(Befriended);
  } else if (isa<NamespaceDecl>(D) || isa<LinkageSpecDecl>(D) ||
             isa<ExportDecl>(D)) {
    walkContext(cast<DeclContext>(D));
  }
}

void FunctionIndex::walk() {
  if (Walked)
    return;
  Walked = true;
  Walker W(*this);
  // clangd restricts the scope to the main file's declarations.
  for (const Decl *D : Context.getTraversalScope()) {
    if (const auto *TU = dyn_cast<TranslationUnitDecl>(D)) {
      for (const Decl *Top : TU->decls())
        W.walk(Top);
    } else {
      W.walk(D);
    }
  }
}

llvm::ArrayRef<const FunctionDecl *> FunctionIndex::functions() {
  walk();
  return Functions;
}

llvm::ArrayRef<OuterSpawn> FunctionIndex::outerSpawns() {
  walk();
  return OuterSpawns;
}

const FunctionScan *FunctionIndex::scan(const FunctionDecl *F) {
  if (!F)
    return nullptr;
  auto It = Scans.find(F); // most callers have the definition
  if (It != Scans.end())
    return &It->second;
  const FunctionDecl *Definition = nullptr;
  if (!F->hasBody(Definition) || Definition->isDependentContext())
    return nullptr;
  It = Scans.find(Definition);
  if (It != Scans.end())
    return &It->second;
  if (!isUserCode(Definition->getLocation()))
    return nullptr;
  FunctionScan &Out = Scans[Definition];
  Scanner(Context, M, Out).scan(*Definition);
  return &Scans[Definition];
}

//===----------------------------------------------------------------------===//
// What a function reaches
//===----------------------------------------------------------------------===//

const FunctionIndex::Reach &FunctionIndex::reaches(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (F->hasBody(Definition))
    F = Definition;
  auto It = Reached.find(F);
  if (It == Reached.end()) {
    computeReach(F);
    It = Reached.find(F);
  }
  return It->second;
}

bool FunctionIndex::Reach::add(const Reach &Callee) {
  bool Changed = false;
  for (bool Reach::*Flag :
       {&Reach::Locks, &Reach::LocksByHand, &Reach::Blocks, &Reach::Waits,
        &Reach::CallsBack, &Reach::Promises, &Reach::MayNotReturn,
        &Reach::Spawns}) {
    Changed |= Callee.*Flag && !(this->*Flag);
    this->*Flag |= Callee.*Flag;
  }
  return Changed;
}

/// Propagates along the call graph below Root until nothing changes.
void FunctionIndex::computeReach(const FunctionDecl *Root) {
  std::vector<const FunctionDecl *> Order{Root};
  llvm::DenseSet<const FunctionDecl *> Seen{Root};
  llvm::DenseMap<const FunctionDecl *, llvm::SmallVector<const FunctionDecl *, 4>>
      Callers;
  for (size_t I = 0; I < Order.size(); ++I) {
    const FunctionDecl *F = Order[I];
    if (Reached.count(F))
      continue; // known from an earlier root
    const FunctionScan *Scan = scan(F);
    if (!Scan)
      continue;
    // scan() of a callee may move the table, so take a copy.
    llvm::SmallVector<const FunctionDecl *, 8> Callees(Scan->Callees.begin(),
                                                       Scan->Callees.end());
    for (const FunctionDecl *Callee : Callees) {
      Callers[Callee].push_back(F);
      if (Seen.insert(Callee).second)
        Order.push_back(Callee);
    }
  }
  std::vector<const FunctionDecl *> Work;
  for (const FunctionDecl *F : Order) {
    if (!Reached.count(F)) {
      Reach R;
      if (const FunctionScan *Scan = scan(F)) {
        R.Locks = Scan->Locks;
        R.LocksByHand = Scan->LocksByHand;
        R.Blocks = Scan->Blocks;
        R.Waits = Scan->Waits;
        R.CallsBack = Scan->CallsBack;
        R.Promises = Scan->Promises;
        R.MayNotReturn = Scan->MayNotReturn;
        R.Spawns = !Scan->Spawns.empty();
      }
      Reached[F] = R;
    }
    Work.push_back(F);
  }
  while (!Work.empty()) {
    const FunctionDecl *F = Work.back();
    Work.pop_back();
    Reach R = Reached[F];
    for (const FunctionDecl *Caller : Callers[F])
      if (Reached[Caller].add(R))
        Work.push_back(Caller);
  }
}

} // namespace threadlint
