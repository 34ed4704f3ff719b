// RUN: %check %s
// Conditions that somebody, or nobody, can change.
#include <atomic>
#include <csignal>
#include <thread>

void work();
bool step();

static bool never_written = true;
void never_written_bad() {
  std::thread([] {
    while (never_written)
      work();
  }).detach();
  // CHECK: :[[@LINE-4]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: :[[@LINE-5]]:5: note: this loop has no way out: nothing changes 'never_written'
  // CHECK: note: let the loop end
}

bool external_flag = true;
void external_bad() {
  std::thread([] {
    while (external_flag)
      work();
  }).detach();
  // CHECK: :[[@LINE-4]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: note: this loop has no way out: nothing changes 'external_flag'
  // CHECK: note: let the loop end
}

static bool before_spawn;
void before_spawn_bad() {
  before_spawn = true;
  std::thread t([] {
    while (before_spawn)
      work();
  });
  t.join();
  // CHECK: :[[@LINE-5]]:15: warning: thread never ends, so the join never returns
  // CHECK: note: joined here
  // CHECK: note: this loop has no way out: nothing changes 'before_spawn'
  // CHECK: note: let the loop end
}

static std::atomic<bool> forgotten{false};
void forgotten_atomic_bad() {
  std::thread([] {
    while (!forgotten.load())
      work();
  }).detach();
  // CHECK: :[[@LINE-4]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: note: this loop has no way out: nothing changes 'forgotten'
  // CHECK: note: let the loop end
}

void copied_bad() {
  bool running = true;
  std::thread t([running] {
    while (running)
      work();
  });
  running = false; // not the copy
  t.join();
  // CHECK: :[[@LINE-6]]:15: warning: thread never ends, so the join never returns
  // CHECK: note: joined here
  // CHECK: note: this loop has no way out: nothing changes 'running'
  // CHECK: note: let the loop end
}

void local_bad() {
  std::thread([] {
    bool done = false;
    do {
      work();
    } while (!done);
  }).detach();
  // CHECK: :[[@LINE-6]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: note: this loop has no way out: nothing changes 'done'
  // CHECK: note: let the loop end
}

void compile_time_bad() {
  constexpr bool debug = false;
  std::thread([] {
    for (;;) {
      if (debug)
        return;
      work();
    }
  }).detach();
  // CHECK: :[[@LINE-7]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

template <bool Stops> void templated() {
  for (;;) {
    if constexpr (Stops)
      if (step())
        return;
    work();
  }
}
void templated_bad() {
  std::thread(templated<true>).detach();
  std::thread(templated<false>).detach();
  // CHECK: :[[@LINE-1]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

template <class T> struct Typed {
  void start_bad() {
    std::thread([] {
      for (;;)
        work();
    }).detach();
    // CHECK: :[[@LINE-4]]:5: warning: thread is detached and never ends
    // CHECK: note: detached here
    // CHECK: note: this loop has no way out
    // CHECK: note: let the loop end
  }
};
template struct Typed<int>;
template struct Typed<long>;

class Forgetful {
public:
  void start_bad() {
    std::thread([this] {
      while (running_)
        work();
    }).detach();
    // CHECK: :[[@LINE-4]]:5: warning: thread is detached and never ends
    // CHECK: note: detached here
    // CHECK: note: this loop has no way out: nothing changes 'running_'
    // CHECK: note: let the loop end
  }

private:
  std::atomic<bool> running_{true};
};

void other_flag_bad() {
  std::thread([] {
    bool verbose = true;
    for (;;) {
      if (verbose)
        work();
    }
  }).detach();
  // CHECK: :[[@LINE-7]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: note: this loop has no way out{{$}}
  // CHECK: note: let the loop end
}

//===-- Somebody changes it -------------------------------------------------===//

class Stoppable {
public:
  ~Stoppable() {
    running_ = false;
    t_.join();
  }
  void start_ok() {
    running_ = true;
    t_ = std::thread([this] {
      while (running_)
        work();
    });
  }

private:
  std::atomic<bool> running_{false};
  std::thread t_;
};

class Elsewhere { // stop() is in another file
public:
  void stop();
  void start_ok() {
    std::thread([this] {
      while (running_)
        work();
    }).detach();
  }
  bool *flag() { return &running_; }

private:
  bool running_ = true;
};

volatile std::sig_atomic_t interrupted = 0;
void volatile_ok() {
  std::thread([] {
    while (!interrupted)
      work();
  }).detach();
}

extern bool shutting_down;
void extern_ok() {
  std::thread([] {
    while (!shutting_down)
      work();
  }).detach();
}

std::atomic<bool> external_atomic{true};
void external_atomic_ok() {
  std::thread([] {
    while (external_atomic)
      work();
  }).detach();
}

void by_reference_ok() {
  bool running = true;
  std::thread t([&running] {
    while (running)
      work();
  });
  running = false;
  t.join();
}

void stop_by_pointer(bool *flag);
void pointer_ok() {
  static bool running = true;
  std::thread([] {
    while (running)
      work();
  }).detach();
  stop_by_pointer(&running);
}

struct Config {
  bool forever;
};
void config_ok(Config config) {
  std::thread([config] {
    do
      work();
    while (config.forever);
  }).detach();
}
void through_reference_ok(bool &flag, const std::atomic<bool> &atomic) {
  std::thread([&flag, &atomic] {
    while (flag)
      work();
    while (atomic)
      work();
  }).detach();
}

static bool set_by_lambda = false;
void lambda_in_lambda_ok() {
  auto outer = [] {
    auto inner = [] { set_by_lambda = true; };
    inner();
  };
  outer();
  std::thread([] {
    while (!set_by_lambda)
      work();
  }).detach();
}

static int attempts = 0;
void counted_ok() {
  std::thread([] {
    while (attempts < 10) {
      ++attempts;
      work();
    }
  }).detach();
}

static bool never_true = false;
void never_entered_ok() {
  std::thread([] {
    while (never_true)
      work();
  }).detach();
}

template <class T> void generic(T stopper) {
  static bool stopped = false;
  std::thread([] {
    while (!stopped)
      work();
  }).detach();
  stopper([](auto value) { stopped = value; });
}
void generic_lambda_ok() {
  generic([](auto set) { set(true); });
}
