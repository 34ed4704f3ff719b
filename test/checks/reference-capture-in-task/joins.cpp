// RUN: %check %s
// Joins that together leave out no path, and copies of a C thread's handle.
#include <list>
#include <pthread.h>
#include <thread>
#include <vector>

void use(int);
int calc(int);

void either_ok(bool early) {
  int n = 3;
  std::thread t([&n] { use(n); });
  if (early)
    t.join();
  use(4);
  if (!early)
    t.join();
}
void values_ok(int mode) {
  int n = 3;
  std::thread t([&n] { use(n); });
  if (mode == 1)
    t.join();
  use(4);
  if (mode != 1)
    t.join();
}
void unrelated_bad(bool early, bool late) {
  int n = 3;
  std::thread t([&n] { use(n); }); // CHECK: :[[@LINE]]:19: warning: task refers to 'n', which may be destroyed while the task still runs
  if (early)
    t.join();
  use(4);
  if (late)
    t.join();
}

struct Ctx {
  int id = 0, out = 0;
};
static void *run(void *p) {
  auto *c = static_cast<Ctx *>(p);
  c->out = calc(c->id);
  return nullptr;
}
void copies_ok() {
  std::list<Ctx> cs;
  std::vector<pthread_t> ts;
  for (int i = 0; i < 4; ++i) {
    cs.emplace_back();
    pthread_t t;
    if (pthread_create(&t, nullptr, run, &cs.back()) == 0)
      ts.push_back(t);
  }
  for (auto t : ts)
    pthread_join(t, nullptr);
}
void copied_to_member_ok() {
  Ctx c;
  struct {
    pthread_t id;
  } worker;
  pthread_t t;
  if (pthread_create(&t, nullptr, run, &c))
    return;
  worker.id = t;
  pthread_join(worker.id, nullptr);
}
void copies_bad() {
  std::list<Ctx> cs;
  std::vector<pthread_t> ts;
  for (int i = 0; i < 4; ++i) {
    cs.emplace_back();
    pthread_t t;
    if (pthread_create(&t, nullptr, run, &cs.back()) == 0) // CHECK: :[[@LINE]]:42: warning: task has a pointer into 'cs', which may be destroyed while the task still runs
      ts.push_back(t);
  }
}
