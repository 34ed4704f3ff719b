// RUN: %check %s -- -std=c++20
// Task groups, pools and executors of libraries.
#include "bs-thread-pool.h"
#include "folly.h"
#include "glib.h"
#include "grpc.h"
#include "qt.h"
#include "taskflow.h"
#include "tbb.h"
#include "win32.h"
#include <future>

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

void folly_bad(folly::Executor *pool, folly::Future<int> &future) {
  int n = 0;
  folly::via(pool, [&n] { work(n); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'n'
  static_cast<folly::Future<int> &&>(future).thenValue([&n](int) { work(n); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'n'
}

void folly_waits_ok(folly::Executor *pool, folly::Future<int> &future) {
  int n = 0;
  folly::via(pool, [&n] { work(n); }).get();
  folly::Future<int> next = static_cast<folly::Future<int> &&>(future).thenValue([&n](int) { work(n); });
  next.wait();
}

void grpc_callback_bad(Greeter::Stub &stub) {
  grpc::ClientContext context;
  int request = 0, reply = 0;
  stub.async()->SayHello(&context, &request, &reply, [&reply](grpc::Status) { work(reply); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'reply'
}

void grpc_callback_ok(Greeter::Stub &stub) {
  grpc::ClientContext context;
  int request = 0, reply = 0;
  std::promise<void> done;
  stub.async()->SayHello(&context, &request, &reply, [&](grpc::Status) { done.set_value(); });
  done.get_future().wait();
}

DWORD threadEntry(void *);

/// The number of the thread is there when CreateThread returns.
void windowsOut_ok(void *data) {
  DWORD number;
  CloseHandle(CreateThread(nullptr, 0, threadEntry, data, 0, &number));
}

void windows_bad() {
  DWORD number;
  int data = 0;
  CloseHandle(CreateThread(nullptr, 0, threadEntry, &data, 0, &number));
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'data'
}

void windowsNoWait_bad() {
  DWORD number;
  int data = 0;
  HANDLE thread = CreateThread(nullptr, 0, threadEntry, &data, 0, &number);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'data'
  CloseHandle(thread);
}

void windowsTimeOut_bad() {
  int data = 0;
  HANDLE thread = CreateThread(nullptr, 0, threadEntry, &data, 0, nullptr);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'data'
  WaitForSingleObject(thread, 100);
}

void windows_ok() {
  DWORD number;
  int data = 0;
  HANDLE thread = CreateThread(nullptr, 0, threadEntry, &data, 0, &number);
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
}

void poolItem(void *item, void *common);

void glibPool_bad(GThreadPool *pool) {
  int item = 0;
  void *error = nullptr;
  g_thread_pool_push(pool, &item, &error);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}'item'
}

void glibPool_ok() {
  int item = 0, common = 0;
  void *error = nullptr;
  GThreadPool *pool = g_thread_pool_new(poolItem, &common, 4, 0, &error);
  g_thread_pool_push(pool, &item, &error);
  g_thread_pool_free(pool, 0, 1);
}
