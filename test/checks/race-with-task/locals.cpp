// RUN: %check %s -- -std=c++20
// Variables of the function that starts the task: captured by reference, handed over by
// std::ref or by pointer, globals and statics, and the spawner's accesses around the task's life.
#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

void use(int);
int make();

//===- By reference ---------------------------------------------------------===//

void written_bad() {
  int count = 0;
  std::thread t([&count] { ++count; }); // CHECK: :[[@LINE]]:19: warning: task writes 'count' while the function that starts it may write it, without synchronization
  ++count;
  t.join();
}

void readBySpawner_bad() {
  int result = 0;
  std::thread t([&] { result = make(); }); // CHECK: :[[@LINE]]:18: warning: task writes 'result' while the function that starts it may read it, without synchronization
  use(result);
  t.join();
}

void readByTask_bad() {
  int limit = 10;
  std::thread t([&] { use(limit); }); // CHECK: :[[@LINE]]:18: warning: task reads 'limit' while the function that starts it may write it, without synchronization
  limit = 20;
  t.join();
}

void jthread_bad() {
  int count = 0;
  std::jthread t([&] { ++count; }); // CHECK: :[[@LINE]]:19: warning: task writes 'count' while the function that starts it may read it, without synchronization
  use(count);
}

void async_bad() {
  int count = 0;
  auto f = std::async(std::launch::async, [&] { count = 1; }); // CHECK: :[[@LINE]]:44: warning: task writes 'count' while the function that starts it may write it, without synchronization
  ++count;
  f.get();
}

void detached_bad() {
  static int count = 0;
  std::thread([] { ++count; }).detach(); // CHECK: :[[@LINE]]:3: warning: task writes 'count' while the function that starts it may read it, without synchronization
  use(count);
}

void increment(int &n) { ++n; }

void byStdRef_bad() {
  int count = 0;
  std::thread t(increment, std::ref(count)); // CHECK: :[[@LINE]]:28: warning: task writes 'count' while the function that starts it may write it, without synchronization
  count += 2;
  t.join();
}

void incrementThrough(int *n) { *n += 1; }

void byPointer_bad() {
  int count = 0;
  std::thread t(incrementThrough, &count); // CHECK: :[[@LINE]]:35: warning: task writes 'count' while the function that starts it may write it, without synchronization
  count += 2;
  t.join();
}

void byInitCapture_bad() {
  int count = 0;
  std::thread t([&c = count] { ++c; }); // CHECK: :[[@LINE]]:19: warning: task writes 'count' while the function that starts it may write it, without synchronization
  ++count;
  t.join();
}

void byPointerInit_bad() {
  int count = 0;
  std::thread t([p = &count] { ++*p; }); // CHECK: :[[@LINE]]:18: warning: task writes 'count' while the function that starts it may write it, without synchronization
  ++count;
  t.join();
}

void throughAlias_bad() {
  int count = 0;
  int &alias = count;
  std::thread t([&alias] { ++alias; }); // CHECK: :[[@LINE]]:19: warning: task writes 'count' while the function that starts it may write it, without synchronization
  ++count;
  t.join();
}

void byBind_bad() {
  int count = 0;
  std::thread t(std::bind(increment, std::ref(count))); // CHECK: :[[@LINE]]:38: warning: task writes 'count' while the function that starts it may write it, without synchronization
  ++count;
  t.join();
}

void lambdaVariable_bad() {
  int count = 0;
  auto work = [&] { ++count; }; // CHECK: :[[@LINE]]:16: warning: task writes 'count' while the function that starts it may write it, without synchronization
  std::thread t(work);
  work();
  t.join();
}

void inCallee_bad() {
  int count = 0;
  std::thread t([&] { increment(count); }); // CHECK: :[[@LINE]]:18: warning: task writes 'count' while the function that starts it may write it, without synchronization
  increment(count);
  t.join();
}

struct Point {
  int x = 0, y = 0;
  void move() { ++x; }
};

void field_bad() {
  Point p;
  std::thread t([&] { p.x = 1; }); // CHECK: :[[@LINE]]:18: warning: task writes 'p.x' while the function that starts it may read it, without synchronization
  use(p.x);
  t.join();
}

void fieldByMember_bad() {
  Point p;
  std::thread t([&] { p.move(); }); // CHECK: :[[@LINE]]:18: warning: task writes 'p.x' while the function that starts it may read it, without synchronization
  use(p.x);
  t.join();
}

void wholeAndPart_bad() {
  Point p;
  std::thread t([&] { p.x = 1; }); // CHECK: :[[@LINE]]:18: warning: task writes 'p' while the function that starts it may read it, without synchronization
  Point copy = p;
  t.join();
  use(copy.x);
}

