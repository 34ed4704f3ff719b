// RUN: %check %s -- -std=c++20
// Threads, futures and containers of them of the standard library.
#include <algorithm>
#include <condition_variable>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

void use(int);
void change(int &);
void useText(std::string_view);
void usePointer(const int *);
bool coin();

//===- Detached -------------------------------------------------------------===//

void detached_bad() {
  int x = 1;
  std::thread t([&x] { use(x); });
  // CHECK: :[[@LINE-1]]:19: warning: task refers to 'x', which may be destroyed while the task still runs
  // CHECK: :[[@LINE-2]]:15: note: the task starts here
  // CHECK: :[[@LINE+1]]:5: note: it is detached here
  t.detach();
  // CHECK: :[[@LINE+2]]:1: note: the life of 'x' ends here, and nothing has waited for the task
  // CHECK: :[[@LINE-6]]:19: note: capture it by value, share it through a 'shared_ptr', or wait for the task on every path before its life ends
}

void detachedAtOnce_bad() {
  std::string name = "n";
  std::thread([&] { useText(name); }).detach(); // CHECK: :[[@LINE]]:16: warning: task refers to 'name', which may be destroyed
}

void twoOfOneDefault_bad() {
  int x = 1, y = 2;
  std::thread([&] { use(x + y); }).detach(); // CHECK: :[[@LINE]]:16: warning: task refers to 'x' and 'y', which may be destroyed
}

void byStdRef_bad() {
  int x = 1;
  std::thread(change, std::ref(x)).detach(); // CHECK: :[[@LINE]]:23: warning: task refers to 'x'
}

void byAddress_bad() {
  int x = 1;
  std::thread(usePointer, &x).detach(); // CHECK: :[[@LINE]]:27: warning: task has a pointer into 'x'
}

void byBind_bad() {
  int x = 1;
  auto bound = std::bind(change, std::ref(x)); // CHECK: :[[@LINE]]:34: warning: task refers to 'x'
  std::thread(bound).detach();
}

void view_bad() {
  std::string text = "text";
  std::string_view view = text;
  std::thread([view] { useText(view); }).detach(); // CHECK: :[[@LINE]]:16: warning: task has a pointer into 'text'
}

void viewOfInitCapture_bad() {
  std::string text = "text";
  std::thread([view = std::string_view(text)] { useText(view); }).detach(); // CHECK: :[[@LINE]]:16: warning: task has a pointer into 'text'
}

void cString_bad() {
  std::string text = "text";
  std::thread([](const char *s) { useText(s); }, text.c_str()).detach(); // CHECK: :[[@LINE]]:50: warning: task has a pointer into 'text'
}

void array_bad() {
  char buffer[16] = "";
  std::thread([](const char *s) { useText(s); }, buffer).detach(); // CHECK: :[[@LINE]]:50: warning: task has a pointer into 'buffer'
}

void iterator_bad() {
  std::vector<int> v{1, 2};
  std::thread([it = v.begin()] { use(*it); }).detach(); // CHECK: :[[@LINE]]:16: warning: task has a pointer into 'v'
}

struct Worker {
  void run() const;
};

void methodOfLocal_bad() {
  Worker w;
  std::thread(&Worker::run, &w).detach(); // CHECK: :[[@LINE]]:29: warning: task has a pointer into 'w'
}

void namedLambda_bad() {
  int x = 1;
  auto work = [&x] { use(x); }; // CHECK: :[[@LINE]]:17: warning: task refers to 'x'
  std::thread(work).detach();
}

void valueParameter_bad(std::string text) {
  std::thread([&] { useText(text); }).detach(); // CHECK: :[[@LINE]]:16: warning: task refers to 'text'
}

void constReferenceParameter_bad(const std::string &text) {
  std::thread([&] { useText(text); }).detach(); // CHECK: :[[@LINE]]:16: warning: task refers to 'text', which may be a temporary that is destroyed
}

