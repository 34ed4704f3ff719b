// Title: A spin lock that cannot be copied
// Like std::mutex, the lock deletes its copy constructor. The compiler now finds each place
// that would have copied an account, and references take their place.
#include <map>
#include <mutex>
#include <string>
#include <thread>

class SpinLock {
public:
  SpinLock() = default;
  SpinLock(const SpinLock &) = delete;
  SpinLock &operator=(const SpinLock &) = delete;

  void lock() {
    while (__atomic_exchange_n(&state_, 1, __ATOMIC_ACQUIRE))
      while (__atomic_load_n(&state_, __ATOMIC_RELAXED))
        std::this_thread::yield();
  }
  void unlock() { __atomic_store_n(&state_, 0, __ATOMIC_RELEASE); }

private:
  int state_ = 0;
};

struct Account {
  SpinLock lock;
  long cents = 0;
  std::string owner;
};

long balance(Account &account) {
  std::lock_guard guard(account.lock);
  return account.cents;
}

class Bank {
public:
  long assets() {
    long sum = 0;
    for (auto &entry : accounts_)
      sum += balance(entry.second);
    return sum;
  }

  void deposit(int number, long cents) {
    Account &account = accounts_.at(number);
    std::lock_guard guard(account.lock);
    account.cents += cents;
  }

private:
  std::map<int, Account> accounts_;
};
