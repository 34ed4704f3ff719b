// RUN: %check %s
// Lambdas, templates, base classes, macros; locks as parameters and elements of arrays.
#include <array>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#define LOCKED std::lock_guard<std::mutex> guard(mu_)
#define FIRE(cb, ...)                                                          \
  if (cb)                                                                      \
  (cb)(__VA_ARGS__)

using Handler = std::function<void(int)>;

//===--- Templates and base classes ---===//

struct Lockable {
  std::mutex mu_;
  Handler inherited_;
  void lock() { mu_.lock(); }
  void unlock() { mu_.unlock(); }
};

template <class T> class Box : Lockable {
  T value_{};
  std::function<void(const T &)> changed_;

public:
  void set_bad(const T &value) {
    LOCKED;
    value_ = value;
    changed_(value_);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'changed_' runs while lock 'mu_' is held [threadlint-callback-under-lock]
    // CHECK: :[[@LINE-4]]:5: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void base_bad() {
    this->lock();
    inherited_(1);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'inherited_' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-3]]:11: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
    this->unlock();
  }
  void guarded_base_bad() {
    std::lock_guard<Lockable> guard(*this);
    inherited_(1);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'inherited_' runs while lock '*this' is held
    // CHECK: :[[@LINE-3]]:31: note: lock '*this' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  template <bool Loud> void constexpr_bad() {
    LOCKED;
    if constexpr (Loud)
      inherited_(1);
      // CHECK: :[[@LINE-1]]:7: warning: callback 'inherited_' runs while lock 'mu_' is held
      // CHECK: :[[@LINE-4]]:5: note: lock 'mu_' acquired here
      // CHECK: :[[@LINE-3]]:7: note: copy what is to be called while the lock is held, and call it after its release
  }
  template <bool Loud> void constexpr_ok() {
    LOCKED;
    if constexpr (Loud)
      inherited_(1);
  }
  template <class F> void visit_ok(F f) {
    LOCKED;
    f(value_);
  }
};
template class Box<int>;
template class Box<long>;
template void Box<int>::constexpr_bad<true>();
template void Box<int>::constexpr_bad<false>();
template void Box<int>::constexpr_ok<false>();

//===--- Lambdas, macros, members of members ---===//

