// RUN: %check %s
// C: pthreads and C11 threads.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <threads.h>
#include <unistd.h>

void work(void);
int step(void);

static void *forever(void *arg) {
  (void)arg;
  while (1)
    work();
  return NULL;
}

void joined_bad(void) {
  pthread_t t;
  pthread_create(&t, NULL, forever, NULL);
  pthread_join(t, NULL);
  // CHECK: :[[@LINE-2]]:3: warning: thread never ends, so the join never returns
  // CHECK: :[[@LINE-2]]:3: note: joined here
  // CHECK: :[[@LINE-11]]:3: note: this loop has no way out
  // CHECK: :[[@LINE-12]]:3: note: let the loop end
}

void detached_bad(void) {
  pthread_t t;
  if (pthread_create(&t, NULL, forever, NULL) == 0)
    pthread_detach(t);
  // CHECK: :[[@LINE-2]]:7: warning: thread is detached and never ends
  // CHECK: :[[@LINE-2]]:5: note: detached here
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

static int c11_loop(void *arg) {
again:
  work();
  goto again;
}
void c11_bad(void) {
  thrd_t t;
  thrd_create(&t, c11_loop, NULL);
  thrd_detach(t);
  // CHECK: :[[@LINE-2]]:3: warning: thread is detached and never ends
  // CHECK: :[[@LINE-2]]:3: note: detached here
  // CHECK: :[[@LINE-8]]:3: note: this loop has no way out
  // CHECK: note: let the loop end
}

struct worker {
  pthread_t thread;
  int running;
};
static void *worker_loop(void *arg) {
  struct worker *w = arg;
  while (w->running)
    work();
  return NULL;
}
void worker_start_bad(struct worker *w) {
  w->running = 1;
  pthread_create(&w->thread, NULL, worker_loop, w);
  // CHECK: :[[@LINE-1]]:3: warning: thread never ends
  // CHECK: note: this loop has no way out: nothing changes 'running'
  // CHECK: note: let the loop end
}

static void *asserts(void *arg) {
  for (;;) {
    assert(step());
    work();
  }
}
void assert_is_no_way_out_bad(void) {
  pthread_t t;
  pthread_create(&t, NULL, asserts, NULL);
  // CHECK: :[[@LINE-1]]:3: warning: thread never ends
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

#define FOREVER for (;;)
static void *macro_loop(void *arg) {
  FOREVER { work(); }
}
void macro_bad(void) {
  pthread_t t;
  pthread_create(&t, NULL, macro_loop, NULL);
  // CHECK: :[[@LINE-1]]:3: warning: thread never ends
  // CHECK: :[[@LINE-6]]:3: note: this loop has no way out
  // CHECK: :[[@LINE-7]]:3: note: let the loop end
}

static atomic_bool c_flag = 1;
static void *atomic_loop(void *arg) {
  while (atomic_load(&c_flag))
    work();
  return NULL;
}
void atomic_bad(void) {
  pthread_t t;
  pthread_create(&t, NULL, atomic_loop, NULL);
  // CHECK: :[[@LINE-1]]:3: warning: thread never ends
  // CHECK: note: this loop has no way out: nothing changes 'c_flag'
  // CHECK: note: let the loop end
}

static atomic_int stopped;
static void *stoppable(void *arg) {
  while (!atomic_load(&stopped))
    work();
  return NULL;
}
void stoppable_ok(void) {
  pthread_t t;
  pthread_create(&t, NULL, stoppable, NULL);
  atomic_store(&stopped, 1);
  pthread_join(t, NULL);
}

static void *exits(void *arg) {
  for (;;)
    if (!step())
      pthread_exit(NULL);
}
void exits_ok(void) {
  pthread_t t;
  pthread_create(&t, NULL, exits, NULL);
}

static int c11_exits(void *arg) {
  for (;;)
    if (!step())
      thrd_exit(0);
}
void c11_exits_ok(void) {
  thrd_t t;
  thrd_create(&t, c11_exits, NULL);
}

static void *reads(void *arg) {
  char c;
  while (1) {
    if (read(0, &c, 1) <= 0)
      break;
  }
  return NULL;
}
void reads_ok(void) {
  pthread_t t;
  pthread_create(&t, NULL, reads, NULL);
}

static void *goes_out(void *arg) {
  for (;;) {
    if (!step())
      goto out;
    work();
  }
out:
  return NULL;
}
void goto_ok(void) {
  pthread_t t;
  pthread_create(&t, NULL, goes_out, NULL);
}

void entry_of_caller_ok(void *(*entry)(void *)) {
  pthread_t t;
  pthread_create(&t, NULL, entry, NULL);
}
