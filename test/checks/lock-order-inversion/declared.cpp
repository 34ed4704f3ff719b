// RUN: %check %s
// RUN: %check %s --option=LockOrder="db::table < db::row; Cache::mu_ < Disk::mu_ < log_mu" --prefix=DEMANDED
// An order that attributes or the option LockOrder declare.
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

void one_way(Cache &c, Disk &d) {
  std::lock_guard<std::mutex> first(d.mu_);
  // DEMANDED: :[[@LINE-1]]:31: note: lock 'd.mu_' acquired here
  std::lock_guard<std::mutex> second(c.mu_);
  // DEMANDED: :[[@LINE-1]]:31: warning: lock 'Cache::mu_' is acquired while lock 'Disk::mu_' is held, against the declared order
  // DEMANDED: :[[@LINE-2]]:31: note: acquire 'Cache::mu_' first, or release 'Disk::mu_' before
}
void chained(Cache &c) {
  std::lock_guard<std::mutex> first(log_mu);
  // DEMANDED: :[[@LINE-1]]:31: note: lock 'log_mu' acquired here
  std::lock_guard<std::mutex> second(c.mu_);
  // DEMANDED: :[[@LINE-1]]:31: warning: lock 'Cache::mu_' is acquired while lock 'log_mu' is held, against the declared order
  // DEMANDED: :[[@LINE-2]]:31: note: acquire
}

class __attribute__((capability("mutex"))) Mutex {
public:
  void lock() __attribute__((acquire_capability()));
  void unlock() __attribute__((release_capability()));
};

struct Annotated {
  Mutex first __attribute__((acquired_before(second)));
  Mutex second;
  Mutex third __attribute__((acquired_after(second)));
  void right_ok() {
    first.lock();
    second.lock();
    third.lock();
    third.unlock();
    second.unlock();
    first.unlock();
  }
  void wrong_bad() {
    third.lock();
    // CHECK: :[[@LINE-1]]:11: note: lock 'third' acquired here
    // DEMANDED: :[[@LINE-2]]:11: note: lock 'third' acquired here
    first.lock();
    // CHECK: :[[@LINE-1]]:11: warning: lock 'Annotated::first' is acquired while lock 'Annotated::third' is held, against the declared order
    // CHECK: :[[@LINE-2]]:11: note: acquire
    // DEMANDED: :[[@LINE-3]]:11: warning: lock 'Annotated::first' is acquired while lock 'Annotated::third' is held, against the declared order
    // DEMANDED: :[[@LINE-4]]:11: note: acquire
    first.unlock();
    third.unlock();
  }
};
