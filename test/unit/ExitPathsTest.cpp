//===- ExitPathsTest.cpp - Loops without a way out ------------------------===//
// What ExitPaths and FlagValues answer about the function `entry` of a program.
//===----------------------------------------------------------------------===//
#include "Analysis.h"
#include "analysis/ExitPaths.h"
#include "clang/Basic/SourceManager.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

/// "no", or the line of the loop, the calls that lead there, the flag.
std::string endless(llvm::StringRef Code, Options O = {},
                    Thrown Leaving = Thrown::Terminates) {
  Analysis A(Code, O);
  const EndlessLoop *Loop =
      A.unit().exitPaths().endlessLoop(A.function("entry"), Leaving);
  if (!Loop)
    return "no";
  const clang::SourceManager &SM = A.context().getSourceManager();
  std::string Result;
  for (const EndlessLoop::Step &Step : Loop->Calls)
    Result += Step.Callee->getNameAsString() + " ";
  Result += std::to_string(SM.getPresumedLineNumber(SM.getExpansionLoc(Loop->Loc)));
  if (!Loop->Always)
    Result += " perhaps";
  if (Loop->Unchanged)
    Result += " " + Loop->Unchanged->getNameAsString();
  return Result;
}
std::string caught(llvm::StringRef Code) {
  return endless(Code, {}, Thrown::IsCaught);
}
std::string kept(llvm::StringRef Code) {
  return endless(Code, {}, Thrown::IsKept);
}

TEST(ExitPaths, PlainLoops) {
  EXPECT_EQ("1", endless("void entry() { for (;;) unknown(); }"));
  EXPECT_EQ("1", endless("void entry() { while (true) unknown(); }"));
  EXPECT_EQ("1", endless("void entry() { do { unknown(); } while (1); }"));
  EXPECT_EQ("3", endless("void entry() {\nagain: unknown();\ngoto again; }"));
  EXPECT_EQ("1", endless("void entry() { for (int i = 0;; ++i) unknown(); }"));
  EXPECT_EQ("1", endless("void entry() { while (true) { unknown(); continue; } }"));
  EXPECT_EQ("no", endless("void entry() { unknown(); }"));
  EXPECT_EQ("no", endless("void entry() { for (int i = 0; i < 9; ++i) unknown(); }"));
  EXPECT_EQ("no", endless("void entry() { do { unknown(); } while (0); }"));
  EXPECT_EQ("1", endless("enum { forever = 1 }; void entry() { while (forever) unknown(); }"));
  EXPECT_EQ("1", endless("constexpr bool stop = false; void entry() { while (!stop) unknown(); }"));
}

TEST(ExitPaths, WaysOut) {
  EXPECT_EQ("no", endless("int x(); void entry() { for (;;) if (x()) return; }"));
  EXPECT_EQ("no", endless("int x(); void entry() { while (1) { if (x()) break; } }"));
  EXPECT_EQ("no", endless("int x(); void entry() { while (1) { switch (x()) { case 1: return; default: break; } } }"));
  EXPECT_EQ("1", endless("int x(); void entry() { while (1) { switch (x()) { case 1: break; default: continue; } } }"));
  EXPECT_EQ("no", endless("int x(); void entry() { for (;;) if (x()) exit(1); }"));
  EXPECT_EQ("no", endless("int x(); void entry() { for (;;) if (x()) std::terminate(); }"));
  EXPECT_EQ("no", endless("int x(); void entry() { for (;;) if (x()) goto out; out: unknown(); }"));
  EXPECT_EQ("no", endless("int x(); void entry() { do { unknown(); } while (!x()); }"));
  EXPECT_EQ("no", endless("[[noreturn]] void die(); int x(); void entry() { for (;;) if (x()) die(); }"));
  EXPECT_EQ("no", endless("[[noreturn]] void die(); void entry() { for (;;) die(); }"));
  // Of the outer loop only.
  EXPECT_EQ("1", endless("int x(); void entry() { for (;;) while (1) { if (x()) break; } }"));
  EXPECT_EQ("2 perhaps", endless("int x(); void entry() { while (x())\nfor (;;) unknown(); }"));
}

