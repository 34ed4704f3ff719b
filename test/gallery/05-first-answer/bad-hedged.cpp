// Title: A second request after a while, and a deadline
// The backup is asked when the primary is slow, and after two seconds the caller gives
// up. Up to two threads then still use the variables of a function that has returned.
#include "http.h"
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

using namespace std::chrono_literals;

class ProfileClient {
public:
  ProfileClient(std::string primary, std::string backup)
      : primary_(std::move(primary)), backup_(std::move(backup)) {}

  std::optional<std::string> load(const std::string &user) const {
    const auto deadline = std::chrono::steady_clock::now() + 2s;
    std::mutex mutex;
    std::condition_variable arrived;
    std::optional<std::string> profile;

    auto request = [&](const std::string &host) { // BAD: reference-capture-in-task
      std::string body = http::get(host + "/profile/" + user);
      std::lock_guard lock(mutex);
      profile = std::move(body);
      arrived.notify_all();
    };
    auto haveProfile = [&] { return profile.has_value(); };

    std::thread(request, primary_).detach();
    std::unique_lock lock(mutex);
    if (!arrived.wait_for(lock, 50ms, haveProfile))
      std::thread(request, backup_).detach();
    arrived.wait_until(lock, deadline, haveProfile);
    return profile;
  }

private:
  std::string primary_;
  std::string backup_;
};
