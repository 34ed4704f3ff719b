/* POSIX threads, in C. */
// RUN: %check %s -- -std=c11 -D_GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_spinlock_t spin;

void calls_bad(int fd, int sock, pthread_t t, sem_t *sem, pid_t pid) {
  char buf[16];
  int status;
  struct addrinfo *res;
  pthread_mutex_lock(&mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: lock 'mu' acquired here
  usleep(10);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'usleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  sleep(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  pthread_join(t, NULL);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'pthread_join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  sem_wait(sem);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sem_wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  waitpid(pid, &status, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'waitpid' may block (process) while lock 'mu' is held [threadlint-slow-call-under-lock]
  system("ls");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'system' may block (process) while lock 'mu' is held [threadlint-slow-call-under-lock]
  getaddrinfo("host", "80", NULL, &res);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'getaddrinfo' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  recv(sock, buf, sizeof buf, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'recv' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(&mu);
  fsync(fd);
}

void unlocked_ok(int fd) {
  fsync(fd);
  pthread_mutex_lock(&mu);
  pthread_mutex_unlock(&mu);
  fsync(fd);
}

void rwlock_bad(int fd) {
  pthread_rwlock_rdlock(&rw);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'rw' is held [threadlint-slow-call-under-lock]
  pthread_rwlock_unlock(&rw);
  fsync(fd);
  pthread_rwlock_wrlock(&rw);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'rw' is held [threadlint-slow-call-under-lock]
  pthread_rwlock_unlock(&rw);
}

void spinlock_bad(int fd) {
  pthread_spin_lock(&spin);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'spin' is held [threadlint-slow-call-under-lock]
  pthread_spin_unlock(&spin);
}

void trylock_bad(int fd) {
  if (pthread_mutex_trylock(&mu) == 0) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    pthread_mutex_unlock(&mu);
  } else {
    fsync(fd);
  }
  if (pthread_mutex_trylock(&mu) != 0)
    return;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(&mu);
  if (!pthread_mutex_trylock(&mu)) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    pthread_mutex_unlock(&mu);
  }
  int r = pthread_mutex_trylock(&mu);
  if (r == EBUSY) {
    fsync(fd);
    return;
  }
  if (r)
    return;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(&mu);
}

void trylock_ok(int fd) {
  if (pthread_mutex_trylock(&mu) != 0) {
    fsync(fd);
    return;
  }
  pthread_mutex_unlock(&mu);
}

void tested_lock_bad(int fd) {
  if (pthread_mutex_lock(&mu) != 0)
    abort();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  if (pthread_mutex_unlock(&mu) != 0)
    abort();
  fsync(fd);
}

void goto_out_bad(int fd, int a) {
  pthread_mutex_lock(&mu);
  if (a < 0)
    goto out;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
out:
  pthread_mutex_unlock(&mu);
  fsync(fd);
}

struct Item {
  pthread_mutex_t lock;
  struct Item *next;
  int value;
  int fd;
};

void member_bad(struct Item *item, int fd) {
  pthread_mutex_lock(&item->lock);
  ++item->value;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'item.lock' is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(&item->lock);
  fsync(fd);
}

void hand_over_hand_bad(struct Item *head) {
  pthread_mutex_lock(&head->lock);
  pthread_mutex_lock(&head->next->lock);
  pthread_mutex_unlock(&head->lock);
  fsync(head->fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'head.next.lock' is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(&head->next->lock);
  fsync(head->fd);
}

void list_ok(struct Item *head) {
  for (struct Item *i = head; i; i = i->next) {
    pthread_mutex_lock(&i->lock);
    ++i->value;
    pthread_mutex_unlock(&i->lock);
    fsync(i->fd);
  }
}

void list_bad(struct Item *head) {
  pthread_mutex_lock(&mu);
  for (struct Item *i = head; i; i = i->next)
    fsync(i->fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) in a loop while lock 'mu' is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(&mu);
}

/* memcached: an item lock by hash, usleep in a retry loop. */
static pthread_mutex_t *item_locks;
static void item_lock(unsigned hv) { pthread_mutex_lock(&item_locks[hv & 7]); }
static void item_unlock(unsigned hv) { pthread_mutex_unlock(&item_locks[hv & 7]); }
static void *item_trylock(unsigned hv) {
  pthread_mutex_t *lock = &item_locks[hv & 7];
  if (pthread_mutex_trylock(lock) == 0)
    return lock;
  return NULL;
}
static void item_trylock_unlock(void *lock) { pthread_mutex_unlock((pthread_mutex_t *)lock); }

void locked_by_a_callee_bad(unsigned hv) {
  int tries;
  item_lock(hv);
  for (tries = 0; tries < 10; ++tries)
    usleep(1000);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'usleep' may block (sleep) in a loop while lock 'item_locks[...]' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-4]]:{{[0-9]+}}: note: lock 'item_locks[...]' acquired here
  item_unlock(hv);
  usleep(1000);
}

