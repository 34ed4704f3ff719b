//===- SlowCallUnderLockCheck.cpp - Blocking calls under a lock -----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/SlowCallUnderLockCheck.h"
#include "analysis/LoopInfo.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo SlowCallUnderLockCheck::Info = {
    "threadlint-slow-call-under-lock",
    "a call that waits for the network, a disk, a process, a timer or another "
    "thread while a lock is held",
    CheckGroup::LockScopes,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "CERT CON05-C, Core Guidelines CP.22, Core Guidelines CP.43"};

static constexpr llvm::StringLiteral DefaultCategories =
    "network;database;rpc;file;process;sleep;wait;sync-io";

SlowCallUnderLockCheck::SlowCallUnderLockCheck(llvm::StringRef Name,
                                               tidy::ClangTidyContext *Context)
    : LockCheckBase(Name, Context),
      BlockingCategories(listOption("BlockingCategories", DefaultCategories)),
      BlockingFunctions(listOption("BlockingFunctions", "")),
      IgnoredFunctions(listOption("IgnoredFunctions", "")),
      IgnoredLocks(listOption("IgnoredLocks", "")),
      ReportSerializedIo(boolOption("ReportSerializedIo", false)),
      ShortWaitMs(numberOption("ShortWaitMs", 0)),
      MaxCallDepth(numberOption("MaxCallDepth", 10)) {
  readCategories();
  addFunctions({BlockingFunctions, IgnoredFunctions});
}

SlowCallUnderLockCheck::~SlowCallUnderLockCheck() = default;

void SlowCallUnderLockCheck::readCategories() {
  Wanted.insert(Category::Custom);
  for (const std::string &Name : BlockingCategories) {
    if (std::optional<Category> C = categoryNamed(Name))
      Wanted.insert(*C);
    else
      wrongOption("BlockingCategories",
                  "there is no category '" + Name + "'; the categories are " +
                      DefaultCategories + ";logging;serialization");
  }
}

void SlowCallUnderLockCheck::storeOptions(
    tidy::ClangTidyOptions::OptionMap &Opts) {
  Check::storeOptions(Opts);
  Options.store(Opts, "BlockingCategories", joinList(BlockingCategories));
  Options.store(Opts, "BlockingFunctions", joinList(BlockingFunctions));
  Options.store(Opts, "IgnoredFunctions", joinList(IgnoredFunctions));
  Options.store(Opts, "IgnoredLocks", joinList(IgnoredLocks));
  Options.store(Opts, "ReportSerializedIo",
                ReportSerializedIo ? "true" : "false");
  Options.store(Opts, "ShortWaitMs", std::to_string(ShortWaitMs));
  Options.store(Opts, "MaxCallDepth", std::to_string(MaxCallDepth));
}

void SlowCallUnderLockCheck::checkUnit(TranslationUnit &TU) {
  forEachEvent(
      TU, [&](const FunctionDecl &F) { return TU.functions().mayBlock(&F); },
      [&](const FunctionDecl &F, const Event &E, const LockState &Before) {
        checkEvent(TU, F, E, Before);
      });
  Loops.clear();
}

void SlowCallUnderLockCheck::checkEvent(TranslationUnit &TU,
                                        const FunctionDecl &F, const Event &E,
                                        const LockState &Before) {
  if (Before.Held.empty() ||
      (E.Kind != EventKind::Block && E.Kind != EventKind::Call))
    return;
  for (const Step &Way :
       TU.summaries().stepsAt(StepKind::Blocks, E, Before, F)) {
    if (!isWanted(TU, Way))
      continue;
    if (const HeldLock *Lock = lockHeldDuring(TU, Way, Before))
      return report(TU, F, Way, *Lock);
  }
}

/// The options and the source let the way of blocking count.
bool SlowCallUnderLockCheck::isWanted(TranslationUnit &TU,
                                      const Step &Way) const {
  if (!Wanted.count(Way.Blocks.Why) || Way.Depth > MaxCallDepth)
    return false;
  if (Way.Blocks.BoundMs && *Way.Blocks.BoundMs <= ShortWaitMs)
    return false;
  if (Way.Blocks.OnDescriptor)
    for (const Step *S = &Way; S; S = S->Next)
      if (TU.mentionsNonBlocking(*S->In))
        return false;
  return true;
}

/// A lock that other threads may wait for while the call blocks. Null: none.
const HeldLock *
SlowCallUnderLockCheck::lockHeldDuring(TranslationUnit &TU,
                                       const Step &Way,
                                       const LockState &Before) const {
  for (const HeldLock &H : Before.Held) {
    auto Same = [&](const LockPath *P) { return sameObject(P, H.Path); };
    // A released lock that is one of the held ones by name is that one; any
    // other may be this one under another name.
    auto MayBeSame = [&](const LockPath *P) {
      return Before.mustHold(P) ? Same(P) : mayBeSameObject(P, H.Path);
    };
    if (!H.Must || isIgnored(*H.Path) || llvm::any_of(Way.Required, Same) ||
        llvm::any_of(Way.Released, MayBeSame))
      continue;
    // A condition or latch that is waited for is no output.
    if (!ReportSerializedIo && Way.Blocks.Why != Category::Wait &&
        TU.serializesIo(*H.Path, Way.Blocks, Way.Object))
      continue;
    return &H;
  }
  return nullptr;
}

bool SlowCallUnderLockCheck::isIgnored(const LockPath &Lock) const {
  if (IgnoredLocks.empty())
    return false;
  std::string Qualified;
  if (const FieldDecl *Field = Lock.field())
    Qualified = modelName(Field);
  else if (const VarDecl *V = Lock.variable())
    Qualified = modelName(V);
  return llvm::any_of(IgnoredLocks, [&](const std::string &Name) {
    return Name == Lock.str() || Name == Qualified;
  });
}

void SlowCallUnderLockCheck::report(TranslationUnit &TU, const FunctionDecl &F,
                                    const Step &Way,
                                    const HeldLock &Lock) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(Way.Loc);
  if (!isFirstReport(Loc))
    return;
  bool InLoop = Loops.of(F, F).isInLoopAfter(Way.Where, Lock.Acquired, SM);
  std::string Held = lockName(*Lock.Path);
  if (!Way.Callee)
    diag(Loc, "%select{'co_await'|'co_yield'}0 suspends the coroutine%select{| "
              "in a loop}1 while %2 is held")
        << isa_and_nonnull<CoyieldExpr>(Way.Where) << InLoop << Held;
  else
    diag(Loc, "call to '%0' may block (%1)%select{| in a loop}2 while %3 is "
              "held")
        << calleeName(*Way.Callee) << categoryName(Way.Blocks.Why) << InLoop
        << Held;
  noteHeld(TU, Lock);
  noteChain(TU, Way, "which blocks");
  diag(Loc,
       "copy what the call needs while the lock is held, and make the call "
       "after its release",
       DiagnosticIDs::Note);
}

} // namespace threadlint
