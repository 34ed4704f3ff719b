// RUN: %check %s -- -I%S/../../Inputs
// Locks of other libraries, and of the project's own.
#include "abseil.h"
#include "boost.h"
#include "qt.h"
#include <deque>
#include <mutex>
#include <vector>

class QtJobs {
  QMutex mutex_;
  std::deque<int> jobs_;

public:
  bool isEmpty() {
    QMutexLocker<QMutex> locker(&mutex_);
    return jobs_.empty();
  }
  int take() {
    QMutexLocker<QMutex> locker(&mutex_);
    int job = jobs_.front();
    jobs_.pop_front();
    return job;
  }
};
int qt_bad(QtJobs &jobs) { return jobs.isEmpty() ? 0 : jobs.take(); }
// CHECK: :[[@LINE-1]]:61: warning: 'take' relies on a test of 'jobs.jobs_', which may have changed since: lock 'jobs.mutex_' was released in between
// CHECK: :[[@LINE-2]]:40: note: tested by 'isEmpty' here, which releases the lock when it returns
// CHECK: :[[@LINE-9]]:26: note: lock 'jobs.mutex_' acquired again here
// CHECK: :[[@LINE-4]]:61: note: make one function of both that holds the lock throughout

class AbslJobs {
  absl::Mutex mu_;
  std::vector<int> jobs_;

public:
  int last_bad() {
    mu_.Lock();
    if (jobs_.empty()) {
      mu_.Unlock();
      return 0;
    }
    mu_.Unlock();
    absl::MutexLock lock(&mu_);
    int job = jobs_.back();
    // CHECK: :[[@LINE-1]]:15: warning: 'jobs_' may have changed since it was tested: lock 'mu_' was released in between
    // CHECK: :[[@LINE-8]]:9: note: tested here
    // CHECK: :[[@LINE-5]]:9: note: lock 'mu_' released here
    // CHECK: :[[@LINE-5]]:21: note: lock 'mu_' acquired again here
    // CHECK: :[[@LINE-5]]:15: note: hold the lock from the test to the act, or test again under the second lock
    jobs_.pop_back();
    return job;
  }
};

class Guard {
  std::mutex &mu_;

public:
  explicit Guard(std::mutex &mu) : mu_(mu) { mu_.lock(); }
  ~Guard() { mu_.unlock(); }
};

template <class T> class OwnJobs {
  std::mutex mu_;
  std::vector<T> jobs_;

public:
  void drop_bad() {
    {
      Guard guard(mu_);
      if (jobs_.size() < 3)
        return;
    }
    Guard guard(mu_);
    jobs_.pop_back();
    // CHECK: :[[@LINE-1]]:5: warning: 'jobs_' may have changed since it was tested: lock 'mu_' was released in between
    // CHECK: :[[@LINE-6]]:11: note: tested here
    // CHECK: :[[@LINE-4]]:11: note: lock 'mu_' acquired again here
    // CHECK: :[[@LINE-4]]:5: note: hold the lock from the test to the act, or test again under the second lock
  }
};
template class OwnJobs<int>;
template class OwnJobs<long>;
