// RUN: %check %s
// The same in C.
#include <pthread.h>

static pthread_mutex_t count_lock = PTHREAD_MUTEX_INITIALIZER;
// CHECK: :[[@LINE-1]]:24: warning: 'count_lock' only protects single operations on 'count'; an atomic would do [threadlint-mutex-for-scalar]
// CHECK: :[[@LINE+5]]:3: note: held here to update 'count'
// CHECK: :[[@LINE+10]]:3: note: held here to read 'count'
// CHECK: :[[@LINE+1]]:12: note: make it '_Atomic int' and remove the lock
static int count;
void count_up(void) {
  pthread_mutex_lock(&count_lock);
  count++;
  pthread_mutex_unlock(&count_lock);
}
int count_now(void) {
  int result;
  pthread_mutex_lock(&count_lock);
  result = count;
  pthread_mutex_unlock(&count_lock);
  return result;
}

struct stats {
  pthread_mutex_t lock;
  // CHECK: :[[@LINE-1]]:19: warning: 'lock' only protects single operations on 'hits'; an atomic would do
  // CHECK: :[[@LINE+10]]:3: note: held here to update 'hits'
  // CHECK: :[[@LINE+15]]:3: note: held here to read 'hits'
  // CHECK: :[[@LINE+1]]:17: note: make it '_Atomic unsigned long' and remove the lock
  unsigned long hits;
};
void stats_init(struct stats *s) {
  pthread_mutex_init(&s->lock, 0);
  s->hits = 0;
}
void stats_hit(struct stats *s) {
  pthread_mutex_lock(&s->lock);
  s->hits += 1;
  pthread_mutex_unlock(&s->lock);
}
unsigned long stats_hits(struct stats *s) {
  unsigned long n;
  pthread_mutex_lock(&s->lock);
  n = s->hits;
  pthread_mutex_unlock(&s->lock);
  return n;
}

static pthread_mutex_t ready_lock_ok = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready_cond = PTHREAD_COND_INITIALIZER;
static int ready;
void make_ready(void) {
  pthread_mutex_lock(&ready_lock_ok);
  ready = 1;
  pthread_mutex_unlock(&ready_lock_ok);
  pthread_cond_signal(&ready_cond);
}
void make_unready(void) {
  pthread_mutex_lock(&ready_lock_ok);
  ready = 0;
  pthread_mutex_unlock(&ready_lock_ok);
}
void await_ready(void) {
  pthread_mutex_lock(&ready_lock_ok);
  while (!ready)
    pthread_cond_wait(&ready_cond, &ready_lock_ok);
  pthread_mutex_unlock(&ready_lock_ok);
}

// Other files may lock it.
pthread_mutex_t shared_lock_ok = PTHREAD_MUTEX_INITIALIZER;
static int shared;
void set_shared(int v) {
  pthread_mutex_lock(&shared_lock_ok);
  shared = v;
  pthread_mutex_unlock(&shared_lock_ok);
}
int get_shared(void) {
  int v;
  pthread_mutex_lock(&shared_lock_ok);
  v = shared;
  pthread_mutex_unlock(&shared_lock_ok);
  return v;
}

static pthread_mutex_t steps_lock_ok = PTHREAD_MUTEX_INITIALIZER;
static int steps;
int next_step(void) {
  int n;
  pthread_mutex_lock(&steps_lock_ok);
  steps++;
  n = steps;
  pthread_mutex_unlock(&steps_lock_ok);
  return n;
}
void set_steps(int n) {
  pthread_mutex_lock(&steps_lock_ok);
  steps = n;
  pthread_mutex_unlock(&steps_lock_ok);
}
