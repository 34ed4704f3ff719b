// RUN: %check %s
// The lines of the check's description, with the real standard library.
#include <array>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

void work();
void step();
bool ready();
void keep(std::thread t);
void borrow(std::thread &t);

//===-- Never --------------------------------------------------------------===//

void never_bad() {
  std::thread t(work);
  // CHECK: :[[@LINE-1]]:15: warning: thread 't' is still joinable when it is destroyed, which ends the process
  // CHECK: :[[@LINE-2]]:15: note: started here
  // CHECK: :[[@LINE+3]]:1: note: the scope ends here without a join
  // CHECK: :[[@LINE-4]]:15: note: join it on every path, as the destructor of a 'std::jthread' or of a guard of your own does
  step();
}

void discarded_bad() {
  std::thread{work};
  // CHECK: :[[@LINE-1]]:3: warning: thread is destroyed at once while it is joinable, which ends the process
  // CHECK: :[[@LINE-2]]:3: note: keep it in a variable and join that
}

void vector_bad(int n) {
  std::vector<std::thread> threads;
  // CHECK: :[[@LINE-1]]:28: warning: threads in 'threads' may still be joinable when they are destroyed, which ends the process
  // CHECK: note: started here
  // CHECK: note: the scope ends here without a join
  // CHECK: note: join it
  for (int i = 0; i < n; ++i)
    threads.emplace_back(work);
}

void pushed_bad() {
  std::vector<std::thread> threads;
  // CHECK: :[[@LINE-1]]:28: warning: threads in 'threads' are still joinable when they are destroyed
  // CHECK: note: started here
  // CHECK: note: the scope ends here without a join
  // CHECK: note: join it
  threads.reserve(2);
  threads.push_back(std::thread(work));
}

//===-- On some path -------------------------------------------------------===//

bool return_bad() {
  std::thread t(work);
  // CHECK: :[[@LINE-1]]:15: warning: thread 't' is still joinable when it is destroyed
  // CHECK: note: started here
  // CHECK: :[[@LINE+3]]:5: note: the function returns here without a join
  // CHECK: note: join it
  if (!ready())
    return false;
  t.join();
  return true;
}

bool assigned_return_bad() {
  bool ok;
  std::thread t(work);
  // CHECK: :[[@LINE-1]]:15: warning: thread 't' is still joinable when it is destroyed
  // CHECK: note: started here
  // CHECK: note: the function returns here without a join
  // CHECK: note: join it
  ok = ready();
  if (!ok)
    return false;
  t.join();
  return true;
}

void some_bad(bool wait) {
  std::thread t(work);
  // CHECK: :[[@LINE-1]]:15: warning: thread 't' may still be joinable when it is destroyed
  // CHECK: note: started here
  // CHECK: note: the scope ends here without a join
  // CHECK: note: join it
  if (wait)
    t.join();
}

void loop_bad(int n) {
  for (int i = 0; i < n; ++i) {
    std::thread t(work);
    // CHECK: :[[@LINE-1]]:17: warning: thread 't' is still joinable when it is destroyed
    // CHECK: note: started here
    // CHECK: note: the scope ends here without a join
    // CHECK: note: join it
    if (ready())
      continue;
    t.join();
  }
}

bool vector_return_bad(int n) {
  std::vector<std::thread> threads;
  // CHECK: :[[@LINE-1]]:28: warning: threads in 'threads' may still be joinable when they are destroyed
  // CHECK: note: started here
  // CHECK: note: the function returns here without a join
  // CHECK: note: join it
  for (int i = 0; i < n; ++i)
    threads.emplace_back(work);
  if (!ready())
    return false;
  for (std::thread &t : threads)
    t.join();
  return true;
}

//===-- By exception -------------------------------------------------------===//

void parse(const std::string &s) {
  if (s.empty())
    throw std::invalid_argument("empty");
}

void throw_bad() {
  std::thread t(work);
  // CHECK: :[[@LINE-1]]:15: warning: thread 't' is still joinable when it is destroyed
  // CHECK: note: started here
  // CHECK: :[[@LINE+3]]:5: note: an exception may leave the scope of 't' here
  // CHECK: note: join it
  if (!ready())
    throw std::runtime_error("not ready");
  t.join();
}

void callee_throws_bad(const std::string &s) {
  std::thread t(work);
  // CHECK: :[[@LINE-1]]:15: warning: thread 't' is still joinable when it is destroyed
  // CHECK: note: started here
  // CHECK: :[[@LINE+2]]:3: note: an exception may leave the scope of 't' here
  // CHECK: note: join it
  parse(s);
  t.join();
}

