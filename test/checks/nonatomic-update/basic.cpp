// RUN: %check %s
// Atomics that are loaded and then stored to.
#include <atomic>
#include <mutex>
#include <thread>

std::atomic<int> total{0};
std::atomic<bool> started{false};
enum State { Idle, Running };
std::atomic<State> state{Idle};

void init();

void plus_bad() {
  total = total + 1;
  // CHECK: :[[@LINE-1]]:9: warning: load and store of atomic 'total' are two steps; another thread may change it in between
  // CHECK: :[[@LINE-2]]:11: note: loaded here
  // CHECK: :[[@LINE-3]]:9: note: use one operation such as 'fetch_add', or a 'compare_exchange' loop
}

void store_bad() {
  total.store(total.load() + 1);
  // CHECK: :[[@LINE-1]]:9: warning: load and store of atomic 'total' are two steps
  // CHECK: :[[@LINE-2]]:21: note: loaded here
  // CHECK: :[[@LINE-3]]:9: note: use one operation
}

void toggle_bad() {
  started = !started;
  // CHECK: :[[@LINE-1]]:11: warning: load and store of atomic 'started' are two steps
  // CHECK: :[[@LINE-2]]:14: note: loaded here
  // CHECK: :[[@LINE-3]]:11: note: use one operation
}

void variable_bad() {
  int n = total;
  total = n * 2;
  // CHECK: :[[@LINE-1]]:9: warning: load and store of atomic 'total' are two steps
  // CHECK: :[[@LINE-3]]:11: note: loaded here
  // CHECK: :[[@LINE-3]]:9: note: use one operation
}

void state_bad() {
  if (state == Idle)
    state = Running;
  // CHECK: :[[@LINE-1]]:11: warning: the test of atomic 'state' and this store to it are two steps; another thread may change it in between
  // CHECK: :[[@LINE-3]]:7: note: loaded here
  // CHECK: :[[@LINE-3]]:11: note: use 'exchange' or 'compare_exchange'
}

void maximum_bad(int v) {
  if (total < v)
    total = v;
  // CHECK: :[[@LINE-1]]:11: warning: the test of atomic 'total' and this store
  // CHECK: :[[@LINE-3]]:7: note: loaded here
  // CHECK: :[[@LINE-3]]:11: note: use 'exchange'
}

void claim_bad() {
  if (!started.load()) {
    started = true;
    // CHECK: :[[@LINE-1]]:13: warning: the test of atomic 'started' and this store
    // CHECK: :[[@LINE-3]]:16: note: loaded here
    // CHECK: :[[@LINE-3]]:13: note: use 'exchange'
    init();
  }
}

struct Counter {
  std::atomic<long> n_{0};
  void add_bad(long k) {
    n_ = n_ + k;
    // CHECK: :[[@LINE-1]]:8: warning: load and store of atomic 'n_' are two steps
    // CHECK: :[[@LINE-2]]:10: note: loaded here
    // CHECK: :[[@LINE-3]]:8: note: use one operation
  }
  Counter() { n_ = n_ + 1; }
  ~Counter() { n_ = n_ - 1; }
};

template <class T> struct Stat {
  std::atomic<T> n_{};
  void add_bad() {
    n_.store(n_.load() + 1);
    // CHECK: :[[@LINE-1]]:8: warning: load and store of atomic 'n_' are two steps
    // CHECK: :[[@LINE-2]]:17: note: loaded here
    // CHECK: :[[@LINE-3]]:8: note: use one operation
  }
};
void both(Stat<int> &a, Stat<long> &b) {
  a.add_bad();
  b.add_bad();
}

void captured_bad() {
  std::atomic<int> n{0};
  auto task = [&n] {
    n = n + 1;
    // CHECK: :[[@LINE-1]]:7: warning: load and store of atomic 'n' are two steps
    // CHECK: :[[@LINE-2]]:9: note: loaded here
    // CHECK: :[[@LINE-3]]:7: note: use one operation
  };
  std::thread a(task), b(task);
  a.join();
  b.join();
}

void one_step_ok() {
  ++total;
  total += 2;
  total.fetch_add(1);
  if (!started.exchange(true))
    init();
}

void loop_ok() {
  int old = total;
  while (!total.compare_exchange_weak(old, old + 1)) {
  }
}

// Setting what is set already does no harm.
void idempotent_ok() {
  if (!started)
    started = true;
}

// Only the consumer takes the flag down.
void consume_ok() {
  if (started) {
    started = false;
    init();
  }
}

// Its owner starts the thread.
std::thread runner;
void start_ok() {
  if (!started) {
    started = true;
    runner = std::thread(init);
  }
}

// The author chose the orders: one producer.
std::atomic<unsigned> head;
void producer_ok() {
  head.store(head.load(std::memory_order_relaxed) + 1, std::memory_order_release);
}

void restore_ok() {
  int old = total;
  total = 0;
  init();
  total = old;
}

void local_ok() {
  std::atomic<int> n{0};
  n = n + 1;
}

void other_ok(std::atomic<int> &from) { total = from + 1; }

struct Guarded {
  std::mutex mu_;
  std::atomic<int> n_{0}; // read without the lock
  void add_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    n_ = n_ + 1;
  }
  void reset_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    if (n_ > 10)
      n_ = 0;
  }
};

struct HalfGuarded {
  std::mutex mu_;
  std::atomic<int> n_{0};
  void add_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    n_ = n_ + 1;
    // CHECK: :[[@LINE-1]]:8: warning: load and store of atomic 'n_' are two steps
    // CHECK: :[[@LINE-2]]:10: note: loaded here
    // CHECK: :[[@LINE-3]]:8: note: use one operation
  }
  void step() { ++n_; }
};

//===--- through a local variable that is changed, or a list
//---------------===//

struct ListNode {
  int value;
  ListNode *next;
};
std::atomic<unsigned> bit_mask{0};
std::atomic<ListNode *> list_head{nullptr};

void set_bit_bad(unsigned bit) {
  unsigned mask = bit_mask.load();
  mask |= 1u << bit;
  bit_mask.store(mask);
  // CHECK: :[[@LINE-1]]:12: warning: load and store of atomic 'bit_mask' are two steps
}
void count_bad() {
  unsigned n = bit_mask;
  ++n;
  bit_mask = n;
  // CHECK: :[[@LINE-1]]:12: warning: load and store of atomic 'bit_mask' are two steps
}
void push_bad(ListNode *node) {
  node->next = list_head.load();
  list_head.store(node);
  // CHECK: :[[@LINE-1]]:13: warning: load and store of atomic 'list_head' are two steps
}
void put_back_ok() {
  unsigned mask = bit_mask.load();
  bit_mask.store(mask);
}
void another_value_ok(unsigned bit) {
  unsigned mask = 0;
  mask |= 1u << bit;
  bit_mask.store(mask);
}
void push_loop_ok(ListNode *node) {
  node->next = list_head.load();
  while (!list_head.compare_exchange_weak(node->next, node))
    ;
}
void push_relaxed_ok(ListNode *node) {
  node->next = list_head.load(std::memory_order_relaxed);
  list_head.store(node, std::memory_order_release);
}
void other_list_ok(ListNode *node, ListNode *other) {
  other->next = list_head.load();
  list_head.store(node);
}
