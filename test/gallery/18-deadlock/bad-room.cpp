// Title: A room and its members
// A member who leaves locks himself and then the room. A message locks the room and then
// each member. Both at the same time, and the room hangs.
#include <list>
#include <mutex>
#include <string>
#include <vector>

class Member;

class Room {
public:
  void leave(Member *member) {
    std::lock_guard lock(mutex_);
    members_.remove(member);
  }
  void say(const std::string &text);

private:
  std::mutex mutex_;
  std::list<Member *> members_;
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
  std::lock_guard lock(mutex_);
  for (Member *member : members_)
    member->receive(text); // BAD: lock-order-inversion
}
