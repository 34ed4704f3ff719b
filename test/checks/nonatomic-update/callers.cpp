// RUN: %check %s
// Updates whose callers hold a lock.
#include <atomic>
#include <mutex>

struct Mutex {
  void Lock();
  void Unlock();
  void AssertHeld();
};

class Db {
public:
  void asserted_ok(long n, long o) {
    mutex_.AssertHeld();
    total_ = total_ - o + n;
  }
  void free_bad(long n) {
    free_ = free_ + n;
    // CHECK: :[[@LINE-1]]:11: warning:
  }

private:
  Mutex mutex_;
  std::atomic<long> total_{0}, free_{0};
};

class Impl {
public:
  void create_ok(int wanted) {
    if (wanted < prio_)
      prio_.store(wanted);
  }
  void raise_bad(int wanted) {
    if (wanted > high_)
      high_.store(wanted);
    // CHECK: :[[@LINE-1]]:13: warning:
  }

private:
  std::atomic<int> prio_{0}, high_{0};
};

// Its lock is around whatever the other one does.
class Safe {
public:
  void create(int wanted) {
    std::lock_guard<std::mutex> lock(mutex_);
    impl_.create_ok(wanted);
    impl_.raise_bad(wanted);
  }
  void hurry() { impl_.raise_bad(9); }

private:
  std::mutex mutex_;
  Impl impl_;
};

// The lock is held if the flag was not set.
std::mutex gate;
struct Table {
  Table();
};
void once_ok() {
  static std::atomic<bool> made(false);
  bool known = made;
  if (!known)
    gate.lock();
  static const Table table;
  if (!known) {
    made = true;
    gate.unlock();
  }
}
