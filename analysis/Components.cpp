//===- Components.cpp - Cycles of a small graph ---------------------------===//
// Tarjan's algorithm without recursion, so that long paths are fine.
//===----------------------------------------------------------------------===//
#include "analysis/Components.h"
#include <algorithm>

namespace threadlint {

Components::Components(
    unsigned Size,
    llvm::function_ref<llvm::ArrayRef<unsigned>(unsigned)> Successors)
    : Of(Size, ~0u) {
  struct Frame {
    unsigned Node;
    unsigned Next;
  };
  std::vector<unsigned> Number(Size, 0), Low(Size, 0), Stack;
  std::vector<Frame> Frames;
  unsigned Count = 0;
  auto Enter = [&](unsigned I) {
    Number[I] = Low[I] = ++Count;
    Stack.push_back(I);
    Frames.push_back({I, 0});
  };
  for (unsigned Root = 0; Root < Size; ++Root) {
    if (Number[Root])
      continue;
    Enter(Root);
    while (!Frames.empty()) {
      unsigned I = Frames.back().Node;
      llvm::ArrayRef<unsigned> Next = Successors(I);
      if (Frames.back().Next < Next.size()) {
        unsigned Succ = Next[Frames.back().Next++];
        if (!Number[Succ])
          Enter(Succ);
        else if (Of[Succ] == ~0u)
          Low[I] = std::min(Low[I], Number[Succ]);
        continue;
      }
      Frames.pop_back();
      if (!Frames.empty())
        Low[Frames.back().Node] = std::min(Low[Frames.back().Node], Low[I]);
      if (Low[I] != Number[I])
        continue;
      std::vector<unsigned> Nodes;
      do {
        Nodes.push_back(Stack.back());
        Of[Nodes.back()] = Members.size();
        Stack.pop_back();
      } while (Nodes.back() != I);
      Cyclic.push_back(Nodes.size() > 1 || llvm::is_contained(Next, I));
      Members.push_back(std::move(Nodes));
    }
  }
}

} // namespace threadlint
