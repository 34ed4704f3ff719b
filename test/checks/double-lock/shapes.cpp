// RUN: %check %s
// Lambdas in lambdas, templates, bases, statics, macros, `if constexpr`, parameters, elements.
#include <functional>
#include <memory>
#include <mutex>
#include <vector>
#include <shared_mutex>

int n;
std::mutex global;
std::mutex many[4];

#define LOCKED(mu) std::lock_guard<std::mutex> locked(mu)
#define LOCK_BOTH(x, y) ((x).lock(), (y).lock())

void macro_bad() {
  LOCKED(global);
  {
    LOCKED(global);
    // CHECK: :[[@LINE-1]]:5: warning: lock 'global' is acquired again while this thread holds it
    // CHECK: :[[@LINE-4]]:3: note: lock 'global' acquired here
    // CHECK: :[[@LINE-3]]:5: note: release the lock first, or acquire it only once
    n++;
  }
}

void macroBoth_bad() {
  LOCK_BOTH(global, global);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'global' is acquired again while this thread holds it
  // CHECK: :[[@LINE-2]]:3: note: lock 'global' acquired here
  // CHECK: :[[@LINE-3]]:3: note: release the lock first, or acquire it only once
  n++;
}

void macro_ok() {
  { LOCKED(global); }
  { LOCKED(global); }
  LOCK_BOTH(many[0], many[1]);
}

void nested_bad() {
  auto outer = [] {
    auto inner = [] {
      LOCKED(global);
      n++;
    };
    LOCKED(global);
    inner();
    // CHECK: :[[@LINE-1]]:5: warning: call to 'lambda' acquires lock 'global' again while this thread holds it
    // CHECK: :[[@LINE-3]]:5: note: lock 'global' acquired here
    // CHECK: :[[@LINE-7]]:7: note: 'lambda' acquires it here
    // CHECK: :[[@LINE-4]]:5: note: release the lock before the call, or call a function that expects it to be held
  };
  outer();
}

void captured_bad(std::mutex &mu) {
  auto add = [&mu] {
    LOCKED(mu);
    n++;
  };
  LOCKED(mu);
  add();
  // CHECK: :[[@LINE-1]]:3: warning: call to 'lambda' acquires lock 'mu' again while this thread holds it
  // CHECK: :[[@LINE-3]]:3: note: lock 'mu' acquired here
  // CHECK: :[[@LINE-7]]:5: note: 'lambda' acquires it here
  // CHECK: :[[@LINE-4]]:3: note: release the lock before the call, or call a function that expects it to be held
}

void definedOnly_ok() {
  LOCKED(global);
  auto later = [] { LOCKED(global); };
  (void)later;
}

void argument_bad() {
  auto add = [](std::mutex &mu) { LOCKED(mu); };
  LOCKED(global);
  add(global);
  // CHECK: :[[@LINE-1]]:3: warning: call to 'lambda' acquires lock 'global' again while this thread holds it
  // CHECK: :[[@LINE-3]]:3: note: lock 'global' acquired here
  // CHECK: :[[@LINE-5]]:35: note: 'lambda' acquires it here
  // CHECK: :[[@LINE-4]]:3: note: release the lock before the call, or call a function that expects it to be held
}

void with(std::mutex &mu) { LOCKED(mu); }
void passed_bad(std::mutex *mu) {
  LOCKED(*mu);
  with(*mu);
  // CHECK: :[[@LINE-1]]:3: warning: call to 'with' acquires lock 'mu' again while this thread holds it
  // CHECK: :[[@LINE-3]]:3: note: lock 'mu' acquired here
  // CHECK: :[[@LINE-6]]:29: note: 'with' acquires it here
  // CHECK: :[[@LINE-4]]:3: note: release the lock before the call, or call a function that expects it to be held
}

void twoParameters_ok(std::mutex &a, std::mutex &b) {
  LOCKED(a);
  with(b);
}

void elements_bad(int i) {
  many[i].lock();
  n++;
  many[i].lock();
  // CHECK: :[[@LINE-1]]:11: warning: lock 'many[...]' is acquired again while this thread holds it
  // CHECK: :[[@LINE-4]]:11: note: lock 'many[...]' acquired here
  // CHECK: :[[@LINE-3]]:11: note: release the lock first, or acquire it only once
}

void inLoop_bad() {
  for (int i = 0; i < 4; ++i)
    global.lock();
    // CHECK: :[[@LINE-1]]:12: warning: lock 'global' is acquired again while this thread may hold it
    // CHECK: :[[@LINE-2]]:12: note: lock 'global' acquired here
    // CHECK: :[[@LINE-3]]:12: note: release the lock first, or acquire it only once
}

