//===- EventsTest.cpp - Functions as graphs of operations -------*- C++ -*-===//
// The events of small functions in the order of the graph, and what conditions
// say about the expression that they test.
//===----------------------------------------------------------------------===//
#include "analysis/Events.h"
#include "Analysis.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

const char *kindName(EventKind K) {
  switch (K) {
  case EventKind::Acquire:
    return "acquire";
  case EventKind::TryAcquire:
    return "try";
  case EventKind::Release:
    return "release";
  case EventKind::MayRelease:
    return "may-release";
  case EventKind::Take:
    return "take";
  case EventKind::Give:
    return "give";
  case EventKind::Assume:
    return "assume";
  case EventKind::GuardInit:
    return "guard";
  case EventKind::GuardEnd:
    return "end";
  case EventKind::GuardMove:
    return "move";
  case EventKind::Disown:
    return "disown";
  case EventKind::OwnsLock:
    return "owns";
  case EventKind::Block:
    return "block";
  case EventKind::CallBack:
    return "callback";
  case EventKind::Call:
    return "call";
  case EventKind::Assign:
    return "assign";
  case EventKind::Return:
    return "return";
  case EventKind::NoReturn:
    return "no-return";
  }
  return "?";
}

/// "guard(g: a) end(g)": the events of a function, returns and trivial
/// constructors left out.
std::string events(Analysis &A, llvm::StringRef Function = "f") {
  auto Graph = buildEvents(*A.function(Function), A.context(),
                           A.unit().models(), A.paths());
  if (!Graph)
    return "no graph";
  std::string Result;
  for (unsigned Block : Graph->Order)
    for (const Event &E : Graph->Blocks[Block].Events) {
      if (E.Kind == EventKind::Return ||
          (E.Kind == EventKind::Call && E.Callee && E.Callee->isTrivial()))
        continue;
      Result += std::string(Result.empty() ? "" : " ") + kindName(E.Kind);
      std::string Inside = E.Object ? E.Object->str() : "";
      if (E.From)
        Inside += "<" + E.From->str();
      for (size_t I = 0; I < E.Locks.size(); ++I)
        Inside += (I ? " " : Inside.empty() ? "" : ": ") + E.Locks[I]->str();
      if (E.Kind == EventKind::Call || E.Kind == EventKind::Block)
        Inside = E.Callee ? E.Callee->getNameAsString() : "";
      if (!Inside.empty())
        Result += "(" + Inside + ")";
    }
  return Result;
}

std::string eventsOf(llvm::StringRef Body) {
  Analysis A("std::mutex a, b; using Lock = std::unique_lock<std::mutex>;\n"
             "using Guard = std::lock_guard<std::mutex>; void use(Lock &); "
             "void visible() {}\n"
             "struct Plain { ~Plain() {} };\n"
             "void f(bool c, Lock &l) {\n" +
             Body.str() + "\n}");
  return events(A);
}

} // namespace

TEST(Events, LocksAndGuards) {
  EXPECT_EQ(eventsOf("a.lock(); a.unlock();"), "acquire(a) release(a)");
  EXPECT_EQ(eventsOf("Guard g(a);"), "guard(g: a) end(g)");
  EXPECT_EQ(eventsOf("Lock g(a, std::defer_lock); g.lock(); g.unlock();"),
            "guard(g: a) acquire(g: g) release(g: g) end(g)");
  EXPECT_EQ(eventsOf("Guard g(a, std::adopt_lock);"),
            "assume(g: a) guard(g: a) end(g)");
  EXPECT_EQ(eventsOf("std::scoped_lock<std::mutex, std::mutex> g(a, b);"),
            "guard(g: a b) end(g)");
  EXPECT_EQ(eventsOf("std::lock(a, b);"), "acquire(a b)");
  EXPECT_EQ(eventsOf("Lock g(a); Lock h(std::move(g));"),
            "guard(g: a) move(h<g) end(h) end(g)");
  EXPECT_EQ(eventsOf("l.release();"), "disown(l)");
}

TEST(Events, OrderOfDestruction) {
  EXPECT_EQ(eventsOf("Guard g(a); Guard h(b);"),
            "guard(g: a) guard(h: b) end(h) end(g)");
  EXPECT_EQ(eventsOf("Guard g(a); Plain p;"),
            "guard(g: a) call(~Plain) end(p) end(g)");
}

TEST(Events, Calls) {
  EXPECT_EQ(eventsOf("slow();"), "block(slow)");
  EXPECT_EQ(eventsOf("visible();"), "call(visible)");
  EXPECT_EQ(eventsOf("unknown();"), "");
  EXPECT_EQ(eventsOf("use(l);"), "may-release(l)");
  EXPECT_EQ(eventsOf("abort();").substr(0, 9), "no-return");
  EXPECT_EQ(eventsOf("[] {}();"), "call(operator())");
  EXPECT_EQ(eventsOf("std::thread t([] { a.lock(); });").find("acquire"),
            std::string::npos)
      << "runs later, elsewhere";
}

TEST(Events, EventsBehindNoReturnAreLeftOut) {
  EXPECT_EQ(eventsOf("a.lock(); abort(); a.unlock();").find("release"),
            std::string::npos);
}

