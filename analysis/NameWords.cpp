//===- NameWords.cpp - What identifiers say about a quantity --------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/NameWords.h"
#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using clang::isLowercase;
using clang::isUppercase;

namespace threadlint {

static void addWord(llvm::StringRef Word,
                    llvm::SmallVectorImpl<std::string> &Words) {
  if (Word.empty())
    return;
  std::string Lower = Word.lower();
  llvm::StringRef Singular = Lower;
  if (Singular.size() > 3 && Singular.back() == 's' &&
      Singular[Singular.size() - 2] != 's')
    Singular = Singular.drop_back();
  Words.push_back(Singular.str());
}

llvm::SmallVector<std::string, 4> nameWords(llvm::StringRef Name) {
  llvm::SmallVector<std::string, 4> Words;
  size_t Begin = 0;
  for (size_t I = 0; I < Name.size(); ++I) {
    if (!llvm::isAlpha(Name[I])) {
      addWord(Name.slice(Begin, I), Words);
      Begin = I + 1;
      continue;
    }
    bool Upper = isUppercase(Name[I]);
    bool AfterLower = I > Begin && isLowercase(Name[I - 1]);
    // `IOThread`: the last capital of a run belongs to the next word.
    bool EndsRun = I > Begin && I + 1 < Name.size() &&
                   isUppercase(Name[I - 1]) && isLowercase(Name[I + 1]) &&
                   Name[I + 1] != 's';
    if (Upper && (AfterLower || EndsRun)) {
      addWord(Name.slice(Begin, I), Words);
      Begin = I;
    }
  }
  addWord(Name.drop_front(std::min(Begin, Name.size())), Words);
  return Words;
}

/// True if a word of \p Name is accepted; `nfiles` and `numfiles` count as
/// `files`.
static bool anyWord(llvm::StringRef Name, bool (*Accepts)(llvm::StringRef)) {
  return llvm::any_of(nameWords(Name), [&](llvm::StringRef Word) {
    if (Accepts(Word))
      return true;
    if (Word.consume_front("num"))
      return Accepts(Word);
    return Word.consume_front("n") && Word.size() > 2 && Accepts(Word);
  });
}

/// \p List: each word between two spaces.
static bool isOneOf(llvm::StringRef Word, llvm::StringRef List) {
  return List.contains((" " + Word + " ").str());
}

static bool isWorkerWord(llvm::StringRef W) {
  for (llvm::StringRef Part :
       {"thread", "worker", "cpu", "concurren", "parallel", "hardware", "thrd"})
    if (W.contains(Part))
      return true;
  return isOneOf(W, " core processor proc pool shard executor runner consumer "
                    "producer reactor lane fiber tid instance replica ");
}

static bool isLimitWord(llvm::StringRef W) {
  return isOneOf(W, " max maximum limit cap capacity quota budget slot permit "
                    "job batch width degree fanout ");
}

static bool isDataWord(llvm::StringRef W) {
  return isOneOf(W,
                 " file client connection conn request req item element elem "
                 "host url uri input line record message msg user session "
                 "peer socket sock image page path target packet event row "
                 "entry entrie customer order document doc query querie "
                 "link key object frame download upload argc "
                 "argv address addresse email ");
}

static bool isInputWord(llvm::StringRef W) {
  return isOneOf(W, " accept accepted recv recvfrom recvmsg receive read "
                    "getline pop take dequeue next fetch listen readdir fget "
                    "getc fread readline ");
}

static bool isLiveWord(llvm::StringRef W) {
  return isWorkerWord(W) ||
         isOneOf(W, " active running live alive inflight flight pending "
                    "outstanding count counter busy free available cnt ");
}

static bool isThrottleWord(llvm::StringRef W) {
  return W.contains("semaphore") ||
         isOneOf(W, " sem sema throttle throttler limiter permit slot "
                    "backpressure quota ");
}

static bool isOutcomeWord(llvm::StringRef W) {
  return isOneOf(W, " status statu error errc expected ");
}

static bool isOwnershipWord(llvm::StringRef W) {
  return W.contains("lock") || W.contains("recurs") ||
         isOneOf(W, " own owner owned owning held hold holding holder self "
                    "mutex depth nest nested nesting reentrant tid thread "
                    "threadid ");
}

static bool isCriticalWord(llvm::StringRef W) {
  return W.contains("lock") || W.contains("synchron") ||
         isOneOf(W, " critical exclusive exclusively guarded atomically mutex "
                    "transaction serialised serialized ");
}

static bool isCallbackWord(llvm::StringRef W) {
  return W.contains("callback") || W.contains("listener") ||
         W.contains("observer") ||
         isOneOf(W, " cb cbs cbk handler hook on notify notifier notification "
                    "subscriber slot signal event ");
}

/// What is asked of a callable, or done with an object by one.
static bool isOperationWord(llvm::StringRef W) {
  return isOneOf(
      W, " compare comparator cmp less equal eq hash hasher predicate pred "
         "filter match matcher deleter delete free dtor destructor destroy "
         "dispose alloc allocate allocator malloc realloc calloc factory create "
         "creator maker make generator generate clock now time timer log logger "
         "print trace debug assert format formatter read write seek getter "
         "get key converter convert transform op operation random rng ");
}

static bool isObserverWord(llvm::StringRef W) {
  return W.contains("callback") || W.contains("listener") ||
         W.contains("observer") ||
         isOneOf(W, " subscriber handler watcher notifiee delegate "
                    "eventhandler notifier ");
}

static bool isNotificationWord(llvm::StringRef W) {
  return isOneOf(W, " on handle notify did will notification changed update ");
}

static bool isRelativeWord(llvm::StringRef W) {
  return isOneOf(W, " child children parent next prev previous node root leaf "
                    "sub owner inner nested member element ancestor ");
}

static bool isOrderWord(llvm::StringRef W) {
  return isOneOf(W, " less min max minmax swap sort compare cmp order ordered "
                    "before ");
}

bool namesRelative(llvm::StringRef Name) {
  return anyWord(Name, isRelativeWord);
}
bool namesOrder(llvm::StringRef Name) { return anyWord(Name, isOrderWord); }
bool namesCriticalSection(llvm::StringRef Name) {
  return anyWord(Name, isCriticalWord);
}
bool namesCallback(llvm::StringRef Name) {
  return anyWord(Name, isCallbackWord);
}
bool namesOperation(llvm::StringRef Name) {
  return anyWord(Name, isOperationWord);
}
bool namesObserver(llvm::StringRef Name) {
  return anyWord(Name, isObserverWord);
}
bool namesNotification(llvm::StringRef Name) {
  return anyWord(Name, isNotificationWord);
}
static bool isCreationWord(llvm::StringRef W) {
  return W.contains("alloc") || W.contains("dup") ||
         isOneOf(W, " new create make clone copy ");
}

static bool isSetupWord(llvm::StringRef W) {
  return isOneOf(W, " init initialize initialise initialization setup create "
                    "construct deinit uninit fini finalize cleanup teardown "
                    "destroy destruct destructor free delete dispose shutdown ");
}

static bool isStartOrStopWord(llvm::StringRef W) {
  return isOneOf(W, " start stop open close terminate term exit quit end "
                    "finish reset ");
}

static bool isServiceWord(llvm::StringRef W) {
  return isOneOf(W, " serve server service run loop listen listener exec poll "
                    "watch watcher monitor main mainloop daemon forever accept "
                    "receive consume pump dispatch heartbeat wait join ");
}

static bool isLoggingWord(llvm::StringRef W) {
  return W.contains("log") || W.contains("print") ||
         isOneOf(W, " debug trace verbose dump warn dbg ");
}

static bool isFenceWord(llvm::StringRef W) {
  return isOneOf(W, " fence mfence lfence sfence barrier membarrier mb rmb wmb "
                    "synchronize ");
}

static bool isWaitWord(llvm::StringRef W) {
  return isOneOf(W, " wait init destroy arrive pthread ");
}

static bool isCallersLockWord(llvm::StringRef W) {
  return W.contains("locked") || W.contains("lockles") ||
         isOneOf(W, " nolock unsafe unprotected unsync unsynchronized ");
}

static bool isLockWord(llvm::StringRef W) {
  return W.contains("lock") || W.contains("mutex") || W.contains("spin") ||
         W.contains("barrier") ||
         isOneOf(W, " acquire critical semaphore latch rcu quiescent ");
}

bool namesLock(llvm::StringRef Name) { return anyWord(Name, isLockWord); }
bool namesWorkers(llvm::StringRef Name) { return anyWord(Name, isWorkerWord); }
bool namesLimit(llvm::StringRef Name) { return anyWord(Name, isLimitWord); }
bool namesData(llvm::StringRef Name) { return anyWord(Name, isDataWord); }
bool namesInput(llvm::StringRef Name) { return anyWord(Name, isInputWord); }
bool namesLiveCount(llvm::StringRef Name) { return anyWord(Name, isLiveWord); }
bool namesOwnership(llvm::StringRef Name) {
  return anyWord(Name, isOwnershipWord);
}

bool namesLockAssertion(llvm::StringRef Name) {
  llvm::SmallVector<std::string, 4> Words = nameWords(Name);
  return llvm::is_contained(Words, "assert") &&
         (llvm::is_contained(Words, "held") ||
          llvm::is_contained(Words, "locked"));
}
bool namesThrottle(llvm::StringRef Name) {
  return anyWord(Name, isThrottleWord);
}
bool namesOutcome(llvm::StringRef Name) { return anyWord(Name, isOutcomeWord); }
bool namesCreation(llvm::StringRef Name) {
  return anyWord(Name, isCreationWord);
}
bool namesSetup(llvm::StringRef Name) {
  llvm::SmallVector<std::string, 4> Words = nameWords(Name);
  for (size_t I = 1; I < Words.size(); ++I) // CleanUp, tear_down, ShutDown
    if (isSetupWord(Words[I - 1] + Words[I]))
      return true;
  return anyWord(Name, isSetupWord);
}
bool namesStartOrStop(llvm::StringRef Name) {
  return anyWord(Name, isStartOrStopWord);
}
bool namesService(llvm::StringRef Name) {
  return anyWord(Name, isServiceWord);
}
bool namesLogging(llvm::StringRef Name) { return anyWord(Name, isLoggingWord); }
bool namesFence(llvm::StringRef Name) {
  return anyWord(Name, isFenceWord) && !anyWord(Name, isWaitWord);
}
bool namesCallersLock(llvm::StringRef Name) {
  if (anyWord(Name, isCallersLockWord))
    return true;
  llvm::SmallVector<std::string, 4> Words = nameWords(Name);
  for (size_t I = 1; I < Words.size(); ++I) // noLock, withLock, lockHeld
    if ((Words[I] == "lock" &&
         isOneOf(Words[I - 1], " no with without under in holding ")) ||
        (Words[I - 1] == "lock" && isOneOf(Words[I], " held free ")))
      return true;
  return false;
}

static bool isIteratorWord(llvm::StringRef W) {
  return isOneOf(W, " iterator iter ");
}
static bool isViewWord(llvm::StringRef W) {
  return isOneOf(W, " view span slice piece ");
}
bool namesIterator(llvm::StringRef Name) {
  return anyWord(Name, isIteratorWord);
}
bool namesView(llvm::StringRef Name) { return anyWord(Name, isViewWord); }

bool namesInsertion(llvm::StringRef Name) {
  llvm::SmallVector<std::string, 4> Words = nameWords(Name);
  size_t First = Words.size() > 1 && Words[0] == "try" ? 1 : 0;
  return !Words.empty() && isOneOf(Words[First], " insert emplace push append "
                                                 "prepend add enqueue put ");
}
bool namesReplacement(llvm::StringRef Name) {
  llvm::SmallVector<std::string, 4> Words = nameWords(Name);
  return !Words.empty() && isOneOf(Words[0], " clear swap assign resize reserve "
                                             "reset shrink sort fill store ");
}

} // namespace threadlint
