// RUN: %check %s -- -std=c++20
// Completion counters that the counted task raises.
#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

void work();

class WaitGroup {
public:
  void add(int n) { std::lock_guard<std::mutex> g(mu); count += n; }
  void done() { std::lock_guard<std::mutex> g(mu); if (--count == 0) cv.notify_all(); }
  void wait() { std::unique_lock<std::mutex> l(mu); cv.wait(l, [this] { return count == 0; }); }
private:
  std::mutex mu;
  std::condition_variable cv;
  int count = 0;
};

void wait_group_bad() {
  WaitGroup wg;
  for (int i = 0; i < 4; ++i)
    std::thread([&wg] {
      wg.add(1);
      // CHECK: :[[@LINE-1]]:7: warning: the task raises 'wg', on which its spawner waits: the wait may see zero before the task begins
      // CHECK: :[[@LINE-3]]:5: note: the task starts here
      // CHECK: :[[@LINE+4]]:3: note: waited for here
      // CHECK: :[[@LINE-4]]:7: note: raise 'wg' before the task starts
      work(); wg.done();
    }).detach();
  wg.wait();
}
void counted(WaitGroup &wg) {
  wg.add(1);
  // CHECK: :[[@LINE-1]]:3: warning: the task raises 'wg'
  // CHECK: note: the task starts here
  // CHECK: note: waited for here
  // CHECK: note: raise 'wg'
  work();
  wg.done();
}
void by_reference_bad() {
  WaitGroup wg;
  std::thread t(counted, std::ref(wg));
  wg.wait();
  t.join();
}
void atomic_bad() {
  std::atomic<int> pending{0};
  std::thread t([&] {
    ++pending;
    // CHECK: :[[@LINE-1]]:5: warning: the task raises 'pending'
    // CHECK: note: the task starts here
    // CHECK: note: waited for here
    // CHECK: note: raise 'pending'
    work();
    --pending;
  });
  while (pending != 0)
    std::this_thread::yield();
  t.join();
}
void fetch_add_bad() {
  std::atomic<int> pending{0};
  auto f = std::async(std::launch::async, [&] {
    pending.fetch_add(1);
    // CHECK: :[[@LINE-1]]:5: warning: the task raises 'pending'
    // CHECK: note: the task starts here
    // CHECK: note: waited for here
    // CHECK: note: raise 'pending'
    work();
    pending.fetch_sub(1);
  });
  while (pending.load() > 0)
    std::this_thread::yield();
}
void condition_bad() {
  std::mutex mu;
  std::condition_variable cv;
  int pending = 0;
  std::thread t([&] {
    { std::lock_guard<std::mutex> g(mu); ++pending; }
    // CHECK: :[[@LINE-1]]:42: warning: the task raises 'pending'
    // CHECK: note: the task starts here
    // CHECK: note: waited for here
    // CHECK: note: raise 'pending'
    work();
    std::lock_guard<std::mutex> g(mu);
    if (--pending == 0)
      cv.notify_all();
  });
  std::unique_lock<std::mutex> l(mu);
  cv.wait(l, [&] { return pending == 0; });
  l.unlock();
  t.join();
}
class Server {
public:
  void serve_bad() {
    std::thread([this] {
      ++active_;
      // CHECK: :[[@LINE-1]]:7: warning: the task raises 'active_'
      // CHECK: note: the task starts here
      // CHECK: note: waited for here
      // CHECK: note: raise 'active_'
      work();
      --active_;
    }).detach();
  }
  ~Server() {
    while (active_ > 0)
      std::this_thread::yield();
  }
private:
  std::atomic<int> active_{0};
};