TEST(Events, GraphShape) {
  Analysis A(R"(
    std::mutex a;
    void f(bool c) { if (c) a.lock(); else a.unlock(); }
    void loop(bool &c) { while (c) a.lock(); }
    void dead() { return; a.lock(); }
  )");
  auto Graph =
      buildEvents(*A.function("f"), A.context(), A.unit().models(), A.paths());
  ASSERT_TRUE(Graph);
  ASSERT_FALSE(Graph->Order.empty());
  EXPECT_EQ(Graph->Order.front(), Graph->Entry);
  EXPECT_EQ(Graph->Order.back(), Graph->Exit);
  bool Branch = false;
  for (unsigned Block : Graph->Order)
    Branch |= Graph->Blocks[Block].Successors.size() == 2 &&
              Graph->Blocks[Block].Branch.Tested;
  EXPECT_TRUE(Branch);
  EXPECT_EQ(events(A, "loop"), "acquire(a)");
  EXPECT_EQ(events(A, "dead"), "") << "unreachable";
}

TEST(Events, ThrowPoints) {
  Analysis A(R"(
    std::mutex a; void quiet() noexcept;
    void f() { try { a.lock(); unknown(); a.unlock(); } catch (...) {} }
    void g() { try { a.unlock(); quiet(); } catch (...) {} }
    void h() { a.lock(); unknown(); }
  )");
  // Those that a handler catches, and those that leave the function.
  auto Points = [&](const char *Name, bool Caught) {
    auto Graph = buildEvents(*A.function(Name), A.context(), A.unit().models(),
                             A.paths());
    unsigned Count = 0;
    for (const EventBlock &B : Graph->Blocks)
      for (const ThrowPoint &T : B.Throws)
        Count += (T.Handler >= 0) == Caught;
    return Count;
  };
  EXPECT_EQ(Points("f", true), 2u) << "lock() and the unknown call";
  EXPECT_EQ(Points("f", false), 0u);
  EXPECT_EQ(Points("g", true), 0u);
  EXPECT_EQ(Points("g", false), 0u);
  EXPECT_EQ(Points("h", true), 0u);
  EXPECT_EQ(Points("h", false), 2u) << "lock() and the unknown call";
}

TEST(Events, NoGraph) {
  Analysis A("void declared(); template <class T> void t(T x) { x(); }");
  EXPECT_FALSE(buildEvents(*A.function("declared"), A.context(),
                           A.unit().models(), A.paths()));
}

TEST(Events, Conditions) {
  Analysis A(R"(
    int n; bool b; int *p;
    void f() {
      look("plain", b); look("not", !b); look("twice", !!b); look("zero", n == 0);
      look("nonzero", n != 0); look("swapped", 0 == n); look("null", p == nullptr);
      look("true", b == true); look("false", b == false); look("minus", n == -1);
      look("assigned", (n = 3)); look("less", n < 0); look("both", n == n);
    }
  )");
  struct Expected {
    const char *Name;
    bool Tested, NonZero;
  };
  for (const Expected &E : {Expected{"plain", true, true},
                            {"not", true, false},
                            {"twice", true, true},
                            {"zero", true, false},
                            {"nonzero", true, true},
                            {"swapped", true, false},
                            {"null", true, false},
                            {"true", true, true},
                            {"false", true, false},
                            {"minus", true, true},
                            {"both", false, true}}) {
    Condition C = conditionOf(A.lookedAt(E.Name), A.context());
    EXPECT_EQ(C.Tested != nullptr, E.Tested) << E.Name;
    if (E.Tested) {
      EXPECT_EQ(C.TrueMeansNonZero, E.NonZero) << E.Name;
    }
    EXPECT_EQ(C.AgainstMinusOne, std::string(E.Name) == "minus") << E.Name;
  }
}

TEST(Events, RequiredLocks) {
  Analysis A(R"(
    struct __attribute__((capability("mutex"))) Mutex {};
    struct S { Mutex mu_, two_;
      void both() __attribute__((requires_capability(mu_, two_))) {}
      void shared() __attribute__((requires_shared_capability(mu_))) {}
      void none() {}
      void early() __attribute__((requires_capability(mu_))); };
    void S::early() {}
    void free(S &s) __attribute__((requires_capability(s.mu_))) {}
  )");
  auto Required = [&](const char *Name) {
    std::string Result;
    for (const RequiredLock &L : requiredLocks(*A.function(Name), A.paths()))
      Result += (Result.empty() ? "" : " ") + L.Path->str() +
                (L.Mode == LockMode::Shared ? ":shared" : "");
    return Result;
  };
  EXPECT_EQ(Required("both"), "mu_ two_");
  EXPECT_EQ(Required("shared"), "mu_:shared");
  EXPECT_EQ(Required("none"), "");
  EXPECT_EQ(Required("early"), "mu_");
  EXPECT_EQ(Required("free"), "s.mu_");
}

TEST(Events, Coroutines) {
  Analysis A(R"(
    #include <coroutine>
    struct Task { struct promise_type { Task get_return_object(); std::suspend_never initial_suspend();
      std::suspend_never final_suspend() noexcept; void return_void(); void unhandled_exception(); }; };
    struct Awaitable { bool await_ready(); void await_suspend(std::coroutine_handle<>); void await_resume(); };
    Task f() { co_await Awaitable(); }
  )",
             withRealHeaders());
  EXPECT_NE(events(A).find("block"), std::string::npos);
}
