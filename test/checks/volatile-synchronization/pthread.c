// RUN: %check %s -- -std=gnu11
// The same in C.
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

static volatile int do_run = 1;
// CHECK: :[[@LINE-1]]:21: warning: volatile 'do_run' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them [threadlint-volatile-synchronization]
// CHECK: :[[@LINE+7]]:10: note: read by a task here
// CHECK: :[[@LINE+17]]:3: note: written outside of the task here
// CHECK: :[[@LINE-4]]:21: note: use '_Atomic int' instead
static pthread_t tid;
void work(void);
static void *maintenance(void *arg) {
  (void)arg;
  while (do_run)
    work();
  return NULL;
}

int start_maintenance(void) {
  do_run = 1;
  return pthread_create(&tid, NULL, maintenance, NULL);
}

void stop_maintenance(void) {
  do_run = 0;
  pthread_join(tid, NULL);
}

// Both sides under one mutex.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static volatile int guarded_ok = 1;
static void *guarded_loop(void *arg) {
  for (;;) {
    pthread_mutex_lock(&lock);
    if (!guarded_ok) {
      pthread_mutex_unlock(&lock);
      return arg;
    }
    pthread_mutex_unlock(&lock);
    work();
  }
}
void start_guarded(void) {
  pthread_t t;
  pthread_create(&t, NULL, guarded_loop, NULL);
  pthread_detach(t);
}
void stop_guarded(void) {
  pthread_mutex_lock(&lock);
  guarded_ok = 0;
  pthread_mutex_unlock(&lock);
}

// A flag in a structure.
struct server {
  pthread_t thread;
  volatile int quit;
  // CHECK: :[[@LINE-1]]:16: warning: volatile 'quit' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
  // CHECK: :[[@LINE+6]]:14: note: read by a task here
  // CHECK: :[[@LINE+14]]:6: note: written outside of the task here
  // CHECK: :[[@LINE-4]]:16: note: use '_Atomic int' instead
};
static void *serve(void *arg) {
  struct server *s = arg;
  while (!s->quit)
    work();
  return NULL;
}
void server_start(struct server *s) {
  s->quit = 0;
  pthread_create(&s->thread, NULL, serve, s);
}
void server_stop(struct server *s) {
  s->quit = 1;
  pthread_join(s->thread, NULL);
}

// A local whose address the thread gets.
static void *spin(void *arg) {
  volatile int *stop = arg;
  while (!*stop)
    work();
  return NULL;
}
void local_bad(void) {
  volatile int stop = 0;
  // CHECK: :[[@LINE-1]]:16: warning: volatile 'stop' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
  // CHECK: :[[@LINE-7]]:11: note: read by a task here
  // CHECK: :[[@LINE+5]]:3: note: written outside of the task here
  // CHECK: :[[@LINE-4]]:16: note: use '_Atomic int' instead
  pthread_t t;
  pthread_create(&t, NULL, spin, (void *)&stop);
  work();
  stop = 1;
  pthread_join(t, NULL);
}

static volatile _Atomic int atomic_ok = 1;
static void *atomic_loop(void *arg) {
  while (atomic_ok)
    work();
  return arg;
}
void atomic_start(void) {
  pthread_t t;
  pthread_create(&t, NULL, atomic_loop, NULL);
  atomic_ok = 0;
  pthread_join(t, NULL);
}

static volatile sig_atomic_t got_signal = 0;
static void handler(int n) {
  (void)n;
  got_signal = 1;
}
static void *signal_loop(void *arg) {
  while (!got_signal)
    work();
  return arg;
}
void signals_ok(void) {
  struct sigaction action = {.sa_handler = handler};
  sigaction(SIGTERM, &action, NULL);
  pthread_t t;
  pthread_create(&t, NULL, signal_loop, NULL);
  got_signal = 0;
  pthread_join(t, NULL);
}

// No handler sets it: it is for the threads.
static volatile sig_atomic_t no_signal_bad = 0;
// CHECK: :[[@LINE-1]]:30: warning: volatile 'no_signal_bad' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
// CHECK: :[[@LINE+4]]:11: note: read by a task here
// CHECK: :[[@LINE+10]]:3: note: written outside of the task here
// CHECK: :[[@LINE-4]]:30: note: use '_Atomic sig_atomic_t' instead
static void *no_signal_loop(void *arg) {
  while (!no_signal_bad)
    work();
  return arg;
}
void no_signal(void) {
  pthread_t t;
  pthread_create(&t, NULL, no_signal_loop, NULL);
  no_signal_bad = 1;
  pthread_join(t, NULL);
}

static volatile uint32_t *const status = (volatile uint32_t *)0x40000000;
static void *poll_device(void *arg) {
  while (!(*status & 1))
    work();
  return arg;
}
void device_ok(void) {
  pthread_t t;
  pthread_create(&t, NULL, poll_device, NULL);
  *status = 0;
  pthread_join(t, NULL);
}
