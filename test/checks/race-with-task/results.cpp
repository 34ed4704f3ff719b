// RUN: %check %s -- -std=c++20
// Elements that a member function gives: the one that was just added is another one in each round. Elements of tuples.
#include <atomic>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

int calc(int);
void use(int);
struct Ctx {
  int id = 0, out = 0;
  void run() { out = calc(id); }
};
static void work(Ctx &c) { c.out = calc(c.id); }
static void workp(Ctx *c) { c->out = calc(c->id); }

//===- The element that was just added ------------------------------------===//

void backGet_ok() {
  std::vector<std::unique_ptr<Ctx>> cs;
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i) {
    cs.push_back(std::make_unique<Ctx>());
    Ctx *c = cs.back().get();
    ts.emplace_back([c] { c->out = calc(c->id); });
  }
  for (auto &t : ts)
    t.join();
}
void emplaceBack_ok() {
  std::list<Ctx> cs;
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i) {
    Ctx &c = cs.emplace_back();
    c.id = i;
    ts.emplace_back(work, std::ref(c));
  }
  for (auto &t : ts)
    t.join();
}
void sharedBack_ok() {
  std::vector<std::shared_ptr<Ctx>> cs;
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i) {
    cs.push_back(std::make_shared<Ctx>());
    ts.emplace_back([c = cs.back()] { c->out = calc(c->id); });
  }
  for (auto &t : ts)
    t.join();
}
void refBack_ok() {
  std::list<Ctx> cs;
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i) {
    cs.push_back({});
    ts.emplace_back(work, std::ref(cs.back()));
  }
  for (auto &t : ts)
    t.join();
}
void addressOfBack_ok() {
  std::deque<Ctx> cs;
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i) {
    cs.push_back({});
    ts.emplace_back(workp, &cs.back());
    cs.push_back({});
    ts.emplace_back(&Ctx::run, &cs.back());
  }
  for (auto &t : ts)
    t.join();
}
void reserved_ok() {
  std::vector<Ctx> cs;
  cs.reserve(4);
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i) {
    auto &c = cs.emplace_back();
    ts.emplace_back([&c] { c.out = calc(c.id); });
  }
  for (auto &t : ts)
    t.join();
}
// push_back() moves the elements that the other tasks have.
void reallocates_bad() {
  std::vector<Ctx> cs;
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i) {
    cs.push_back({});
    ts.emplace_back(work, std::ref(cs.back()));
    // CHECK: :[[@LINE-1]]:27: warning: task writes 'cs' while the function that starts it may write it, without synchronization
    // CHECK: :[[@LINE-2]]:5: note: the task starts here
    // CHECK: note: the task writes it here
    // CHECK: :[[@LINE-5]]:5: note: the function that starts it writes it here
    // CHECK: note: hold one lock
  }
  for (auto &t : ts)
    t.join();
}
void twoElements_ok() {
  std::list<Ctx> cs;
  cs.push_back({});
  Ctx &a = cs.back();
  cs.push_back({});
  Ctx &b = cs.back();
  std::thread t([&a] { a.out = 1; });
  std::thread u([&b] { b.out = 1; });
  t.join();
  u.join();
}
struct Arena {
  Ctx *allocate();
  Ctx &next();
};
void arena_ok(Arena &arena) {
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i) {
    Ctx *c = arena.allocate();
    ts.emplace_back([c] { c->out = calc(c->id); });
    Ctx &d = arena.next();
    ts.emplace_back([&d] { d.out = calc(d.id); });
  }
  for (auto &t : ts)
    t.join();
}
void sameRound_bad() {
  std::list<Ctx> cs;
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i) {
    Ctx &c = cs.emplace_back();
    ts.emplace_back([&c] { c.out = calc(c.id); }); // CHECK: :[[@LINE]]:23: warning: task reads 'cs.emplace_back().id' while the function that starts it may write it
    c.id = i;
  }
  for (auto &t : ts)
    t.join();
}
void sameForAll_bad() {
  std::list<Ctx> cs;
  Ctx &c = cs.emplace_back();
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i)
    ts.emplace_back([&c] { c.out = calc(c.id); }); // CHECK: :[[@LINE]]:23: warning: task writes 'cs.emplace_back().out' while another task of the same spawn may write it
  for (auto &t : ts)
    t.join();
}
void askedInTask_bad() {
  std::list<Ctx> cs(1);
  std::vector<std::thread> ts;
  for (int i = 0; i < 4; ++i)
    ts.emplace_back([&] { cs.back().out = calc(1); }); // CHECK: :[[@LINE]]:22: warning: task writes 'cs.back().out' while another task of the same spawn may write it
  for (auto &t : ts)
    t.join();
}
void sameElement_bad() {
  std::list<Ctx> cs;
  cs.push_back({});
  Ctx &c = cs.back();
  std::thread t([&c] { c.out = 1; }); // CHECK: :[[@LINE]]:19: warning: task writes 'cs.back().out' while the function that starts it may write it
  cs.back().out = 2;
  t.join();
}

