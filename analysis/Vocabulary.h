//===- Vocabulary.h - The closed vocabulary of operations -------*- C++ -*-===//
// What a modelled function does and what a modelled type is. The first stage
// of the pipeline (models -> analysis -> checks -> plugin): plain data, no
// clang types. Reading YAML is ModelReader's, looking up declarations Models'.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_VOCABULARY_H
#define THREADLINT_ANALYSIS_VOCABULARY_H

#include <cstdint>

namespace threadlint {

/// What a call does. A call that no model knows has no effect entry at all:
/// it is *unknown*, which is not the same as Effect::Inert.
enum class Effect : uint8_t {
  Inert,               ///< known to neither block nor synchronise
  Acquire,             ///< locks Object (a lock, or the lock of a guard)
  TryAcquire,          ///< locks Object if the result says so (SuccessWhen)
  Release,             ///< unlocks Object
  Disown,              ///< the guard Object gives its lock up without unlocking
  OwnsLock,            ///< the result says whether the guard Object owns its lock
  ManagedLock,         ///< the result is the lock that the guard Object manages
  ConditionWait,       ///< waits on condition Object, Lock is released meanwhile
  ConditionNotify,     ///< wakes waiters of condition Object
  Block,               ///< may wait for something other than the CPU
  Spawn,               ///< hands argument Callable to another thread
  Join,                ///< waits for the thread Object to end (blocks: wait)
  Detach,              ///< lets the thread Object run on its own
  CurrentThread,       ///< the result is a handle of the thread that calls
  Cancel,              ///< ends the thread Object at its next cancellation point
  SemaphoreAcquire,    ///< takes a permit of Object (blocks: wait)
  SemaphoreTryAcquire, ///< takes a permit of Object if the result says so
  SemaphoreRelease,    ///< gives a permit of Object back
  LatchRaise,          ///< adds to the count of Object (WaitGroup::add)
  LatchCountDown,      ///< lowers the count of Object, does not wait
  LatchWait,           ///< waits for the count of Object (blocks: wait)
  FutureWait,          ///< waits for the result of Object (blocks: wait)
  PromiseSet,          ///< makes the result of Object ready
  PromiseFuture,       ///< the result is the one future of Object
  RunNow,              ///< calls argument Callable before it returns
  Emplace,             ///< constructs an element in place from its arguments
  Bind,                ///< makes a callable of Callable and the other arguments
  SetDeadline,         ///< gives Object, or what is called on it, a deadline
  MakeHandle,          ///< the result is a new object that has no deadline
  Throw,               ///< may end by an exception, otherwise like Inert
  NoReturn,            ///< never returns to its caller
  // What happens to the objects that are handed over. Models::function() does not
  // answer these, Models::copying() answers nothing else.
  Copy,      ///< copies what argument Object refers or points to
  Construct, ///< puts copies of its arguments into its object
  Reserve,   ///< sets the size or capacity of its object, moving the elements
  // What tests do.
  Assertion, ///< a macro that ends a test by `return`, or by an exception if
             ///< Throws; a function that asks whether one has
};

/// Why a blocking call waits. The user switches these one by one.
enum class Category : uint8_t {
  None,
  Network,
  Database,
  Rpc,
  File,
  Process,
  Sleep,
  Wait,
  SyncIo,
  Logging,
  Serialization,
  Custom, ///< named by the user's options or annotations; always on
};

enum class LockMode : uint8_t { Exclusive, Shared };

/// Which result of an Acquire or TryAcquire means that the lock is held.
enum class SuccessWhen : uint8_t {
  Always,  ///< nobody tests the result
  True,    ///< true, non-null
  Zero,    ///< 0, as in POSIX and C11
  MinusOne, ///< -1, as in std::try_lock
};

/// How a spawned task is ended or waited for.
enum class TaskEnd : uint8_t {
  Unknown,
  Join,             ///< someone must call a Join on the handle
  Destructor,       ///< the handle's destructor waits
  FutureDestructor, ///< the destructor of the returned future waits
  Detached,         ///< nobody can wait for it
  /// A wait on, or the destructor of, the pool Object. Object ArgNone: a pool
  /// that the call does not name, perhaps one that lives as long as the process.
  Pool,
};

enum class TimeUnit : uint8_t {
  None,
  Nanoseconds,
  Microseconds,
  Milliseconds,
  Seconds,
  Chrono,   ///< a std::chrono (boost::chrono) duration
  Timeval,  ///< struct timeval, by pointer; null waits for ever
  Timespec, ///< struct timespec, by pointer; null waits for ever
};

/// Argument positions in a FunctionModel; 0 is the first argument.
enum : int8_t {
  ArgNone = -1, ///< not given
  ArgThis = -2, ///< the object of the member call
  ArgAll = -3,  ///< every argument (std::lock)
  ArgLast = -4, ///< the last written argument (std::for_each)
  ArgFirstCallable = -5, ///< the first argument that can be called
};

/// Which declarations a function's name stands for.
enum class Linkage : uint8_t {
  Any,
  C,      ///< a function with C language linkage
  System, ///< the same, declared by a system header
};

/// What one function (or one set of its overloads) does.
struct FunctionModel {
  /// Qualified; no inline namespaces, no template arguments. `*::name`: a member
  /// of any class of the user's (Spawn only, see StoredCallable.h). `*`: any
  /// function without a visible body that has FirstParam and Returns.
  const char *Name;
  const char *Library; ///< the model file's `library`
  Effect Does = Effect::Inert;
  /// Set for every effect that blocks. RunNow: waits for others to run it, too.
  Category Blocks = Category::None;
  LockMode Mode = LockMode::Exclusive;
  SuccessWhen Success = SuccessWhen::Always;
  TaskEnd Ends = TaskEnd::Unknown;
  int8_t Object = ArgNone;   ///< the lock, guard, semaphore, stream, thread …
  int8_t Lock = ArgNone;     ///< ConditionWait: the lock or guard it releases
  int8_t Callable = ArgNone; ///< Spawn, RunNow: the callable; none: unknown
  int8_t Timeout = ArgNone;  ///< argument that bounds the wait
  TimeUnit Unit = TimeUnit::None;
  int8_t Descriptor = ArgNone; ///< descriptor that may have been made non-blocking
  /// Argument in which FlagNames make the call not block. SetDeadline: only with
  /// one of them it sets one.
  int8_t Flags = ArgNone;
  const char *FlagNames = "";  ///< macro names, separated by one space
  const char *ObjectTypes = ""; ///< only if Object's static type is one of these (space separated)
  const char *FirstParam = ""; ///< only overloads whose first parameter is of this type
  const char *Returns = "";    ///< only overloads that return this type
  int8_t MinArgs = 0;          ///< only calls with at least so many written arguments
  int8_t MaxArgs = 127;        ///< only calls with at most so many
  bool Throws = false;         ///< may also end by an exception
  Linkage Link = Linkage::Any; ///< what kind of declaration it must be
  bool FlagsNeeded = false;    ///< blocks only with one of FlagNames
  /// Spawn: somebody takes the exception that leaves the task; else it ends the
  /// process. True for every future and pool.
  bool KeepsExceptions = false;
  /// What would give the call a deadline, for the message. Empty: it can have
  /// none, or always has one. Says nothing of the others: an argument of one of
  /// DeadlineTypes; a SetDeadline on the object at Deadline; if there are neither,
  /// a Timeout that is not infinite; if there is none, another function.
  const char *DeadlineWith = "";
  const char *DeadlineTypes = ""; ///< type names, separated by one space
  int8_t Deadline = ArgNone;      ///< the object that carries the deadline
};

enum class TypeKind : uint8_t {
  Lock,
  Guard,
  GuardTag, ///< a constructor argument type that says what the guard does
  Condition,
  Semaphore,
  Latch,
  Future,
  Promise,
  Thread,
  StopToken,
  OnceFlag,
  Pool,
  Stream, ///< a stream over a file, pipe or socket
  Callback,  ///< holds any callable, or calls any number of them: std::function,
             ///< a signal
  Container, ///< owns values of its template arguments and copies them with itself
};

/// What a GuardTag makes the constructor do.
enum class TagMeaning : uint8_t { None, Deferred, Adopted, Try };

/// What one type is.
struct TypeModel {
  const char *Name;
  const char *Library;
  TypeKind Kind = TypeKind::Lock;
  LockMode Mode = LockMode::Exclusive; ///< Guard: how it locks
  TagMeaning Tag = TagMeaning::None;   ///< GuardTag
  bool Recursive = false;              ///< Lock: one thread may lock it again
  bool Shared = false;                 ///< Lock: has a shared (reader) mode
  bool Timed = false;                  ///< Lock: has timed acquisition
  bool Inverted = false; ///< Guard: releases at construction, re-acquires at the end
  bool ManyLocks = false; ///< Guard: every constructor argument is a lock
  bool SharedAgain = false; ///< Lock: a reader may become one again
  bool Relocates = false; ///< Container: to grow, it moves its elements
  bool Once = false; ///< Future: its result can be taken once only
};

} // namespace threadlint

#endif
