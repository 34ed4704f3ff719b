//===- LockOrder.h - In which order are locks acquired? ---------*- C++ -*-===//
// All pairs "acquired while another is held" of one translation unit, and the
// cycles among them. Needs HeldLocks and Summaries; wording is the check's.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LOCKORDER_H
#define THREADLINT_ANALYSIS_LOCKORDER_H

#include "analysis/Components.h"
#include "analysis/Summaries.h"
#include <map>

namespace clang {
class CXXRecordDecl;
class ValueDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

/// A lock as all threads know it: the member or variable, whatever object it
/// belongs to; of an array the element, if its index is a constant.
struct LockKey {
  enum : int64_t { Whole = -1, SomeElement = -2 };
  const clang::ValueDecl *Decl = nullptr; ///< null: it has no name
  int64_t Index = Whole;

  bool operator<(const LockKey &O) const {
    return std::tie(Decl, Index) < std::tie(O.Decl, O.Index);
  }
  bool operator==(const LockKey &O) const {
    return Decl == O.Decl && Index == O.Index;
  }
  /// As a programmer would write it outside of the class: "Account::mu_".
  std::string str() const;
};

/// The key of the lock at the end of \p P.
LockKey lockKey(const LockPath &P);

/// Way acquires To while From is held.
struct LockEdge {
  LockKey From, To;
  /// The classes of the objects that they belong to, as far as the code says. Null:
  /// no object, or not known.
  const clang::CXXRecordDecl *FromClass = nullptr, *ToClass = nullptr;
  HeldLock Held; ///< From, as it is held in Way.In
  Step Way;
  llvm::SmallVector<LockKey, 2> Gates; ///< other locks that are held for sure
};

class LockOrder {
public:
  explicit LockOrder(TranslationUnit &TU) : TU(TU) {}

  /// Edges that close a cycle, in the order of the cycle: each acquires what the
  /// next one holds. One shortest cycle for every pair of locks that is taken both
  /// ways, or for every component that has no such pair.
  std::vector<std::vector<const LockEdge *>> cycles();

  /// Edges between two objects of one class that nothing orders.
  std::vector<const LockEdge *> unorderedPairs();

  /// All edges, in the order of the source.
  llvm::ArrayRef<LockEdge> edges();

  /// Edges for which \p Bad says so are reported elsewhere, and are part of no
  /// cycle.
  void leaveOut(llvm::function_ref<bool(const LockEdge &)> Bad);

private:
  void collect();
  void collectAt(const clang::FunctionDecl &F, const Event &E,
                 const LockState &Before);
  void add(const clang::FunctionDecl &F, const HeldLock &Held, const Step &Way,
           const LockState &Before);
  Components components();
  std::vector<const LockEdge *> cycleThrough(const LockEdge &First);

  TranslationUnit &TU;
  bool Collected = false;
  std::vector<LockEdge> All;
  std::vector<bool> Out; ///< left out, by edge
  std::map<LockKey, std::vector<unsigned>> Leaving; ///< edges by From
  std::map<LockKey, unsigned> Numbers; ///< of components()
};

} // namespace threadlint

#endif
