//===- ThreadLimits.cpp - What keeps the number of threads down -----------===//
// See the header. In doubt there is a limit: a name that speaks of one is
// believed.
//===----------------------------------------------------------------------===//
#include "analysis/ThreadLimits.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/FunctionIndex.h"
#include "analysis/LoopBounds.h"
#include "analysis/LoopFlow.h"
#include "analysis/LoopInfo.h"
#include "analysis/Models.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "analysis/Writes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

// Bodies that are searched for a join.
static constexpr unsigned MaxCallees = 100;

static llvm::StringRef plainName(const NamedDecl *D) {
  return D && D->getIdentifier() ? D->getName() : llvm::StringRef();
}

static bool isCallLike(const Stmt &S) {
  return isa<CallExpr>(S) || isa<CXXConstructExpr>(S);
}

const FunctionModel *ThreadLimits::model(const Expr &Call) const {
  const FunctionDecl *F = namedCallee(&Call);
  return F ? M.function(F, writtenArgs(&Call)) : nullptr;
}

template <class VisitT> static void forEachBelow(const Stmt *S, VisitT Visit) {
  llvm::SmallVector<const Stmt *, 32> Work{S};
  while (!Work.empty()) {
    const Stmt *Next = Work.pop_back_val();
    if (!Next)
      continue;
    Visit(*Next);
    Work.append(Next->child_begin(), Next->child_end());
  }
}

//===----------------------------------------------------------------------===//
// Permits
//===----------------------------------------------------------------------===//

/// A class with both halves of a semaphore.
static bool isSemaphoreShape(const CXXRecordDecl &R) {
  if (!R.hasDefinition())
    return false;
  auto Has = [&](llvm::StringRef Name) {
    return llvm::any_of(R.methods(), [&](const CXXMethodDecl *Method) {
      return plainName(Method).equals_insensitive(Name);
    });
  };
  return (Has("acquire") && Has("release")) || (Has("wait") && Has("post")) ||
         (Has("down") && Has("up")) || (Has("p") && Has("v"));
}

static bool takesPermit(llvm::StringRef Name) {
  for (llvm::StringRef Take :
       {"acquire", "tryacquire", "try_acquire", "wait", "down", "p"})
    if (Name.equals_insensitive(Take))
      return true;
  return false;
}

/// The call takes a permit of a semaphore that no model knows.
static bool takesPermitByShape(const Expr &Call, const FunctionDecl &F,
                               const Models &M) {
  llvm::StringRef Name = plainName(&F);
  if (namesThrottle(Name))
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (!Method)
    return false;
  const CXXRecordDecl *R = Method->getParent();
  const TypeModel *Type = M.record(R);
  if ((Type && Type->Kind == TypeKind::Semaphore) ||
      namesThrottle(plainName(R)))
    return true;
  if (!takesPermit(Name))
    return false;
  const Expr *Object = objectArgument(&Call);
  return isSemaphoreShape(*R) || (Object && namesThrottle(exprName(Object)));
}

//===----------------------------------------------------------------------===//
// Joins
//===----------------------------------------------------------------------===//

static bool holdsUp(const FunctionModel &Model) {
  return Model.Does == Effect::Join || Model.Does == Effect::FutureWait ||
         Model.Does == Effect::LatchWait ||
         Model.Does == Effect::SemaphoreAcquire;
}

