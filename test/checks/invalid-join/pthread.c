// RUN: %check %s
// POSIX threads: joined and detached once.
#include <pthread.h>

void *work(void *argument);
void use(void);

void twice_bad(void) {
  pthread_t t;
  pthread_create(&t, 0, work, 0);
  pthread_join(t, 0);
  pthread_join(t, 0);
  // CHECK: :[[@LINE-1]]:3: warning: 'pthread_join' of thread 't', which has been joined already
  // CHECK: :[[@LINE-3]]:3: note: joined here
  // CHECK: :[[@LINE-3]]:3: note: join or detach each thread once
}

void detached_bad(int early) {
  pthread_t t;
  pthread_create(&t, 0, work, 0);
  if (early)
    use();
  pthread_detach(t);
  pthread_join(t, 0);
  // CHECK: :[[@LINE-1]]:3: warning: 'pthread_join' of thread 't', which has been detached already
  // CHECK: :[[@LINE-3]]:3: note: detached here
  // CHECK: :[[@LINE-3]]:3: note: join or detach each thread once
}

void either_ok(int detached) {
  pthread_t t;
  pthread_create(&t, 0, work, 0);
  if (detached)
    pthread_detach(t);
  else
    pthread_join(t, 0);
}

void again_ok(void) {
  pthread_t t;
  pthread_create(&t, 0, work, 0);
  pthread_join(t, 0);
  pthread_create(&t, 0, work, 0);
  pthread_join(t, 0);
}

// The calling thread waits for itself; only what a handle holds is followed.
void FN_self(void) { pthread_join(pthread_self(), 0); }
