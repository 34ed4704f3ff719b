// Title: The lock is let go first
// The message is sent to a copy of the list, when the room's lock is let go of again. The
// members are shared, so that one who leaves meanwhile is still there.
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

class Member;

class Room {
public:
  void leave(const Member *member) {
    std::lock_guard lock(mutex_);
    members_.remove_if([=](const auto &each) { return each.get() == member; });
  }
  void say(const std::string &text);

private:
  std::mutex mutex_;
  std::list<std::shared_ptr<Member>> members_;
};

class Member {
public:
  void receive(const std::string &text) {
    std::lock_guard lock(mutex_);
    inbox_.push_back(text);
  }

  void hangUp() {
    std::lock_guard lock(mutex_);
    if (room_)
      room_->leave(this);
    room_ = nullptr;
  }

private:
  std::mutex mutex_;
  Room *room_ = nullptr;
  std::vector<std::string> inbox_;
};

void Room::say(const std::string &text) {
  std::list<std::shared_ptr<Member>> members;
  {
    std::lock_guard lock(mutex_);
    members = members_;
  }
  for (const auto &member : members)
    member->receive(text);
}
