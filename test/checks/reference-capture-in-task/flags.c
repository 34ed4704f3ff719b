// RUN: %check %s
// A flag remembers whether there is a thread to join.
#include <pthread.h>

int open_it(const char *);
void use(int);
static void *run(void *p) {
  use(*(int *)p);
  return p;
}

int goto_ok(const char *p) {
  pthread_t t;
  int started = 0, rc = -1, n = 1;
  if (pthread_create(&t, NULL, run, &n))
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
int if_ok(const char *p) {
  pthread_t t;
  int started = 0, n = 1;
  if (pthread_create(&t, NULL, run, &n) == 0)
    started = 1;
  open_it(p);
  if (started)
    pthread_join(t, NULL);
  return n;
}
int result_ok(const char *p) {
  pthread_t t;
  int n = 1;
  int started = pthread_create(&t, NULL, run, &n) == 0;
  open_it(p);
  if (started)
    pthread_join(t, NULL);
  return n;
}
int leaves_bad(const char *p) {
  pthread_t t;
  int n = 1;
  int started = pthread_create(&t, NULL, run, &n) == 0; // CHECK: :[[@LINE]]:47: warning: task has a pointer into 'n', which may be destroyed while the task still runs
  if (open_it(p))
    return -1;
  if (started)
    pthread_join(t, NULL);
  return n;
}
int other_flag_bad(const char *p) {
  pthread_t t;
  int n = 1, opened = open_it(p);
  pthread_create(&t, NULL, run, &n); // CHECK: :[[@LINE]]:33: warning: task has a pointer into 'n', which may be destroyed while the task still runs
  if (opened)
    pthread_join(t, NULL);
  return n;
}
