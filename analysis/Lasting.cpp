//===- Lasting.cpp - May this code go on for long? ------------------------===//
// See the header. Statements are asked one by one; whatever is not understood
// goes on.
//===----------------------------------------------------------------------===//
#include "analysis/Lasting.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/Callable.h"
#include "analysis/ExitGraph.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {

// A sleep of more than this is what keeps a program alive.
static constexpr uint64_t LongSleepMs = 60'000;
static constexpr unsigned MaxTypeDepth = 6; // vector<unique_ptr<…>>
static constexpr unsigned MaxCallDepth = 64;

bool isOfImplementation(const FunctionDecl &F) {
  if (isStandard(F))
    return true;
  for (const DeclContext *DC = F.getDeclContext(); DC; DC = DC->getParent())
    if (const auto *Space = dyn_cast<NamespaceDecl>(DC))
      if (Space->getName().take_front(2) == "__")
        return true;
  return false;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// `std::cin >> x`, `fgets(…, stdin)`, `read(0, …)`, `getchar()`: the object is
/// a variable that a system header declares, or the function needs none.
static bool readsInput(const Expr &E, const FunctionModel &M,
                       TranslationUnit &TU) {
  const Expr *Object = argumentAt(E, M.Object);
  if (!Object) {
    const FunctionDecl *F = namedCallee(&E);
    return F && M.Object == ArgNone && F->getReturnType()->isIntegerType() &&
           F->getNumParams() == (F->isVariadic() ? 1 : 0);
  }
  Object = Object->IgnoreParenImpCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Object)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    return V && V->hasGlobalStorage() &&
           !TU.functions().isUserCode(V->getLocation());
  }
  Expr::EvalResult Value;
  return !Object->isValueDependent() && Object->getType()->isIntegerType() &&
         Object->EvaluateAsInt(Value, TU.context()) && Value.Val.getInt() == 0;
}

/// `nanosleep(&ts, NULL)` of a structure that is written with constants: its
/// seconds come first.
static bool isShortStructure(const Expr *Length, const ASTContext &Context) {
  const auto *Address =
      Length ? dyn_cast<UnaryOperator>(producer(Length)) : nullptr;
  if (!Address || Address->getOpcode() != UO_AddrOf)
    return false;
  const Expr *Of = Address->getSubExpr()->IgnoreParenImpCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Of)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    Of = V && V->isLocalVarDecl() ? V->getInit() : nullptr;
  } else if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(Of)) {
    Of = Literal->getInitializer();
  }
  const auto *List = dyn_cast_or_null<InitListExpr>(Of);
  Expr::EvalResult Seconds;
  return List && List->getNumInits() && List->getInit(0) &&
         !List->getInit(0)->isValueDependent() &&
         (isa<ImplicitValueInitExpr>(List->getInit(0)) ||
          (List->getInit(0)->EvaluateAsInt(Seconds, Context) &&
           Seconds.Val.getInt().getLimitedValue() <= LongSleepMs / 1000));
}

unsigned Lasting::ofBlocking(const Expr &E, const FunctionModel &M) {
  if (M.Blocks == Category::Wait)
    return LastsWait; // even if it gives up at once: it is asked again
  std::optional<Blocking> B = blockingCall(E, M, TU.context());
  // Flags and time-outs that are not known may well let it wait.
  bool IsRemote = M.Blocks == Category::Network || M.Blocks == Category::Rpc;
  if (!B)
    return IsRemote ? LastsNetwork : LastsNot;
  switch (B->Why) {
  case Category::Network:
  case Category::Rpc:
    return LastsNetwork;
  case Category::Process:
    return LastsProcess;
  case Category::Sleep:
    if (B->BoundMs
            ? *B->BoundMs <= LongSleepMs
            : M.Unit == TimeUnit::Timespec &&
                  isShortStructure(argumentAt(E, M.Timeout), TU.context()))
      return LastsNot;
    return LastsSleep;
  case Category::File:
    return readsInput(E, M, TU) ? LastsInput : LastsNot;
  case Category::Custom:
    return LastsWait;
  default:
    return LastsNot;
  }
}

