//===- BlockingCallsTest.cpp - Which calls wait, and how long ---*- C++ -*-===//
// One call in each function; the answer is the Block event of its graph, or
// none. The models are the built-in ones.
//===----------------------------------------------------------------------===//
#include "Analysis.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

/// The ways in which the function f blocks: "file", "sleep<=100" …
std::string blocks(Analysis &A, llvm::StringRef Function = "f") {
  std::string Result;
  for (const Step *Way : A.summary(Function).Blocks) {
    Result += Result.empty() ? "" : " ";
    Result += categoryName(Way->Blocks.Why).str();
    if (Way->Blocks.BoundMs)
      Result += "<=" + std::to_string(*Way->Blocks.BoundMs);
    if (Way->Blocks.OnDescriptor)
      Result += "(fd)";
  }
  return Result;
}

constexpr const char *System = R"cpp(
extern "C" {
typedef unsigned long size_t; typedef long ssize_t; typedef unsigned socklen_t;
struct sockaddr; struct pollfd { int fd; short events, revents; };
struct timeval { long tv_sec, tv_usec; }; struct timespec { long tv_sec, tv_nsec; };
typedef struct { int x; } fd_set;
int fsync(int); ssize_t read(int, void *, size_t); ssize_t write(int, const void *, size_t);
int connect(int, const sockaddr *, socklen_t);
ssize_t recv(int, void *, size_t, int); ssize_t send(int, const void *, size_t, int);
int poll(pollfd *, unsigned long, int);
int select(int, fd_set *, fd_set *, fd_set *, timeval *);
unsigned sleep(unsigned); int usleep(unsigned); int nanosleep(const timespec *, timespec *);
int system(const char *); int waitpid(int, int *, int);
}
#define MSG_DONTWAIT 0x40
#define WNOHANG 1
enum { NoWait = MSG_DONTWAIT };
)cpp";

std::string blocksIn(llvm::StringRef Body) {
  Options O;
  O.Prelude += System;
  Analysis A(
      "void f(int fd, int n, char *b, int flags, pollfd *p, timeval *tv) {\n" +
          Body.str() + "\n}",
      O);
  return blocks(A);
}

} // namespace

TEST(BlockingCalls, CategoryNames) {
  for (int I = 1; I <= static_cast<int>(Category::Custom); ++I) {
    auto C = static_cast<Category>(I);
    EXPECT_NE(categoryName(C), "none");
    ASSERT_TRUE(categoryNamed(categoryName(C)));
    EXPECT_TRUE(*categoryNamed(categoryName(C)) == C);
  }
  EXPECT_FALSE(categoryNamed("nonsense"));
}

TEST(BlockingCalls, SystemCalls) {
  EXPECT_EQ(blocksIn("fsync(fd);"), "sync-io");
  EXPECT_EQ(blocksIn("connect(fd, nullptr, 0);"), "network(fd)");
  EXPECT_EQ(blocksIn("system(b);"), "process");
  EXPECT_EQ(blocksIn("n = fd + 1;"), "");
  EXPECT_EQ(blocksIn("unknown();"), "");
}

TEST(BlockingCalls, Named) { EXPECT_EQ(blocksIn("slow();"), "custom"); }

TEST(BlockingCalls, Flags) {
  EXPECT_EQ(blocksIn("recv(fd, b, 1, 0);"), "network(fd)");
  EXPECT_EQ(blocksIn("recv(fd, b, 1, MSG_DONTWAIT);"), "");
  EXPECT_EQ(blocksIn("recv(fd, b, 1, MSG_DONTWAIT | 1);"), "");
  EXPECT_EQ(blocksIn("recv(fd, b, 1, 2);"), "network(fd)");
  EXPECT_EQ(blocksIn("recv(fd, b, 1, flags);"), "") << "unknown is not yes";
  EXPECT_EQ(blocksIn("recv(fd, b, 1, n ? MSG_DONTWAIT : 0);"), "");
  EXPECT_EQ(blocksIn("waitpid(n, nullptr, 0);"), "process");
  EXPECT_EQ(blocksIn("waitpid(n, nullptr, WNOHANG);"), "");
}

TEST(BlockingCalls, TimeOuts) {
  EXPECT_EQ(blocksIn("poll(p, 1, 0);"), "");
  EXPECT_EQ(blocksIn("poll(p, 1, -1);"), "wait");
  EXPECT_EQ(blocksIn("poll(p, 1, 250);"), "wait<=250");
  EXPECT_EQ(blocksIn("poll(p, 1, n);"), "") << "unknown is not yes";
  EXPECT_EQ(blocksIn("const int ms = 40; poll(p, 1, ms);"), "wait<=40");
  EXPECT_EQ(blocksIn("select(1, nullptr, nullptr, nullptr, nullptr);"), "wait");
  EXPECT_EQ(
      blocksIn("timeval t = {0, 0}; select(1, nullptr, nullptr, nullptr, &t);"),
      "");
  EXPECT_EQ(
      blocksIn("timeval t = {}; select(1, nullptr, nullptr, nullptr, &t);"),
      "");
  EXPECT_EQ(blocksIn("select(1, nullptr, nullptr, nullptr, tv);"), "");
}

