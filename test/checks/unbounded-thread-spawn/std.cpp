// RUN: %check %s -- -std=c++20 -pthread
// One thread for each element, connection or request, and what keeps the number
// of threads down, with the standard library.
#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <fstream>
#include <functional>
#include <future>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <semaphore>
#include <set>
#include <string>
#include <thread>
#include <vector>

struct Request { int id; };
void handle(const Request &);
void work(int);
void serve(int fd);
extern "C" int accept(int, void *, void *);

//===--- loops over data --------------------------------------------------===//

void each_element_bad(const std::vector<Request> &requests) {
  std::vector<std::thread> threads;
  for (const Request &r : requests)
    threads.emplace_back([&r] { handle(r); });
  // CHECK: std.cpp:[[@LINE-1]]:13: warning: the number of threads created here has no limit: one for each element of 'requests'
  // CHECK-NEXT: std.cpp:[[@LINE-3]]:3: note: the loop is here
  // CHECK-NEXT: std.cpp:[[@LINE-3]]:13: note: hand the work to a pool with a fixed number of threads, or take a permit of a counting semaphore before each thread
  for (auto &t : threads)
    t.join();
}

void push_back_bad(const std::vector<Request> &requests) {
  std::vector<std::thread> threads;
  for (size_t i = 0; i < requests.size(); ++i)
    threads.push_back(std::thread([&, i] { handle(requests[i]); }));
  // CHECK: :[[@LINE-1]]:23: warning: the number of threads created here has no limit: one for each element of 'requests'
  for (auto &t : threads)
    t.join();
}

void iterators_bad(std::map<int, Request> &clients) {
  for (auto it = clients.begin(); it != clients.end(); ++it)
    std::thread(handle, it->second).detach();
  // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one for each element of 'clients'
}

void jthreads_bad(const std::list<int> &values) {
  std::vector<std::jthread> threads;
  for (int v : values)
    threads.emplace_back(work, v);
  // CHECK: :[[@LINE-1]]:13: warning: {{.*}}: one for each element of 'values'
}

void futures_bad(const std::vector<Request> &requests) {
  std::vector<std::future<void>> results;
  for (const Request &r : requests)
    results.push_back(std::async(std::launch::async, [&r] { handle(r); }));
  // CHECK: :[[@LINE-1]]:23: warning: {{.*}}: one for each element of 'requests'
  for (auto &f : results)
    f.get();
}

void either_policy_bad(const std::vector<Request> &requests) {
  std::vector<std::future<void>> results;
  for (const Request &r : requests)
    results.push_back(
        std::async(std::launch::async | std::launch::deferred, handle, r));
  // CHECK: :[[@LINE-1]]:9: warning: {{.*}}: one for each element of 'requests'
}

void default_policy_ok(const std::vector<Request> &requests) {
  std::vector<std::future<void>> results;
  for (const Request &r : requests)
    results.push_back(std::async(handle, r));
}

void deferred_ok(const std::vector<Request> &requests) {
  std::vector<std::future<void>> results;
  for (const Request &r : requests)
    results.push_back(std::async(std::launch::deferred, handle, r));
}

void for_each_bad(std::vector<Request> &requests) {
  std::for_each(requests.begin(), requests.end(), [](Request &r) {
    // CHECK: :[[@LINE-1]]:3: warning: call to 'lambda' creates a thread, and their number has no limit: one for each element of 'requests'
    // CHECK-NEXT: :[[@LINE-2]]:3: note: the loop is here
    // CHECK-NEXT: :[[@LINE+1]]:5: note: 'lambda' creates a thread here
    std::thread(handle, r).detach();
    // CHECK-NEXT: note: hand the work
  });
}

void ranges_for_each_bad(std::vector<Request> &requests) {
  std::vector<std::thread> threads;
  std::ranges::for_each(requests, [&](Request &r) {
    // CHECK: :[[@LINE-1]]:3: warning: call to 'lambda' creates a thread, {{.*}} 'requests'
    threads.emplace_back(handle, r);
  });
}