void rvalueParameter_bad(std::string &&text) {
  std::thread([&] { useText(text); }).detach(); // CHECK: :[[@LINE]]:16: warning: task refers to 'text', which may be a temporary that is destroyed
}

void referenceParameter_ok(std::string &text) {
  std::thread([&] { useText(text); }).detach();
}

void byValue_ok() {
  int x = 1;
  std::string text = "t";
  std::thread([x, text] { use(x); useText(text); }).detach();
  std::thread([=] { use(x); useText(text); }).detach();
  std::thread([moved = std::move(text)] { useText(moved); }).detach();
  std::thread(useText, std::string("temporary")).detach();
}

int global;
void staticsAndGlobals_ok() {
  static int counter = 0;
  std::thread([&] { use(counter + global); }).detach();
  std::thread(change, std::ref(global)).detach();
}

void sharedPointer_ok() {
  auto p = std::make_shared<int>(1);
  std::thread([p] { use(*p); }).detach();
}

void pointerToHeap_ok() {
  int *p = new int(1);
  std::thread([p] { use(*p); }).detach();
}

//===- Joined ---------------------------------------------------------------===//

void joined_ok() {
  int x = 1;
  std::thread t([&] { change(x); });
  t.join();
}

void joinedOnSomePaths_bad() {
  int x = 1;
  std::thread t([&] { change(x); }); // CHECK: :[[@LINE]]:18: warning: task refers to 'x'
  if (coin())
    t.join();
  else
    t.detach();
}

void earlyReturn_bad() {
  int x = 1;
  std::thread t([&] { change(x); }); // CHECK: :[[@LINE]]:18: warning: task refers to 'x'
  if (coin())
    return; // CHECK: :[[@LINE]]:5: note: 'x' is destroyed by this return
  t.join();
}

// Its destructor ends the process before 'x' dies: that is another mistake.
void neverJoined_ok() {
  int x = 1;
  std::thread t([&] { change(x); });
}

void innerScope_bad() {
  std::thread t;
  {
    int x = 1;
    t = std::thread([&] { change(x); }); // CHECK: :[[@LINE]]:22: warning: task refers to 'x'
  }
  t.join();
}

void joinedIfJoinable_ok() {
  int x = 1;
  std::thread t;
  if (coin())
    t = std::thread([&] { change(x); });
  if (t.joinable())
    t.join();
}

void sameCondition_ok(bool parallel) {
  int x = 1;
  std::thread t;
  if (parallel)
    t = std::thread([&] { change(x); });
  change(x);
  if (parallel)
    t.join();
}

void movedAndJoined_ok() {
  int x = 1;
  std::thread t([&] { change(x); });
  std::thread u = std::move(t);
  u.join();
}

void joinOfAnother_bad() {
  int x = 1;
  std::thread other([] {});
  std::thread t([&] { change(x); }); // CHECK: :[[@LINE]]:18: warning: task refers to 'x'
  other.join();
  t.detach();
}

//===- Containers -----------------------------------------------------------===//

void containerJoined_ok(int n) {
  std::vector<int> results(n);
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&results, i] { results[i] = i; });
  for (auto &t : threads)
    t.join();
}

void containerJoinedByIndex_ok(int n) {
  int x = 1;
  std::vector<std::thread> threads(n);
  for (int i = 0; i < n; ++i)
    threads[i] = std::thread([&] { change(x); });
  for (int i = 0; i < n; ++i)
    threads[i].join();
}

void containerJoinedByAlgorithm_ok(int n) {
  int x = 1;
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.push_back(std::thread([&] { change(x); }));
  std::for_each(threads.begin(), threads.end(), [](std::thread &t) { t.join(); });
}

void containerJoinedByMemFn_ok(int n) {
  int x = 1;
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.push_back(std::thread([&] { change(x); }));
  std::for_each(threads.begin(), threads.end(), std::mem_fn(&std::thread::join));
}

static void joinAll(std::vector<std::thread> &threads) {
  for (auto &t : threads)
    t.join();
}

void containerJoinedByHelper_ok(int n) {
  int x = 1;
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.push_back(std::thread([&] { change(x); }));
  joinAll(threads);
}

