// Shapes taken from real programs: worker loops, hand-over-hand locking, error
// codes that say whether a lock is held, tables of functions.
// RUN: %check %s -- -std=c++20
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <shared_mutex>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

std::mutex mu, other;

// --- Worker loops -----------------------------------------------------------

class Worker {
  void run_ok() {
    std::unique_lock<std::mutex> lk(mu_);
    while (!stop_) {
      cv_.wait(lk, [&] { return stop_ || !jobs_.empty(); });
      if (stop_)
        break;
      int fd = jobs_.front();
      jobs_.pop_front();
      lk.unlock();
      fsync(fd);
      lk.lock();
    }
  }

  void run_forgets_bad() {
    std::unique_lock<std::mutex> lk(mu_);
    while (!stop_) {
      cv_.wait(lk);
      int fd = jobs_.front();
      jobs_.pop_front();
      fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) in a loop while lock 'mu_' is held [threadlint-slow-call-under-lock]
    }
  }

  void run_with_scopes_ok() {
    for (;;) {
      int fd;
      {
        std::unique_lock<std::mutex> lk(mu_);
        cv_.wait(lk, [&] { return !jobs_.empty(); });
        fd = jobs_.front();
        jobs_.pop_front();
      }
      fsync(fd);
    }
  }

  void stop_bad() {
    std::lock_guard<std::mutex> g(mu_);
    stop_ = true;
    cv_.notify_all();
    for (std::thread &t : threads_)
      t.join();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join' may block (wait) in a loop while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

  void stop_ok() {
    std::vector<std::thread> threads;
    {
      std::lock_guard<std::mutex> g(mu_);
      stop_ = true;
      threads.swap(threads_);
    }
    cv_.notify_all();
    for (std::thread &t : threads)
      t.join();
  }

  // The guard goes along by value or by reference.
  void finish(std::unique_lock<std::mutex> lk, int fd) {
    stop_ = true;
    lk.unlock();
    fsync(fd);
  }
  void hands_the_guard_over_ok(int fd) {
    std::unique_lock<std::mutex> lk(mu_);
    finish(std::move(lk), fd);
  }
  bool flush_one(std::unique_lock<std::mutex> &lk) {
    if (jobs_.empty())
      return false;
    int fd = jobs_.front();
    jobs_.pop_front();
    lk.unlock();
    fsync(fd);
    lk.lock();
    return true;
  }
  void flush_all_ok() {
    std::unique_lock<std::mutex> lk(mu_);
    while (flush_one(lk)) {
    }
  }

  std::mutex mu_;
  std::condition_variable cv_;
  std::deque<int> jobs_;
  std::vector<std::thread> threads_;
  bool stop_ = false;
};

// --- Guards that may be empty -----------------------------------------------

void chosen_guard_ok(int fd, bool need) {
  std::unique_lock<std::mutex> lk =
      need ? std::unique_lock<std::mutex>(mu) : std::unique_lock<std::mutex>();
  fsync(fd);
}

void chosen_mutex_bad(int fd, bool which) {
  std::lock_guard<std::mutex> g(which ? mu : other);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while a lock is held [threadlint-slow-call-under-lock]
}

void null_guard_ok(int fd) {
  std::unique_lock<std::mutex> lk;
  fsync(fd);
}

void for_as_a_scope_bad(int fd) {
  for (std::unique_lock<std::mutex> lk(mu); lk; lk.unlock())
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  fsync(fd);
}

// --- Hand over hand ---------------------------------------------------------

struct Node {
  std::mutex mu;
  Node *next;
  std::map<int, int> values;
};

void hand_over_hand_ok(Node *head, int fd) {
  Node *cur = head;
  cur->mu.lock();
  while (cur->next) {
    Node *next = cur->next;
    next->mu.lock();
    cur->mu.unlock();
    cur = next;
  }
  cur->mu.unlock();
  fsync(fd);
}

void one_after_the_other_ok(Node *head, int fd) {
  for (Node *n = head; n; n = n->next) {
    n->mu.lock();
    n->values[1] = 2;
    n->mu.unlock();
  }
  fsync(fd);
}

// --- Error codes ------------------------------------------------------------

struct Device {
  pthread_mutex_t lock;
  int state;
  int (*unlock)(pthread_mutex_t *);
  void (*leave)(Device *);
};

int device_enter(Device *d) {
  pthread_mutex_lock(&d->lock);
  if (d->state < 0) {
    pthread_mutex_unlock(&d->lock);
    return -1;
  }
  return 0;
}

void error_code_bad(Device *d, int fd) {
  if (device_enter(d) != 0) {
    fsync(fd);
    return;
  }
  ++d->state;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'd.lock' is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(&d->lock);
  fsync(fd);
}

bool device_open(Device *d) {
  pthread_mutex_lock(&d->lock);
  bool ok = d->state >= 0;
  if (!ok)
    pthread_mutex_unlock(&d->lock);
  return ok;
}

void FN_result_in_a_variable(Device *d, int fd) {
  if (!device_open(d))
    return;
  // That `ok` is what decided about the lock is not known at the return.
  fsync(fd);
  pthread_mutex_unlock(&d->lock);
}

void unlocked_through_a_table_ok(Device *d, int fd) {
  pthread_mutex_lock(&d->lock);
  d->unlock(&d->lock);
  fsync(fd);
}

void device_leave(Device *d);
void device_note(Device *d);
void unlocked_elsewhere_ok(Device *d, int fd) {
  pthread_mutex_lock(&d->lock);
  ++d->state;
  device_leave(d); // its name says that it may unlock
  fsync(fd);
}

