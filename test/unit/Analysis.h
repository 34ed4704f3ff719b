//===- Analysis.h - Analyses of a code string, for unit tests ---*- C++ -*-===//
// Parses a small program and answers what holds at its named points: the test
// code marks a point by point("name") and an expression by look("name", e). No
// clang-tidy here. A mock of the standard library keeps the parsing fast.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_TEST_UNIT_ANALYSIS_H
#define THREADLINT_TEST_UNIT_ANALYSIS_H

#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/TranslationUnit.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace threadlint {
namespace unit {

/// What every program may use. `point` and `slow` block (see BlockingNames).
inline constexpr const char *Points = R"cpp(
#ifdef __cplusplus
extern "C" {
#endif
void point(const char *name);
void slow(void);
void unknown(void);
#ifdef __cplusplus
}
template <class T> void look(const char *name, T &&lock);
#endif
)cpp";

/// The part of the standard library that the tests need. Few bodies: where a
/// lambda is an argument, and where the analyses look at them.
inline constexpr const char *Std = R"cpp(
namespace std {
using size_t = decltype(sizeof(0));
template <class T> struct remove_reference { using type = T; };
template <class T> struct remove_reference<T &> { using type = T; };
template <class T> struct remove_reference<T &&> { using type = T; };
template <class T> constexpr typename remove_reference<T>::type &&move(T &&t) noexcept {
  return static_cast<typename remove_reference<T>::type &&>(t);
}
template <class T> constexpr T &&forward(typename remove_reference<T>::type &t) noexcept {
  return static_cast<T &&>(t);
}

template <long N, long D = 1> struct ratio {};
namespace chrono {
template <class Rep, class Period> struct duration {
  Rep count;
  constexpr explicit duration(Rep c) : count(c) {}
};
using milliseconds = duration<long, ratio<1, 1000>>;
using seconds = duration<long, ratio<1>>;
using minutes = duration<long, ratio<60>>;
}

struct mutex {
  mutex(); ~mutex(); mutex(const mutex &) = delete;
  void lock(); bool try_lock(); void unlock();
};
struct recursive_mutex { void lock(); bool try_lock(); void unlock(); };
struct timed_mutex {
  void lock(); bool try_lock(); void unlock();
  bool try_lock_for(chrono::milliseconds);
};
struct shared_mutex {
  void lock(); bool try_lock(); void unlock();
  void lock_shared(); bool try_lock_shared(); void unlock_shared();
};

struct defer_lock_t {}; struct adopt_lock_t {}; struct try_to_lock_t {};
inline constexpr defer_lock_t defer_lock{};
inline constexpr adopt_lock_t adopt_lock{};
inline constexpr try_to_lock_t try_to_lock{};

template <class M> struct lock_guard {
  explicit lock_guard(M &); lock_guard(M &, adopt_lock_t);
  lock_guard(const lock_guard &) = delete; ~lock_guard();
};
template <class M> struct unique_lock {
  unique_lock() noexcept; explicit unique_lock(M &);
  unique_lock(M &, defer_lock_t) noexcept; unique_lock(M &, adopt_lock_t);
  unique_lock(M &, try_to_lock_t); unique_lock(M &, chrono::milliseconds);
  unique_lock(unique_lock &&) noexcept; unique_lock &operator=(unique_lock &&) noexcept;
  ~unique_lock();
  void lock(); bool try_lock(); bool try_lock_for(chrono::milliseconds); void unlock();
  M *release() noexcept; bool owns_lock() const noexcept;
  explicit operator bool() const noexcept; M *mutex() const noexcept;
};
template <class M> struct shared_lock {
  shared_lock() noexcept; explicit shared_lock(M &);
  shared_lock(M &, defer_lock_t) noexcept; shared_lock(M &, try_to_lock_t);
  shared_lock(shared_lock &&) noexcept; shared_lock &operator=(shared_lock &&) noexcept;
  ~shared_lock();
  void lock(); bool try_lock(); void unlock(); bool owns_lock() const noexcept;
};
template <class... M> struct scoped_lock {
  explicit scoped_lock(M &...); scoped_lock(adopt_lock_t, M &...); ~scoped_lock();
};
template <class... M> void lock(M &...);
template <class... M> int try_lock(M &...);

struct condition_variable {
  void wait(unique_lock<mutex> &);
  template <class P> void wait(unique_lock<mutex> &, P) {}
  void notify_one();
};
struct thread {
  template <class F> explicit thread(F &&) {} ~thread(); void join();
};
namespace this_thread { template <class R, class P> void sleep_for(const chrono::duration<R, P> &); }

template <class T> struct unique_ptr {
  unique_ptr(); explicit unique_ptr(T *); unique_ptr(unique_ptr &&); ~unique_ptr();
  T *get() const; T &operator*() const; T *operator->() const; void reset();
};
template <class T> struct shared_ptr {
  shared_ptr(); explicit shared_ptr(T *); shared_ptr(const shared_ptr &); ~shared_ptr();
  T *get() const; T &operator*() const; T *operator->() const;
};
template <class T> struct reference_wrapper {
  reference_wrapper(T &); T &get() const; operator T &() const;
};
template <class T> reference_wrapper<T> ref(T &);
template <class T> struct optional {
  optional(); ~optional(); template <class... A> T &emplace(A &&...); void reset();
  T &operator*(); T *operator->(); T &value();
};
template <class T> struct vector {
  T &operator[](size_t); T &at(size_t); T *begin(); T *end();
};
template <class S> struct function;
template <class R, class... A> struct function<R(A...)> {
  function(); template <class F> function(F) {} ~function(); R operator()(A...) const;
};
struct once_flag {};
template <class F> void call_once(once_flag &, F &&) {}
template <class F> void invoke(F &&) {}
template <class I, class F> F for_each(I, I, F f) { return f; }
[[noreturn]] void terminate() noexcept;
}
extern "C" { [[noreturn]] void abort(void) noexcept; [[noreturn]] void exit(int); }
)cpp";

