// Variants of blocking calls that do not wait.
// RUN: %check %s -- -std=c++20
#include <chrono>
#include <future>
#include <mutex>
#include <netdb.h>
#include <poll.h>
#include <semaphore>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <thread>
#include <time.h>
#include <unistd.h>

std::mutex mu;

void polling(struct pollfd *fds, struct epoll_event *events, int ep) {
  std::lock_guard<std::mutex> g(mu);
  poll(fds, 1, 0);
  poll(fds, 1, -1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'poll' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  poll(fds, 1, 100);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'poll' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  epoll_wait(ep, events, 1, 0);
  epoll_wait(ep, events, 1, -1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'epoll_wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  constexpr int kNow = 0;
  const int later = 50;
  poll(fds, 1, kNow);
  poll(fds, 1, later);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'poll' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void unknown_time_out_ok(struct pollfd *fds, int timeout) {
  std::lock_guard<std::mutex> g(mu);
  poll(fds, 1, timeout);
}

void selecting(fd_set *set) {
  std::lock_guard<std::mutex> g(mu);
  struct timeval now = {0, 0};
  select(1, set, nullptr, nullptr, &now);
  struct timeval zero = {};
  select(1, set, nullptr, nullptr, &zero);
  select(1, set, nullptr, nullptr, nullptr);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'select' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void selecting_with_assignments_ok(fd_set *set) {
  std::lock_guard<std::mutex> g(mu);
  struct timeval tv;
  tv.tv_sec = 0;
  tv.tv_usec = 0;
  select(1, set, nullptr, nullptr, &tv);
}

void flags(int s, char *buf, int unknown) {
  std::lock_guard<std::mutex> g(mu);
  recv(s, buf, 1, MSG_DONTWAIT);
  recv(s, buf, 1, MSG_PEEK | MSG_DONTWAIT);
  send(s, buf, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
  recv(s, buf, 1, unknown);
  recv(s, buf, 1, MSG_PEEK);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'recv' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  send(s, buf, 1, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'send' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  constexpr int kFlags = MSG_DONTWAIT;
  recv(s, buf, 1, kFlags);
  waitpid(1, nullptr, WNOHANG);
  waitpid(1, nullptr, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'waitpid' may block (process) while lock 'mu' is held [threadlint-slow-call-under-lock]
  flock(s, LOCK_EX | LOCK_NB);
  flock(s, LOCK_EX);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'flock' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void chrono(std::future<int> &f, std::counting_semaphore<> &sem, sem_t *s) {
  using namespace std::chrono_literals;
  std::lock_guard<std::mutex> g(mu);
  (void)f.wait_for(0s);
  (void)f.wait_for(0ns);
  (void)f.wait_for(std::chrono::seconds(0));
  (void)f.wait_for(std::chrono::milliseconds::zero());
  (void)f.wait_for(std::chrono::duration<int>(0));
  constexpr auto kNone = std::chrono::milliseconds(0);
  (void)f.wait_for(kNone);
  constexpr auto kLong = std::chrono::minutes(1);
  (void)f.wait_for(kLong);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait_for' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  (void)sem.try_acquire_for(1ms);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'try_acquire_for' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  (void)sem.try_acquire();
  sem_trywait(s);
  sem_post(s);
}

void addresses() {
  std::lock_guard<std::mutex> g(mu);
  struct addrinfo hints = {}, *result;
  hints.ai_flags = AI_NUMERICHOST;
  getaddrinfo("127.0.0.1", "80", &hints, &result);
  getaddrinfo("host", "80", nullptr, &result);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'getaddrinfo' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  freeaddrinfo(result);
}

void inert(int fd) {
  std::lock_guard<std::mutex> g(mu);
  getpid();
  close(fd);
  socket(AF_INET, SOCK_STREAM, 0);
  time(nullptr);
}
