// RUN: %check %s
// The lines of the check's description, with the real standard library.
#include <algorithm>
#include <array>
#include <exception>
#include <functional>
#include <future>
#include <map>
#include <optional>
#include <pthread.h>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

void work();
bool ready();
void log(const char *);

//===-- A visible throw ----------------------------------------------------===//

void lambda_bad() {
  std::thread t([] {
    if (!ready())
      throw std::runtime_error("not ready");
    work();
  });
  // CHECK: :[[@LINE-5]]:15: warning: an exception of type 'std::runtime_error' can leave the thread's function, which ends the process
  // CHECK: :[[@LINE-4]]:7: note: thrown here
  // CHECK: :[[@LINE-7]]:17: note: catch it in the thread's function, or run the function by 'std::async' or 'std::packaged_task', whose future carries the exception
  t.join();
}

struct Broken {};
void parse(int n) {
  if (n < 0)
    throw Broken();
}
void handle(int n) { parse(n); }

void callees_bad() {
  std::thread t(handle, 3);
  // CHECK: :[[@LINE-1]]:15: warning: an exception of type 'Broken' can leave
  // CHECK: :[[@LINE-5]]:22: note: 'parse' is called here
  // CHECK: :[[@LINE-8]]:5: note: thrown here
  // CHECK: note: catch it
  t.join();
}

void *posix_entry(void *) {
  throw 1;
}

void posix_bad() {
  pthread_t t;
  pthread_create(&t, nullptr, posix_entry, nullptr);
  // CHECK: :[[@LINE-1]]:3: warning: an exception of type 'int' can leave
  // CHECK: note: thrown here
  // CHECK: note: catch it
  pthread_join(t, nullptr);
}

void detached_bad() {
  std::thread([] { parse(-1); }).detach();
  // CHECK: :[[@LINE-1]]:3: warning: an exception of type 'Broken' can leave
  // CHECK: note: 'parse' is called here
  // CHECK: note: thrown here
  // CHECK: note: catch it
}

struct Worker {
  void run() {
    if (!ready())
      throw std::logic_error("state");
  }
  void start_bad() {
    thread = std::thread(&Worker::run, this);
    // CHECK: :[[@LINE-1]]:14: warning: an exception of type 'std::logic_error' can leave
    // CHECK: note: thrown here
    // CHECK: note: catch it
  }
  void begin_bad() {
    threads.emplace_back([this] { run(); });
    // CHECK: :[[@LINE-1]]:13: warning: an exception of type 'std::logic_error' can leave
    // CHECK: note: 'run' is called here
    // CHECK: note: thrown here
    // CHECK: note: catch it
  }
  std::thread thread;
  std::vector<std::thread> threads;
};

struct Functor {
  void operator()() const { throw Broken(); }
};
void functor_bad() {
  std::thread t{Functor()};
  // CHECK: :[[@LINE-1]]:15: warning: an exception of type 'Broken' can leave
  // CHECK: note: thrown here
  // CHECK: note: catch it
  t.join();
}

template <class T> void each(T x) {
  std::thread t([x] {
    if (x < T())
      throw Broken();
  });
  // CHECK: :[[@LINE-4]]:15: warning: an exception of type 'Broken' can leave
  // CHECK: note: thrown here
  // CHECK: note: catch it
  t.join();
}
void each_twice() {
  each(1);
  each(2L);
}

void algorithm_bad(std::vector<int> &v) {
  std::thread t([&] {
    std::for_each(v.begin(), v.end(), [](int n) {
      if (n == 0)
        throw Broken();
    });
  });
  // CHECK: :[[@LINE-6]]:15: warning: an exception of type 'Broken' can leave
  // CHECK: note: 'lambda' is called here
  // CHECK: note: thrown here
  // CHECK: note: catch it
  t.join();
}

void noexcept_bad() {
  std::thread t([]() noexcept { parse(-1); });
  // CHECK: :[[@LINE-1]]:15: warning: an exception of type 'Broken' can leave
  // CHECK: note: 'parse' is called here
  // CHECK: note: thrown here
  // CHECK: note: catch it
  t.join();
}

