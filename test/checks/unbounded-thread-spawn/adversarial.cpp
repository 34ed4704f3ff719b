// RUN: %check %s -- -std=c++20 -pthread
// Macros, templates, lambdas in lambdas, coroutines, headers, early exits.
#include <coroutine>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

struct Item { int id; };
void handle(const Item &);
bool isReady();

#define FOREACH(x, c) for (auto &x : c)
#define SPAWN(...) std::thread(__VA_ARGS__).detach()
void macros_bad(std::vector<Item> &items) {
  FOREACH(i, items) SPAWN(handle, i);
  // CHECK: :[[@LINE-1]]:21: warning: {{.*}}: one for each element of 'items'
}

#define ONCE(x) do { x; } while (0)
void macro_once_ok(Item i) { ONCE(SPAWN(handle, i)); }

template <class C> void everything_bad(const C &container) {
  for (const auto &x : container)
    std::thread([&x] { handle(x); }).detach();
  // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one for each element of 'container'
}
template <class C> void never_instantiated(const C &container) {
  for (const auto &x : container)
    std::thread([&x] { handle(x); }).detach();
}
void instances(std::vector<Item> &v, std::unordered_map<int, std::vector<Item>> &m) {
  everything_bad(v);
  everything_bad(m[1]);
}

template <int N> void times() {
  for (int i = 0; i < N; ++i)
    std::thread(isReady).detach();
  // CHECK: :[[@LINE-1]]:5: warning: 200 threads are created here, more than 64
}
void few_ok() { times<4>(); }
void lots_bad() { times<200>(); }

template <bool Threaded> void maybe(const std::vector<Item> &items) {
  for (const Item &i : items) {
    if constexpr (Threaded)
      std::thread(handle, i).detach();
    else
      handle(i);
  }
}
void inline_ok(const std::vector<Item> &items) { maybe<false>(items); }

void lambda_in_lambda_bad(const std::vector<Item> &items) {
  auto outer = [&] {
    auto inner = [&] {
      for (const Item &i : items)
        std::thread(handle, i).detach();
      // CHECK: :[[@LINE-1]]:9: warning: {{.*}}: one for each element of 'items'
    };
    inner();
  };
  outer();
}

// The loop only makes lambdas; who runs them is not known.
std::vector<std::function<void()>> defined_only_ok(const std::vector<Item> &items) {
  std::vector<std::function<void()>> result;
  for (const Item &i : items)
    result.push_back([&i] { std::thread(handle, i).detach(); });
  return result;
}

// The loop is in the task, the spawn is not in the loop.
void loop_in_task_ok(const std::vector<Item> &items) {
  std::thread([&items] {
    for (const Item &i : items)
      handle(i);
  }).detach();
}

void noexcept_bad(const std::vector<Item> &items) noexcept {
  for (const Item &i : items) {
    try {
      std::thread(handle, i).detach();
      // CHECK: :[[@LINE-1]]:7: warning: {{.*}}: one for each element of 'items'
    } catch (...) {
      break;
    }
  }
}

void only_some_bad(const std::vector<Item> &items) {
  for (const Item &i : items)
    if (i.id > 3)
      std::thread(handle, i).detach();
  // CHECK: :[[@LINE-1]]:7: warning: {{.*}}: one for each element of 'items'
}

std::vector<Item> load();
void call_bad() {
  for (const Item &i : load())
    std::thread(handle, i).detach();
  // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one for each element of 'load'
}

void pointers_bad(const Item *items, const Item *last, size_t count) {
  for (const Item *p = items, *end = items + count; p != end; ++p)
    std::thread(handle, *p).detach(); // how many is not known
  std::vector<Item> v = load();
  for (Item *p = v.data(), *end = p + v.size(); p != end; ++p)
    std::thread(handle, *p).detach();
  // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one for each element of 'v'
}

