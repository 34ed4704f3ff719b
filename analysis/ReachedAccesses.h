//===- ReachedAccesses.h - What a call of a function touches ----*- C++ -*-===//
// The accesses of a function and of all visible functions that it calls, in the
// words of the function itself, with the locks that are held there. Part of the
// analyses; which of them run at the same time is left to TaskRaces.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_REACHEDACCESSES_H
#define THREADLINT_ANALYSIS_REACHEDACCESSES_H

#include "analysis/Accesses.h"
#include "analysis/OrderPoints.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>
#include <vector>

namespace clang {
class CXXRecordDecl;
class LambdaCapture;
} // namespace clang

namespace threadlint {

class LockPath;
class LockPaths;
struct Task;
class TranslationUnit;

struct ReachedAccess {
  Access What; ///< Path: as the function that was asked about names it
  /// Where it stands.
  const clang::FunctionDecl *In = nullptr;
  /// The call in the function that was asked about. Null: it stands there itself.
  const clang::Expr *Via = nullptr;
  /// Held, for sure or perhaps; unknown() for one that has no name here.
  llvm::SmallVector<const LockPath *, 2> Locks;
  bool Chosen = false;   ///< see FunctionOrder
  bool Repeated = false; ///< in a loop

  const clang::Expr *point() const { return Via ? Via : What.Where; }
};

struct Reached {
  /// What callees do behind a wait of their own is left out, and what is known to
  /// need no lock: atomics, locks, constants, thread_local and volatile objects.
  std::vector<ReachedAccess> All;
  FunctionOrder Order;
};

class ReachedAccesses {
public:
  explicit ReachedAccesses(TranslationUnit &TU) : TU(TU) {}

  /// \p F must be a definition that is not dependent.
  const Reached &of(const clang::FunctionDecl &F);

  /// What \p T touches, in the words of its spawner: no state of its own, and
  /// nothing behind a wait.
  std::vector<ReachedAccess> of(const Task &T);

  /// The object is not made to be shared, and not left to another check.
  bool isPlainState(const Access &A);

private:
  class Frame;
  class CallFrame;
  class TaskFrame;

  void addOwn(const clang::FunctionDecl &F, Reached &Out);
  void addCall(const clang::FunctionDecl &F, const CallSite &Site,
               Reached &Out);
  bool locksAt(const clang::FunctionDecl &F, const clang::Expr &E,
               llvm::SmallVectorImpl<const LockPath *> &Out);

  TranslationUnit &TU;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Reached>> Known;
  unsigned Depth = 0;
};

/// The capture by which a lambda has what paths from \p Root begin with: of that
/// variable, of `this`, or of a reference or pointer that was set to it. Null:
/// none.
const clang::LambdaCapture *captureOf(const clang::CXXRecordDecl &Lambda,
                                      const LockPath *Root, LockPaths &Paths);

/// The type of the object that \p P names. Null: unknown.
clang::QualType typeOf(const LockPath *P);

} // namespace threadlint

#endif