class Hub {
  static std::mutex all_;
  static std::vector<Handler> shared_handlers_;
  std::mutex mu_;
  std::array<std::mutex, 4> shards_;
  std::mutex raw_[4];
  std::unique_ptr<Handler> owned_;
  std::shared_ptr<Handler> shared_;
  Handler *pointed_ = nullptr;
  std::map<int, std::vector<Handler>> lists_;
  std::pair<int, Handler> pair_;
  Handler handlers_[3];
  void (*plain_cb_)(int) = nullptr;

public:
  void macro_bad() {
    LOCKED;
    FIRE(pair_.second, 1);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'pair_' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  static void static_bad() {
    std::lock_guard<std::mutex> guard(all_);
    for (const Handler &h : shared_handlers_)
      h(1);
      // CHECK: :[[@LINE-1]]:7: warning: callback 'shared_handlers_' runs while lock 'all_' is held
      // CHECK: :[[@LINE-4]]:33: note: lock 'all_' acquired here
      // CHECK: :[[@LINE-3]]:7: note: copy what is to be called while the lock is held, and call it after its release
  }
  void in_lambda_bad() {
    auto run = [this] {
      auto inner = [this](int v) {
        LOCKED;
        plain_cb_(v);
        // CHECK: :[[@LINE-1]]:9: warning: callback 'plain_cb_' runs while lock 'mu_' is held
        // CHECK: :[[@LINE-3]]:9: note: lock 'mu_' acquired here
        // CHECK: :[[@LINE-3]]:9: note: copy what is to be called while the lock is held, and call it after its release
      };
      inner(1);
    };
    run();
  }
  void lambda_called_bad() {
    auto fire = [this](int v) { plain_cb_(v); };
    LOCKED;
    fire(1);
    // CHECK: :[[@LINE-1]]:5: warning: call to 'lambda' runs callback 'plain_cb_' while lock 'mu_' is held
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-5]]:33: note: 'lambda' runs it here
    // CHECK: :[[@LINE-4]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void lambda_defined_ok() {
    LOCKED;
    auto later = [this](int v) { plain_cb_(v); };
    static_cast<void>(later);
  }
  void behind_pointers_bad() {
    LOCKED;
    (*owned_)(1);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'owned_' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
    (*shared_)(2);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'shared_' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-7]]:5: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
    (*pointed_)(3);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'pointed_' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-11]]:5: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void nested_lists_bad(int key) {
    LOCKED;
    for (auto &h : lists_[key])
      h(1);
      // CHECK: :[[@LINE-1]]:7: warning: callback 'lists_' runs while lock 'mu_' is held
      // CHECK: :[[@LINE-4]]:5: note: lock 'mu_' acquired here
      // CHECK: :[[@LINE-3]]:7: note: copy what is to be called while the lock is held, and call it after its release
  }
  void element_bad(int i) {
    std::lock_guard<std::mutex> guard(shards_[i]);
    handlers_[i](1);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'handlers_' runs while lock 'shards_[...]' is held
    // CHECK: :[[@LINE-3]]:33: note: lock 'shards_[...]' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void raw_element_bad(int i) {
    raw_[i].lock();
    handlers_[i](1);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'handlers_' runs while lock 'raw_[...]' is held
    // CHECK: :[[@LINE-3]]:13: note: lock 'raw_[...]' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
    raw_[i].unlock();
  }
  void parameter_bad(std::mutex &mu, Handler handler) {
    std::unique_lock<std::mutex> lock(mu);
    handler(1);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'handler' runs while lock 'mu' is held
    // CHECK: :[[@LINE-3]]:34: note: lock 'mu' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void held_by_caller_bad(std::unique_lock<std::mutex> &lock) {
    lock.lock();
    fire_all();
    // CHECK: :[[@LINE-1]]:5: warning: call to 'fire_all' runs callback 'lists_' while lock 'lock' is held
    // CHECK: :[[@LINE-3]]:10: note: lock 'lock' acquired here
    // CHECK: :[[@LINE+39]]:7: note: 'fire_all' runs it here
    // CHECK: :[[@LINE-4]]:5: note: copy what is to be called while the lock is held, and call it after its release
    lock.unlock();
  }
  void try_bad() {
    if (std::unique_lock<std::mutex> lock(mu_, std::try_to_lock); lock)
      fire_all();
      // CHECK: :[[@LINE-1]]:7: warning: call to 'fire_all' runs callback 'lists_' while lock 'mu_' is held
      // CHECK: :[[@LINE-3]]:38: note: lock 'mu_' acquired here
      // CHECK: :[[@LINE+30]]:7: note: 'fire_all' runs it here
      // CHECK: :[[@LINE-4]]:7: note: copy what is to be called while the lock is held, and call it after its release
  }
  void swapped_ok() {
    std::vector<Handler> copy;
    {
      LOCKED;
      copy = lists_[1];
    }
    for (auto &h : copy)
      h(1);
  }
  void scope_ok() {
    { LOCKED; }
    plain_cb_(1);
  }
  void in_a_branch_ok(bool wait) {
    std::unique_lock<std::mutex> lock(mu_, std::defer_lock);
    if (wait)
      lock.lock();
    plain_cb_(1);
  }
  void passed_on_ok() {
    LOCKED;
    keep(pair_.second);
  }

private:
  void fire_all() {
    for (auto &h : lists_[0])
      h(1);
  }
  void keep(Handler handler) { lists_[2].push_back(std::move(handler)); }
};

//===--- Pointers to members, std::invoke ---===//

struct Target {
  void run();
};
class Invoked {
  std::mutex mu_;
  Handler handler_;
  void (Target::*member_handler_)() = nullptr;

public:
  void member_pointer_bad(Target &t) {
    LOCKED;
    (t.*member_handler_)();
    // CHECK: :[[@LINE-1]]:5: warning: callback 'member_handler_' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void invoked_bad() {
    LOCKED;
    std::invoke(handler_, 1);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'handler_' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void own_member_ok() {
    // A state of this object.
    LOCKED;
    (this->*state_)();
  }
  void invoked_member_ok(Target &t) {
    LOCKED;
    std::invoke(&Target::run, t);
    std::invoke([this] { own_member_ok_inner(); });
  }
  template <class F> void invoked_parameter_ok(F &&f) {
    LOCKED;
    std::invoke(std::forward<F>(f));
  }
  void compared_ok() {
    LOCKED;
    numbers_.remove_if(predicate_);
  }

private:
  void own_member_ok_inner();
  void (Invoked::*state_)() = nullptr;
  std::list<int> numbers_;
  std::function<bool(int)> predicate_;
};
void useInvoked(Invoked &i) {
  i.invoked_parameter_ok([] {});
}