bool ThreadLimits::joins(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (!F || !F->hasBody(Definition))
    return false;
  Answer &Known = Joins[Definition];
  if (Known != Answer::Open)
    return Known == Answer::Yes;
  llvm::SmallVector<const FunctionDecl *, 16> Work{Definition};
  bool Found = false;
  for (size_t I = 0; I < Work.size() && I < MaxCallees && !Found; ++I) {
    const FunctionScan *Scan = Index.scan(Work[I]);
    if (!Scan)
      continue;
    // scan() of another function may move the table.
    llvm::SmallVector<const FunctionDecl *, 8> Callees(Scan->Callees.begin(),
                                                       Scan->Callees.end());
    for (const FunctionDecl *Callee : Callees)
      if (!llvm::is_contained(Work, Callee))
        Work.push_back(Callee);
    forEachBelow(Work[I]->getBody(), [&](const Stmt &S) {
      if (!isCallLike(S))
        return;
      const auto &Call = cast<Expr>(S);
      const FunctionDecl *Named = namedCallee(&Call);
      if (const FunctionModel *Model = model(Call))
        Found |= holdsUp(*Model);
      else if (Named)
        Found |= takesPermitByShape(Call, *Named, M);
    });
    // A jthread that the destructor destroys.
    if (const auto *Dtor = dyn_cast<CXXDestructorDecl>(Work[I]))
      for (const FieldDecl *Field : Dtor->getParent()->fields())
        if (const CXXRecordDecl *R = Field->getType()->getAsCXXRecordDecl())
          if (R->hasDefinition() && R->getDestructor())
            if (const FunctionModel *Model = M.function(R->getDestructor(), 0))
              Found |= holdsUp(*Model);
  }
  Joins[Definition] = Found ? Answer::Yes : Answer::No;
  return Found;
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

/// \p E is counted up or down within the region: `++active`, in a task as well.
bool ThreadLimits::isStepped(const Expr *E, const Place &P) {
  const ValueDecl *D = namedDecl(E);
  if (const auto *Member = dyn_cast_or_null<CXXMemberCallExpr>(producer(E)))
    if (const FunctionDecl *F = Member->getDirectCallee())
      if (isa<CXXConversionDecl>(F) || plainName(F) == "load")
        D = namedDecl(Member->getImplicitObjectArgument());
  if (!D)
    return false;
  for (const Write &W : Bounds.writes(P.F).of(D)) {
    if (W.Kind != WriteKind::Step)
      continue;
    // A loop's own counter says nothing about threads.
    const Stmt *Up = W.Where;
    while (Up && isa<Expr>(Up))
      Up = P.Flow.parent(Up);
    const auto *For = dyn_cast_or_null<ForStmt>(Up);
    if (!For || !For->getInc() || !P.Flow.isInside(W.Where, For->getInc()))
      return true;
  }
  return false;
}

/// One side of a comparison is a limit or counts what is alive.
bool ThreadLimits::isLimited(const Expr *E, const Place &P,
                             const Stmt *Region) {
  const Expr *Made = producer(E);
  if (Bounds.saysLimit(E) || namesLiveCount(exprName(Made)))
    return true;
  if (const auto *Call = dyn_cast<CallExpr>(Made)) {
    llvm::StringRef Name = plainName(Call->getDirectCallee());
    const Expr *Object = objectArgument(Call);
    if (namesLiveCount(Name) || (Object && namesLiveCount(exprName(Object))))
      return true;
    if (Object && (Name == "size" || Name == "length" || Name == "count")) {
      // Of the container that gets the threads, or whatever grows with them.
      const ValueDecl *D = namedDecl(Object);
      if (Bounds.holdsThreads(Object->getType()) || (D && D == P.Handle))
        return true;
      if (D)
        for (const Write &W : Bounds.writes(P.F).of(D))
          if (W.Kind == WriteKind::Grow && W.Where &&
              P.Flow.isInside(W.Where, Region))
            return true;
    }
  }
  return isStepped(E, P);
}

/// \p AnyCounter: a comparison of a counter with zero will do.
bool ThreadLimits::isLimitTest(const Expr *Condition, const Place &P,
                               const Stmt *Region, bool AnyCounter) {
  bool Found = false;
  forEachBelow(Condition, [&](const Stmt &S) {
    const Expr *Left = nullptr, *Right = nullptr;
    if (const auto *Binary = dyn_cast<BinaryOperator>(&S)) {
      if (Binary->isComparisonOp()) {
        Left = Binary->getLHS();
        Right = Binary->getRHS();
      }
    } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(&S)) {
      if (Op->isComparisonOp() && Op->getNumArgs() == 2) {
        Left = Op->getArg(0);
        Right = Op->getArg(1);
      }
    } else if (const auto *Call = dyn_cast<CallExpr>(&S)) {
      // if (!pool_full()), if (tooManyClients())
      llvm::StringRef Name = plainName(Call->getDirectCallee());
      for (const std::string &Word : nameWords(Name))
        for (llvm::StringRef Said :
             {"full", "many", "limit", "max", "overload", "exceed", "exceeded",
              "allowed", "slot", "available", "capacity"})
          Found |= Word == Said;
      Found |= namesThrottle(Name);
    }
    if (!Left || Found)
      return;
    for (const Expr *Side : {Left, Right}) {
      const Expr *Other = Side == Left ? Right : Left;
      std::optional<uint64_t> Zero = Bounds.constant(Other);
      if (Zero && *Zero == 0) // an error, or none left
        Found |= AnyCounter
                     ? isLimited(Side, P, Region)
                     : isStepped(Side, P) && namesLiveCount(exprName(Side));
      else
        Found |= isLimited(Side, P, Region);
    }
  });
  return Found;
}

