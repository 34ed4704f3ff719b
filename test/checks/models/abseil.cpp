// RUN: %check %s -- -std=c++20
#include "abseil.h"

absl::Mutex mu;

void calls_bad(absl::Notification &n, absl::BlockingCounter &c) {
  absl::MutexLock l(&mu);
  n.WaitForNotification();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'WaitForNotification' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  c.Wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  absl::SleepFor(absl::Seconds(1));
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'SleepFor' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void readers_bad(absl::Notification &n) {
  absl::ReaderMutexLock l(&mu);
  n.WaitForNotification();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'WaitForNotification' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void manual_bad(absl::BlockingCounter &c) {
  mu.Lock();
  c.Wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.Unlock();
  c.Wait();
}

void released_ok(absl::BlockingCounter &c) {
  absl::ReleasableMutexLock l(&mu);
  l.Release();
  c.Wait();
}

void calls_ok(absl::CondVar &cv, absl::Notification &n, bool ready) {
  absl::MutexLock l(&mu);
  cv.Wait(&mu);
  mu.Await(ready);
  cv.Signal();
  n.Notify();
}
