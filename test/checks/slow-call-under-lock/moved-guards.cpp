// Guards that go where nobody can follow: not held for sure any more.
// RUN: %check %s -- -std=c++20
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

std::mutex mu, other;
using Guard = std::unique_lock<std::mutex>;

void unknown_rvalue(Guard &&lk);
void unknown_pointer(Guard *lk);
void unknown_const(const Guard &lk);
struct Context {
  explicit Context(Guard lk) : lk_(std::move(lk)) {}
  Guard lk_;
};
struct Opaque {
  explicit Opaque(Guard &&lk);
};

void by_rvalue_ok(int fd) {
  Guard lk(mu);
  unknown_rvalue(std::move(lk));
  fsync(fd);
}

void by_pointer_ok(int fd) {
  Guard lk(mu);
  unknown_pointer(&lk);
  fsync(fd);
}

void by_reference_to_const_bad(int fd) {
  Guard lk(mu);
  unknown_const(lk);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void captured_ok(int fd) {
  Guard lk(mu);
  {
    auto later = [lk = std::move(lk)] { (void)lk; };
  }
  fsync(fd);
}

void into_a_vector_ok(int fd) {
  std::vector<Guard> locks;
  Guard lk(mu);
  locks.push_back(std::move(lk));
  locks.emplace_back(other);
  locks.push_back(Guard(other));
  locks.clear();
  fsync(fd);
}

void onto_the_heap_ok(int fd) {
  Guard lk(mu);
  auto *c = new Context(std::move(lk));
  delete c;
  fsync(fd);
}

void into_a_smart_pointer_ok(int fd) {
  Guard lk(mu);
  auto c = std::make_unique<Context>(std::move(lk));
  c.reset();
  fsync(fd);
}

void FN_into_an_object(int fd) {
  Guard lk(mu);
  {
    Context c(std::move(lk));
    // What a constructor does with a guard that it gets by value is not followed.
    fsync(fd);
  }
  fsync(fd);
}

void into_something_opaque_ok(int fd) {
  Guard lk(mu);
  Opaque o(std::move(lk));
  fsync(fd);
}

void swapped_ok(int fd) {
  Guard a(mu);
  {
    Guard b;
    std::swap(a, b);
  }
  fsync(fd);
}

void exchanged_ok(int fd) {
  Guard a(mu);
  {
    Guard b = std::exchange(a, Guard());
  }
  fsync(fd);
}

void into_optional_ok(int fd) {
  Guard lk(mu);
  std::optional<Guard> o(std::move(lk));
  o.reset();
  fsync(fd);
}

void into_pair_ok(int fd) {
  Guard lk(mu);
  {
    std::pair<Guard, int> p(std::move(lk), 1);
  }
  fsync(fd);
}

void into_a_thread_ok(int fd) {
  Guard lk(mu);
  std::thread t([](Guard l) { l.unlock(); }, std::move(lk));
  t.detach();
  fsync(fd);
}

struct Located {
  Guard lk;
  int *value;
};
int storage;
Located locate() { return {Guard(mu), &storage}; }
Located locate_named() {
  Guard lk(mu);
  return Located{std::move(lk), &storage};
}

void aggregate_bad(int fd) {
  {
    Located l = locate();
    *l.value = 1;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
  {
    Located l = locate_named();
    l.lk.unlock();
    fsync(fd);
  }
  auto [lk, value] = locate();
  lk.unlock();
  fsync(fd);
}

void conditional_move_ok(int fd, bool b) {
  Guard lk(mu);
  if (b)
    unknown_rvalue(std::move(lk));
  fsync(fd);
}

Guard chooses(bool b) {
  Guard lk(mu);
  if (b)
    lk.unlock();
  return lk;
}
void chosen_ok(int fd) {
  Guard lk = chooses(fd > 1);
  fsync(fd);
}

void moved_in_a_loop_ok(int fd, std::vector<std::function<void()>> &out) {
  for (int i = 0; i < 3; ++i) {
    auto lk = std::make_shared<Guard>(mu);
    out.push_back([lk] {});
    lk.reset();
  }
  fsync(fd);
}
