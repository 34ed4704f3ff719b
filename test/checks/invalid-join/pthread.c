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

void self_bad(void) {
  pthread_join(pthread_self(), 0);
  // CHECK: :[[@LINE-1]]:3: warning: 'pthread_join' of the thread that calls it: it waits for its own end
  // CHECK: :[[@LINE-2]]:3: note: leave the join to another thread
}

void *self_worker_bad(void *argument) {
  void *result;
  if (pthread_join(pthread_self(), &result) != 0)
    // CHECK: :[[@LINE-1]]:7: warning: 'pthread_join' of the thread that calls it
    // CHECK: note: leave
    return argument;
  return result;
}

void detached_self_ok(void) { pthread_detach(pthread_self()); }

pthread_t somebody(void);
void other_ok(void) { pthread_join(somebody(), 0); }

void element_bad(pthread_t *threads) {
  pthread_join(threads[0], 0);
  pthread_join(threads[1], 0);
  pthread_join(threads[0], 0);
  // CHECK: :[[@LINE-1]]:3: warning: 'pthread_join' of thread 'threads[0]', which has been joined already
  // CHECK: :[[@LINE-4]]:3: note: joined here
  // CHECK: :[[@LINE-3]]:3: note: join or detach each thread once
}

void elements_ok(pthread_t *threads, int i) {
  pthread_join(threads[0], 0);
  pthread_join(threads[1], 0);
  pthread_join(threads[i], 0);
  i++;
  pthread_join(threads[i], 0);
}

void again_element_ok(pthread_t *threads) {
  pthread_join(threads[0], 0);
  pthread_create(&threads[0], 0, work, 0);
  pthread_join(threads[0], 0);
}
