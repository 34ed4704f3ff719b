// RUN: %check %s -- -std=c++20
// Futures in containers and in members, tasks that are only declared, handlers of
// functions that the task calls.
#include <algorithm>
#include <future>
#include <pthread.h>
#include <stdexcept>
#include <thread>
#include <vector>

void work();
void load(int n) {
  if (n < 0)
    throw std::runtime_error("negative");
}

//===--- containers --------------------------------------------------------===//

void vector_bad(int n) {
  std::vector<std::future<void>> all;
  all.reserve(2);
  for (int i = 0; i < n; ++i)
    all.push_back(std::async(std::launch::async, load, i));
  // CHECK: :[[@LINE-1]]:19: warning: the task may throw, and nobody reads its future
  // CHECK: note: the task is this function
  // CHECK: note: call 'get()'
  for (auto &f : all)
    f.wait();
}
void elements_bad() {
  std::vector<std::future<void>> all;
  all.push_back(std::async(std::launch::async, load, 1));
  // CHECK: :[[@LINE-1]]:17: warning: the task may throw, and nobody reads its future
  // CHECK: note: the task is this function
  // CHECK: note: call 'get()'
  auto &last = all.back();
  last.wait();
  all[0].wait();
  all.clear();
}
void vector_ok(int n) {
  std::vector<std::future<void>> all;
  for (int i = 0; i < n; ++i)
    all.push_back(std::async(std::launch::async, load, i));
  for (auto &f : all)
    f.get();
}
void element_ok() {
  std::vector<std::future<void>> all;
  all.push_back(std::async(std::launch::async, load, 1));
  auto &last = all.back();
  last.get();
}
void index_ok() {
  std::vector<std::future<void>> all;
  all.push_back(std::async(std::launch::async, load, 1));
  for (size_t i = 0; i < all.size(); ++i)
    all[i].get();
}
void iterators_ok() {
  std::vector<std::future<void>> all;
  all.push_back(std::async(std::launch::async, load, 1));
  std::for_each(all.begin(), all.end(), [](auto &f) { f.get(); });
}
void lambda_ok() {
  std::vector<std::future<void>> all;
  all.push_back(std::async(std::launch::async, load, 1));
  auto join = [&] {
    for (auto &f : all)
      f.get();
  };
  join();
}
void moved_elements_ok(std::future<void> &out) {
  std::vector<std::future<void>> all;
  all.push_back(std::async(std::launch::async, load, 1));
  out = std::move(all.back());
}
std::vector<std::future<void>> returned_ok() {
  std::vector<std::future<void>> all;
  all.push_back(std::async(std::launch::async, load, 1));
  return all;
}
void swapped_ok(std::vector<std::future<void>> &out) {
  std::vector<std::future<void>> all;
  all.push_back(std::async(std::launch::async, load, 1));
  all.swap(out);
}

//===--- members -----------------------------------------------------------===//

class Importer {
public:
  ~Importer() {
    if (f_.valid())
      f_.wait();
  }
  void later_bad() {
    f_ = std::async(std::launch::async, [this] { load(n_); });
    // CHECK: :[[@LINE-1]]:10: warning: the task may throw, and nobody reads its future
    // CHECK: note: the task is this function
    // CHECK: note: call 'get()'
  }

private:
  int n_ = 0;
  std::future<void> f_;
};

class Batch {
public:
  void add_bad(int n) {
    all_.push_back(std::async(std::launch::async, load, n));
    // CHECK: :[[@LINE-1]]:20: warning: the task may throw, and nobody reads its future
    // CHECK: note: the task is this function
    // CHECK: note: call 'get()'
  }
  void finish() {
    for (auto &f : all_)
      f.wait();
    all_.clear();
  }

private:
  std::vector<std::future<void>> all_;
};

class ReadElsewhere {
public:
  void start_ok() { f_ = std::async(std::launch::async, load, 1); }
  void finish();

private:
  std::future<void> f_;
};
void ReadElsewhere::finish() { f_.get(); }

class ReadInLambda {
public:
  void start_ok() { f_ = std::async(std::launch::async, load, 1); }
  auto finish() {
    return [this] { f_.get(); };
  }

private:
  std::future<void> f_;
};

class Unseen {
public:
  void start_ok() { f_ = std::async(std::launch::async, load, 1); }
  void finish();

private:
  std::future<void> f_;
};

class GivenAway {
public:
  void start_ok() { f_ = std::async(std::launch::async, load, 1); }
  std::future<void> &result() { return f_; }

private:
  std::future<void> f_;
};

class Reader;
class HasFriend {
public:
  void start_ok() { f_ = std::async(std::launch::async, load, 1); }

private:
  friend Reader;
  std::future<void> f_;
};

class HasTemplate {
public:
  void start_ok() { f_ = std::async(std::launch::async, load, 1); }
  template <class T> void finish(T) { f_.get(); }

private:
  std::future<void> f_;
};

class Derivable {
public:
  void start_ok() { f_ = std::async(std::launch::async, load, 1); }

protected:
  std::future<void> f_;
};

//===--- declared functions ------------------------------------------------===//

class Status {
  int code_ = 0;
};
Status upload();
int count();
struct Client {
  Status send();
};
void declared_bad() {
  auto f = std::async(std::launch::async, upload);
  // CHECK: :[[@LINE-1]]:12: warning: the task returns whether it has failed, and nobody reads its future
  // CHECK: note: the task is this function
  // CHECK: note: call 'get()'
  work();
  f.wait();
}
void declared_member_bad(Client &c) {
  auto f = std::async(std::launch::async, &Client::send, &c);
  // CHECK: :[[@LINE-1]]:12: warning: the task returns whether it has failed
  // CHECK: note: the task is this function
  // CHECK: note: call 'get()'
  work();
  f.wait();
}
void declared_number_ok() {
  auto f = std::async(std::launch::async, count);
  work();
  f.wait();
}

//===--- handlers ----------------------------------------------------------===//

class Indexer {
public:
  void start() {
    t_ = std::thread([this] { run_bad(); });
  }
  void start_logged() {
    t_ = std::thread([this] { run_ok(); });
  }
  void start_partly() {
    t_ = std::thread([this] {
      part_ok();
      work();
    });
  }
  ~Indexer() { t_.join(); }

private:
  void run_bad() {
    try {
      load(1);
    } catch (...) {
    }
    // CHECK: :[[@LINE-2]]:7: warning: this handler drops every exception of the task
    // CHECK: note: the task starts here
    // CHECK: note: log
  }
  void run_ok() {
    try {
      load(1);
    } catch (...) {
      work();
    }
  }
  void part_ok() {
    try {
      load(1);
    } catch (...) {
    }
  }
  std::thread t_;
};

void *null_bad(void *) {
  try {
    load(1);
    return nullptr;
  } catch (...) {
    return nullptr;
  }
  // CHECK: :[[@LINE-3]]:5: warning: this handler drops every exception of the task
  // CHECK: note: the task starts here
  // CHECK: note: log
}
// Whoever joins sees it.
void *null_ok(void *p) {
  try {
    load(1);
    return p;
  } catch (...) {
    return nullptr;
  }
}
void *null_with_reason_ok(void *) {
  try {
    load(1);
  } catch (...) {
    return nullptr; // nobody cares
  }
  return nullptr;
}
void start(pthread_t *t) {
  pthread_create(&t[0], nullptr, null_bad, nullptr);
  pthread_create(&t[1], nullptr, null_ok, nullptr);
  pthread_create(&t[2], nullptr, null_with_reason_ok, nullptr);
}