void memberFunction_bad() {
  Point p;
  std::thread t(&Point::move, &p); // CHECK: :[[@LINE]]:31: warning: task writes 'p.x' while the function that starts it may read it, without synchronization
  use(p.x);
  t.join();
}

void inLambdaInTask_bad() {
  int count = 0;
  std::thread t([&] { // CHECK: :[[@LINE]]:18: warning: task writes 'count' while the function that starts it may write it, without synchronization
    auto add = [&] { ++count; };
    add();
  });
  ++count;
  t.join();
}

void onOnePath_bad(bool early) {
  int count = 0;
  std::thread t([&] { ++count; }); // CHECK: :[[@LINE]]:18: warning: task writes 'count' while the function that starts it may read it, without synchronization
  if (early)
    t.join();
  use(count);
  if (!early)
    t.join();
}

void captureByCopyReads_bad() {
  int count = 0;
  std::thread t([&] { ++count; }); // CHECK: :[[@LINE]]:18: warning: task writes 'count' while the function that starts it may read it, without synchronization
  auto later = [count] { use(count); };
  t.join();
  later();
}

//===- Ordered --------------------------------------------------------------===//

void before_ok() {
  int count = 0;
  count = make();
  std::thread t([&] { ++count; });
  t.join();
}

void after_ok() {
  int count = 0;
  std::thread t([&] { ++count; });
  t.join();
  use(count);
}

void afterGet_ok() {
  int count = 0;
  auto f = std::async(std::launch::async, [&] { ++count; });
  f.get();
  use(count);
}

int afterScope_ok() {
  int count = 0;
  {
    std::jthread t([&] { ++count; });
  }
  return ++count;
}

void onlyRead_ok() {
  int limit = make();
  std::thread t([&] { use(limit); });
  use(limit);
  t.join();
}

void otherFields_ok() {
  Point p;
  std::thread t([&] { p.x = 1; });
  p.y = 2;
  t.join();
}

void copy_ok() {
  int count = 0;
  std::thread t([count]() mutable { ++count; });
  ++count;
  t.join();
}

void copiedArgument_ok() {
  int count = 0;
  std::thread t([](int n) { use(n); }, count);
  ++count;
  t.join();
}

void ownOfTask_ok() {
  std::thread t([] {
    int count = 0;
    ++count;
  });
  int count = 0;
  ++count;
  use(count);
  t.join();
}

void atomic_ok() {
  std::atomic<int> count{0};
  std::thread t([&] { ++count; });
  use(count);
  t.join();
}

void locked_ok() {
  std::mutex mu;
  int count = 0;
  std::thread t([&] {
    std::lock_guard<std::mutex> guard(mu);
    ++count;
  });
  {
    std::lock_guard<std::mutex> guard(mu);
    ++count;
  }
  t.join();
}

void twoLocks_bad() {
  std::mutex mu, other;
  int count = 0;
  std::thread t([&] { // CHECK: :[[@LINE]]:18: warning: task writes 'count' while the function that starts it may write it, and no lock is common to both
    std::lock_guard<std::mutex> guard(mu);
    ++count;
  });
  {
    std::lock_guard<std::mutex> guard(other);
    ++count;
  }
  t.join();
}

void oneSideLocked_bad() {
  std::mutex mu;
  int count = 0;
  std::thread t([&] { // CHECK: :[[@LINE]]:18: warning: task writes 'count' while the function that starts it may write it, and no lock is common to both
    std::lock_guard<std::mutex> guard(mu);
    ++count;
  });
  ++count;
  t.join();
}

void lockedTooShort_bad() {
  std::mutex mu;
  int count = 0;
  std::thread t([&] { // CHECK: :[[@LINE]]:18: warning: task writes 'count' while the function that starts it may write it, and no lock is common to both
    std::unique_lock<std::mutex> lock(mu);
    lock.unlock();
    ++count;
  });
  {
    std::lock_guard<std::mutex> guard(mu);
    ++count;
  }
  t.join();
}

void addLocked(std::mutex &mu, int &n) {
  std::lock_guard<std::mutex> guard(mu);
  ++n;
}

void lockedInCallee_ok() {
  std::mutex mu;
  int count = 0;
  std::thread t([&] { addLocked(mu, count); });
  addLocked(mu, count);
  t.join();
}

//===- Globals, statics, thread_local ----------------------------------------===//

int total = 0;
thread_local int mine = 0;
const int Fixed = 3;

void addTotal() { ++total; }

void global_bad() {
  std::thread t([] { ++total; }); // CHECK: :[[@LINE]]:15: warning: task writes 'total' while the function that starts it may write it, without synchronization
  ++total;
  t.join();
}