void FN_trylock_that_returns_the_lock(unsigned hv) {
  void *hold = item_trylock(hv);
  if (hold == NULL) {
    usleep(1);
    return;
  }
  // Which result of the callee goes with the lock is known for literals only;
  // a non-null pointer is not one.
  usleep(1000);
  item_trylock_unlock(hold);
  usleep(1000);
}

void cond_wait_ok(int *ready) {
  pthread_mutex_lock(&mu);
  while (!*ready)
    pthread_cond_wait(&cond, &mu);
  pthread_cond_signal(&cond);
  pthread_cond_broadcast(&cond);
  pthread_mutex_unlock(&mu);
}

void cond_wait_with_another_lock_bad(int *ready, pthread_mutex_t *other) {
  pthread_mutex_lock(other);
  pthread_rwlock_rdlock(&rw);
  while (!*ready)
    pthread_cond_wait(&cond, other);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'pthread_cond_wait' may block (wait) in a loop while lock 'rw' is held [threadlint-slow-call-under-lock]
  pthread_rwlock_unlock(&rw);
  pthread_mutex_unlock(other);
}

void *thread_body_bad(void *arg) {
  struct Item *item = arg;
  for (;;) {
    pthread_mutex_lock(&item->lock);
    if (item->value) {
      pthread_mutex_unlock(&item->lock);
      break;
    }
    sleep(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'arg.lock' is held [threadlint-slow-call-under-lock]
    pthread_mutex_unlock(&item->lock);
    sleep(1);
  }
  return NULL;
}

void standard_output(FILE *log) {
  pthread_mutex_lock(&mu);
  printf("to standard output: logging, off by default\n");
  fprintf(stderr, "likewise\n");
  pthread_mutex_unlock(&mu);
}

void stdio_bad(struct Item *item, const char *path) {
  char buf[64];
  pthread_mutex_lock(&item->lock);
  FILE *f = fopen(path, "r");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fopen' may block (file) while lock 'item.lock' is held [threadlint-slow-call-under-lock]
  while (fgets(buf, sizeof buf, f))
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fgets' may block (file) in a loop while lock 'item.lock' is held [threadlint-slow-call-under-lock]
    ++item->value;
  fclose(f);
  snprintf(buf, sizeof buf, "%d", item->value);
  pthread_mutex_unlock(&item->lock);
}

/* Cleanup handlers are macros with a loop around them. */
static void unlock(void *m) { pthread_mutex_unlock((pthread_mutex_t *)m); }
void cleanup_bad(int fd) {
  pthread_mutex_lock(&mu);
  pthread_cleanup_push(unlock, &mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  pthread_cleanup_pop(0);
  pthread_mutex_unlock(&mu);
  fsync(fd);
}

typedef struct { pthread_mutex_t m; } my_mutex;
static void my_lock(my_mutex *m) { pthread_mutex_lock(&m->m); }
static void my_unlock(my_mutex *m) { pthread_mutex_unlock(&m->m); }
static int my_trylock(my_mutex *m) { return pthread_mutex_trylock(&m->m) == 0; }

void wrapper_bad(my_mutex *m, int fd) {
  my_lock(m);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'm.m' is held [threadlint-slow-call-under-lock]
  my_unlock(m);
  fsync(fd);
  if (my_trylock(m)) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'm.m' is held [threadlint-slow-call-under-lock]
    my_unlock(m);
  } else {
    fsync(fd);
  }
}

/* Wrappers that check errors. */
static void lock_or_die(pthread_mutex_t *m) {
  if (pthread_mutex_lock(m) != 0) {
    fprintf(stderr, "lock\n");
    abort();
  }
}
static void unlock_or_die(pthread_mutex_t *m) {
  int rc = pthread_mutex_unlock(m);
  if (rc)
    abort();
}
static int lock_result(pthread_mutex_t *m) { return pthread_mutex_lock(m); }
static int unlock_result(pthread_mutex_t *m) { return -pthread_mutex_unlock(m); }

void checked_wrappers_bad(int fd) {
  lock_or_die(&mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  unlock_or_die(&mu);
  fsync(fd);
  if (lock_result(&mu) < 0)
    return;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  if (unlock_result(&mu) < 0)
    return;
  fsync(fd);
}

void retry_bad(int fd) {
  int rc;
  do {
    rc = pthread_mutex_trylock(&mu);
  } while (rc == EBUSY);
  if (rc == 0) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    pthread_mutex_unlock(&mu);
  }
  fsync(fd);
}

/* Locks in globals, arrays, unions and behind functions. */
static struct {
  pthread_mutex_t lock;
  int count;
} settings;
static pthread_mutex_t table[16];
extern pthread_mutex_t *lock_for(int key);
union Either {
  pthread_mutex_t lock;
  char raw[64];
};

void places_bad(int fd, int i, union Either *u) {
  pthread_mutex_lock(&settings.lock);
  ++settings.count;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'settings.lock' is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(&settings.lock);
  pthread_mutex_lock(&table[i]);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'table[...]' is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(&table[i]);
  pthread_mutex_lock(table + i);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while a lock is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(table + i);
  pthread_mutex_lock(&u->lock);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'u.lock' is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(&u->lock);
  fsync(fd);
}

void looked_up_ok(int fd, int key) {
  pthread_mutex_t *lock = lock_for(key);
  pthread_mutex_lock(lock);
  pthread_mutex_unlock(lock);
  fsync(fd);
  pthread_mutex_lock(lock_for(key));
  pthread_mutex_unlock(lock_for(key));
  fsync(fd);
}

void all_of_them_ok(int fd) {
  for (int i = 0; i < 16; ++i)
    pthread_mutex_lock(&table[i]);
  for (int i = 0; i < 16; ++i)
    pthread_mutex_unlock(&table[i]);
  fsync(fd);
}

void index_changes_ok(int fd, int i) {
  pthread_mutex_lock(&table[i]);
  int j = i;
  pthread_mutex_unlock(&table[j]);
  fsync(fd);
}

void pointer_moves_on_ok(int fd, struct Item *item) {
  pthread_mutex_t *held = &item->lock;
  pthread_mutex_lock(held);
  item = item->next;
  pthread_mutex_unlock(held);
  fsync(fd);
}

void out_parameter(struct Item *item, pthread_mutex_t **locked) {
  pthread_mutex_lock(&item->lock);
  *locked = &item->lock;
}
void unlocked_through_the_out_parameter_ok(int fd, struct Item *item) {
  pthread_mutex_t *locked = NULL;
  out_parameter(item, &locked);
  pthread_mutex_unlock(locked);
  fsync(fd);
}

void nested_switch_ok(int fd, int state) {
  pthread_mutex_lock(&mu);
  for (;;) {
    switch (state) {
    case 0:
      pthread_mutex_unlock(&mu);
      return;
    case 1:
      pthread_mutex_unlock(&mu);
      fsync(fd);
      pthread_mutex_lock(&mu);
      state = 2;
      continue;
    default:
      pthread_mutex_unlock(&mu);
      goto done;
    }
  }
done:
  fsync(fd);
}

/* A child process has its own copy of the lock. */
void after_fork(int fd) {
  pthread_mutex_lock(&mu);
  pid_t pid = fork();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fork' may block (process) while lock 'mu' is held [threadlint-slow-call-under-lock]
  if (pid == 0)
    _exit(fsync(fd));
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(&mu);
}
