//===- ThreadGrowth.h - Threads whose number nothing bounds -----*- C++ -*-===//
// Finds the loops and the recursion that create one more thread each time. The
// last of the analyses on the way: LoopBounds says how often a loop runs,
// ThreadLimits what keeps the number of live threads down. Words are the
// check's.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_THREADGROWTH_H
#define THREADLINT_ANALYSIS_THREADGROWTH_H

#include "analysis/LoopBounds.h"
#include "analysis/ThreadLimits.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>
#include <vector>

namespace threadlint {

class LockPath;
class LoopFlow;
class TranslationUnit;
struct Task;

enum class GrowthKind : uint8_t {
  Elements,  ///< one thread for each element of Of
  Input,     ///< one for each result of Of
  Endless,   ///< one for each round of a loop without an end
  TooMany,   ///< Count threads
  Recursion, ///< each call makes a thread that makes the call again
};

/// One step on the way from a loop to the thread.
struct SpawnStep {
  const clang::FunctionDecl *In;     ///< the function with the call
  const clang::Expr *Where;          ///< the call, or the spawn
  const clang::FunctionDecl *Callee; ///< null: Where creates the thread
};

struct ThreadGrowth {
  GrowthKind Kind;
  const clang::Expr *Where;          ///< the spawn, or the call that spawns
  const clang::Stmt *Loop = nullptr; ///< or the algorithm; null: Recursion
  const clang::Expr *Of = nullptr;   ///< Elements, Input; may be null
  uint64_t Count = 0;                ///< TooMany
  bool IsProcess = false;            ///< made by fork
  /// From Where, if that is a call, down to the spawn.
  llvm::SmallVector<SpawnStep, 2> Chain = {};
};

class ThreadGrowths {
public:
  struct Limits {
    unsigned MaxThreads = 64;
    bool Forks = false; ///< fork() counts as a thread
  };

  ThreadGrowths(TranslationUnit &TU, Limits L);
  ~ThreadGrowths();

  /// In the body of \p F, which must be a definition that is not dependent.
  std::vector<ThreadGrowth> of(const clang::FunctionDecl &F);

private:
  struct Site;
  struct Summary;
  class Finder;

  const Summary &summary(const clang::FunctionDecl &F);
  LoopFlow &flow(const clang::FunctionDecl &F);
  bool mayMake(const clang::FunctionDecl &F);
  bool isThread(const Task &T) const;
  bool reaches(const clang::FunctionDecl *From, const clang::FunctionDecl *To);

  TranslationUnit &TU;
  const Limits L;
  LoopBounds Bounds;
  ThreadLimits Limiting;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<LoopFlow>> Flows;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Summary>>
      Summaries;
  unsigned Depth = 0; ///< of summaries that wait for another; bounded
};

} // namespace threadlint

#endif
