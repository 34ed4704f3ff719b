// A mock of libdispatch: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_LIBDISPATCH_H
#define THREADLINT_TEST_INPUTS_LIBDISPATCH_H

#ifdef __cplusplus
extern "C" {
#endif
typedef struct dispatch_queue_s *dispatch_queue_t;
typedef struct dispatch_group_s *dispatch_group_t;
typedef struct dispatch_semaphore_s *dispatch_semaphore_t;
typedef unsigned long long dispatch_time_t;
typedef void (*dispatch_function_t)(void *);
#define DISPATCH_TIME_NOW (0ull)
#define DISPATCH_TIME_FOREVER (~0ull)
void dispatch_async_f(dispatch_queue_t, void *, dispatch_function_t);
void dispatch_sync_f(dispatch_queue_t, void *, dispatch_function_t);
void dispatch_after_f(dispatch_time_t, dispatch_queue_t, void *, dispatch_function_t);
void dispatch_apply_f(unsigned long, dispatch_queue_t, void *, void (*)(void *, unsigned long));
void dispatch_group_async_f(dispatch_group_t, dispatch_queue_t, void *, dispatch_function_t);
long dispatch_group_wait(dispatch_group_t, dispatch_time_t);
long dispatch_semaphore_wait(dispatch_semaphore_t, dispatch_time_t);
long dispatch_semaphore_signal(dispatch_semaphore_t);
#ifdef __cplusplus
}
#endif

#endif
