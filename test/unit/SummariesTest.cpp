//===- SummariesTest.cpp - What functions do to their callers ---*- C++ -*-===//
// Acquires, releases, tries, ways of blocking, never-returns: of single
// functions, cycles and long chains.
//===----------------------------------------------------------------------===//
#include "Analysis.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

/// Sorted names; "?" behind those that are only maybe acquired.
std::string acquires(const Summary &S) {
  std::vector<std::string> Names;
  for (const HeldLock &H : S.Acquires)
    Names.push_back(H.Path->str() + (H.Must ? "" : "?"));
  std::sort(Names.begin(), Names.end());
  std::string Result;
  for (const std::string &N : Names)
    Result += (Result.empty() ? "" : " ") + N;
  return Result;
}

std::string names(llvm::ArrayRef<const LockPath *> Paths) {
  std::vector<std::string> Names;
  for (const LockPath *P : Paths)
    Names.push_back(P->isUnknown() ? "unknown" : P->str());
  std::sort(Names.begin(), Names.end());
  std::string Result;
  for (const std::string &N : Names)
    Result += (Result.empty() ? "" : " ") + N;
  return Result;
}

/// "f > g > slow": functions on the way, then what blocks.
std::string chain(const Step *Way) {
  std::string Result;
  for (; Way; Way = Way->Next) {
    Result += Way->In->getNameAsString() + " > ";
    if (!Way->Next)
      Result += Way->Callee ? Way->Callee->getNameAsString() : "co_await";
  }
  return Result;
}

std::string chains(const Summary &S) {
  std::string Result;
  for (const Step *Way : S.Blocks)
    Result += (Result.empty() ? "" : ", ") + chain(Way);
  return Result;
}

} // namespace

TEST(Summaries, AcquiresAndReleases) {
  Analysis A(R"(
    struct S {
      std::mutex mu_; int n;
      void enter() { mu_.lock(); }
      void leave() { mu_.unlock(); }
      void both() { mu_.lock(); n = 1; mu_.unlock(); }
      void guard() { std::lock_guard<std::mutex> g(mu_); n = 2; }
      void maybe(bool c) { if (c) mu_.lock(); }
      void pause() { mu_.unlock(); unknown(); mu_.lock(); }
    };
    void other(S &s, std::mutex *m) { s.mu_.lock(); m->lock(); }
    std::mutex global; void lockGlobal() { global.lock(); }
    void local() { std::mutex m; m.lock(); }
    void nothing() {}
  )");
  EXPECT_EQ(acquires(A.summary("enter")), "mu_");
  EXPECT_EQ(names(A.summary("enter").Releases), "");
  EXPECT_EQ(names(A.summary("leave").Releases), "mu_");
  EXPECT_EQ(acquires(A.summary("leave")), "");
  EXPECT_EQ(acquires(A.summary("both")), "");
  EXPECT_EQ(names(A.summary("both").Releases), "");
  EXPECT_EQ(acquires(A.summary("guard")), "");
  EXPECT_EQ(names(A.summary("guard").Releases), "");
  EXPECT_EQ(acquires(A.summary("maybe")), "mu_?");
  EXPECT_EQ(names(A.summary("pause").Releases), "") << "taken back";
  EXPECT_EQ(acquires(A.summary("pause")), "");
  EXPECT_EQ(acquires(A.summary("other")), "m s.mu_");
  EXPECT_EQ(acquires(A.summary("lockGlobal")), "global");
  EXPECT_TRUE(A.summary("nothing").Known);
}

TEST(Summaries, UnknownBodies) {
  Analysis A(R"(
    void declared();
    struct V { virtual void f(); virtual ~V(); };
    void callsVirtual(V &v) { v.f(); }
    void callsPointer(void (*p)()) { p(); }
  )");
  EXPECT_FALSE(A.summary("declared").Known);
  EXPECT_TRUE(A.summary("callsVirtual").Known);
  EXPECT_EQ(chains(A.summary("callsVirtual")), "");
  EXPECT_EQ(chains(A.summary("callsPointer")), "");
}