/// The callables that a function of the standard library may run.
unsigned Lasting::ofCallables(const Expr &E) {
  unsigned Result = LastsNot;
  for (unsigned I = 0, N = numArguments(&E); I < N; ++I) {
    const Expr *Arg = argument(&E, I);
    if (!isCallableType(Arg->getType()))
      continue;
    const CXXRecordDecl *R =
        Arg->getType().getNonReferenceType()->getAsCXXRecordDecl();
    const TypeModel *Type = TU.models().record(R);
    if (R && R->isInStdNamespace() &&
        !(Type && Type->Kind == TypeKind::Callback))
      continue; // std::greater<>()
    const FunctionDecl *Body =
        resolveCallable(Arg, TU.models(), TU.paths()).Entry;
    Result |= Body ? of(Body) : unsigned(LastsUnseen);
  }
  return Result;
}

unsigned Lasting::ofUnmodelled(const Expr &E, const FunctionDecl &F) {
  const FunctionDecl *Runs = callee(&E);
  if (Runs && TU.functions().scan(Runs))
    return of(Runs);
  if (F.isNoReturn())
    return isAssertion(E, TU.context()) ? unsigned(LastsNot)
                                        : LastsEnd | LastsUnseen;
  if (F.isImplicit() || F.isTrivial() || F.isDefaulted() || F.getBuiltinID())
    return LastsNot;
  if (isOfImplementation(F)) {
    const auto *Method = dyn_cast<CXXMethodDecl>(&F);
    const TypeModel *Type =
        Method ? TU.models().record(Method->getParent()) : nullptr;
    if (Type && Type->Kind == TypeKind::Callback &&
        Method->getOverloadedOperator() == OO_Call)
      return LastsUnseen;
    return isa<CallExpr>(E) ? ofCallables(E) : LastsNot;
  }
  bool Goes = F.getIdentifier() && namesService(F.getName());
  return Goes ? LastsUnseen | LastsService : LastsUnseen;
}

unsigned Lasting::ofCall(const Expr &E) {
  const FunctionDecl *F = namedCallee(&E);
  if (!F) {
    const auto *Call = dyn_cast<CallExpr>(&E);
    bool Destroys =
        Call && isa<CXXPseudoDestructorExpr>(Call->getCallee()->IgnoreParens());
    return Destroys ? LastsNot : LastsUnseen;
  }
  const FunctionModel *M = TU.models().function(F, writtenArgs(&E));
  if (!M && TU.models().executor(F))
    return LastsNot;
  if (!M)
    return ofUnmodelled(E, *F);
  // What the compiler itself knows (exit) ends the process, others may end this
  // thread only (pthread_exit).
  if (M->Does == Effect::NoReturn)
    return F->getBuiltinID() || isStandard(*F) ? LastsEnd : LastsThreadEnd;
  unsigned Result = M->Does == Effect::Spawn || M->Blocks == Category::None
                        ? LastsNot
                        : ofBlocking(E, *M);
  return M->Does == Effect::RunNow ? Result | ofCallables(E) : Result;
}

//===----------------------------------------------------------------------===//
// Ends of objects
//===----------------------------------------------------------------------===//

unsigned Lasting::ofEnd(QualType T) {
  const CXXRecordDecl *R =
      T->isReferenceType() || T->isPointerType()
          ? nullptr
          : TU.context().getBaseElementType(T)->getAsCXXRecordDecl();
  if (!R || !(R = R->getDefinition()) || R->hasTrivialDestructor() ||
      Depth > MaxTypeDepth)
    return LastsNot;
  const CXXDestructorDecl *Dtor = R->getDestructor();
  const FunctionModel *M = Dtor ? TU.models().function(Dtor, 0) : nullptr;
  if (M)
    return M->Blocks == Category::Wait ? LastsWait : LastsNot;
  if (const TypeModel *Type = TU.models().record(R))
    if (Type->Kind == TypeKind::Future || Type->Kind == TypeKind::Pool)
      return LastsWait;
  unsigned Result = LastsNot;
  ++Depth;
  if (R->isInStdNamespace()) {
    // What a container or smart pointer owns ends with it.
    if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(R))
      for (const TemplateArgument &Arg : Special->getTemplateArgs().asArray())
        if (Arg.getKind() == TemplateArgument::Type)
          Result |= ofEnd(Arg.getAsType());
  } else {
    if (Dtor && Dtor->isUserProvided())
      Result |= TU.functions().scan(Dtor) ? of(Dtor) : unsigned(LastsUnseen);
    for (const FieldDecl *Field : R->fields())
      Result |= ofEnd(Field->getType());
    for (const CXXBaseSpecifier &Base : R->bases())
      Result |= ofEnd(Base.getType());
  }
  --Depth;
  return Result;
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// A flag: an atomic, volatile or boolean variable.
static bool isFlag(const ValueDecl &D) {
  QualType T = D.getType().getNonReferenceType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return T->isAtomicType() || T.isVolatileQualified() || T->isBooleanType() ||
         (R && R->getIdentifier() && R->getName().contains("atomic"));
}

