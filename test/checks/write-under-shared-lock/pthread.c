// RUN: %check %s -- -D_GNU_SOURCE
// Readers' locks of POSIX in C.
#include <pthread.h>
#include <string.h>

struct entry {
  struct entry *next;
  int value;
};

struct table {
  pthread_rwlock_t lock;
  pthread_mutex_t statistics;
  struct entry *first;
  int hits;
  char name[16];
  _Atomic int reads;
};

static pthread_rwlock_t global_lock = PTHREAD_RWLOCK_INITIALIZER;
static int total;

int get_bad(struct table *t) {
  pthread_rwlock_rdlock(&t->lock);
  t->hits++;
  // CHECK: :[[@LINE-1]]:6: warning: 'hits' is modified while lock 't.lock' is only held shared
  // CHECK: :[[@LINE-3]]:3: note: lock 't.lock' acquired as a reader here
  // CHECK: :[[@LINE-3]]:6: note: other readers run at the same time; hold the lock exclusively to modify
  int value = t->first->value;
  pthread_rwlock_unlock(&t->lock);
  return value;
}

void global_bad(void) {
  pthread_rwlock_rdlock(&global_lock);
  total = 1;
  // CHECK: :[[@LINE-1]]:3: warning: 'total' is modified while lock 'global_lock' is only held shared
  // CHECK: :[[@LINE-3]]:3: note: lock 'global_lock' acquired as a reader here
  // CHECK: :[[@LINE-3]]:3: note: other readers run at the same time; hold the lock exclusively to modify
  pthread_rwlock_unlock(&global_lock);
}

void tried_bad(struct table *t) {
  if (pthread_rwlock_tryrdlock(&t->lock) == 0) {
    t->first = 0;
    // CHECK: :[[@LINE-1]]:8: warning: 'first' is modified while lock 't.lock' is only held shared
    // CHECK: :[[@LINE-3]]:7: note: lock 't.lock' acquired as a reader here
    // CHECK: :[[@LINE-3]]:8: note: other readers run at the same time; hold the lock exclusively to modify
    pthread_rwlock_unlock(&t->lock);
  }
}

void element_bad(struct table *tables, int i) {
  pthread_rwlock_rdlock(&tables[i].lock);
  tables[i].hits = 0;
  // CHECK: :[[@LINE-1]]:13: warning: 'hits' is modified while lock 'tables[...].lock' is only held shared
  // CHECK: :[[@LINE-3]]:3: note: lock 'tables[...].lock' acquired as a reader here
  // CHECK: :[[@LINE-3]]:13: note: other readers run at the same time; hold the lock exclusively to modify
  pthread_rwlock_unlock(&tables[i].lock);
}

void copied_bad(struct table *t) {
  pthread_rwlock_rdlock(&t->lock);
  memset(t->name, 0, sizeof(t->name));
  // CHECK: :[[@LINE-1]]:13: warning: 'name' is modified while lock 't.lock' is only held shared
  // CHECK: :[[@LINE-3]]:3: note: lock 't.lock' acquired as a reader here
  // CHECK: :[[@LINE-3]]:13: note: other readers run at the same time; hold the lock exclusively to modify
  strcpy(t->name, "x");
  // CHECK: :[[@LINE-1]]:13: warning: 'name' is modified while lock 't.lock' is only held shared
  // CHECK: :[[@LINE-7]]:3: note: lock 't.lock' acquired as a reader here
  // CHECK: :[[@LINE-3]]:13: note: other readers run at the same time; hold the lock exclusively to modify
  pthread_rwlock_unlock(&t->lock);
}

static void touch(struct table *t) { t->hits++; }
void through_bad(struct table *t) {
  pthread_rwlock_rdlock(&t->lock);
  touch(t);
  // CHECK: :[[@LINE-1]]:3: warning: call to 'touch' modifies 'hits' while lock 't.lock' is only held shared
  // CHECK: :[[@LINE-3]]:3: note: lock 't.lock' acquired as a reader here
  // CHECK: :[[@LINE-6]]:41: note: 'touch' modifies 'hits' here
  // CHECK: :[[@LINE-4]]:3: note: other readers run at the same time; hold the lock exclusively to modify
  pthread_rwlock_unlock(&t->lock);
}

void early_bad(struct table *t, int x) {
  pthread_rwlock_rdlock(&t->lock);
  if (x < 0)
    goto out;
  t->name[0] = 'a';
  // CHECK: :[[@LINE-1]]:6: warning: 'name' is modified while lock 't.lock' is only held shared
  // CHECK: :[[@LINE-5]]:3: note: lock 't.lock' acquired as a reader here
  // CHECK: :[[@LINE-3]]:6: note: other readers run at the same time; hold the lock exclusively to modify
out:
  pthread_rwlock_unlock(&t->lock);
}

int read_ok(struct table *t) {
  int n = 0;
  pthread_rwlock_rdlock(&t->lock);
  for (struct entry *e = t->first; e; e = e->next)
    n++;
  t->reads++;
  pthread_rwlock_unlock(&t->lock);
  return n;
}

void write_ok(struct table *t) {
  pthread_rwlock_wrlock(&t->lock);
  t->hits++;
  touch(t);
  pthread_rwlock_unlock(&t->lock);
}

void counted_ok(struct table *t) {
  pthread_rwlock_rdlock(&t->lock);
  pthread_mutex_lock(&t->statistics);
  t->hits++;
  pthread_mutex_unlock(&t->statistics);
  pthread_rwlock_unlock(&t->lock);
}

void inTurn_ok(struct table *t) {
  pthread_rwlock_rdlock(&t->lock);
  int n = t->hits;
  pthread_rwlock_unlock(&t->lock);
  pthread_rwlock_wrlock(&t->lock);
  t->hits = n + 1;
  pthread_rwlock_unlock(&t->lock);
}

void failed_ok(struct table *t) {
  if (pthread_rwlock_tryrdlock(&t->lock) != 0)
    return;
  char name[16];
  memcpy(name, t->name, sizeof(name));
  pthread_rwlock_unlock(&t->lock);
}
