// RUN: %check %s
// Plain variables that are tested before the lock is taken and again after it.
#include <atomic>
#include <memory>
#include <mutex>

struct Thing {
  int n = 0;
};
std::mutex mu;
Thing *thing;
volatile bool ready;
bool plain;
std::atomic<Thing *> atomic_thing;
std::once_flag once;

Thing *nested_bad() {
  if (!thing) {
    // CHECK: :[[@LINE-1]]:8: warning: 'thing' is not atomic and is tested without 'mu', which guards its change
    // CHECK: :[[@LINE+4]]:10: note: tested again under the lock here
    // CHECK: :[[@LINE+4]]:7: note: changed under the lock here
    // CHECK: :[[@LINE-4]]:8: note: make it atomic, use a static local variable or 'std::call_once', or test it under the lock only
    std::lock_guard<std::mutex> guard(mu);
    if (!thing)
      thing = new Thing;
  }
  return thing;
}

void volatile_bad() {
  if (ready)
    return;
  // CHECK: :[[@LINE-2]]:7: warning: 'ready' is not atomic and is tested without 'mu'
  // CHECK: :[[@LINE+4]]:8: note: tested again
  // CHECK: :[[@LINE+4]]:5: note: changed under
  // CHECK: :[[@LINE-5]]:7: note: make it atomic
  mu.lock();
  if (!ready) {
    ready = true;
  }
  mu.unlock();
}

struct Lazy {
  std::mutex mu_;
  std::unique_ptr<Thing> thing_;
  Thing *raw_ = nullptr;
  bool done_ = false;
  std::atomic<bool> flag_{false};

  Thing &smart_bad() {
    if (!thing_) {
      // CHECK: :[[@LINE-1]]:10: warning: 'thing_' is not atomic and is tested without 'mu_'
      // CHECK: :[[@LINE+4]]:12: note: tested again
      // CHECK: :[[@LINE+4]]:9: note: changed under
      // CHECK: :[[@LINE-4]]:10: note: make it atomic
      std::lock_guard<std::mutex> guard(mu_);
      if (!thing_)
        thing_.reset(new Thing);
    }
    return *thing_;
  }

  Thing *null_bad() {
    if (raw_ == nullptr) {
      // CHECK: :[[@LINE-1]]:9: warning: 'raw_' is not atomic and is tested without 'mu_'
      // CHECK: :[[@LINE+4]]:11: note: tested again
      // CHECK: :[[@LINE+4]]:9: note: changed under
      // CHECK: :[[@LINE-4]]:9: note: make it atomic
      std::unique_lock<std::mutex> lock(mu_);
      if (raw_ == nullptr)
        raw_ = new Thing;
    }
    return raw_;
  }

  void return_bad() {
    if (done_)
      return;
    // CHECK: :[[@LINE-2]]:9: warning: 'done_' is not atomic
    // CHECK: :[[@LINE+4]]:9: note: tested again
    // CHECK: :[[@LINE+6]]:5: note: changed under
    // CHECK: :[[@LINE-5]]:9: note: make it atomic
    std::lock_guard<std::mutex> guard(mu_);
    if (done_)
      return;
    raw_ = new Thing;
    done_ = true;
  }

  void atomic_ok() {
    if (flag_)
      return;
    std::lock_guard<std::mutex> guard(mu_);
    if (flag_)
      return;
    flag_ = true;
  }

  void locked_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    if (!raw_)
      raw_ = new Thing;
  }

private:
  // Its only caller has the lock.
  void create_ok() {
    if (!raw_) {
      if (!raw_)
        raw_ = new Thing;
    }
  }

public:
  void caller() {
    std::lock_guard<std::mutex> guard(mu_);
    create_ok();
  }
};

Thing *atomic_ok() {
  Thing *p = atomic_thing;
  if (!p) {
    std::lock_guard<std::mutex> guard(mu);
    p = atomic_thing;
    if (!p)
      atomic_thing = p = new Thing;
  }
  return p;
}