void inLoop_ok() {
  for (int i = 0; i < 4; ++i) {
    LOCKED(many[0]);
    n++;
  }
}

template <class M, bool Locks> class Box {
  M mu_;
  static M shared_;
  M many_[4];
  int n_ = 0;

public:
  int size() {
    std::lock_guard<M> guard(mu_);
    return n_;
  }
  void add_bad() {
    std::lock_guard<M> guard(mu_);
    n_ += size();
    // CHECK: :[[@LINE-1]]:11: warning: call to 'size' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:24: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-8]]:24: note: 'size' acquires it here
    // CHECK: :[[@LINE-4]]:11: note: release the lock before the call, or call a function that expects it to be held
  }
  static void enter() { shared_.lock(); }
  static void static_bad() {
    std::lock_guard<M> guard(shared_);
    enter();
    // CHECK: :[[@LINE-1]]:5: warning: call to 'enter' acquires lock 'shared_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:24: note: lock 'shared_' acquired here
    // CHECK: :[[@LINE-6]]:33: note: 'enter' acquires it here
    // CHECK: :[[@LINE-4]]:5: note: release the lock before the call, or call a function that expects it to be held
  }
  void element_bad() {
    std::lock_guard<M> a(many_[2]);
    std::lock_guard<M> b(many_[2]);
    // CHECK: :[[@LINE-1]]:24: warning: lock 'many_[2]' is acquired again while this thread holds it
    // CHECK: :[[@LINE-3]]:24: note: lock 'many_[2]' acquired here
    // CHECK: :[[@LINE-3]]:24: note: release the lock first, or acquire it only once
    n_++;
  }
  void constexpr_bad() {
    if constexpr (Locks)
      mu_.lock();
    mu_.lock();
    // CHECK: :[[@LINE-1]]:9: warning: lock 'mu_' is acquired again while this thread holds it
    // CHECK: :[[@LINE-3]]:11: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:9: note: release the lock first, or acquire it only once
    n_++;
  }
  int constexpr_ok() {
    if constexpr (Locks) {
      std::lock_guard<M> guard(mu_);
      return n_;
    } else {
      return size();
    }
  }
  void other_ok(Box &other) {
    std::lock_guard<M> guard(mu_);
    n_ += other.size();
  }
};
template <class M, bool Locks> M Box<M, Locks>::shared_;
template class Box<std::mutex, true>;
template class Box<std::shared_mutex, true>;
template class Box<std::mutex, false>;

template <class M> void twice_ok(M &mu) {
  mu.lock();
  mu.lock();
}
template void twice_ok(std::recursive_mutex &);

template <class T> struct Base {
  std::mutex mu_;
  void touch() { LOCKED(mu_); }
  virtual ~Base() = default;
  virtual void work() { LOCKED(mu_); }
};
template <class T> struct Derived : Base<T> {
  T value_{};
  void touch_bad() {
    LOCKED(this->mu_);
    this->touch();
    // CHECK: :[[@LINE-1]]:11: warning: call to 'touch' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-11]]:18: note: 'touch' acquires it here
    // CHECK: :[[@LINE-4]]:11: note: release the lock before the call, or call a function that expects it to be held
  }
  void work() override {}
  void work_bad() {
    LOCKED(this->mu_);
    Base<T>::work();
    // CHECK: :[[@LINE-1]]:14: warning: call to 'work' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-18]]:25: note: 'work' acquires it here
    // CHECK: :[[@LINE-4]]:14: note: release the lock before the call, or call a function that expects it to be held
  }
  void unlocked_ok() {
    { LOCKED(this->mu_); }
    this->touch();
  }
};
template struct Derived<int>;
template struct Derived<long>;

//===--- The lock that the round before has left held ---===//

