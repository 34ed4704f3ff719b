// RUN: %fix %s -- -std=c++17 | %filecheck %s
// The test becomes the wait's predicate, or the `if` a `while`, where nothing else changes.
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

void use(int);

struct Gate {
  std::mutex mu;
  std::condition_variable cv;
  bool ready = false;
  int n = 0;
  double level = 0;
  int *head = nullptr;
  std::unique_ptr<int> owned;
  std::atomic<bool> flag{false};
  std::deque<int> jobs;
  std::pair<bool, int> both;
  std::function<void()> job;

  void change() {
    std::lock_guard<std::mutex> guard(mu);
    ready = true;
    ++n;
    level = 1;
    head = &n;
    owned = std::make_unique<int>(1);
    flag = true;
    jobs.push_back(1);
    both = {true, 1};
    job = nullptr;
    cv.notify_all();
  }

  bool idle() const { return jobs.empty(); }
  bool take() { return ready = !ready; }

  void plain() {
    std::unique_lock<std::mutex> lock(mu);
    if (!ready)
      cv.wait(lock);
    use(n);
  }
  // CHECK-LABEL: void plain() {
  // CHECK-NEXT: lock(mu);
  // CHECK-NEXT: {{^ cv.wait\(lock, \[&\] { return ready; }\);$}}
  // CHECK-NEXT: {{^ use\(n\);$}}

  void braces() {
    std::unique_lock<std::mutex> lock(mu);
    if (jobs.empty()) {
      cv.wait(lock);
    }
    use(n);
  }
  // CHECK-LABEL: void braces() {
  // CHECK-NEXT: lock(mu);
  // CHECK-NEXT: {{^ cv.wait\(lock, \[&\] { return !jobs.empty\(\); }\);$}}
  // CHECK-NEXT: {{^ use\(n\);$}}

  void loop() {
    while (true) {
      std::unique_lock<std::mutex> lock(mu);
      if (jobs.empty())
        cv.wait(lock);
      use(jobs.front());
      jobs.pop_front();
    }
  }
  // CHECK-LABEL: void loop() {
  // CHECK: {{^ cv.wait\(lock, \[&\] { return !jobs.empty\(\); }\);$}}