/// After \p Condition let the site run, the same pass makes it false for ever:
/// `if (!started) { …; started = true; }`, `if (!thread) thread = …`.
bool ThreadLimits::isOnce(const Expr *Condition, const Place &P,
                          const Stmt *Region, bool IsHeader) {
  const SourceManager &SM = Context.getSourceManager();
  const Writes &Stored = Bounds.writes(P.F);
  const auto *For = dyn_cast<ForStmt>(Region);
  const Stmt *Start = For ? For->getInit() : nullptr;
  bool Found = false;
  forEachBelow(Condition, [&](const Stmt &S) {
    if (Found)
      return;
    if (const auto *Call = dyn_cast<CallExpr>(&S)) {
      llvm::StringRef Name = plainName(Call->getDirectCallee());
      Found |= Name == "exchange" || Name.contains("compare_exchange");
    }
    const auto *E = dyn_cast<Expr>(&S);
    if (!E || (!isa<DeclRefExpr>(E) && !isa<MemberExpr>(E)))
      return;
    const ValueDecl *D = namedDecl(E);
    if (!D || isa<FunctionDecl>(D))
      return;
    if (D == P.Handle && !IsHeader) {
      Found = true;
      return;
    }
    for (const Write &W : Stored.of(D)) {
      if (W.Kind != WriteKind::Assign || !W.Where || !W.Value ||
          !P.Flow.isInside(W.Where, Region) ||
          P.Flow.isInside(W.Where, Condition) ||
          (Start && P.Flow.isInside(W.Where, Start)) ||
          !P.Flow.happensWith(W.Where, P.Site, Region))
        continue;
      bool HoldsSite = P.Flow.isInside(P.Site, W.Where);
      bool IsConstant = Bounds.constant(W.Value) ||
                        W.Value->isNullPointerConstant(
                            Context, Expr::NPC_ValueDependentIsNotNull);
      if (!IsConstant && !HoldsSite)
        continue;
      if (IsHeader || SM.isBeforeInTranslationUnit(
                          SM.getExpansionLoc(Condition->getBeginLoc()),
                          SM.getExpansionLoc(W.Where->getExprLoc())))
        Found = true;
    }
  });
  return Found;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// The predicate of the wait, or the loop around it, compares with a limit.
bool ThreadLimits::waitIsLimited(const Expr &Wait, const Place &P,
                                 const Stmt *Region) {
  for (unsigned I = 0, N = numArguments(&Wait); I < N; ++I)
    if (const LambdaExpr *Lambda = lambdaOf(argument(&Wait, I))) {
      bool Found = false;
      forEachBelow(Lambda->getBody(), [&](const Stmt &S) {
        if (const auto *Return = dyn_cast<ReturnStmt>(&S))
          Found |= Return->getRetValue() &&
                   isLimitTest(Return->getRetValue(), P, Region, true);
      });
      if (Found)
        return true;
    }
  for (const Stmt *Loop : P.Flow.loopsAround(&Wait)) {
    if (Loop == Region)
      break;
    if (const Expr *Condition = conditionIn(*Loop))
      if (isLimitTest(Condition, P, Region, true))
        return true;
  }
  return false;
}

bool ThreadLimits::limitsByCall(const Place &P, const Expr &Call,
                                const Stmt *Region, bool IsLoop) {
  const FunctionDecl *F = namedCallee(&Call);
  if (!F || &Call == P.Site)
    return false;
  const FunctionModel *Model = model(Call);
  if (Model) {
    if (Model->Blocks == Category::Process &&
        llvm::StringRef(Model->Name).contains("wait"))
      return true;
    switch (Model->Does) {
    case Effect::Join:
    case Effect::FutureWait:
    case Effect::LatchWait:
    case Effect::SemaphoreAcquire:
    case Effect::SemaphoreTryAcquire:
      return true;
    case Effect::ConditionWait:
      return waitIsLimited(Call, P, Region);
    default:
      break;
    }
  }
  if (!Model && takesPermitByShape(Call, *F, M))
    return true;
  // A function that waits for the threads, or for fewer of them.
  return IsLoop && (joins(callee(&Call)) || joins(elementConstructor(&Call)));
}

/// A local of the loop whose destructor waits.
static bool endsInRound(const DeclStmt &S, const Models &M,
                        ThreadLimits &Limits, const ValueDecl *Handle) {
  for (const Decl *D : S.decls()) {
    const auto *V = dyn_cast<VarDecl>(D);
    if (!V || !V->hasLocalStorage() || V == Handle)
      continue;
    const CXXRecordDecl *R = V->getType()->getAsCXXRecordDecl();
    if (!R || !R->hasDefinition() || !R->getDestructor() || M.record(R))
      continue;
    if (Limits.joins(R->getDestructor()))
      return true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Regions
//===----------------------------------------------------------------------===//

bool ThreadLimits::inRegion(const Place &P, const Stmt *Region, bool IsLoop) {
  bool Found = false;
  P.Flow.forEach(Region, [&](const Stmt &S) {
    if (Found || &S == Region)
      return;
    const Expr *Condition = conditionIn(S);
    const auto *Declaration = dyn_cast<DeclStmt>(&S);
    if (!Condition && !Declaration && !isCallLike(S))
      return;
    if (IsLoop && !P.Flow.goesOnAfter(Region, Condition ? Condition : &S))
      return;
    // How often a loop around the site runs is known from elsewhere.
    if (isa<ForStmt>(S) ||
        (Condition && !isa<IfStmt>(S) && !isa<SwitchStmt>(S) &&
         isLoop(S, Context) && P.Flow.isInside(P.Site, &S)))
      return;
    if (Condition) {
      // What the site itself returns is no limit.
      if (!P.Flow.isInside(P.Site, Condition))
        Found = isLimitTest(Condition, P, Region, false) ||
                isOnce(Condition, P, Region, false);
    } else if (Declaration) {
      Found = IsLoop && endsInRound(*Declaration, M, *this, P.Handle);
    } else {
      Found = limitsByCall(P, cast<Expr>(S), Region, IsLoop);
    }
  });
  return Found;
}

bool ThreadLimits::inLoop(const Place &P, const Stmt *Loop) {
  if (const Expr *Header = conditionIn(*Loop))
    if (isOnce(Header, P, Loop, true))
      return true;
  return inRegion(P, Loop, true);
}

bool ThreadLimits::inFunction(const Place &P) {
  return inRegion(P, P.F.getBody(), false);
}

/// `budget - 1`, `budget / 2`, `budget >> 1`
static const VarDecl *steppedDown(const Expr *E, const LoopBounds &Bounds) {
  const auto *Step = dyn_cast<BinaryOperator>(producer(E));
  if (!Step || (Step->getOpcode() != BO_Sub && Step->getOpcode() != BO_Div &&
                Step->getOpcode() != BO_Shr))
    return nullptr;
  const auto *Ref = dyn_cast<DeclRefExpr>(Step->getLHS()->IgnoreParenImpCasts());
  return Ref && Bounds.constant(Step->getRHS()).value_or(0) > 0
             ? dyn_cast<VarDecl>(Ref->getDecl())
             : nullptr;
}

/// \p Parameter is compared with a constant, handed on smaller, and nothing
/// else: whatever its name, the depth of the recursion is all it says. The size
/// of some data is used in other ways too.
bool ThreadLimits::countsDown(const ParmVarDecl &Parameter,
                              const FunctionDecl &F) const {
  unsigned Uses = 0, Tests = 0, Steps = 0, Captures = 0;
  auto Names = [&](const Expr *E) {
    const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
    return Ref && Ref->getDecl() == &Parameter;
  };
  forEachStmt(F.getBody(), Lambdas::Inside, [&](const Stmt *S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      Uses += Ref->getDecl() == &Parameter;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      for (const Expr *Init : Lambda->capture_inits())
        Captures += Init && Names(Init);
    if (const auto *Binary = dyn_cast<BinaryOperator>(S))
      if (Binary->isComparisonOp())
        Tests += (Names(Binary->getLHS()) && Bounds.constant(Binary->getRHS())) ||
                 (Names(Binary->getRHS()) && Bounds.constant(Binary->getLHS()));
    const Expr *Asked = conditionIn(*S); // `if (budget)`
    if (const auto *Not = dyn_cast<UnaryOperator>(S))
      Asked = Not->getOpcode() == UO_LNot ? Not->getSubExpr() : Asked;
    Tests += Asked && Names(Asked);
    if (!isCallLike(*S))
      return;
    const auto *Call = cast<Expr>(S);
    for (unsigned I = 0, N = numArguments(Call); I < N; ++I)
      Steps += steppedDown(argument(Call, I), Bounds) == &Parameter;
  });
  return Tests && Steps && Uses == Tests + Steps + Captures;
}

bool ThreadLimits::cutsOff(const Place &P) {
  // Without another parameter the number is the work itself: `fib(n - 1)`.
  bool Found = P.F.getNumParams() > 1 &&
               llvm::any_of(P.F.parameters(), [&](const ParmVarDecl *Parameter) {
                 return Parameter->getType()->isIntegerType() &&
                        countsDown(*Parameter, P.F);
               });
  P.Flow.forEach(P.F.getBody(), [&](const Stmt &S) {
    const Expr *Condition = conditionIn(S);
    if (!Condition || Found)
      return;
    Found = isLimitTest(Condition, P, P.F.getBody(), false);
    forEachBelow(Condition, [&](const Stmt &Part) {
      const auto *E = dyn_cast<Expr>(&Part);
      if (!E)
        return;
      if (isa<DeclRefExpr>(E) || isa<MemberExpr>(E))
        for (const std::string &Word : nameWords(exprName(E)))
          for (llvm::StringRef Said :
               {"depth", "level", "limit", "threshold", "cutoff", "grain",
                "grainsize", "min", "minimum", "chunk", "serial", "sequential"})
            Found |= Word == Said;
      // A part of such a size is worth a thread.
      if (const auto *Binary = dyn_cast<BinaryOperator>(E))
        if (Binary->isRelationalOp())
          for (const Expr *Side : {Binary->getLHS(), Binary->getRHS()})
            Found |= Bounds.constant(Side).value_or(0) >= 16;
    });
  });
  return Found;
}

//===----------------------------------------------------------------------===//
// What an endless loop waits for
//===----------------------------------------------------------------------===//

bool ThreadLimits::takesInput(const Place &P, const Stmt *Loop,
                              const Expr *&By) {
  P.Flow.forEach(Loop, [&](const Stmt &S) {
    if (By || !isCallLike(S) || &S == P.Site)
      return;
    const auto *E = cast<Expr>(&S);
    if (Bounds.isInput(E) && P.Flow.goesOnAfter(Loop, E) &&
        P.Flow.happensWith(E, P.Site, Loop))
      By = E;
  });
  return By != nullptr;
}

bool ThreadLimits::sleeps(const Place &P, const Stmt *Loop) {
  bool Found = false;
  P.Flow.forEach(Loop, [&](const Stmt &S) {
    if (!isCallLike(S))
      return;
    const FunctionModel *Model = model(cast<Expr>(S));
    Found |= Model && Model->Blocks == Category::Sleep &&
             P.Flow.goesOnAfter(Loop, &S);
  });
  return Found;
}

bool ThreadLimits::isSelected(const Place &P, const Stmt *Loop) {
  const Stmt *Below = P.Site;
  for (const Stmt *Up = P.Flow.parent(Below); Up && Up != Loop;
       Below = Up, Up = P.Flow.parent(Up)) {
    if (isa<SwitchStmt>(Up))
      return true;
    const auto *If = dyn_cast<IfStmt>(Up);
    if (!If || Below == If->getCond())
      continue;
    bool Equality = false;
    forEachBelow(If->getCond(), [&](const Stmt &S) {
      if (const auto *Binary = dyn_cast<BinaryOperator>(&S))
        Equality |= Binary->getOpcode() == BO_EQ;
      if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(&S))
        Equality |= Op->getOperator() == OO_EqualEqual;
    });
    // `if ((fd = accept(…)) == -1) … else …` is no selection.
    if (Equality && (!If->getElse() || Below != If->getElse()))
      return true;
  }
  return false;
}

} // namespace threadlint