/// The part of POSIX threads that the tests need.
inline constexpr const char *Pthread = R"cpp(
#ifdef __cplusplus
extern "C" {
#endif
typedef struct { int x; } pthread_mutex_t;
typedef struct { int x; } pthread_rwlock_t;
typedef struct { int x; } pthread_cond_t;
int pthread_mutex_lock(pthread_mutex_t *);
int pthread_mutex_trylock(pthread_mutex_t *);
int pthread_mutex_unlock(pthread_mutex_t *);
int pthread_rwlock_rdlock(pthread_rwlock_t *);
int pthread_rwlock_wrlock(pthread_rwlock_t *);
int pthread_rwlock_unlock(pthread_rwlock_t *);
int pthread_cond_wait(pthread_cond_t *, pthread_mutex_t *);
#ifdef __cplusplus
}
#endif
)cpp";

struct Options {
  std::string File = "input.cc";
  std::vector<std::string> Args;
  /// What stands before the code, as a system header.
  std::string Prelude = std::string(Points) + Std;
};

inline Options inC() {
  return {"input.c", {"-std=c17"}, std::string(Points) + Pthread};
}
inline Options withPthread() {
  return {"input.cc", {}, std::string(Points) + Std + Pthread};
}
inline Options withRealHeaders() { return {"input.cc", {}, Points}; }

/// \p Args, or if there are none those of C++20, and what all programs need.
inline std::vector<std::string> parserArguments(std::vector<std::string> Args) {
  if (Args.empty())
    Args = {"-std=c++20", "-fcxx-exceptions", "-fexceptions"};
  Args.push_back("-D_GNU_SOURCE");
  Args.push_back("-fbracket-depth=100000");
  Args.push_back("-Wno-everything");
#ifdef THREADLINT_RESOURCE_DIR
  Args.push_back("-resource-dir=" THREADLINT_RESOURCE_DIR);
#endif
  return Args;
}

/// The call, if \p E is one of \p Function with a literal in front, which is
/// then its \p Name. Else null.
const clang::CallExpr *marker(const clang::Expr *E, llvm::StringRef Function,
                              std::string &Name);