  // One wait in each, since a second one tests again.
  void case1(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (n == 0) cv.wait(l); }
  // CHECK: void case1({{.*}}; cv.wait(l, [&] { return n != 0; }); }
  void case2(bool first, int id) { std::unique_lock<std::mutex> l(mu); if ((n & 1) == 0 && n < 7) cv.wait(l); }
  // CHECK: void case2({{.*}}; cv.wait(l, [&] { return (n & 1) != 0 || n >= 7; }); }
  void case3(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (!n) cv.wait(l); }
  // CHECK: void case3({{.*}}; cv.wait(l, [&] { return n != 0; }); }
  void case4(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (n) cv.wait(l); }
  // CHECK: void case4({{.*}}; cv.wait(l, [&] { return n == 0; }); }
  void case5(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (n & 4) cv.wait(l); }
  // CHECK: void case5({{.*}}; cv.wait(l, [&] { return (n & 4) == 0; }); }
  void case6(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (!(n & 4)) cv.wait(l); }
  // CHECK: void case6({{.*}}; cv.wait(l, [&] { return (n & 4) != 0; }); }
  void case7(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (level < 1) cv.wait(l); }
  // CHECK: void case7({{.*}}; cv.wait(l, [&] { return !(level < 1); }); }
  void case8(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (level == 1) cv.wait(l); }
  // CHECK: void case8({{.*}}; cv.wait(l, [&] { return level != 1; }); }
  void case9(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (n > 4 ? ready : false) cv.wait(l); }
  // CHECK: void case9({{.*}}; cv.wait(l, [&] { return !(n > 4 ? ready : false); }); }
  void case10(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (!(ready || n == 1) && !flag) cv.wait(l); }
  // CHECK: void case10({{.*}}; cv.wait(l, [&] { return ready || n == 1 || flag.load(); }); }
  void case11(bool first, int id) { std::unique_lock<std::mutex> l(mu); if ((ready && n) || n == 1) cv.wait(l); }
  // CHECK: void case11({{.*}}; cv.wait(l, [&] { return (!ready || n == 0) && n != 1; }); }
  void case12(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (!head) cv.wait(l); }
  // CHECK: void case12({{.*}}; cv.wait(l, [&] { return head != nullptr; }); }
  void case13(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (head == NULL) cv.wait(l); }
  // CHECK: void case13({{.*}}; cv.wait(l, [&] { return head != NULL; }); }
  void case14(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (head) cv.wait(l); }
  // CHECK: void case14({{.*}}; cv.wait(l, [&] { return head == nullptr; }); }
  void case15(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (!flag) cv.wait(l); }
  // CHECK: void case15({{.*}}; cv.wait(l, [&] { return flag.load(); }); }
  void case16(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (flag) cv.wait(l); }
  // CHECK: void case16({{.*}}; cv.wait(l, [&] { return !flag; }); }
  void case17(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (!owned) cv.wait(l); }
  // CHECK: void case17({{.*}}; while (!owned) cv.wait(l); }
  void case18(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (owned) cv.wait(l); }
  // CHECK: void case18({{.*}}; cv.wait(l, [&] { return !owned; }); }
  void case19(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (jobs.begin() == jobs.end()) cv.wait(l); }
  // CHECK: void case19({{.*}}; cv.wait(l, [&] { return !(jobs.begin() == jobs.end()); }); }
  void case20(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (idle()) cv.wait(l); }
  // CHECK: void case20({{.*}}; cv.wait(l, [&] { return !idle(); }); }
  void case21(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (std::empty(jobs)) cv.wait(l); }
  // CHECK: void case21({{.*}}; cv.wait(l, [&] { return !std::empty(jobs); }); }
  void case22(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (jobs.size() < n) cv.wait(l); }
  // CHECK: void case22({{.*}}; cv.wait(l, [&] { return jobs.size() >= n; }); }
  void case23(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (both == std::pair<bool, int>(true, 1)) cv.wait(l); }
  // CHECK: void case23({{.*}}; cv.wait(l, [&] { return !(both == std::pair<bool, int>(true, 1)); }); }
  void case24(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (!job) cv.wait(l); }
  // CHECK: void case24({{.*}}; while (!job) cv.wait(l); }
  void case25(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (first) cv.wait(l); }
  // CHECK: void case25({{.*}}; if (first) cv.wait(l); }
  void case26(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (first || !ready) cv.wait(l); }
  // CHECK: void case26({{.*}}; if (first || !ready) cv.wait(l); }
  void case27(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (first && !ready) cv.wait(l); }
  // CHECK: void case27({{.*}}; cv.wait(l, [&] { return !first || ready; }); }
  void case28(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (n != id) cv.wait(l); }
  // CHECK: void case28({{.*}}; cv.wait(l, [&] { return n == id; }); }
  void case29(bool first, int id) { std::unique_lock<std::mutex> l(mu); auto [a, b] = both; if (!ready && a) cv.wait(l); }
  // CHECK: void case29({{.*}}; while (!ready && a) cv.wait(l); }
  void case30(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (n-- == 0) cv.wait(l); }
  // CHECK: void case30({{.*}}; if (n-- == 0) cv.wait(l); }
  void case31(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (take()) cv.wait(l); }
  // CHECK: void case31({{.*}}; if (take()) cv.wait(l); }
  void case32(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (bool now = ready; !now) cv.wait(l); }
  // CHECK: void case32({{.*}}; if (bool now = ready; !now) cv.wait(l); }
  void case33(bool first, int id) { std::unique_lock<std::mutex> l(mu); if (int now = n) cv.wait(l); }
  // CHECK: void case33({{.*}}; if (int now = n) cv.wait(l); }
  void case34(bool first, int id) { std::unique_lock<std::mutex> l(mu); if ([&] { return ready; }()) cv.wait(l); }
  // CHECK: void case34({{.*}}; if ([&] { return ready; }()) cv.wait(l); }
  void case35(bool first, int id) { std::unique_lock<std::mutex> l(mu); if ((use(n), ready)) cv.wait(l); }
  // CHECK: void case35({{.*}}; if ((use(n), ready)) cv.wait(l); }

