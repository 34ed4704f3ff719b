// An example for tools/lint: one mistake, and the same work done right.
#include <map>
#include <mutex>
#include <netdb.h>
#include <string>
#include <sys/socket.h>

class Addresses {
public:
  // Wrong: a name server may take seconds to answer, and every thread that wants
  // mu_ waits as long, even for an address that is in the cache.
  std::string find(const std::string &host) {
    std::lock_guard<std::mutex> guard(mu_);
    auto known = cache_.find(host);
    if (known != cache_.end())
      return known->second;
    addrinfo *answer = nullptr;
    if (getaddrinfo(host.c_str(), nullptr, nullptr, &answer) != 0)
      return "";
    std::string address(answer->ai_addr->sa_data, sizeof(answer->ai_addr->sa_data));
    freeaddrinfo(answer);
    return cache_[host] = address;
  }

  // Right: look it up without the lock, and take it again to store the answer.
  std::string findWithoutWaiting(const std::string &host) {
    {
      std::lock_guard<std::mutex> guard(mu_);
      auto known = cache_.find(host);
      if (known != cache_.end())
        return known->second;
    }
    addrinfo *answer = nullptr;
    if (getaddrinfo(host.c_str(), nullptr, nullptr, &answer) != 0)
      return "";
    std::string address(answer->ai_addr->sa_data, sizeof(answer->ai_addr->sa_data));
    freeaddrinfo(answer);
    std::lock_guard<std::mutex> guard(mu_);
    return cache_[host] = address;
  }

private:
  std::mutex mu_;
  std::map<std::string, std::string> cache_;
};

int main() {
  Addresses addresses;
  return addresses.find("localhost") == addresses.findWithoutWaiting("localhost") ? 0 : 1;
}
