// RUN: %check %s
// The object of the lock is an element, or what an iterator or a local pointer
// leads to.
#include <array>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

// One cycle is reported once, so each function gets classes of its own: a
// member locks itself and then its room, say() the room and then members.
#define ROOM(Room)                                                             \
  struct Room {                                                                \
    struct Member {                                                            \
      std::mutex mutex_;                                                       \
      Room *room_ = nullptr;                                                   \
      int inbox_ = 0;                                                          \
      void receive() {                                                         \
        std::lock_guard<std::mutex> lock(mutex_);                              \
        ++inbox_;                                                              \
      }                                                                        \
      void hangUp() {                                                          \
        std::lock_guard<std::mutex> lock(mutex_);                              \
        room_->leave(this);                                                    \
      }                                                                        \
    };                                                                         \
    std::mutex mutex_;                                                         \
    std::list<Member *> members_;                                              \
    Member *first_[4] = {};                                                    \
    std::map<std::string, std::shared_ptr<Member>> named_;                     \
    std::list<Member> own_;                                                    \
    std::array<Member, 3> fixed_;                                              \
    void leave(Member *member) {                                               \
      std::lock_guard<std::mutex> lock(mutex_);                                \
      members_.remove(member);                                                 \
    }                                                                          \
    static void fill() {                                                       \
      Member tmp;                                                              \
      tmp.receive();                                                           \
    }                                                                          \
    void say_bad();                                                            \
    void say_ok();                                                             \
  };

ROOM(Pointers)
void Pointers::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  for (Member *m : members_)
    m->receive();
    // CHECK: :[[@LINE-1]]:8: warning: lock 'Member::mutex_' is acquired while lock 'Pointers::mutex_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-4]]:31: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-7]]:1: note: 'receive' acquires it here
    // CHECK: :[[@LINE-8]]:1: note: 'hangUp' acquires lock 'Pointers::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
    // CHECK: :[[@LINE-9]]:1: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-10]]:1: note: 'leave' acquires it here
    // CHECK: :[[@LINE-7]]:8: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
ROOM(Array)
void Array::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  for (auto *m : first_)
    m->receive();
    // CHECK: :[[@LINE-1]]:8: warning: lock 'Member::mutex_' is acquired while lock 'Array::mutex_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-4]]:31: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-7]]:1: note: 'receive' acquires it here
    // CHECK: :[[@LINE-8]]:1: note: 'hangUp' acquires lock 'Array::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
    // CHECK: :[[@LINE-9]]:1: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-10]]:1: note: 'leave' acquires it here
    // CHECK: :[[@LINE-7]]:8: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
ROOM(Values)
void Values::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  for (auto &m : own_)
    m.receive();
    // CHECK: :[[@LINE-1]]:7: warning: lock 'Member::mutex_' is acquired while lock 'Values::mutex_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-4]]:31: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-7]]:1: note: 'receive' acquires it here
    // CHECK: :[[@LINE-8]]:1: note: 'hangUp' acquires lock 'Values::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
    // CHECK: :[[@LINE-9]]:1: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-10]]:1: note: 'leave' acquires it here
    // CHECK: :[[@LINE-7]]:7: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
ROOM(Fixed)
void Fixed::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  for (Member &m : fixed_)
    m.receive();
    // CHECK: :[[@LINE-1]]:7: warning: lock 'Member::mutex_' is acquired while lock 'Fixed::mutex_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-4]]:31: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-7]]:1: note: 'receive' acquires it here
    // CHECK: :[[@LINE-8]]:1: note: 'hangUp' acquires lock 'Fixed::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
    // CHECK: :[[@LINE-9]]:1: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-10]]:1: note: 'leave' acquires it here
    // CHECK: :[[@LINE-7]]:7: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
ROOM(Bindings)
void Bindings::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  for (auto &[name, m] : named_)
    m->receive();
    // CHECK: :[[@LINE-1]]:8: warning: lock 'Member::mutex_' is acquired while lock 'Bindings::mutex_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-4]]:31: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-7]]:1: note: 'receive' acquires it here
    // CHECK: :[[@LINE-8]]:1: note: 'hangUp' acquires lock 'Bindings::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
    // CHECK: :[[@LINE-9]]:1: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-10]]:1: note: 'leave' acquires it here
    // CHECK: :[[@LINE-7]]:8: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
ROOM(Pairs)
void Pairs::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  for (auto &e : named_)
    e.second->receive();
    // CHECK: :[[@LINE-1]]:15: warning: lock 'Member::mutex_' is acquired while lock 'Pairs::mutex_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-4]]:31: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-7]]:1: note: 'receive' acquires it here
    // CHECK: :[[@LINE-8]]:1: note: 'hangUp' acquires lock 'Pairs::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
    // CHECK: :[[@LINE-9]]:1: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-10]]:1: note: 'leave' acquires it here
    // CHECK: :[[@LINE-7]]:15: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