void noted_elsewhere_bad(Device *d, int fd) {
  pthread_mutex_lock(&d->lock);
  device_note(d); // an unknown function seldom unlocks what it is given
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'd.lock' is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(&d->lock);
}

void flag_says_so_ok(Device *d, int fd) {
  bool locked = false;
  if (d->state) {
    pthread_mutex_lock(&d->lock);
    locked = true;
  }
  fsync(fd);
  if (locked)
    pthread_mutex_unlock(&d->lock);
  fsync(fd);
}

void unlocks_by_flag_ok(Device *d, int fd) {
  pthread_mutex_lock(&d->lock);
  bool locked = true;
  if (d->state) {
    pthread_mutex_unlock(&d->lock);
    locked = false;
  }
  if (locked)
    pthread_mutex_unlock(&d->lock);
  fsync(fd);
}

// --- Objects that come and go -----------------------------------------------

struct Connection {
  std::mutex mu;
  std::map<int, int> pending;
  int fd = -1;
};

void shared_object_bad(std::shared_ptr<Connection> c) {
  std::lock_guard<std::mutex> g(c->mu);
  c->pending.clear();
  fsync(c->fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'c.mu' is held [threadlint-slow-call-under-lock]
}

void looked_up_bad(std::map<int, Connection> &all, int id) {
  auto it = all.find(id);
  std::lock_guard<std::mutex> g(it->second.mu);
  it->second.pending.clear();
  fsync(id);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'it.second.mu' is held [threadlint-slow-call-under-lock]
}

void every_connection_ok(std::vector<std::shared_ptr<Connection>> &all) {
  for (auto &c : all) {
    int fd;
    {
      std::lock_guard<std::mutex> g(c->mu);
      c->pending.clear();
      fd = c->fd;
    }
    fsync(fd);
  }
}

void two_objects_bad(Connection &a, Connection &b, int fd) {
  std::unique_lock<std::mutex> la(a.mu);
  std::unique_lock<std::mutex> lb(b.mu);
  a.pending = b.pending;
  la.unlock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'b.mu' is held [threadlint-slow-call-under-lock]
  lb.unlock();
  fsync(fd);
}

void swapped_names_ok(Connection *a, Connection *b, int fd) {
  a->mu.lock();
  Connection *alias = a;
  alias->mu.unlock();
  fsync(fd);
  (void)b;
}

// --- Deferred work ----------------------------------------------------------

struct Queue {
  void post(std::function<void()> f);
  template <class F> void post_template(F f) { queue.emplace_back(std::move(f)); }
  std::deque<std::function<void()>> queue;
};

void posts_ok(Queue &q, int fd) {
  std::lock_guard<std::mutex> g(mu);
  q.post([fd] { fsync(fd); });
  q.post_template([fd] { fsync(fd); });
  q.queue.push_back(std::bind(fsync, fd));
}

void cleanup_outside_ok(int fd) {
  std::vector<std::function<void()>> later;
  {
    std::lock_guard<std::mutex> g(mu);
    later.push_back([fd] { fsync(fd); });
  }
  for (auto &f : later)
    f();
}

struct Closer {
  ~Closer() { fsync(fd); }
  int fd = 0;
};

void owner_dies_outside_ok(std::map<int, std::unique_ptr<Closer>> &all) {
  std::unique_ptr<Closer> dead;
  {
    std::lock_guard<std::mutex> g(mu);
    dead = std::move(all[1]);
    all.erase(1);
  }
}

void FN_owner_dies_inside(std::map<int, std::unique_ptr<Closer>> &all) {
  std::lock_guard<std::mutex> g(mu);
  // What the containers of the standard library destroy is not followed.
  all.erase(1);
}

// --- Class hierarchies ------------------------------------------------------

class Service {
public:
  virtual ~Service() = default;
  void start_ok() {
    std::lock_guard<std::mutex> g(mu_);
    do_start(); // virtual: unknown
  }
  void stop_bad(int fd) {
    std::lock_guard<std::mutex> g(mu_);
    ++n_;
    do_stop(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'do_stop' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

protected:
  virtual void do_start() { fsync(1); }
  void do_stop(int fd) { fsync(fd); }
  std::mutex mu_;
  int n_ = 0;
};

class FileService : public Service {
  void do_start() override {
    ++n_;
    fsync(2);
  }
  void restart_bad(int fd) {
    std::lock_guard<std::mutex> g(mu_);
    do_stop(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'do_stop' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    Service::do_start();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'do_start' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }
  void parents_lock_is_another_ok(int fd) {
    {
      std::lock_guard<std::mutex> g(Service::mu_);
      ++n_;
    }
    do_stop(fd);
  }
};

// --- Reader and writer ------------------------------------------------------

class Table {
  void upgrade_ok(int fd) {
    {
      std::shared_lock<std::shared_mutex> r(rw_);
      if (rows_.count(1))
        return;
    }
    fsync(fd);
    std::unique_lock<std::shared_mutex> w(rw_);
    rows_[1] = 2;
  }
  void upgrade_bad(int fd) {
    std::shared_lock<std::shared_mutex> r(rw_);
    if (rows_.count(1))
      return;
    r.unlock();
    std::unique_lock<std::shared_mutex> w(rw_);
    rows_[1] = fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'rw_' is held [threadlint-slow-call-under-lock]
  }
  std::shared_mutex rw_;
  std::map<int, int> rows_;
};
