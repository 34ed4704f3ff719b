// Title: A fixed number of futures
// Four tasks share the users: each takes the next one that nobody has taken. The futures
// wait for the tasks.
#include "http.h"
#include <array>
#include <atomic>
#include <future>
#include <string>
#include <utility>
#include <vector>

struct User {
  long id;
  std::string avatarUrl;
};

class AvatarCache {
public:
  void refresh(const std::vector<User> &users) {
    std::vector<std::string> downloaded(users.size());
    std::atomic<std::size_t> next{0};
    auto download = [&] {
      for (std::size_t i = next++; i < users.size(); i = next++)
        downloaded[i] = http::get(users[i].avatarUrl);
    };
    std::array<std::future<void>, 4> tasks;
    for (auto &task : tasks)
      task = std::async(std::launch::async, download);
    for (auto &task : tasks)
      task.get();

    for (std::size_t i = 0; i < users.size(); ++i)
      images_.emplace_back(users[i].id, std::move(downloaded[i]));
  }

private:
  std::vector<std::pair<long, std::string>> images_;
};