Thing &static_ok() {
  static Thing it;
  return it;
}

void once_ok() {
  std::call_once(once, [] { thing = new Thing; });
}

thread_local Thing *mine;
void thread_local_ok() {
  if (!mine) {
    std::lock_guard<std::mutex> guard(mu);
    if (!mine)
      mine = new Thing;
  }
}

// One test only, and no write under the lock.
bool flag_two;
void read_ok() {
  if (flag_two) {
    std::lock_guard<std::mutex> guard(mu);
    if (flag_two)
      static_ok().n = 1;
  }
}

template <class T> T *singleton_bad() {
  static T *it;
  if (!it) {
    // CHECK: :[[@LINE-1]]:8: warning: 'it' is not atomic and is tested without 'mu'
    // CHECK: :[[@LINE+4]]:10: note: tested again
    // CHECK: :[[@LINE+4]]:7: note: changed under
    // CHECK: :[[@LINE-4]]:8: note: make it atomic
    std::lock_guard<std::mutex> guard(mu);
    if (!it)
      it = new T;
  }
  return it;
}
void use() {
  singleton_bad<int>();
  singleton_bad<long>();
}

// The flag of std::shared_ptr is its base class's, and a copy tests as well.
struct SharedOwner {
  std::mutex mu;
  std::shared_ptr<int> value;
  int *raw = nullptr;

  std::shared_ptr<int> shared_bad() {
    if (!value) {
      // CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'value'
      std::lock_guard<std::mutex> guard(mu);
      if (!value)
        value.reset(new int(1));
    }
    return value;
  }

  int *copied_bad() {
    int *p = raw;
    // CHECK: :[[@LINE-1]]:14: warning: {{.*}}'raw'
    if (!p) {
      std::lock_guard<std::mutex> guard(mu);
      p = raw;
      if (!p) {
        p = new int(1);
        raw = p;
      }
    }
    return p;
  }
};

//===--- the locked half is a function of its own
//--------------------------===//

class SlowPath {
public:
  Thing *get_bad() {
    if (!table_)
      // CHECK: :[[@LINE-1]]:10: warning: 'table_' is not atomic and is tested
      // without 'mu_', which guards its change CHECK: :[[@LINE+10]]:9: note:
      // tested again under the lock here CHECK: :[[@LINE+11]]:5: note: changed
      // under the lock here CHECK: note: make it atomic
      init();
    return table_;
  }

private:
  void init() {
    std::lock_guard<std::mutex> lock(mu_);
    if (table_)
      return;
    table_ = new Thing;
  }
  Thing *table_ = nullptr;
  std::mutex mu_;
};

class LockedCaller {
public:
  Thing *get_ok() {
    std::lock_guard<std::recursive_mutex> lock(mu_);
    if (!table_)
      load();
    return table_;
  }
  void warm_up_ok() { load(); }

private:
  void load() {
    std::lock_guard<std::recursive_mutex> lock(mu_);
    if (!table_)
      table_ = new Thing;
  }
  Thing *table_ = nullptr;
  std::recursive_mutex mu_;
};

class OneObject {
public:
  explicit OneObject(OneObject &other) {
    if (!table_)
      other.load_ok();
  }
  Thing *other_object_ok(OneObject &other) {
    if (!table_)
      other.load_ok();
    return nullptr;
  }

private:
  void load_ok() {
    std::lock_guard<std::mutex> lock(mu_);
    if (!table_)
      table_ = new Thing;
  }
  Thing *table_ = nullptr;
  std::mutex mu_;
};

// The state is looked at again, for something else.
class Stream {
public:
  void receive_ok(bool first) {
    if (open_)
      acknowledge();
    else if (first)
      send();
  }
  void send() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!open_)
      open_ = true;
  }

private:
  void acknowledge();
  std::mutex mutex_;
  bool open_ = false;
};
