// RUN: %check %s -- -std=c++20
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <latch>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <sstream>
#include <thread>

std::mutex mu;
std::shared_mutex smu;
std::recursive_mutex rmu;

void waits_bad(std::future<int> &f, std::shared_future<int> &sf, std::latch &l,
               std::counting_semaphore<> &s, std::atomic<int> &a, std::thread &t) {
  std::lock_guard<std::mutex> g(mu);
  f.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  (void)f.get();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'get' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  (void)sf.get();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'get' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  l.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  s.acquire();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'acquire' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  a.wait(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  t.join();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  std::this_thread::sleep_for(std::chrono::seconds(1));
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sleep_for' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void files_bad(const std::filesystem::path &p, std::ofstream &out) {
  std::scoped_lock g(rmu);
  std::filesystem::create_directories(p);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'create_directories' may block (file) while lock 'rmu' is held [threadlint-slow-call-under-lock]
  std::ifstream in(p);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'basic_ifstream' may block (file) while lock 'rmu' is held [threadlint-slow-call-under-lock]
  out << 1;
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'operator<<' may block (file) while lock 'rmu' is held [threadlint-slow-call-under-lock]
  out.flush();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'flush' may block (file) while lock 'rmu' is held [threadlint-slow-call-under-lock]
}

void shared_bad(std::thread &t) {
  std::shared_lock<std::shared_mutex> g(smu);
  t.join();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join' may block (wait) while lock 'smu' is held [threadlint-slow-call-under-lock]
}

void manual_bad(std::thread &t) {
  rmu.lock();
  t.join();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join' may block (wait) while lock 'rmu' is held [threadlint-slow-call-under-lock]
  rmu.unlock();
}

void deferred_bad(std::thread &t) {
  std::unique_lock<std::mutex> lk(mu, std::defer_lock);
  lk.lock();
  t.join();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void streams_ok(std::ostringstream &text, std::ostream &any) {
  std::lock_guard<std::mutex> g(mu);
  text << 1;
  any << 1;
  std::cout << "serialised by the lock";
}

void wait_ok(std::condition_variable &cv, std::future<int> &f) {
  std::unique_lock<std::mutex> lk(mu);
  cv.wait(lk);
  cv.notify_all();
  f.wait_for(std::chrono::seconds(0));
  lk.unlock();
  f.wait();
}
