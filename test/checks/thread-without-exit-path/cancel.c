// RUN: %check %s
// Threads that are ended from outside.
#include <pthread.h>
#include <unistd.h>

static void *sleeps(void *arg) {
  while (1)
    sleep(1);
  return 0;
}
static unsigned long counter;
static void *counts(void *arg) {
  for (;;)
    ++counter;
}

static pthread_t cancelled;
void cancelled_ok(void) {
  pthread_create(&cancelled, 0, sleeps, 0);
}
void stop(void) {
  pthread_cancel(cancelled);
  pthread_join(cancelled, 0);
}

static pthread_t busy;
void no_cancellation_point_bad(void) {
  pthread_create(&busy, 0, counts, 0);
  // CHECK: :[[@LINE-1]]:3: warning: thread never ends
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}
void stop_busy(void) { pthread_cancel(busy); }

static pthread_t kept;
void stop_kept(void) { pthread_cancel(kept); }
void copied_handle_ok(void) {
  pthread_t t;
  pthread_create(&t, 0, sleeps, 0);
  kept = t;
}

static pthread_t other;
void other_thread_bad(void) {
  pthread_create(&other, 0, sleeps, 0);
  // CHECK: :[[@LINE-1]]:3: warning: thread never ends
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

// Nobody else's thread is cancelled by that.
void local_cancelled_ok(void) {
  pthread_t t;
  pthread_create(&t, 0, sleeps, 0);
  pthread_cancel(t);
  pthread_join(t, 0);
}
void other_local_bad(void) {
  pthread_t t;
  pthread_create(&t, 0, sleeps, 0);
  // CHECK: :[[@LINE-1]]:3: warning: thread never ends, so the join never returns
  // CHECK: note: joined here
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
  pthread_join(t, 0);
}
struct server {
  pthread_t thread;
};
void stop_server(struct server *s) {
  pthread_cancel(s->thread);
  pthread_join(s->thread, 0);
}
void start_server_ok(struct server *s) {
  pthread_create(&s->thread, 0, sleeps, 0);
}
