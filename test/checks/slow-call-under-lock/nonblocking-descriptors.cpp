// The file makes its sockets non-blocking: what they do under a lock is quick.
// RUN: %check %s -- -std=c++20
#include <fcntl.h>
#include <mutex>
#include <sys/socket.h>
#include <unistd.h>

std::mutex mu;

void make_quick(int s) { fcntl(s, F_SETFL, fcntl(s, F_GETFL, 0) | O_NONBLOCK); }

void sockets_ok(int s, char *buf) {
  std::lock_guard<std::mutex> g(mu);
  recv(s, buf, 1, 0);
  send(s, buf, 1, 0);
  (void)write(s, buf, 1);
}

void others_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  sleep(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
