// RUN: %check %s -- -std=c++20
// Pools that the call names, and event loops that it does not.
#include "boost.h"
#include <thread>

namespace asio = boost::asio;
void work(int &);
void run_all(asio::io_context &io);

void no_run_bad(asio::io_context &io, asio::steady_timer &timer) {
  int n = 0;
  timer.async_wait([&n](int) { ++n; });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'n'
}

void post_bad(asio::thread_pool &pool) {
  int n = 0;
  asio::post(pool, [&n] { work(n); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'n'
}

void read_bad(asio::ip::tcp::socket &s) {
  char buffer[9];
  asio::async_read(s, 1, [&buffer](int, int) { buffer[0] = 0; });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'buffer'
}

void run_ok() {
  asio::io_context io;
  asio::steady_timer timer(io);
  int n = 0;
  timer.async_wait([&n](int) { ++n; });
  io.run();
}

void run_for_ok(asio::io_context &io, asio::steady_timer &timer) {
  int n = 0;
  timer.async_wait([&n](int) { ++n; });
  io.run_for(1);
}

void run_elsewhere_ok(asio::io_context &io, asio::steady_timer &timer) {
  int n = 0;
  timer.async_wait([&n](int) { ++n; });
  run_all(io);
}

void pool_joined_ok() {
  asio::thread_pool pool;
  int n = 0;
  asio::post(pool, [&n] { work(n); });
  pool.join();
}

void strand_ok(asio::strand<int> &strand, asio::thread_pool &pool) {
  int n = 0;
  asio::post(strand, [&n] { work(n); });
  pool.join();
}

void pool_dies_first_ok() {
  int n = 0;
  asio::thread_pool pool;
  asio::post(pool, [&n] { work(n); });
}

void pool_dies_later_bad() {
  asio::thread_pool pool;
  int n = 0;
  asio::post(pool, [&n] { work(n); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'n'
}

void thread_runs_it_ok() {
  asio::io_context io;
  int n = 0;
  asio::post(io, [&n] { work(n); });
  std::thread t([&io] { io.run(); });
  t.join();
}

void jthread_runs_it_ok() {
  asio::io_context io;
  int n = 0;
  asio::steady_timer timer(io);
  timer.async_wait([&n](int) { ++n; });
  std::jthread t([&io] { io.run(); });
}

struct Fixture {
  void run();
  void run_ok();
  asio::io_context Io;
  asio::steady_timer Timer{Io};
};
void Fixture::run_ok() {
  int n = 0;
  Timer.async_wait([&n](int) { ++n; });
  Io.post([&n] { work(n); });
  run();
}
