// RUN: %check %s
// The same in C.
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static char *table;
static int ready;
static atomic_int done;
void other(void);

char *table_bad(void) {
  if (table == NULL) {
    // CHECK: :[[@LINE-1]]:7: warning: 'table' is not atomic and is tested without 'mu', which guards its change
    // CHECK: :[[@LINE+4]]:9: note: tested again under the lock here
    // CHECK: :[[@LINE+4]]:7: note: changed under the lock here
    // CHECK: :[[@LINE-4]]:7: note: make it atomic, use 'pthread_once' or 'call_once', or test it under the lock only
    pthread_mutex_lock(&mu);
    if (table == NULL)
      table = malloc(256);
    pthread_mutex_unlock(&mu);
  }
  return table;
}

void flag_bad(void) {
  if (ready)
    return;
  // CHECK: :[[@LINE-2]]:7: warning: 'ready' is not atomic
  // CHECK: :[[@LINE+4]]:8: note: tested again
  // CHECK: :[[@LINE+5]]:5: note: changed under
  // CHECK: :[[@LINE-5]]:7: note: make it atomic
  pthread_mutex_lock(&mu);
  if (!ready) {
    other();
    ready = 1;
  }
  pthread_mutex_unlock(&mu);
}

void atomic_ok(void) {
  if (done)
    return;
  pthread_mutex_lock(&mu);
  if (!done)
    done = 1;
  pthread_mutex_unlock(&mu);
}

// Whatever it is called.
static int inited;
void init_library_bad(void) {
  if (inited)
    return;
  // CHECK: :[[@LINE-2]]:7: warning: 'inited' is not atomic
  // CHECK: note: tested again
  // CHECK: note: changed under
  // CHECK: note: make it atomic
  pthread_mutex_lock(&mu);
  if (!inited) {
    other();
    inited = 1;
  }
  pthread_mutex_unlock(&mu);
}

static int opened;
static void init_once_ok(void) {
  if (opened)
    return;
  pthread_mutex_lock(&mu);
  if (!opened)
    opened = 1;
  pthread_mutex_unlock(&mu);
}
int main(void) { init_once_ok(); }
