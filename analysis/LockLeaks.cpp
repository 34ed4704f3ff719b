//===- LockLeaks.cpp - Locks that some exits forget to release ------------===//
// See the header. Here: which acquisitions count, and which functions hand their
// lock to the caller by design.
//===----------------------------------------------------------------------===//
#include "analysis/LockLeaks.h"
#include "analysis/CallInfo.h"
#include "analysis/LockExits.h"
#include "analysis/LockPath.h"
#include "analysis/NameWords.h"
#include "analysis/SourceOnly.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

static bool hasWord(llvm::StringRef Name,
                    llvm::ArrayRef<const char *> Wanted) {
  return llvm::any_of(nameWords(Name), [&](const std::string &Word) {
    return llvm::is_contained(Wanted, Word);
  });
}

//===----------------------------------------------------------------------===//
// Functions that are meant to return with the lock
//===----------------------------------------------------------------------===//

/// `Lock`, `read_enter`, `Acquire`; attributes that say it.
static bool saysThatItLocks(const FunctionDecl &F) {
  for (const FunctionDecl *Redecl : F.redecls())
    if (Redecl->hasAttr<AcquireCapabilityAttr>() ||
        Redecl->hasAttr<TryAcquireCapabilityAttr>())
      return true;
  return F.getIdentifier() &&
         hasWord(F.getName(), {"lock", "locked", "trylock", "acquire", "enter",
                               "rdlock", "wrlock", "hold", "begin", "grab"});
}

/// `is_locked_ = true;`: who has the lock is written down somewhere.
static bool storesOwnership(const FunctionDecl &F) {
  bool Found = false;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *Assign = dyn_cast<BinaryOperator>(S);
    if (!Assign || Assign->getOpcode() != BO_Assign)
      return;
    const auto *Member = dyn_cast<MemberExpr>(producer(Assign->getLHS()));
    Found |= Member && Member->getMemberDecl()->getIdentifier() &&
             hasWord(Member->getMemberDecl()->getName(),
                     {"lock", "locked", "held", "hold", "own", "owned", "owner",
                      "acquired"});
  });
  return Found;
}

namespace {
/// What a group of exits returns.
struct Returned {
  bool AllZero = true, NoneZero = true, AllConstant = true, AllValues = true;
  bool AllExceptions = true, NoException = true;
  bool AnyNegative = false, AllNegative = true;
};
} // namespace

static Returned returnedAt(llvm::ArrayRef<FunctionExit> Exits,
                           const ASTContext &Context) {
  Returned R;
  for (const FunctionExit &Exit : Exits) {
    bool Throws = Exit.How == FunctionExit::Exception;
    R.AllExceptions &= Throws;
    R.NoException &= !Throws;
    R.AllValues &= Exit.Value != nullptr;
    bool NonZero = true;
    bool Constant = Exit.Value && !Exit.Value->isValueDependent() &&
                    Exit.Value->EvaluateAsBooleanCondition(NonZero, Context);
    R.AllConstant &= Constant;
    R.AllZero &= Constant && !NonZero;
    R.NoneZero &= !Constant || NonZero;
    Expr::EvalResult Number;
    bool Negative = Constant && Exit.Value->EvaluateAsRValue(Number, Context) &&
                    Number.Val.isInt() && Number.Val.getInt().isNegative();
    R.AnyNegative |= Negative;
    R.AllNegative &= Negative;
  }
  return R;
}

static bool isLastExit(const FunctionExit &Exit,
                       llvm::ArrayRef<FunctionExit> Others,
                       const SourceManager &SM) {
  return llvm::all_of(Others, [&](const FunctionExit &Other) {
    return Other.How == FunctionExit::Exception ||
           SM.isBeforeInTranslationUnit(Other.Loc, Exit.Loc);
  });
}

/// The result tells the caller whether it has the lock now. \p GivenBack:
/// somebody else releases this lock.
static bool resultTells(const FunctionDecl &F, const ExitsOfLock &Exits,
                        bool LastIsHeld, llvm::function_ref<bool()> GivenBack,
                        const ASTContext &Context) {
  Returned Held = returnedAt(Exits.Held, Context);
  Returned Free = returnedAt(Exits.Free, Context);
  if (Held.NoException && Free.AllExceptions)
    return true; // it throws where it fails
  QualType T = F.getReturnType().getCanonicalType();
  if (T->isVoidType() || !Held.AllValues)
    return false;
  if (T->isBooleanType() || T->isPointerType())
    return Held.NoneZero && Free.AllZero &&
           (T->isPointerType() || LastIsHeld || GivenBack());
  if (!LastIsHeld)
    return false; // an early exit with an error code forgets the lock
  if (T->isIntegralOrEnumerationType())
    return (Held.AllZero && Free.NoneZero) ||
           (Held.NoneZero && Free.AllZero && !Held.AnyNegative);
  return true; // an object, which may say it
}

