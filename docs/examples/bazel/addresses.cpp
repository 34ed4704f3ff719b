// Waits for the name server while every other thread waits for the lock.
#include "addresses.h"
#include <netdb.h>

void Addresses::add(const std::string &host) {
  std::lock_guard<std::mutex> lock(mutex_);
  addrinfo *found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, nullptr, &found) != 0)
    return;
  known_.push_back(host);
  freeaddrinfo(found);
}
