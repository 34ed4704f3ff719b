//===- HeldLocksTest.cpp - Held locks at named points -----------*- C++ -*-===//
// Small programs with point("name") where the question is asked. The standard
// library is a mock (Analysis.h) except where a test says otherwise.
//===----------------------------------------------------------------------===//
#include "Analysis.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

/// Some globals, and the statements as the body of a function with a few
/// parameters.
std::string inFunction(llvm::StringRef Body) {
  return "std::mutex a, b; std::recursive_mutex r; std::shared_mutex s;\n"
         "std::timed_mutex t;\n"
         "using Guard = std::lock_guard<std::mutex>;\n"
         "using Lock = std::unique_lock<std::mutex>;\n"
         "bool cond(); void use(int); int number();\n"
         "void f(bool c, int n, std::mutex &m, Lock &l) {\n" +
         Body.str() + "\n}\n";
}

/// Must-held at point("p") in these statements.
std::string must(llvm::StringRef Body) {
  return Analysis(inFunction(Body)).mustHeldAt("p");
}
/// May-held there.
std::string may(llvm::StringRef Body) {
  return Analysis(inFunction(Body)).mayHeldAt("p");
}

} // namespace

//===----------------------------------------------------------------------===//
// Scopes and control flow
//===----------------------------------------------------------------------===//

