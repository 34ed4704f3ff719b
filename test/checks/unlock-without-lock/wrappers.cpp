// RUN: %check %s -- -std=c++17
// Attempts that failed, releases in other functions, adoptions of nobody's lock.
#include <mutex>

std::mutex a, b;
int n;

void failedAttempt_bad() {
  if (!a.try_lock()) {
    a.unlock();
    // CHECK: :[[@LINE-1]]:7: warning: this unlocks 'a', which could not be acquired on any path to here
    // CHECK: :[[@LINE-3]]:10: note: the attempt to acquire it has failed
    // CHECK: :[[@LINE-3]]:7: note: release the lock only where it has been acquired
    return;
  }
  a.unlock();
}

void secondAttempt_ok() {
  if (!a.try_lock())
    a.lock();
  a.unlock();
}

void heldBefore_ok() {
  a.lock();
  if (a.try_lock())
    a.unlock();
  a.unlock();
}

struct Queue {
  std::mutex mu;
  int size = 0;
  void enter() { mu.lock(); }
  void leave() { mu.unlock(); }
  void leaveIfFull() {
    if (size > 3)
      mu.unlock();
  }

  void leftTwice_bad() {
    enter();
    size++;
    leave();
    leave();
    // CHECK: :[[@LINE-1]]:5: warning: this unlocks 'mu', which is released already on every path to here
    // CHECK: :[[@LINE-3]]:5: note: released here
    // CHECK: note: remove one
  }

  void leftAndUnlocked_bad() {
    mu.lock();
    size++;
    leave();
    mu.unlock();
    // CHECK: :[[@LINE-1]]:8: warning: this unlocks 'mu', which is released already on every path to here
    // CHECK: :[[@LINE-3]]:5: note: released here
    // CHECK: note: remove one
  }

  void perhapsLeft_ok() {
    mu.lock();
    leaveIfFull();
    mu.unlock();
  }

  void leftInTurn_ok() {
    enter();
    leave();
    enter();
    leave();
  }
};

void adoptedOther_bad() {
  a.lock();
  n++;
  std::lock_guard<std::mutex> guard(b, std::adopt_lock);
  // CHECK: :[[@LINE-1]]:31: warning: this adopts 'b', which this function never locks; it locks 'a' and never unlocks it
  // CHECK: :[[@LINE-4]]:5: note: 'a' acquired here
  // CHECK: note: release the lock that was acquired
}

class Account {
public:
  void deposit_bad(int amount) {
    std::lock_guard<std::mutex> guard(mine, std::adopt_lock);
    // CHECK: :[[@LINE-1]]:33: warning: this adopts 'mine', which is not locked yet on any path to here
    // CHECK: note: acquire the lock before
    balance += amount;
  }
  int read() {
    std::lock_guard<std::mutex> guard(mine);
    return balance;
  }

private:
  std::mutex mine;
  int balance = 0;
};

class Ledger {
public:
  void begin() { mine.lock(); }
  void finish_ok() { std::lock_guard<std::mutex> guard(mine, std::adopt_lock); }

private:
  std::mutex mine;
};
