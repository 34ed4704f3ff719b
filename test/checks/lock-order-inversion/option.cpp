// RUN: %check %s --option=LockOrder="db::table < db::row; Cache::mu_ < Disk::mu_ < log_mu"
// An order that the option LockOrder declares.
#include <mutex>

namespace db {
std::mutex table, row;
void fine_ok() {
  std::lock_guard<std::mutex> first(table);
  std::lock_guard<std::mutex> second(row);
}
} // namespace db

namespace other {
std::mutex table, row;
void fine_ok() {
  std::lock_guard<std::mutex> first(row);
  std::lock_guard<std::mutex> second(table);
}
} // namespace other

struct Cache {
  std::mutex mu_;
};
struct Disk {
  std::mutex mu_;
};
std::mutex log_mu;

void one_way_bad(Cache &c, Disk &d) {
  std::lock_guard<std::mutex> first(d.mu_);
  std::lock_guard<std::mutex> second(c.mu_);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'Cache::mu_' is acquired while lock 'Disk::mu_' is held, against the declared order [threadlint-lock-order-inversion]
  // CHECK: :[[@LINE-3]]:31: note: lock 'd.mu_' acquired here
  // CHECK: :[[@LINE-3]]:31: note: acquire 'Cache::mu_' first, or release 'Disk::mu_' before
}
void chained_bad(Cache &c) {
  std::lock_guard<std::mutex> first(log_mu);
  std::lock_guard<std::mutex> second(c.mu_);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'Cache::mu_' is acquired while lock 'log_mu' is held, against the declared order
  // CHECK: :[[@LINE-3]]:31: note: lock 'log_mu' acquired here
  // CHECK: :[[@LINE-3]]:31: note: acquire 'Cache::mu_' first, or release 'log_mu' before
}