//===-- Functions that are known to throw -----------------------------------===//

void stoi_bad(std::string s) {
  std::thread t([s] { std::stoi(s); });
  // CHECK: :[[@LINE-1]]:15: warning: an exception can leave the thread's function, which ends the process
  // CHECK: :[[@LINE-2]]:23: note: 'stoi' may throw
  // CHECK: note: catch it
  t.join();
}

void at_bad(const std::map<int, std::string> &names, int key) {
  std::thread t([&names, key] { log(names.at(key).c_str()); });
  // CHECK: :[[@LINE-1]]:15: warning: an exception can leave
  // CHECK: :[[@LINE-2]]:43: note: 'at' may throw
  // CHECK: note: catch it
  t.join();
}

void get_bad(std::future<int> f) {
  std::thread t([f = std::move(f)]() mutable { f.get(); });
  // CHECK: :[[@LINE-1]]:15: warning: an exception can leave
  // CHECK: note: 'get' may throw
  // CHECK: note: catch it
  t.join();
}

// Asked before: not worth a word.
void checked_ok(std::vector<int> &v, std::map<int, int> &m, std::optional<int> o) {
  std::thread t([&, o] {
    for (unsigned i = 0; i < v.size(); ++i)
      v.at(i) = 1;
    if (m.count(3))
      m.at(3) = 2;
    if (o)
      v.push_back(o.value());
  });
  t.join();
}
void zero_ok(std::string s) {
  std::thread t([s] { log(s.substr(0, 4).c_str()); });
  t.join();
}

//===-- Handlers ------------------------------------------------------------===//

void all_ok() {
  std::thread t([] {
    try {
      parse(-1);
    } catch (...) {
      log("failed");
    }
  });
  t.join();
}

void base_ok(std::string s) {
  std::thread t([s] {
    try {
      if (std::stoi(s) == 3)
        throw std::out_of_range("three");
    } catch (const std::exception &e) {
      log(e.what());
    }
  });
  t.join();
}

void other_type_bad() {
  std::thread t([] {
    try {
      throw 1;
    } catch (const std::exception &e) {
      log(e.what());
    }
  });
  // CHECK: :[[@LINE-7]]:15: warning: an exception of type 'int' can leave
  // CHECK: :[[@LINE-6]]:7: note: thrown here
  // CHECK: note: catch it
  t.join();
}

void not_derived_bad() {
  std::thread t([] {
    try {
      parse(1);
    } catch (const std::exception &e) {
      log(e.what());
    }
  });
  // CHECK: :[[@LINE-7]]:15: warning: an exception of type 'Broken' can leave
  // CHECK: note: 'parse' is called here
  // CHECK: note: thrown here
  // CHECK: note: catch it
  t.join();
}

void derived_handler_bad() {
  std::thread t([] {
    try {
      throw std::runtime_error("x");
    } catch (const std::range_error &) {
    } catch (const std::logic_error &) {
    }
  });
  // CHECK: :[[@LINE-7]]:15: warning: an exception of type 'std::runtime_error' can leave
  // CHECK: note: thrown here
  // CHECK: note: catch it
  t.join();
}

void library_type_bad(std::string s) {
  std::thread t([s] {
    try {
      std::stoi(s);
    } catch (const Broken &) {
    }
  });
  // CHECK: :[[@LINE-6]]:15: warning: an exception can leave
  // CHECK: note: 'stoi' may throw
  // CHECK: note: catch it
  t.join();
}

void rethrown_bad() {
  std::thread t([] {
    try {
      parse(-1);
    } catch (...) {
      log("failed");
      throw;
    }
  });
  // CHECK: :[[@LINE-8]]:15: warning: an exception of type 'Broken' can leave
  // CHECK: note: 'parse' is called here
  // CHECK: note: thrown here
  // CHECK: note: catch it
  t.join();
}

void rethrown_unseen_bad() {
  std::thread t([] {
    try {
      work();
    } catch (const std::exception &e) {
      log(e.what());
      throw;
    }
  });
  // CHECK: :[[@LINE-8]]:15: warning: an exception of type 'std::exception' can leave
  // CHECK: :[[@LINE-4]]:7: note: thrown here
  // CHECK: note: catch it
  t.join();
}