TEST(BlockingCalls, TimeStructureChangedLater) {
  // The zeros are overwritten before the call: how long is unknown.
  EXPECT_EQ(blocksIn("timeval t = {0, 0}; t.tv_sec = n;"
                     "select(1, nullptr, nullptr, nullptr, &t);"),
            "");
}

TEST(BlockingCalls, Sleeps) {
  EXPECT_EQ(blocksIn("sleep(2);"), "sleep<=2000");
  EXPECT_EQ(blocksIn("usleep(1500);"), "sleep<=2");
  EXPECT_EQ(blocksIn("sleep(n);"), "sleep") << "a sleep of unknown length";
  EXPECT_EQ(blocksIn("sleep(0);"), "");
  EXPECT_EQ(blocksIn("usleep(100 * 1000);"), "sleep<=100");
}

TEST(BlockingCalls, Chrono) {
  EXPECT_EQ(
      blocksIn("std::this_thread::sleep_for(std::chrono::milliseconds(20));"),
      "sleep<=20");
  EXPECT_EQ(blocksIn("std::this_thread::sleep_for(std::chrono::minutes(2));"),
            "sleep<=120000");
  EXPECT_EQ(blocksIn("std::this_thread::sleep_for(std::chrono::seconds(n));"),
            "sleep");
  EXPECT_EQ(blocksIn("std::this_thread::sleep_for(std::chrono::seconds(0));"),
            "");
  EXPECT_EQ(blocksIn("constexpr std::chrono::seconds s(3); "
                     "std::this_thread::sleep_for(s);"),
            "sleep<=3000");
}

TEST(BlockingCalls, Waits) {
  EXPECT_EQ(blocksIn("std::condition_variable cv; std::mutex m;"
                     "std::unique_lock<std::mutex> l(m); cv.wait(l);"),
            "wait");
  EXPECT_EQ(blocksIn("std::thread t([] {}); t.join();"), "wait");
}

TEST(BlockingCalls, RealHeaders) {
  Analysis A(R"(
    #include <chrono>
    #include <condition_variable>
    #include <fstream>
    #include <iostream>
    #include <poll.h>
    #include <sstream>
    #include <thread>
    #include <sys/socket.h>
    using namespace std::chrono_literals;
    void sleep20() { std::this_thread::sleep_for(20ms); }
    void sleepMinutes() { std::this_thread::sleep_for(2min); }
    void sleepUnknown(int n) { std::this_thread::sleep_for(std::chrono::seconds(n)); }
    void dontWait(int fd, char *b) { recv(fd, b, 1, MSG_DONTWAIT); }
    void receive(int fd, char *b) { recv(fd, b, 1, 0); }
    void waitAll(int fd, char *b) { recv(fd, b, 1, MSG_WAITALL); }
    void polling(pollfd *p) { poll(p, 1, 0); }
    void strings(std::ostringstream &s) { s << 1; }
    void files(std::ofstream &s) { s << 1; }
    void console() { std::cout << 1; }
    void waitZero(std::condition_variable &c, std::unique_lock<std::mutex> &l) { c.wait_for(l, 0s); }
    void waitFor(std::condition_variable &c, std::unique_lock<std::mutex> &l) { c.wait_for(l, 5ms); }
  )",
             withRealHeaders());
  EXPECT_EQ(blocks(A, "sleep20"), "sleep<=20");
  EXPECT_EQ(blocks(A, "sleepMinutes"), "sleep<=120000");
  EXPECT_EQ(blocks(A, "sleepUnknown"), "sleep");
  EXPECT_EQ(blocks(A, "dontWait"), "");
  EXPECT_EQ(blocks(A, "receive"), "network(fd)");
  EXPECT_EQ(blocks(A, "waitAll"), "network(fd)");
  EXPECT_EQ(blocks(A, "polling"), "");
  EXPECT_EQ(blocks(A, "strings"), "");
  EXPECT_EQ(blocks(A, "files"), "file");
  EXPECT_EQ(blocks(A, "console"), "logging");
  EXPECT_EQ(blocks(A, "waitZero"), "");
  EXPECT_EQ(blocks(A, "waitFor"), "wait<=5");
}

TEST(BlockingCalls, EvidenceOfNonBlockingDescriptors) {
  Analysis With(
      "enum { O_NONBLOCK = 04000 }; int mode = O_NONBLOCK; void f() {}");
  Analysis Without("int mode = 0; void f() {}");
  EXPECT_TRUE(mentionsNonBlocking(*With.function("f"), With.context(),
                                  With.unit().models()));
  EXPECT_FALSE(mentionsNonBlocking(*Without.function("f"), Without.context(),
                                   Without.unit().models()));
}