void transform_bad(const std::vector<Request> &requests) {
  std::vector<std::future<void>> results;
  std::transform(requests.begin(), requests.end(), std::back_inserter(results),
                 [](const Request &r) {
                   return std::async(std::launch::async, handle, r);
                 });
  // CHECK: :[[@LINE-4]]:3: warning: call to 'lambda' creates a thread, {{.*}} 'requests'
}

void lines_bad(std::ifstream &in) {
  std::string line;
  while (std::getline(in, line))
    std::thread([line] { work(line.size()); }).detach();
  // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one for each result of 'getline'
}

int main(int argc, char **argv) {
  std::vector<std::thread> threads;
  for (int i = 1; i < argc; ++i)
    threads.emplace_back(work, argv[i][0]);
  // CHECK: :[[@LINE-1]]:13: warning: {{.*}}: as many as 'argc' says
  for (auto &t : threads)
    t.join();
}

void size_in_local_bad(const std::vector<Request> &requests) {
  const size_t n = requests.size();
  std::vector<std::thread> threads(n);
  for (size_t i = 0; i < n; ++i)
    threads[i] = std::thread(handle, requests[i]);
  // CHECK: :[[@LINE-1]]:18: warning: {{.*}}: one for each element of 'requests'
  for (auto &t : threads)
    t.join();
}

struct Server {
  std::vector<Request> clients_;
  std::queue<Request> queue_;
  std::vector<std::thread> threads_;
  std::atomic<bool> running_{true};
  int listener_ = 0;
  void broadcast_bad() {
    for (auto &c : clients_)
      threads_.emplace_back([&c] { handle(c); });
    // CHECK: :[[@LINE-1]]:16: warning: {{.*}}: one for each element of 'clients_'
  }
  void drain_bad() {
    while (!queue_.empty()) {
      Request r = queue_.front();
      queue_.pop();
      std::thread(handle, r).detach();
      // CHECK: :[[@LINE-1]]:7: warning: {{.*}}: one for each element of 'queue_'
    }
  }
  void run_bad() {
    while (running_) {
      int fd = accept(listener_, nullptr, nullptr);
      if (fd < 0)
        continue;
      std::thread(serve, fd).detach();
      // CHECK: :[[@LINE-1]]:7: warning: {{.*}}: one for each result of 'accept'
    }
  }
};

//===--- endless loops ----------------------------------------------------===//

void accept_loop_bad(int listener) {
  for (;;) {
    int fd = accept(listener, nullptr, nullptr);
    std::thread t(serve, fd);
    // CHECK: :[[@LINE-1]]:17: warning: {{.*}}: one for each result of 'accept'
    t.detach();
  }
}

void accept_condition_bad(int listener) {
  int fd;
  while ((fd = accept(listener, nullptr, nullptr)) >= 0)
    std::thread(serve, fd).detach();
  // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one for each result of 'accept'
}

void endless_bad() {
  while (true)
    std::thread(work, 1).detach();
  // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one in each round of an endless loop
}

//===--- constants ---------------------------------------------------------===//

void many_bad() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 1000; ++i)
    threads.emplace_back(work, i);
  // CHECK: :[[@LINE-1]]:13: warning: 1000 threads are created here, more than 64
}

void nested_constants_bad() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i)
    for (int j = 0; j < 16; ++j)
      threads.emplace_back(work, i * j);
  // CHECK: :[[@LINE-1]]:15: warning: 256 threads are created here, more than 64
}

void nested_data_bad(const std::vector<Request> &requests) {
  for (const Request &r : requests)
    for (int i = 0; i < 2; ++i)
      std::thread(handle, r).detach();
  // CHECK: :[[@LINE-1]]:7: warning: {{.*}}: one for each element of 'requests'
}

constexpr int Count = 8;
enum { Few = 4 };
#define SOME 12
template <class T, size_t N> constexpr size_t lengthOf(T (&)[N]) { return N; }