void raised_before_ok() {
  WaitGroup wg;
  wg.add(1);
  std::thread([&wg] { work(); wg.done(); }).detach();
  wg.wait();
}
// Its own count is held while it raises the other's.
void raised_twice_ok() {
  WaitGroup wg;
  wg.add(1);
  std::thread([&wg] { wg.add(1); work(); wg.done(); wg.done(); }).detach();
  wg.wait();
}
void for_its_own_tasks_ok() {
  WaitGroup wg;
  wg.add(1);
  std::thread([&wg] {
    wg.add(1);
    std::thread([&wg] { work(); wg.done(); }).detach();
    wg.done();
  }).detach();
  wg.wait();
}
void counts_up_ok() {
  std::atomic<int> finished{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] { work(); ++finished; });
  while (finished < 4)
    std::this_thread::yield();
  for (auto &t : threads)
    t.join();
}
void joined_first_ok() {
  std::atomic<int> active{0};
  std::thread t([&] { ++active; work(); --active; });
  t.join();
  while (active != 0)
    std::this_thread::yield();
}
void nobody_waits_ok() {
  static std::atomic<int> running{0};
  std::thread([] { ++running; work(); --running; }).detach();
}
void starts_above_zero_ok() {
  std::atomic<int> references{1};
  std::thread t([&] { ++references; work(); --references; });
  while (references != 0)
    std::this_thread::yield();
  t.join();
}
void in_a_loop_ok() {
  std::atomic<int> busy{0};
  std::thread t([&] { for (int i = 0; i < 9; ++i) { ++busy; work(); --busy; } });
  while (busy != 0)
    std::this_thread::yield();
  t.join();
}

/// A guard in the task counts as well.
struct Running {
  std::atomic<int> &count;
  explicit Running(std::atomic<int> &count) : count(count) { ++count; }
  ~Running() { --count; }
};
void guard_bad() {
  std::atomic<int> running{0};
  std::thread([&running] {
    Running guard(running);
    // CHECK: :[[@LINE-1]]:13: warning: the task raises 'running', on which its spawner waits
    // CHECK: note: the task starts here
    // CHECK: note: waited for here
    // CHECK: note: raise 'running' before the task starts
    work();
  }).detach();
  while (running != 0)
    std::this_thread::yield();
}
struct Lowers {
  std::atomic<int> &count;
  explicit Lowers(std::atomic<int> &count) : count(count) {}
  ~Lowers() { --count; }
};
void raised_by_spawner_ok() {
  std::atomic<int> running{0};
  ++running;
  std::thread([&running] {
    Lowers guard(running);
    work();
  }).detach();
  while (running != 0)
    std::this_thread::yield();
}

// The wait compares a copy of the counter.
void assigned_copy_bad() {
  static std::atomic<int> active{0};
  for (int i = 0; i < 4; ++i)
    std::thread([] {
      ++active;
      // CHECK: :[[@LINE-1]]:7: warning: the task raises 'active'
      // CHECK: note: the task starts here
      // CHECK: note: waited for here
      // CHECK: note: raise
      work();
      --active;
      active.notify_all();
    }).detach();
  int n;
  while ((n = active.load()) != 0)
    active.wait(n);
}
void declared_copy_bad() {
  static std::atomic<int> active{0};
  for (int i = 0; i < 4; ++i)
    std::thread([] {
      ++active;
      // CHECK: :[[@LINE-1]]:7: warning: the task raises 'active'
      // CHECK: note: the task starts here
      // CHECK: note: waited for here
      // CHECK: note: raise
      work();
      --active;
      active.notify_all();
    }).detach();
  while (int n = active.load())
    active.wait(n);
}
void copy_raised_before_ok() {
  static std::atomic<int> active{0};
  for (int i = 0; i < 4; ++i) {
    ++active;
    std::thread([] {
      work();
      --active;
      active.notify_all();
    }).detach();
  }
  while (int n = active.load())
    active.wait(n);
}
void other_limit_ok(int most) {
  static std::atomic<int> active{0};
  std::thread([] {
    ++active;
    work();
    --active;
  }).detach();
  int n;
  while ((n = active.load()) != most)
    active.wait(n);
}
