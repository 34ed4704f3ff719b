//===- TasksTest.cpp - Spawns, captures, handles, lives -------------------===//
// Tasks and TaskLifetimes on programs with the real headers, without clang-tidy.
//===----------------------------------------------------------------------===//
#include "PrecompiledHeaders.h"
#include "analysis/TaskLifetimes.h"
#include "analysis/Tasks.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

const char *const Headers = R"cpp(
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <thread>
#include <vector>
void use(int &);
void text(std::string_view);
)cpp";

const PrecompiledHeaders &headers() {
  static const PrecompiledHeaders Once(Headers);
  return Once;
}

/// The tasks of function f in a program.
class TasksOf {
public:
  explicit TasksOf(const std::string &Code)
      : A(Code, headers().options()) {}

  llvm::ArrayRef<Task> all() { return A.unit().tasks().of(A.function("f")); }

  /// "entry <- handle: captures" of each task, a line each.
  std::string str() {
    std::string Result;
    for (const Task &T : all())
      Result += entry(T) + " <- " + handle(T) + ":" + captures(T) + "\n";
    return Result;
  }

  /// The variables that tasks outlive, in the order of the source.
  std::string outlived() {
    std::string Result;
    for (const OutlivedCapture &O : outlivedCaptures(*A.function("f"), A.unit()))
      Result += (Result.empty() ? "" : " ") + O.C->Var->getNameAsString();
    return Result;
  }

private:
  static std::string entry(const Task &T) {
    if (!T.Entry)
      return "?";
    return T.Lambda ? "lambda" : T.Entry->getNameAsString();
  }
  static std::string handle(const Task &T) {
    std::string Name = T.IsReturned              ? "returned"
                       : !T.Handle               ? "nobody"
                       : T.Handle->isUnknown()   ? "somebody"
                                                 : T.Handle->str();
    return T.Detach ? Name + " (detached)" : T.Join ? Name + " (joined)" : Name;
  }
  static std::string captures(const Task &T) {
    static const char *const Kinds[] = {"=", "&", "*", "this"};
    std::string Result;
    for (const Capture &C : T.Captures)
      Result += std::string(" ") + Kinds[static_cast<int>(C.Kind)] +
                (C.Var ? C.Var->getNameAsString() : "");
    return Result;
  }

  Analysis A;
};

std::string tasks(const std::string &Code) { return TasksOf(Code).str(); }
std::string outlived(const std::string &Code) {
  return TasksOf(Code).outlived();
}

TEST(TasksTest, Callables) {
  EXPECT_EQ("lambda <- t:\n", tasks("void f() { std::thread t([] {}); }"));
  EXPECT_EQ("g <- t:\n", tasks("void g() {} void f() { std::thread t(g); }"));
  EXPECT_EQ("g <- t:\n", tasks("void g() {} void f() { std::thread t(&g); }"));
  EXPECT_EQ("? <- t:\n", tasks("void g(); void f() { std::thread t(g); }"));
  EXPECT_EQ("run <- t: *w\n", tasks("struct W { void run() {} };"
                                    "void f() { W w; std::thread t(&W::run, &w); }"));
  EXPECT_EQ("? <- t: *w\n",
            tasks("struct W { virtual void run() {} };"
                  "void f() { W w; std::thread t(&W::run, &w); }"));
  EXPECT_EQ("operator() <- t:\n",
            tasks("struct W { void operator()() {} };"
                  "void f() { std::thread t(W{}); }"));
  EXPECT_EQ("g <- t: &x\n",
            tasks("void g(int &) {} void f() { int x = 0;"
                  "std::thread t(std::bind(g, std::ref(x))); }"));
  EXPECT_EQ("lambda <- t: &x\n",
            tasks("void f() { int x = 0; auto l = [&x] { use(x); };"
                  "std::thread t(l); }"));
  EXPECT_EQ("lambda <- t: &x\n",
            tasks("void f() { int x = 0; std::function<void()> l = [&] { use(x); };"
                  "std::thread t(std::move(l)); }"));
  EXPECT_EQ("? <- t:\n",
            tasks("void f(std::function<void()> g) { std::thread t(g); }"));
  EXPECT_EQ("lambda <- t:\n", tasks("void f() { std::thread t([](auto) {}, 1); }"));
}

TEST(TasksTest, Captures) {
  EXPECT_EQ("lambda <- t: &x =y\n",
            tasks("void f() { int x = 0, y = 0;"
                  "std::thread t([&x, y] { use(x); (void)y; }); }"));
  EXPECT_EQ("lambda <- t: *s\n",
            tasks("void f() { std::string s; std::thread t("
                  "[v = std::string_view(s)] { text(v); }); }"));
  EXPECT_EQ("lambda <- t: *x\n",
            tasks("void f() { int x = 0; int *p = &x;"
                  "std::thread t([p] { use(*p); }); }"));
  EXPECT_EQ("lambda <- t: =p\n",
            tasks("void f(int *p) { std::thread t([p] { use(*p); }); }"));
  EXPECT_EQ("lambda <- t: &x\n",
            tasks("void f() { int x = 0; int &r = x;"
                  "std::thread t([&r] { use(r); }); }"));
  EXPECT_EQ("lambda <- t:\n",
            tasks("void f(int &r) { std::thread t([&r] { use(r); }); }"));
  EXPECT_EQ("lambda <- t: &s\n",
            tasks("void f(const std::string &s) { std::thread t([&] { text(s); }); }"));
  EXPECT_EQ("lambda <- t:\n",
            tasks("void f() { static int x = 0; std::thread t([&] { use(x); }); }"));
  EXPECT_EQ("lambda <- t: &b\n",
            tasks("void f() { auto [a, c] = std::pair(1, 2); int b = a + c;"
                  "std::thread t([&] { use(b); }); }"));
}