void model_throws_bad(const std::string &s) {
  std::thread t(work);
  // CHECK: :[[@LINE-1]]:15: warning: thread 't' is still joinable when it is destroyed
  // CHECK: note: started here
  // CHECK: note: an exception may leave the scope of 't' here
  // CHECK: note: join it
  int n = std::stoi(s);
  (void)n;
  t.join();
}

void handler_outside_bad(const std::string &s) {
  try {
    std::thread t(work);
    // CHECK: :[[@LINE-1]]:17: warning: thread 't' is still joinable when it is destroyed
    // CHECK: note: started here
    // CHECK: note: an exception may leave the scope of 't' here
    // CHECK: note: join it
    parse(s);
    t.join();
  } catch (const std::exception &) {
  }
}

void handler_forgets_bad(const std::string &s) {
  std::thread t(work);
  // CHECK: :[[@LINE-1]]:15: warning: thread 't' is still joinable when it is destroyed
  // CHECK: note: started here
  // CHECK: note: the function returns here without a join
  // CHECK: note: join it
  try {
    parse(s);
  } catch (const std::exception &) {
    return;
  }
  t.join();
}

void handler_ok(const std::string &s) {
  std::thread t(work);
  try {
    parse(s);
  } catch (...) {
    t.join();
    throw;
  }
  t.join();
}

void handler_goes_on_ok(const std::string &s) {
  std::thread t(work);
  try {
    parse(s);
  } catch (const std::exception &) {
  }
  t.join();
}

void unseen_ok() {
  std::thread t(work);
  step(); // may throw, for all we know
  t.join();
}

//===-- Overwritten --------------------------------------------------------===//

void overwritten_bad() {
  std::thread t(work);
  t = std::thread(step);
  // CHECK: :[[@LINE-1]]:5: warning: thread 't' is still joinable when it is overwritten, which ends the process
  // CHECK: :[[@LINE-3]]:15: note: started here
  // CHECK: note: join it
  t.join();
}

void cleared_bad() {
  std::thread t(work);
  t = {};
  // CHECK: :[[@LINE-1]]:5: warning: thread 't' is still joinable when it is overwritten
  // CHECK: note: started here
  // CHECK: note: join it
}

void overwritten_in_loop_bad(int n) {
  std::thread t;
  for (int i = 0; i < n; ++i)
    t = std::thread(work);
  // CHECK: :[[@LINE-1]]:7: warning: thread 't' may still be joinable when it is overwritten
  // CHECK: note: join it
  if (t.joinable())
    t.join();
}

void restarted_ok() {
  std::thread t(work);
  t.join();
  t = std::thread(step);
  t.join();
}

void lazily_ok(int n) {
  std::thread t;
  for (int i = 0; i < n; ++i)
    if (!t.joinable())
      t = std::thread(work);
  if (t.joinable())
    t.join();
}

//===-- Fine ---------------------------------------------------------------===//

void joined_ok() {
  std::thread t(work);
  step();
  t.join();
}
void detached_ok() {
  std::thread t(work);
  t.detach();
}
void either_ok(bool wait) {
  std::thread t(work);
  if (wait)
    t.join();
  else
    t.detach();
}
void joinable_ok(bool start) {
  std::thread t;
  if (start)
    t = std::thread(work);
  if (t.joinable())
    t.join();
}
void same_condition_ok(bool start) {
  std::thread t;
  if (start)
    t = std::thread(work);
  step();
  if (start)
    t.join();
}
void flag_ok() {
  std::thread t;
  bool started = false;
  if (ready()) {
    t = std::thread(work);
    started = true;
  }
  if (started)
    t.join();
}
void jthread_ok() {
#if __cplusplus >= 202002L
  std::jthread t(work);
#endif
}
std::thread returned_ok() {
  std::thread t(work);
  return t;
}
std::thread returned_moved_ok() {
  std::thread t(work);
  return std::move(t);
}
void handed_on_ok() {
  std::thread t(work);
  keep(std::move(t));
}
void borrowed_ok() {
  std::thread t(work);
  borrow(t);
}
struct Joiner {
  std::thread &t;
  explicit Joiner(std::thread &t) : t(t) {}
  ~Joiner() { t.join(); }
};
void guard_ok(const std::string &s) {
  std::thread t(work);
  Joiner joiner(t);
  parse(s);
}
struct Guard {
  std::thread t;
  explicit Guard(std::thread t) : t(std::move(t)) {}
  ~Guard() { t.join(); }
};
void moved_guard_ok() {
  std::thread t(work);
  Guard guard(std::move(t));
}
void moved_into_vector_ok(std::vector<std::thread> &pool) {
  std::thread t(work);
  pool.push_back(std::move(t));
}
void moved_into_local_vector_bad() {
  std::thread t(work);
  std::vector<std::thread> pool;
  // CHECK: :[[@LINE-1]]:28: warning: threads in 'pool' are still joinable when they are destroyed
  // CHECK: note: the scope ends here without a join
  // CHECK: note: join it
  pool.push_back(std::move(t));
}
void vector_ok(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back(work);
  for (auto &t : threads)
    t.join();
}
void indexed_ok(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.push_back(std::thread(work));
  for (int i = 0; i < n; ++i)
    threads[i].join();
}
void array_ok() {
  std::thread threads[4];
  for (auto &t : threads)
    t = std::thread(work);
  for (auto &t : threads)
    t.join();
}
void lambda_joins_ok() {
  std::thread t(work);
  auto join = [&] { t.join(); };
  join();
}
[[noreturn]] void fatal();
void exit_ok() {
  std::thread t(work);
  if (!ready())
    std::exit(1);
  if (!ready())
    fatal();
  t.join();
}
void die() { std::abort(); }
void dies_in_callee_ok() {
  std::thread t(work);
  if (!ready())
    die();
  t.join();
}
void while_ok() {
  std::thread t(work);
  while (!ready())
    step();
  t.join();
}
void static_ok() {
  static std::thread t(work);
}
void reference_ok(std::thread &t) {
  t = std::thread(work);
}
void leaked_ok() {
  new std::thread(work); // runs on, like a detached one
}
#define ASSERT(x)                                                              \
  if (!(x))                                                                    \
  return
