//===- EndlessWaitsTest.cpp - Tests of analysis/EndlessWaits --------------===//
// Which waits of a worker a shutdown does not end, without clang-tidy.
//===----------------------------------------------------------------------===//
#include "analysis/EndlessWaits.h"
#include "PrecompiledHeaders.h"
#include "clang/AST/Decl.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

const PrecompiledHeaders &headers() {
  static const PrecompiledHeaders Once(
      "#include <atomic>\n#include <condition_variable>\n#include <mutex>\n"
      "#include <queue>\n#include <thread>\n");
  return Once;
}

/// "kind" of each endless wait of a worker that runs Loop, with the flag that its
/// loop tests; Stop is what the destructor does before it joins.
std::string waits(const std::string &Loop, const std::string &Stop) {
  Analysis A("struct W {\n"
             "  std::mutex m; std::condition_variable cv; std::queue<int> q;\n"
             "  bool stop = false; std::thread t;\n"
             "  void start() { t = std::thread([this] { run(); }); }\n"
             "  void push(int n) { std::lock_guard<std::mutex> g(m);"
             "    q.push(n); cv.notify_one(); }\n"
             "  void run() { " +
                 Loop + " }\n  ~W() { " + Stop + " t.join(); }\n};\n",
             headers().options());
  static const char *const Kinds[] = {"condition", "semaphore", "receive", "pop"};
  std::string Result;
  for (const EndlessWait &W : endlessWaits(*A.function("W::start"), A.unit()))
    Result += (Result.empty() ? "" : " ") +
              std::string(Kinds[static_cast<unsigned>(W.What)]) +
              (W.Flag ? ":" + W.Flag->getNameAsString() : "");
  return Result;
}

const char *const SetStop =
    "{ std::lock_guard<std::mutex> g(m); stop = true; } cv.notify_all();";

} // namespace

TEST(EndlessWaits, NothingEndsTheLoop) {
  EXPECT_EQ(waits("while (true) { std::unique_lock<std::mutex> l(m);"
                  "cv.wait(l, [this] { return !q.empty(); }); q.pop(); }",
                  ""),
            "condition");
}

TEST(EndlessWaits, TheLoopTestsAFlagAndTheWaitDoesNot) {
  EXPECT_EQ(waits("while (!stop) { std::unique_lock<std::mutex> l(m);"
                  "cv.wait(l, [this] { return !q.empty(); }); q.pop(); }",
                  SetStop),
            "condition:stop");
}

TEST(EndlessWaits, TheWaitTestsIt) {
  EXPECT_EQ(waits("while (true) { std::unique_lock<std::mutex> l(m);"
                  "cv.wait(l, [this] { return stop || !q.empty(); });"
                  "if (stop) return; q.pop(); }",
                  SetStop),
            "");
}
