// RUN: %check %s -- -std=c++20
#include "boost.h"

boost::mutex mu;
boost::shared_mutex smu;
boost::interprocess::interprocess_mutex imu;

void calls_bad(boost::thread &t, boost::asio::ip::tcp::socket &s,
               boost::asio::io_context &io, boost::process::child &c, int buffer) {
  boost::lock_guard<boost::mutex> g(mu);
  t.join();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  s.connect(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'connect' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  s.read_some(buffer);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'read_some' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  boost::asio::read(s, buffer);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'read' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  io.run();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'run' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  c.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (process) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void interprocess_bad(boost::interprocess::interprocess_semaphore &s) {
  boost::interprocess::scoped_lock<boost::interprocess::interprocess_mutex> g(imu);
  s.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'imu' is held [threadlint-slow-call-under-lock]
}

void shared_bad(boost::thread &t) {
  boost::shared_lock<boost::shared_mutex> g(smu);
  t.join();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join' may block (wait) while lock 'smu' is held [threadlint-slow-call-under-lock]
}

void deferred_bad(boost::thread &t) {
  boost::unique_lock<boost::mutex> lk(mu, boost::defer_lock);
  t.join();
  lk.lock();
  t.join();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void calls_ok(boost::condition_variable &cv, boost::thread &t,
              boost::asio::io_context &io, boost::asio::ip::tcp::socket &s) {
  boost::unique_lock<boost::mutex> lk(mu);
  cv.wait(lk);
  cv.notify_one();
  io.stop();
  s.close();
  lk.unlock();
  t.join();
}

// What a pool or another thread runs does not hold our lock.
void spawns_ok(boost::asio::io_context &io, boost::asio::thread_pool &pool,
               boost::asio::steady_timer &timer, boost::thread_group &group,
               boost::asio::ip::tcp::socket &s, boost::basic_thread_pool &old) {
  boost::lock_guard<boost::mutex> g(mu);
  auto task = [&] { s.connect(1); };
  boost::asio::post(pool, task);
  boost::asio::dispatch(io, task);
  io.get_executor().execute(task);
  timer.async_wait([&](int) { s.connect(1); });
  boost::asio::async_read(s, 1, [&](int, int) { s.connect(1); });
  group.create_thread(task);
  old.submit(task);
  boost::async(old, task);
}

void joins_bad(boost::asio::thread_pool &pool, boost::thread_group &group,
               boost::basic_thread_pool &old) {
  boost::lock_guard<boost::mutex> g(mu);
  pool.join();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  group.join_all();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join_all' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  old.join();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