void heap_bad(const std::vector<Item> &items) {
  std::vector<std::unique_ptr<std::thread>> threads;
  std::vector<std::thread *> raw;
  for (const Item &i : items)
    threads.push_back(std::make_unique<std::thread>(handle, i));
  // CHECK: :[[@LINE-1]]:23: warning: {{.*}}: one for each element of 'items'
  for (const Item &i : items)
    raw.push_back(new std::thread(handle, i));
  // CHECK: :[[@LINE-1]]:23: warning: {{.*}}: one for each element of 'items'
}

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
Task coroutine_bad(std::vector<Item> items) {
  for (const Item &i : items) {
    std::thread(handle, i).detach();
    // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one for each element of 'items'
    co_await std::suspend_always();
  }
}

void initialised_in_condition_ok(const std::vector<Item> &items) {
  for (size_t i = 0, n = 3; i < n; ++i)
    std::thread(handle, items[i]).detach();
}

void do_while_bad(const std::vector<Item> &items) {
  size_t i = 0;
  do {
    std::thread(handle, items[i]).detach();
    // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one for each element of 'items'
  } while (++i < items.size());
}

void declared_but_never_run_ok(const std::vector<Item> &items) {
  for (const Item &i : items) {
    auto later = [&i] { std::thread(handle, i).detach(); };
    (void)later;
  }
}

class Holder {
  std::set<int> ids_;
  std::vector<std::thread> threads_;
  int Holder::*member_ = nullptr;
  void nested_classes_bad() {
    struct Local {
      static void run(const std::set<int> &ids) {
        for (int id : ids)
          std::thread(handle, Item{id}).detach();
        // CHECK: :[[@LINE-1]]:11: warning: {{.*}}: one for each element of 'ids'
      }
    };
    Local::run(ids_);
  }
};

// The set decides how often, and the loop is left when it is empty.
std::string establish();
bool link(std::string id) {
  if (id.empty())
    return false;
  std::thread([id] { handle(Item{1}); }).detach();
  return true;
}
void until_all_are_there_ok(std::set<std::string> ids) {
  for (;;) {
    std::string id = establish();
    if (link(id)) {
      ids.erase(id);
      if (ids.empty())
        break;
    }
  }
}

// Whoever split the work had threads in mind.
struct Split { std::vector<Item> parts; };
void as_many_threads_ok(Split *split) {
  const size_t num_threads = split->parts.size();
  std::vector<std::thread> threads;
  threads.reserve(num_threads - 1);
  for (size_t i = 1; i < split->parts.size(); i++)
    threads.emplace_back(handle, split->parts[i]);
}

// A permit that lives as long as the thread.
struct Slots { void acquire(); void release(); };
struct Permit {
  Slots &slots;
  explicit Permit(Slots &slots) : slots(slots) { slots.acquire(); }
  ~Permit() { slots.release(); }
};
void shared_permit_ok(Slots &slots, const std::vector<Item> &items) {
  for (const Item &item : items) {
    auto permit = std::make_shared<Permit>(slots);
    std::thread([item, permit] { handle(item); }).detach();
  }
}
struct Watch {
  explicit Watch(int);
};
void shared_object_bad(const std::vector<Item> &items) {
  for (const Item &item : items) {
    auto watch = std::make_shared<Watch>(1);
    std::thread([item, watch] { handle(item); }).detach();
    // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one for each element of 'items'
  }
}

// A thread that the constructor starts.
class Runner {
public:
  explicit Runner(const Item &item) : thread_([item] { handle(item); }) {}
  ~Runner() { thread_.join(); }

private:
  std::thread thread_;
};
void made_in_place_bad(const std::vector<Item> &items) {
  std::vector<std::unique_ptr<Runner>> runners;
  for (const Item &item : items)
    runners.push_back(std::make_unique<Runner>(item));
  // CHECK: :[[@LINE-1]]:23: warning: {{.*}}: one for each element of 'items'
  // CHECK: note: {{.*}}thread
}
