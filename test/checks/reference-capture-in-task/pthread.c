// RUN: %check %s
// POSIX threads: the argument of the entry.
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

struct job {
  int number;
  sem_t done;
};

void *work(void *arg);
int coin(void);

void detached_bad(void) {
  struct job job = {0};
  pthread_t t;
  pthread_create(&t, NULL, work, &job); // CHECK: :[[@LINE]]:34: warning: task has a pointer into 'job', which may be destroyed
  pthread_detach(t);
}

void neverJoined_bad(void) {
  int number = 1;
  pthread_t t;
  pthread_create(&t, NULL, work, &number); // CHECK: :[[@LINE]]:34: warning: task has a pointer into 'number'
}

void joined_ok(void) {
  struct job job = {0};
  pthread_t t;
  if (pthread_create(&t, NULL, work, &job) != 0)
    return;
  pthread_join(t, NULL);
}

int failed_ok(void) {
  struct job job = {0};
  pthread_t t;
  int rc = pthread_create(&t, NULL, work, &job);
  if (rc) {
    perror("pthread_create");
    return -1;
  }
  pthread_join(t, NULL);
  return 0;
}

int failedAssigned_ok(void) {
  struct job job = {0};
  pthread_t t;
  int rc;
  if ((rc = pthread_create(&t, NULL, work, &job)) != 0)
    return rc;
  pthread_join(t, NULL);
  return 0;
}

void several_ok(int n) {
  struct job jobs[16];
  pthread_t threads[16];
  int i;
  for (i = 0; i < 16; i++)
    pthread_create(&threads[i], NULL, work, &jobs[i]);
  for (i = 0; i < 16; i++)
    pthread_join(threads[i], NULL);
}

void loopCounter_bad(void) {
  pthread_t threads[16];
  for (int i = 0; i < 16; i++)
    pthread_create(&threads[i], NULL, work, &i); // CHECK: :[[@LINE]]:45: warning: task has a pointer into 'i'
  for (int i = 0; i < 16; i++)
    pthread_join(threads[i], NULL);
}

void someJoined_bad(void) {
  struct job job = {0};
  pthread_t t;
  pthread_create(&t, NULL, work, &job); // CHECK: :[[@LINE]]:34: warning: task has a pointer into 'job'
  if (coin())
    return;
  pthread_join(t, NULL);
}

static void *post(void *arg) {
  struct job *job = arg;
  sem_post(&job->done);
  return NULL;
}

void semaphore_ok(void) {
  struct job job = {0};
  pthread_t t;
  sem_init(&job.done, 0, 0);
  pthread_create(&t, NULL, post, &job);
  pthread_detach(t);
  sem_wait(&job.done);
}

static struct job shared;
void static_ok(void) {
  static struct job job;
  pthread_t t;
  pthread_create(&t, NULL, work, &job);
  pthread_detach(t);
  pthread_create(&t, NULL, work, &shared);
  pthread_detach(t);
}

void heap_ok(void) {
  struct job *job = malloc(sizeof *job);
  pthread_t t;
  pthread_create(&t, NULL, work, job);
  pthread_detach(t);
}

void parameter_ok(struct job *job) {
  pthread_t t;
  pthread_create(&t, NULL, work, job);
  pthread_detach(t);
}

void exits_ok(void) {
  struct job job = {0};
  pthread_t t;
  pthread_create(&t, NULL, work, &job);
  pthread_detach(t);
  pthread_exit(NULL);
}
