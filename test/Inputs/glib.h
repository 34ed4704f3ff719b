// A mock of GLib: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_GLIB_H
#define THREADLINT_TEST_INPUTS_GLIB_H

#ifdef __cplusplus
extern "C" {
#endif

typedef struct _GMutex { void *p; } GMutex;
typedef struct _GRWLock { void *p; } GRWLock;
typedef struct _GCond { void *p; } GCond;
typedef struct _GThread GThread;
typedef struct _GAsyncQueue GAsyncQueue;
void g_mutex_lock(GMutex *);
int g_mutex_trylock(GMutex *);
void g_mutex_unlock(GMutex *);
void g_rw_lock_reader_lock(GRWLock *);
void g_rw_lock_reader_unlock(GRWLock *);
void g_cond_wait(GCond *, GMutex *);
void g_cond_signal(GCond *);
GThread *g_thread_new(const char *, void *(*)(void *), void *);
GThread *g_thread_try_new(const char *, void *(*)(void *), void *, void **);
void *g_thread_join(GThread *);
void g_thread_unref(GThread *);
void g_thread_exit(void *);
typedef struct _GTask GTask;
void g_task_run_in_thread(GTask *, void (*)(GTask *, void *, void *, void *));
void g_task_run_in_thread_sync(GTask *, void (*)(GTask *, void *, void *, void *));
typedef struct _GThreadPool GThreadPool;
GThreadPool *g_thread_pool_new(void (*)(void *, void *), void *, int, int, void **);
int g_thread_pool_push(GThreadPool *, void *, void **);
void g_thread_pool_free(GThreadPool *, int, int);
void g_usleep(unsigned long);
void *g_async_queue_pop(GAsyncQueue *);
void *g_async_queue_try_pop(GAsyncQueue *);
int g_file_get_contents(const char *, char **, unsigned long *, void **);
int g_spawn_command_line_sync(const char *, char **, char **, int *, void **);

#ifdef __cplusplus
}
#endif

#endif
