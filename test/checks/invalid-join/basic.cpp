// RUN: %check %s
// The lines of the check's description, with the real standard library.
#include <memory>
#include <mutex>
#include <pthread.h>
#include <thread>
#include <utility>
#include <vector>

void work();
bool ready();
void keep(std::thread t);
void look(std::thread &&t);

void twice_bad() {
  std::thread t(work);
  t.join();
  t.join();
  // CHECK: :[[@LINE-1]]:5: warning: 'join' of thread 't', which has been joined already
  // CHECK: :[[@LINE-3]]:5: note: joined here
  // CHECK: :[[@LINE-3]]:5: note: join or detach each thread once; 'joinable()' says whether that is still to be done
}

void after_detach_bad() {
  std::thread t(work);
  t.detach();
  t.join();
  // CHECK: :[[@LINE-1]]:5: warning: 'join' of thread 't', which has been detached already
  // CHECK: note: detached here
  // CHECK: note: join or detach
}

void detach_after_join_bad() {
  std::thread t(work);
  t.join();
  t.detach();
  // CHECK: :[[@LINE-1]]:5: warning: 'detach' of thread 't', which has been joined already
  // CHECK: note: joined here
  // CHECK: note: join or detach
}

void moved_bad() {
  std::thread t(work);
  std::thread u = std::move(t);
  t.join();
  // CHECK: :[[@LINE-1]]:5: warning: 'join' of thread 't', which has been moved from
  // CHECK: note: moved here
  // CHECK: note: join or detach
  u.join();
}

void moved_argument_bad() {
  std::thread t(work);
  keep(std::move(t));
  t.join();
  // CHECK: :[[@LINE-1]]:5: warning: 'join' of thread 't', which has been moved from
  // CHECK: note: moved here
  // CHECK: note: join or detach
}

void moved_into_vector_bad(std::vector<std::thread> &all) {
  std::thread t(work);
  all.push_back(std::move(t));
  t.detach();
  // CHECK: :[[@LINE-1]]:5: warning: 'detach' of thread 't', which has been moved from
  // CHECK: note: moved here
  // CHECK: note: join or detach
}

void empty_bad() {
  std::thread t;
  t.join();
  // CHECK: :[[@LINE-1]]:5: warning: 'join' of thread 't', which has no thread to wait for
  // CHECK: note: join or detach
}

void some_path_bad() {
  std::thread t(work);
  if (ready())
    t.join();
  t.join();
  // CHECK: :[[@LINE-1]]:5: warning: 'join' of thread 't', which may have been joined already
  // CHECK: note: joined here
  // CHECK: note: join or detach
}

void in_loop_bad() {
  std::thread t(work);
  for (int i = 0; i < 3; ++i)
    t.join();
  // CHECK: :[[@LINE-1]]:7: warning: 'join' of thread 't', which may have been joined already
  // CHECK: note: joined here
  // CHECK: note: join or detach
}

void *entry(void *);
void posix_bad() {
  pthread_t t;
  pthread_create(&t, nullptr, entry, nullptr);
  pthread_join(t, nullptr);
  pthread_join(t, nullptr);
  // CHECK: :[[@LINE-1]]:3: warning: 'pthread_join' of thread 't', which has been joined already
  // CHECK: note: joined here
  // CHECK: note: join or detach each thread once
}

struct Server {
  std::thread thread;
  void start() { thread = std::thread(&Server::run, this); }
  void run() {
    thread.join();
    // CHECK: :[[@LINE-1]]:12: warning: thread 'thread' joins itself, so that it never ends
    // CHECK: :[[@LINE-4]]:27: note: it starts here
    // CHECK: note: leave the join to another thread
  }
};

void self_bad() {
  std::thread t;
  t = std::thread([&t] {
    t.join();
    // CHECK: :[[@LINE-1]]:7: warning: thread 't' joins itself, so that it never ends
    // CHECK: note: it starts here
    // CHECK: note: leave the join to another thread
  });
}

//===-- Fine ---------------------------------------------------------------===//