//===- Keys and tuples ----------------------------------------------------===//

void keys_ok(std::map<std::string, Ctx> &m) {
  Ctx &a = m["a"], &b = m["b"];
  std::thread t([&a] { a.out = 1; });
  b.out = 2;
  t.join();
}
void key_bad(std::map<std::string, Ctx> &m) {
  Ctx &a = m["a"], &b = m["a"];
  std::thread t([&a] { a.out = 1; }); // CHECK: :[[@LINE]]:19: warning: task writes 'm[...].out' while the function that starts it may write it
  b.out = 2;
  t.join();
}
void characters_ok(std::map<char, Ctx> &m) {
  Ctx &a = m['a'], &b = m['b'];
  std::thread t([&a] { a.out = 1; });
  b.out = 2;
  t.join();
}
void get_ok() {
  std::pair<int, int> p;
  std::thread t([&p] { std::get<0>(p) = calc(1); });
  std::get<1>(p) = calc(2);
  t.join();
  use(p.first);
}
void get_bad() {
  std::tuple<int, int> p;
  std::thread t([&p] { std::get<0>(p) = calc(1); }); // CHECK: :[[@LINE]]:19: warning: task writes 'get(p)' while the function that starts it may write it
  std::get<0>(p) = calc(2);
  t.join();
}
void wholeTuple_bad() {
  std::tuple<int, int> p;
  std::thread t([&p] { std::get<0>(p) = calc(1); }); // CHECK: :[[@LINE]]:19: warning: task writes 'p' while the function that starts it may write it
  p = std::tuple<int, int>(1, 2);
  t.join();
}

//===- Atomic operations on plain memory ----------------------------------===//

void atomicRef_ok() {
  int n = 0;
  std::thread t([&n] { std::atomic_ref<int>(n).fetch_add(1); });
  std::atomic_ref<int>(n).fetch_add(1);
  t.join();
  use(n);
}

//===- Only one of the two happens ----------------------------------------===//

void either_ok(bool bg) {
  int n = 0;
  std::thread t;
  if (bg)
    t = std::thread([&n] { n = calc(1); });
  if (!bg)
    n = calc(2);
  if (bg)
    t.join();
  use(n);
}
void both_bad(bool bg, bool more) {
  int n = 0;
  std::thread t;
  if (bg)
    t = std::thread([&n] { n = calc(1); }); // CHECK: :[[@LINE]]:23: warning: task writes 'n' while the function that starts it may write it
  if (more)
    n = calc(2);
  if (bg)
    t.join();
}
void eachRound_bad(int count) {
  int n = 0;
  std::vector<std::thread> ts;
  for (int i = 0; i < count; ++i) {
    if (i % 2)
      ts.emplace_back([&n] { n = calc(1); }); // CHECK: :[[@LINE]]:25: warning: task writes 'n' while the function that starts it may write it
    else
      n = calc(2);
  }
  for (auto &t : ts)
    t.join();
}

//===- Lambdas in lambdas -------------------------------------------------===//

void helper_bad() {
  int n = 0;
  auto step = [&n](int k) { n += calc(k); };
  std::thread a([&step] { step(1); });
  std::thread b([&step] { step(2); }); // CHECK: :[[@LINE]]:15: warning: task writes 'n' while another task may write it, without synchronization
  a.join();
  b.join();
  use(n);
}
void helperAndSpawner_bad() {
  int n = 0;
  auto step = [&] { n++; };
  std::thread a([&] { step(); }); // CHECK: :[[@LINE]]:15: warning: task writes 'n' while the function that starts it may write it, without synchronization
  n++;
  a.join();
}
void helperOfCopies_ok() {
  int n = 0;
  auto step = [n](int k) { use(n + k); };
  std::thread a([&step] { step(1); });
  n = 2;
  a.join();
}