ROOM(LockedBindings)
void LockedBindings::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  for (const auto &[name, m] : named_) {
    std::lock_guard<std::mutex> inner(m->mutex_);
    // CHECK: :[[@LINE-1]]:33: warning: lock 'Member::mutex_' is acquired while lock 'LockedBindings::mutex_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-4]]:31: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-7]]:1: note: 'hangUp' acquires lock 'LockedBindings::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
    // CHECK: :[[@LINE-8]]:1: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-9]]:1: note: 'leave' acquires it here
    // CHECK: :[[@LINE-6]]:33: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
    ++m->inbox_;
  }
}
ROOM(LockedHere)
void LockedHere::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  for (Member *m : members_) {
    std::lock_guard<std::mutex> inner(m->mutex_);
    // CHECK: :[[@LINE-1]]:33: warning: lock 'Member::mutex_' is acquired while lock 'LockedHere::mutex_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-4]]:31: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-7]]:1: note: 'hangUp' acquires lock 'LockedHere::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
    // CHECK: :[[@LINE-8]]:1: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-9]]:1: note: 'leave' acquires it here
    // CHECK: :[[@LINE-6]]:33: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
    ++m->inbox_;
  }
}
ROOM(Iterators)
void Iterators::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  for (auto it = members_.begin(); it != members_.end(); ++it)
    (*it)->receive();
    // CHECK: :[[@LINE-1]]:12: warning: lock 'Member::mutex_' is acquired while lock 'Iterators::mutex_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-4]]:31: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-7]]:1: note: 'receive' acquires it here
    // CHECK: :[[@LINE-8]]:1: note: 'hangUp' acquires lock 'Iterators::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
    // CHECK: :[[@LINE-9]]:1: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-10]]:1: note: 'leave' acquires it here
    // CHECK: :[[@LINE-7]]:12: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
ROOM(ValueIterators)
void ValueIterators::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  for (auto it = own_.begin(); it != own_.end(); ++it)
    it->receive();
    // CHECK: :[[@LINE-1]]:9: warning: lock 'Member::mutex_' is acquired while lock 'ValueIterators::mutex_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-4]]:31: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-7]]:1: note: 'receive' acquires it here
    // CHECK: :[[@LINE-8]]:1: note: 'hangUp' acquires lock 'ValueIterators::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
    // CHECK: :[[@LINE-9]]:1: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-10]]:1: note: 'leave' acquires it here
    // CHECK: :[[@LINE-7]]:9: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
ROOM(MapIterators)
void MapIterators::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  for (auto it = named_.begin(); it != named_.end(); ++it)
    it->second->receive();
    // CHECK: :[[@LINE-1]]:17: warning: lock 'Member::mutex_' is acquired while lock 'MapIterators::mutex_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-4]]:31: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-7]]:1: note: 'receive' acquires it here
    // CHECK: :[[@LINE-8]]:1: note: 'hangUp' acquires lock 'MapIterators::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
    // CHECK: :[[@LINE-9]]:1: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-10]]:1: note: 'leave' acquires it here
    // CHECK: :[[@LINE-7]]:17: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
ROOM(Found)
void Found::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  auto it = named_.find("a");
  it->second->receive();
  // CHECK: :[[@LINE-1]]:15: warning: lock 'Member::mutex_' is acquired while lock 'Found::mutex_' is held, and elsewhere in the opposite order
  // CHECK: :[[@LINE-4]]:31: note: lock 'mutex_' acquired here
  // CHECK: :[[@LINE-7]]:1: note: 'receive' acquires it here
  // CHECK: :[[@LINE-8]]:1: note: 'hangUp' acquires lock 'Found::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
  // CHECK: :[[@LINE-9]]:1: note: lock 'mutex_' acquired here
  // CHECK: :[[@LINE-10]]:1: note: 'leave' acquires it here
  // CHECK: :[[@LINE-7]]:15: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
ROOM(Shared)
void Shared::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  std::shared_ptr<Member> m = named_["a"];
  m->receive();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'Member::mutex_' is acquired while lock 'Shared::mutex_' is held, and elsewhere in the opposite order
  // CHECK: :[[@LINE-4]]:31: note: lock 'mutex_' acquired here
  // CHECK: :[[@LINE-7]]:1: note: 'receive' acquires it here
  // CHECK: :[[@LINE-8]]:1: note: 'hangUp' acquires lock 'Shared::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
  // CHECK: :[[@LINE-9]]:1: note: lock 'mutex_' acquired here
  // CHECK: :[[@LINE-10]]:1: note: 'leave' acquires it here
  // CHECK: :[[@LINE-7]]:6: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
