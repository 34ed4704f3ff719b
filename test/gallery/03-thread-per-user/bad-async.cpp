// Title: One future for each user
// std::async with std::launch::async is a thread as well. The results come back in
// order, but all the threads run at once.
#include "http.h"
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
    std::vector<std::pair<long, std::future<std::string>>> downloads;
    for (const User &user : users) {
      downloads.emplace_back(
          user.id, std::async(std::launch::async, http::get, user.avatarUrl)); // BAD: unbounded-thread-spawn
    }
    for (auto &[id, image] : downloads)
      images_.emplace_back(id, image.get());
  }

private:
  std::vector<std::pair<long, std::string>> images_;
};
