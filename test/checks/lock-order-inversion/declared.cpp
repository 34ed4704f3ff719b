// RUN: %check %s
// An order that attributes declare.

class __attribute__((capability("mutex"))) Mutex {
public:
  void lock() __attribute__((acquire_capability()));
  void unlock() __attribute__((release_capability()));
};

struct Annotated {
  Mutex first __attribute__((acquired_before(second)));
  Mutex second;
  Mutex third __attribute__((acquired_after(second)));
  void right_ok() {
    first.lock();
    second.lock();
    third.lock();
    third.unlock();
    second.unlock();
    first.unlock();
  }
  void wrong_bad() {
    third.lock();
    first.lock();
    // CHECK: :[[@LINE-1]]:11: warning: lock 'Annotated::first' is acquired while lock 'Annotated::third' is held, against the declared order [threadlint-lock-order-inversion]
    // CHECK: :[[@LINE-3]]:11: note: lock 'third' acquired here
    // CHECK: :[[@LINE-3]]:11: note: acquire 'Annotated::first' first, or release 'Annotated::third' before
    first.unlock();
    third.unlock();
  }
};
