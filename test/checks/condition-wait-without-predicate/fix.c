// RUN: %fix %s -- -std=c11 -D_GNU_SOURCE | %filecheck %s
// C has no predicates: the `if` becomes a `while`.
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <threads.h>
#include <time.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cv = PTHREAD_COND_INITIALIZER;
static bool ready;
static int *head, n;
int count(void);

void change(void) {
  pthread_mutex_lock(&mu);
  ready = true;
  head = &n;
  n = 1;
  pthread_cond_signal(&cv);
  pthread_mutex_unlock(&mu);
}

void plain(void) {
  pthread_mutex_lock(&mu);
  if (!ready)
    pthread_cond_wait(&cv, &mu);
  pthread_mutex_unlock(&mu);
}
// CHECK-LABEL: void plain
// CHECK: {{^ while \(!ready\)$}}
// CHECK-NEXT: {{^ pthread_cond_wait\(&cv, &mu\);$}}

void case1(int wanted, int error, const struct timespec *until) { pthread_mutex_lock(&mu); if (head == NULL) pthread_cond_wait(&cv, &mu); pthread_mutex_unlock(&mu); }
// CHECK: void case1({{.*}} while (head == NULL) pthread_cond_wait(&cv, &mu); pthread_mutex_unlock
void case2(int wanted, int error, const struct timespec *until) { pthread_mutex_lock(&mu); if (ready == false) { pthread_cond_wait(&cv, &mu); } pthread_mutex_unlock(&mu); }
// CHECK: void case2({{.*}} while (ready == false) { pthread_cond_wait(&cv, &mu); } pthread_mutex_unlock
void case3(int wanted, int error, const struct timespec *until) { pthread_mutex_lock(&mu); if (n < wanted) (void)pthread_cond_wait(&cv, &mu); pthread_mutex_unlock(&mu); }
// CHECK: void case3({{.*}} while (n < wanted) (void)pthread_cond_wait(&cv, &mu); pthread_mutex_unlock
void case4(int wanted, int error, const struct timespec *until) { pthread_mutex_lock(&mu); if (n + count() < wanted) pthread_cond_wait(&cv, &mu); pthread_mutex_unlock(&mu); }
// CHECK: void case4({{.*}} if (n + count() < wanted) pthread_cond_wait(&cv, &mu); pthread_mutex_unlock
void case5(int wanted, int error, const struct timespec *until) { pthread_mutex_lock(&mu); if (wanted) pthread_cond_wait(&cv, &mu); pthread_mutex_unlock(&mu); }
// CHECK: void case5({{.*}} if (wanted) pthread_cond_wait(&cv, &mu); pthread_mutex_unlock
void case6(int wanted, int error, const struct timespec *until) { pthread_mutex_lock(&mu); if (!ready) error = pthread_cond_wait(&cv, &mu); pthread_mutex_unlock(&mu); }
// CHECK: void case6({{.*}} if (!ready) error = pthread_cond_wait(&cv, &mu); pthread_mutex_unlock
void case7(int wanted, int error, const struct timespec *until) { pthread_mutex_lock(&mu); if (!ready) pthread_cond_timedwait(&cv, &mu, until); *head = 1; pthread_mutex_unlock(&mu); }
// CHECK: void case7({{.*}} if (!ready) pthread_cond_timedwait(&cv, &mu, until); *head = 1; pthread_mutex_unlock

static mtx_t m;
static cnd_t c;
static int full;
void fill(void) {
  mtx_lock(&m);
  full = 1;
  cnd_signal(&c);
  mtx_unlock(&m);
}
void c11(void) {
  mtx_lock(&m);
  if (!full)
    cnd_wait(&c, &m);
  mtx_unlock(&m);
}
// CHECK-LABEL: void c11
// CHECK: {{^ while \(!full\)$}}
