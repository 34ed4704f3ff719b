//===- LostWorkTest.cpp - Tests of analysis/LostWork ----------------------===//
// Which detached threads the end of main kills, without clang-tidy.
//===----------------------------------------------------------------------===//
#include "analysis/LostWork.h"
#include "PrecompiledHeaders.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

const PrecompiledHeaders &headers() {
  static const PrecompiledHeaders Once(
      "#include <chrono>\n#include <cstdio>\n#include <cstdlib>\n"
      "#include <future>\n#include <pthread.h>\n#include <thread>\n"
      "inline void save() { std::FILE *f = std::fopen(\"a\", \"w\");"
      "std::fputs(\"x\", f); std::fclose(f); }\n");
  return Once;
}

/// What each lost thread is: how it is detached, by a call in main or not, and
/// how main ends.
std::string lost(const std::string &Main, const std::string &Before = "") {
  Analysis A("void report() { std::FILE *f = std::fopen(\"b\", \"w\");"
             "std::fputs(\"y\", f); std::fclose(f); }\n" +
                 Before + "\nint main() {\n" + Main + "\n}\n",
             headers().options());
  std::string Result;
  for (const LostWork &W : lostWork(A.unit()))
    Result += (Result.empty() ? "" : " ") +
              std::string(W.Detach ? "detached" : "itself") +
              (W.Call ? ",called" : "") + (W.Sleep ? ",slept" : "") +
              (W.Exits ? ",exits" : "");
  return Result;
}

} // namespace

TEST(LostWork, DetachedAndLeft) {
  EXPECT_EQ(lost("std::thread(report).detach();"), "detached");
  EXPECT_EQ(lost("std::thread t(report); t.detach(); return 0;"), "detached");
  EXPECT_EQ(lost("std::thread t(report); t.join();"), "");
  EXPECT_EQ(lost("std::thread(report).detach(); std::exit(1);"),
            "detached,exits");
}

TEST(LostWork, ThroughAFunctionThatMainCalls) {
  EXPECT_EQ(lost("start();", "void start() { std::thread(report).detach(); }"),
            "detached,called");
}

TEST(LostWork, AThreadThatDetachesItself) {
  const std::string Entry = "void *entry(void *) { pthread_detach("
                            "pthread_self()); report(); return nullptr; }";
  EXPECT_EQ(lost("pthread_t t; pthread_create(&t, nullptr, entry, nullptr);",
                 Entry),
            "itself");
}

TEST(LostWork, SomethingWaits) {
  EXPECT_EQ(lost("std::promise<void> p; auto f = p.get_future();"
                 "std::thread([&] { report(); p.set_value(); }).detach();"
                 "f.wait();"),
            "");
  EXPECT_EQ(lost("std::thread(report).detach();"
                 "std::this_thread::sleep_for(std::chrono::seconds(1));"),
            "detached,slept");
  EXPECT_EQ(lost("std::thread(report).detach(); other();", "void other();"), "");
}