struct Careful {
  std::thread thread;
  void start() { thread = std::thread(&Careful::run, this); }
  void run() {
    if (thread.get_id() != std::this_thread::get_id())
      thread.join();
  }
};
void once_ok() {
  std::thread t(work);
  t.join();
}
void asked_ok() {
  std::thread t(work);
  if (ready())
    t.join();
  if (t.joinable())
    t.join();
}
void restarted_ok() {
  std::thread t(work);
  t.join();
  t = std::thread(work);
  t.join();
}
void either_ok() {
  std::thread t(work);
  if (ready())
    t.join();
  else
    t.detach();
}
void returns_ok() {
  std::thread t(work);
  if (ready()) {
    t.join();
    return;
  }
  t.join();
}
void looked_at_ok() {
  std::thread t(work);
  look(std::move(t)); // may leave it where it is
  t.join();
}
void flag_ok() {
  std::thread t(work);
  bool joined = false;
  if (ready()) {
    t.join();
    joined = true;
  }
  if (!joined)
    t.join();
}
void loop_ok(std::vector<std::thread> &all) {
  for (auto &t : all)
    t.join();
}
void parameter_ok(std::thread t) { t.join(); }
void started_each_time_ok() {
  for (int i = 0; i < 3; ++i) {
    std::thread t(work);
    t.join();
  }
}
void exception_ok() {
  std::thread t(work);
  try {
    work();
  } catch (...) {
    t.join();
    throw;
  }
  t.join();
}
/// Each call has a thread of its own.
void sort_ok(int *begin, int *end) {
  if (end - begin < 100000)
    return;
  int *middle = begin + (end - begin) / 2;
  std::thread left(sort_ok, begin, middle);
  sort_ok(middle, end);
  left.join();
}
void twice_parameter_bad(std::thread &t) {
  t.join();
  work();
  t.join();
  // CHECK: :[[@LINE-1]]:5: warning: 'join' of thread 't', which has been joined already
  // CHECK: note: joined here
  // CHECK: note: join or detach each thread once
}
void another_parameter_ok(std::thread &t, void (*restart)(std::thread &)) {
  t.join();
  restart(t);
  t.join();
}
void after_exception_bad(bool late) {
  std::thread t(work);
  try {
    t.join();
    if (late)
      throw 1;
  } catch (int) {
    t.join();
    // CHECK: :[[@LINE-1]]:7: warning: 'join' of thread 't', which has been joined already
    // CHECK: note: joined here
    // CHECK: note: join or detach each thread once
  }
}
void owner_bad() {
  auto t = std::make_unique<std::thread>(work);
  work();
  t->join();
  t->join();
  // CHECK: :[[@LINE-1]]:6: warning: 'join' of thread 't', which has been joined already
  // CHECK: note: joined here
  // CHECK: note: join or detach each thread once
}
class Service {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void finish_bad() {
    thread_.join();
    work();
    thread_.join();
    // CHECK: :[[@LINE-1]]:13: warning: 'join' of thread 'thread_', which has been joined already
    // CHECK: note: joined here
    // CHECK: note: join or detach each thread once
  }
  void finish_ok() {
    thread_.join();
    start();
    thread_.join();
  }
  void wait_ok(std::mutex &m) {
    thread_.join();
    std::lock_guard<std::mutex> lock(m); // somebody else may have started it
    thread_.join();
  }

private:
  void run() {
    work();
    close();
  }
  void close() {
    thread_.join();
    // CHECK: :[[@LINE-1]]:13: warning: thread 'thread_' joins itself
    // CHECK: note: it starts here
    // CHECK: note: the thread gets there by this call
    // CHECK: note: leave the join to another thread
  }
  std::thread thread_;
};
class Peer {
public:
  void start(Peer &other) { thread_ = std::thread(&Peer::run, &other); }
  void run() { thread_.join(); } // of the other one

private:
  std::thread thread_;
};

void element_bad(std::vector<std::thread> &v) {
  v[0].join();
  v[1].join();
  v[0].join();
  // CHECK: :[[@LINE-1]]:8: warning: 'join' of thread 'v[0]', which has been joined already
  // CHECK: :[[@LINE-4]]:8: note: joined here
  // CHECK: :[[@LINE-3]]:8: note: join or detach each thread once
  v[1].detach();
  // CHECK: :[[@LINE-1]]:8: warning: 'detach' of thread 'v[1]', which has been joined already
  // CHECK: note: joined here
  // CHECK: note: join or detach
}

void element_ok(std::vector<std::thread> &v, int i) {
  v[0].join();
  v[0] = std::thread(work);
  v[0].join();
  v[i].join();
  v[1].join();
  if (v[1].joinable())
    v[1].join();
  v.erase(v.begin());
  v[1].join();
}

// A member that one branch has joined.
class Stopped {
  std::thread t;

public:
  Stopped() : t(work) {}
  ~Stopped() {
    if (t.joinable())
      t.join();
  }
  void join_bad(bool now) {
    if (now)
      t.join();
    work();
    t.join();
    // CHECK: :[[@LINE-1]]:7: warning: 'join' of thread 't', which may have been joined already
    // CHECK: :[[@LINE-4]]:9: note: joined here
    // CHECK: note: join or detach each thread once
  }
  void detach_bad(bool now) {
    if (now)
      t.join();
    t.detach();
    // CHECK: :[[@LINE-1]]:7: warning: 'detach' of thread 't', which may have been joined already
    // CHECK: :[[@LINE-3]]:9: note: joined here
    // CHECK: note: join or detach each thread once
  }
  void asked_ok(bool now) {
    if (now)
      t.join();
    if (t.joinable())
      t.join();
  }
  void either_ok(bool now) {
    if (now)
      t.join();
    work();
    if (!now)
      t.join();
  }
  void restarted_ok(bool now) {
    if (now) {
      t.join();
      t = std::thread(work);
    }
    t.join();
  }
  void other_restarts_ok(bool now) {
    if (now)
      t.join();
    restart();
    t.join();
  }
  void leaves_ok(bool now) {
    if (now) {
      t.join();
      return;
    }
    t.join();
  }
  void restart();
};