void rethrown_ok() {
  std::thread t([] {
    try {
      try {
        parse(-1);
      } catch (const Broken &) {
        throw;
      }
    } catch (...) {
    }
  });
  t.join();
}

void translated_bad() {
  std::thread t([] {
    try {
      work();
    } catch (const std::exception &) {
      throw Broken();
    }
  });
  // CHECK: :[[@LINE-7]]:15: warning: an exception of type 'Broken' can leave
  // CHECK: note: thrown here
  // CHECK: note: catch it
  t.join();
}

void pointer_ok() {
  std::thread t([] {
    try {
      throw new std::runtime_error("x");
    } catch (std::exception *e) {
      delete e;
    }
  });
  t.join();
}

void function_try() try {
  parse(-1);
} catch (...) {
}
void function_try_ok() {
  std::thread t(function_try);
  t.join();
}

void inner() noexcept(false) {
  try {
    parse(1);
  } catch (const Broken &) {
  }
}
void caught_in_callee_ok() {
  std::thread t(inner);
  t.join();
}

//===-- Others carry it -----------------------------------------------------===//

void async_ok() {
  auto f = std::async(std::launch::async, [] { parse(-1); });
  f.get();
}

void packaged_ok() {
  std::packaged_task<void()> task([] { parse(-1); });
  std::future<void> f = task.get_future();
  std::thread t(std::move(task));
  f.get();
  t.join();
}

void packaged_call_ok() {
  std::packaged_task<void()> task([] { parse(-1); });
  std::future<void> f = task.get_future();
  std::thread t([task = std::move(task)]() mutable { task(); });
  f.get();
  t.join();
}

void stored_ok() {
  std::promise<int> p;
  std::thread t([&p] {
    try {
      parse(-1);
      p.set_value(1);
    } catch (...) {
      p.set_exception(std::current_exception());
    }
  });
  p.get_future().get();
  t.join();
}

//===-- Unknown -------------------------------------------------------------===//

void unseen_ok() {
  std::thread t(work);
  t.join();
}
void unevaluated_ok() {
  std::thread t([] { (void)noexcept(parse(-1)); });
  t.join();
}
void only_defined_ok() {
  std::thread t([] {
    auto fail = [] { throw Broken(); };
    (void)fail;
  });
  t.join();
}
void never_called() noexcept;
struct Quiet {
  void run() noexcept; // its end is elsewhere
};
void quiet_ok(Quiet &q) {
  std::thread t(&Quiet::run, &q);
  t.join();
}

// A smart pointer that checks itself: an assertion, not an error to expect.
template <typename T> struct Checked {
  T *pointer;
  T *operator->() const {
    if (!pointer)
      throw std::logic_error("null");
    return pointer;
  }
  T &operator*() const {
    if (!pointer)
      throw std::logic_error("null");
    return *pointer;
  }
};
struct Job {
  void run() noexcept;
};
void null_check_ok(Checked<Job> job) {
  std::thread t([job] {
    job->run();
    (*job).run();
  });
  t.join();
}

void consume(int) noexcept;
void array_ok() {
  std::thread t([] {
    std::array<int, 2> v{};
    consume(v.at(1));
  });
  t.join();
}
void array_bad() {
  std::thread t([] { // CHECK: :[[@LINE]]:15: warning: an exception can leave the thread's function
    std::array<int, 2> v{};
    consume(v.at(2)); // CHECK: note: 'at' may throw
    // CHECK: note: catch it
  });
  t.join();
}
void nested_bad(int n) {
  std::thread t([n] { // CHECK: :[[@LINE]]:15: warning: an exception can leave the thread's function
    try {
      if (n)
        throw std::logic_error("n");
    } catch (...) {
      std::throw_with_nested(std::runtime_error("outer")); // CHECK: note: 'throw_with_nested' may throw
      // CHECK: note: catch it
    }
  });
  t.join();
}
