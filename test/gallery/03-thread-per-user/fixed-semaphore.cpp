// Title: A permit for each thread
// Eight threads may run at a time. The loop waits for a permit before it starts the
// next one, and the thread gives it back at its end, also after an exception.
#include "mail.h"
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

struct User {
  std::string name;
  std::string address;
  double balance = 0;
};

class Permit {
public:
  explicit Permit(std::counting_semaphore<> &permits) : permits_(permits) {}
  Permit(const Permit &) = delete;
  Permit &operator=(const Permit &) = delete;
  ~Permit() { permits_.release(); }

private:
  std::counting_semaphore<> &permits_;
};

std::string statementFor(const User &user) {
  return "Dear " + user.name + ",\n\nyour balance is " + std::to_string(user.balance) + ".\n";
}

void mailStatements(const std::vector<User> &users) {
  std::counting_semaphore<> permits(8);
  std::vector<std::jthread> threads;
  threads.reserve(users.size());
  for (const User &user : users) {
    permits.acquire();
    threads.emplace_back([&user, &permits] {
      Permit permit(permits);
      mail::send({user.address, "Your statement", statementFor(user)});
    });
  }
}