void assertion_ok() {
  std::thread t(work);
  ASSERT(ready());
  t.join();
}
template <class T> void template_bad(T x) {
  std::thread t([x] { work(); });
  // CHECK: :[[@LINE-1]]:15: warning: thread 't' is still joinable
  // CHECK: note: started here
  // CHECK: note: the scope ends here without a join
  // CHECK: note: join it
}
void instances() {
  template_bad(1);
  template_bad(2L);
}
void deleter_joins_ok() {
  std::shared_ptr<std::thread> t(new std::thread(work), [](std::thread *p) {
    p->join();
    delete p;
  });
  step();
}
struct Join {
  void operator()(std::thread *p) const;
};
void deleter_type_ok() {
  std::unique_ptr<std::thread, Join> t(new std::thread(work));
  step();
}
void moved_on_bad() {
  std::thread a(work);
  std::thread b = std::move(a);
  // CHECK: :[[@LINE-1]]:15: warning: thread 'b' is still joinable when it is destroyed
  // CHECK: note: started here
  // CHECK: note: the scope ends here without a join
  // CHECK: note: join it
  step();
}
void moved_on_ok() {
  std::thread a(work);
  std::thread b = std::move(a);
  b.join();
}
void owner_bad() {
  auto t = std::make_unique<std::thread>(work);
  // CHECK: :[[@LINE-1]]:8: warning: thread 't' is still joinable when it is destroyed
  // CHECK: note: started here
  // CHECK: note: the scope ends here without a join
  // CHECK: note: join it
  step();
}
void owner_ok() {
  auto t = std::make_unique<std::thread>(work);
  step();
  if (t)
    t->join();
}
void pointer_goes_out_ok(void (*keep)(std::thread *)) {
  auto t = std::make_unique<std::thread>(work);
  keep(t.get());
}
void by_key_bad() {
  std::map<int, std::thread> all;
  // CHECK: :[[@LINE-1]]:30: warning: threads in 'all' are still joinable
  // CHECK: note: started here
  // CHECK: note: the scope ends here without a join
  // CHECK: note: join it
  all[1] = std::thread(work);
}
void by_key_ok() {
  std::map<int, std::thread> all;
  all[1] = std::thread(work);
  all[1].join();
}
class Restarted {
public:
  void twice_bad() {
    thread_ = std::thread(work);
    thread_ = std::thread(work);
    // CHECK: :[[@LINE-1]]:13: warning: thread 'thread_' is still joinable when it is overwritten
    // CHECK: note: started here
    // CHECK: note: join it
  }
  void stopped_between_ok() {
    thread_ = std::thread(work);
    stop();
    thread_ = std::thread(work);
  }
  void once_ok() { thread_ = std::thread(work); }
  void stop();
  ~Restarted();

private:
  std::thread thread_;
};

void constant_index_ok() {
  std::array<int, 2> v{};
  std::thread t([&v] { v[0] = 1; });
  v.at(1) = 2;
  t.join();
}
void index_too_large_bad() {
  std::array<int, 2> v{};
  std::thread t([&v] { v[0] = 1; });
  // CHECK: :[[@LINE-1]]:15: warning: thread 't' is still joinable when it is destroyed
  // CHECK: note: started here
  // CHECK: note: an exception may leave
  // CHECK: note: join it
  v.at(2) = 2;
  t.join();
}