void constants_ok() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 64; ++i)
    threads.emplace_back(work, i);
  for (int i = 10; i < 70; ++i)
    threads.emplace_back(work, i);
  for (int i = 0; i < 100; i += 25)
    threads.emplace_back(work, i);
  for (int i = Count; i > 0; --i)
    threads.emplace_back(work, i);
  for (int i = 0; i < SOME; ++i)
    threads.emplace_back(work, i);
  for (int i = 0; i < Few; ++i)
    threads.emplace_back(work, i);
  for (int i : {1, 2, 3})
    threads.emplace_back(work, i);
  int values[] = {4, 5, 6};
  for (int v : values)
    threads.emplace_back(work, v);
  for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); ++i)
    threads.emplace_back(work, values[i]);
  for (size_t i = 0; i < std::size(values); ++i)
    threads.emplace_back(work, values[i]);
  for (size_t i = 0; i < lengthOf(values); ++i)
    threads.emplace_back(work, values[i]);
  std::array<int, 3> three{1, 2, 3};
  for (int v : three)
    threads.emplace_back(work, v);
  for (size_t i = 0; i < three.size(); ++i)
    threads.emplace_back(work, three[i]);
  const std::vector<int> fixed = {1, 2, 3};
  for (int v : fixed)
    threads.emplace_back(work, v);
  int n = 4;
  for (int i = 0; i < n; ++i)
    threads.emplace_back(work, i);
  while (n-- > 0)
    threads.emplace_back(work, n);
  for (auto &t : threads)
    t.join();
}

std::thread slots[8];
void array_of_threads_ok() {
  for (auto &t : slots)
    t = std::thread(work, 1);
  for (int i = 0; i < 8; ++i)
    slots[i] = std::thread(work, i);
}

//===--- workers -----------------------------------------------------------===//

struct Settings { int num_threads, poolSize, workers, files; };
int getWorkerCount();

void workers_ok(const Settings &s, int nThreads, unsigned concurrency, int numJobs) {
  std::vector<std::thread> pool;
  for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i)
    pool.emplace_back(work, i);
  unsigned n = std::thread::hardware_concurrency();
  if (n == 0)
    n = 2;
  for (unsigned i = 0; i < n; ++i)
    pool.emplace_back(work, i);
  unsigned m = std::max(1u, std::thread::hardware_concurrency() - 1);
  for (unsigned i = 0; i < m; ++i)
    pool.emplace_back(work, i);
  for (int i = 0; i < s.num_threads; ++i)
    pool.emplace_back(work, i);
  for (int i = 0; i < s.poolSize * 2; ++i)
    pool.emplace_back(work, i);
  for (int i = 0; i < s.workers; i++)
    pool.emplace_back(work, i);
  for (int i = 0; i < nThreads; i++)
    pool.emplace_back(work, i);
  for (unsigned i = 0; i < concurrency; i++)
    pool.emplace_back(work, i);
  for (int i = 0; i < numJobs; i++)
    pool.emplace_back(work, i);
  for (int i = 0; i < getWorkerCount(); i++)
    pool.emplace_back(work, i);
  for (int i = nThreads; i > 0; --i)
    pool.emplace_back(work, i);
  while (nThreads--)
    pool.emplace_back(work, nThreads);
  for (auto &t : pool)
    t.join();
}

void at_most_workers_ok(const std::vector<Request> &requests) {
  std::vector<std::thread> pool;
  size_t n = std::min<size_t>(requests.size(), std::thread::hardware_concurrency());
  for (size_t i = 0; i < n; ++i)
    pool.emplace_back(work, i);
  for (size_t i = 0; i < std::min<size_t>(requests.size(), 8); ++i)
    pool.emplace_back(work, i);
  for (auto &t : pool)
    t.join();
}

void fill_up_ok(unsigned count) {
  std::vector<std::thread> threads(std::thread::hardware_concurrency());
  for (auto &t : threads)
    t = std::thread(work, 1);
  for (size_t i = 0; i < threads.size(); ++i)
    threads[i] = std::thread(work, i);
  while (threads.size() < 10)
    threads.emplace_back(work, 2);
  std::generate_n(std::back_inserter(threads), 4, [] { return std::thread(work, 1); });
  std::generate(threads.begin(), threads.end(), [] { return std::thread(work, 1); });
}