/// `std::getline(file, line)`, `it != end`, `!list.empty()`, `n > 0`: the loop
/// uses up what it tests. False: somebody else ends it.
bool Lasting::makesProgress(const Expr *Condition) {
  bool Value = true;
  if (!Condition || Condition->isValueDependent() ||
      (Condition->EvaluateAsBooleanCondition(Value, TU.context()) && Value))
    return false;
  for (const ValueDecl *D : mentionedDecls(Condition)) {
    const auto *F = dyn_cast<FunctionDecl>(D);
    // `isRunning()`, `stop.stop_requested()`
    bool Asks = F && F->getReturnType()->isBooleanType() &&
                (!isOfImplementation(*F) || F->param_empty()) &&
                F->getIdentifier() && F->getName() != "empty";
    if (Asks || (!F && isFlag(*D)))
      return false;
  }
  return true;
}

unsigned Lasting::ofLoop(const Stmt &S) {
  const auto *For = dyn_cast<ForStmt>(&S);
  if (!For && !isa<WhileStmt>(S) && !isa<DoStmt>(S))
    return LastsNot;
  if (For && For->getCond() && For->getInc())
    return LastsNot; // it counts
  constexpr unsigned Waits = LastsWait | LastsNetwork | LastsInput | LastsSleep;
  bool Polls = false;
  forEachStmt(&S, Lambdas::Outside, [&](const Stmt *Inner) {
    if (!isa<CallExpr>(Inner))
      return;
    const auto &Call = cast<Expr>(*Inner);
    const FunctionDecl *F = namedCallee(&Call);
    const FunctionModel *M =
        F ? TU.models().function(F, writtenArgs(&Call)) : nullptr;
    Polls |= (M && M->Blocks == Category::Sleep) || (ofCall(Call) & Waits);
  });
  return Polls || !makesProgress(conditionIn(S)) ? LastsLoop : LastsNot;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

unsigned Lasting::ofStmt(const Stmt &S) {
  if (isa<CallExpr>(S) || isa<CXXConstructExpr>(S))
    return ofCall(cast<Expr>(S));
  if (isa<CoawaitExpr>(S) || isa<CoyieldExpr>(S))
    return LastsWait;
  if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(&S))
    return ofEnd(Temporary->getType());
  if (const auto *Delete = dyn_cast<CXXDeleteExpr>(&S))
    return ofEnd(Delete->getDestroyedType());
  unsigned Result = ofLoop(S);
  if (const auto *Decls = dyn_cast<DeclStmt>(&S))
    for (const Decl *D : Decls->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        if (V->hasLocalStorage())
          Result |= ofEnd(V->getType());
  return Result;
}

unsigned Lasting::ofTree(const Stmt *Root) {
  unsigned Result = LastsNot;
  forEachStmt(Root, Lambdas::Outside,
              [&](const Stmt *S) { Result |= ofStmt(*S); });
  return Result;
}

unsigned Lasting::of(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (!F || !F->hasBody(Definition))
    return LastsUnseen;
  auto [It, New] = Known.try_emplace(Definition, LastsNot);
  if (!New)
    return It->second;
  const FunctionScan *Scan = TU.functions().scan(Definition);
  if (!Scan || Scan->OverBudget || Calls > MaxCallDepth)
    return Known[Definition] = LastsUnseen;
  ++Calls;
  unsigned Result = ofTree(Definition->getBody());
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Definition))
    for (const CXXCtorInitializer *Init : Ctor->inits())
      Result |= ofTree(initialiserOf(*Init));
  --Calls;
  return Known[Definition] = Result;
}

} // namespace threadlint
