// RUN: %check %s
// Lambdas, templates, base classes, macros; locks as parameters and elements of arrays.
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

int n;
#define WITH(m, name) std::lock_guard<std::mutex> name(m)

//===--- A base class and a template ---===//

struct Lockable {
  std::mutex mu_;
};
template <class T> class Store : Lockable {
  std::mutex log_mu_;
  T value_{};

public:
  void put(T value) {
    WITH(mu_, first);
    WITH(log_mu_, second);
    value_ = value;
  }
  void dump_bad() {
    WITH(log_mu_, first);
    WITH(mu_, second);
    // CHECK: :[[@LINE-1]]:5: warning: lock 'Lockable::mu_' is acquired while lock 'Store::log_mu_' is held, and elsewhere in the opposite order [threadlint-lock-order-inversion]
    // CHECK: :[[@LINE-3]]:5: note: lock 'log_mu_' acquired here
    // CHECK: :[[@LINE-8]]:5: note: 'put' acquires lock 'Store::log_mu_' here, while it holds lock 'Lockable::mu_'
    // CHECK: :[[@LINE-10]]:5: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-5]]:5: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
    value_ = T();
  }
  void dump_ok() {
    std::scoped_lock both(log_mu_, mu_);
    value_ = T();
  }
};
template class Store<int>;
template class Store<long>;

struct Left : Lockable {
  static std::mutex all_;
  void one() {
    WITH(all_, first);
    WITH(mu_, second);
  }
};
struct Right : Lockable {
  void other_class_ok() { // no object is a Left and a Right
    WITH(mu_, first);
    WITH(Left::all_, second);
  }
};
struct Further : Left {
  void one_bad() {
    WITH(mu_, first);
    [this] { WITH(all_, second); }();
    // CHECK: :[[@LINE-1]]:5: warning: lock 'all_' is acquired while lock 'Lockable::mu_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:14: note: 'lambda' acquires it here
    // CHECK: :[[@LINE-16]]:5: note: 'one' acquires lock 'Lockable::mu_' here, while it holds lock 'all_'
    // CHECK: :[[@LINE-18]]:5: note: lock 'all_' acquired here
    // CHECK: :[[@LINE-6]]:5: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
  }
};

//===--- Static members, `if constexpr` ---===//

template <bool Audited> struct Ledger {
  static std::mutex book_, audit_;
  void write() {
    WITH(book_, first);
    if constexpr (Audited) {
      WITH(audit_, second);
      ++n;
    }
  }
  void check_bad() {
    WITH(audit_, first);
    WITH(book_, second);
    // CHECK: :[[@LINE-1]]:5: warning: lock 'book_' is acquired while lock 'audit_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-3]]:5: note: lock 'audit_' acquired here
    // CHECK: :[[@LINE-9]]:7: note: 'write' acquires lock 'audit_' here, while it holds lock 'book_'
    // CHECK: :[[@LINE-12]]:5: note: lock 'book_' acquired here
    // CHECK: :[[@LINE-5]]:5: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
  }
};
template struct Ledger<true>;
template <bool Audited> struct Quiet {
  static std::mutex book_, audit_;
  void write() {
    WITH(book_, first);
    if constexpr (Audited) {
      WITH(audit_, second);
      ++n;
    }
  }
  void check_ok() {
    WITH(audit_, first);
    WITH(book_, second);
  }
};
template struct Quiet<false>;

//===--- Lambdas ---===//

class Lambdas {
  std::mutex a_, b_, c_, d_, e_, f_;

public:
  void ab() {
    auto run = [this] {
      WITH(a_, first);
      auto inner = [this] { WITH(b_, second); };
      inner();
    };
    run();
  }
  void ba_bad() {
    auto run = [this] {
      WITH(b_, first);
      WITH(a_, second);
      // CHECK: :[[@LINE-1]]:7: warning: lock 'Lambdas::a_' is acquired while lock 'Lambdas::b_' is held, and elsewhere in the opposite order
      // CHECK: :[[@LINE-3]]:7: note: lock 'b_' acquired here
      // CHECK: :[[@LINE-10]]:7: note: 'lambda' acquires lock 'Lambdas::b_' here, by a call to 'lambda', while it holds lock 'Lambdas::a_'
      // CHECK: :[[@LINE-13]]:7: note: lock 'a_' acquired here
      // CHECK: :[[@LINE-13]]:29: note: 'lambda' acquires it here
      // CHECK: :[[@LINE-6]]:7: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
    };
    run();
  }
  void cd() {
    WITH(c_, first);
    WITH(d_, second);
  }
  std::function<void()> later_ok() {
    WITH(d_, first);
    return [this] { WITH(c_, second); };
  }
  void ef() {
    WITH(e_, first);
    WITH(f_, second);
  }
  void fe_bad() {
    WITH(f_, first);
    [this] { WITH(e_, second); }();
    // CHECK: :[[@LINE-1]]:5: warning: lock 'Lambdas::e_' is acquired while lock 'Lambdas::f_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-3]]:5: note: lock 'f_' acquired here
    // CHECK: :[[@LINE-3]]:14: note: 'lambda' acquires it here
    // CHECK: :[[@LINE-8]]:5: note: 'ef' acquires lock 'Lambdas::f_' here, while it holds lock 'Lambdas::e_'
    // CHECK: :[[@LINE-10]]:5: note: lock 'e_' acquired here
    // CHECK: :[[@LINE-6]]:5: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
  }
};

