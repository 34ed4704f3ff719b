// RUN: %fix %s -- -std=c11 | %filecheck %s
// C's atomics have operators that do it in one step.
#include <stdatomic.h>

static atomic_int n;
static _Atomic double ratio;
static volatile atomic_int device;
struct counter {
  _Atomic unsigned long hits;
};

void plus(int by, struct counter *c, atomic_int *p) {
  n = n + by;
  n = by + n;
  n = n - (by - 1);
  n = n & ~by;
  c->hits = c->hits + 1;
  *p = *p | by;
  n = n * 2;
  ratio = ratio + 1;
  device = device + 1;
  atomic_store(&n, atomic_load(&n) + 1);
}
// CHECK-LABEL: void plus
// CHECK-NEXT: {{^ n \+= by;$}}
// CHECK-NEXT: {{^ n \+= by;$}}
// CHECK-NEXT: {{^ n -= by - 1;$}}
// CHECK-NEXT: {{^ n &= ~by;$}}
// CHECK-NEXT: {{^ c->hits \+= 1;$}}
// CHECK-NEXT: {{^ \*p \|= by;$}}
// CHECK-NEXT: {{^ n = n \* 2;$}}
// CHECK-NEXT: {{^ ratio = ratio \+ 1;$}}
// CHECK-NEXT: {{^ device = device \+ 1;$}}
// CHECK-NEXT: {{^ atomic_store}}