ROOM(Snapshot)
void Snapshot::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  auto all = members_;
  for (Member *m : all)
    m->receive();
    // CHECK: :[[@LINE-1]]:8: warning: lock 'Member::mutex_' is acquired while lock 'Snapshot::mutex_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-5]]:31: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-8]]:1: note: 'receive' acquires it here
    // CHECK: :[[@LINE-9]]:1: note: 'hangUp' acquires lock 'Snapshot::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
    // CHECK: :[[@LINE-10]]:1: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-11]]:1: note: 'leave' acquires it here
    // CHECK: :[[@LINE-7]]:8: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
ROOM(Copied)
void Copied::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  for (Member *m : members_) {
    Member *n = m;
    n->receive();
    // CHECK: :[[@LINE-1]]:8: warning: lock 'Member::mutex_' is acquired while lock 'Copied::mutex_' is held, and elsewhere in the opposite order
    // CHECK: :[[@LINE-5]]:31: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-8]]:1: note: 'receive' acquires it here
    // CHECK: :[[@LINE-9]]:1: note: 'hangUp' acquires lock 'Copied::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
    // CHECK: :[[@LINE-10]]:1: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-11]]:1: note: 'leave' acquires it here
    // CHECK: :[[@LINE-7]]:8: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
  }
}
ROOM(InLambda)
void InLambda::say_bad() {
  std::lock_guard<std::mutex> lock(mutex_);
  [this] {
  // CHECK: :[[@LINE-1]]:3: warning: lock 'Member::mutex_' is acquired while lock 'InLambda::mutex_' is held, and elsewhere in the opposite order
  // CHECK: :[[@LINE-3]]:31: note: lock 'mutex_' acquired here
  // CHECK: :[[@LINE+7]]:10: note: 'lambda' calls 'receive' here
  // CHECK: :[[@LINE-7]]:1: note: 'receive' acquires it here
  // CHECK: :[[@LINE-8]]:1: note: 'hangUp' acquires lock 'InLambda::mutex_' here, by a call to 'leave', while it holds lock 'Member::mutex_'
  // CHECK: :[[@LINE-9]]:1: note: lock 'mutex_' acquired here
  // CHECK: :[[@LINE-10]]:1: note: 'leave' acquires it here
  // CHECK: :[[@LINE-8]]:3: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
    for (Member *m : members_)
      m->receive();
  }();
}
ROOM(MadeShared)
void MadeShared::say_ok() {
  std::lock_guard<std::mutex> lock(mutex_);
  auto m = std::make_shared<Member>();
  m->receive();
  named_["x"] = m;
}
ROOM(MadeUnique)
void MadeUnique::say_ok() {
  std::lock_guard<std::mutex> lock(mutex_);
  auto m = std::make_unique<Member>();
  m->receive();
}
ROOM(Made)
void Made::say_ok() {
  std::lock_guard<std::mutex> lock(mutex_);
  Member *m = new Member;
  m->receive();
  members_.push_back(m);
}
ROOM(OwnList)
void OwnList::say_ok() {
  std::lock_guard<std::mutex> lock(mutex_);
  std::list<Member> mine(3);
  for (auto &m : mine)
    m.receive();
}
ROOM(OwnArray)
void OwnArray::say_ok() {
  std::lock_guard<std::mutex> lock(mutex_);
  Member mine[3];
  for (auto &m : mine)
    m.receive();
}
ROOM(OwnFixed)
void OwnFixed::say_ok() {
  std::lock_guard<std::mutex> lock(mutex_);
  std::array<Member, 3> mine;
  for (auto it = mine.begin(); it != mine.end(); ++it)
    it->receive();
}
ROOM(OwnValue)
void OwnValue::say_ok() {
  std::lock_guard<std::mutex> lock(mutex_);
  Member one;
  one.receive();
}
ROOM(OwnOfCallee)
void OwnOfCallee::say_ok() {
  std::lock_guard<std::mutex> lock(mutex_);
  fill();
}
ROOM(OwnAddress)
void OwnAddress::say_ok() {
  std::lock_guard<std::mutex> lock(mutex_);
  Member one;
  Member *p = &one;
  p->receive();
}

//===--- Elements of one container one after the other: nothing says in which
//order ---===//

struct Link {
  std::mutex mutex_;
  int n_ = 0;
  void touch() {
    std::lock_guard<std::mutex> lock(mutex_);
    ++n_;
  }
};
struct Chain {
  std::vector<std::shared_ptr<Link>> all_;
  void each_ok() {
    for (auto &m : all_)
      m->touch();
  }
  void hand_over_hand_ok() {
    std::unique_lock<std::mutex> held(all_[0]->mutex_);
    for (auto &m : all_) {
      std::unique_lock<std::mutex> next(m->mutex_);
      held = std::move(next);
    }
  }
  void all_held_ok() {
    for (auto &m : all_)
      m->mutex_.lock();
    for (auto &m : all_)
      m->mutex_.unlock();
  }
  void other_ok(Link &link) {
    std::lock_guard<std::mutex> lock(link.mutex_);
    for (auto &m : all_)
      if (m.get() != &link)
        m->touch();
  }
};
