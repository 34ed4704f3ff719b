//===- Components.h - Cycles of a small graph -------------------*- C++ -*-===//
// The strongly connected components of a graph whose nodes are numbers. A
// helper of the analyses that knows nothing of clang.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_COMPONENTS_H
#define THREADLINT_ANALYSIS_COMPONENTS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include <vector>

namespace threadlint {

class Components {
public:
  /// The successors of a node, each less than \p Size.
  Components(unsigned Size,
             llvm::function_ref<llvm::ArrayRef<unsigned>(unsigned)> Successors);

  bool together(unsigned A, unsigned B) const { return Of[A] == Of[B]; }
  /// True if a path leads from \p I back to it.
  bool isCyclic(unsigned I) const { return Cyclic[Of[I]]; }
  /// The nodes that are on cycles with \p I.
  llvm::ArrayRef<unsigned> members(unsigned I) const { return Members[Of[I]]; }

private:
  std::vector<unsigned> Of; ///< the component of each node
  std::vector<bool> Cyclic;
  std::vector<std::vector<unsigned>> Members;
};

} // namespace threadlint

#endif