  void otherwise() {
    std::unique_lock<std::mutex> lock(mu);
    if (!ready)
      cv.wait(lock);
    else
      use(1);
  }
  // CHECK-LABEL: void otherwise() {
  // CHECK: {{^ if \(!ready\)$}}

  void more() {
    std::unique_lock<std::mutex> lock(mu);
    if (!ready) {
      use(2);
      cv.wait(lock);
    }
  }
  // CHECK-LABEL: void more() {
  // CHECK: {{^ if \(!ready\) {$}}

  void comment() {
    std::unique_lock<std::mutex> lock(mu);
    if (!ready) /* nobody here yet */
      cv.wait(lock);
  }
  // CHECK-LABEL: void comment() {
  // CHECK: {{^ while \(!ready\) /}}
  // CHECK-NEXT: {{^ cv.wait\(lock\);$}}

  void afterElse() {
    std::unique_lock<std::mutex> lock(mu);
    if (n == 5)
      use(5);
    else if (!ready)
      cv.wait(lock);
    use(6);
  }
  // CHECK-LABEL: void afterElse() {
  // CHECK: {{^ else cv.wait\(lock, \[&\] { return ready; }\);$}}
  // CHECK-NEXT: use(6);

#define UNLESS(C) if (!(C))
#define READY ready
#define WAIT cv.wait(l)
  void macro1() { std::unique_lock<std::mutex> l(mu); UNLESS(ready) cv.wait(l); }
  // CHECK: void macro1() {{.*}} UNLESS(ready) cv.wait(l); }
  void macro2() { std::unique_lock<std::mutex> l(mu); if (!READY) cv.wait(l); }
  // CHECK: void macro2() {{.*}} if (!READY) cv.wait(l); }
  void macro3() { std::unique_lock<std::mutex> l(mu); if (!ready) WAIT; }
  // CHECK: void macro3() {{.*}} if (!ready) WAIT; }

  auto lambda() {
    return [this] {
      std::unique_lock<std::mutex> lock(mu);
      if (!ready)
        cv.wait(lock);
    };
  }
  // CHECK-LABEL: auto lambda() {
  // CHECK: {{^ cv.wait\(lock, \[&\] { return ready; }\);$}}
};

template <class T> struct Slot {
  std::mutex mu;
  std::condition_variable_any cv;
  T value{};
  void set(T t) {
    std::lock_guard<std::mutex> guard(mu);
    value = t;
    cv.notify_all();
  }
  void wait() {
    std::unique_lock<std::mutex> lock(mu);
    if (!value)
      cv.wait(lock);
  }
};
template struct Slot<int>;
// CHECK-LABEL: struct Slot
// CHECK: {{^ if \(!value\)$}}

// Nobody is seen who notifies.
std::mutex mu;
std::condition_variable_any any;
extern bool open;
void elsewhere() {
  mu.lock();
  if (!open)
    any.wait(mu);
  mu.unlock();
}
// CHECK-LABEL: void elsewhere
// CHECK: {{^ if \(!open\)$}}

bool closed = true;
std::condition_variable_any opened;
void tell() {
  mu.lock();
  closed = false;
  opened.notify_all();
  mu.unlock();
}
void global() {
  mu.lock();
  if (closed)
    opened.wait(mu);
  mu.unlock();
}
// CHECK-LABEL: void global
// CHECK: {{^ opened.wait\(mu, \[&\] { return !closed; }\);$}}

struct Annotated {
  std::mutex mu;
  std::condition_variable cv;
  bool ready __attribute__((guarded_by(mu))) = false;
  void set() {
    std::lock_guard<std::mutex> guard(mu);
    ready = true;
    cv.notify_all();
  }
  void wait() {
    std::unique_lock<std::mutex> lock(mu);
    if (!ready)
      cv.wait(lock);
  }
};
// CHECK-LABEL: struct Annotated
// CHECK: {{^ while \(!ready\)$}}
// CHECK-NEXT: {{^ cv.wait\(lock\);$}}