void containerJoinedByIterator_ok(int n) {
  int x = 1;
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.push_back(std::thread([&] { change(x); }));
  for (auto it = threads.begin(); it != threads.end(); ++it)
    it->join();
}

void loopVariable_bad(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&] { use(i); }); // CHECK: :[[@LINE]]:27: warning: task refers to 'i'
  for (auto &t : threads)
    t.join();
}

void rangeVariable_bad(const std::vector<int> &input) {
  std::vector<std::thread> threads;
  for (int value : input)
    threads.emplace_back([&value] { use(value); }); // CHECK: :[[@LINE]]:28: warning: task refers to 'value'
  for (auto &t : threads)
    t.join();
}

void rangeReference_ok(std::vector<int> &input) {
  std::vector<std::thread> threads;
  for (int &value : input)
    threads.emplace_back([&value] { change(value); });
  for (auto &t : threads)
    t.join();
}

void localOfIteration_bad(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    std::string name = std::to_string(i);
    threads.emplace_back([&] { useText(name); }); // CHECK: :[[@LINE]]:27: warning: task refers to 'name'
  }
  for (auto &t : threads)
    t.join();
}

void joinedInIteration_ok(int n) {
  for (int i = 0; i < n; ++i) {
    std::thread t([&] { use(i); });
    t.join();
  }
}

std::vector<std::thread> threadsForEver;
void globalContainer_bad() {
  int x = 1;
  threadsForEver.emplace_back([&] { change(x); }); // CHECK: :[[@LINE]]:32: warning: task refers to 'x'
}

void outParameter_bad(std::vector<std::thread> &threads) {
  int x = 1;
  threads.emplace_back([&] { change(x); }); // CHECK: :[[@LINE]]:25: warning: task refers to 'x'
}

std::thread returned_bad() {
  int x = 1;
  return std::thread([&] { change(x); }); // CHECK: :[[@LINE]]:23: warning: task refers to 'x'
}

class Owner {
  std::thread thread_;
  std::vector<std::future<void>> pending_;

public:
  void start_bad() {
    int x = 1;
    thread_ = std::thread([&] { change(x); }); // CHECK: :[[@LINE]]:28: warning: task refers to 'x'
  }
  void keep_bad() {
    int x = 1;
    pending_.push_back(std::async(std::launch::async, [&x] { change(x); })); // CHECK: :[[@LINE]]:57: warning: task refers to 'x'
  }
  void startAndJoin_ok() {
    int x = 1;
    thread_ = std::thread([&] { change(x); });
    thread_.join();
  }
  void startThis_ok() {
    thread_ = std::thread([this] { loop(); });
  }
  void loop();
};

//===- jthread and async ------------------------------------------------------===//

void jthreadDeclaredAfter_ok() {
  int x = 1;
  std::jthread t([&] { change(x); });
}

void jthreadDeclaredBefore_bad() {
  std::jthread t;
  int x = 1;
  t = std::jthread([&] { change(x); }); // CHECK: :[[@LINE]]:21: warning: task refers to 'x'
}

void jthreadVector_ok(int n) {
  int x = 1;
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&x] { change(x); });
}

void jthreadVectorBefore_bad(int n) {
  std::vector<std::jthread> threads;
  int x = 1;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&x] { change(x); }); // CHECK: :[[@LINE]]:28: warning: task refers to 'x'
}

void optionalJthread_ok() {
  int x = 1;
  std::optional<std::jthread> t;
  t.emplace([&] { change(x); });
}

void asyncDeclaredAfter_ok() {
  int x = 1;
  auto f = std::async(std::launch::async, [&] { change(x); });
}

void asyncDeclaredBefore_bad() {
  std::future<void> f;
  int x = 1;
  f = std::async(std::launch::async, [&] { change(x); }); // CHECK: :[[@LINE]]:39: warning: task refers to 'x'
}

void asyncDeclaredBeforeWaited_ok() {
  std::future<void> f;
  int x = 1;
  f = std::async(std::launch::async, [&] { change(x); });
  f.get();
}

