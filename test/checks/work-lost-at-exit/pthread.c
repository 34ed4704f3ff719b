// RUN: %check %s --prefix=DETACH -- -DDETACH
// RUN: %check %s --prefix=SELF -- -DSELF
// RUN: %check %s --prefix=ATTR -- -DATTR
// RUN: %check %s --prefix=SLEEP -- -DSLEEP
// RUN: %check %s --prefix=C11 -- -std=c11 -DC11
// RUN: %check %s --prefix=TIMESPEC -- -std=c11 -DTIMESPEC
// RUN: %check %s -- -DJOINABLE
// RUN: %check %s -- -DEXIT_THREAD
// RUN: %check %s -- -DSEM
// RUN: %check %s -- -DCOND
// RUN: %check %s -- -D_POSIX_C_SOURCE=200809L -DSIGNALS
// The same with POSIX and C11 threads.
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <threads.h>
#include <unistd.h>

static sem_t done;
static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cv = PTHREAD_COND_INITIALIZER;
static int finished;

static void *save(void *name) {
  FILE *out = fopen(name, "w");
  fputs("state\n", out);
  fclose(out);
  return NULL;
}

#if defined(DETACH)
static void start(const char *name) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, save, (void *)name) != 0)
    return;
  pthread_detach(thread);
  // DETACH: :[[@LINE-1]]:3: warning: nothing waits for this detached thread before the process ends, which kills it in the middle of its work
  // DETACH: :[[@LINE-4]]:7: note: the thread is started here
  // DETACH: note: this is what it does
  // DETACH: :[[@LINE+4]]:3: note: 'main' gets there by this call
  // DETACH: :[[@LINE+6]]:3: note: 'main' returns here
}
int main(void) {
  start("a");
  start("b");
  printf("done\n");
  return 0;
}
#elif defined(SELF)
static void *detached(void *arg) {
  pthread_detach(pthread_self());
  return save(arg);
}
int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, detached, "a");
  // SELF: :[[@LINE-1]]:3: warning: nothing waits for this detached thread
  return 0;
}
#elif defined(ATTR)
int main(void) {
  pthread_t thread;
  pthread_attr_t attr;
  pthread_attr_init(&attr);
  pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
  pthread_create(&thread, &attr, save, "a");
  // ATTR: :[[@LINE-1]]:3: warning: nothing waits for this detached thread
  pthread_attr_destroy(&attr);
  return 0;
}
#elif defined(SLEEP)
int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, save, "a");
  pthread_detach(thread);
  // SLEEP: :[[@LINE-1]]:3: warning: nothing waits for this detached thread
  // SLEEP: :[[@LINE+1]]:3: note: a sleep is no wait
  sleep(2);
  exit(EXIT_SUCCESS);
  // SLEEP: :[[@LINE-1]]:3: note: the process ends here
}
#elif defined(C11)
static int work(void *name) {
  save(name);
  return 0;
}
int main(void) {
  thrd_t thread;
  if (thrd_create(&thread, work, "a") == thrd_success)
    thrd_detach(thread);
  // C11: :[[@LINE-1]]:5: warning: nothing waits for this detached thread
  return 0;
}
#elif defined(TIMESPEC)
static int work(void *name) {
  save(name);
  return 0;
}
int main(void) {
  thrd_t thread;
  struct timespec second = {.tv_sec = 1};
  thrd_create(&thread, work, "a");
  thrd_detach(thread);
  // TIMESPEC: :[[@LINE-1]]:3: warning: nothing waits for this detached thread
  // TIMESPEC: note: a sleep is no wait
  thrd_sleep(&second, NULL);
  thrd_sleep(&(struct timespec){2, 0}, NULL);
  return 0;
}
#elif defined(JOINABLE)
int main(void) {
  pthread_t thread;
  pthread_attr_t attr;
  pthread_attr_init(&attr);
  pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_JOINABLE);
  pthread_create(&thread, &attr, save, "a");
  pthread_join(thread, NULL);
  return 0;
}
#elif defined(EXIT_THREAD)
int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, save, "a");
  pthread_detach(thread);
  pthread_exit(NULL);
}
#elif defined(SEM)
static void *signalling(void *arg) {
  save(arg);
  sem_post(&done);
  return NULL;
}
int main(void) {
  pthread_t thread;
  sem_init(&done, 0, 0);
  pthread_create(&thread, NULL, signalling, "a");
  pthread_detach(thread);
  sem_wait(&done);
  return 0;
}
#elif defined(COND)
static void *signalling(void *arg) {
  save(arg);
  pthread_mutex_lock(&mu);
  finished = 1;
  pthread_cond_signal(&cv);
  pthread_mutex_unlock(&mu);
  return NULL;
}
int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, signalling, "a");
  pthread_detach(thread);
  pthread_mutex_lock(&mu);
  while (!finished)
    pthread_cond_wait(&cv, &mu);
  pthread_mutex_unlock(&mu);
  return 0;
}
#elif defined(SIGNALS)
int main(void) {
  pthread_t thread;
  int sig;
  sigset_t set;
  pthread_create(&thread, NULL, save, "a");
  pthread_detach(thread);
  sigemptyset(&set);
  sigwait(&set, &sig);
  return 0;
}
#endif
