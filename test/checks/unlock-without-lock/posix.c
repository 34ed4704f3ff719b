// RUN: %check %s
// Locks of POSIX in C.
#include <pthread.h>

struct table {
  pthread_mutex_t mu, other;
  int n;
};
void relock(struct table *t);
void log_it(const char *text);

int twice_bad(struct table *t, int x) {
  pthread_mutex_lock(&t->mu);
  if (x < 0) {
    pthread_mutex_unlock(&t->mu);
    goto out;
  }
  t->n = x;
  pthread_mutex_unlock(&t->mu);
  log_it("done");
out:
  pthread_mutex_unlock(&t->mu);
  // CHECK: :[[@LINE-1]]:3: warning: this unlocks 't.mu', which is released already on every path to here
  return 0;
}

void perhapsRelocked_ok(struct table *t) {
  pthread_mutex_lock(&t->mu);
  pthread_mutex_unlock(&t->mu);
  relock(t);
  pthread_mutex_unlock(&t->mu);
}

void wrong_bad(struct table *t) {
  pthread_mutex_lock(&t->mu);
  t->n++;
  pthread_mutex_unlock(&t->other);
  // CHECK: :[[@LINE-1]]:3: warning: this unlocks 't.other', which this function never locks; it locks 't.mu' and never unlocks it
}

void table_unlock(struct table *t) { pthread_mutex_unlock(&t->mu); }

void waitLike_ok(struct table *t) {
  pthread_mutex_unlock(&t->mu);
  log_it("waiting");
  pthread_mutex_lock(&t->mu);
}
