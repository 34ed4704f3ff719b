// RUN: %check %s
// POSIX and C11 condition variables.
#include <pthread.h>
#include <threads.h>
#include <time.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cv = PTHREAD_COND_INITIALIZER;
static pthread_cond_t two = PTHREAD_COND_INITIALIZER;
static int ready, done;

void open_ok(void) {
  pthread_mutex_lock(&mu);
  ready = 1;
  pthread_cond_signal(&cv);
  pthread_mutex_unlock(&mu);
}

void open_bad(void) {
  ready = 1;
  // CHECK: :[[@LINE-1]]:3: warning: 'ready' is changed without holding 'mu', so the notification after it may be lost
  // CHECK: note: waited for here
  // CHECK: :[[@LINE+2]]:3: note: notified here
  // CHECK: :[[@LINE-4]]:3: note: hold 'mu'
  pthread_cond_signal(&cv);
}

void untested_bad(void) {
  pthread_mutex_lock(&mu);
  pthread_cond_wait(&cv, &mu);
  // CHECK: :[[@LINE-1]]:3: warning: nothing is tested around the wait on condition variable 'cv'
  // CHECK: :[[@LINE-2]]:3: note: the wait may end
  // CHECK: :[[@LINE-3]]:3: note: put the wait into a 'while' loop that tests the state
  pthread_mutex_unlock(&mu);
}

void once_bad(void) {
  pthread_mutex_lock(&mu);
  if (!ready)
    pthread_cond_wait(&cv, &mu);
  // CHECK: :[[@LINE-1]]:5: warning: the wait on condition variable 'cv' is not in a loop
  // CHECK: :[[@LINE-3]]:7: note: tested here
  // CHECK: :[[@LINE-3]]:5: note: put the wait
  pthread_mutex_unlock(&mu);
}

void loop_ok(void) {
  pthread_mutex_lock(&mu);
  while (!ready)
    pthread_cond_wait(&cv, &mu);
  pthread_mutex_unlock(&mu);
}

struct event {
  pthread_mutex_t lock;
  pthread_cond_t cond;
  int set;
};

void event_wait_ok(struct event *e) { pthread_cond_wait(&e->cond, &e->lock); }

void event_set(struct event *e) {
  pthread_mutex_lock(&e->lock);
  e->set = 1;
  pthread_mutex_unlock(&e->lock);
  pthread_cond_broadcast(&e->cond);
}

void event_once_bad(struct event *e) {
  pthread_mutex_lock(&e->lock);
  if (e->set == 0)
    pthread_cond_wait(&e->cond, &e->lock);
  // CHECK: :[[@LINE-1]]:5: warning: the wait on condition variable 'e.cond' is not in a loop
  // CHECK: :[[@LINE-3]]:14: note: tested here
  // CHECK: :[[@LINE-3]]:5: note: put the wait
  pthread_mutex_unlock(&e->lock);
}

void event_timed_ok(struct event *e, const struct timespec *until) {
  pthread_mutex_lock(&e->lock);
  while (!e->set)
    if (pthread_cond_timedwait(&e->cond, &e->lock, until) != 0)
      break;
  pthread_mutex_unlock(&e->lock);
}

void first(void) {
  pthread_mutex_lock(&mu);
  while (!done)
    pthread_cond_wait(&two, &mu);
  pthread_mutex_unlock(&mu);
}

void second_bad(void) {
  pthread_mutex_lock(&other);
  while (!done)
    pthread_cond_wait(&two, &other);
  // CHECK: :[[@LINE-1]]:5: warning: condition variable 'two' is waited on with 'other' here and with 'mu' elsewhere
  // CHECK: note: waited on with 'mu' here
  // CHECK: :[[@LINE-3]]:5: note: use one lock
  pthread_mutex_unlock(&other);
}

static mtx_t m;
static cnd_t c;
static int full;

void c11_bad(void) {
  mtx_lock(&m);
  cnd_wait(&c, &m);
  // CHECK: :[[@LINE-1]]:3: warning: nothing is tested around the wait on condition variable 'c'
  // CHECK: :[[@LINE-2]]:3: note: the wait may end
  // CHECK: :[[@LINE-3]]:3: note: put the wait
  mtx_unlock(&m);
}

void c11_ok(void) {
  mtx_lock(&m);
  while (!full)
    cnd_wait(&c, &m);
  mtx_unlock(&m);
}

//===--- loops made of labels
//----------------------------------------------===//

static pthread_mutex_t goto_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t goto_cond = PTHREAD_COND_INITIALIZER;
static int goto_done, goto_seen;
void goto_wait_ok(void) {
  pthread_mutex_lock(&goto_mutex);
again:
  if (!goto_done) {
    pthread_cond_wait(&goto_cond, &goto_mutex);
    goto again;
  }
  pthread_mutex_unlock(&goto_mutex);
}
void goto_set_bad(void) {
  goto_done = 1;
  // CHECK: :[[@LINE-1]]:3: warning: 'goto_done' is changed without holding 'goto_mutex', so the notification after it may be lost
  goto_seen = 1;
  pthread_cond_broadcast(&goto_cond);
}
void goto_set_ok(void) {
  pthread_mutex_lock(&goto_mutex);
  goto_done = 1;
  pthread_mutex_unlock(&goto_mutex);
  pthread_cond_broadcast(&goto_cond);
}