TEST(Summaries, VirtualCalls) {
  Analysis A(R"(
    struct Base { virtual void f() { slow(); } virtual ~Base() {} };
    struct Final final : Base { void f() override { slow(); } };
    void through(Base &b) { b.f(); }
    void pointer(Base *b) { b->f(); }
    void qualified(Base &b) { b.Base::f(); }
    void exact(Final &x) { x.f(); }
    void value() { Base b; b.f(); }
  )");
  EXPECT_EQ(chains(A.summary("through")), "") << "unknown is not yes";
  EXPECT_EQ(chains(A.summary("pointer")), "");
  EXPECT_EQ(chains(A.summary("qualified")), "qualified > f > slow");
  EXPECT_EQ(chains(A.summary("exact")), "exact > f > slow");
  EXPECT_EQ(chains(A.summary("value")), "value > f > slow");
}

TEST(Summaries, BlockingChains) {
  Analysis A(R"(
    void a() { slow(); }
    void b() { a(); }
    void c() { b(); }
    void shortest(bool x) { if (x) c(); a(); }
    void direct() { c(); slow(); }
    void later();
    void early() { later(); }
    void later() { slow(); }
    void never() { if (false) slow(); }
  )");
  EXPECT_EQ(chains(A.summary("a")), "a > slow");
  EXPECT_EQ(chains(A.summary("c")), "c > b > a > slow");
  EXPECT_EQ(A.summary("a").Blocks.front()->Depth, 0u);
  EXPECT_EQ(A.summary("c").Blocks.front()->Depth, 2u);
  EXPECT_EQ(chains(A.summary("shortest")), "shortest > a > slow");
  EXPECT_EQ(chains(A.summary("direct")), "direct > slow") << "shortest first";
  EXPECT_EQ(chains(A.summary("early")), "early > later > slow");
  EXPECT_EQ(chains(A.summary("never")), "");
}

TEST(Summaries, OneChainForEachCategory) {
  Options O;
  O.Prelude += "extern \"C\" int fsync(int);\n";
  Analysis A(R"(
    void f() { slow(); fsync(1); std::this_thread::sleep_for(std::chrono::seconds(1)); }
  )",
             O);
  EXPECT_EQ(chains(A.summary("f")), "f > slow, f > fsync, f > sleep_for");
}

TEST(Summaries, Destructors) {
  Analysis A(R"(
    struct Closer { ~Closer() { slow(); } };
    struct Member { Closer c; };
    struct Derived : Closer {};
    void local() { Closer c; }
    void temporary() { Closer(); }
    void member() { Member m; }
    void derived() { Derived d; }
    void deleted(Closer *c) { delete c; }
    void pointer(Closer *c) {}
  )");
  EXPECT_EQ(chains(A.summary("local")), "local > ~Closer > slow");
  EXPECT_EQ(chains(A.summary("temporary")), "temporary > ~Closer > slow");
  EXPECT_EQ(chains(A.summary("member")), "member > ~Member > ~Closer > slow");
  EXPECT_EQ(chains(A.summary("derived")),
            "derived > ~Derived > ~Closer > slow");
  EXPECT_EQ(chains(A.summary("deleted")), "deleted > ~Closer > slow");
  EXPECT_EQ(chains(A.summary("pointer")), "");
}

TEST(Summaries, ConstructorsAndOperators) {
  Analysis A(R"(
    struct Opener { Opener() { slow(); } };
    struct Has { Opener o; };
    struct Functor { void operator()() const { slow(); } operator bool() const { slow(); return true; } };
    void construct() { Opener o; }
    void onHeap() { new Opener; }
    void member() { Has h; }
    void functor(Functor &f) { f(); }
    void conversion(Functor &f) { if (f) {} }
    void lambda() { auto l = [] { slow(); }; l(); }
    void lambdaLater() { auto l = [] { slow(); }; }
  )");
  EXPECT_EQ(chains(A.summary("construct")), "construct > Opener > slow");
  EXPECT_EQ(chains(A.summary("onHeap")), "onHeap > Opener > slow");
  EXPECT_EQ(chains(A.summary("member")), "member > Has > Opener > slow");
  EXPECT_EQ(chains(A.summary("functor")), "functor > operator() > slow");
  EXPECT_EQ(chains(A.summary("conversion")),
            "conversion > operator bool > slow");
  EXPECT_EQ(chains(A.summary("lambda")), "lambda > operator() > slow");
  EXPECT_EQ(chains(A.summary("lambdaLater")), "");
}