/// Who reports a failure, as -1 or false, has not meant to keep the lock.
static bool failsWithLock(const FunctionDecl &F, const ExitsOfLock &Exits,
                          const ASTContext &Context) {
  Returned Held = returnedAt(Exits.Held, Context);
  Returned Free = returnedAt(Exits.Free, Context);
  QualType T = F.getReturnType().getCanonicalType();
  if (T->isBooleanType() || T->isPointerType())
    return Held.AllZero && Free.NoneZero && Free.AllValues;
  return Held.AllNegative && !Free.AnyNegative && Free.AllValues;
}

namespace {
enum class Releasers : bool {
  Functions, ///< a lambda, or an object's end, is somebody's helper
  All,
};
} // namespace

/// Another function of this file gives back the lock that its caller holds.
static bool isReleasedElsewhere(TranslationUnit &TU, const FunctionDecl &F,
                                const LockPath &Lock, Releasers Which) {
  if (!Lock.field() && !Lock.variable())
    return false;
  return llvm::any_of(TU.functions().functions(), [&](const FunctionDecl *G) {
    const auto *Method = dyn_cast<CXXMethodDecl>(G);
    if (Which == Releasers::Functions &&
        (isa<CXXDestructorDecl>(G) ||
         (Method && Method->getParent()->isLambda())))
      return false;
    return G != &F && TU.functions().mayLock(G) &&
           llvm::any_of(TU.summaries().of(G).Releases, [&](const LockPath *P) {
             return P == &Lock || (Lock.field() && P->field() == Lock.field());
           });
  });
}

/// A lambda, or an object with a `cleanup` attribute, may release the lock
/// whenever it likes.
static bool hasHelperThatReleases(TranslationUnit &TU, const FunctionDecl &F,
                                  const LockPath *Lock) {
  bool Found = false;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      Found |= llvm::any_of(
          TU.summaries().of(Lambda->getCallOperator()).Releases,
          [&](const LockPath *P) { return mayBeSameObject(P, Lock); });
    if (const auto *Declared = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Declared->decls())
        Found |= D->hasAttr<CleanupAttr>();
  });
  return Found;
}

/// Another function gives permits of this semaphore back that it has not taken: they
/// change hands.
static bool isGivenElsewhere(TranslationUnit &TU, const FunctionDecl &F,
                             const LockPath *Permit) {
  return llvm::any_of(TU.functions().functions(), [&](const FunctionDecl *G) {
    bool Gives = false, Takes = false;
    if (G == &F || !G->hasBody())
      return false;
    forEachStmt(G->getBody(), Lambdas::Outside, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionDecl *Named = Call ? namedCallee(Call) : nullptr;
      const FunctionModel *M =
          Named ? TU.models().function(Named, writtenArgs(Call)) : nullptr;
      const Expr *Object = M ? argumentAt(*Call, M->Object) : nullptr;
      if (!Object || !mayBeSameObject(TU.paths().of(Object), Permit))
        return;
      Gives |= M->Does == Effect::SemaphoreRelease ||
               M->Does == Effect::LatchCountDown;
      Takes |= M->Does == Effect::SemaphoreAcquire ||
               M->Does == Effect::SemaphoreTryAcquire ||
               M->Does == Effect::LatchRaise;
    });
    return Gives && !Takes;
  });
}

//===----------------------------------------------------------------------===//
// Acquisitions
//===----------------------------------------------------------------------===//

namespace {
class LeakFinder {
public:
  LeakFinder(TranslationUnit &TU, const FunctionDecl &F, const HeldLocks &Flow)
      : TU(TU), F(F), Flow(Flow), Search(TU, F, Flow) {}

  llvm::SmallVector<LockLeak, 1> find();

private:
  void look(unsigned Block, unsigned Index, const Event &E,
            const LockState &Before);
  void judge(LockLeak::Kind What, const Event &E, const LockPath *Lock,
             ExitsOfLock Exits);
  bool isByDesign(LockLeak::Kind What, const Event &E, const LockPath *Lock,
                  const ExitsOfLock &Exits);

  TranslationUnit &TU;
  const FunctionDecl &F;
  const HeldLocks &Flow;
  ExitSearch Search;
  llvm::SmallVector<LockLeak, 1> Result;
};
} // namespace

/// True if nothing is done with the value of the call.
static bool isDiscarded(const FunctionDecl &F, const Expr *Call) {
  bool Found = false;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Block = dyn_cast<CompoundStmt>(S))
      for (const Stmt *Child : Block->body())
        if (const auto *E = dyn_cast<Expr>(Child))
          Found |= producer(E) == Call;
  });
  return Found;
}

