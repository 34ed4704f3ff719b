// RUN: %check %s
// C: function pointers in structs and parameters; tables of operations.
#include <pthread.h>
#include <stdlib.h>

typedef void (*event_cb)(int fd, void *arg);

struct watcher {
  pthread_mutex_t lock;
  event_cb cb;
  void *arg;
  struct watcher *next;
};

void fire_bad(struct watcher *w, int fd) {
  pthread_mutex_lock(&w->lock);
  w->cb(fd, w->arg);
  // CHECK: :[[@LINE-1]]:3: warning: callback 'cb' runs while lock 'w.lock' is held [threadlint-callback-under-lock]
  // CHECK: :[[@LINE-3]]:3: note: lock 'w.lock' acquired here
  // CHECK: :[[@LINE-3]]:3: note: copy what is to be called while the lock is held, and call it after its release
  pthread_mutex_unlock(&w->lock);
}

void fire_ok(struct watcher *w, int fd) {
  pthread_mutex_lock(&w->lock);
  event_cb cb = w->cb;
  void *arg = w->arg;
  pthread_mutex_unlock(&w->lock);
  cb(fd, arg);
}

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static struct watcher *all;

void each_bad(void (*fn)(struct watcher *, void *), void *arg) {
  pthread_mutex_lock(&mu);
  for (struct watcher *w = all; w; w = w->next)
    fn(w, arg);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'fn' runs while lock 'mu' is held
    // CHECK: :[[@LINE-4]]:3: note: lock 'mu' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  pthread_mutex_unlock(&mu);
}

struct ops {
  int (*open)(void *);
  int (*read)(void *, void *, int);
  void (*flush)(void *);
  void (*close)(void *);
};
struct file {
  pthread_mutex_t lock;
  const struct ops *ops;
  void *impl;
};
void table_ok(struct file *f) {
  pthread_mutex_lock(&f->lock);
  f->ops->flush(f->impl);
  f->ops->close(f->impl);
  pthread_mutex_unlock(&f->lock);
}

struct table {
  pthread_mutex_t lock;
  unsigned (*hash)(const void *);
  void (*free_fn)(void *);
};
unsigned role_ok(struct table *t, void *key) {
  pthread_mutex_lock(&t->lock);
  unsigned h = t->hash(key);
  t->free_fn(key);
  pthread_mutex_unlock(&t->lock);
  return h;
}

struct entry {
  int event;
  int (*parse_cb)(const char *);
};
static int parse_line(const char *text) { return text[0]; }
static const struct entry entries[] = {{1, parse_line}};
int constant_ok(int i, const char *text) {
  pthread_mutex_lock(&mu);
  const struct entry *e = &entries[i];
  int total = e->parse_cb(text);
  pthread_mutex_unlock(&mu);
  return total;
}
