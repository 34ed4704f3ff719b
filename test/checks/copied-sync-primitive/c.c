/* C: structs with POSIX threads' and C11's objects in them. */
// RUN: %check %s -- -std=c11 -D_GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

struct queue {
  pthread_mutex_t lock;
  int items[16];
};
struct outer {
  int id;
  struct queue queues[2];
};
struct handle {
  pthread_mutex_t *lock;
  struct queue *queue;
};
typedef struct {
  union {
    sem_t sem;
    long raw;
  };
} gate;

// By-value parameters: at the definition, not again at the calls.
void by_value_bad(struct queue q) {
// CHECK: :[[@LINE-1]]:32: warning: parameter 'q' is passed by value, which copies the 'pthread_mutex_t' in 'queue' [threadlint-copied-sync-primitive]
// CHECK: :10:19: note: 'lock' is a 'pthread_mutex_t'
// CHECK: :[[@LINE-3]]:32: note: pass a pointer or a reference
  (void)q;
}
void calls_by_value_ok(struct queue *q) { by_value_bad(*q); }
void prototype_only_ok(struct queue q);
void calls_prototype_ok(struct queue *q) { prototype_only_ok(*q); }

void primitives_bad(pthread_mutex_t m, pthread_cond_t c, pthread_rwlock_t w, sem_t s, mtx_t x,
// CHECK: :[[@LINE-1]]:37: warning: parameter 'm' is passed by value, which copies 'pthread_mutex_t'
// CHECK: :[[@LINE-2]]:55: warning: parameter 'c' is passed by value, which copies 'pthread_cond_t'
// CHECK: :[[@LINE-3]]:75: warning: parameter 'w' is passed by value, which copies 'pthread_rwlock_t'
// CHECK: :[[@LINE-4]]:84: warning: parameter 's' is passed by value, which copies 'sem_t'
// CHECK: :[[@LINE-5]]:93: warning: parameter 'x' is passed by value, which copies 'mtx_t'
                    cnd_t d, pthread_barrier_t b, pthread_spinlock_t p) {}
// CHECK: :[[@LINE-1]]:27: warning: parameter 'd' is passed by value, which copies 'cnd_t'
// CHECK: :[[@LINE-2]]:48: warning: parameter 'b' is passed by value, which copies 'pthread_barrier_t'
// CHECK: :[[@LINE-3]]:70: warning: parameter 'p' is passed by value, which copies 'pthread_spinlock_t'

void other_parameters_ok(pthread_mutex_t *m, struct handle h, pthread_t t, pthread_attr_t a,
                         pthread_mutexattr_t ma, pthread_key_t k, int n, volatile int v,
                         struct queue qs[]) {}

struct spin {
  pthread_spinlock_t lock;
  pthread_once_t once;
};

void initialiser_bad(struct queue *p, struct outer *o, gate *g, struct spin *s) {
  struct queue a = *p;
// CHECK: :[[@LINE-1]]:16: warning: the initialization of 'a' copies the 'pthread_mutex_t' in 'queue'
// CHECK: :[[@LINE-2]]:16: note: use a pointer or a reference, or set up a new object
  struct outer b = *o;
// CHECK: :[[@LINE-1]]:16: warning: the initialization of 'b' copies the 'pthread_mutex_t' in 'outer'
// CHECK: :10:19: note: 'queues.lock' is a 'pthread_mutex_t'
  pthread_mutex_t m = p->lock;
// CHECK: :[[@LINE-1]]:19: warning: the initialization of 'm' copies 'pthread_mutex_t'
  struct queue both[2] = {*p, o->queues[0]};
// CHECK: :[[@LINE-1]]:27: warning: this copies the 'pthread_mutex_t' in 'queue'
// CHECK: :[[@LINE-2]]:31: warning: this copies the 'pthread_mutex_t' in 'queue'
  gate h = *g;
// CHECK: :[[@LINE-1]]:8: warning: the initialization of 'h' copies the 'sem_t' in 'gate'
// CHECK: :23:11: note: 'sem' is a 'sem_t'
  struct spin t = *s;
// CHECK: :[[@LINE-1]]:15: warning: the initialization of 't' copies the 'pthread_spinlock_t' in 'spin'
  (void)a; (void)b; (void)m; (void)both; (void)h; (void)t;
}

void assignment_bad(struct queue *p, struct queue *q, int which) {
  *p = *q;
// CHECK: :[[@LINE-1]]:6: warning: the assignment copies the 'pthread_mutex_t' in 'queue'
  p->lock = q->lock;
// CHECK: :[[@LINE-1]]:11: warning: the assignment copies 'pthread_mutex_t'
  p[0] = which ? p[1] : q[2];
// CHECK: :[[@LINE-1]]:8: warning: the assignment copies the 'pthread_mutex_t' in 'queue'
}

