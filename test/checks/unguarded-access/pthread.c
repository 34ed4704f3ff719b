// RUN: %check %s
// C: structs with a lock, static state with a static lock.
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct stats {
  pthread_mutex_t mu;
  int count;
  char name[16];
};

void stats_init(struct stats *s) {
  pthread_mutex_init(&s->mu, NULL);
  s->count = 0;
}
void stats_add(struct stats *s) {
  pthread_mutex_lock(&s->mu);
  s->count++;
  pthread_mutex_unlock(&s->mu);
}
void stats_sub(struct stats *s) {
  pthread_mutex_lock(&s->mu);
  s->count--;
  pthread_mutex_unlock(&s->mu);
}
void stats_set(struct stats *s, int n) {
  pthread_mutex_lock(&s->mu);
  s->count = n;
  pthread_mutex_unlock(&s->mu);
}
int stats_get_bad(struct stats *s) {
  return s->count;
  // CHECK: :[[@LINE-1]]:13: warning: 'count' is read without lock 'mu', which guards it
}
struct stats *stats_copy_ok(void) {
  struct stats *s = malloc(sizeof(*s));
  s->count = 1;
  return s;
}
void stats_local_ok(void) {
  struct stats s;
  s.count = 1;
}
unsigned long stats_size_ok(struct stats *s) { return sizeof(s->count); }

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static int table_used;
static char table[64];

static void grow(void) { table_used += 1; }

void table_put(char c) {
  pthread_mutex_lock(&table_lock);
  table[table_used] = c;
  grow();
  pthread_mutex_unlock(&table_lock);
}
void table_clear(void) {
  pthread_mutex_lock(&table_lock);
  memset(table, 0, sizeof(table));
  table_used = 0;
  pthread_mutex_unlock(&table_lock);
}
int table_full_bad(void) {
  return table_used == 64;
  // CHECK: :[[@LINE-1]]:10: warning: 'table_used' is read without lock 'table_lock', which guards it
}

static void *worker(void *arg) {
  struct stats *s = arg;
  pthread_mutex_lock(&s->mu);
  s->count += 2;
  pthread_mutex_unlock(&s->mu);
  return NULL;
}
int main(void) {
  struct stats *s = stats_copy_ok();
  pthread_t t;
  table_used = 1;
  pthread_create(&t, NULL, worker, s);
  pthread_join(t, NULL);
  table_used = 0;
  return 0;
}