struct Element {
  std::mutex mu;
};
void everyRound_bad(Element &e, bool more) {
  do {
    n++;
    e.mu.lock();
    // CHECK: :[[@LINE-1]]:10: warning: lock 'e.mu' is acquired again while this thread may hold it
    // CHECK: :[[@LINE-2]]:10: note: lock 'e.mu' acquired here
    // CHECK: :[[@LINE-3]]:10: note: release the lock first, or acquire it only once
    if (n > 3)
      n--;
  } while (more);
}
void inner_bad() {
  for (int i = 0; i < n; ++i)
    for (int k = 0; k < n; ++k) {
      global.lock();
      // CHECK: :[[@LINE-1]]:14: warning: lock 'global' is acquired again while this thread may hold it
      // CHECK: :[[@LINE-2]]:14: note: lock 'global' acquired here
      // CHECK: :[[@LINE-3]]:14: note: release the lock first, or acquire it only once
      n++;
    }
}
void firstRound_ok() {
  for (int i = 0; i < n; ++i)
    if (i == 0)
      global.lock();
}
void flagged_ok(bool first) {
  while (n > 0) {
    if (first) {
      global.lock();
      first = false;
    }
    n--;
  }
}
void leaves_ok() {
  for (;;) {
    global.lock();
    if (n > 0)
      break;
    global.unlock();
  }
  global.unlock();
}
void once_ok() {
  for (bool once = true; once; once = false) {
    global.lock();
    n++;
  }
}
#define ONCE(call)                                                             \
  do {                                                                         \
    call;                                                                      \
  } while (0)
void onceInMacro_ok() { ONCE(global.lock()); }
void allElements_ok(std::vector<Element *> &all, Element *list[4]) {
  for (Element *e : all)
    e->mu.lock();
  for (auto it = all.begin(); it != all.end(); ++it)
    (*it)->mu.lock();
  for (int i = 0; i < 4; ++i)
    list[i]->mu.lock();
  for (Element **e = list; e != list + 4; ++e)
    (*e)->mu.lock();
}
Element *get(int);
void localsOfTheLoop_ok(std::vector<std::shared_ptr<Element>> &all) {
  for (int i = 0; i < 4; ++i) {
    auto e = all[i];
    e->mu.lock();
    Element own;
    own.mu.lock();
    std::unique_ptr<Element> made(new Element);
    made->mu.lock();
    Element *p = get(i);
    p->mu.lock();
  }
}
void sometimes_ok(bool (*chosen)(int)) {
  for (int i = 0; i < n; ++i) {
    n++;
    if (chosen(i))
      global.lock();
    n--;
  }
}
void continues_ok() {
  for (int i = 0; i < n; ++i) {
    if (i > 2)
      continue;
    global.lock();
  }
}
void unlocksLater_ok() {
  for (int i = 0; i < n; ++i) {
    if (i > 0)
      global.unlock();
    global.lock();
  }
}

//===--- std::invoke ---===//

struct Invoked {
  std::mutex mu_;
  int n_ = 0;
  void inner() {
    std::lock_guard<std::mutex> lock(mu_);
    ++n_;
  }
  virtual void overridden() {
    std::lock_guard<std::mutex> lock(mu_);
    ++n_;
  }
  void member_bad() {
    std::lock_guard<std::mutex> lock(mu_);
    std::invoke(&Invoked::inner, this);
    // CHECK: :[[@LINE-1]]:5: warning: call to 'inner' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-12]]:33: note: 'inner' acquires it here
    // CHECK: :[[@LINE-4]]:5: note: release the lock before the call, or call a function that expects it to be held
  }
  void reference_bad() {
    std::lock_guard<std::mutex> lock(mu_);
    std::invoke(&Invoked::inner, *this);
    // CHECK: :[[@LINE-1]]:5: warning: call to 'inner' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-20]]:33: note: 'inner' acquires it here
    // CHECK: :[[@LINE-4]]:5: note: release the lock before the call, or call a function that expects it to be held
  }
  void lambda_bad() {
    std::lock_guard<std::mutex> lock(mu_);
    auto run = [this] { inner(); };
    std::invoke(run);
    // CHECK: :[[@LINE-1]]:5: warning: call to 'lambda' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-4]]:33: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-4]]:25: note: 'lambda' calls 'inner' here
    // CHECK: :[[@LINE-30]]:33: note: 'inner' acquires it here
    // CHECK: :[[@LINE-5]]:5: note: release the lock before the call, or call a function that expects it to be held
  }
  void other_ok(Invoked &other) {
    std::lock_guard<std::mutex> lock(mu_);
    std::invoke(&Invoked::inner, other);
    std::invoke(&Invoked::n_, *this) = 1;
  }
  void virtual_ok() {
    std::lock_guard<std::mutex> lock(mu_);
    std::invoke(&Invoked::overridden, this);
  }
  void FN_function() {
    // What a std::function holds is not followed, not even in a local variable.
    std::lock_guard<std::mutex> lock(mu_);
    std::function<void()> run = [this] { inner(); };
    std::invoke(run);
  }
};