TEST(Summaries, ReleasedBeforeItBlocks) {
  Analysis A(R"(
    struct S {
      std::mutex mu_; std::condition_variable cv_;
      void drop() { mu_.unlock(); slow(); mu_.lock(); }
      void viaDrop() { drop(); }
      void wait(std::unique_lock<std::mutex> &l) { cv_.wait(l); }
    };
    void outer(S &s) { s.drop(); }
    void sleeps(S &s) { std::unique_lock<std::mutex> g(s.mu_); s.wait(g); }
  )");
  ASSERT_EQ(A.summary("drop").Blocks.size(), 1u);
  EXPECT_EQ(names(A.summary("drop").Blocks.front()->Released), "mu_");
  EXPECT_EQ(names(A.summary("viaDrop").Blocks.front()->Released), "mu_");
  EXPECT_EQ(names(A.summary("outer").Blocks.front()->Released), "s.mu_");
  ASSERT_EQ(A.summary("wait").Blocks.size(), 1u);
  EXPECT_EQ(names(A.summary("wait").Blocks.front()->Released), "l");
  ASSERT_EQ(A.summary("sleeps").Blocks.size(), 1u);
  EXPECT_EQ(names(A.summary("sleeps").Blocks.front()->Released), "s.mu_");
}

TEST(Summaries, Requires) {
  Analysis A(R"(
    struct __attribute__((capability("mutex"))) Mutex { void Lock() __attribute__((acquire_capability())); };
    struct S { Mutex mu_; void f() __attribute__((requires_capability(mu_))) { slow(); } };
    void outer(S &s) { s.f(); }
  )");
  ASSERT_EQ(A.summary("S::f").Blocks.size(), 1u);
  EXPECT_EQ(names(A.summary("S::f").Blocks.front()->Required), "mu_");
  EXPECT_EQ(names(A.summary("outer").Blocks.front()->Required), "s.mu_");
  EXPECT_EQ(acquires(A.summary("S::f")), "") << "held before";
}

TEST(Summaries, NeverReturns) {
  Analysis A(R"(
    void die() { unknown(); abort(); }
    void dieLater() { die(); }
    void forever() { for (;;) unknown(); }
    void until(bool &c) { for (;;) { if (c) break; } }
    void always() { throw 1; }
    void caught() { try { throw 1; } catch (...) {} }
    void some(bool c) { if (c) die(); }
    void both(bool c) { if (c) die(); else throw 1; }
    void returns() {}
    void loops(bool &c) { while (!c) {} }
  )");
  for (const char *Name : {"die", "dieLater", "forever", "always", "both"})
    EXPECT_TRUE(A.summary(Name).NeverReturns) << Name;
  for (const char *Name : {"until", "caught", "some", "returns", "loops"})
    EXPECT_FALSE(A.summary(Name).NeverReturns) << Name;
}

TEST(Summaries, Recursion) {
  Analysis A(R"(
    void down(int n) { if (n) down(n - 1); slow(); }
    void even(int n); void odd(int n) { if (n) even(n - 1); }
    void even(int n) { if (n) odd(n - 1); slow(); }
    struct S { std::mutex mu_;
      void rec(int n) { mu_.lock(); if (n) { mu_.unlock(); rec(n - 1); return; } }
      void walk(int n) { std::lock_guard<std::mutex> g(mu_); if (n) step(n - 1); }
      void step(int n) { walk(n); } };
    void endless() { endless(); }
    void ping(); void pong() { ping(); } void ping() { pong(); }
  )");
  EXPECT_EQ(chains(A.summary("down")), "down > slow");
  EXPECT_EQ(chains(A.summary("even")), "even > slow");
  EXPECT_EQ(chains(A.summary("odd")), "odd > even > slow");
  EXPECT_EQ(acquires(A.summary("rec")), "mu_?") << "in a cycle doubt remains";
  EXPECT_EQ(acquires(A.summary("walk")), "");
  EXPECT_EQ(names(A.summary("walk").Releases), "");
  EXPECT_TRUE(A.summary("endless").Known);
  EXPECT_TRUE(A.summary("ping").Known);
}

