// RUN: %check %s
// A sleep in the hope that a thread is done by then.
#include <pthread.h>
#include <unistd.h>

struct job {
  int sum;
};

static void *run(void *arg) {
  struct job *job = arg;
  job->sum = 3;
  return 0;
}

int pointer_bad(void) {
  pthread_t t;
  struct job job = {0};
  pthread_create(&t, 0, run, &job);
  sleep(2);
  // CHECK: :[[@LINE-1]]:3: warning: this sleep does not wait for the task that writes
  int sum = job.sum;
  pthread_join(t, 0);
  return sum;
}

int joined_ok(void) {
  pthread_t t;
  struct job job = {0};
  pthread_create(&t, 0, run, &job);
  sleep(2);
  pthread_join(t, 0);
  return job.sum;
}