TEST(ExitPaths, SomePathsOnly) {
  EXPECT_EQ("2 perhaps", endless("int x(); void entry() { if (x()) return;\nfor (;;) unknown(); }"));
}

TEST(ExitPaths, AssertionsAreNoWayOut) {
  llvm::StringRef Assert = "extern \"C\" [[noreturn]] void __assert_fail(const char *);\n"
                           "#define assert(x) ((x) ? (void)0 : __assert_fail(#x))\n"
                           "extern \"C\" [[noreturn]] void stop();\n"
                           "#define MY_ASSERT(x) ((x) ? (void)0 : stop())\nint x();\n";
  EXPECT_EQ("6", endless((Assert + "void entry() { for (;;) assert(x()); }").str()));
  EXPECT_EQ("6", endless((Assert + "void entry() { for (;;) MY_ASSERT(x()); }").str()));
  EXPECT_EQ("no", endless((Assert + "void entry() { for (;;) if (!x()) stop(); }").str()));
}

TEST(ExitPaths, Callees) {
  EXPECT_EQ("serve 1", endless("void serve() { for (;;) unknown(); } void entry() { serve(); }"));
  EXPECT_EQ("serve 1", endless("void serve() { for (;;) unknown(); } void entry() { serve(); unknown(); }"));
  EXPECT_EQ("run serve 1", endless("void serve() { for (;;) unknown(); } void run() { unknown(); serve(); } void entry() { run(); }"));
  EXPECT_EQ("serve 1", endless("[[noreturn]] void serve() { for (;;) unknown(); } void entry() { serve(); }"));
  // Only if it is the last thing to do.
  EXPECT_EQ("serve 1 perhaps", endless("int x(); void serve() { if (x()) return; for (;;) unknown(); } void entry() { serve(); }"));
  EXPECT_EQ("serve 1 perhaps", endless("int x(); int serve() { if (x()) return 1; for (;;) unknown(); } void *entry() { serve(); return nullptr; }"));
  EXPECT_EQ("no", endless("int x(); void serve() { if (x()) return; for (;;) unknown(); } void entry() { serve(); unknown(); }"));
  EXPECT_EQ("no", endless("void serve(bool ever) { if (!ever) return; for (;;) unknown(); } void entry() { serve(false); }"));
  EXPECT_EQ("no", endless("int x(); void step() { if (x()) exit(1); } void entry() { for (;;) step(); }"));
  EXPECT_EQ("1", endless("void a(); void b() { a(); } void a() { b(); } void entry() { for (;;) a(); }"));
  EXPECT_EQ("no", endless("void entry() { entry(); }"));
  EXPECT_EQ("no", endless("struct B { virtual void serve() { for (;;) unknown(); } }; void entry(B *b) { b->serve(); }"));
}

TEST(ExitPaths, Exceptions) {
  llvm::StringRef Throws = "int x(); void entry() { for (;;) if (x()) throw 1; }";
  EXPECT_EQ("1", endless(Throws));
  EXPECT_EQ("no", kept(Throws));
  EXPECT_EQ("no", caught(Throws));
  llvm::StringRef Unseen = "void entry() { for (;;) unknown(); }";
  llvm::StringRef UnseenCpp = "void f(); void entry() { for (;;) f(); }";
  EXPECT_EQ("1", kept(Unseen));
  EXPECT_EQ("1", kept(UnseenCpp));
  EXPECT_EQ("no", caught(UnseenCpp));
  EXPECT_EQ("1", caught("int x(); void entry() noexcept { for (;;) if (x()) throw 1; }"));
  EXPECT_EQ("no", endless("void f(); void entry() { try { for (;;) f(); } catch (...) {} }"));
  EXPECT_EQ("no", endless("void f(); void entry() { try { for (;;) f(); } catch (int) {} }"));
  EXPECT_EQ("1", endless("void f(); void entry() { for (;;) try { f(); } catch (...) {} }"));
  EXPECT_EQ("1", endless("void f() noexcept; void entry() { try { for (;;) f(); } catch (...) {} }"));
  EXPECT_EQ("no", endless("void f(); void entry() { for (;;) try { f(); } catch (...) { break; } }"));
  EXPECT_EQ("1", endless("void f(); void entry() { for (;;) try { f(); } catch (...) { throw; } }"));
  EXPECT_EQ("no", endless("void f(); void serve() { for (;;) f(); } void entry() { try { serve(); } catch (...) {} }"));
  EXPECT_EQ("serve 1", endless("void f(); void serve() noexcept { for (;;) f(); } void entry() { try { serve(); } catch (...) {} }"));
  EXPECT_EQ("no", endless("void f(); void entry() try { for (;;) f(); } catch (...) {}"));
}

