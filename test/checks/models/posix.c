// RUN: %check %s -- -std=gnu17
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <netdb.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;

void calls_bad(int fd, char *buf, FILE *file, sem_t *sem, pthread_t other) {
  pthread_mutex_lock(&mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  read(fd, buf, 1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'read' may block (file) while lock 'mu' is held [threadlint-slow-call-under-lock]
  recv(fd, buf, 1, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'recv' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  gethostbyname("host");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'gethostbyname' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  fprintf(file, "x");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fprintf' may block (file) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mkdir("d", 0700);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'mkdir' may block (file) while lock 'mu' is held [threadlint-slow-call-under-lock]
  sleep(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  poll(0, 0, -1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'poll' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  system("true");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'system' may block (process) while lock 'mu' is held [threadlint-slow-call-under-lock]
  sem_wait(sem);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sem_wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  pthread_join(other, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'pthread_join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(&mu);
}

void rwlock_bad(void) {
  pthread_rwlock_rdlock(&rw);
  sync();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sync' may block (sync-io) while lock 'rw' is held [threadlint-slow-call-under-lock]
  pthread_rwlock_unlock(&rw);
}

void trylock_bad(void) {
  if (pthread_mutex_trylock(&mu) == 0) {
    sync();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    pthread_mutex_unlock(&mu);
  } else {
    sync();
  }
}

void nonblocking_ok(int fd, char *buf) {
  pthread_mutex_lock(&mu);
  recv(fd, buf, 1, MSG_DONTWAIT);
  waitpid(1, 0, WNOHANG);
  poll(0, 0, 0);
  sleep(0);
  close(fd);
  printf("output is logging\n");
  fprintf(stderr, "output is logging\n");
  pthread_mutex_unlock(&mu);
  fsync(fd);
}

void wait_ok(pthread_cond_t *cond) {
  pthread_mutex_lock(&mu);
  pthread_cond_wait(cond, &mu);
  pthread_mutex_unlock(&mu);
}
