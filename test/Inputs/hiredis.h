// A mock of hiredis and redis-plus-plus: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_HIREDIS_H
#define THREADLINT_TEST_INPUTS_HIREDIS_H

#include <sys/time.h>

#ifdef __cplusplus
extern "C" {
#endif
typedef struct redisContext redisContext;
redisContext *redisConnect(const char *, int);
redisContext *redisConnectWithTimeout(const char *, int, const struct timeval);
void *redisCommand(redisContext *, const char *, ...);
int redisAppendCommand(redisContext *, const char *, ...);
void redisFree(redisContext *);
#ifdef __cplusplus
}
namespace sw {
namespace redis {
class Redis { public: void set(const char *, const char *); };
}
}
#endif

#endif
