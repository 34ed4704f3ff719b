// RUN: %check %s -- -std=c++20
#include "libfilezilla.h"

struct writer {
  fz::mutex mtx_;
  fz::condition cond_;
  fz::file file_;
  int queued_;

  void finalize_bad() {
    fz::scoped_lock l(mtx_);
    --queued_;
    file_.fsync();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mtx_' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-4]]:{{[0-9]+}}: note: lock 'mtx_' acquired here
  }

  void drop_bad(std::string const &name) {
    fz::scoped_lock l(mtx_);
    fz::remove_file(name);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'remove_file' may block (file) while lock 'mtx_' is held [threadlint-slow-call-under-lock]
  }

  void write_ok(void const *data) {
    fz::scoped_lock l(mtx_);
    while (!queued_)
      cond_.wait(l);
    l.unlock();
    file_.write(data, 1);
    l.lock();
    --queued_;
  }

  void count_ok() {
    fz::scoped_lock l(mtx_);
    ++queued_;
  }
};