struct queue global_queue;
struct queue return_global_bad(void) {
  return global_queue;
// CHECK: :[[@LINE-1]]:10: warning: returning by value copies the 'pthread_mutex_t' in 'queue'
}
struct queue return_used_local_bad(void) {
  struct queue q;
  pthread_mutex_init(&q.lock, NULL);
  return q;
// CHECK: :[[@LINE-1]]:10: warning: returning by value copies the 'pthread_mutex_t' in 'queue'
}
void setup(struct queue *q);
struct queue return_set_up_local_bad(void) {
  struct queue q;
  memset(&q, 0, sizeof q);
  setup(&q);
  return q;
// CHECK: :[[@LINE-1]]:10: warning: returning by value copies the 'pthread_mutex_t' in 'queue'
}
struct queue return_fresh_ok(int n) {
  struct queue q = {PTHREAD_MUTEX_INITIALIZER, {n}};
  q.items[1] = n;
  return q;
}
struct queue return_raw_ok(int n) {
  struct queue q;
  memset(&q, 0, sizeof(q));
  memset(q.items, n, sizeof q.items);
  return q;
}
struct queue return_literal_ok(void) { return (struct queue){.lock = PTHREAD_MUTEX_INITIALIZER}; }
void receives_ok(void) {
  struct queue q = return_fresh_ok(1);
  q = return_literal_ok();
  (void)q;
}

void memory_bad(struct queue *p, struct queue *q, size_t n, struct outer *o) {
  memcpy(p, q, sizeof(struct queue));
// CHECK: :[[@LINE-1]]:3: warning: 'memcpy' copies the 'pthread_mutex_t' in 'queue'
// CHECK: :[[@LINE-2]]:3: note: copy the other members one by one; each object needs a primitive of its own
  memmove(p, p + 1, n * sizeof *p);
// CHECK: :[[@LINE-1]]:3: warning: 'memmove' copies the 'pthread_mutex_t' in 'queue'
  memcpy((void *)o, (const void *)(o + 1), sizeof(*o));
// CHECK: :[[@LINE-1]]:3: warning: 'memcpy' copies the 'pthread_mutex_t' in 'outer'
  p = realloc(p, n * sizeof(*p));
// CHECK: :[[@LINE-1]]:7: warning: 'realloc' copies the 'pthread_mutex_t' in 'queue'
  memcpy(&p->lock, &q->lock, sizeof(pthread_mutex_t));
// CHECK: :[[@LINE-1]]:3: warning: 'memcpy' copies 'pthread_mutex_t'
}
void memory_ok(struct queue *p, struct queue *q, size_t n, char *buffer) {
  memset(p, 0, sizeof *p);
  memcpy(p->items, q->items, sizeof p->items);
  memcpy(p, q, n);                                // an unknown part of it
  memcpy(p, q, 4);
  memcpy(buffer, q, sizeof *q);                   // bytes, no object
  p = malloc(n * sizeof *p);
  p = realloc(NULL, n * sizeof *p);
  int *ints = realloc(NULL, n);
  ints = realloc(ints, 2 * n * sizeof *ints);
  struct queue fresh = {PTHREAD_MUTEX_INITIALIZER, {0}};
  memcpy(p, &fresh, sizeof fresh);
  struct handle *handles = calloc(n, sizeof *handles);
  handles = realloc(handles, 2 * n * sizeof *handles);
}

static const struct queue empty_queue = {PTHREAD_MUTEX_INITIALIZER, {0}};
void reinitialisation_ok(struct queue *p, pthread_mutex_t *m, gate *g) {
  *p = (struct queue){.lock = PTHREAD_MUTEX_INITIALIZER};
  *m = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
  *p = empty_queue;
  pthread_mutex_t fresh = PTHREAD_MUTEX_INITIALIZER;
  *m = fresh;
  pthread_once_t once = PTHREAD_ONCE_INIT;
  (void)once;
  struct queue zero;
  memset(&zero, 0, sizeof(zero));
  zero.items[3] = 1;
  p[0] = zero;
  p[1] = zero;
}

void pointers_ok(struct queue *p, struct outer *o) {
  struct queue *a = p, **b = &a;
  pthread_mutex_t *m = &p->lock;
  struct handle h = {m, p}, i = h;
  int n = p->items[0] + o->queues[1].items[2] + (int)sizeof(*p) + (int)sizeof(p->lock);
  __typeof__(*p) *c = *b;
  h = i;
  (void)*p;
  (void)c; (void)n;
}

void integers_ok(volatile int v, int w) {
  volatile int x = v;
  int y = w;
  x = y;
  (void)x;
}

#define COPY(to, from) *(to) = *(from)
void macro_bad(struct queue *p, struct queue *q) {
  COPY(p, q);
// CHECK: :[[@LINE-1]]:3: warning: the assignment copies the 'pthread_mutex_t' in 'queue'
}
#define SWAP(T, a, b) do { T tmp_ = a; a = b; b = tmp_; } while (0)
void swap_bad(struct queue *p, int i, int j) {
  SWAP(struct queue, p[i], p[j]);
// CHECK: :[[@LINE-1]]:3: warning: the initialization of 'tmp_' copies the 'pthread_mutex_t' in 'queue'
}
void goto_bad(struct queue *p, int i) {
again:
  p[i] = p[i + 1];
// CHECK: :[[@LINE-1]]:8: warning: the assignment copies the 'pthread_mutex_t' in 'queue'
  if (++i < 10)
    goto again;
}

// Handed out by a function pointer: the function itself is reported.
void (*callback)(struct queue);
void through_pointer_ok(struct queue *q) { callback(*q); }

struct __attribute__((annotate("threadlint::no-copy"))) session {
  int fd;
};
void annotated_bad(struct session *s) {
  struct session t = *s;
// CHECK: :[[@LINE-1]]:18: warning: the initialization of 't' copies 'session'
  (void)t;
}
