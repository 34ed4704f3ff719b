//===- LockExits.h - The exits behind one acquisition -----------*- C++ -*-===//
// A search along the paths of one function, from an acquisition to the exits. What
// the exits mean is LockLeaks' question.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LOCKEXITS_H
#define THREADLINT_ANALYSIS_LOCKEXITS_H

#include "analysis/LockLeaks.h"
#include "analysis/LockTransfer.h"
#include "analysis/PathFacts.h"
#include "analysis/Summaries.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <optional>
#include <set>
#include <tuple>
#include <vector>

namespace threadlint {

/// The exits that one acquisition reaches.
struct ExitsOfLock {
  llvm::SmallVector<FunctionExit, 4> Held; ///< certainly with the lock
  llvm::SmallVector<FunctionExit, 4> Free; ///< after a release
  bool FreedInRound = false; ///< released without going around a loop first
};

/// \p E as HeldLocks understands it: permits are locks here.
Event asLockEvent(const Event &E);

class ExitSearch {
public:
  /// \p Flow is that of \p F, a definition.
  ExitSearch(TranslationUnit &TU, const clang::FunctionDecl &F,
             const HeldLocks &Flow);
  ExitSearch(const ExitSearch &) = delete;

  LockTransfer &transfer() { return Transfer; }
  /// From just after event number \p Index of block \p Block. \p After is what
  /// holds there, \p Lock is in it.
  /// Nothing is behind it without an exit that has the lock.
  ExitsOfLock from(unsigned Block, unsigned Index, LockState After,
                   const LockPath *Lock);
  /// True if a path from the acquisition \p Held of this function, which no later
  /// test speaks against, gets to \p Later without a release. Loops back to the
  /// acquisition do not count, unless it is \p Later itself and every round of the
  /// loop gets there.
  bool reaches(const HeldLock &Held, const Event &Later);

private:
  struct Point {
    unsigned Block;
    unsigned Next; ///< number of the next event
    LockState State;
    PathFacts Facts;
    FunctionExit LastReturn;
    bool Holds = true;    ///< not released yet
    bool Certain = false; ///< the acquisition has succeeded
    bool Doubtful = false; ///< perhaps there is no such path
    bool Around = false;  ///< came back to before the acquisition, in a loop
  };
  void computeFacts();
  void follow(Point P);
  void followAll();
  void keepHeldExits();
  bool step(Point &P, const Event &E);
  void throwsHere(const Point &P, const EventBlock &B, unsigned Event);
  void branch(const Point &P, const EventBlock &B, unsigned Edge);
  void add(Point P);
  void leave(const Point &P, FunctionExit Exit);
  bool isDoubt(const Event &E) const;
  bool heldByAllPathsAtEndOf(unsigned Block);
  void learn(PathFacts &Facts, const Event &E) const;
  const PathFacts &factsBehind(unsigned Block, unsigned Index);
  void collectTests();
  void findTestedBefore();
  bool isRelated(unsigned Block);
  void findAcquisitions();
  bool isInEveryRound();

  struct KnownSummaries {
    Summaries &All;
    const Summary *operator()(const clang::FunctionDecl *Callee) const {
      return All.known(Callee);
    }
  };

  TranslationUnit &TU;
  const clang::FunctionDecl &F;
  const HeldLocks &Flow;
  const KnownSummaries Callees; ///< Transfer refers to it
  const EventGraph &Graph;
  LockTransfer Transfer;
  std::vector<unsigned> Rank;      ///< of a block in the graph's order
  std::vector<bool> Dispatches;    ///< blocks that lead to handlers
  std::vector<PathFacts> Known;    ///< on all paths to a block
  std::vector<bool> Reached;
  /// What the test of a block depends on; empty until it is asked for.
  std::vector<DeclList> Tests;
  /// Variables, and what their values depend on.
  std::vector<std::pair<const clang::ValueDecl *, DeclList>> Assigned;
  /// Block and event of what acquires by hand; empty until it is asked for.
  llvm::DenseMap<clang::SourceLocation,
                 llvm::SmallVector<std::pair<unsigned, unsigned>, 1>>
      Acquisitions;
  /// What the path to an event of a block has decided there; asked for in order.
  struct FactsInBlock {
    unsigned Block = 0, Next = 0;
    PathFacts Facts;
  };
  FactsInBlock Last;
  size_t Budget; ///< steps that all searches of the function may still take

  const LockPath *Lock = nullptr;
  unsigned Start = 0;
  /// What the tests before the acquisition depend on; none until it is asked for.
  std::optional<llvm::DenseSet<const clang::ValueDecl *>> TestedBefore;
  /// The same of those that are only bounds of an index; see isBound().
  llvm::DenseSet<const clang::ValueDecl *> BoundBefore;
  std::vector<Point> Work, Released;
  std::set<std::tuple<unsigned, bool, bool, bool, bool, uint64_t>> Seen;
  std::vector<std::pair<FunctionExit, bool>> Leaving; ///< and whether Around
  ExitsOfLock Result;
  const Event *Wanted = nullptr; ///< of reaches()
  bool Again = false;            ///< Wanted is where the search starts
  std::vector<bool> Loop;        ///< Again: the blocks to stay in
  bool IsReached = false;
};

} // namespace threadlint

#endif
