// Title: Both locks at once
// std::scoped_lock takes both without holding one while it waits for the other. An
// account is not locked twice when somebody pays himself.
#include <mutex>
#include <string>

struct Account {
  std::mutex mutex;
  std::string owner;
  long cents = 0;
};

bool transfer(Account &from, Account &to, long cents) {
  if (&from == &to)
    return true;
  std::scoped_lock lock(from.mutex, to.mutex);
  if (from.cents < cents)
    return false;
  from.cents -= cents;
  to.cents += cents;
  return true;
}
