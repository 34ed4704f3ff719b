// RUN: %check %s
// Two objects of one class: each function is a finding, and an exchange of their data
// gives them no order.
#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

struct Account {
  std::mutex mu;
  int n = 0;
  std::vector<int> items;
};

void transfer0_bad(Account &first, Account &second) {
  std::lock_guard<std::mutex> a(first.mu);
  std::lock_guard<std::mutex> b(second.mu);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'second.mu' is acquired while lock 'first.mu' of another object is held
  first.n--;
  second.n++;
}

void transfer1_bad(Account &first, Account &second) {
  std::lock_guard<std::mutex> a(first.mu);
  std::lock_guard<std::mutex> b(second.mu);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'second.mu' is acquired while lock 'first.mu' of another object is held
  first.n--;
  second.n++;
}

void transfer2_bad(Account &first, Account &second) {
  std::lock_guard<std::mutex> a(first.mu);
  std::lock_guard<std::mutex> b(second.mu);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'second.mu' is acquired while lock 'first.mu' of another object is held
  first.n--;
  second.n++;
}

void transfer3_bad(Account &first, Account &second) {
  std::lock_guard<std::mutex> a(first.mu);
  std::lock_guard<std::mutex> b(second.mu);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'second.mu' is acquired while lock 'first.mu' of another object is held
  first.n--;
  second.n++;
}

void transfer4_bad(Account &first, Account &second) {
  std::lock_guard<std::mutex> a(first.mu);
  std::lock_guard<std::mutex> b(second.mu);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'second.mu' is acquired while lock 'first.mu' of another object is held
  first.n--;
  second.n++;
}

void transfer5_bad(Account &first, Account &second) {
  std::lock_guard<std::mutex> a(first.mu);
  std::lock_guard<std::mutex> b(second.mu);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'second.mu' is acquired while lock 'first.mu' of another object is held
  first.n--;
  second.n++;
}

void transfer6_bad(Account &first, Account &second) {
  std::lock_guard<std::mutex> a(first.mu);
  std::lock_guard<std::mutex> b(second.mu);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'second.mu' is acquired while lock 'first.mu' of another object is held
  first.n--;
  second.n++;
}

void transfer7_bad(Account &first, Account &second) {
  std::lock_guard<std::mutex> a(first.mu);
  std::lock_guard<std::mutex> b(second.mu);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'second.mu' is acquired while lock 'first.mu' of another object is held
  first.n--;
  second.n++;
}

void swapData_bad(Account &first, Account &second) {
  std::lock_guard<std::mutex> a(first.mu);
  std::lock_guard<std::mutex> b(second.mu);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'second.mu' is acquired while lock 'first.mu' of another object is held
  std::swap(first.n, second.n);
}
void swapItems_bad(Account &first, Account &second) {
  std::lock_guard<std::mutex> a(first.mu);
  std::lock_guard<std::mutex> b(second.mu);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'second.mu' is acquired while lock 'first.mu' of another object is held
  first.items.swap(second.items);
}
void compared_ok(Account &first, Account &second) {
  Account *low = &first, *high = &second;
  if (high < low)
    std::swap(low, high);
  std::lock_guard<std::mutex> a(low->mu);
  std::lock_guard<std::mutex> b(high->mu);
  std::swap(first.n, second.n);
}
