//===- TaskRacesTest.cpp - What tasks and spawners fight over -------------===//
// TaskRaces and OrderPoints on programs with the real headers, without clang-tidy.
// Text in, text out: "task=spawner x" for a task that writes what its spawner
// writes, "task-spawner x" where only one of them does.
//===----------------------------------------------------------------------===//
#include "PrecompiledHeaders.h"
#include "analysis/OrderPoints.h"
#include "analysis/TaskRaces.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

const char *const Headers = R"cpp(
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>
void use(int);
int make();
)cpp";

const PrecompiledHeaders &headers() {
  static const PrecompiledHeaders Once(Headers);
  return Once;
}

std::string races(const std::string &Code) {
  Analysis A(Code, headers().options());
  ReachedAccesses Reach(A.unit());
  std::string Result;
  for (const TaskRace &R : taskRaces(*A.function("f"), A.unit(), Reach)) {
    static const char *const Against[] = {"spawner", "other", "twin", "member"};
    bool Both = isWrite(R.InTask.What.Kind) && isWrite(R.There.What.Kind);
    Result += (Result.empty() ? "" : ", ") + std::string("task") +
              (Both ? "=" : "-") + Against[static_cast<int>(R.Against)] + " " +
              R.There.What.Path->str();
  }
  return Result;
}

/// A task with \p Task in a thread, then \p Spawner, then the join.
std::string during(const std::string &Locals, const std::string &Task,
                   const std::string &Spawner) {
  return races("void f() {" + Locals + "std::thread t([&] {" + Task + "});" +
               Spawner + "t.join(); }");
}

TEST(TaskRaces, Spawner) {
  EXPECT_EQ("task=spawner x", during("int x = 0;", "++x;", "++x;"));
  EXPECT_EQ("task-spawner x", during("int x = 0;", "use(x);", "++x;"));
  EXPECT_EQ("task-spawner x", during("int x = 0;", "x = 1;", "use(x);"));
  EXPECT_EQ("", during("int x = 0;", "use(x);", "use(x);"));
  EXPECT_EQ("", during("int x = 0; ++x;", "++x;", "t.join(); use(x); return;"));
  EXPECT_EQ("", during("std::atomic<int> x{0};", "++x;", "++x;"));
}

TEST(TaskRaces, Parts) {
  const char *Pair = "struct { int a, b; } p{}; auto q = p;";
  EXPECT_EQ("task-spawner p.a", during(Pair, "p.a = 1;", "use(p.a);"));
  EXPECT_EQ("", during(Pair, "p.a = 1;", "p.b = 1;"));
  EXPECT_EQ("task-spawner p", during(Pair, "p.a = 1;", "q = p;"));
  EXPECT_EQ("", during("int v[2];", "v[0] = 1;", "v[1] = 1;"));
  EXPECT_EQ("task=spawner v[0]", during("int v[2];", "v[0] = 1;", "v[0] = 1;"));
  EXPECT_EQ("task-spawner i",
            during("int i = make(), v[2];", "v[i] = 1;", "++i; v[i] = 1;"));
  EXPECT_EQ("task-spawner v", during("std::vector<int> v(2);", "use(v[0]);",
                                     "v.push_back(1);"));
  EXPECT_EQ("", during("std::vector<int> v(2);", "v[0] = 1;", "use(v.size());"));
}

TEST(TaskRaces, Pointers) {
  EXPECT_EQ("task=spawner p",
            races("void f(int *p) { std::thread t([p] { *p = 1; });"
                  "*p = 2; t.join(); }"));
  EXPECT_EQ("", races("void f(int *p, int *q) { std::thread t([p] { *p = 1; });"
                      "p = q; *p = 2; t.join(); }"));
  EXPECT_EQ("task=spawner x",
            races("void g(int *p) { *p = 1; } void f() { int x = 0;"
                  "std::thread t(g, &x); x = 2; t.join(); }"));
}

TEST(TaskRaces, Locks) {
  const char *Locals = "int x = 0; std::mutex a, b;";
  const char *Locked = "std::lock_guard<std::mutex> g(a); ++x;";
  EXPECT_EQ("", during(Locals, Locked, "a.lock(); ++x; a.unlock();"));
  EXPECT_EQ("task=spawner x", during(Locals, Locked, "++x;"));
  EXPECT_EQ("task=spawner x", during(Locals, Locked, "b.lock(); ++x; b.unlock();"));
}

TEST(TaskRaces, Order) {
  const char *Locals = "int x = 0; std::atomic<bool> done{false};";
  EXPECT_EQ("", during(Locals, "x = 1; done = true;", "if (done) use(x);"));
  EXPECT_EQ("", during(Locals, "while (!done) {} use(x);", "x = 1; done = true;"));
  EXPECT_EQ("task-spawner x",
            during(Locals, "while (!done) ++x;", "use(x); done = true;"));
}

TEST(TaskRaces, Tasks) {
  EXPECT_EQ("task=other x",
            races("void f() { int x = 0; std::thread a([&] { ++x; });"
                  "std::thread b([&] { ++x; }); a.join(); b.join(); }"));
  EXPECT_EQ("task=twin x",
            races("void f() { int x = 0; std::vector<std::jthread> all;"
                  "for (int i = 0; i < 4; ++i) all.emplace_back([&] { ++x; }); }"));
  EXPECT_EQ("", races("void f() { std::vector<int> v(4); std::vector<std::jthread> all;"
                      "for (int i = 0; i < 4; ++i)"
                      "  all.emplace_back([&, i] { v[i] = 1; }); }"));
  EXPECT_EQ("", races("void f() { int x = 0; std::vector<std::jthread> all;"
                      "for (int i = 0; i < 4; ++i)"
                      "  all.emplace_back([&, i] { if (i == 0) x = 1; }); }"));
}

TEST(OrderPoints, Kinds) {
  auto Kinds = [](const std::string &Code) {
    Analysis A(Code, headers().options());
    std::string Result;
    auto Nothing = [](const clang::FunctionDecl &) -> const FunctionOrder * {
      return nullptr;
    };
    for (const OrderPoint &P :
         orderIn(*A.function("f"), A.unit(), Nothing).Points)
      Result += "wtl"[static_cast<int>(P.Kind)];
    return Result;
  };
  EXPECT_EQ("", Kinds("void f(int x) { if (x) use(x); }"));
  EXPECT_EQ("w", Kinds("void f(std::thread &t) { t.join(); }"));
  EXPECT_EQ("w", Kinds("void waitForIt(); void f() { waitForIt(); }"));
  EXPECT_EQ("t", Kinds("void f(std::atomic<bool> &b) { if (b) use(1); }"));
  EXPECT_EQ("t", Kinds("void f(std::atomic<bool> &b) { while (!b) use(1); }"));
  EXPECT_EQ("l", Kinds("std::mutex mu; int n; void f() {"
                       "std::lock_guard<std::mutex> g(mu); if (n) use(1); }"));
}

} // namespace
