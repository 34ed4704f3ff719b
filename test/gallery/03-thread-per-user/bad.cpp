// Title: One thread for each user
// The number of threads is the number of users. A hundred work in the test; with a
// hundred thousand the next thread cannot be created, and its constructor throws.
#include "mail.h"
#include <string>
#include <thread>
#include <vector>

struct User {
  std::string name;
  std::string address;
  double balance = 0;
};

std::string statementFor(const User &user) {
  return "Dear " + user.name + ",\n\nyour balance is " + std::to_string(user.balance) + ".\n";
}

void mailStatements(const std::vector<User> &users) {
  std::vector<std::thread> threads;
  threads.reserve(users.size());
  for (const User &user : users) {
    threads.emplace_back([&user] { // BAD: unbounded-thread-spawn
      mail::send({user.address, "Your statement", statementFor(user)});
    });
  }
  for (std::thread &thread : threads)
    thread.join();
}
