// RUN: %check %s
// The same in C, with POSIX threads.
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

struct pool {
  pthread_mutex_t mu;
  pthread_cond_t cv;
  int count;
  bool stop;
  pthread_t threads[4];
};

static void *work_bad(void *arg) {
  struct pool *p = arg;
  for (;;) {
    pthread_mutex_lock(&p->mu);
    while (p->count == 0)
      pthread_cond_wait(&p->cv, &p->mu);
      // CHECK: :[[@LINE-1]]:7: warning: nothing ends the wait on condition variable 'cv' when the thread is to stop, so the join never returns
      // CHECK: :[[@LINE-5]]:3: note: the loop tests no stop flag
      // CHECK: :[[@LINE+16]]:5: note: the thread is joined here
      // CHECK: note: test a stop flag
    p->count--;
    pthread_mutex_unlock(&p->mu);
  }
  return NULL;
}

void pool_start(struct pool *p) {
  for (int i = 0; i < 4; i++)
    pthread_create(&p->threads[i], NULL, work_bad, p);
}

void pool_destroy(struct pool *p) {
  pthread_cond_broadcast(&p->cv);
  for (int i = 0; i < 4; i++)
    pthread_join(p->threads[i], NULL);
  pthread_cond_destroy(&p->cv);
  free(p);
}

struct stoppable {
  pthread_mutex_t mu;
  pthread_cond_t cv;
  int count;
  bool stop;
  pthread_t thread;
};

static void *stoppable_ok(void *arg) {
  struct stoppable *p = arg;
  for (;;) {
    pthread_mutex_lock(&p->mu);
    while (p->count == 0 && !p->stop)
      pthread_cond_wait(&p->cv, &p->mu);
    if (p->stop) {
      pthread_mutex_unlock(&p->mu);
      break;
    }
    p->count--;
    pthread_mutex_unlock(&p->mu);
  }
  return NULL;
}

void stoppable_start(struct stoppable *p) {
  pthread_create(&p->thread, NULL, stoppable_ok, p);
}

void stoppable_destroy(struct stoppable *p) {
  pthread_mutex_lock(&p->mu);
  p->stop = true;
  pthread_cond_broadcast(&p->cv);
  pthread_mutex_unlock(&p->mu);
  pthread_join(p->thread, NULL);
}

struct flagged {
  pthread_mutex_t mu;
  pthread_cond_t cv;
  int count;
  bool stop;
  pthread_t thread;
};

static void *flagged_bad(void *arg) {
  struct flagged *p = arg;
  while (!p->stop) {
    pthread_mutex_lock(&p->mu);
    while (p->count == 0)
      pthread_cond_wait(&p->cv, &p->mu);
      // CHECK: :[[@LINE-1]]:7: warning: nothing ends the wait on condition variable 'cv'
      // CHECK: :[[@LINE-5]]:3: note: the loop tests 'stop', but the wait does not
      // CHECK: note: the thread is joined here
      // CHECK: note: test a stop flag
    p->count--;
    pthread_mutex_unlock(&p->mu);
  }
  return NULL;
}

void flagged_start(struct flagged *p) {
  pthread_create(&p->thread, NULL, flagged_bad, p);
}

void flagged_stop(struct flagged *p) {
  p->stop = true;
  pthread_cond_broadcast(&p->cv);
  pthread_join(p->thread, NULL);
}

struct cancelled {
  sem_t items;
  pthread_t thread;
};

static void *cancelled_ok(void *arg) {
  struct cancelled *p = arg;
  for (;;)
    sem_wait(&p->items);
  return NULL;
}

void cancelled_start(struct cancelled *p) {
  pthread_create(&p->thread, NULL, cancelled_ok, p);
}

void cancelled_stop(struct cancelled *p) {
  pthread_cancel(p->thread);
  pthread_join(p->thread, NULL);
}

struct counted {
  sem_t items;
  pthread_t worker;
};

static void *counted_bad(void *arg) {
  struct counted *p = arg;
  for (;;) {
    sem_wait(&p->items);
    // CHECK: :[[@LINE-1]]:5: warning: nothing ends the wait for semaphore 'items'
    // CHECK: note: the loop tests no stop flag
    // CHECK: note: the thread is joined here
    // CHECK: note: set a stop flag and release the semaphore
  }
  return NULL;
}

void counted_start(struct counted *p) {
  pthread_create(&p->worker, NULL, counted_bad, p);
}

void counted_destroy(struct counted *p) {
  pthread_join(p->worker, NULL);
  sem_destroy(&p->items);
}

struct reader {
  int fd;
  pthread_t reading;
};

static void *reader_ok(void *arg) {
  struct reader *p = arg;
  char buffer[16];
  while (recv(p->fd, buffer, sizeof buffer, 0) > 0)
    ;
  return NULL;
}

void reader_start(struct reader *p) {
  pthread_create(&p->reading, NULL, reader_ok, p);
}

void reader_close(struct reader *p) {
  shutdown(p->fd, SHUT_RDWR);
  pthread_join(p->reading, NULL);
  close(p->fd);
}
