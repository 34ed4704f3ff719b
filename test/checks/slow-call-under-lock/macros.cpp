// Locks and calls inside macros: reported where the macro is used, once.
// RUN: %check %s -- -std=c++20
#include <mutex>
#include <pthread.h>
#include <unistd.h>

std::mutex mu;
pthread_mutex_t pm = PTHREAD_MUTEX_INITIALIZER;

#define CONCAT_(a, b) a##b
#define CONCAT(a, b) CONCAT_(a, b)
#define LOCK(m) std::lock_guard<std::mutex> CONCAT(guard_, __LINE__)(m)
#define SYNC(fd) fsync(fd)
#define SYNC_TWICE(fd)                                                                             \
  do {                                                                                             \
    fsync(fd);                                                                                     \
    fsync(fd);                                                                                     \
  } while (0)
#define SYNCHRONIZED(m) if (std::unique_lock<std::mutex> lk_{m}; true)
#define CHECKED(call)                                                                              \
  do {                                                                                             \
    if ((call) != 0)                                                                               \
      __builtin_trap();                                                                            \
  } while (0)
#define LOCKED_SYNC(m, fd)                                                                         \
  do {                                                                                             \
    std::lock_guard<std::mutex> g_(m);                                                             \
    fsync(fd);                                                                                     \
  } while (false)
#define WITH_LOCK(m, ...)                                                                          \
  do {                                                                                             \
    std::lock_guard<std::mutex> g_(m);                                                             \
    __VA_ARGS__;                                                                                   \
  } while (0)

void lock_in_macro_bad(int fd) {
  LOCK(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: lock 'mu' acquired here
}

void call_in_macro_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  SYNC(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void two_calls_in_macro_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  SYNC_TWICE(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void synchronized_bad(int fd) {
  SYNCHRONIZED(mu) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

void checked_pthread_calls_bad(int fd) {
  CHECKED(pthread_mutex_lock(&pm));
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'pm' is held [threadlint-slow-call-under-lock]
  CHECKED(fsync(fd));
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'pm' is held [threadlint-slow-call-under-lock]
  CHECKED(pthread_mutex_unlock(&pm));
  fsync(fd);
}

void everything_in_one_macro_bad(int fd) {
  LOCKED_SYNC(mu, fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  fsync(fd);
}

void code_as_an_argument_bad(int fd) {
  WITH_LOCK(mu, fsync(fd));
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  WITH_LOCK(mu, ++fd);
  fsync(fd);
}

#define DEFINE_FLUSH(name)                                                                         \
  void name(int fd) {                                                                              \
    std::lock_guard<std::mutex> g(mu);                                                             \
    fsync(fd);                                                                                     \
  }
DEFINE_FLUSH(generated_bad)
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]

#define NOTHING_LOCK(m)
void empty_macro_ok(int fd) {
  NOTHING_LOCK(mu);
  fsync(fd);
}

void suppressed_ok(int fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(fd); // NOLINT(threadlint-slow-call-under-lock)
  // NOLINTNEXTLINE(threadlint-slow-call-under-lock)
  fsync(fd);
  // NOLINTBEGIN(threadlint-*)
  fsync(fd);
  // NOLINTEND(threadlint-*)
}
