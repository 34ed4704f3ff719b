// RUN: %check %s
// POSIX threads: one that nobody joins or detaches leaks its stack.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

int ready(void);
void keep(pthread_t t);

void *entry(void *arg) { return arg; }
void *detaches(void *arg) {
  pthread_detach(pthread_self());
  return arg;
}
void *unseen(void *arg);

void never_bad(void) {
  pthread_t t;
  pthread_create(&t, NULL, entry, NULL);
  // CHECK: :[[@LINE-1]]:3: warning: thread 't' is neither joined nor detached, so its resources are never released
  // CHECK: :[[@LINE+2]]:1: note: the scope ends here without a join
  // CHECK: note: join or detach it on every path
}

int checked_bad(void) {
  pthread_t t;
  if (pthread_create(&t, NULL, entry, NULL) != 0)
    return -1;
  // CHECK: :[[@LINE-2]]:7: warning: thread 't' is neither joined nor detached, so
  // CHECK: note: the function returns here without a join
  // CHECK: note: join or detach
  return 0;
}

int some_path_bad(void) {
  pthread_t t;
  int rc = pthread_create(&t, NULL, entry, NULL);
  // CHECK: :[[@LINE-1]]:12: warning: thread 't' is neither joined nor detached, so
  // CHECK: note: the function returns here without a join
  // CHECK: note: join or detach
  if (rc != 0)
    return rc;
  if (!ready())
    return -1;
  pthread_join(t, NULL);
  return 0;
}

void loop_bad(int n) {
  for (int i = 0; i < n; ++i) {
    pthread_t t;
    pthread_create(&t, NULL, entry, NULL);
    // CHECK: :[[@LINE-1]]:5: warning: thread 't' is neither joined nor detached, so
    // CHECK: note: the scope ends here without a join
    // CHECK: note: join or detach
  }
}

void joined_ok(void) {
  pthread_t t;
  if (pthread_create(&t, NULL, entry, NULL) == 0)
    pthread_join(t, NULL);
}
int result_ok(void) {
  pthread_t t;
  int rc;
  rc = pthread_create(&t, 0, entry, NULL);
  if (rc) {
    fprintf(stderr, "%d\n", rc);
    return rc;
  }
  pthread_join(t, NULL);
  return 0;
}
void detached_ok(void) {
  pthread_t t;
  pthread_create(&t, NULL, entry, NULL);
  pthread_detach(t);
}
void detaches_itself_ok(void) {
  pthread_t t;
  pthread_create(&t, NULL, detaches, NULL);
}
void unseen_ok(void) {
  pthread_t t;
  pthread_create(&t, NULL, unseen, NULL);
}
void attributes_ok(void) {
  pthread_t t;
  pthread_attr_t attr;
  pthread_attr_init(&attr);
  pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
  pthread_create(&t, &attr, entry, NULL);
  pthread_attr_destroy(&attr);
}
void handed_out_ok(pthread_t *out) {
  pthread_t t;
  pthread_create(&t, NULL, entry, NULL);
  *out = t;
}
pthread_t returned_ok(void) {
  pthread_t t;
  pthread_create(&t, NULL, entry, NULL);
  return t;
}
void kept_ok(void) {
  pthread_t t;
  pthread_create(&t, NULL, entry, NULL);
  keep(t);
}
void parameter_ok(pthread_t *t) { pthread_create(t, NULL, entry, NULL); }
pthread_t global;
void global_ok(void) { pthread_create(&global, NULL, entry, NULL); }
void array_ok(void) {
  pthread_t t[4];
  int i;
  for (i = 0; i < 4; ++i)
    pthread_create(&t[i], NULL, entry, NULL);
  for (i = 0; i < 4; ++i)
    pthread_join(t[i], NULL);
}
int main(int argc, char **argv) { // the process ends, and the thread with it
  pthread_t t;
  (void)argv;
  pthread_create(&t, NULL, entry, NULL);
  if (argc > 2)
    return 1;
  pthread_join(t, NULL);
  return 0;
}
void overwritten_bad(void) {
  pthread_t t;
  pthread_create(&t, 0, entry, 0);
  // CHECK: :[[@LINE-1]]:3: warning: thread 't' is neither joined nor detached, so its resources
  // CHECK: note: another thread takes its place here
  // CHECK: note: join or detach it on every path
  pthread_create(&t, 0, entry, 0);
  pthread_join(t, 0);
}
void tried_again_ok(void) {
  pthread_t t;
  if (pthread_create(&t, 0, entry, 0) != 0)
    if (pthread_create(&t, 0, entry, 0) != 0)
      return;
  pthread_join(t, 0);
}

// The flag says whether there is a thread.
int open_it(const char *);
int flag_goto_ok(const char *p) {
  pthread_t t;
  int started = 0, rc = -1;
  if (pthread_create(&t, NULL, entry, NULL))
    goto out;
  started = 1;
  if (open_it(p))
    goto out;
  rc = 0;
out:
  if (started)
    pthread_join(t, NULL);
  return rc;
}
int flag_if_ok(const char *p) {
  pthread_t t;
  int started = 0;
  if (pthread_create(&t, NULL, entry, NULL) == 0)
    started = 1;
  open_it(p);
  if (started)
    pthread_join(t, NULL);
  return 0;
}
int flag_result_ok(const char *p) {
  pthread_t t;
  int started = 0, rc = pthread_create(&t, NULL, entry, NULL);
  if (rc == 0)
    started = 1;
  open_it(p);
  if (started)
    pthread_join(t, NULL);
  return rc;
}
int flag_init_ok(const char *p) {
  pthread_t t;
  int started = pthread_create(&t, NULL, entry, NULL) == 0;
  open_it(p);
  if (started)
    pthread_join(t, NULL);
  return 0;
}
int flag_assigned_ok(const char *p) {
  pthread_t t;
  int started = 0;
  started = !pthread_create(&t, NULL, entry, NULL);
  open_it(p);
  if (started)
    pthread_join(t, NULL);
  return 0;
}
int flag_leaves_bad(const char *p) {
  pthread_t t;
  int started = pthread_create(&t, NULL, entry, NULL) == 0;
  // CHECK: :[[@LINE-1]]:17: warning: thread 't' is neither joined nor detached, so its resources
  // CHECK: note: the function returns here
  // CHECK: note: join or detach
  if (open_it(p))
    return -1;
  if (started)
    pthread_join(t, NULL);
  return 0;
}
int not_a_flag_bad(const char *p) {
  pthread_t t;
  int rc = -1;
  if (pthread_create(&t, NULL, entry, NULL))
  // CHECK: :[[@LINE-1]]:7: warning: thread 't' is neither joined nor detached, so its resources
  // CHECK: note: the function returns here
  // CHECK: note: join or detach
    return rc;
  rc = open_it(p);
  if (rc)
    return rc;
  pthread_join(t, NULL);
  return 0;
}
