// RUN: %check %s
// Classes of headers: what other files can write is unknown.
#include "Inputs/worker.h"

void uses() {
  Generic<int> g;
  g.start_ok();
}
// CHECK: worker.h:10:5: warning: thread is detached and never ends
// CHECK: worker.h:13:8: note: detached here
// CHECK: worker.h:11:7: note: this loop has no way out: nothing changes 'running_'
// CHECK: worker.h:11:7: note: let the loop end
