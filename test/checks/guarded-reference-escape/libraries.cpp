// RUN: %check %s -- -I%S/../../Inputs
// Locks of other libraries, and of the project's own.
#include "abseil.h"
#include "boost.h"
#include "qt.h"
#include <map>
#include <mutex>
#include <string>

class QtNames {
  QMutex mutex_;
  std::map<int, std::string> names_;

public:
  const std::string &name_bad(int id) {
    QMutexLocker<QMutex> locker(&mutex_);
    return names_[id];
    // CHECK: :[[@LINE-1]]:12: warning: reference to 'names_' is returned and used without lock 'mutex_', which guards it
    // CHECK: :[[@LINE-3]]:26: note: lock 'mutex_' acquired here, and released on return
    // CHECK: :[[@LINE+5]]:5: note: 'names_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  void forget(int id) {
    QMutexLocker<QMutex> locker(&mutex_);
    names_.erase(id);
  }
};

class AbslNames {
  absl::Mutex mu_;
  std::string name_;

public:
  const char *name_bad() {
    absl::MutexLock lock(&mu_);
    return name_.c_str();
    // CHECK: :[[@LINE-1]]:18: warning: pointer into 'name_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:21: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+5]]:5: note: 'name_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:18: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  void rename(const std::string &name) {
    mu_.Lock();
    name_ = name;
    mu_.Unlock();
  }
};

class BoostNames {
  boost::mutex mu_;
  std::string name_;

public:
  const std::string &name_bad() {
    boost::lock_guard<boost::mutex> lock(mu_);
    return name_;
    // CHECK: :[[@LINE-1]]:12: warning: reference to 'name_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:37: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+5]]:5: note: 'name_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  void rename(const std::string &name) {
    boost::lock_guard<boost::mutex> lock(mu_);
    name_ = name;
  }
};

class Guard {
  std::mutex &mu_;

public:
  explicit Guard(std::mutex &mu) : mu_(mu) { mu_.lock(); }
  ~Guard() { mu_.unlock(); }
};

template <class T> class OwnNames {
  std::mutex mu_;
  std::map<int, T> values_;

public:
  T *find_bad(int id) {
    Guard guard(mu_);
    auto it = values_.find(id);
    if (it == values_.end())
      return nullptr;
    return &it->second;
    // CHECK: :[[@LINE-1]]:12: warning: pointer into 'values_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-6]]:11: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+5]]:5: note: 'values_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  void erase(int id) {
    Guard guard(mu_);
    values_.erase(id);
  }
};
template class OwnNames<int>;
template class OwnNames<std::string>;