TEST(Summaries, OrderOfAskingDoesNotMatter) {
  constexpr const char *Code = R"(
    void a(int); void b(int n) { if (n) a(n); slow(); } void a(int n) { b(n); }
    void c(int n) { a(n); } std::mutex m; void d(int n) { m.lock(); c(n); }
  )";
  const char *Names[] = {"a", "b", "c", "d"};
  std::vector<std::string> Forward, Backward;
  Analysis One(Code), Two(Code);
  for (int I = 0; I < 4; ++I)
    Forward.push_back(chains(One.summary(Names[I])) +
                      acquires(One.summary(Names[I])));
  for (int I = 3; I >= 0; --I)
    Backward.insert(Backward.begin(), chains(Two.summary(Names[I])) +
                                          acquires(Two.summary(Names[I])));
  EXPECT_EQ(Forward, Backward);
}

TEST(Summaries, Tries) {
  Analysis A(R"(
    struct S { std::mutex mu_;
      bool attempt() { return mu_.try_lock(); }
      int zero() { return mu_.try_lock() ? 0 : 1; }
      bool steps() { if (!mu_.try_lock()) return false; unknown(); return true; }
      bool always() { mu_.lock(); return true; } };
  )");
  ASSERT_EQ(A.summary("attempt").Tries.size(), 1u);
  EXPECT_TRUE(A.summary("attempt").Tries[0].Success == SuccessWhen::True);
  EXPECT_EQ(names(A.summary("attempt").Tries[0].Locks), "mu_");
  ASSERT_EQ(A.summary("steps").Tries.size(), 1u);
  EXPECT_EQ(A.summary("always").Tries.size(), 0u);
  EXPECT_EQ(acquires(A.summary("always")), "mu_");
}

TEST(Summaries, ReturnedGuards) {
  Analysis A(R"(
    struct S { std::mutex mu_;
      std::unique_lock<std::mutex> get() { return std::unique_lock<std::mutex>(mu_); }
      void takes(std::unique_lock<std::mutex> l) { unknown(); } };
    void f(S &s) { s.takes(s.get()); point("after"); }
    void g(S &s) { std::unique_lock<std::mutex> l(s.mu_); s.takes(std::move(l)); point("given"); }
  )");
  const Summary &S = A.summary("get");
  ASSERT_EQ(S.Guards.size(), 1u);
  EXPECT_EQ(S.Guards[0].Object, returnedValue(A.paths()));
  EXPECT_EQ(names(S.Guards[0].Locks), "mu_");
  EXPECT_TRUE(S.Guards[0].Owns == GuardState::Yes);
  EXPECT_EQ(A.mustHeldAt("after"), "");
  EXPECT_EQ(A.mustHeldAt("given"), "");
}

TEST(Summaries, LongChain) {
  std::string Code = "void f0() { slow(); }\n";
  for (int I = 1; I <= 1000; ++I)
    Code += "void f" + std::to_string(I) + "() { f" + std::to_string(I - 1) +
            "(); }\n";
  Analysis A(Code);
  const Summary &S = A.summary("f1000");
  ASSERT_EQ(S.Blocks.size(), 1u);
  EXPECT_EQ(S.Blocks.front()->Depth, 1000u);
}

TEST(Summaries, LongChainOfLocks) {
  std::string Code = "std::mutex m;\nvoid f0() { m.lock(); }\n";
  for (int I = 1; I <= 1000; ++I)
    Code += "void f" + std::to_string(I) + "() { f" + std::to_string(I - 1) +
            "(); }\n";
  Code += "void last() { f1000(); point(\"p\"); }\n";
  Analysis A(Code);
  EXPECT_EQ(A.mustHeldAt("p"), "m");
}