void globalInFunction_bad() {
  std::thread t(addTotal); // CHECK: :[[@LINE]]:15: warning: task writes 'total' while the function that starts it may read it, without synchronization
  use(total);
  t.join();
}

void threadLocal_ok() {
  std::thread t([] { ++mine; });
  ++mine;
  t.join();
}

void constant_ok() {
  std::thread t([] { use(Fixed); });
  use(Fixed);
  t.join();
}

struct Stats {
  static int hits;
};

void staticMember_bad() {
  std::thread t([] { ++Stats::hits; }); // CHECK: :[[@LINE]]:15: warning: task writes 'hits' while the function that starts it may read it, without synchronization
  use(Stats::hits);
  t.join();
}

//===- Two tasks -------------------------------------------------------------===//

void twoTasks_bad() {
  int count = 0;
  std::thread a([&] { ++count; });
  std::thread b([&] { ++count; }); // CHECK: :[[@LINE]]:18: warning: task writes 'count' while another task may write it, without synchronization
  a.join();
  b.join();
}

void writerAndReader_bad() {
  int count = 0;
  std::thread a([&] { ++count; });
  std::thread b([&] { use(count); }); // CHECK: :[[@LINE]]:18: warning: task reads 'count' while another task may write it, without synchronization
  a.join();
  b.join();
}

void twoAsync_bad() {
  int count = 0;
  auto a = std::async(std::launch::async, [&] { ++count; });
  auto b = std::async(std::launch::async, [&] { ++count; }); // CHECK: :[[@LINE]]:44: warning: task writes 'count' while another task may write it, without synchronization
  a.get();
  b.get();
}

void oneAfterTheOther_ok() {
  int count = 0;
  std::thread a([&] { ++count; });
  a.join();
  std::thread b([&] { ++count; });
  b.join();
}

void eitherOr_ok(bool which) {
  int count = 0;
  std::thread t;
  if (which)
    t = std::thread([&] { ++count; });
  else
    t = std::thread([&] { --count; });
  t.join();
}

void readers_ok() {
  int limit = make();
  std::thread a([&] { use(limit); });
  std::thread b([&] { use(limit); });
  a.join();
  b.join();
}

//===- Pointers ---------------------------------------------------------------===//

void sharedPtrVariable_bad() {
  auto config = std::make_shared<Point>();
  std::thread t([&] { // CHECK: :[[@LINE]]:18: warning: task reads 'config' while the function that starts it may write it, without synchronization
    std::shared_ptr<Point> mine = config;
    use(mine->x);
  });
  config = std::make_shared<Point>();
  t.join();
}

void pointeeOfCopies_bad() {
  auto p = std::make_shared<Point>();
  std::thread t([p] { ++p->x; }); // CHECK: :[[@LINE]]:18: warning: task writes 'p.x' while the function that starts it may read it, without synchronization
  use(p->x);
  t.join();
}

void scalarPointeeOfCopies_bad() {
  auto n = std::make_shared<int>(0);
  std::thread t([n] { ++*n; }); // CHECK: :[[@LINE]]:18: warning: task writes '*n' while the function that starts it may read it, without synchronization
  use(*n);
  t.join();
}

void rawPointerCopy_bad(Point *p) {
  std::thread t([p] { p->x = 1; }); // CHECK: :[[@LINE]]:18: warning: task writes 'p.x' while the function that starts it may write it, without synchronization
  p->x = 2;
  t.join();
}

// threadlint-reference-capture-in-task says it.
void deleted_ok() {
  auto *p = new Point;
  std::thread t([p] { use(p->x); });
  delete p;
  t.join();
}

void copyOfPointer_ok() {
  auto p = std::make_shared<Point>();
  std::thread t([p] { use(p->x); });
  p.reset();
  t.join();
}

void otherObject_ok(Point *p, Point *q) {
  std::thread t([p] { p->x = 1; });
  q->x = 2;
  t.join();
}

void pointedElsewhere_ok(Point *p, Point *q) {
  std::thread t([p] { p->x = 1; });
  p = q;
  p->x = 2;
  t.join();
}

void atomicSharedPtr_ok() {
  std::shared_ptr<Point> config = std::make_shared<Point>();
  std::thread t([&] { std::shared_ptr<Point> mine = std::atomic_load(&config); use(mine->x); });
  std::atomic_store(&config, std::make_shared<Point>());
  t.join();
}

void moved_ok() {
  auto p = std::make_unique<Point>();
  std::thread t([q = std::move(p)] { ++q->x; });
  t.join();
}

void volatile_ok() { // threadlint-volatile-synchronization's
  volatile bool stop = false;
  std::thread t([&] { while (!stop) use(1); });
  stop = true;
  t.join();
}
