// Title: A cache that hands out what its lock guards
// find() holds the lock while it searches, and returns a pointer to what it found. The
// clean-up thread erases the entry while a request still reads it.
#include <chrono>
#include <map>
#include <mutex>
#include <string>

struct Session {
  std::string user;
  std::chrono::steady_clock::time_point lastUse;
};

class Sessions {
public:
  const Session *find(const std::string &token) const {
    std::lock_guard<std::mutex> guard(mu);
    auto found = sessions.find(token);
    if (found == sessions.end())
      return nullptr;
    return &found->second; // BAD: guarded-reference-escape
  }

  void add(const std::string &token, Session session) {
    std::lock_guard<std::mutex> guard(mu);
    sessions[token] = std::move(session);
  }

  void expire(std::chrono::steady_clock::time_point before) {
    std::lock_guard<std::mutex> guard(mu);
    for (auto it = sessions.begin(); it != sessions.end();)
      it = it->second.lastUse < before ? sessions.erase(it) : std::next(it);
  }

private:
  mutable std::mutex mu;
  std::map<std::string, Session> sessions;
};