TEST(HeldLocks, ScopeOfAGuard) {
  Analysis A(inFunction(R"(
    point("before");
    { Guard g(a); point("in"); { Guard h(b); point("both"); } point("again"); }
    point("after");)"));
  EXPECT_EQ(A.mustHeldAt("before"), "");
  EXPECT_EQ(A.mustHeldAt("in"), "a");
  EXPECT_EQ(A.mustHeldAt("both"), "a b");
  EXPECT_EQ(A.mustHeldAt("again"), "a");
  EXPECT_EQ(A.mayHeldAt("after"), "");
}

TEST(HeldLocks, TemporaryGuardEndsAtTheSemicolon) {
  EXPECT_EQ(may(R"(Guard{a}; point("p");)"), "");
  EXPECT_EQ(may(R"((void)Lock(a); point("p");)"), "");
  EXPECT_EQ(must(R"((void)Guard(a), point("p");)"), "a");
}

TEST(HeldLocks, ReferenceExtendsTheTemporary) {
  EXPECT_EQ(must(R"(const Guard &g = Guard(a); point("p");)"), "a");
  EXPECT_EQ(must(R"(Lock &&g = Lock(a); point("p");)"), "a");
  EXPECT_EQ(may(R"({ Lock &&g = Lock(a); } point("p");)"), "");
}

TEST(HeldLocks, LockAndUnlock) {
  Analysis A(inFunction(R"(
    a.lock(); point("in"); a.unlock(); point("after");)"));
  EXPECT_EQ(A.mustHeldAt("in"), "a");
  EXPECT_EQ(A.mayHeldAt("after"), "");
}

TEST(HeldLocks, EarlyReturn) {
  Analysis A(inFunction(R"(
    a.lock();
    if (c) { point("early"); a.unlock(); point("unlocked"); return; }
    point("late"); a.unlock(); point("end");)"));
  EXPECT_EQ(A.mustHeldAt("early"), "a");
  EXPECT_EQ(A.mayHeldAt("unlocked"), "");
  EXPECT_EQ(A.mustHeldAt("late"), "a");
  EXPECT_EQ(A.mayHeldAt("end"), "");
}

TEST(HeldLocks, ReturnEndsTheGuard) {
  Analysis A(inFunction(R"(
    { Guard g(a); if (c) return; point("in"); }
    point("after");)"));
  EXPECT_EQ(A.mustHeldAt("in"), "a");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(A.summary("f").Acquires.size(), 0u);
  EXPECT_EQ(A.summary("f").Releases.size(), 0u);
}

TEST(HeldLocks, ConditionalLocking) {
  EXPECT_EQ(must(R"(if (c) a.lock(); point("p"); if (c) a.unlock();)"), "");
  EXPECT_EQ(may(R"(if (c) a.lock(); point("p"); if (c) a.unlock();)"), "a");
  EXPECT_EQ(must(R"(if (c) a.lock(); else a.lock(); point("p");)"), "a");
  EXPECT_EQ(must(R"(a.lock(); if (c) a.unlock(); point("p");)"), "");
  EXPECT_EQ(must(R"(Lock g(a, std::defer_lock); if (c) g.lock(); point("p");)"),
            "");
  EXPECT_EQ(may(R"(Lock g(a, std::defer_lock); if (c) g.lock(); point("p");)"),
            "a");
  EXPECT_EQ(must(R"(c && (a.lock(), true); point("p");)"), "");
  EXPECT_EQ(must(R"(c ? a.lock() : b.lock(); point("p");)"), "");
  EXPECT_EQ(may(R"(c ? a.lock() : b.lock(); point("p");)"), "a b");
}

TEST(HeldLocks, Loops) {
  EXPECT_EQ(must(R"(for (int i = 0; i < n; ++i) { Guard g(a); point("p"); })"),
            "a");
  EXPECT_EQ(may(R"(for (int i = 0; i < n; ++i) { Guard g(a); } point("p");)"),
            "");
  EXPECT_EQ(may(R"(for (int i = 0; i < n; ++i) { point("p"); Guard g(a); })"),
            "");
  EXPECT_EQ(must(R"(Guard g(a); while (cond()) { point("p"); })"), "a");
  // Unlocked in the first round.
  EXPECT_EQ(must(R"(a.lock(); while (cond()) { point("p"); a.unlock(); })"),
            "");
  EXPECT_EQ(must(R"(a.lock();
                    while (cond()) { a.unlock(); use(1); a.lock(); }
                    point("p");)"),
            "a");
  EXPECT_EQ(may(R"(a.lock();
                   while (cond()) { a.unlock(); point("p"); a.lock(); })"),
            "");
  EXPECT_EQ(must(R"(do { a.lock(); } while (0); point("p");)"), "a");
}

TEST(HeldLocks, BreakAndContinue) {
  Analysis A(inFunction(R"(
    while (cond()) {
      Guard g(a);
      if (c) break;
      if (n) continue;
      point("in");
    }
    point("after");)"));
  EXPECT_EQ(A.mustHeldAt("in"), "a");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(must(R"(for (;;) { a.lock(); if (c) break; a.unlock(); }
                    point("p");)"),
            "a");
  EXPECT_EQ(must(R"(for (;;) { a.lock(); if (c) break; if (n) continue;
                      a.unlock(); }
                    point("p");)"),
            "a")
      << "at least once";
}

TEST(HeldLocks, Goto) {
  Analysis A(inFunction(R"(
    a.lock();
    if (c) goto out;
    point("in");
  out:
    point("out"); a.unlock();
    point("after");)"));
  EXPECT_EQ(A.mustHeldAt("in"), "a");
  EXPECT_EQ(A.mustHeldAt("out"), "a");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(may(R"({ Guard g(a); if (c) goto out; use(1); } out: point("p");)"),
            "");
  EXPECT_EQ(must(R"(if (c) goto out; a.lock(); out: point("p");)"), "");
}

TEST(HeldLocks, Switch) {
  Analysis A(inFunction(R"(
    switch (n) {
    case 0: { Guard g(a); point("zero"); break; }
    case 1: a.lock(); [[fallthrough]];
    case 2: point("two"); break;
    default: a.lock(); point("other");
    }
    point("after");)"));
  EXPECT_EQ(A.mustHeldAt("zero"), "a");
  EXPECT_EQ(A.mustHeldAt("two"), "");
  EXPECT_EQ(A.mayHeldAt("two"), "a");
  EXPECT_EQ(A.mustHeldAt("other"), "a");
  EXPECT_EQ(A.mustHeldAt("after"), "");
}

TEST(HeldLocks, ScopeInIfWithInitializer) {
  Analysis A(inFunction(R"(
    if (Guard g(a); c) point("then"); else point("else");
    point("after");)"));
  EXPECT_EQ(A.mustHeldAt("then"), "a");
  EXPECT_EQ(A.mustHeldAt("else"), "a");
  EXPECT_EQ(A.mayHeldAt("after"), "");
}

//===----------------------------------------------------------------------===//
// try_lock
//===----------------------------------------------------------------------===//

TEST(HeldLocks, TryLockBranches) {
  Analysis A(inFunction(R"(
    if (a.try_lock()) { point("yes"); a.unlock(); } else { point("no"); }
    point("after");)"));
  EXPECT_EQ(A.mustHeldAt("yes"), "a");
  EXPECT_EQ(A.mayHeldAt("no"), "");
  EXPECT_EQ(A.mayHeldAt("after"), "");
}

TEST(HeldLocks, TryLockNegated) {
  EXPECT_EQ(must(R"(if (!a.try_lock()) return; point("p");)"), "a");
  EXPECT_EQ(may(R"(if (!a.try_lock()) { point("p"); return; })"), "");
  EXPECT_EQ(must(R"(if (a.try_lock() == false) return; point("p");)"), "a");
  EXPECT_EQ(must(R"(if (a.try_lock() != true) return; point("p");)"), "a");
  EXPECT_EQ(must(R"(if (false == a.try_lock()) return; point("p");)"), "a");
  EXPECT_EQ(must(R"(while (!a.try_lock()) use(1); point("p");)"), "a");
  EXPECT_EQ(must(R"(while (!a.try_lock()) {} point("p");)"), "a");
}

TEST(HeldLocks, TryLockThroughAVariable) {
  Analysis A(inFunction(R"(
    bool ok = a.try_lock();
    use(1);
    if (ok) { point("yes"); } else { point("no"); }
    if (!ok) return;
    point("later");)"));
  EXPECT_EQ(A.mustHeldAt("yes"), "a");
  EXPECT_EQ(A.mayHeldAt("no"), "");
  EXPECT_EQ(A.mustHeldAt("later"), "a");
  EXPECT_EQ(must(R"(bool failed = !a.try_lock(); if (failed) return;
                    point("p");)"),
            "a");
  EXPECT_EQ(must(R"(bool ok; ok = a.try_lock(); if (ok) point("p");)"), "a");
  EXPECT_EQ(must(R"(if (bool ok = a.try_lock()) point("p");)"), "a");
  EXPECT_EQ(must(R"(if (bool ok = a.try_lock(); ok) point("p");)"), "a");
  EXPECT_EQ(must(R"(const bool ok = a.try_lock(); if (ok) point("p");)"), "a");
}

TEST(HeldLocks, TryLockVariableOverwritten) {
  EXPECT_EQ(must(R"(bool ok = a.try_lock(); ok = cond(); if (ok) point("p");)"),
            "");
  EXPECT_EQ(
      must(R"(bool ok = a.try_lock(); ok |= cond(); if (ok) point("p");)"), "");
  EXPECT_EQ(must(R"(bool ok = a.try_lock(); if (ok) a.unlock();
                    if (ok) point("p");)"),
            "");
}

TEST(HeldLocks, TryLockInAConjunction) {
  EXPECT_EQ(must(R"(if (c && a.try_lock()) point("p");)"), "a");
  EXPECT_EQ(must(R"(if (a.try_lock() && c) point("p");)"), "a");
  EXPECT_EQ(must(R"(if (!c || !a.try_lock()) return; point("p");)"), "a");
  EXPECT_EQ(must(R"(if (a.try_lock() || c) point("p");)"), "");
  EXPECT_EQ(must(R"(if (a.try_lock() && b.try_lock()) point("p");)"), "a b");
}

TEST(HeldLocks, TryLockIgnored) {
  EXPECT_EQ(must(R"(a.try_lock(); point("p");)"), "");
  EXPECT_EQ(may(R"(a.try_lock(); point("p");)"), "a");
}

TEST(HeldLocks, StdTryLock) {
  EXPECT_EQ(must(R"(if (std::try_lock(a, b) == -1) point("p");)"), "a b");
  EXPECT_EQ(may(R"(if (std::try_lock(a, b) != -1) point("p");)"), "");
  EXPECT_EQ(must(R"(if (std::try_lock(a, b) >= 0) return; point("p");)"), "");
}

TEST(HeldLocks, TryGuard) {
  Analysis A(inFunction(R"(
    Lock g(a, std::try_to_lock);
    point("maybe");
    if (g.owns_lock()) point("yes"); else point("no");
    if (!g) return;
    point("later");)"));
  EXPECT_EQ(A.mustHeldAt("maybe"), "");
  EXPECT_EQ(A.mayHeldAt("maybe"), "a");
  EXPECT_EQ(A.mustHeldAt("yes"), "a");
  EXPECT_EQ(A.mayHeldAt("no"), "");
  EXPECT_EQ(A.mustHeldAt("later"), "a");
  EXPECT_EQ(must(R"(if (Lock g(a, std::try_to_lock); g) point("p");)"), "a");
  EXPECT_EQ(must(R"(if (Lock g{a, std::try_to_lock}) point("p");)"), "a");
  EXPECT_EQ(must(R"(Lock g(a, std::try_to_lock); bool ok = g.owns_lock();
                    if (ok) point("p");)"),
            "a");
  EXPECT_EQ(must(R"(Lock g(a, std::try_to_lock); bool ok(g);
                    if (!ok) return; point("p");)"),
            "a");
}

TEST(HeldLocks, TryOnADeferredGuard) {
  EXPECT_EQ(
      must(R"(Lock g(a, std::defer_lock); if (g.try_lock()) point("p");)"),
      "a");
  EXPECT_EQ(
      may(R"(Lock g(a, std::defer_lock); if (!g.try_lock()) point("p");)"), "");
  EXPECT_EQ(must(R"(Lock g(a, std::defer_lock); g.try_lock();
                    if (g.owns_lock()) point("p");)"),
            "a");
  EXPECT_EQ(may(R"({ Lock g(a, std::defer_lock); if (!g.try_lock()) return; }
                   point("p");)"),
            "");
}

TEST(HeldLocks, TimedLocks) {
  EXPECT_EQ(must(R"(if (t.try_lock_for(std::chrono::milliseconds(5)))
                      point("p");)"),
            "t");
  EXPECT_EQ(must(R"(std::unique_lock<std::timed_mutex> g(t,
                        std::chrono::milliseconds(5));
                    point("p");)"),
            "");
  EXPECT_EQ(must(R"(std::unique_lock<std::timed_mutex> g(t,
                        std::chrono::milliseconds(5));
                    if (g.owns_lock()) point("p");)"),
            "t");
}

TEST(HeldLocks, PthreadTry) {
  Analysis A(R"(
    pthread_mutex_t m; int use(void);
    void f(void) {
      if (pthread_mutex_trylock(&m) == 0) { point("yes"); pthread_mutex_unlock(&m); }
      else point("no");
    }
    void g(void) { if (pthread_mutex_trylock(&m) != 0) return; point("g"); }
    void h(void) { if (pthread_mutex_trylock(&m)) { point("busy"); return; } point("h"); }
    void i(void) { int r = pthread_mutex_trylock(&m); if (r) return; point("i"); }
    void j(void) { int r; if ((r = pthread_mutex_trylock(&m)) != 0) return; point("j"); }
    void k(void) { int r; if ((r = pthread_mutex_trylock(&m))) return; use(); if (r == 0) point("k"); }
    void l(void) { if (!pthread_mutex_trylock(&m)) point("l"); }
    void n(void) { int r = pthread_mutex_trylock(&m); if (r == 16) return; point("n"); }
  )",
             inC());
  EXPECT_EQ(A.mustHeldAt("yes"), "m");
  EXPECT_EQ(A.mayHeldAt("no"), "");
  EXPECT_EQ(A.mustHeldAt("g"), "m");
  EXPECT_EQ(A.mayHeldAt("busy"), "");
  EXPECT_EQ(A.mustHeldAt("h"), "m");
  EXPECT_EQ(A.mustHeldAt("i"), "m");
  EXPECT_EQ(A.mustHeldAt("j"), "m");
  EXPECT_EQ(A.mustHeldAt("k"), "m");
  EXPECT_EQ(A.mustHeldAt("l"), "m");
}

TEST(HeldLocks, PthreadLockWithTestedResult) {
  Analysis A(R"(
    pthread_mutex_t m;
    int f(void) {
      int r;
      if ((r = pthread_mutex_lock(&m))) { point("failed"); return r; }
      point("f"); pthread_mutex_unlock(&m); point("after"); return 0;
    }
    void g(void) { if (pthread_mutex_lock(&m) != 0) return; point("g"); }
    void h(void) { int r = pthread_mutex_lock(&m); if (r != 0) return; point("h"); }
    void i(void) { pthread_mutex_lock(&m); point("i"); }
    void j(void) { int r = pthread_mutex_lock(&m); point("j"); }
    void k(void) { if ((pthread_mutex_lock(&m)) < 0) return; point("k"); }
  )",
             inC());
  EXPECT_EQ(A.mayHeldAt("failed"), "");
  EXPECT_EQ(A.mustHeldAt("f"), "m");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(A.mustHeldAt("g"), "m");
  EXPECT_EQ(A.mustHeldAt("h"), "m");
  EXPECT_EQ(A.mustHeldAt("i"), "m");
  EXPECT_EQ(A.mustHeldAt("j"), "m");
  EXPECT_EQ(A.mustHeldAt("k"), "m");
}

//===----------------------------------------------------------------------===//
// Guards
//===----------------------------------------------------------------------===//

TEST(HeldLocks, DeferredGuard) {
  Analysis A(inFunction(R"(
    { Lock g(a, std::defer_lock); point("deferred"); g.lock(); point("locked");
      g.unlock(); point("unlocked"); g.lock(); point("again"); }
    point("after");)"));
  EXPECT_EQ(A.mayHeldAt("deferred"), "");
  EXPECT_EQ(A.mustHeldAt("locked"), "a");
  EXPECT_EQ(A.mayHeldAt("unlocked"), "");
  EXPECT_EQ(A.mustHeldAt("again"), "a");
  EXPECT_EQ(A.mayHeldAt("after"), "");
}

TEST(HeldLocks, AdoptedGuard) {
  Analysis A(inFunction(R"(
    a.lock();
    { Guard g(a, std::adopt_lock); point("in"); }
    point("after");)"));
  EXPECT_EQ(A.mustHeldAt("in"), "a");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(must(R"(Guard g(m, std::adopt_lock); point("p");)"), "m")
      << "the caller held it";
  EXPECT_EQ(may(R"({ Guard g(m, std::adopt_lock); } point("p");)"), "");
}

TEST(HeldLocks, MovedGuard) {
  Analysis A(inFunction(R"(
    Lock outer;
    { Lock g(a); outer = std::move(g); point("in"); }
    point("moved"); outer.unlock(); point("after");)"));
  EXPECT_EQ(A.mustHeldAt("in"), "a");
  EXPECT_EQ(A.mustHeldAt("moved"), "a");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(may(R"({ Lock g(a); Lock h(std::move(g)); } point("p");)"), "");
  EXPECT_EQ(must(R"(Lock g(a); { Lock h(std::move(g)); use(1); } point("p");)"),
            "");
  EXPECT_EQ(may(R"(Lock g(a); { Lock h(std::move(g)); use(1); } point("p");)"),
            "");
  EXPECT_EQ(must(R"(Lock g(a); g = Lock(b); point("p");)"), "b");
  EXPECT_EQ(may(R"(Lock g(a); g = Lock(b); point("p");)"), "b");
  EXPECT_EQ(may(R"(Lock g(a); g = Lock(); point("p");)"), "");
  EXPECT_EQ(must(R"(Lock g; g = Lock(a); point("p");)"), "a");
  EXPECT_EQ(must(R"(auto g = Lock(a); point("p");)"), "a");
  EXPECT_EQ(must(R"(auto g = Lock{a}; point("p");)"), "a");
}

TEST(HeldLocks, GuardMovedIntoAnUnknownFunction) {
  EXPECT_EQ(must(R"(void sink(Lock); Lock g(a); sink(std::move(g));
                    point("p");)"),
            "");
  EXPECT_EQ(must(R"(void fill(Lock &); Lock g(a); fill(g); point("p");)"), "");
}

TEST(HeldLocks, ReleasedGuard) {
  Analysis A(inFunction(R"(
    { Lock g(a); g.release(); point("in"); }
    point("after"); a.unlock(); point("unlocked");)"));
  EXPECT_EQ(A.mustHeldAt("in"), "a");
  EXPECT_EQ(A.mustHeldAt("after"), "a") << "release() does not unlock";
  EXPECT_EQ(A.mayHeldAt("unlocked"), "");
  EXPECT_EQ(may(R"(Lock g(a); g.release()->unlock(); point("p");)"), "");
}

TEST(HeldLocks, UnlockOfTheMutexWhileItsGuardLives) {
  EXPECT_EQ(may(R"(Guard g(a); a.unlock(); point("p"); a.lock();)"), "");
  EXPECT_EQ(must(R"(Guard g(a); a.unlock(); use(1); a.lock(); point("p");)"),
            "a");
  EXPECT_EQ(may(R"({ Guard g(a); a.unlock(); use(1); a.lock(); }
                   point("p");)"),
            "");
  EXPECT_EQ(may(R"(Lock g(a); g.mutex()->unlock(); point("p");)"), "");
}

TEST(HeldLocks, EarlyUnlockOfTheGuard) {
  EXPECT_EQ(may(R"(Lock g(a); g.unlock(); point("p");)"), "");
  EXPECT_EQ(must(R"(Lock g(a); if (c) g.unlock(); point("p");)"), "");
  EXPECT_EQ(may(R"({ Lock g(a); if (c) g.unlock(); } point("p");)"), "");
  EXPECT_EQ(must(R"(Lock g(a); if (c) { g.unlock(); return; } point("p");)"),
            "a");
}

TEST(HeldLocks, StdLockThenAdopt) {
  Analysis A(inFunction(R"(
    std::lock(a, b);
    point("locked");
    { Guard g(a, std::adopt_lock); Guard h(b, std::adopt_lock); point("in"); }
    point("after");)"));
  EXPECT_EQ(A.mustHeldAt("locked"), "a b");
  EXPECT_EQ(A.mustHeldAt("in"), "a b");
  EXPECT_EQ(A.mayHeldAt("after"), "");
}

TEST(HeldLocks, StdLockOfDeferredGuards) {
  Analysis A(inFunction(R"(
    { Lock g(a, std::defer_lock), h(b, std::defer_lock);
      point("deferred"); std::lock(g, h); point("in"); }
    point("after");)"));
  EXPECT_EQ(A.mayHeldAt("deferred"), "");
  EXPECT_EQ(A.mustHeldAt("in"), "a b");
  EXPECT_EQ(A.mayHeldAt("after"), "");
}

TEST(HeldLocks, ScopedLock) {
  Analysis A(inFunction(R"(
    { std::scoped_lock<std::mutex, std::mutex> g(a, b); point("in"); }
    { std::scoped_lock g(a); point("one"); }
    a.lock(); b.lock();
    { std::scoped_lock g(std::adopt_lock, a, b); point("adopted"); }
    point("after");
    { std::scoped_lock<> g; point("none"); })"));
  EXPECT_EQ(A.mustHeldAt("in"), "a b");
  EXPECT_EQ(A.mustHeldAt("one"), "a");
  EXPECT_EQ(A.mustHeldAt("adopted"), "a b");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(A.mayHeldAt("none"), "");
}

TEST(HeldLocks, SharedLocks) {
  EXPECT_EQ(must(R"(std::shared_lock<std::shared_mutex> g(s); point("p");)"),
            "s:shared");
  EXPECT_EQ(must(R"(std::unique_lock<std::shared_mutex> g(s); point("p");)"),
            "s");
  EXPECT_EQ(must(R"(s.lock_shared(); point("p"); s.unlock_shared();)"),
            "s:shared");
  EXPECT_EQ(may(R"(s.lock_shared(); s.unlock_shared(); point("p");)"), "");
  EXPECT_EQ(must(R"(if (s.try_lock_shared()) point("p");)"), "s:shared");
  EXPECT_EQ(must(R"(std::shared_lock<std::shared_mutex> g(s, std::defer_lock);
                    g.lock(); point("p");)"),
            "s:shared");
}

TEST(HeldLocks, RecursiveMutex) {
  Analysis A(inFunction(R"(
    r.lock(); r.lock(); point("two"); r.unlock(); point("one"); r.unlock();
    point("none");
    { std::lock_guard<std::recursive_mutex> g(r);
      { std::lock_guard<std::recursive_mutex> h(r); point("inner"); }
      point("outer"); }
    point("after");)"));
  EXPECT_EQ(A.mustHeldAt("two"), "r:2");
  EXPECT_EQ(A.mustHeldAt("one"), "r");
  EXPECT_EQ(A.mayHeldAt("none"), "");
  EXPECT_EQ(A.mustHeldAt("inner"), "r:2");
  EXPECT_EQ(A.mustHeldAt("outer"), "r");
  EXPECT_EQ(A.mayHeldAt("after"), "");
}

TEST(HeldLocks, OptionalAndHeapGuards) {
  EXPECT_EQ(must(R"(auto *g = new Guard(a); point("p"); delete g;)"), "")
      << "nobody knows when it ends";
}

TEST(HeldLocks, GuardInAMember) {
  Analysis A(R"(
    std::mutex a;
    struct Section {
      std::lock_guard<std::mutex> guard;
      Section() : guard(a) {}
    };
    void f() { { Section s; point("in"); } point("after"); }
    struct Lazy {
      std::mutex mu_;
      std::unique_lock<std::mutex> lock_{mu_, std::defer_lock};
      void enter() { lock_.lock(); }
      void leave() { lock_.unlock(); }
    };
  )");
  EXPECT_EQ(A.mustHeldAt("in"), "a");
  EXPECT_EQ(A.mayHeldAt("after"), "");
}

TEST(HeldLocks, GuardInAnAggregate) {
  Analysis A(R"(
    std::mutex a;
    struct Section { std::unique_lock<std::mutex> guard; int n; };
    void f() { { Section s{std::unique_lock<std::mutex>(a), 1}; point("in"); } point("after"); }
  )");
  EXPECT_EQ(A.mustHeldAt("in"), "a");
  EXPECT_EQ(A.mayHeldAt("after"), "");
}

TEST(HeldLocks, ConditionWaitGivesTheLockBack) {
  EXPECT_EQ(must(R"(std::condition_variable cv; Lock g(a); cv.wait(g);
                    point("p");)"),
            "a");
  EXPECT_EQ(must(R"(std::condition_variable cv; Lock g(a);
                    while (!c) cv.wait(g);
                    point("p");)"),
            "a");
}

//===----------------------------------------------------------------------===//
// User-written guards
//===----------------------------------------------------------------------===//

TEST(HeldLocks, UserWrittenGuard) {
  Analysis A(R"(
    std::mutex a;
    class Guard {
    public:
      explicit Guard(std::mutex &m) : m_(m) { m_.lock(); }
      ~Guard() { m_.unlock(); }
    private:
      std::mutex &m_;
    };
    class PtrGuard {
    public:
      explicit PtrGuard(std::mutex *m) : m_(m) { m_->lock(); }
      ~PtrGuard() { m_->unlock(); }
    private:
      std::mutex *m_;
    };
    struct S { std::mutex mu_;
      void f() { { Guard g(mu_); point("member"); } point("member after"); } };
    void f() { { Guard g(a); point("in"); } point("after"); }
    void h() { { PtrGuard g(&a); point("ptr"); } point("ptr after"); }
    void early(bool c) { { Guard g(a); if (c) return; point("early"); } point("early after"); }
    void loop(int n) { for (int i = 0; i < n; ++i) { Guard g(a); point("loop"); } point("loop after"); }
  )");
  EXPECT_EQ(A.mustHeldAt("in"), "a");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(A.mustHeldAt("ptr"), "a");
  EXPECT_EQ(A.mayHeldAt("ptr after"), "");
  EXPECT_EQ(A.mustHeldAt("member"), "mu_");
  EXPECT_EQ(A.mayHeldAt("member after"), "");
  EXPECT_EQ(A.mustHeldAt("early"), "a");
  EXPECT_EQ(A.mayHeldAt("early after"), "");
  EXPECT_EQ(A.mustHeldAt("loop"), "a");
  EXPECT_EQ(A.mayHeldAt("loop after"), "");
}

TEST(HeldLocks, UserWrittenGuardThatUnlocksEarly) {
  Analysis A(R"(
    std::mutex a;
    class Guard {
    public:
      explicit Guard(std::mutex *m) : m_(m) { m_->lock(); }
      ~Guard() { if (m_) m_->unlock(); }
      void release() { m_->unlock(); m_ = nullptr; }
    private:
      std::mutex *m_;
    };
    void f() { Guard g(&a); g.release(); point("released"); }
    void h() { { Guard g(&a); point("in"); } point("after"); }
  )");
  EXPECT_EQ(A.mustHeldAt("released"), "");
  EXPECT_EQ(A.mustHeldAt("in"), "a");
  EXPECT_EQ(A.mustHeldAt("after"), "");
}

TEST(HeldLocks, UserWrittenGuardAroundAGuard) {
  Analysis A(R"(
    struct S { std::mutex mu_; };
    class Section {
    public:
      explicit Section(S &s) : lock_(s.mu_) {}
    private:
      std::unique_lock<std::mutex> lock_;
    };
    void f(S &s) { { Section g(s); point("in"); } point("after"); }
  )");
  EXPECT_EQ(A.mustHeldAt("in"), "s.mu_");
  EXPECT_EQ(A.mayHeldAt("after"), "");
}

TEST(HeldLocks, TemplateGuard) {
  Analysis A(R"(
    struct S { std::mutex mu_; };
    template <class M> class Guard {
    public:
      explicit Guard(M &m) : m_(m) { m_.lock(); }
      ~Guard() { m_.unlock(); }
      Guard(const Guard &) = delete;
    private:
      M &m_;
    };
    void f(S &s) { { Guard<std::mutex> g(s.mu_); point("in"); } point("after"); }
    void h(S &s) { { Guard g(s.mu_); point("deduced"); } point("deduced after"); }
  )");
  EXPECT_EQ(A.mustHeldAt("in"), "s.mu_");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(A.mustHeldAt("deduced"), "s.mu_");
  EXPECT_EQ(A.mayHeldAt("deduced after"), "");
}

TEST(HeldLocks, InvertedGuard) {
  Analysis A(R"(
    std::mutex a;
    class Unlock {
    public:
      explicit Unlock(std::mutex &m) : m_(m) { m_.unlock(); }
      ~Unlock() { m_.lock(); }
    private:
      std::mutex &m_;
    };
    class UnlockGuard {
    public:
      explicit UnlockGuard(std::unique_lock<std::mutex> &l) : l_(l) { l_.unlock(); }
      ~UnlockGuard() { l_.lock(); }
    private:
      std::unique_lock<std::mutex> &l_;
    };
    void f() {
      std::lock_guard<std::mutex> g(a);
      { Unlock u(a); point("out"); }
      point("in");
    }
    void h() {
      { std::unique_lock<std::mutex> g(a);
        { UnlockGuard u(g); point("h out"); }
        point("h in"); }
      point("h after");
    }
  )");
  EXPECT_EQ(A.mayHeldAt("out"), "");
  EXPECT_EQ(A.mustHeldAt("in"), "a");
  EXPECT_EQ(A.mustHeldAt("h out"), "");
  EXPECT_EQ(A.mustHeldAt("h in"), "a");
  EXPECT_EQ(A.mayHeldAt("h after"), "");
}

TEST(HeldLocks, GuardThatInherits) {
  Analysis A(R"(
    std::mutex a;
    struct BaseGuard {
      explicit BaseGuard(std::mutex &m) : m_(m) { m_.lock(); }
      ~BaseGuard() { m_.unlock(); }
      std::mutex &m_;
    };
    struct Derived : BaseGuard { explicit Derived(std::mutex &m) : BaseGuard(m) {} };
    struct OfStd : std::lock_guard<std::mutex> { OfStd() : std::lock_guard<std::mutex>(a) {} };
    struct Inheriting : std::unique_lock<std::mutex> { using std::unique_lock<std::mutex>::unique_lock; };
    void f() { { Derived g(a); point("in"); } point("after"); }
    void h() { { OfStd g; point("std"); } point("std after"); }
    void i() { { Inheriting g(a); point("inherited"); } point("inherited after"); }
  )");
  EXPECT_EQ(A.mustHeldAt("in"), "a");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(A.mustHeldAt("std"), "a");
  EXPECT_EQ(A.mayHeldAt("std after"), "");
  EXPECT_EQ(A.mustHeldAt("inherited"), "a");
  EXPECT_EQ(A.mayHeldAt("inherited after"), "");
}

TEST(HeldLocks, UserWrittenLock) {
  Analysis A(R"(
    class Mutex {
    public:
      void lock() { mu_.lock(); }
      bool try_lock() { return mu_.try_lock(); }
      void unlock() { mu_.unlock(); }
    private:
      std::mutex mu_;
    };
    Mutex m;
    void f() { m.lock(); point("in"); m.unlock(); point("after"); }
    void g() { { std::lock_guard<Mutex> l(m); point("guard"); } point("guard after"); }
    void h() { if (m.try_lock()) { point("yes"); m.unlock(); } else point("no"); }
  )");
  EXPECT_EQ(A.mustHeldAt("in"), "m");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(A.mustHeldAt("guard"), "m");
  EXPECT_EQ(A.mayHeldAt("guard after"), "");
  EXPECT_EQ(A.mustHeldAt("yes"), "m");
  EXPECT_EQ(A.mayHeldAt("no"), "");
}

//===----------------------------------------------------------------------===//
// Callees
//===----------------------------------------------------------------------===//

TEST(HeldLocks, CalleesThatLockAndUnlock) {
  Analysis A(R"(
    struct S {
      std::mutex mu_;
      void enter() { mu_.lock(); }
      void leave() { mu_.unlock(); }
      void f() { enter(); point("in"); leave(); point("after"); }
    };
    void lockIt(std::mutex &m) { m.lock(); }
    void unlockIt(std::mutex &m) { m.unlock(); }
    void lockPtr(std::mutex *m) { m->lock(); }
    void g(S &s, S *t) {
      s.enter(); point("s"); t->enter(); point("st"); s.leave(); point("t"); t->leave();
      point("none");
      lockIt(s.mu_); point("ref"); unlockIt(s.mu_); point("ref after");
      lockPtr(&t->mu_); point("ptr");
    }
  )");
  EXPECT_EQ(A.mustHeldAt("in"), "mu_");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(A.mustHeldAt("s"), "s.mu_");
  EXPECT_EQ(A.mustHeldAt("st"), "s.mu_ t.mu_");
  EXPECT_EQ(A.mustHeldAt("t"), "t.mu_");
  EXPECT_EQ(A.mayHeldAt("none"), "");
  EXPECT_EQ(A.mustHeldAt("ref"), "s.mu_");
  EXPECT_EQ(A.mayHeldAt("ref after"), "");
  EXPECT_EQ(A.mustHeldAt("ptr"), "t.mu_");
}

TEST(HeldLocks, CalleeReleasesWhatItsCallerHolds) {
  Analysis A(R"(
    struct S {
      std::mutex mu_;
      void pause() { mu_.unlock(); unknown(); mu_.lock(); }
      void drop(bool c) { if (c) mu_.unlock(); }
      void f() { std::lock_guard<std::mutex> g(mu_); pause(); point("paused"); }
      void h(bool c) { mu_.lock(); drop(c); point("maybe"); }
    };
  )");
  EXPECT_EQ(A.mustHeldAt("paused"), "mu_");
  EXPECT_EQ(A.mustHeldAt("maybe"), "");
}

TEST(HeldLocks, GuardByReference) {
  Analysis A(R"(
    struct S { std::mutex mu_; };
    using Lock = std::unique_lock<std::mutex>;
    void unlockIt(Lock &l) { l.unlock(); }
    void lockIt(Lock &l) { l.lock(); }
    void nothing(Lock &l) { unknown(); }
    void pause(Lock &l) { l.unlock(); unknown(); l.lock(); }
    void f(S &s) {
      Lock g(s.mu_);
      point("in"); unlockIt(g); point("out"); lockIt(g); point("again");
      nothing(g); point("still"); pause(g); point("paused");
    }
  )");
  EXPECT_EQ(A.mustHeldAt("in"), "s.mu_");
  EXPECT_EQ(A.mustHeldAt("out"), "");
  EXPECT_EQ(A.mustHeldAt("again"), "s.mu_");
  EXPECT_EQ(A.mustHeldAt("still"), "s.mu_");
  EXPECT_EQ(A.mustHeldAt("paused"), "s.mu_");
}

TEST(HeldLocks, ReturnedGuard) {
  Analysis A(R"(
    using Lock = std::unique_lock<std::mutex>;
    struct S {
      std::mutex mu_;
      Lock direct() { return Lock(mu_); }
      Lock named() { Lock l(mu_); unknown(); return l; }
      Lock braced() { return Lock{mu_, std::defer_lock}; }
      Lock attempted() { return Lock(mu_, std::try_to_lock); }
    };
    void f(S &s) { { auto l = s.direct(); point("direct"); } point("direct after"); }
    void g(S &s) { { Lock l = s.named(); point("named"); l.unlock(); point("named out"); } }
    void h(S &s) { auto l = s.braced(); point("deferred"); l.lock(); point("locked"); }
    void i(S &s) { auto l = s.attempted(); if (l.owns_lock()) point("tried"); else point("failed"); }
    void j(S &s) { s.direct(); point("dropped"); }
    void k(S &s) { Lock l; l = s.direct(); point("assigned"); }
    void m(S &s) { Lock l(s.direct()); point("constructed"); }
    void n(S &s, bool c) { { Lock l = c ? s.direct() : Lock(); point("either"); } point("either after"); }
  )");
  EXPECT_EQ(A.mustHeldAt("direct"), "s.mu_");
  EXPECT_EQ(A.mayHeldAt("direct after"), "");
  EXPECT_EQ(A.mustHeldAt("named"), "s.mu_");
  EXPECT_EQ(A.mayHeldAt("named out"), "");
  EXPECT_EQ(A.mayHeldAt("deferred"), "");
  EXPECT_EQ(A.mustHeldAt("locked"), "s.mu_");
  EXPECT_EQ(A.mustHeldAt("tried"), "s.mu_");
  EXPECT_EQ(A.mayHeldAt("failed"), "");
  EXPECT_EQ(A.mayHeldAt("dropped"), "");
  EXPECT_EQ(A.mustHeldAt("assigned"), "s.mu_");
  EXPECT_EQ(A.mustHeldAt("constructed"), "s.mu_");
  EXPECT_EQ(A.mustHeldAt("either"), "");
  EXPECT_EQ(A.mustHeldAt("either after"), "");
}

TEST(HeldLocks, TryWrappers) {
  Analysis A(R"(
    struct S {
      std::mutex mu_;
      bool attempt() { return mu_.try_lock(); }
      bool negated() { return !mu_.try_lock(); }
      bool stepwise() { if (mu_.try_lock()) return true; unknown(); return false; }
      bool variable() { bool ok = mu_.try_lock(); unknown(); return ok; }
      int zero() { if (!mu_.try_lock()) return -1; return 0; }
      bool twice() { return attempt(); }
    };
    void f(S &s) { if (s.attempt()) point("attempt"); else point("attempt no"); }
    void g(S &s) { if (!s.negated()) point("negated"); else point("negated no"); }
    void h(S &s) { if (s.stepwise()) point("stepwise"); else point("stepwise no"); }
    void i(S &s) { if (s.variable()) point("variable"); else point("variable no"); }
    void j(S &s) { if (s.zero() == 0) point("zero"); else point("zero no"); }
    void k(S &s) { if (s.twice()) point("twice"); else point("twice no"); }
    void l(S &s) { bool ok = s.attempt(); if (!ok) return; point("later"); }
    void m(S &s) { s.attempt(); point("ignored"); }
  )");
  for (const char *Name :
       {"attempt", "negated", "stepwise", "variable", "zero", "twice"}) {
    EXPECT_EQ(A.mustHeldAt(Name), "s.mu_") << Name;
    EXPECT_EQ(A.mayHeldAt(std::string(Name) + " no"), "") << Name;
  }
  EXPECT_EQ(A.mustHeldAt("later"), "s.mu_");
  EXPECT_EQ(A.mustHeldAt("ignored"), "");
}

TEST(HeldLocks, CFunctions) {
  Analysis A(R"(
    struct conn { pthread_mutex_t mu; int fd; };
    pthread_mutex_t global;
    static void conn_lock(struct conn *c) { pthread_mutex_lock(&c->mu); }
    static void conn_unlock(struct conn *c) { pthread_mutex_unlock(&c->mu); }
    void f(struct conn *c) {
      conn_lock(c); point("in"); conn_unlock(c); point("after");
      pthread_mutex_lock(&global); point("global"); pthread_mutex_unlock(&global);
    }
  )",
             inC());
  EXPECT_EQ(A.mustHeldAt("in"), "c.mu");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(A.mustHeldAt("global"), "global");
}

TEST(HeldLocks, UnknownCalleesKeepLocksTheyCannotReach) {
  EXPECT_EQ(must(R"(a.lock(); use(1); point("p");)"), "a");
  EXPECT_EQ(must(R"(void g(std::mutex &); a.lock(); g(b); point("p");)"), "a");
  EXPECT_EQ(must(R"(void g(std::mutex &); a.lock(); g(a); point("p");)"), "");
  EXPECT_EQ(must(R"(void g(std::mutex *); a.lock(); g(&a); point("p");)"), "");
  EXPECT_EQ(must(R"(void (*g)(std::mutex &) = nullptr; a.lock(); g(a);
                    point("p");)"),
            "");
  EXPECT_EQ(must(R"(void g(const Lock &); Lock k(a); g(k); point("p");)"), "a")
      << "a const guard cannot unlock";
}

TEST(HeldLocks, NoReturnCallees) {
  EXPECT_EQ(must(R"(a.lock(); if (c) { a.unlock(); abort(); } point("p");)"),
            "a");
  EXPECT_EQ(must(R"(a.lock(); if (c) { a.unlock(); exit(1); } point("p");)"),
            "a");
  EXPECT_EQ(must(R"(a.lock(); if (c) { a.unlock(); throw 1; } point("p");)"),
            "a");
  EXPECT_EQ(must(R"(a.lock(); if (c) { a.unlock(); for (;;) use(1); }
                    point("p");)"),
            "a");
  Analysis A(R"(
    std::mutex a;
    void die(int n) { unknown(); abort(); }
    void forever() { for (;;) unknown(); }
    void f(bool c) { a.lock(); if (c) { a.unlock(); die(1); } point("die"); }
    void g(bool c) { a.lock(); if (c) { a.unlock(); forever(); } point("forever"); }
  )");
  EXPECT_EQ(A.mustHeldAt("die"), "a");
  EXPECT_EQ(A.mustHeldAt("forever"), "a");
}

//===----------------------------------------------------------------------===//
// Exceptions
//===----------------------------------------------------------------------===//

TEST(HeldLocks, HandlersSeeAllOfTheTryBlock) {
  Analysis A(inFunction(R"(
    try { Guard g(a); unknown(); point("try"); } catch (...) { point("catch"); }
    point("after");
    b.lock();
    try { unknown(); b.unlock(); unknown(); } catch (int) { point("unlocked"); }
    )"));
  EXPECT_EQ(A.mustHeldAt("try"), "a");
  EXPECT_EQ(A.mustHeldAt("catch"), "") << "the guard ended";
  EXPECT_EQ(A.mustHeldAt("after"), "");
  EXPECT_EQ(A.mustHeldAt("unlocked"), "");
  EXPECT_EQ(
      must(R"(Guard g(a); try { unknown(); } catch (...) { point("p"); })"),
      "a");
  EXPECT_EQ(must(R"(try { a.lock(); unknown(); } catch (...) {} point("p");)"),
            "");
  EXPECT_EQ(must(R"(a.lock(); try { use(1); } catch (...) { a.unlock(); throw; }
                    point("p");)"),
            "a");
}

TEST(HeldLocks, NestedTryBlocks) {
  Analysis A(inFunction(R"(
    a.lock();
    try {
      try { unknown(); b.lock(); unknown(); } catch (int) { point("inner"); b.unlock(); }
      point("between");
    } catch (...) { point("outer"); }
    point("after");)"));
  EXPECT_EQ(A.mustHeldAt("inner"), "a");
  EXPECT_EQ(A.mustHeldAt("outer"), "a");
  EXPECT_EQ(A.mustHeldAt("after"), "a");
}

//===----------------------------------------------------------------------===//
// Lambdas
//===----------------------------------------------------------------------===//

TEST(HeldLocks, LambdaIsItsOwnFunction) {
  Analysis A(inFunction(R"(
    Guard g(a);
    auto later = [&] { point("later"); b.lock(); };
    std::thread th([&] { point("thread"); });
    point("p"); th.join();)"));
  EXPECT_EQ(A.mayHeldAt("later"), "");
  EXPECT_EQ(A.mayHeldAt("thread"), "");
  EXPECT_EQ(A.mustHeldAt("p"), "a");
  EXPECT_EQ(A.mayHeldAt("p"), "a");
}

TEST(HeldLocks, LambdaCalledAtOnce) {
  EXPECT_EQ(must(R"([&] { a.lock(); }(); point("p");)"), "a");
  EXPECT_EQ(must(R"(auto k = [&] { a.lock(); }; k(); point("p");)"), "a");
  EXPECT_EQ(may(R"(auto k = [&] { a.unlock(); }; a.lock(); k(); point("p");)"),
            "");
  EXPECT_EQ(must(R"(auto k = [](std::mutex &x) { x.lock(); }; k(b);
                    point("p");)"),
            "b");
  EXPECT_EQ(must(R"(std::mutex local; [&] { local.lock(); }(); point("p");)"),
            "local");
  EXPECT_EQ(must(R"(Lock g(a); [&] { g.unlock(); }(); point("p");)"), "");
}

TEST(HeldLocks, LambdaRunNow) {
  EXPECT_EQ(must(R"(std::once_flag flag;
                    std::call_once(flag, [&] { a.lock(); }); point("p");)"),
            "")
      << "once, not every time";
  EXPECT_EQ(may(R"(std::invoke([&] { a.lock(); }); point("p");)"), "a");
  EXPECT_EQ(must(R"(a.lock(); int *x = nullptr;
                    std::for_each(x, x, [&](int) { a.unlock(); abort(); });
                    point("p");)"),
            "a")
      << "the range may be empty";
  EXPECT_EQ(must(R"(a.lock(); int *x = nullptr;
                    std::for_each(x, x, [&](int) { a.unlock(); }); point("p");)"),
            "");
}

TEST(HeldLocks, LambdaWithThis) {
  Analysis A(R"(
    struct S {
      std::mutex mu_;
      void f() {
        auto unlock = [this] { mu_.unlock(); };
        mu_.lock(); point("in"); unlock(); point("after");
      }
      void g() { [this] { std::lock_guard<std::mutex> l(mu_); point("lambda"); }(); point("g"); }
    };
  )");
  EXPECT_EQ(A.mustHeldAt("in"), "mu_");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(A.mustHeldAt("lambda"), "mu_");
  EXPECT_EQ(A.mayHeldAt("g"), "");
}

TEST(HeldLocks, TemplateThatRunsItsArgument) {
  Analysis A(R"(
    struct S {
      std::mutex mu_;
      template <class F> void with(F f) { std::lock_guard<std::mutex> g(mu_); f(); point("with"); }
      void use() { with([this] { point("inside"); }); }
    };
  )");
  EXPECT_EQ(A.mustHeldAt("with"), "mu_");
  EXPECT_EQ(A.mustHeldAt("inside"), "") << "the body alone";
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

namespace {
constexpr const char *AttributeMutex = R"(
  #define A(x) __attribute__((x))
  class A(capability("mutex")) Mutex {
  public:
    void Lock() A(acquire_capability());
    void ReaderLock() A(acquire_shared_capability());
    void Unlock() A(release_capability());
    bool TryLock() A(try_acquire_capability(true));
    bool Fails() A(try_acquire_capability(false));
    void AssertHeld() A(assert_capability(this));
  };
  class A(scoped_lockable) MutexLock {
  public:
    explicit MutexLock(Mutex *mu) A(acquire_capability(mu));
    ~MutexLock() A(release_capability());
  };
  class A(scoped_lockable) Releasable {
  public:
    explicit Releasable(Mutex &mu) A(acquire_capability(mu));
    ~Releasable() A(release_capability());
    void Release() A(release_capability());
    void Reacquire() A(acquire_capability());
  };
)";
}

TEST(HeldLocks, Attributes) {
  Analysis A(std::string(AttributeMutex) + R"(
    struct S {
      Mutex mu_; int n;
      void need() A(requires_capability(mu_)) { point("need"); }
      void out() A(requires_capability(mu_)) { mu_.Unlock(); point("out"); mu_.Lock(); point("back"); }
      void f() { mu_.Lock(); point("in"); mu_.Unlock(); point("after"); }
      void r() { mu_.ReaderLock(); point("reader"); }
      void t() { if (mu_.TryLock()) point("yes"); else point("no"); }
      void u() { if (mu_.Fails()) point("failed"); else point("fine"); }
      void g() { { MutexLock l(&mu_); point("scoped"); } point("scoped after"); }
      void h() { mu_.AssertHeld(); point("asserted"); }
      void rel() { Releasable l(mu_); l.Release(); point("released"); l.Reacquire(); point("again"); }
      void enter() A(acquire_capability(mu_));
      void leave() A(release_capability(mu_));
      void i() { enter(); point("entered"); leave(); point("left"); }
    };
    void free(S &s) A(requires_capability(s.mu_));
    void free(S &s) { point("free"); }
    void j(S &s) { s.enter(); point("other"); }
  )");
  EXPECT_EQ(A.mustHeldAt("need"), "mu_");
  EXPECT_EQ(A.mayHeldAt("out"), "");
  EXPECT_EQ(A.mustHeldAt("back"), "mu_");
  EXPECT_EQ(A.mustHeldAt("in"), "mu_");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(A.mustHeldAt("reader"), "mu_:shared");
  EXPECT_EQ(A.mustHeldAt("yes"), "mu_");
  EXPECT_EQ(A.mayHeldAt("no"), "");
  EXPECT_EQ(A.mayHeldAt("failed"), "");
  EXPECT_EQ(A.mustHeldAt("fine"), "mu_");
  EXPECT_EQ(A.mustHeldAt("scoped"), "mu_");
  EXPECT_EQ(A.mayHeldAt("scoped after"), "");
  EXPECT_EQ(A.mustHeldAt("asserted"), "mu_");
  EXPECT_EQ(A.mayHeldAt("released"), "");
  EXPECT_EQ(A.mustHeldAt("again"), "mu_");
  EXPECT_EQ(A.mustHeldAt("entered"), "mu_");
  EXPECT_EQ(A.mayHeldAt("left"), "");
  EXPECT_EQ(A.mustHeldAt("free"), "s.mu_");
  EXPECT_EQ(A.mustHeldAt("other"), "s.mu_");
}

TEST(HeldLocks, SharedRequirement) {
  Analysis A(std::string(AttributeMutex) + R"(
    struct S {
      Mutex mu_;
      void need() A(requires_shared_capability(mu_)) { point("need"); }
    };
  )");
  EXPECT_EQ(A.mustHeldAt("need"), "mu_:shared");
}

//===----------------------------------------------------------------------===//
// Names of locks
//===----------------------------------------------------------------------===//

TEST(HeldLocks, ObjectsAreToldApart) {
  Analysis A(R"(
    struct S { std::mutex mu_; void f(S &other) {
      mu_.lock(); other.mu_.lock(); point("both"); other.mu_.unlock(); point("mine"); } };
    struct T { S first, second; void g() { first.mu_.lock(); point("first"); second.mu_.unlock(); point("still"); } };
    void arrays(std::mutex *m, int i, int j) {
      m[i].lock(); point("i"); m[i].unlock(); point("none"); m[i].lock(); m[j].unlock(); point("doubt"); }
  )");
  EXPECT_EQ(A.mustHeldAt("both"), "mu_ other.mu_");
  EXPECT_EQ(A.mustHeldAt("mine"), "mu_") << "one object would deadlock before";
  EXPECT_EQ(A.mustHeldAt("first"), "first.mu_");
  EXPECT_EQ(A.mustHeldAt("i"), "m[...]");
  EXPECT_EQ(A.mayHeldAt("none"), "");
  EXPECT_EQ(A.mustHeldAt("doubt"), "");
}

TEST(HeldLocks, PointerThatMoves) {
  Analysis A(R"(
    struct Node { Node *next; std::mutex mu; };
    void f(Node *n) { n->mu.lock(); point("in"); n = n->next; point("moved"); n->mu.unlock(); point("p"); }
    void g(Node *n) { while (n) { n->mu.lock(); point("loop"); n->mu.unlock(); n = n->next; } point("g after"); }
  )");
  EXPECT_EQ(A.mustHeldAt("in"), "n.mu");
  EXPECT_NE(A.mustHeldAt("moved"), "n.mu") << "n is another object now";
  EXPECT_EQ(A.mustHeldAt("p"), "");
  EXPECT_EQ(A.mustHeldAt("loop"), "n.mu");
  EXPECT_EQ(A.mayHeldAt("g after"), "");
}

TEST(HeldLocks, BaseClassMembers) {
  Analysis A(R"(
    struct Base { std::mutex mu_; void enter() { mu_.lock(); } };
    struct Derived : Base {
      void f() { std::lock_guard<std::mutex> g(mu_); point("in"); }
      void g() { enter(); point("base call"); Base::mu_.unlock(); point("after"); }
    };
  )");
  EXPECT_EQ(A.mustHeldAt("in"), "mu_");
  EXPECT_EQ(A.mustHeldAt("base call"), "mu_");
  EXPECT_EQ(A.mayHeldAt("after"), "");
}

//===----------------------------------------------------------------------===//
// Known to be wrong
//===----------------------------------------------------------------------===//

// `< 0` and `>= 0` of a result are not understood; the answer is doubt.
TEST(HeldLocks, FN_StdTryLockComparedByOrder) {
  EXPECT_EQ(must(R"(if (std::try_lock(a, b) >= 0) return; point("p");)"),
            "") << "should be: a b";
}

// Every callable that a modelled call runs is taken to run perhaps, though
// std::invoke and std::visit always run it.
TEST(HeldLocks, FN_InvokeRunsItsArgumentForSure) {
  EXPECT_EQ(must(R"(std::invoke([&] { a.lock(); }); point("p");)"), "")
      << "should be: a";
}

// A failed try on a lock that is held already takes it away, and a successful
// one does not count.
TEST(HeldLocks, FN_TryLockOfARecursiveMutexThatIsHeld) {
  EXPECT_EQ(must(R"(r.lock(); if (r.try_lock()) r.unlock(); point("p");)"),
            "")
      << "should be: r";
}

// Two branches on the same condition are not connected.
TEST(HeldLocks, FN_CorrelatedConditions) {
  EXPECT_EQ(
      must(R"(if (c) a.lock(); use(1); if (c) { point("p"); a.unlock(); })"),
      "")
      << "should be: a";
}

//===----------------------------------------------------------------------===//
// Real headers
//===----------------------------------------------------------------------===//

TEST(HeldLocks, RealStandardLibrary) {
  Analysis A(R"(
    #include <mutex>
    #include <shared_mutex>
    #include <condition_variable>
    #include <algorithm>
    #include <optional>
    #include <vector>
    struct S {
      std::mutex mu_, two_; std::shared_mutex rw_; std::condition_variable cv_; bool ready_;
      std::vector<int> v_;
      std::unique_lock<std::mutex> get() { return std::unique_lock<std::mutex>(mu_); }
      void f() {
        { std::scoped_lock g(mu_, two_); point("scoped"); }
        { std::unique_lock g(mu_); cv_.wait(g, [&] { return ready_; }); point("wait"); g.unlock(); point("out"); }
        { std::shared_lock g(rw_); point("shared"); }
        { auto g = get(); point("returned"); }
        point("after");
        std::lock(mu_, two_);
        { std::lock_guard<std::mutex> g(mu_, std::adopt_lock), h(two_, std::adopt_lock); point("adopted"); }
        point("end");
        if (std::unique_lock<std::mutex> g(mu_, std::try_to_lock); g.owns_lock()) point("yes");
        if (std::unique_lock<std::mutex> g(mu_, std::try_to_lock); !g) point("no");
        std::for_each(v_.begin(), v_.end(), [&](int) { std::lock_guard<std::mutex> g(mu_); point("each"); });
        point("last");
      }
    };
  )",
             withRealHeaders());
  EXPECT_EQ(A.mustHeldAt("scoped"), "mu_ two_");
  EXPECT_EQ(A.mustHeldAt("wait"), "mu_");
  EXPECT_EQ(A.mayHeldAt("out"), "");
  EXPECT_EQ(A.mustHeldAt("shared"), "rw_:shared");
  EXPECT_EQ(A.mustHeldAt("returned"), "mu_");
  EXPECT_EQ(A.mayHeldAt("after"), "");
  EXPECT_EQ(A.mustHeldAt("adopted"), "mu_ two_");
  EXPECT_EQ(A.mayHeldAt("end"), "");
  EXPECT_EQ(A.mustHeldAt("yes"), "mu_");
  EXPECT_EQ(A.mayHeldAt("no"), "");
  EXPECT_EQ(A.mustHeldAt("each"), "mu_");
  EXPECT_EQ(A.mayHeldAt("last"), "");
}

TEST(HeldLocks, RealPthread) {
  Analysis A(R"(
    #include <pthread.h>
    static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
    void f(void) {
      if (pthread_mutex_lock(&m)) return;
      point("in"); pthread_mutex_unlock(&m); point("after");
    }
  )",
             {"input.c", {"-std=c17"}, Points});
  EXPECT_EQ(A.mustHeldAt("in"), "m");
  EXPECT_EQ(A.mayHeldAt("after"), "");
}
