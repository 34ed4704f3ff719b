// C++: classes that hold a primitive, and the ways to copy them.
// RUN: %check %s -- -std=c++17
#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <deque>
#include <functional>
#include <future>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <semaphore.h>
#include <string>
#include <thread>
#include <utility>
#include <vector>

struct Queue {
  pthread_mutex_t lock;
  int items[4];
  void put(int);
  int size() const;
};

class Holder {
public:
  Holder() { pthread_mutex_init(&mu_, nullptr); }
  ~Holder() { pthread_mutex_destroy(&mu_); }
  void lock() { pthread_mutex_lock(&mu_); }
  int value() const { return value_; }

private:
  pthread_mutex_t mu_;
  int value_ = 0;
};

struct Derived : Holder {
  std::string name;
};

void parameter_bad(Queue q) { q.put(1); }
// CHECK: :[[@LINE-1]]:26: warning: parameter 'q' is passed by value, which copies the 'pthread_mutex_t' in 'Queue' [threadlint-copied-sync-primitive]
// CHECK: :23:19: note: 'lock' is a 'pthread_mutex_t'
void const_parameter_bad(const Holder h) { h.value(); }
// CHECK: :[[@LINE-1]]:39: warning: parameter 'h' is passed by value, which copies the 'pthread_mutex_t' in 'Holder'
void derived_bad(Derived d) {}
// CHECK: :[[@LINE-1]]:26: warning: parameter 'd' is passed by value, which copies the 'pthread_mutex_t' in 'Derived'
// CHECK: :37:19: note: 'mu_' is a 'pthread_mutex_t'
void unnamed_bad(Queue) {}
// CHECK: :[[@LINE-1]]:23: warning: the parameter is passed by value, which copies the 'pthread_mutex_t' in 'Queue'
void calls_ok(Queue &q, Holder &h) {
  parameter_bad(q);
  const_parameter_bad(h);
  parameter_bad(Queue{});
}
void references_ok(Queue &a, const Queue &b, Queue *c, Queue &&d, std::shared_ptr<Queue> e,
                   std::reference_wrapper<Queue> f, std::unique_ptr<Queue> g) {
  Queue &r = a;
  auto &s = *c;
  const Queue *p = &b;
  auto t = e;
  auto u = f;
  auto v = std::move(g);
  auto w = [&a, c, e, p = &b] { return a.size() + c->size() + e->size() + p->size(); };
  (void)r; (void)s; (void)p; (void)w; (void)d;
}

void initialiser_bad(Queue *p, Holder &h, const Derived &d) {
  auto m = *p;
// CHECK: :[[@LINE-1]]:8: warning: the initialization of 'm' copies the 'pthread_mutex_t' in 'Queue'
  Queue n(*p);
// CHECK: :[[@LINE-1]]:9: warning: the initialization of 'n' copies the 'pthread_mutex_t' in 'Queue'
  Holder other{h};
// CHECK: :[[@LINE-1]]:10: warning: the initialization of 'other' copies the 'pthread_mutex_t' in 'Holder'
  Derived e = d;
// CHECK: :[[@LINE-1]]:11: warning: the initialization of 'e' copies the 'pthread_mutex_t' in 'Derived'
  Queue moved = std::move(*p);
// CHECK: :[[@LINE-1]]:9: warning: the initialization of 'moved' copies the 'pthread_mutex_t' in 'Queue'
  auto *made = new Queue(*p);
// CHECK: :[[@LINE-1]]:20: warning: this copies the 'pthread_mutex_t' in 'Queue'
  std::pair<int, Queue> pair{1, *p};
  auto [number, queue] = pair;
// CHECK: :[[@LINE-1]]:8: warning: this copies the 'pthread_mutex_t' in 'pair'
  auto lock = p->lock;
// CHECK: :[[@LINE-1]]:8: warning: the initialization of 'lock' copies 'pthread_mutex_t'
  (void)made; (void)number; (void)queue; (void)lock; (void)moved;
}

