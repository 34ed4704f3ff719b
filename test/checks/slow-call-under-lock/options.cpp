// Every option of the check.
// RUN: %check %s --prefix=DEFAULT -- -std=c++20
// RUN: %check %s --prefix=SLEEP "--option=BlockingCategories=sleep;logging" -- -std=c++20
// RUN: %check %s --prefix=NONE "--option=BlockingCategories=" -- -std=c++20
// RUN: %check %s --prefix=NAMES "--option=BlockingFunctions=app::refresh;app::Client::call" "--option=BlockingCategories=" -- -std=c++20
// RUN: %check %s --prefix=IGNORED "--option=IgnoredFunctions=fsync;app::backup" -- -std=c++20
// RUN: %check %s --prefix=LOCKS "--option=IgnoredLocks=mu;app::Server::start_mu_;logger_mu" -- -std=c++20
// RUN: %check %s --prefix=SHORT --option=ShortWaitMs=20 -- -std=c++20
// RUN: %check %s --prefix=MODELS "--option=ModelFiles=%S/Inputs/acme.yaml" -- -std=c++20
// NONE-NOT: warning:
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <future>
#include <mutex>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;

std::mutex mu, other;

namespace app {
void refresh();
void backup(int fd) { fsync(fd); }
struct Client {
  void call();
  void cancel();
};
struct Server {
  std::mutex start_mu_;
  int n_ = 0;
  void start(int fd) {
    std::lock_guard<std::mutex> g(start_mu_);
    ++n_;
    fsync(fd);
// DEFAULT: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'start_mu_' is held [threadlint-slow-call-under-lock]
// MODELS: :[[@LINE-2]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'start_mu_' is held [threadlint-slow-call-under-lock]
// SHORT: :[[@LINE-3]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'start_mu_' is held [threadlint-slow-call-under-lock]
  }
};
} // namespace app

namespace acme {
void Fetch();
struct Latch {
  void Enter();
  void Leave();
};
} // namespace acme

void categories(int fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(fd);
// DEFAULT: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
// MODELS: :[[@LINE-2]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
// SHORT: :[[@LINE-3]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  sleep(1);
// DEFAULT: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// SLEEP: :[[@LINE-2]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// IGNORED: :[[@LINE-3]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// MODELS: :[[@LINE-4]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// SHORT: :[[@LINE-5]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  std::printf("x");
// SLEEP: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'printf' may block (logging) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void names(app::Client &c, int fd) {
  std::lock_guard<std::mutex> g(mu);
  app::refresh();
// NAMES: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'refresh' may block (custom) while lock 'mu' is held [threadlint-slow-call-under-lock]
  c.call();
// NAMES: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'call' may block (custom) while lock 'mu' is held [threadlint-slow-call-under-lock]
  c.cancel();
  app::backup(fd);
// DEFAULT: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'backup' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
// MODELS: :[[@LINE-2]]:{{[0-9]+}}: warning: call to 'backup' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
// SHORT: :[[@LINE-3]]:{{[0-9]+}}: warning: call to 'backup' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void locks(int fd) {
  std::lock_guard<std::mutex> a(mu);
  std::lock_guard<std::mutex> b(other);
  sleep(1);
// DEFAULT: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// SLEEP: :[[@LINE-2]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// IGNORED: :[[@LINE-3]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// MODELS: :[[@LINE-4]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// SHORT: :[[@LINE-5]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// LOCKS: :[[@LINE-6]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'other' is held [threadlint-slow-call-under-lock]
}

void short_waits(std::future<int> &f) {
  std::lock_guard<std::mutex> g(mu);
  std::this_thread::sleep_for(20ms);
// DEFAULT: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sleep_for' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// SLEEP: :[[@LINE-2]]:{{[0-9]+}}: warning: call to 'sleep_for' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// IGNORED: :[[@LINE-3]]:{{[0-9]+}}: warning: call to 'sleep_for' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// MODELS: :[[@LINE-4]]:{{[0-9]+}}: warning: call to 'sleep_for' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  std::this_thread::sleep_for(21ms);
// DEFAULT: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sleep_for' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// SLEEP: :[[@LINE-2]]:{{[0-9]+}}: warning: call to 'sleep_for' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// IGNORED: :[[@LINE-3]]:{{[0-9]+}}: warning: call to 'sleep_for' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// MODELS: :[[@LINE-4]]:{{[0-9]+}}: warning: call to 'sleep_for' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// SHORT: :[[@LINE-5]]:{{[0-9]+}}: warning: call to 'sleep_for' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  usleep(20000);
// DEFAULT: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'usleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// SLEEP: :[[@LINE-2]]:{{[0-9]+}}: warning: call to 'usleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// IGNORED: :[[@LINE-3]]:{{[0-9]+}}: warning: call to 'usleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
// MODELS: :[[@LINE-4]]:{{[0-9]+}}: warning: call to 'usleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  (void)f.wait_for(1us);
// DEFAULT: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait_for' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
// IGNORED: :[[@LINE-2]]:{{[0-9]+}}: warning: call to 'wait_for' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
// MODELS: :[[@LINE-3]]:{{[0-9]+}}: warning: call to 'wait_for' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  (void)f.wait_for(1s);
// DEFAULT: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait_for' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
// IGNORED: :[[@LINE-2]]:{{[0-9]+}}: warning: call to 'wait_for' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
// MODELS: :[[@LINE-3]]:{{[0-9]+}}: warning: call to 'wait_for' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
// SHORT: :[[@LINE-4]]:{{[0-9]+}}: warning: call to 'wait_for' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  f.wait();
// DEFAULT: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
// IGNORED: :[[@LINE-2]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
// MODELS: :[[@LINE-3]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
// SHORT: :[[@LINE-4]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void models(acme::Latch &l) {
  l.Enter();
  acme::Fetch();
// MODELS: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Fetch' may block (network) while lock 'l' is held [threadlint-slow-call-under-lock]
  l.Leave();
  acme::Fetch();
}
