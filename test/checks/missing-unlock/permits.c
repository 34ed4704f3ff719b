// RUN: %check %s
// Permits of semaphores whose result nobody looks at.
#include <semaphore.h>

struct Cache {
  sem_t slots;
  int used;
};

int early_bad(struct Cache *c) {
  sem_wait(&c->slots);
  // CHECK: :[[@LINE-1]]:3: warning:
  if (c->used > 4)
    return -1;
  // CHECK: :[[@LINE-1]]:5: note:
  // CHECK: note:
  c->used++;
  sem_post(&c->slots);
  return 0;
}

int tested_ok(struct Cache *c) {
  if (sem_wait(&c->slots) != 0)
    return -1;
  c->used++;
  sem_post(&c->slots);
  return 0;
}

int interrupted_ok(struct Cache *c) {
  while (sem_wait(&c->slots) == -1)
    ;
  c->used++;
  sem_post(&c->slots);
  return 0;
}

int tried_ok(struct Cache *c) {
  if (sem_trywait(&c->slots))
    return -1;
  c->used++;
  sem_post(&c->slots);
  return 0;
}