void assignment_bad(Queue &a, Queue &b, Holder &h, Holder *g) {
  a = b;
// CHECK: :[[@LINE-1]]:5: warning: the assignment copies the 'pthread_mutex_t' in 'Queue'
  h = *g;
// CHECK: :[[@LINE-1]]:5: warning: the assignment copies the 'pthread_mutex_t' in 'Holder'
  a = std::move(b);
// CHECK: :[[@LINE-1]]:5: warning: the assignment copies the 'pthread_mutex_t' in 'Queue'
}

struct Owner {
  Queue queue_;
  Queue &get() { return queue_; }
  const Queue &cget() const { return queue_; }
  Queue copy_bad() const { return queue_; }
// CHECK: :[[@LINE-1]]:35: warning: returning by value copies the 'pthread_mutex_t' in 'Queue'
  Queue fresh_ok() const { return Queue(); }
  Queue local_ok() const {
    Queue q;
    pthread_mutex_init(&q.lock, nullptr);
    return q; // made in the caller's object
  }
  explicit Owner(const Queue &q) : queue_(q) {}
// CHECK: :[[@LINE-1]]:36: warning: this copies the 'pthread_mutex_t' in 'Queue'
  Owner() = default;
};
void takes_ok(Owner &o) {
  Queue a = o.fresh_ok();
  auto b = o.local_ok();
  auto &c = o.get();
  const auto &d = o.cget();
  a = Queue();
  a.lock = PTHREAD_MUTEX_INITIALIZER;
  (void)b; (void)c; (void)d;
}

void range_for_bad(std::vector<Queue> &queues, std::map<int, Holder> &holders) {
  for (auto q : queues)
// CHECK: :[[@LINE-1]]:13: warning: loop variable 'q' is a copy of each element, which copies the 'pthread_mutex_t' in 'Queue'
// CHECK: :[[@LINE-2]]:13: note: make the loop variable a reference
    q.put(1);
  for (auto [key, h] : holders)
// CHECK: :[[@LINE-1]]:13: warning: loop variable {{.*}} is a copy of each element, which copies the 'pthread_mutex_t' in 'pair'
    h.lock();
  for (auto &q : queues)
    q.put(1);
  for (const auto &[key, h] : holders)
    (void)h.value();
  for (auto &&q : queues)
    q.put(2);
}

void captures_bad(Queue &q, Holder h2) {
// CHECK: :[[@LINE-1]]:36: warning: parameter 'h2' is passed by value
  auto a = [q] { return q.size(); };
// CHECK: :[[@LINE-1]]:13: warning: the lambda captures 'q' by value, which copies the 'pthread_mutex_t' in 'Queue'
  auto b = [=] { return q.size(); };
// CHECK: :[[@LINE-1]]:25: warning: the lambda captures 'q' by value, which copies the 'pthread_mutex_t' in 'Queue'
  auto c = [p = q] { return p.size(); };
// CHECK: :[[@LINE-1]]:13: warning: the lambda captures 'p' by value, which copies the 'pthread_mutex_t' in 'Queue'
  auto d = [&] { return [q] { return q.size(); }; };
// CHECK: :[[@LINE-1]]:26: warning: the lambda captures 'q' by value, which copies the 'pthread_mutex_t' in 'Queue'
  auto e = a; // said where it was captured
  std::thread t(a);
  t.join();
  (void)b; (void)c; (void)d; (void)e;
}
void lambda_parameter_bad() {
  auto f = [](Queue q) { return q.size(); };
// CHECK: :[[@LINE-1]]:21: warning: parameter 'q' is passed by value, which copies the 'pthread_mutex_t' in 'Queue'
  (void)f;
}

void work(const Queue &q);
void threads_bad(Queue &q) {
  std::thread a(work, q);
// CHECK: :[[@LINE-1]]:23: warning: 'thread' copies its argument, and with it the 'pthread_mutex_t' in 'Queue'
// CHECK: :[[@LINE-2]]:23: note: pass a pointer or a std::ref, or make the object where it stays
  std::thread b(&Queue::put, q, 1);
// CHECK: :[[@LINE-1]]:30: warning: 'thread' copies its argument, and with it the 'pthread_mutex_t' in 'Queue'
  auto c = std::async(std::launch::async, &Queue::size, q);
// CHECK: :[[@LINE-1]]:57: warning: 'async' copies its argument, and with it the 'pthread_mutex_t' in 'Queue'
  auto d = std::bind(&Queue::size, q);
// CHECK: :[[@LINE-1]]:36: warning: 'bind' copies its argument, and with it the 'pthread_mutex_t' in 'Queue'
  std::thread e(work, std::cref(q));
  std::thread f(&Queue::put, &q, 1);
  auto g = std::bind(&Queue::size, &q);
  a.join(); b.join(); e.join(); f.join();
}