void asyncDiscarded_ok() {
  int x = 1;
  (void)std::async(std::launch::async, [&] { change(x); });
  std::async(std::launch::async, [&] { change(x); }).get();
}

std::future<int> asyncReturned_bad() {
  int x = 1;
  return std::async(std::launch::async, [&] { return x; }); // CHECK: :[[@LINE]]:42: warning: task refers to 'x'
}

std::future<int> asyncLocalReturned_bad() {
  int x = 1;
  auto f = std::async(std::launch::async, [&] { return x; }); // CHECK: :[[@LINE]]:44: warning: task refers to 'x'
  return f;
}

void asyncVector_ok(int n) {
  int x = 1;
  std::vector<std::future<void>> all;
  for (int i = 0; i < n; ++i)
    all.push_back(std::async(std::launch::async, [&x] { change(x); }));
  for (auto &f : all)
    f.wait();
}

//===- Waiting by other means -------------------------------------------------===//

void promise_ok() {
  int x = 1;
  std::promise<void> done;
  auto over = done.get_future();
  std::thread([&] { change(x); done.set_value(); }).detach();
  over.wait();
}

void latch_ok() {
  int x = 1;
  std::latch done(1);
  std::thread([&] { change(x); done.count_down(); }).detach();
  done.wait();
}

void packagedTask_ok() {
  int x = 1;
  std::packaged_task<void()> task([&] { change(x); });
  auto result = task.get_future();
  std::thread(std::move(task)).detach();
  result.get();
}

void flag_ok() {
  int x = 1;
  std::atomic<bool> done{false};
  std::thread([&] { change(x); done = true; }).detach();
  while (!done)
    std::this_thread::yield();
}

void timeOut_bad() {
  int x = 1;
  std::promise<void> done;
  auto over = done.get_future();
  std::thread([&x] { change(x); }).detach(); // CHECK: :[[@LINE]]:17: warning: task refers to 'x'
  over.wait_for(std::chrono::seconds(1));
}

//===- Guards and exceptions --------------------------------------------------===//

class Joiner {
  std::thread &t_;

public:
  explicit Joiner(std::thread &t) : t_(t) {}
  ~Joiner() { if (t_.joinable()) t_.join(); }
};

void joiner_ok() {
  int x = 1;
  std::thread t([&] { change(x); });
  Joiner joiner(t);
  if (coin())
    return;
  change(x);
}

class Scoped {
  std::thread t_;

public:
  explicit Scoped(std::thread t) : t_(std::move(t)) {}
  ~Scoped() { t_.join(); }
};

void scoped_ok() {
  int x = 1;
  Scoped s(std::thread([&] { change(x); }));
  std::thread t([&] { change(x); });
  Scoped u(std::move(t));
}

struct Queue {
  std::vector<std::function<void()>> tasks;
  void post(std::function<void()> f) { tasks.push_back(std::move(f)); }
  void wait();
};

void pool_bad(Queue &q) {
  int x = 1;
  q.post([&] { change(x); }); // CHECK: :[[@LINE]]:11: warning: task refers to 'x'
}

void poolWaited_ok(Queue &q) {
  int x = 1;
  q.post([&] { change(x); });
  q.wait();
}

void poolThrows_bad(Queue &q) {
  int x = 1;
  q.post([&] { change(x); }); // CHECK: :[[@LINE]]:11: warning: task refers to 'x'
  if (coin())
    throw 1; // CHECK: :[[@LINE]]:5: note: an exception from here destroys 'x'
  q.wait();
}

void poolOfThisScope_ok() {
  int x = 1;
  Queue q;
  q.post([&] { change(x); });
}

void poolDeclaredBefore_bad() {
  Queue q;
  int x = 1;
  q.post([&] { change(x); }); // CHECK: :[[@LINE]]:11: warning: task refers to 'x'
}

//===- Run at once ------------------------------------------------------------===//

