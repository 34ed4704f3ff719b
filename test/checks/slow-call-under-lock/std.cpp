// The locks and guards of the standard library: where they hold, and where not.
// RUN: %check %s -- -std=c++20
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <future>
#include <latch>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <shared_mutex>
#include <sstream>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace std::chrono_literals;

struct Store {
  void save_bad(int fd) {
    std::lock_guard<std::mutex> g(mu_);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: lock 'mu_' acquired here
// CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: copy what the call needs while the lock is held, and make the call after its release
  }

  void class_template_argument_deduction_bad(int fd) {
    std::lock_guard g(mu_);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

  void before_ok(int fd) {
    fsync(fd);
    std::lock_guard<std::mutex> g(mu_);
    ++generation_;
  }

  void after_scope_ok(int fd) {
    {
      std::lock_guard<std::mutex> g(mu_);
      ++generation_;
    }
    fsync(fd);
  }

  void locked_by_hand_bad(int fd) {
    mu_.lock();
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    mu_.unlock();
    fsync(fd);
  }

  void shared_bad(int fd) {
    std::shared_lock<std::shared_mutex> g(smu_);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'smu_' is held [threadlint-slow-call-under-lock]
  }

  void shared_by_hand_bad(int fd) {
    smu_.lock_shared();
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'smu_' is held [threadlint-slow-call-under-lock]
    smu_.unlock_shared();
    fsync(fd);
  }

  void const_method_bad(int fd) const {
    std::lock_guard<std::mutex> g(mu_);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

  mutable std::mutex mu_;
  std::shared_mutex smu_;
  std::recursive_mutex rmu_;
  std::timed_mutex tmu_;
  int generation_ = 0;
};

std::mutex mu, other;
std::condition_variable cv;
std::recursive_mutex rmu;
std::timed_mutex tmu;

void kinds_of_blocking_bad(std::thread &t, std::future<int> &f, std::latch &l,
                           std::counting_semaphore<4> &s, std::binary_semaphore &b,
                           std::atomic<int> &a, std::atomic_flag &flag) {
  std::unique_lock<std::mutex> lk(mu);
  t.join();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  f.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  int v = f.get();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'get' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  l.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  l.arrive_and_wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'arrive_and_wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  s.acquire();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'acquire' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  b.acquire();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'acquire' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  a.wait(v);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  flag.wait(false);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  std::this_thread::sleep_for(10ms);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sleep_for' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  std::this_thread::sleep_until(std::chrono::steady_clock::now() + 1s);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sleep_until' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void kinds_of_blocking_ok(std::future<int> &f, std::latch &l,
                          std::counting_semaphore<4> &s, std::atomic<int> &a,
                          std::promise<int> &p) {
  std::unique_lock<std::mutex> lk(mu);
  if (f.wait_for(0s) == std::future_status::ready)
    a = 1;
  (void)f.wait_for(std::chrono::milliseconds(0));
  (void)f.wait_for(std::chrono::seconds::zero());
  (void)s.try_acquire();
  (void)s.try_acquire_for(0ms);
  (void)l.try_wait();
  l.count_down();
  s.release();
  a.notify_all();
  cv.notify_one();
  cv.notify_all();
  p.set_value(1);
  std::this_thread::yield();
  std::this_thread::sleep_for(0s);
}

void unique_lock_bad(int fd) {
  std::unique_lock<std::mutex> lk(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  lk.unlock();
  fsync(fd);
  lk.lock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: lock 'mu' acquired here
}

void unlocked_ok(int fd) {
  std::unique_lock<std::mutex> lk(mu);
  lk.unlock();
  fsync(fd);
}

void deferred_bad(int fd) {
  std::unique_lock<std::mutex> lk(mu, std::defer_lock);
  fsync(fd);
  lk.lock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void deferred_ok(int fd) {
  std::unique_lock<std::mutex> lk(mu, std::defer_lock);
  fsync(fd);
}

void deferred_and_std_lock_bad(int fd) {
  std::unique_lock<std::mutex> a(mu, std::defer_lock);
  std::unique_lock<std::mutex> b(other, std::defer_lock);
  fsync(fd);
  std::lock(a, b);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  a.unlock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'other' is held [threadlint-slow-call-under-lock]
  b.unlock();
  fsync(fd);
}

void std_lock_and_adopt_bad(int fd) {
  std::lock(mu, other);
  {
    std::lock_guard<std::mutex> a(mu, std::adopt_lock);
    std::lock_guard<std::mutex> b(other, std::adopt_lock);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

void adopt_bad(int fd) {
  mu.lock();
  std::unique_lock<std::mutex> lk(mu, std::adopt_lock);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  lk.unlock();
  fsync(fd);
}

void adopted_from_the_caller_bad(int fd) {
  std::unique_lock<std::mutex> lk(mu, std::adopt_lock);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void try_to_lock_bad(int fd) {
  std::unique_lock<std::mutex> lk(mu, std::try_to_lock);
  if (lk) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  } else {
    fsync(fd);
  }
  if (lk.owns_lock())
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  if (!lk.owns_lock())
    return fsync(fd), void();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void timed_guard_bad(int fd) {
  std::unique_lock<std::timed_mutex> lk(tmu, 10ms);
  fsync(fd); // not on every path
  if (!lk)
    return;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'tmu' is held [threadlint-slow-call-under-lock]
}

void try_lock_for_bad(int fd) {
  if (tmu.try_lock_for(1s)) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'tmu' is held [threadlint-slow-call-under-lock]
    tmu.unlock();
  }
  fsync(fd);
}

void scoped_lock_bad(int fd, Store &s) {
  std::scoped_lock both(mu, s.mu_);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void scoped_lock_of_one_bad(int fd, Store &s) {
  std::scoped_lock one(s.mu_);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 's.mu_' is held [threadlint-slow-call-under-lock]
}

void scoped_lock_adopt_bad(int fd) {
  std::lock(mu, other);
  std::scoped_lock both(std::adopt_lock, mu, other);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void scoped_lock_of_none_ok(int fd) {
  std::scoped_lock<> none;
  fsync(fd);
}

void recursive_bad(int fd) {
  std::lock_guard<std::recursive_mutex> outer(rmu);
  {
    std::lock_guard<std::recursive_mutex> inner(rmu);
  }
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'rmu' is held [threadlint-slow-call-under-lock]
}

void recursive_by_hand_bad(int fd) {
  rmu.lock();
  rmu.lock();
  rmu.unlock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'rmu' is held [threadlint-slow-call-under-lock]
  rmu.unlock();
  fsync(fd);
}

void released_guard_bad(int fd) {
  std::unique_lock<std::mutex> lk(mu);
  std::mutex *m = lk.release(); // gives the lock up without unlocking
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  m->unlock();
  fsync(fd);
}

void mutex_of_a_guard_ok(int fd) {
  std::unique_lock<std::mutex> lk(mu);
  lk.mutex()->unlock();
  fsync(fd);
  lk.mutex()->lock();
}

void mutex_unlocked_below_its_guard_ok(int fd) {
  std::lock_guard<std::mutex> g(mu);
  mu.unlock();
  fsync(fd);
  mu.lock();
}

void moved_guard_bad(int fd) {
  std::unique_lock<std::mutex> a(mu);
  std::unique_lock<std::mutex> b(std::move(a));
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  b.unlock();
  fsync(fd);
}

void moved_into_inner_scope_ok(int fd) {
  std::unique_lock<std::mutex> a(mu);
  {
    std::unique_lock<std::mutex> b = std::move(a);
  }
  fsync(fd);
}

void assigned_guard_bad(int fd) {
  std::unique_lock<std::mutex> lk;
  fsync(fd);
  lk = std::unique_lock<std::mutex>(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  lk = {};
  fsync(fd);
}

void assigned_to_another_lock_bad(int fd) {
  std::unique_lock<std::mutex> lk(mu);
  lk = std::unique_lock<std::mutex>(other);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'other' is held [threadlint-slow-call-under-lock]
}

void swapped_ok(int fd) {
  std::unique_lock<std::mutex> a(mu);
  {
    std::unique_lock<std::mutex> b;
    b.swap(a);
  }
  fsync(fd);
}

void temporary_guard_ok(int fd) {
  std::lock_guard<std::mutex>{mu}; // unlocks at once
  fsync(fd);
}

void temporary_guard_in_the_same_expression_bad(int fd) {
  std::lock_guard<std::mutex>{mu}, fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void guard_in_condition_bad(int fd) {
  if (std::unique_lock<std::mutex> lk(mu); fd > 0) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
  if (std::unique_lock lk{mu, std::try_to_lock})
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  fsync(fd);
}

void locks_everywhere_bad(int fd, std::mutex &param, std::mutex *pointer,
                          std::mutex array[], std::vector<std::mutex> &vec,
                          std::shared_ptr<std::mutex> sp,
                          std::unique_ptr<std::mutex> up, int i) {
  static std::mutex local;
  {
    std::lock_guard g(local);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'local' is held [threadlint-slow-call-under-lock]
  }
  {
    std::lock_guard g(param);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'param' is held [threadlint-slow-call-under-lock]
  }
  {
    std::lock_guard g(*pointer);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'pointer' is held [threadlint-slow-call-under-lock]
  }
  {
    std::lock_guard g(array[i]);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'array[...]' is held [threadlint-slow-call-under-lock]
  }
  {
    std::lock_guard g(vec[i]);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'vec[...]' is held [threadlint-slow-call-under-lock]
  }
  {
    std::lock_guard g(*sp);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'sp' is held [threadlint-slow-call-under-lock]
  }
  {
    std::lock_guard g(*up.get());
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'up' is held [threadlint-slow-call-under-lock]
  }
  {
    std::mutex &alias = param;
    std::lock_guard g(alias);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'param' is held [threadlint-slow-call-under-lock]
    param.unlock();
    fsync(fd);
    param.lock();
  }
  fsync(fd);
}

std::mutex &global_lock() {
  static std::mutex m;
  return m;
}

void lock_from_a_function_bad(int fd) {
  std::lock_guard g(global_lock());
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'global_lock()' is held [threadlint-slow-call-under-lock]
}

void guard_in_optional_bad(int fd) {
  std::optional<std::unique_lock<std::mutex>> lk;
  fsync(fd);
  lk.emplace(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  lk.reset();
  fsync(fd);
}

void guard_on_the_heap_bad(int fd) {
  auto lk = std::make_unique<std::lock_guard<std::mutex>>(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  lk.reset();
  fsync(fd);
}

struct FilesAndMaps {
  void file_stream_bad(const std::string &path) {
    std::lock_guard g(mu_);
    std::ofstream out(path);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'basic_ofstream' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    out << count_;
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'operator<<' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    out.flush();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'flush' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    ++count_;
  }

  std::string string_stream_ok() {
    std::lock_guard g(mu_);
    std::ostringstream out;
    out << count_ << "text" << std::endl;
    std::istringstream in("1 2");
    in >> count_;
    std::string line;
    std::getline(in, line);
    return out.str();
  }

  std::mutex mu_;
  std::map<int, int> map_;
  int count_ = 0;
};

void async_bad() {
  std::lock_guard g(mu);
  auto f = std::async(std::launch::async, [] { return 1; });
  (void)f.get();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'get' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void call_once_bad(int fd) {
  static std::once_flag once;
  std::lock_guard g(mu);
  std::call_once(once, [fd] { fsync(fd); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'lambda' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

class NamesakesOk {
  struct Socket {
    void connect(int);
    void send(int);
    void close();
  };
  void connect(int);
  void unlink();
  int read(int);
  void sleep(int);

public:
  void use_ok(Socket &s) {
    std::lock_guard g(mu);
    connect(1);
    unlink();
    read(1);
    sleep(2);
    s.connect(1);
    s.send(2);
    s.close();
  }
};
