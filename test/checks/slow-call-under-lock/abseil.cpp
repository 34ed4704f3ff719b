// Abseil's locks and guards in the shapes that programs use.
// RUN: %check %s -- -std=c++17
#include "abseil.h"
#include <unistd.h>

class Registry {
  void flush_bad(int fd) {
    absl::MutexLock lock(&mu_);
    ++n_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

  void read_bad(int fd) const {
    absl::ReaderMutexLock lock(&mu_);
    fsync(fd + n_);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

  void released_bad(int fd) {
    absl::ReleasableMutexLock lock(&mu_);
    ++n_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    lock.Release();
    fsync(fd);
  }

  void by_hand_bad(int fd) {
    mu_.Lock();
    ++n_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    mu_.Unlock();
    fsync(fd);
    mu_.ReaderLock();
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    mu_.ReaderUnlock();
    if (mu_.TryLock()) {
      fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
      mu_.Unlock();
    }
    fsync(fd);
  }

  void awaits_ok() {
    absl::MutexLock lock(&mu_);
    mu_.Await(ready_);
    cv_.Wait(&mu_);
    cv_.Signal();
  }

  void awaits_under_another_bad(absl::Mutex &other) {
    absl::MutexLock outer(&other);
    absl::MutexLock lock(&mu_);
    mu_.Await(ready_);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Await' may block (wait) while lock 'other' is held [threadlint-slow-call-under-lock]
    cv_.Wait(&mu_);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Wait' may block (wait) while lock 'other' is held [threadlint-slow-call-under-lock]
  }

  void notifications_bad(absl::Notification &n, absl::BlockingCounter &c) {
    absl::MutexLock lock(&mu_);
    if (!n.HasBeenNotified())
      n.WaitForNotification();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'WaitForNotification' may block (wait) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    c.DecrementCount();
    c.Wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Wait' may block (wait) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    absl::SleepFor(absl::Seconds(1));
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'SleepFor' may block (sleep) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    n.Notify();
  }

  mutable absl::Mutex mu_;
  absl::CondVar cv_;
  bool ready_ = false;
  int n_ = 0;
};
