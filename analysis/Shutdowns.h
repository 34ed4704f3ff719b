//===- Shutdowns.h - How is a thread told to end? ---------------*- C++ -*-===//
// Where the thread that a member holds is joined, and what the code changes
// that stops it: flags, queues, sockets, semaphores. Part of the analyses;
// whether the thread takes notice is left to EndlessWaits.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SHUTDOWNS_H
#define THREADLINT_ANALYSIS_SHUTDOWNS_H

#include "analysis/InitOrder.h"
#include "analysis/Statements.h"
#include "llvm/ADT/SmallVector.h"

namespace threadlint {

struct Task;
class TranslationUnit;

/// How one thread is ended.
struct Shutdown {
  /// Joins the thread, in a destructor, or in a function whose name says that
  /// it stops or destroys. Null: see Member.
  const clang::Expr *Join = nullptr;
  /// Joins the thread when it is destroyed. Null, like Join: nobody is seen to.
  const clang::ValueDecl *Member = nullptr;
  /// The function of Join. Null: there is none.
  const clang::FunctionDecl *Joining = nullptr;
  /// Where the thread starts.
  const clang::FunctionDecl *Entry = nullptr;
};

/// Joins and changes are listed once for a translation unit, which has many
/// threads or none.
class Shutdowns {
public:
  explicit Shutdowns(TranslationUnit &TU);

  /// How \p T, which a member or a global variable must hold, is ended.
  Shutdown of(const Task &T);

  /// The same for a thread that is an object of a class itself: its function is
  /// \p Run, and the class, or a base of it, joins `*this`.
  Shutdown ofObject(const clang::CXXMethodDecl &Run);

  /// What runs where a thread of a base class calls \p Method of itself: an
  /// override in a class whose functions that stop something are all visible.
  /// Null: none is seen.
  const clang::CXXMethodDecl *
  overriderOf(const clang::CXXMethodDecl &Method);

  /// Destructors, and functions that stop something, write \p D or hand it to
  /// others before the join \p S. Locks change hands, not state.
  bool changes(const Shutdown &S, const clang::ValueDecl *D);

  /// They call what cannot be seen, and give it the whole object.
  bool isUnknown(const Shutdown &S);

private:
  using Functions = llvm::SmallVector<const clang::FunctionDecl *, 2>;
  struct Join {
    const clang::FunctionDecl *In;
    const clang::Expr *Call;
  };
  /// What one function, and what it calls, changes up to some place in it.
  struct Changes {
    DeclSet Decls;
    bool Unknown = false;
  };
  class Walk;

  void listJoins();
  void addJoin(const void *Name, const clang::FunctionDecl *Spawner,
               Shutdown &To);
  void listChanges();
  const Changes &beforeJoin(const Shutdown &S);
  /// One of \p Stops counts for \p S.
  static bool anyOf(const Functions &Stops, const Shutdown &S);

  TranslationUnit &TU;
  Overriders Below;
  bool HasJoins = false, HasChanges = false;
  /// By the thread's common name, the class of `*this`, or what stands beside a
  /// join that has no name: of an iterator, of an element.
  llvm::DenseMap<const void *, llvm::SmallVector<Join, 1>> Joins;
  /// The first functions that stop something and change the variable. Two of
  /// them may not count, so three are enough.
  llvm::DenseMap<const clang::ValueDecl *, Functions> Changers;
  Functions Unknown;
  llvm::DenseMap<const clang::Expr *, Changes> BeforeJoins;
};

} // namespace threadlint

#endif
