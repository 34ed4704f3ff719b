// RUN: %check %s -- -std=c++20
// Threads that members hold from their initialisers on.
#include <atomic>
#include <thread>

void work();

class Default_bad {
  void run() {
    for (;;) // CHECK-DAG: :[[@LINE]]:5: note: this loop has no way out
      work();
  }
  std::thread worker_{&Default_bad::run, this}; // CHECK-DAG: :[[@LINE]]:22: warning: thread never ends, so the join never returns

public:
  ~Default_bad() { worker_.join(); }
};

Default_bad *make() { return new Default_bad; }

/// Two constructors, one warning.
class TwoConstructors_bad {
public:
  TwoConstructors_bad() {}
  explicit TwoConstructors_bad(int) {}

private:
  std::jthread worker_{[] { // CHECK-DAG: :[[@LINE]]:23: warning: thread never ends
    for (;;)
      work();
  }};
};

class List_bad {
public:
  List_bad()
      : worker_([] { // CHECK-DAG: :[[@LINE]]:9: warning: thread never ends
          for (;;)
            work();
        }) {}

private:
  std::jthread worker_;
};

class Default_ok {
  std::jthread worker_{[](std::stop_token stop) {
    while (!stop.stop_requested())
      work();
  }};
};

Default_ok *makeOther() { return new Default_ok; }