//===--- Parameters, elements, pointers ---===//

template <class M> void in_order(M &first, M &second) {
  std::lock_guard<M> one(first);
  std::lock_guard<M> two(second);
}
std::mutex pa, pb;
void p_ab() { in_order(pa, pb); }
void p_ba_bad() { in_order(pb, pa); }
// CHECK: :[[@LINE-1]]:19: warning: lock 'pa' is acquired while lock 'pb' is held, and elsewhere in the opposite order
// CHECK: :[[@LINE-2]]:19: note: lock 'pb' acquired here
// CHECK: :[[@LINE-7]]:22: note: 'in_order' acquires it here
// CHECK: :[[@LINE-5]]:15: note: 'p_ab' acquires lock 'pb' here, by a call to 'in_order', while it holds lock 'pa'
// CHECK: :[[@LINE-6]]:15: note: lock 'pa' acquired here
// CHECK: :[[@LINE-10]]:22: note: 'in_order' acquires it here
// CHECK: :[[@LINE-7]]:19: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'

std::array<std::mutex, 2> pair;
void front_back() {
  WITH(pair[0], first);
  WITH(pair[1], second);
}
void back_front_bad() {
  WITH(pair[1], first);
  WITH(pair[0], second);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'pair[0]' is acquired while lock 'pair[1]' is held, and elsewhere in the opposite order
  // CHECK: :[[@LINE-3]]:3: note: lock 'pair[1]' acquired here
  // CHECK: :[[@LINE-7]]:3: note: 'front_back' acquires lock 'pair[1]' here, while it holds lock 'pair[0]'
  // CHECK: :[[@LINE-9]]:3: note: lock 'pair[0]' acquired here
  // CHECK: :[[@LINE-5]]:3: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
void row_ok(std::vector<std::mutex> &row) {
  for (std::size_t i = 1; i < row.size(); ++i) {
    WITH(row[i - 1], first);
    WITH(row[i], second);
  }
}

struct Account {
  std::mutex mu;
};
class Bank {
  std::map<int, std::unique_ptr<Account>> accounts_;
  std::vector<std::shared_ptr<Account>> list_;

public:
  void move_bad(int from, int to) {
    Account &a = *accounts_[from];
    Account &b = *accounts_[to];
    WITH(a.mu, first);
    WITH(b.mu, second);
    // CHECK: :[[@LINE-1]]:5: warning: lock 'accounts_[...].mu' is acquired while lock 'accounts_[...].mu' of another object is held; a call with the objects exchanged acquires them in the opposite order
    // CHECK: :[[@LINE-3]]:5: note: lock 'accounts_[...].mu' acquired here
    // CHECK: :[[@LINE-3]]:5: note: acquire both together with 'std::scoped_lock' or 'std::lock', or in the order of their addresses
  }
  void shared_bad(const std::shared_ptr<Account> &a, const std::shared_ptr<Account> &b) {
    WITH(a->mu, first);
    WITH(b->mu, second);
    // CHECK: :[[@LINE-1]]:5: warning: lock 'b.mu' is acquired while lock 'a.mu' of another object is held; a call with the objects exchanged acquires them in the opposite order
    // CHECK: :[[@LINE-3]]:5: note: lock 'a.mu' acquired here
    // CHECK: :[[@LINE-3]]:5: note: acquire both together with 'std::scoped_lock' or 'std::lock', or in the order of their addresses
  }
  void move_ok(int from, int to) {
    if (to < from)
      return move_ok(to, from);
    WITH(accounts_[from]->mu, first);
    WITH(accounts_[to]->mu, second);
  }
  void same_container_bad(Bank &other) {
    WITH(list_[0]->mu, first);
    WITH(other.list_[0]->mu, second);
    // CHECK: :[[@LINE-1]]:5: warning: lock 'other.list_[0].mu' is acquired while lock 'list_[0].mu' of another object is held; a call with the objects exchanged acquires them in the opposite order
    // CHECK: :[[@LINE-3]]:5: note: lock 'list_[0].mu' acquired here
    // CHECK: :[[@LINE-3]]:5: note: acquire both together with 'std::scoped_lock' or 'std::lock', or in the order of their addresses
  }
};
