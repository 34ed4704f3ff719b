//===- DeclaredOrder.h - The order of locks that the user wants -*- C++ -*-===//
// From the attributes acquired_before and acquired_after, and from names that a
// check's option lists. Compared with what LockOrder finds.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_DECLAREDORDER_H
#define THREADLINT_ANALYSIS_DECLAREDORDER_H

#include "llvm/ADT/ArrayRef.h"
#include <map>
#include <set>
#include <string>
#include <vector>

namespace clang {
class ValueDecl;
} // namespace clang

namespace threadlint {

class LockPaths;
struct LockEdge;

class DeclaredOrder {
public:
  /// Each of \p Demanded lists names of locks, first to last: qualified, or as the
  /// end of a qualified name.
  DeclaredOrder(llvm::ArrayRef<LockEdge> Edges, LockPaths &Paths,
                llvm::ArrayRef<std::vector<std::string>> Demanded);

  /// True if the lock that \p E acquires must be acquired before the one it holds.
  bool isViolatedBy(const LockEdge &E) const;

private:
  using Decl = const clang::ValueDecl *;
  void addAttributes(Decl D, LockPaths &Paths);

  std::map<Decl, std::set<Decl>> After; ///< which locks come after one
};

} // namespace threadlint

#endif