struct Session {
  explicit Session(Queue &q) : q_(q) {}
  Queue &q_;
};
void made_elsewhere_bad(Queue &q, std::list<Queue> &list, std::map<int, Queue> &map) {
  auto a = std::make_shared<Queue>(q);
// CHECK: :[[@LINE-1]]:36: warning: 'make_shared' copies its argument, and with it the 'pthread_mutex_t' in 'Queue'
  auto b = std::make_unique<Queue>(q);
// CHECK: :[[@LINE-1]]:36: warning: 'make_unique' copies its argument, and with it the 'pthread_mutex_t' in 'Queue'
  list.push_back(q);
// CHECK: :[[@LINE-1]]:18: warning: 'push_back' copies its argument, and with it the 'pthread_mutex_t' in 'Queue'
  list.emplace_back(q);
// CHECK: :[[@LINE-1]]:21: warning: 'emplace_back' copies its argument, and with it the 'pthread_mutex_t' in 'Queue'
  map.emplace(1, q);
// CHECK: :[[@LINE-1]]:18: warning: 'emplace' copies its argument, and with it the 'pthread_mutex_t' in 'Queue'
  map[2] = q;
// CHECK: :[[@LINE-1]]:10: warning: the assignment copies the 'pthread_mutex_t' in 'Queue'
  auto c = std::make_shared<Session>(q);
  auto d = std::make_unique<Queue>();
  list.emplace_back();
  map[3].put(1);
}

void containers_bad(const std::vector<Queue> &v, std::map<int, Holder> &m, std::optional<Queue> &o,
                    std::array<Queue, 2> &a) {
  std::vector<Queue> v2 = v;
// CHECK: :[[@LINE-1]]:22: warning: the initialization of 'v2' copies the 'pthread_mutex_t' in 'vector'
  auto m2 = m;
// CHECK: :[[@LINE-1]]:8: warning: the initialization of 'm2' copies the 'pthread_mutex_t' in 'map'
  auto o2 = o;
// CHECK: :[[@LINE-1]]:8: warning: the initialization of 'o2' copies the 'pthread_mutex_t' in 'optional'
  auto a2 = a;
// CHECK: :[[@LINE-1]]:8: warning: the initialization of 'a2' copies the 'pthread_mutex_t' in 'array'
  v2 = v;
// CHECK: :[[@LINE-1]]:6: warning: the assignment copies the 'pthread_mutex_t' in 'vector'
  std::vector<Queue> v3(3, v[0]);
// CHECK: :[[@LINE-1]]:28: warning: 'vector' copies its argument, and with it the 'pthread_mutex_t' in 'Queue'
  std::vector<Queue> v4(v.begin(), v.end());
// CHECK: :[[@LINE-1]]:22: warning: 'vector' copies the 'pthread_mutex_t' in 'Queue'
  std::vector<Queue> ok1(3), ok2 = std::move(v2), ok3 = std::vector<Queue>(2);
  ok1 = std::move(ok2);
  std::swap(ok1, ok3);
  std::vector<std::shared_ptr<Queue>> pointers, more = pointers;
  std::vector<Queue *> raw, raw2 = raw;
}

void algorithms_bad(Queue *p, Queue *q, std::vector<Queue> &v) {
  std::swap(*p, *q);
// CHECK: :[[@LINE-1]]:3: warning: 'swap' copies the 'pthread_mutex_t' in 'Queue'
  std::copy(p, q, v.begin());
// CHECK: :[[@LINE-1]]:3: warning: 'copy' copies the 'pthread_mutex_t' in 'Queue'
  std::copy(v.begin(), v.end(), p);
// CHECK: :[[@LINE-1]]:3: warning: 'copy' copies the 'pthread_mutex_t' in 'Queue'
  std::memcpy(p, q, sizeof(Queue));
// CHECK: :[[@LINE-1]]:3: warning: 'memcpy' copies the 'pthread_mutex_t' in 'Queue'
  std::swap(p, q);
}

