//===- Summaries.h - What a function does to its caller ---------*- C++ -*-===//
// Bottom-up over the call graph of one translation unit: locks acquired and
// released, through which calls it may block, lock or call back, whether it returns.
// Callers translate the paths at the call (translate() in HeldLocks.h).
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SUMMARIES_H
#define THREADLINT_ANALYSIS_SUMMARIES_H

#include "analysis/HeldLocks.h"
#include "llvm/ADT/DenseMap.h"
#include <deque>
#include <memory>

namespace threadlint {

class FunctionIndex;

enum class StepKind : uint8_t {
  Blocks,    ///< waits for something other than the CPU
  Acquires,  ///< locks Object; what is only tried does not count
  CallsBack, ///< runs the callable Object, which somebody else handed over
};

/// One way in which a function does something that matters to a caller who holds
/// a lock: a call in its body, and for a call of a visible function the way in
/// which that one does it.
struct Step {
  StepKind Kind = StepKind::Blocks;
  Blocking Blocks;                           ///< Blocks
  LockMode Mode = LockMode::Exclusive;       ///< Acquires
  /// Whether it happens is up to an argument, or to who owns the lock; see
  /// CallersChoice.h.
  bool CallerDecides = false;
  const clang::FunctionDecl *In = nullptr;   ///< the function with the call
  const clang::Expr *Where = nullptr;        ///< null: a destructor runs here
  clang::SourceLocation Loc;
  /// Null: co_await, an acquisition, or a callback.
  const clang::FunctionDecl *Callee = nullptr;
  const Step *Next = nullptr; ///< inside Callee; null: it happens here
  unsigned Depth = 0;         ///< how many Next follow
  /// Locks of In's caller that are released by then, and of a condition wait.
  llvm::SmallVector<const LockPath *, 1> Released;
  /// The lock, the callable, or the stream, descriptor or handle that the call
  /// works on, in In's terms; may be null.
  const LockPath *Object = nullptr;
  /// Acquires: parameters of In, locks themselves, that are held by then. Object is
  /// another one, so that only In's callers know which locks these are.
  llvm::SmallVector<const LockPath *, 1> Under;
  /// Locks that a function on the way requires its caller to hold: the finding
  /// for these is inside that function.
  llvm::SmallVector<const LockPath *, 1> Required;
};

/// What a function does, in terms of its parameters and object.
struct Summary {
  /// False: no visible body, too large, or not understood. Nothing else is
  /// meaningful then.
  bool Known = false;
  bool NeverReturns = false;
  /// Held at the normal exit and not at the entry.
  llvm::SmallVector<HeldLock, 1> Acquires;
  /// May be released at the normal exit though the caller holds them.
  llvm::SmallVector<const LockPath *, 1> Releases;
  /// Guards in its object or parameters, and the returned one (the path
  /// returnedValue()), as they are at the exit.
  llvm::SmallVector<GuardState, 1> Guards;
  /// Locks that are held if and only if the result says so.
  llvm::SmallVector<TriedLock, 1> Tries;
  /// A few ways of blocking for each category, shortest first.
  llvm::SmallVector<const Step *, 2> Blocks;
  /// The same for locks that it acquires on the way, whether it keeps them or
  /// not, and for callables of others that it runs.
  llvm::SmallVector<const Step *, 2> Locks;
  llvm::SmallVector<const Step *, 2> Callbacks;

  llvm::ArrayRef<const Step *> steps(StepKind Kind) const {
    return Kind == StepKind::Blocks     ? Blocks
           : Kind == StepKind::Acquires ? Locks
                                        : Callbacks;
  }
};

/// Computes on demand and keeps all summaries of one AST.
class Summaries {
public:
  Summaries(clang::ASTContext &Context, const Models &M, LockPaths &Paths,
            FunctionIndex &Index);
  ~Summaries();

  /// Never null; !Known for a body that is not visible or over budget.
  const Summary &of(const clang::FunctionDecl *F);

  /// The held locks of \p F. Null: no visible body or over budget.
  const HeldLocks *flow(const clang::FunctionDecl *F);

  /// The ways in which event \p E of \p F does what \p Kind says, itself or in a
  /// function that it calls, each in terms of \p F. Empty: it does not, or that
  /// is not known.
  llvm::SmallVector<Step, 2> stepsAt(StepKind Kind, const Event &E,
                                     const LockState &Before,
                                     const clang::FunctionDecl &F);

  /// For HeldLocks: the summary if it is known, else null.
  const Summary *known(const clang::FunctionDecl *F);

private:
  struct Entry;
  Entry &entry(const clang::FunctionDecl *F);
  void computeComponents(const clang::FunctionDecl *Root);
  void computeComponent(llvm::ArrayRef<const clang::FunctionDecl *> Members);
  bool recompute(const clang::FunctionDecl &F);
  void summarizeExit(const HeldLocks &Flow, Summary &S);
  void summarizeTries(const clang::FunctionDecl &F, const HeldLocks &Flow,
                      Summary &S);
  void summarizeSteps(const clang::FunctionDecl &F, const HeldLocks &Flow,
                      Summary &S);
  void keepShortest(llvm::MutableArrayRef<Step> Found, Summary &S);

  clang::ASTContext &Context;
  const Models &M;
  LockPaths &Paths;
  FunctionIndex &Index;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Entry>> Entries;
  std::deque<Step> Steps;
};

} // namespace threadlint

#endif
