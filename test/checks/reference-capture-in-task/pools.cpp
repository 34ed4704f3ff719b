// RUN: %check %s -- -std=c++20
// Task groups, pools and executors of libraries.
#include "bs-thread-pool.h"
#include "folly.h"
#include "qt.h"
#include "taskflow.h"
#include "tbb.h"

void work(int &);

void group_bad(tbb::task_group &group) {
  int n = 0;
  group.run([&n] { work(n); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'n'
}

void group_ok(tbb::task_group &group) {
  int n = 0;
  group.run([&n] { work(n); });
  group.run_and_wait([&n] { work(n); });
}

void now_ok(tbb::task_arena &arena, int &list) {
  int n = 0;
  arena.execute([&n] { work(n); });
  tbb::parallel_for(0, 9, [&n](int) { work(n); });
  QtConcurrent::blockingMap(list, [&n](int) { work(n); });
}

void arena_bad(tbb::task_arena &arena) {
  int n = 0;
  arena.enqueue([&n] { work(n); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'n'
}

void qt_bad(QThreadPool &pool) {
  int n = 0;
  pool.start([&n] { work(n); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'n'
  QtConcurrent::run([&n] { work(n); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'n'
}

void qt_ok(QThreadPool &pool) {
  int n = 0;
  pool.start([&n] { work(n); });
  auto f = QtConcurrent::run([&n] { work(n); });
  f.waitForFinished();
  pool.waitForDone();
}

void bs_bad(BS::thread_pool &pool) {
  int n = 0;
  pool.detach_task([&n] { work(n); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'n'
}

void bs_ok(BS::thread_pool &pool) {
  int n = 0;
  pool.detach_task([&n] { work(n); });
  pool.wait();
  pool.submit_task([&n] { work(n); }).wait();
}

void taskflow_ok() {
  int n = 0;
  tf::Executor executor;
  executor.silent_async([&n] { work(n); });
}

void folly_ok() {
  int n = 0;
  folly::CPUThreadPoolExecutor pool(1);
  folly::InlineExecutor now;
  now.add([&n] { work(n); });
  pool.add([&n] { work(n); });
  pool.join();
}