void runAtOnce_ok(std::vector<int> &v) {
  int sum = 0;
  std::for_each(v.begin(), v.end(), [&](int i) { sum += i; });
  auto twice = [&] { sum *= 2; };
  twice();
  std::once_flag once;
  std::call_once(once, [&] { ++sum; });
}

//===- One wait for several tasks ---------------------------------------------===//

int ask(int);

int firstOfTwo_bad() {
  std::promise<int> first;
  auto answer = first.get_future();
  std::atomic<bool> decided{false};
  auto query = [&](int n) { // CHECK: :[[@LINE]]:17: warning: task refers to 'decided' and 'first', which may be destroyed
    int value = ask(n);
    if (!decided.exchange(true))
      first.set_value(value);
  };
  std::thread(query, 1).detach();
  std::thread(query, 2).detach();
  return answer.get();
}

void arrayByReference_ok() {
  std::atomic<int> next{0};
  std::future<void> tasks[4];
  for (auto &task : tasks)
    task = std::async(std::launch::async, [&] { use(next++); });
  for (auto &task : tasks)
    task.get();
}

void vectorByReference_bad(std::vector<std::future<void>> &tasks) {
  std::atomic<int> next{0};
  for (auto &task : tasks)
    task = std::async(std::launch::async, [&] { use(next++); }); // CHECK: :[[@LINE]]:44: warning: task refers to 'next'
}

/// One answer is enough for the wait, and the slower task goes on.
int firstAnswer_bad(int (*ask)(int)) {
  std::mutex mutex;
  std::condition_variable answered;
  std::optional<int> answer;
  auto task = [&](int which) { // CHECK: :[[@LINE]]:16: warning: task refers to 'ask', 'mutex', 'answer' and 'answered'
    int value = ask(which);
    std::lock_guard lock(mutex);
    if (!answer)
      answer = value;
    answered.notify_one();
  };
  std::thread(task, 1).detach();
  std::thread(task, 2).detach();
  std::unique_lock lock(mutex);
  answered.wait(lock, [&] { return answer.has_value(); });
  return *answer;
}

/// The last of the tasks sets the flag.
void lastAnswer_ok(void (*ask)(int)) {
  std::mutex mutex;
  std::condition_variable answered;
  int pending = 2;
  bool done = false;
  auto task = [&](int which) {
    ask(which);
    std::lock_guard lock(mutex);
    if (--pending == 0) {
      done = true;
      answered.notify_one();
    }
  };
  std::thread(task, 1).detach();
  std::thread(task, 2).detach();
  std::unique_lock lock(mutex);
  answered.wait(lock, [&] { return done; });
}

void lastAnswerByValue_ok(void (*ask)(int)) {
  std::mutex mutex;
  std::condition_variable answered;
  int pending = 2;
  bool done = false;
  auto task = [&](int which) {
    ask(which);
    std::lock_guard lock(mutex);
    done = --pending == 0;
    answered.notify_one();
  };
  std::thread(task, 1).detach();
  std::thread(task, 2).detach();
  std::unique_lock lock(mutex);
  answered.wait(lock, [&] { return done; });
}

/// The second task waits for the first.
void chain_ok(void (*ask)(int)) {
  std::mutex mutex;
  std::condition_variable answered;
  std::promise<void> first;
  bool done = false;
  std::thread([&] { ask(1); std::lock_guard lock(mutex); first.set_value(); }).detach();
  std::thread([&] {
    first.get_future().wait();
    std::lock_guard lock(mutex);
    done = true;
    answered.notify_one();
  }).detach();
  std::unique_lock lock(mutex);
  answered.wait(lock, [&] { return done; });
}

/// The future dies first on each path, also where it is asked for its value.
int future_is_younger_ok(int (*ask)()) {
  std::atomic<bool> stop{false};
  auto answer = std::async(std::launch::async, [&] { return stop ? 0 : ask(); });
  if (answer.wait_for(std::chrono::seconds(1)) == std::future_status::timeout) {
    stop = true;
    return -1;
  }
  return answer.get();
}
