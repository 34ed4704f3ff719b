// RUN: %check %s
// POSIX threads that are joined at once.
#include <pthread.h>

void *work(void *argument);
void use(void);

void once_ok(void) {
  pthread_t t;
  pthread_create(&t, 0, work, 0);
  pthread_join(t, 0);
}

void each_round_bad(int n) {
  for (int i = 0; i < n; ++i) {
    pthread_t t;
    pthread_create(&t, 0, work, 0);
    // CHECK: :[[@LINE-1]]:5: warning: thread is waited for in the iteration that starts it
    // CHECK: :[[@LINE+2]]:5: note: waited for here
    // CHECK: :[[@LINE-3]]:5: note: start all of them before the first wait
    pthread_join(t, 0);
  }
}

void beside_ok(void) {
  pthread_t t;
  pthread_create(&t, 0, work, 0);
  use();
  pthread_join(t, 0);
}

// The result is tested, as C code does.
void tested_bad(int n) {
  for (int i = 0; i < n; ++i) {
    pthread_t t;
    if (pthread_create(&t, 0, work, 0))
    // CHECK: :[[@LINE-1]]:9: warning: thread is waited for in the iteration that starts it
    // CHECK: note: waited for here
    // CHECK: note: start all
      return;
    pthread_join(t, 0);
  }
}
void tested_for_success_bad(int n) {
  for (int i = 0; i < n; ++i) {
    pthread_t t;
    if (pthread_create(&t, 0, work, 0) == 0)
      // CHECK: :[[@LINE-1]]:9: warning: thread is waited for in the iteration that starts it
      // CHECK: note: waited for here
      // CHECK: note: start all
      pthread_join(t, 0);
  }
}
void kept_bad(int n) {
  for (int i = 0; i < n; ++i) {
    pthread_t t;
    int failed = pthread_create(&t, 0, work, 0);
    // CHECK: :[[@LINE-1]]:18: warning: thread is waited for in the iteration that starts it
    // CHECK: note: waited for here
    // CHECK: note: start all
    if (!failed)
      pthread_join(t, 0);
  }
}
void works_meanwhile_ok(int n) {
  for (int i = 0; i < n; ++i) {
    pthread_t t;
    if (pthread_create(&t, 0, work, 0))
      return;
    use();
    pthread_join(t, 0);
  }
}
