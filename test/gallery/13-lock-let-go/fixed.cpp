// Title: Shared ownership instead
// The map holds the sessions by `shared_ptr`, and so does everybody who has found one. An
// entry that expires goes when the last request is done with it. What is shared does not
// change any more.
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>

struct Session {
  std::string user;
  std::chrono::steady_clock::time_point lastUse;
};

class Sessions {
public:
  std::shared_ptr<const Session> find(const std::string &token) const {
    std::lock_guard<std::mutex> guard(mu);
    auto found = sessions.find(token);
    return found == sessions.end() ? nullptr : found->second;
  }

  void add(const std::string &token, Session session) {
    auto shared = std::make_shared<const Session>(std::move(session));
    std::lock_guard<std::mutex> guard(mu);
    sessions[token] = std::move(shared);
  }

  void expire(std::chrono::steady_clock::time_point before) {
    std::lock_guard<std::mutex> guard(mu);
    for (auto it = sessions.begin(); it != sessions.end();)
      it = it->second->lastUse < before ? sessions.erase(it) : std::next(it);
  }

private:
  mutable std::mutex mu;
  std::map<std::string, std::shared_ptr<const Session>> sessions;
};