/// One parsed program and its analyses.
class Analysis {
public:
  explicit Analysis(llvm::StringRef Code, Options O = {}) {
    std::vector<std::string> Args = parserArguments(O.Args);
    // Line markers make the prelude a system header.
    std::string Text = "# 1 \"mock.h\" 1 3\n" + O.Prelude + "\n# 1 \"" +
                       O.File + "\" 2\n" + Code.str();
    AST = clang::tooling::buildASTFromCodeWithArgs(Text, Args, O.File);
    EXPECT_TRUE(AST);
    EXPECT_FALSE(AST->getDiagnostics().hasErrorOccurred());
    auto Set = ModelSet::create({}, {"point", "slow"});
    EXPECT_TRUE(static_cast<bool>(Set));
    TU = std::make_unique<TranslationUnit>(AST->getASTContext(), *Set);
  }

  TranslationUnit &unit() { return *TU; }
  LockPaths &paths() { return TU->paths(); }
  clang::ASTContext &context() { return AST->getASTContext(); }

  /// The locks that are held for sure at point("Name"), sorted, separated by
  /// spaces; shared ones end in ":shared", recursive ones in ":" and their
  /// count. "unreachable": no analysed path leads to the point.
  std::string mustHeldAt(llvm::StringRef Name) { return heldAt(Name, true); }
  /// The same for the locks that are or may be held.
  std::string mayHeldAt(llvm::StringRef Name) { return heldAt(Name, false); }

  /// The first function (a definition, if there is one) of that name, which may
  /// be qualified. Null: there is none.
  const clang::FunctionDecl *function(llvm::StringRef Name);
  const Summary &summary(llvm::StringRef Name) {
    return TU->summaries().of(function(Name));
  }
  /// The path of E in look("Name", E).
  const LockPath *path(llvm::StringRef Name) {
    const clang::Expr *E = lookedAt(Name);
    return E ? paths().of(E) : paths().unknown();
  }
  /// E in look("Name", E).
  const clang::Expr *lookedAt(llvm::StringRef Name);
  std::string pathName(llvm::StringRef Name) {
    const LockPath *P = path(Name);
    return P->isUnknown() ? "unknown" : P->str();
  }
  /// The functions that the index hands out, in its order.
  std::string functions() {
    std::string Result;
    for (const clang::FunctionDecl *F : TU->functions().functions())
      Result += (Result.empty() ? "" : " ") + F->getQualifiedNameAsString();
    return Result;
  }

private:
  void findPoints() {
    if (PointsFound)
      return;
    PointsFound = true;
    auto Callees = [this](const clang::FunctionDecl *F) {
      return TU->summaries().known(F);
    };
    for (const clang::FunctionDecl *F : TU->functions().functions()) {
      const HeldLocks *Flow = TU->summaries().flow(F);
      if (!Flow)
        continue;
      Flow->forEachEvent(Callees, [&](const Event &E, const LockState &Before) {
        std::string Name;
        if (marker(E.Where, "point", Name))
          States.emplace(Name, Before);
      });
    }
  }

  std::string heldAt(llvm::StringRef Name, bool MustOnly) {
    findPoints();
    auto It = States.find(Name.str());
    if (It == States.end())
      return "unreachable";
    std::vector<std::string> Names;
    for (const HeldLock &H : It->second.Held) {
      if (MustOnly && !H.Must)
        continue;
      std::string One = H.Path->isUnknown() ? "unknown" : H.Path->str();
      if (H.Mode == LockMode::Shared)
        One += ":shared";
      if (H.Count > 1)
        One += ":" + std::to_string(H.Count);
      Names.push_back(One);
    }
    std::sort(Names.begin(), Names.end());
    std::string Result;
    for (const std::string &One : Names)
      Result += (Result.empty() ? "" : " ") + One;
    return Result;
  }

  std::unique_ptr<clang::ASTUnit> AST;
  std::unique_ptr<TranslationUnit> TU;
  std::map<std::string, LockState> States;
  bool PointsFound = false;
};

} // namespace unit
} // namespace threadlint

#endif
