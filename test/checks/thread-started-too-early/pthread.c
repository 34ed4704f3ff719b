// RUN: %check %s
// Functions that make an object and start its thread, in C.
#include <pthread.h>
#include <stdlib.h>
#include <threads.h>

struct worker {
  pthread_t thread;
  thrd_t c11;
  pthread_mutex_t mu;
  int limit;
  int other;
};

void use(int n);

static void *run(void *arg) {
  struct worker *w = arg;
  pthread_mutex_lock(&w->mu);
  use(w->limit);
  pthread_mutex_unlock(&w->mu);
  return NULL;
}

static int run11(void *arg) {
  struct worker *w = arg;
  use(w->limit);
  return 0;
}

struct worker *worker_new_bad(int limit) {
  struct worker *w = malloc(sizeof *w);
  pthread_mutex_init(&w->mu, NULL);
  pthread_create(&w->thread, NULL, run, w);
  // CHECK: :[[@LINE-1]]:3: warning: thread starts before 'limit', which it uses, is set
  // CHECK: :[[@LINE+4]]:3: note: 'limit' is set here
  // CHECK: note: the thread uses 'limit' here
  // CHECK: note: start the thread when everything is set
  w->other = 1;
  w->limit = limit;
  return w;
}

int worker_init_bad(struct worker *w, int limit) {
  w->limit = limit;
  if (pthread_create(&w->thread, NULL, run, w) != 0)
    // CHECK: :[[@LINE-1]]:7: warning: thread starts before 'mu', which it uses, is set
    return -1;
  return pthread_mutex_init(&w->mu, NULL);
}

void c11_init_bad(struct worker *w, int limit) {
  thrd_create(&w->c11, run11, w);
  // CHECK: :[[@LINE-1]]:3: warning: thread starts before 'limit', which it uses, is set
  w->limit = limit;
}

struct worker *worker_new_ok(int limit) {
  struct worker *w = calloc(1, sizeof *w);
  w->limit = limit;
  pthread_mutex_init(&w->mu, NULL);
  if (pthread_create(&w->thread, NULL, run, w) != 0) {
    free(w);
    return NULL;
  }
  w->other = 1;
  return w;
}

int locked_init_ok(struct worker *w, int limit) {
  pthread_mutex_init(&w->mu, NULL);
  pthread_mutex_lock(&w->mu);
  pthread_create(&w->thread, NULL, run, w);
  w->limit = limit;
  pthread_mutex_unlock(&w->mu);
  return 0;
}

static void join_all(struct worker *w, int n) {
  while (n-- > 0)
    pthread_join(w[n].thread, NULL);
}

// The error path destroys what was initialised before.
struct worker *cleanup_ok(int limit) {
  struct worker *w = calloc(1, sizeof *w);
  if (pthread_mutex_init(&w->mu, NULL) != 0)
    goto no_mutex;
  w->limit = limit;
  for (int i = 0; i < 4; i++)
    if (pthread_create(&w[i].thread, NULL, run, w) != 0)
      goto no_thread;
  return w;
no_thread:
  pthread_mutex_destroy(&w->mu);
no_mutex:
  free(w);
  return NULL;
}

void joined_by_helper_ok(struct worker *w, int limit) {
  pthread_create(&w->thread, NULL, run, w);
  join_all(w, 1);
  w->limit = limit;
}

void joined_init_ok(struct worker *w) {
  pthread_create(&w->thread, NULL, run, w);
  pthread_join(w->thread, NULL);
  w->limit = 0;
}

// No set-up: others may have a protocol with the thread.
void resize_ok(struct worker *w, int limit) {
  pthread_create(&w->thread, NULL, run, w);
  w->limit = limit;
}