struct Workers {
  std::vector<Queue> workers_;
  std::vector<Queue> reserved_;
  std::deque<Queue> stable_;
  void add_bad() { workers_.emplace_back(); }
// CHECK: :[[@LINE-1]]:29: warning: 'emplace_back' may move the elements of 'workers_', which copies the 'pthread_mutex_t' in 'Queue'
// CHECK: :[[@LINE-2]]:29: note: use a container that does not move its elements, such as std::deque, or store pointers
  void start_ok(int n) { reserved_.reserve(n); }
  void add_ok() {
    reserved_.emplace_back();
    stable_.emplace_back();
  }
  explicit Workers(int n) : workers_(n) { reserved_.resize(2); }
};
void growth(int n) {
  std::vector<Queue> v;
  for (int i = 0; i < n; ++i)
    v.push_back(Queue());
// CHECK: :[[@LINE-1]]:7: warning: 'push_back' may move the elements of 'v', which copies the 'pthread_mutex_t' in 'Queue'
  std::vector<Queue> once;
  once.emplace_back();
  std::vector<Queue> sized;
  sized.resize(n);
  std::vector<Queue> grown;
  grown.emplace_back();
  grown.resize(n);
// CHECK: :[[@LINE-1]]:9: warning: 'resize' may move the elements of 'grown', which copies the 'pthread_mutex_t' in 'Queue'
}

// A class's own copy decides.
class FreshOnCopy {
public:
  FreshOnCopy() = default;
  FreshOnCopy(const FreshOnCopy &other) : n_(other.n_) {}
  FreshOnCopy &operator=(const FreshOnCopy &other) {
    n_ = other.n_;
    return *this;
  }

private:
  pthread_mutex_t mu_ = PTHREAD_MUTEX_INITIALIZER;
  int n_ = 0;
};
void own_copy_ok(FreshOnCopy a) {
  FreshOnCopy b = a;
  b = a;
  std::vector<FreshOnCopy> v{a, b}, w = v;
  v.push_back(a);
  auto f = [a] {};
  (void)w; (void)f;
}
class CopiesInside {
public:
  CopiesInside(const CopiesInside &other) : mu_(other.mu_) {}
// CHECK: :[[@LINE-1]]:45: warning: this copies 'pthread_mutex_t'
  CopiesInside &operator=(const CopiesInside &other) {
    mu_ = other.mu_;
// CHECK: :[[@LINE-1]]:9: warning: the assignment copies 'pthread_mutex_t'
    return *this;
  }

private:
  pthread_mutex_t mu_;
};
void said_inside_ok(CopiesInside &a) { CopiesInside b = a; }

class Movable {
public:
  Movable();
  Movable(Movable &&other);
  Movable &operator=(Movable &&);

private:
  pthread_mutex_t mu_;
};
void own_move_ok(Movable a, std::vector<Movable> &v) {
  Movable b = std::move(a);
  b = Movable();
  v.push_back(std::move(b));
  v.emplace_back();
}
class Both {
public:
  Both();
  Both(const Both &) = default;
  Both(Both &&other);
  pthread_mutex_t mu_;
};
void sink_ok(Both b) {}
void sinks(Both &b) {
  sink_ok(Both());
  sink_ok(std::move(b));
  sink_ok(b);
// CHECK: :[[@LINE-1]]:11: warning: 'sink_ok' copies its argument, and with it the 'pthread_mutex_t' in 'Both'
}
struct NoCopies {
  std::mutex mu;
  std::atomic<int> n;
  Queue q;
};
void not_copyable_ok(NoCopies &a, std::unique_ptr<NoCopies> p) { auto q = std::move(p); }

// Never run.
void unevaluated_ok(Queue &q) {
  (void)sizeof(Queue(q));
  static_assert(noexcept(Queue(q)), "");
  decltype(Queue(q)) *p = nullptr;
  (void)p;
}
