// RUN: %check %s
// The same in C.
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <unistd.h>

static atomic_int ready;
static int plain;
static volatile int signalled;
struct conn {
  int open;
  atomic_int refs;
};

void atomic_bad(void) {
  while (!atomic_load(&ready))
    ;
  // CHECK: :[[@LINE-2]]:3: warning: this loop does nothing but read 'ready' until another thread changes it
  // CHECK: note: 'ready' is declared here
  // CHECK: :[[@LINE-4]]:3: note: wait for the change with a condition variable, a semaphore, a latch or a future
}

void implicit_bad(struct conn *c) {
  while (c->refs > 0) {
  }
  // CHECK: :[[@LINE-2]]:3: warning: this loop does nothing but read 'refs'
  // CHECK: note: 'refs' is declared here
  // CHECK: :[[@LINE-4]]:3: note: wait for the change
}

void plain_bad(void) {
  while (plain == 0) {
  }
  // CHECK: :[[@LINE-2]]:3: warning: this loop waits for another thread to change 'plain'
  // CHECK: note: 'plain' is declared here
  // CHECK: :[[@LINE-4]]:3: note: wait for the change
}

void member_bad(struct conn *c) {
  while (c->open)
    ;
  // CHECK: :[[@LINE-2]]:3: warning: this loop waits for another thread to change 'open'
  // CHECK: note: 'open' is declared here
  // CHECK: :[[@LINE-4]]:3: note: wait for the change
}

void yield_ok(void) {
  while (!ready)
    sched_yield();
}

void sleep_ok(void) {
  while (!plain)
    sleep(1);
}

void signal_ok(void) {
  while (!signalled)
    ;
}

void register_ok(void) {
  while (!(*(volatile uint32_t *)0x40001000 & 1))
    ;
}
