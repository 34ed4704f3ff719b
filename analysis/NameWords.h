//===- NameWords.h - What identifiers say about a quantity ------*- C++ -*-===//
// Splits names into words and knows the few that tell workers, limits and input
// apart. Conventions of programmers, not of libraries (these are models/). Used
// by the analyses where no value is known; a name alone never makes a finding.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_NAMEWORDS_H
#define THREADLINT_ANALYSIS_NAMEWORDS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace threadlint {

/// The words of an identifier, in lower case and without a plural's `s`:
/// `m_nThreads`, `NUM_THREADS` and `num_threads` end in "thread".
llvm::SmallVector<std::string, 4> nameWords(llvm::StringRef Name);

/// Threads, workers, cores, pools: what a machine or a configuration has some
/// of. All of these are false for an empty name.
bool namesWorkers(llvm::StringRef Name);
/// A maximum, a capacity, a budget; `jobs` as well (make -j).
bool namesLimit(llvm::StringRef Name);
/// Files, clients, requests: what the input has any number of.
bool namesData(llvm::StringRef Name);
/// Accept, receive, pop: takes the next piece of input.
bool namesInput(llvm::StringRef Name);
/// A number of things that are alive or under way.
bool namesLiveCount(llvm::StringRef Name);
/// A lock, or what takes one: `SpinLock`, `acquire`, `enter_critical`.
bool namesLock(llvm::StringRef Name);
/// A semaphore or throttle by another name.
bool namesThrottle(llvm::StringRef Name);
/// A type whose values say whether something has worked.
bool namesOutcome(llvm::StringRef Name);
/// Whether a lock is held, by whom, and how often.
bool namesOwnership(llvm::StringRef Name);
/// A function that checks that a lock is held: AssertHeld, assert_locked.
bool namesLockAssertion(llvm::StringRef Name);
/// An object by its place in a structure: parent, next.
bool namesRelative(llvm::StringRef Name);
/// A function that puts things in an order: less, swap.
bool namesOrder(llvm::StringRef Name);
/// `withLock`, `synchronized`: the function promises to hold a lock.
bool namesCriticalSection(llvm::StringRef Name);
/// A callable that somebody wants to be called: cb, handler, on_event.
bool namesCallback(llvm::StringRef Name);
/// A callable that does a part of the work: a comparator, a deleter, a clock.
bool namesOperation(llvm::StringRef Name);
/// An object that wants to be told, and a function that tells it.
bool namesObserver(llvm::StringRef Name);
bool namesNotification(llvm::StringRef Name);
/// A function that makes an object that nobody else has yet.
bool namesCreation(llvm::StringRef Name);
/// A function that sets up or tears down what threads share later or before.
bool namesSetup(llvm::StringRef Name);
/// A function that begins or ends the work of an object.
bool namesStartOrStop(llvm::StringRef Name);
/// A function that goes on until somebody stops it: serve, run, listen, mainLoop.
bool namesService(llvm::StringRef Name);
/// A function or macro that writes what it is given to a log.
bool namesLogging(llvm::StringRef Name);
/// A function that orders accesses to memory: `atomic_thread_fence`, `smp_mb`. A
/// barrier at which threads wait for one another is none.
bool namesFence(llvm::StringRef Name);
/// A function that leaves locking to its caller: `sizeLocked`, `pop_unlocked`.
bool namesCallersLock(llvm::StringRef Name);
/// A class that points into what others own: iterators; views, spans, slices.
bool namesIterator(llvm::StringRef Name);
bool namesView(llvm::StringRef Name);
/// A member function that adds an element: push_back, try_emplace.
bool namesInsertion(llvm::StringRef Name);
/// A member function that gives its object another value as a whole: clear, swap.
bool namesReplacement(llvm::StringRef Name);

} // namespace threadlint

#endif
