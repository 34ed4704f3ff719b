// RUN: %check %s
// What speaks for an access without the lock: other locks, calls that may lock, threads
// that are yet to start, locks that are held for something else.
#include <mutex>
#include <thread>
#include <vector>

#define LOCKED(m) std::lock_guard<std::mutex> guard(m)

//===--- Another lock is held there ---===//

std::mutex buckets[16];
struct Item {
  std::mutex mu_;
  int flags_ = 0;
  unsigned hash_ = 0;
  void set() {
    LOCKED(mu_);
    flags_ = 1;
  }
  void clear() {
    LOCKED(mu_);
    flags_ = 0;
  }
  void toggle() {
    LOCKED(mu_);
    flags_ ^= 1;
  }
  void all() {
    LOCKED(mu_);
    flags_ = -1;
  }
  int some() {
    LOCKED(mu_);
    return flags_ & 3;
  }
  int none() {
    LOCKED(mu_);
    return flags_ == 0;
  }
  void odd() {
    LOCKED(mu_);
    flags_ |= 1;
  }
  void even() {
    LOCKED(mu_);
    flags_ &= ~1;
  }
  void in_bucket_ok() {
    LOCKED(buckets[hash_ % 16]);
    flags_ |= 2;
  }
  void called_in_bucket_ok() {
    LOCKED(buckets[hash_ % 16]);
    mark();
  }
  void called_with_lock() {
    LOCKED(mu_);
    mark();
  }
  void bare_bad() { flags_ |= 2; }
  // CHECK: :[[@LINE-1]]:21: warning: 'flags_' is written without lock 'mu_', which guards it
  // CHECK: :[[@LINE-44]]:5: note: 9 of 11 accesses hold the lock, such as this one
  // CHECK: :[[@LINE-3]]:21: note: hold 'mu_' here, or make 'flags_' atomic if each access stands alone

private:
  void mark() { flags_ |= 4; }
};

//===--- A call that may lock the object ---===//

class Node {
  friend class Tree;
  std::mutex mu_;
  Node *parent_ = nullptr;
  virtual void lock_all() { mu_.lock(); }
  virtual void unlock_all() { mu_.unlock(); }

public:
  Node *parent() {
    LOCKED(mu_);
    return parent_;
  }
  void move(Node *to) {
    LOCKED(mu_);
    parent_ = to;
  }
  void cut() {
    LOCKED(mu_);
    parent_ = nullptr;
  }
  bool isRoot() {
    LOCKED(mu_);
    return !parent_;
  }
  bool isChildOf(Node *n) {
    LOCKED(mu_);
    return parent_ == n;
  }
  void up() {
    LOCKED(mu_);
    if (parent_)
      parent_ = parent_->parent();
  }
};
// Clients of Node see parent() and move() only.
class Tree {
public:
  void add_ok(Node *n, Node *to) {
    n->lock_all();
    n->parent_ = to;
    n->unlock_all();
  }
  void before_bad(Node *n, Node *to) {
    n->parent_ = to;
    // CHECK: :[[@LINE-1]]:8: warning: 'parent_' is written without lock 'mu_', which guards it
    // CHECK: :[[@LINE-31]]:5: note: 8 of 10 accesses hold the lock, such as this one
    // CHECK: :[[@LINE-3]]:8: note: hold 'mu_' here, or make 'parent_' atomic if each access stands alone
    n->lock_all();
    n->unlock_all();
  }
};

//===--- Before the thread of the object starts ---===//

class Connection {
  std::mutex mu_;
  std::thread thread_;
  int waiting_ = 0;
  void run() {
    LOCKED(mu_);
    waiting_ = 0;
  }
  void start() { thread_ = std::thread([this] { run(); }); }

public:
  void wait() {
    LOCKED(mu_);
    waiting_ |= 1;
  }
  int waiting() {
    LOCKED(mu_);
    return waiting_;
  }
  void done() {
    LOCKED(mu_);
    waiting_ &= ~1;
  }
  void all() {
    LOCKED(mu_);
    waiting_ = 3;
  }
  bool isWaiting() {
    LOCKED(mu_);
    return waiting_ != 0;
  }
  void connect_ok() {
    waiting_ = 2;
    start();
  }
  void reset_bad() { waiting_ = 0; }
  // CHECK: :[[@LINE-1]]:22: warning: 'waiting_' is written without lock 'mu_', which guards it
  // CHECK: :[[@LINE-31]]:5: note: 6 of 8 accesses hold the lock, such as this one
  // CHECK: :[[@LINE-3]]:22: note: hold 'mu_' here, or make 'waiting_' atomic if each access stands alone
};

//===--- A lock of phases, not of fields ---===//

#define FIELDS(D)                                                              \
  D(a) D(b) D(c) D(d) D(e) D(f) D(g) D(h) D(i) D(j) D(k) D(l) D(m) D(n)        \
  D(aa) D(bb) D(cc) D(dd) D(ee) D(ff) D(gg) D(hh) D(ii) D(jj) D(kk) D(ll)      \
  D(ab) D(bc) D(cd) D(de) D(ef) D(fg) D(gh) D(hi) D(ij) D(jk) D(kl) D(lm)      \
  D(ac) D(bd) D(ce) D(df) D(eg)
class Handshake {
  std::mutex phase_;
#define DECLARE(x) int x = 0;
  FIELDS(DECLARE)

public:
#define ASSIGN(x) x = value;
#define COUNT(x) x += value;
  void connect(int value) {
    LOCKED(phase_);
    FIELDS(ASSIGN)
  }
  void accept(int value) {
    LOCKED(phase_);
    FIELDS(ASSIGN)
  }
  void again(int value) {
    LOCKED(phase_);
    FIELDS(COUNT)
  }
  int size_ok() const { return a; }
};
