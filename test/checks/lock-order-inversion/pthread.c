// RUN: %check %s
// C: globals and members of structs.
#include <pthread.h>

struct conn {
  pthread_mutex_t lock;
  struct pool *pool;
};
struct pool {
  pthread_mutex_t lock;
  struct conn *first;
};

void pool_sweep(struct pool *p) {
  pthread_mutex_lock(&p->lock);
  pthread_mutex_lock(&p->first->lock);
  pthread_mutex_unlock(&p->first->lock);
  pthread_mutex_unlock(&p->lock);
}

static void pool_remove(struct pool *p, struct conn *c) {
  pthread_mutex_lock(&p->lock);
  p->first = c->pool == p ? c : 0;
  pthread_mutex_unlock(&p->lock);
}

void conn_close_bad(struct conn *c) {
  pthread_mutex_lock(&c->lock);
  pool_remove(c->pool, c);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'pool::lock' is acquired while lock 'conn::lock' is held, and elsewhere in the opposite order [threadlint-lock-order-inversion]
  // CHECK: :[[@LINE-3]]:3: note: lock 'c.lock' acquired here
  // CHECK: :[[@LINE-10]]:3: note: 'pool_remove' acquires it here
  // CHECK: :[[@LINE-17]]:3: note: 'pool_sweep' acquires lock 'conn::lock' here, while it holds lock 'pool::lock'
  // CHECK: :[[@LINE-19]]:3: note: lock 'p.lock' acquired here
  // CHECK: :[[@LINE-6]]:3: note: acquire them in one order everywhere
  pthread_mutex_unlock(&c->lock);
}

void move_bad(struct conn *from, struct conn *to) {
  pthread_mutex_lock(&from->lock);
  pthread_mutex_lock(&to->lock);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'to.lock' is acquired while lock 'from.lock' of another object is held; a call with the objects exchanged acquires them in the opposite order
  // CHECK: :[[@LINE-3]]:3: note: lock 'from.lock' acquired here
  // CHECK: :[[@LINE-3]]:3: note: acquire them in the order of their addresses
  pthread_mutex_unlock(&to->lock);
  pthread_mutex_unlock(&from->lock);
}

pthread_mutex_t locks[2];
void up(void) {
  pthread_mutex_lock(&locks[0]);
  pthread_mutex_lock(&locks[1]);
}
void down_bad(void) {
  pthread_mutex_lock(&locks[1]);
  pthread_mutex_lock(&locks[0]);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'locks[0]' is acquired while lock 'locks[1]' is held, and elsewhere in the opposite order
  // CHECK: :[[@LINE-3]]:3: note: lock 'locks[1]' acquired here
  // CHECK: :[[@LINE-7]]:3: note: 'up' acquires lock 'locks[1]' here, while it holds lock 'locks[0]'
  // CHECK: :[[@LINE-9]]:3: note: lock 'locks[0]' acquired here
  // CHECK: :[[@LINE-5]]:3: note: acquire them in one order everywhere
}

// A dump before the end of the process takes every lock.
pthread_mutex_t queue, stats;
void stop(void) __attribute__((noreturn));
void stop(void) {
  pthread_mutex_lock(&queue);
  pthread_mutex_lock(&stats);
  for (;;)
    ;
}
void queue_ok(int broken) {
  pthread_mutex_lock(&queue);
  if (broken)
    stop();
  pthread_mutex_unlock(&queue);
}
void stats_ok(int broken) {
  pthread_mutex_lock(&stats);
  if (broken)
    stop();
  pthread_mutex_unlock(&stats);
}
