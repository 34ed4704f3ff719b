//===- ObjectUses.cpp - What a thread does with one object ----------------===//
// See the header. Within one function the order of the source decides what
// comes before what; a loop's first round is what matters here.
//===----------------------------------------------------------------------===//
#include "analysis/ObjectUses.h"
#include "analysis/Accesses.h"
#include "analysis/CallInfo.h"
#include "analysis/Lasting.h"
#include "analysis/LockPath.h"
#include "analysis/SpawnCall.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include <map>

using namespace clang;

namespace threadlint {

static constexpr unsigned MaxFunctions = 256; // below one entry

FieldChain fieldsFrom(const LockPath *P, const LockPath *Object) {
  FieldChain Result;
  for (; P && P != Object; P = P->parent())
    if (const FieldDecl *Field = P->field())
      Result.insert(Result.begin(), Field->getCanonicalDecl());
    else
      Result.clear(); // what follows an element or a lock is not told apart
  if (!P)
    Result.clear();
  return Result;
}

namespace {

class Collector {
public:
  Collector(TranslationUnit &TU, Dispatch Choose)
      : TU(TU), SM(TU.context().getSourceManager()), Choose(Choose) {}

  ObjectUses run(const LockPath *Object, const FunctionDecl &F);

private:
  struct Place {
    const FunctionDecl *F;
    const LockPath *Object;
  };
  /// A call after which somebody else has had his say.
  struct Wait {
    SourceLocation End;
    Waited Kind;
  };

  void enter(const FunctionDecl *F, const LockPath *Object, Waited Before);
  void collect(const Place &At, Waited Before);
  void visitCall(const CallExpr &Call, const Place &At);
  void follow(const CallSite &Site, const Place &At, Waited Before);
  Waited before(const Expr &E, Waited Entry) const;
  SourceLocation placeOf(SourceLocation Loc) const {
    return SM.getExpansionLoc(Loc);
  }

  TranslationUnit &TU;
  const SourceManager &SM;
  Dispatch Choose;
  std::map<std::pair<const FunctionDecl *, const LockPath *>, Waited> Known;
  std::vector<std::pair<Place, Waited>> Work;
  std::vector<Wait> Waits; ///< of the function that is looked at
  std::vector<const CXXMemberCallExpr *> VirtualCalls;
  ObjectUses Out;
};

void Collector::enter(const FunctionDecl *F, const LockPath *Object,
                      Waited Before) {
  const FunctionDecl *Definition = nullptr;
  if (!F || !F->hasBody(Definition) || Known.size() > MaxFunctions)
    return;
  const FunctionScan *Scan = TU.functions().scan(Definition);
  if (!Scan || Scan->OverBudget)
    return;
  auto [It, New] = Known.try_emplace({Definition, Object}, Before);
  if (!New && It->second <= Before)
    return;
  It->second = Before;
  Work.push_back({{Definition, Object}, Before});
}

Waited Collector::before(const Expr &E, Waited Entry) const {
  SourceLocation Loc = placeOf(E.getBeginLoc());
  Waited Result = Entry;
  for (const Wait &W : Waits)
    if (SM.isBeforeInTranslationUnit(W.End, Loc))
      Result = std::max(Result, W.Kind);
  return Result;
}

/// Notes whether the call waits, and virtual calls on the object.
void Collector::visitCall(const CallExpr &Call, const Place &At) {
  const FunctionDecl *Named = namedCallee(&Call);
  const FunctionModel *M =
      Named ? TU.models().function(Named, writtenArgs(&Call)) : nullptr;
  const FunctionDecl *Runs = callee(&Call);
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call);
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Named);
  if (Member && Method && Method->isVirtual() && !Runs &&
      TU.paths().of(Member->getImplicitObjectArgument()) == At.Object) {
    VirtualCalls.push_back(Member);
    return;
  }
  SourceLocation End = placeOf(Call.getEndLoc());
  if (M) {
    if (M->Blocks == Category::Wait)
      Waits.push_back({End, Waited::Yes});
  } else if (Runs && TU.functions().scan(Runs)) {
    if (TU.functions().mayWait(Runs))
      Waits.push_back({End, Waited::Yes});
  } else if (!Named || !(isOfImplementation(*Named) || Named->getBuiltinID())) {
    Waits.push_back({End, Waited::Perhaps});
  }
}

/// `while (!started_) …` waits for whoever sets it.
static bool isSpin(const Stmt &S) {
  const Expr *Condition = isa<WhileStmt>(S) ? conditionIn(S) : nullptr;
  if (!Condition)
    return false;
  const auto *Not = dyn_cast<UnaryOperator>(Condition->IgnoreParenImpCasts());
  if (!Not || Not->getOpcode() != UO_LNot)
    return false;
  for (const ValueDecl *D : mentionedDecls(Not)) {
    const CXXRecordDecl *R = D->getType()->getAsCXXRecordDecl();
    if (D->getType()->isAtomicType() || D->getType().isVolatileQualified() ||
        (R && R->getIdentifier() && R->getName().contains("atomic")))
      return true;
  }
  return false;
}

