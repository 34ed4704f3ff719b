// RUN: %check %s -- -std=c17
#include "glib.h"

GMutex mu;
GRWLock rw;

void calls_bad(GThread *t, GAsyncQueue *q, char **text) {
  g_mutex_lock(&mu);
  g_thread_join(t);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'g_thread_join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  g_usleep(5);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'g_usleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  g_async_queue_pop(q);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'g_async_queue_pop' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  g_file_get_contents("f", text, 0, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'g_file_get_contents' may block (file) while lock 'mu' is held [threadlint-slow-call-under-lock]
  g_spawn_command_line_sync("true", 0, 0, 0, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'g_spawn_command_line_sync' may block (process) while lock 'mu' is held [threadlint-slow-call-under-lock]
  g_mutex_unlock(&mu);
}

void readers_bad(GThread *t) {
  g_rw_lock_reader_lock(&rw);
  g_thread_join(t);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'g_thread_join' may block (wait) while lock 'rw' is held [threadlint-slow-call-under-lock]
  g_rw_lock_reader_unlock(&rw);
}

void calls_ok(GCond *c, GAsyncQueue *q) {
  g_mutex_lock(&mu);
  g_cond_wait(c, &mu);
  g_cond_signal(c);
  g_async_queue_try_pop(q);
  g_mutex_unlock(&mu);
  g_usleep(5);
}

void *task(void *data) { return g_thread_join(data); }
void gtask(GTask *t, void *source, void *data, void *cancel) { g_usleep(5); }

void spawns_ok(GThread *t, GTask *g) {
  g_mutex_lock(&mu);
  g_thread_unref(g_thread_new("name", task, t));
  g_thread_try_new("name", task, t, 0);
  g_task_run_in_thread(g, gtask);
  g_mutex_unlock(&mu);
}

void run_now_bad(GTask *g) {
  g_mutex_lock(&mu);
  g_task_run_in_thread_sync(g, gtask);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'g_task_run_in_thread_sync' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  g_mutex_unlock(&mu);
}
