// RUN: %check %s -- -std=c++20
// Tasks that use an object which the same function destroys or deletes.
#include <atomic>
#include <memory>
#include <thread>

void work();
void use(int);
bool late();

struct Detaching {
  int x = 0;
  void start() {
    std::thread([this] { use(x); }).detach();
    // CHECK: :[[@LINE-1]]:18: warning: task uses '*this', which may be destroyed while the task still runs
    // CHECK: :[[@LINE-2]]:5: note: the task starts here
    // CHECK: :[[@LINE-3]]:37: note: it is detached here
    // CHECK: :[[@LINE+7]]:5: note: this call on 'd' starts it
    // CHECK: :[[@LINE+7]]:1: note: the life of 'd' ends here, and nothing has waited for the task
    // CHECK: note: wait for the task before the object dies
  }
};
void local_bad() {
  Detaching d;
  d.start();
}

struct ByPointer {
  int x = 0;
  void start() {
    std::thread([this] { use(x); }).detach();
    // CHECK: :[[@LINE-1]]:18: warning: task uses '*this', which may be deleted while the task still runs
    // CHECK: note: the task starts here
    // CHECK: note: it is detached here
    // CHECK: note: this call on 'p' starts it
    // CHECK: note: the object is deleted here
    // CHECK: note: wait for the task
  }
};
void deleted_bad() {
  auto *p = new ByPointer;
  p->start();
  delete p;
}

struct Owned {
  int x = 0;
  void start() {
    std::thread(&Owned::run, this).detach();
    // CHECK: :[[@LINE-1]]:30: warning: task uses '*this', which may be destroyed while the task still runs
    // CHECK: note: the task starts here
    // CHECK: note: it is detached here
    // CHECK: note: this call on 'owner' starts it
    // CHECK: note: 'owner' is destroyed by this return
    // CHECK: note: wait for the task
  }
  void run() { use(x); }
};
int owned_bad() {
  auto owner = std::make_unique<Owned>();
  owner->start();
  return 1;
}

void deleted_argument_bad() {
  int *n = new int(1);
  std::thread([n] { use(*n); }).detach();
  // CHECK: :[[@LINE-1]]:16: warning: task uses what 'n' points to, which may be deleted while the task still runs
  // CHECK: note: the task starts here
  // CHECK: note: it is detached here
  // CHECK: note: the object is deleted here
  // CHECK: note: wait for the task
  delete n;
}
struct Suicidal {
  int x = 0;
  void end() {
    std::thread([this] { use(x); }).detach();
    // CHECK: :[[@LINE-1]]:18: warning: task uses '*this', which may be deleted while the task still runs
    // CHECK: note: the task starts here
    // CHECK: note: it is detached here
    // CHECK: note: the object is deleted here
    // CHECK: note: wait for the task
    delete this;
  }
};

void deleted_after_join_ok() {
  int *n = new int(1);
  std::thread t([n] { use(*n); });
  work();
  t.join();
  delete n;
}
void deleted_by_task_ok() {
  int *n = new int(1);
  std::thread([n] {
    use(*n);
    delete n;
  }).detach();
}
void deleted_before_ok() {
  int *n = new int(1);
  if (late()) {
    delete n;
    return;
  }
  std::thread([n] { use(*n); }).detach();
}

struct Counted {
  std::atomic<int> running{0};
  void start() {
    ++running;
    std::thread([this] { --running; }).detach();
  }
  ~Counted() {
    while (running)
      std::this_thread::yield();
  }
};
void destructor_waits_ok() {
  Counted c;
  c.start();
}
struct Unseen {
  int x = 0;
  void start() {
    std::thread([this] { use(x); }).detach();
  }
  void wait();
};
void waits_ok() {
  Unseen u;
  u.start();
  u.wait();
}
struct Spinning {
  std::atomic<bool> done{false};
  void start() {
    std::thread([this] { done = true; }).detach();
  }
  void wait() {
    while (!done)
      std::this_thread::yield();
  }
};
void spins_ok() {
  Spinning s;
  s.start();
  s.wait();
}
struct Shared : std::enable_shared_from_this<Shared> {
  int x = 0;
  void start() {
    std::thread([this, self = shared_from_this()] { use(x); }).detach();
  }
};
void shared_ok() {
  auto s = std::make_shared<Shared>();
  s->start();
}
struct Joining {
  std::jthread t;
  int x = 0;
  void start() {
    t = std::jthread([this] { use(x); });
  }
};
void member_ok() {
  Joining j;
  j.start();
}
struct Given {
  int x = 0;
  void start() {
    std::thread([this] { use(x); }).detach();
  }
};
void keep(std::unique_ptr<Given> g);
void handed_on_ok() {
  auto g = std::make_unique<Given>();
  g->start();
  keep(std::move(g));
}
struct Application {
  int x = 0;
  void start() {
    std::thread([this] { use(x); }).detach();
  }
};
int main() {
  Application a;
  a.start();
  work();
}