TEST(TasksTest, Handles) {
  EXPECT_EQ("lambda <- nobody (detached):\n",
            tasks("void f() { std::thread([] {}).detach(); }"));
  EXPECT_EQ("lambda <- nobody (joined):\n",
            tasks("void f() { std::async(std::launch::async, [] {}).get(); }"));
  EXPECT_EQ("lambda <- v:\n",
            tasks("void f() { std::vector<std::thread> v; v.emplace_back([] {}); }"));
  EXPECT_EQ("lambda <- v:\n",
            tasks("void f() { std::vector<std::thread> v; v.push_back(std::thread([] {})); }"));
  EXPECT_EQ("lambda <- m:\n",
            tasks("void f() { std::map<int, std::thread> m; m.emplace(1, [] {}); }"));
  EXPECT_EQ("lambda <- p:\n",
            tasks("void f() { auto p = std::make_unique<std::thread>([] {}); }"));
  EXPECT_EQ("lambda <- o:\n",
            tasks("void f() { std::optional<std::jthread> o; o.emplace([] {}); }"));
  EXPECT_EQ("lambda <- t (joined):\n",
            tasks("void f() { std::thread t; t = std::thread([] {}); t.join(); }"));
  EXPECT_EQ("lambda <- returned:\n",
            tasks("std::thread f() { return std::thread([] {}); }"));
  EXPECT_EQ("", tasks("void f() { std::vector<int> v; v.emplace_back(1); }"));
  EXPECT_EQ("", tasks("void f(std::thread u) { std::thread t(std::move(u)); t.join(); }"));
}

TEST(TasksTest, ExecutorsByShape) {
  const std::string Pool = "struct Pool { std::queue<std::function<void()>> q;"
                           "void submit(std::function<void()> g) { q.push(std::move(g)); }"
                           "template <class F> auto enqueue(F &&g) {"
                           "  auto t = std::make_shared<std::packaged_task<void()>>(std::forward<F>(g));"
                           "  auto r = t->get_future(); q.emplace([t] { (*t)(); }); return r; }"
                           "void execute(std::function<void()> g) { g(); }"
                           "void invoke(std::function<void()> g) { q.push(g); } };";
  EXPECT_EQ("lambda <- nobody:\n", tasks(Pool + "void f(Pool &p) { p.submit([] {}); }"));
  EXPECT_EQ("lambda <- r:\n", tasks(Pool + "void f(Pool &p) { auto r = p.enqueue([] {}); }"));
  EXPECT_EQ("", tasks(Pool + "void f(Pool &p) { p.execute([] {}); }"));
  EXPECT_EQ("", tasks(Pool + "void f(Pool &p) { p.invoke([] {}); }"));
}

TEST(TaskLifetimesTest, Paths) {
  const std::string Spawn = "int x = 0; std::thread t([&] { use(x); });";
  EXPECT_EQ("", outlived("void f() {" + Spawn + "t.join(); }"));
  EXPECT_EQ("x", outlived("void f() {" + Spawn + "t.detach(); }"));
  EXPECT_EQ("x", outlived("void f(bool b) {" + Spawn + "if (b) t.join(); }"));
  EXPECT_EQ("", outlived("void f(bool b) {" + Spawn + "if (b) { t.join(); return; } t.join(); }"));
  EXPECT_EQ("", outlived("void f(bool b) {" + Spawn + "while (b) b = false; t.join(); }"));
  EXPECT_EQ("x", outlived("void f(bool b) {" + Spawn + "if (b) goto end; t.join(); end:; }"));
  EXPECT_EQ("", outlived("void f(bool b) {" + Spawn + "if (b) exit(1); t.join(); }"));
}

TEST(TaskLifetimesTest, ExceptionsLeaveTheFunction) {
  const std::string Code =
      "struct Q { std::vector<std::function<void()>> v; void wait();"
      "  void post(std::function<void()> g) { v.push_back(g); } };"
      "void bad(int n) { if (n) throw n; } void good() noexcept;"
      "void f(Q &q) { int x = 0; q.post([&] { use(x); }); ";
  EXPECT_EQ("", outlived(Code + "q.wait(); }"));
  EXPECT_EQ("x", outlived(Code + "bad(1); q.wait(); }"));
  EXPECT_EQ("x", outlived(Code + "std::stoi(\"1\"); q.wait(); }"));
  EXPECT_EQ("", outlived(Code + "good(); q.wait(); }"));
  EXPECT_EQ("", outlived(Code + "try { bad(1); } catch (...) {} q.wait(); }"));
}

TEST(TaskLifetimesTest, OrderOfDestruction) {
  EXPECT_EQ("", outlived("void f() { int x = 0; std::jthread t([&] { use(x); }); }"));
  EXPECT_EQ("x", outlived("void f() { std::jthread t; int x = 0;"
                          "t = std::jthread([&] { use(x); }); }"));
  EXPECT_EQ("s", outlived("void f() { std::jthread t; std::string s;"
                          "t = std::jthread([&] { text(s); }); }"));
}

TEST(TaskLifetimesTest, BrokenAndLargeCode) {
  std::string Code = "void f() { int x = 0; std::thread t([&] { use(x); });";
  for (int I = 0; I < 3000; ++I)
    Code += "if (x == " + std::to_string(I) + ") ++x;";
  EXPECT_EQ("", outlived(Code + "t.join(); }"));
}

} // namespace