struct Worker { void run(); };
class Pool {
public:
  explicit Pool(int threads) {
    for (int i = 0; i < threads; ++i)
      workers_.push_back(std::make_unique<Worker>());
    for (auto &w : workers_)
      threads_.emplace_back([&w] { w->run(); });
    for (int i = 0; i < threads; ++i)
      parts_.push_back(i);
    for (int p : parts_)
      threads_.emplace_back(work, p);
  }
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::thread> threads_;
  std::vector<int> parts_;
};

// Nothing shows that the number is data.
void plain_number_ok(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back(work, i);
  for (auto &t : threads)
    t.join();
}
void from_the_command_line_ok(const char *text) {
  int n = std::atoi(text);
  for (int i = 0; i < n; ++i)
    std::thread(work, i).detach();
}

//===--- limits ------------------------------------------------------------===//

void joined_ok(const std::vector<Request> &requests) {
  for (const Request &r : requests) {
    std::thread t(handle, r);
    t.join();
  }
  for (const Request &r : requests)
    std::jthread t(handle, r);
  for (const Request &r : requests)
    std::async(std::launch::async, handle, r);
  for (const Request &r : requests)
    std::async(std::launch::async, handle, r).get();
  for (const Request &r : requests) {
    auto f = std::async(std::launch::async, handle, r);
    work(r.id);
  }
}

void batches_ok(const std::vector<Request> &requests) {
  std::vector<std::thread> threads;
  for (const Request &r : requests) {
    threads.emplace_back(handle, r);
    if (threads.size() == 8) {
      for (auto &t : threads)
        t.join();
      threads.clear();
    }
  }
  for (auto &t : threads)
    t.join();
}

std::counting_semaphore<8> permits(8);
void semaphore_ok(const std::vector<Request> &requests) {
  for (const Request &r : requests) {
    permits.acquire();
    std::thread([&r] {
      handle(r);
      permits.release();
    }).detach();
  }
}

class Semaphore {
public:
  void acquire();
  void release();
};
void own_semaphore_ok(Semaphore &s, int listener) {
  for (;;) {
    int fd = accept(listener, nullptr, nullptr);
    s.acquire();
    std::thread([&s, fd] { serve(fd); s.release(); }).detach();
  }
}

class Limited {
  std::mutex mu_;
  std::condition_variable cv_;
  int active_ = 0, max_ = 4;
  std::queue<int> queue_;
  void done();
  void wait_predicate_ok(int listener) {
    for (;;) {
      int fd = accept(listener, nullptr, nullptr);
      std::unique_lock<std::mutex> lk(mu_);
      cv_.wait(lk, [&] { return active_ < max_; });
      ++active_;
      std::thread([=] { serve(fd); done(); }).detach();
    }
  }
  void wait_loop_ok(int listener) {
    for (;;) {
      int fd = accept(listener, nullptr, nullptr);
      std::unique_lock<std::mutex> lk(mu_);
      while (active_ >= 4)
        cv_.wait(lk);
      ++active_;
      std::thread([=] { serve(fd); done(); }).detach();
    }
  }
  void refuse_ok(int listener) {
    for (;;) {
      int fd = accept(listener, nullptr, nullptr);
      if (active_ >= max_)
        continue;
      ++active_;
      std::thread([=] { serve(fd); done(); }).detach();
    }
  }
  // The wait is for work, not for a free thread.
  void wait_for_work_bad() {
    for (;;) {
      std::unique_lock<std::mutex> lk(mu_);
      cv_.wait(lk, [&] { return !queue_.empty(); });
      int fd = queue_.front();
      queue_.pop();
      std::thread(serve, fd).detach();
      // CHECK: :[[@LINE-1]]:7: warning: {{.*}}: one for each result of 'pop'
    }
  }
};

