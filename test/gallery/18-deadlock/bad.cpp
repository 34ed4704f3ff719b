// Title: Two accounts, two orders
// Ann pays Bob while Bob pays Ann. Each transfer has locked the account that it takes
// from, and waits for ever for the other one.
#include <mutex>
#include <string>

struct Account {
  std::mutex mutex;
  std::string owner;
  long cents = 0;
};

bool transfer(Account &from, Account &to, long cents) {
  std::lock_guard fromLock(from.mutex);
  if (from.cents < cents)
    return false;
  std::lock_guard toLock(to.mutex); // BAD: lock-order-inversion
  from.cents -= cents;
  to.cents += cents;
  return true;
}
