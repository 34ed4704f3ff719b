// Every place where a function may be written is looked at.
// RUN: %check %s -- -std=c++20
#include <algorithm>
#include <functional>
#include <mutex>
#include <ostream>
#include <ranges>
#include <thread>
#include <tuple>
#include <unistd.h>
#include <variant>
#include <vector>

std::mutex mu;

namespace outer {
inline namespace v1 {
namespace {
void in_namespaces_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
} // namespace
} // namespace v1
void use() { in_namespaces_bad(1); }
} // namespace outer

extern "C" {
void c_linkage_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
}
extern "C" void c_linkage_alone_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

class Members {
public:
  explicit Members(int fd) {
    std::lock_guard<std::mutex> g(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  explicit Members(long fd) : guard_(mu), result_(fsync(static_cast<int>(fd))) {
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  Members(const Members &o) {
    std::lock_guard<std::mutex> g(mu);
    fsync(o.result_);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  ~Members() {
    std::lock_guard<std::mutex> g(mu);
    thread_.join();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  Members &operator=(const Members &) {
    std::lock_guard<std::mutex> g(mu);
    fsync(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    return *this;
  }
  operator int() const {
    std::lock_guard<std::mutex> g(mu);
    return fsync(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  static void static_bad() {
    std::lock_guard<std::mutex> g(mu);
    fsync(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  friend void friend_bad(Members &m) {
    std::lock_guard<std::mutex> g(mu);
    fsync(m.result_);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  friend std::ostream &operator<<(std::ostream &out, const Members &m) {
    std::lock_guard<std::mutex> g(mu);
    fsync(m.result_);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    return out;
  }
  class Nested {
    void nested_bad(int fd) {
      std::lock_guard<std::mutex> g(mu);
      fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    }
  };
  std::function<void(int)> in_initialiser_bad = [](int fd) {
    std::lock_guard<std::mutex> g(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  };

private:
  std::unique_lock<std::mutex> guard_;
  int result_ = 0;
  std::thread thread_;
};

void local_class_bad() {
  struct Local {
    void run_bad(int fd) {
      std::lock_guard<std::mutex> g(mu);
      fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    }
  };
  Local().run_bad(1);
}

auto global_lambda_bad = [](int fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
};

int global_initialiser_bad = [] {
  std::lock_guard<std::mutex> g(mu);
  return fsync(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}();

std::vector<std::function<void(int)>> table_bad = {
    [](int fd) {
      std::lock_guard<std::mutex> g(mu);
      fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    },
};

void default_argument_bad(std::function<void(int)> f = [](int fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
});

template <class T> struct Outer {
  struct Inner {
    void run_bad(int fd) {
      std::lock_guard<std::mutex> g(mu);
      fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    }
  };
  template <class U> static U converts_bad(U fd) {
    std::lock_guard<std::mutex> g(mu);
    return fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  friend void template_friend_bad(Outer &, int fd) {
    std::lock_guard<std::mutex> g(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
};
void instantiate(Outer<int> &o) {
  Outer<int>::Inner().run_bad(1);
  Outer<int>::converts_bad(1);
  template_friend_bad(o, 1);
}

template <class T> void specialised(T) {}
template <> void specialised<int>(int fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

template <class T> auto variable_template_bad = [](int fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
};
void use_variable_template() { variable_template_bad<int>(1); }

void lambda_in_lambda_bad() {
  auto make = [] {
    return [](int fd) {
      std::lock_guard<std::mutex> g(mu);
      fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    };
  };
  make()(1);
}

void capture_initialiser_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  auto f = [r = fsync(fd)] { return r; };
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  (void)f;
}

auto abbreviated_bad(auto fd) {
  std::lock_guard<std::mutex> g(mu);
  return fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
void use_abbreviated() { abbreviated_bad(1); }

constexpr int sometimes_constant_bad(int fd) {
  if (std::is_constant_evaluated())
    return 0;
  return fd + 1;
}

// Callables that run at once.
void immediate_bad(std::vector<int> &fds, std::variant<int, long> v, int fd) {
  std::lock_guard<std::mutex> g(mu);
  int x = [&] { return fsync(fd); }();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'lambda' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  std::invoke([&] { fsync(fd); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'lambda' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  std::apply([](int f) { fsync(f); }, std::tuple<int>(x));
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'lambda' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  std::ranges::for_each(fds, [](int f) { fsync(f); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'lambda' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  std::visit([](auto) {}, v);
}

void lock_in_a_called_lambda_ok(int fd) {
  int n = [] {
    std::lock_guard<std::mutex> g(mu);
    return 1;
  }();
  fsync(fd + n);
}