void inline_or_thread_ok(const std::vector<Request> &requests) {
  std::vector<std::thread> threads;
  for (const Request &r : requests) {
    if (threads.size() < 8)
      threads.emplace_back(handle, r);
    else
      handle(r);
  }
  for (auto &t : threads)
    t.join();
}

std::atomic<int> running{0};
void counter_ok(const std::vector<Request> &requests, int limit) {
  for (const Request &r : requests) {
    if (running < limit) {
      ++running;
      std::thread([&r] { handle(r); --running; }).detach();
    } else {
      handle(r);
    }
  }
}

//===--- once --------------------------------------------------------------===//

void first_only_ok(const std::vector<Request> &requests) {
  for (const Request &r : requests) {
    if (r.id == 7) {
      std::thread(handle, r).detach();
      break;
    }
  }
  for (const Request &r : requests) {
    std::thread(handle, r).detach();
    return;
  }
}

void started_ok(int fd) {
  bool started = false;
  for (;;) {
    int event = accept(fd, nullptr, nullptr);
    if (!started) {
      std::thread(work, event).detach();
      started = true;
    }
  }
}

struct Lazy {
  std::thread thread_;
  bool started_ = false;
  std::once_flag once_;
  void lazily_ok(const std::vector<Request> &requests) {
    for (const Request &r : requests) {
      if (!thread_.joinable())
        thread_ = std::thread(handle, r);
    }
  }
  void ensure() {
    if (started_)
      return;
    started_ = true;
    std::thread(work, 1).detach();
  }
  void once() {
    std::call_once(once_, [] { std::thread(work, 1).detach(); });
  }
  void fixed() {
    static std::thread t(work, 1);
  }
  void helpers_ok(const std::vector<Request> &requests) {
    for (const Request &r : requests) {
      ensure();
      once();
      fixed();
    }
  }
  void machine_ok() {
    enum { Start, Running, End } state = Start;
    while (true) {
      switch (state) {
      case Start:
        std::thread(work, 1).detach();
        state = Running;
        break;
      case Running:
        work(2);
        break;
      case End:
        return;
      }
    }
  }
};

//===--- helpers -----------------------------------------------------------===//

void spawn(const Request &r) {
  std::thread(handle, r).detach();
}
void outer(const Request &r) {
  if (r.id < 0)
    return;
  spawn(r);
}
void helper_bad(const std::vector<Request> &requests) {
  for (const Request &r : requests)
    outer(r);
  // CHECK: :[[@LINE-1]]:5: warning: call to 'outer' creates a thread, and their number has no limit: one for each element of 'requests'
  // CHECK-NEXT: :[[@LINE-3]]:3: note: the loop is here
  // CHECK-NEXT: :[[@LINE-7]]:3: note: 'outer' calls 'spawn' here
  // CHECK-NEXT: :[[@LINE-13]]:3: note: 'spawn' creates a thread here
  // CHECK-NEXT: :[[@LINE-5]]:5: note: hand the work
}

void local_lambda_bad(int listener) {
  auto start = [](int fd) { std::thread(serve, fd).detach(); };
  while (true)
    start(accept(listener, nullptr, nullptr));
  // CHECK: :[[@LINE-1]]:5: warning: call to 'lambda' creates a thread, {{.*}}: one for each result of 'accept'
}

class Session {
public:
  explicit Session(int fd) : fd_(fd) {}
  void start() { thread_ = std::thread([this] { serve(fd_); }); }
  int fd_;
  std::thread thread_;
};
void objects_bad(int listener) {
  std::vector<std::unique_ptr<Session>> sessions;
  for (;;) {
    sessions.emplace_back(new Session(accept(listener, nullptr, nullptr)));
    sessions.back()->start();
    // CHECK: :[[@LINE-1]]:22: warning: call to 'start' creates a thread, {{.*}}: one for each result of 'accept'
  }
}

