// RUN: %check %s -- -D_GNU_SOURCE
// Locks and semaphores of POSIX in C.
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

struct conn {
  pthread_mutex_t mu;
  int n;
  struct conn *next;
};
void log_it(struct conn *c, const char *text);
void conn_cleanup(struct conn *c);
int prepare(struct conn *c);

int error_bad(struct conn *c, int x) {
  pthread_mutex_lock(&c->mu);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'c.mu' is not released on every path
  if (x < 0) {
    log_it(c, "negative");
    return -1;
  }
  // CHECK: :[[@LINE-2]]:5: note: still held at this return
  // CHECK: :[[@LINE-7]]:3: note: give it back before each of these exits
  c->n = x;
  pthread_mutex_unlock(&c->mu);
  return 0;
}

int failed_ok(struct conn *c) {
  if (pthread_mutex_lock(&c->mu) != 0)
    return -1;
  c->n++;
  pthread_mutex_unlock(&c->mu);
  return 0;
}

int failedLater_ok(struct conn *c) {
  int rc = pthread_mutex_lock(&c->mu);
  if (rc)
    return rc;
  c->n++;
  pthread_mutex_unlock(&c->mu);
  return 0;
}

int oneWayOut_ok(struct conn *c, int x) {
  int rc = -1;
  pthread_mutex_lock(&c->mu);
  if (x)
    goto out;
  c->n = x;
  rc = 0;
out:
  pthread_mutex_unlock(&c->mu);
  return rc;
}

int labelTooLate_bad(struct conn *c, int x) {
  int rc = -1;
  pthread_mutex_lock(&c->mu);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'c.mu' is not released
  if (x)
    goto out;
  c->n = x;
  rc = 0;
  pthread_mutex_unlock(&c->mu);
out:
  return rc;
}

int aborts_ok(struct conn *c, int x) {
  pthread_mutex_lock(&c->mu);
  if (x)
    abort();
  pthread_mutex_unlock(&c->mu);
  return 0;
}

int named_ok(struct conn *c, int x) {
  pthread_mutex_lock(&c->mu);
  if (x) {
    conn_cleanup(c);
    return -1;
  }
  pthread_mutex_unlock(&c->mu);
  return 0;
}

void packet_free(void *packet);
int otherObject_bad(struct conn *c, void *packet) {
  pthread_mutex_lock(&c->mu);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'c.mu' is not released
  if (!packet) {
    packet_free(packet);
    return -1;
  }
  pthread_mutex_unlock(&c->mu);
  return 0;
}

int flagged_ok(struct conn *c, int x) {
  int rc = 0;
  pthread_mutex_lock(&c->mu);
  rc = prepare(c);
  if (rc == 0)
    pthread_mutex_unlock(&c->mu);
  if (rc != 0) {
    pthread_mutex_unlock(&c->mu);
    return rc;
  }
  return 0;
}

int conn_lock(struct conn *c) {
  pthread_mutex_lock(&c->mu);
  if (c->n)
    return 1;
  pthread_mutex_unlock(&c->mu);
  return 0;
}

void handOverHand_ok(struct conn *head) {
  struct conn *cur = head;
  pthread_mutex_lock(&cur->mu);
  while (cur->next) {
    struct conn *next = cur->next;
    pthread_mutex_lock(&next->mu);
    pthread_mutex_unlock(&cur->mu);
    cur = next;
  }
  pthread_mutex_unlock(&cur->mu);
}

void all_ok(struct conn *a, int n) {
  for (int i = 0; i < n; i++)
    pthread_mutex_lock(&a[i].mu);
  for (int i = 0; i < n; i++)
    pthread_mutex_unlock(&a[i].mu);
}

static void unlock_it(pthread_mutex_t **m) { pthread_mutex_unlock(*m); }

int cleanup_ok(struct conn *c, int x) {
  pthread_mutex_t *m __attribute__((cleanup(unlock_it))) = &c->mu;
  pthread_mutex_lock(m);
  if (x)
    return -1;
  return 0;
}

struct page {
  pthread_mutex_t mu;
  int room;
};
int page_reserve_ok(struct page *p) {
  int full = -1;
  pthread_mutex_lock(&p->mu);
  if (p->room)
    return 0; // page_write() goes on from here
  pthread_mutex_unlock(&p->mu);
  return full;
}
void page_write(struct page *p) {
  p->room--;
  pthread_mutex_unlock(&p->mu);
}

sem_t slots;

int permit_bad(int x) {
  if (sem_wait(&slots) < 0)
  // CHECK: :[[@LINE-1]]:7: warning: the permit of 'slots' is not given back
    return -1;
  if (x)
    return -2;
  sem_post(&slots);
  return 0;
}

int permit_ok(int x) {
  while (sem_wait(&slots) == -1)
    ;
  if (x) {
    sem_post(&slots);
    return -2;
  }
  sem_post(&slots);
  return 0;
}

// Another function gives the lock back, but not after a failure here.
void conn_unlock(struct conn *c) { pthread_mutex_unlock(&c->mu); }
int errorKeepsIt_bad(struct conn *c, int x) {
  pthread_mutex_lock(&c->mu);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'c.mu' is not released on every path
  if (x < 0)
    goto fail;
  c->n = x;
  pthread_mutex_unlock(&c->mu);
  return 0;
fail:
  return -1;
  // CHECK: :[[@LINE-1]]:3: note:
}
int successKeepsIt_ok(struct conn *c, int x) {
  pthread_mutex_lock(&c->mu);
  if (x < 0) {
    pthread_mutex_unlock(&c->mu);
    return -1;
  }
  c->n = x;
  return 0;
}

// The test of the acquisition's own result says nothing against the exits behind it.
int checked_bad(struct conn *c, int x) {
  if (pthread_mutex_lock(&c->mu) != 0)
    // CHECK: :[[@LINE-1]]:7: warning: lock 'c.mu' is not released on every path
    return -1;
  if (x == c->n)
    return -2;
    // CHECK: :[[@LINE-1]]:5: note:
  c->n = x;
  pthread_mutex_unlock(&c->mu);
  return 0;
}
int checked_ok(struct conn *c, int x) {
  if (pthread_mutex_lock(&c->mu) != 0)
    return -1;
  if (x != c->n)
    c->n = x;
  pthread_mutex_unlock(&c->mu);
  return 0;
}