TEST(ExitPaths, FlagsThatNothingChanges) {
  EXPECT_EQ("1 run", endless("static bool run = true; void entry() { while (run) unknown(); }"));
  EXPECT_EQ("1 run", endless("bool run = true; void entry() { while (run) unknown(); }"));
  EXPECT_EQ("1 stop", endless("static bool stop; void entry() { while (!stop) unknown(); }"));
  EXPECT_EQ("1 stop", endless("static int stop; void entry() { while (stop == 0) unknown(); }"));
  EXPECT_EQ("1 stop", endless("static int stop; void entry() { for (;;) { if (stop) break; unknown(); } }"));
  EXPECT_EQ("1 stop", endless("static bool stop; void entry() { do unknown(); while (!stop); }"));
  EXPECT_EQ("1 run", endless("static bool run; void start() { run = true; } void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", endless("static bool run; void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", endless("static bool run = true; void stop() { run = false; } void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", endless("static bool run = true; void stop(bool b) { run = b; } void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", endless("static bool run = true; bool *p = &run; void g() { p = &run; } void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", endless("static bool run = true; void set(bool &); void g() { set(run); } void entry() { while (run) unknown(); }"));
  EXPECT_EQ("1 run", endless("static bool run = true; void see(const bool &); void g() { see(run); } void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", endless("static volatile bool run = true; void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", endless("extern bool run; void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", endless("void entry(bool run) { while (run) unknown(); }"));
  EXPECT_EQ("no", endless("void entry(bool *run) { while (*run) unknown(); }"));
  EXPECT_EQ("1 done", endless("void entry() { bool done = false; while (!done) unknown(); }"));
  EXPECT_EQ("no", endless("bool f(); void entry() { bool done = false; while (!done) done = f(); }"));
  EXPECT_EQ("no", endless("void f(bool &); void entry() { bool done = false; while (!done) f(done); }"));
  EXPECT_EQ("no", endless("void entry() { bool done = false; auto l = [&] { done = true; }; while (!done) l(); }"));
  EXPECT_EQ("no", endless("bool f(); static bool stop; void entry() { while (!stop && f()) unknown(); }"));
  EXPECT_EQ("1 stop", endless("bool f(); static bool stop; void entry() { while (!stop || f()) unknown(); }"));
}

TEST(ExitPaths, FlagsThatInitialisersGiveAway) {
  EXPECT_EQ("no", endless("static bool run = true; bool *table[] = {&run}; void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", endless("static bool run = true; namespace n { struct S { bool *p = &run; }; } void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", endless("static bool run = true; struct S { inline static bool &r = run; }; void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", endless("static bool run = true; void f(bool &b = run); void entry() { while (run) unknown(); } void g() { f(); }"));
  EXPECT_EQ("no", endless("struct S { bool a, run; }; void g(S &s) { auto &[a, r] = s; r = false; } void go(S &s) { s.run = true; } void entry(S *s) { while (s->run) unknown(); }"));
  EXPECT_EQ("no", endless("union U { bool run; int i; }; void go(U &s) { s.run = true; } void entry(U *s) { while (s->run) unknown(); }"));
  EXPECT_EQ("no", endless("struct S { bool run = true; }; bool S::*p = &S::run; void entry(S *s) { while (s->run) unknown(); }"));
}

TEST(ExitPaths, FlagsThatAreMembers) {
  EXPECT_EQ("1 run_", endless("struct S { void entry() { while (run_) unknown(); } bool run_ = true; }; void g() { S s; s.entry(); }"));
  EXPECT_EQ("no", endless("struct S { void entry() { while (run_) unknown(); } void stop() { run_ = false; } bool run_ = true; };"));
  EXPECT_EQ("no", endless("struct S { S(bool b) : run_(b) {} void entry() { while (run_) unknown(); } bool run_; };"));
  EXPECT_EQ("1 run_", endless("struct S { S() : run_(true) {} void entry() { while (run_) unknown(); } bool run_; };"));
  EXPECT_EQ("1 run_", endless("struct S { S() { run_ = true; } void entry() { while (run_) unknown(); } bool run_; };"));
  EXPECT_EQ("1 run_", endless("struct S { S() : run_(false) {} void start() { run_ = true; } void entry() { while (run_) unknown(); } bool run_; };"));
  EXPECT_EQ("no", endless("struct S { ~S() { run_ = false; } void entry() { while (run_) unknown(); } bool run_ = true; };"));
  EXPECT_EQ("no", endless("struct S { void entry() { while (run_) unknown(); } bool run_ = true; }; void f(S &s) { s.run_ = false; }"));
  EXPECT_EQ("no", endless("struct S { bool run = true; }; S made{false}; void entry(S *s) { while (s->run) unknown(); } void g() { S s{false}; entry(&s); }"));
}

TEST(ExitPaths, C) {
  EXPECT_EQ("1", endless("void *entry(void *p) { while (1) unknown(); }", inC()));
  EXPECT_EQ("1 run", endless("static int run = 1; void *entry(void *p) { while (run) unknown(); return 0; }", inC()));
  EXPECT_EQ("no", endless("static int run; void stop(void) { run = 0; } static int run = 1; void *entry(void *p) { while (run) unknown(); return 0; }", inC()));
  EXPECT_EQ("1 run", endless("static int run; void go(void) { run = 1; } static int run; void *entry(void *p) { while (run) unknown(); return 0; }", inC()));
  EXPECT_EQ("1 run", endless("struct c { int run; }; void go(struct c *c) { c->run = 1; } void *entry(void *p) { struct c *c = p; while (c->run) unknown(); return 0; }", inC()));
  EXPECT_EQ("no", endless("struct c { int run; }; void *entry(void *p) { struct c *c = p; while (c->run) unknown(); return 0; }", inC()));
  EXPECT_EQ("no", endless("_Noreturn void pthread_exit(void *); int x(void); void *entry(void *p) { while (1) if (x()) pthread_exit(0); }", inC()));
}

TEST(ExitPaths, Atomics) {
  llvm::StringRef Head = "#include <atomic>\n";
  auto Real = [&](llvm::StringRef Code) {
    return endless((Head + Code).str(), withRealHeaders());
  };
  EXPECT_EQ("2 run", Real("static std::atomic<bool> run{true}; void entry() { while (run) unknown(); }"));
  EXPECT_EQ("2 run", Real("static std::atomic<bool> run{true}; void entry() { while (run.load()) unknown(); }"));
  EXPECT_EQ("2 stop", Real("static std::atomic<int> stop{0}; void entry() { while (!stop.load(std::memory_order_relaxed)) unknown(); }"));
  EXPECT_EQ("2 run", Real("static std::atomic_bool run; void go() { run = true; run.store(true); } void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", Real("static std::atomic<bool> run{true}; void stop() { run = false; } void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", Real("static std::atomic<int> run{1}; void stop() { --run; } void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", Real("static std::atomic<bool> run{true}; void stop() { run.exchange(false); } void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", Real("bool f(); static std::atomic<bool> run{f()}; void entry() { while (!run) unknown(); }"));
  EXPECT_EQ("2 stop", Real("static std::atomic<bool> stop; void entry() { while (!stop) unknown(); }"));
  EXPECT_EQ("no", Real("std::atomic<bool> run{true}; void entry() { while (run) unknown(); }"));
  EXPECT_EQ("no", Real("static std::atomic<bool> run{true}; void f(std::atomic<bool> &); void g() { f(run); } void entry() { while (run) unknown(); }"));
  EXPECT_EQ("2 run_", Real("struct S { void entry() { while (run_) unknown(); } std::atomic<bool> run_{true}; };"));
  EXPECT_EQ("no", Real("struct S { void entry() { while (run_) unknown(); } void stop() { run_.store(false); } std::atomic<bool> run_{true}; };"));
}

} // namespace