TEST(Summaries, LargeCycle) {
  std::string Code;
  for (int I = 0; I < 300; ++I)
    Code += "void f" + std::to_string(I) + "(int);\n";
  for (int I = 0; I < 300; ++I)
    Code += "void f" + std::to_string(I) + "(int n) { if (n) f" +
            std::to_string((I + 1) % 300) + "(n - 1); slow(); }\n";
  Analysis A(Code);
  EXPECT_EQ(chains(A.summary("f7")), "f7 > slow");
}

// Only the last function of the cycle blocks; the fact must travel all the way.
TEST(Summaries, FactTravelsThroughALargeCycle) {
  std::string Code;
  for (int I = 0; I < 20; ++I)
    Code += "void f" + std::to_string(I) + "(int);\n";
  for (int I = 0; I < 20; ++I)
    Code += "void f" + std::to_string(I) + "(int n) { if (n) f" +
            std::to_string((I + 1) % 20) + "(n - 1); " +
            (I == 13 ? "slow();" : "") + " }\n";
  Analysis A(Code);
  for (int I = 0; I < 20; ++I)
    EXPECT_EQ(A.summary("f" + std::to_string(I)).Blocks.size(), 1u) << I;
}

namespace {

/// "f > g locks mu_", "?" behind what is left to the caller.
std::string locks(const Summary &S) {
  std::string Result;
  for (const Step *Way : S.Locks) {
    Result += Result.empty() ? "" : ", ";
    for (const Step *Inner = Way; Inner; Inner = Inner->Next)
      Result += Inner->In->getNameAsString() + (Inner->Next ? " > " : " locks ");
    Result += Way->Object->str();
    Result += Way->Mode == LockMode::Shared ? ":shared" : "";
    Result += Way->CallerDecides ? "?" : "";
  }
  return Result;
}

} // namespace

TEST(Summaries, LocksOnTheWay) {
  Analysis A(R"(
    struct S {
      std::mutex mu_; int n;
      void inner() { std::lock_guard<std::mutex> g(mu_); ++n; }
      void outer() { inner(); }
      void other(S &s) { s.outer(); }
      void tries() { if (mu_.try_lock()) mu_.unlock(); }
      void asked(bool locked) { if (!locked) mu_.lock(); ++n; if (!locked) mu_.unlock(); }
      void early(int *p) { if (!p) return; mu_.lock(); mu_.unlock(); }
    };
    void local() { std::mutex m; m.lock(); m.unlock(); }
    void taken(std::mutex &a, std::mutex &b) { a.lock(); b.lock(); b.unlock(); a.unlock(); }
    S s1, s2;
    void global() { s1.other(s2); }
  )");
  EXPECT_EQ(locks(A.summary("inner")), "inner locks mu_");
  EXPECT_EQ(locks(A.summary("outer")), "outer > inner locks mu_");
  EXPECT_EQ(locks(A.summary("other")), "other > outer > inner locks s.mu_");
  EXPECT_EQ(locks(A.summary("tries")), "") << "a try does not wait";
  EXPECT_EQ(locks(A.summary("asked")), "asked locks mu_?");
  EXPECT_EQ(locks(A.summary("early")), "early locks mu_") << "a null test is no choice";
  EXPECT_EQ(locks(A.summary("global")),
            "global > other > outer > inner locks s2.mu_");
  const Summary &Taken = A.summary("taken");
  ASSERT_EQ(Taken.Locks.size(), 2u);
  EXPECT_TRUE(Taken.Locks[0]->Under.empty());
  EXPECT_EQ(names(Taken.Locks[1]->Under), "a");
}

TEST(Summaries, LocksOfAConditionWait) {
  Analysis A(R"(
    struct S {
      std::mutex mu_; std::condition_variable cv_;
      void wait(std::unique_lock<std::mutex> &l) { cv_.wait(l); }
      void both() { std::unique_lock<std::mutex> l(mu_); wait(l); }
    };
  )");
  const Summary &S = A.summary("both");
  EXPECT_EQ(locks(S), "both locks mu_, both > wait locks mu_");
  ASSERT_EQ(S.Locks.size(), 2u);
  EXPECT_EQ(names(S.Locks[1]->Released), "mu_") << "given back first";
}