void joins_in_helper(const Request &r) {
  std::thread t(handle, r);
  t.join();
}
std::future<void> start(const Request &r) {
  return std::async(std::launch::async, handle, r);
}
void joining_helpers_ok(const std::vector<Request> &requests) {
  for (const Request &r : requests)
    joins_in_helper(r);
  for (const Request &r : requests)
    start(r).get();
  for (const Request &r : requests)
    start(r);
}
void returned_future_bad(const std::vector<Request> &requests) {
  std::vector<std::future<void>> results;
  for (const Request &r : requests)
    results.push_back(start(r));
  // CHECK: :[[@LINE-1]]:23: warning: call to 'start' creates a thread, {{.*}} 'requests'
}

// Each of a few services has a thread; how many there are is decided elsewhere.
struct Service {
  void start() { thread_ = std::thread([this] { run(); }); }
  void run();
  std::thread thread_;
};
struct Daemon {
  std::vector<Service> services_;
  Service main_;
  void services_ok() {
    for (auto &s : services_)
      s.start();
  }
  void same_object_ok() {
    for (;;)
      main_.start();
  }
};

class WorkQueue {
public:
  void submit(std::function<void()> f);
};
void executor_ok(WorkQueue &queue, const std::vector<Request> &requests) {
  for (const Request &r : requests)
    queue.submit([&r] { handle(r); });
}

//===--- recursion ---------------------------------------------------------===//

int partition(std::vector<int> &v, int lo, int hi);
void quicksort_bad(std::vector<int> &v, int lo, int hi) {
  if (lo >= hi)
    return;
  int p = partition(v, lo, hi);
  std::thread left([&] { quicksort_bad(v, lo, p - 1); });
  // CHECK: :[[@LINE-1]]:15: warning: the number of threads created here has no limit: one in each call of 'quicksort_bad', which the thread calls again
  // CHECK-NEXT: note: stop creating threads at a limited depth, or hand the work to a pool with a fixed number of threads
  quicksort_bad(v, p + 1, hi);
  left.join();
}

int fib_bad(int n) {
  if (n < 2)
    return n;
  auto f = std::async(std::launch::async, fib_bad, n - 1);
  // CHECK: :[[@LINE-1]]:12: warning: {{.*}}: one in each call of 'fib_bad'
  return fib_bad(n - 2) + f.get();
}

void depth_ok(std::vector<int> &v, int lo, int hi, int depth) {
  if (lo >= hi)
    return;
  int p = partition(v, lo, hi);
  if (depth > 0) {
    std::thread left([&] { depth_ok(v, lo, p - 1, depth - 1); });
    depth_ok(v, p + 1, hi, depth - 1);
    left.join();
  } else {
    depth_ok(v, lo, p - 1, 0);
    depth_ok(v, p + 1, hi, 0);
  }
}

void cut_off_ok(std::vector<int> &v, int lo, int hi) {
  if (hi - lo < 10000) {
    std::sort(v.begin() + lo, v.begin() + hi);
    return;
  }
  int p = partition(v, lo, hi);
  std::thread left([&] { cut_off_ok(v, lo, p - 1); });
  cut_off_ok(v, p + 1, hi);
  left.join();
}

// Whatever its name, a parameter that only counts down is a limit.
void leaf(int lo, int hi);
void budget_ok(int lo, int hi, unsigned budget) {
  int mid = lo + (hi - lo) / 2;
  if (budget > 0) {
    std::jthread left([=] { budget_ok(lo, mid, budget / 2); });
    budget_ok(mid, hi, budget / 2);
  } else {
    leaf(lo, hi);
  }
}

void forks_ok(int lo, int hi, int forks) {
  if (!forks)
    return leaf(lo, hi);
  auto left = std::async(std::launch::async, forks_ok, lo, hi / 2, forks - 1);
  forks_ok(hi / 2, hi, forks - 1);
  left.get();
}

// The size of the data.
void halves_bad(int *data, int n) {
  if (n < 2)
    return;
  std::thread left([=] { halves_bad(data, n / 2); });
  // CHECK: :[[@LINE-1]]:15: warning: {{.*}}: one in each call of 'halves_bad'
  halves_bad(data + n / 2, n / 2);
  left.join();
}

// One after the other.
void restarts_itself_ok() {
  work(1);
  std::thread(restarts_itself_ok).detach();
}
