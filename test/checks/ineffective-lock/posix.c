// RUN: %check %s
// Locks of POSIX in C.
#include <pthread.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static int n;
void share(pthread_mutex_t *m);

void local_bad(void) {
  pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
  // CHECK: :[[@LINE-1]]:19: warning: lock 'own' is a local variable
  pthread_mutex_lock(&own);
  n++;
  pthread_mutex_unlock(&own);
}

void made_bad(void) {
  pthread_mutex_t own;
  // CHECK: :[[@LINE-1]]:19: warning: lock 'own' is a local variable
  pthread_mutex_init(&own, 0);
  pthread_mutex_lock(&own);
  n++;
  pthread_mutex_unlock(&own);
  pthread_mutex_destroy(&own);
}

void shared_ok(void) {
  pthread_mutex_t own;
  pthread_mutex_init(&own, 0);
  share(&own);
  pthread_mutex_lock(&own);
  n++;
  pthread_mutex_unlock(&own);
}

void ignored_bad(void) {
  pthread_mutex_trylock(&mu);
  // CHECK: :[[@LINE-1]]:3: warning: nobody asks whether 'pthread_mutex_trylock' has taken the lock
  n++;
  pthread_mutex_unlock(&mu);
}

void asked_ok(void) {
  if (pthread_mutex_trylock(&mu) == 0) {
    n++;
    pthread_mutex_unlock(&mu);
  }
}

void empty_bad(void) {
  pthread_mutex_lock(&mu);
  pthread_mutex_unlock(&mu);
  n++;
  // CHECK: :[[@LINE-3]]:3: warning: 'mu' is unlocked at once
}
