// RUN: %check %s
// C's atomics.
#include <stdatomic.h>
#include <stdbool.h>

static atomic_int n;
static _Atomic unsigned flags;
enum state { IDLE, BUSY };
static _Atomic enum state state;

void plus_bad(void) {
  n = n + 1;
  // CHECK: :[[@LINE-1]]:5: warning: load and store of atomic 'n' are two steps; another thread may change it in between
  // CHECK: :[[@LINE-2]]:7: note: loaded here
  // CHECK: :[[@LINE-3]]:5: note: use one operation
}

void store_bad(void) {
  atomic_store(&n, atomic_load(&n) + 1);
  // CHECK: :[[@LINE-1]]:3: warning: load and store of atomic 'n' are two steps
  // CHECK: :[[@LINE-2]]:3: note: loaded here
  // CHECK: :[[@LINE-3]]:3: note: use one operation
}

void test_bad(void) {
  if (state == IDLE)
    state = BUSY;
  // CHECK: :[[@LINE-1]]:11: warning: the test of atomic 'state' and this store
  // CHECK: :[[@LINE-3]]:7: note: loaded here
  // CHECK: :[[@LINE-3]]:11: note: use 'exchange'
}

void one_step_ok(void) {
  n += 1;
  n++;
  atomic_fetch_add(&n, 1);
  flags |= 4;
}

void orders_ok(void) {
  atomic_store_explicit(&n, atomic_load_explicit(&n, memory_order_relaxed) + 1,
                        memory_order_release);
}

void init_ok(void) { atomic_init(&n, 1); }