/// The callee has the object as its own, or as a parameter.
void Collector::follow(const CallSite &Site, const Place &At, Waited Before) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
  if (Method && Method->getParent()->isLambda())
    return enter(Site.Callee, At.Object, Before);
  if (Site.Object == At.Object)
    enter(Site.Callee, TU.paths().thisObject(), Before);
  if (Site.RunsCallable)
    return;
  for (unsigned I = 0, N = numArguments(Site.Where);
       I < N && I < Site.Callee->getNumParams(); ++I)
    if (TU.paths().of(argument(Site.Where, I)) == At.Object)
      enter(Site.Callee, TU.paths().parameter(Site.Callee, I), Before);
}

void Collector::collect(const Place &At, Waited Entry) {
  Waits.clear();
  VirtualCalls.clear();
  forEachStmt(At.F->getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Call = dyn_cast<CallExpr>(S))
      visitCall(*Call, At);
    else if (isSpin(*S))
      Waits.push_back({placeOf(S->getEndLoc()), Waited::Yes});
  });
  for (const CXXMemberCallExpr *Call : VirtualCalls) {
    Waited Before = before(*Call, Entry);
    Out.Virtuals.push_back({Call->getMethodDecl(), Call, Before});
    if (const FunctionDecl *Chosen = Choose(*Call->getMethodDecl()))
      enter(Chosen, TU.paths().thisObject(), Before);
  }
  const BodyAccesses &Body = TU.bodies().of(*At.F);
  for (const Access &A : Body.All) {
    FieldChain Fields = fieldsFrom(A.Path, At.Object);
    if (!Fields.empty())
      Out.Fields.push_back({Fields, A.Where, before(*A.Where, Entry)});
  }
  for (const CallSite &Site : Body.Calls)
    follow(Site, At, before(*Site.Where, Entry));
}

template <class UseT>
void sortUses(std::vector<UseT> &Uses, const SourceManager &SM) {
  llvm::stable_sort(Uses, [&](const UseT &A, const UseT &B) {
    return SM.isBeforeInTranslationUnit(A.Where->getBeginLoc(),
                                        B.Where->getBeginLoc());
  });
}

ObjectUses Collector::run(const LockPath *Object, const FunctionDecl &F) {
  enter(&F, Object, Waited::No);
  while (!Work.empty()) {
    auto [At, Before] = Work.back();
    Work.pop_back();
    collect(At, Before);
  }
  sortUses(Out.Fields, SM);
  sortUses(Out.Virtuals, SM);
  return std::move(Out);
}

} // namespace

ObjectUses usesOf(const LockPath *Object, const FunctionDecl &F,
                  TranslationUnit &TU, Dispatch Choose) {
  return Collector(TU, Choose).run(Object, F);
}

//===----------------------------------------------------------------------===//
// The object of a task
//===----------------------------------------------------------------------===//

/// The object that the argument points to, or refers to by std::ref.
static const LockPath *pointedTo(const Expr &Arg, LockPaths &Paths) {
  const Expr *E = producer(&Arg);
  const Expr *Referred = handedOn(E);
  QualType T = E->getType();
  return T->isPointerType() || (Referred && T->isRecordType())
             ? Paths.of(Referred && T->isRecordType() ? Referred : E)
             : nullptr;
}

std::optional<SharedObject> objectOf(const Task &T, TranslationUnit &TU) {
  LockPaths &Paths = TU.paths();
  const LockPath *This = Paths.thisObject();
  bool HasThis = llvm::any_of(
      T.Captures, [](const Capture &C) { return C.Kind == CaptureKind::This; });
  // QThread::start()
  if (T.Model->Callable == ArgThis && T.Callable &&
      Paths.of(T.Callable) == This)
    return SharedObject{This, This};
  if (T.Lambda &&
      llvm::any_of(T.Lambda->captures(), [](const LambdaCapture &C) {
        return C.capturesThis() && C.getCaptureKind() != LCK_StarThis;
      }))
    return SharedObject{This, This};
  SpawnCall Call = spawnCall(*T.Spawn, TU.models());
  const auto *Method = dyn_cast<CXXMethodDecl>(T.Entry);
  if (Method && !Method->isStatic() && !Method->getParent()->isLambda()) {
    const LockPath *Object =
        Call.Arguments.empty() ? nullptr : pointedTo(*Call.Arguments[0], Paths);
    if (Object && !Object->root()->isUnknown())
      return SharedObject{Object, This};
    if (HasThis && Call.Arguments.empty()) // std::bind(&C::f, this)
      return SharedObject{This, This};
    return std::nullopt;
  }
  for (unsigned I = 0; I < Call.Arguments.size() && I < T.Entry->getNumParams();
       ++I) {
    const LockPath *Object = pointedTo(*Call.Arguments[I], Paths);
    if (Object && !Object->root()->isUnknown())
      return SharedObject{Object, Paths.parameter(T.Entry, I)};
  }
  return std::nullopt;
}

} // namespace threadlint