bool LeakFinder::isByDesign(LockLeak::Kind What, const Event &E,
                            const LockPath *Lock, const ExitsOfLock &Exits) {
  const SourceManager &SM = TU.context().getSourceManager();
  bool LastIsHeld = llvm::any_of(Exits.Held, [&](const FunctionExit &Exit) {
    return isLastExit(Exit, Exits.Free, SM);
  });
  if (saysThatItLocks(F))
    return true;
  if (What == LockLeak::Permit)
    return Exits.Free.empty() || LastIsHeld || isGivenElsewhere(TU, F, Lock);
  if (Exits.Free.empty()) {
    // Also for release(), unless its result is lost.
    if (What == LockLeak::Disowned)
      return !isDiscarded(F, E.Where);
    // A loop that gives it back in its other rounds, and nobody else does.
    return !Exits.FreedInRound || !isUsedHereOnly(*Lock) ||
           isReleasedElsewhere(TU, F, *Lock, Releasers::All);
  }
  auto IsReturned = [&] {
    return isReleasedElsewhere(TU, F, *Lock, Releasers::Functions);
  };
  if (resultTells(F, Exits, LastIsHeld, IsReturned, TU.context()))
    return true;
  if (failsWithLock(F, Exits, TU.context()))
    return false;
  // Success with the lock, whose counterpart gives it back.
  bool Succeeds = returnedAt(Exits.Held, TU.context()).AllZero &&
                  returnedAt(Exits.Free, TU.context()).NoneZero;
  return (LastIsHeld || Succeeds) && IsReturned();
}

void LeakFinder::judge(LockLeak::Kind What, const Event &E,
                       const LockPath *Lock, ExitsOfLock Exits) {
  if (Exits.Held.empty() || isByDesign(What, E, Lock, Exits) ||
      storesOwnership(F) || hasHelperThatReleases(TU, F, Lock))
    return;
  const SourceManager &SM = TU.context().getSourceManager();
  llvm::sort(Exits.Held, [&](const FunctionExit &A, const FunctionExit &B) {
    return SM.isBeforeInTranslationUnit(A.Loc, B.Loc);
  });
  LockLeak Leak;
  Leak.What = What;
  Leak.Path = Lock;
  Leak.Where = E.Where;
  Leak.Loc = E.Loc;
  Leak.Exits.append(Exits.Held.begin(), Exits.Held.end());
  Result.push_back(std::move(Leak));
}

void LeakFinder::look(unsigned Block, unsigned Index, const Event &E,
                      const LockState &Before) {
  LockLeak::Kind What = LockLeak::Lock;
  switch (E.Kind) {
  case EventKind::Take:
    What = LockLeak::Permit;
    break;
  case EventKind::Disown:
    What = LockLeak::Disowned;
    break;
  case EventKind::Acquire:
  case EventKind::TryAcquire:
    break;
  case EventKind::Call:
    if (E.Value || !E.Where || isa<CXXConstructExpr>(E.Where))
      return; // a guard on the heap, or a callable that runs there
    break;
  default:
    return;
  }
  LockState After = Before;
  Search.transfer().apply(asLockEvent(E), After);
  if (!After.Reachable)
    return;
  for (const HeldLock &H : After.Held) {
    if (H.Owner || H.FromCaller || H.Count > 1 || H.Path->root()->isUnknown() ||
        H.Path->root()->kind() == LockPath::Kind::Temporary)
      continue;
    const HeldLock *Old = Before.findHeld(H.Path);
    bool New = What == LockLeak::Disowned
                   ? Old && Old->Owner && Old->Must && H.Must
                   : H.Acquired == E.Loc && !(Old && Old->Must) &&
                         (H.Must || E.Kind == EventKind::TryAcquire ||
                          E.Kind == EventKind::Take || E.Kind == EventKind::Call);
    if (New)
      judge(What, E, H.Path, Search.from(Block, Index, After, H.Path));
  }
}

llvm::SmallVector<LockLeak, 1> LeakFinder::find() {
  for (unsigned Block : Flow.graph().Order) {
    LockState S = Flow.atStartOf(Block);
    const std::vector<Event> &Events = Flow.graph().Blocks[Block].Events;
    for (unsigned I = 0; I < Events.size() && S.Reachable; ++I) {
      look(Block, I, Events[I], S);
      Search.transfer().apply(Events[I], S);
    }
  }
  return std::move(Result);
}

llvm::SmallVector<LockLeak, 1> lockLeaks(TranslationUnit &TU,
                                         const FunctionDecl &F) {
  const HeldLocks *Flow = TU.summaries().flow(&F);
  if (!Flow)
    return {};
  return LeakFinder(TU, F, *Flow).find();
}

} // namespace threadlint
