// RUN: %check %s -- -std=c++20
// Code as nobody should write it.
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

int compute();
bool ready();

#define FINISH(P) (P).set_value(1)

void macro_bad(std::promise<int> &p) {
  FINISH(p);
  FINISH(p);
  // CHECK: :[[@LINE-1]]:3: warning: 'set_value' sets promise 'p', which has been set already
  // CHECK: :[[@LINE-3]]:3: note: set here first
  // CHECK: note: set a promise once
}

template <bool Twice> void constexpr_bad(std::promise<int> &p) {
  p.set_value(1);
  if constexpr (Twice)
    p.set_value(2);
  // CHECK: :[[@LINE-1]]:7: warning: 'set_value' sets promise 'p'
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}
template void constexpr_bad<true>(std::promise<int> &);
template void constexpr_bad<false>(std::promise<int> &);

void goto_bad(std::promise<int> &p) noexcept {
  p.set_value(1);
  if (ready())
    goto out;
  return;
out:
  p.set_value(2);
  // CHECK: :[[@LINE-1]]:5: warning: 'set_value' sets promise 'p'
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}

void lambda_in_lambda_bad() {
  auto outer = [](std::promise<int> p) {
    auto inner = [&p] {
      p.set_value(1);
      [&] { p.set_value(2); }();
      // CHECK: :[[@LINE-1]]:7: warning: 'lambda' sets promise 'p'
      // CHECK: note: set here first
      // CHECK: note: set a promise once
    };
    inner();
  };
  outer(std::promise<int>());
}

std::promise<int> global;

void global_bad() {
  global.set_value(1);
  global.set_value(2);
  // CHECK: :[[@LINE-1]]:10: warning: 'set_value' sets promise 'global'
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}

struct Request {
  std::unique_ptr<std::promise<int>> done;
  std::promise<void> *started;
};

void fields_bad(Request &request) {
  request.done->set_value(1);
  request.done->set_exception(nullptr);
  // CHECK: :[[@LINE-1]]:17: warning: 'set_exception' sets promise 'request.done'
  // CHECK: note: set here first
  // CHECK: note: set a promise once
  request.started->set_value();
  request.started->set_value();
  // CHECK: :[[@LINE-1]]:20: warning: 'set_value' sets promise 'request.started'
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}

void fields_replaced_ok(Request &request) {
  request.done->set_value(1);
  request.done = std::make_unique<std::promise<int>>();
  request.done->set_value(2);
  request.done->set_value(3);
  // CHECK: :[[@LINE-1]]:17: warning: 'set_value' sets promise 'request.done'
  // CHECK: :[[@LINE-3]]:17: note: set here first
  // CHECK: note: set a promise once
}

static int read(std::future<int> &f) { return f.get(); }

int reads_bad(std::future<int> f) {
  int a = read(f);
  return a + read(f);
  // CHECK: :[[@LINE-1]]:14: warning: 'read' takes the result of future 'f'
  // CHECK: note: taken here first
  // CHECK: note: keep the result
}

void do_while_bad(std::promise<int> &p) {
  do {
    p.set_value(compute());
    // CHECK: :[[@LINE-1]]:7: warning: 'set_value' sets promise 'p', which has been set in an earlier round of the loop
    // CHECK: note: set a promise once
  } while (ready());
}

void do_once_ok(std::promise<int> &p) {
  do {
    p.set_value(compute());
  } while (false);
}

void switch_ok(std::promise<int> &p, int kind) {
  switch (kind) {
  case 0:
    p.set_value(1);
    break;
  case 1:
    p.set_exception(nullptr);
    break;
  }
}

void fallthrough_bad(std::promise<int> &p, int kind) {
  switch (kind) {
  case 0:
    p.set_value(1);
  case 1:
    p.set_exception(nullptr);
    // CHECK: :[[@LINE-1]]:7: warning: 'set_exception' sets promise 'p'
    // CHECK: note: set here first
    // CHECK: note: set a promise once
  }
}

void unevaluated_ok(std::promise<int> &p) {
  (void)sizeof(p.get_future());
  (void)noexcept(p.set_value(1));
  p.set_value(1);
}

[[noreturn]] void fail();
void noreturn_ok(std::promise<int> &p) {
  p.set_value(1);
  if (ready())
    fail();
  else
    return;
  p.set_value(2);
}

void swap_ok(std::promise<int> &a, std::promise<int> &b) {
  a.set_value(1);
  std::swap(a, b);
  a.set_value(2);
}

void reference_alias_bad(std::promise<int> &p) {
  auto &q = p;
  p.set_value(1);
  q.set_value(2);
  // CHECK: :[[@LINE-1]]:5: warning: 'set_value' sets promise 'p'
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}

void FN_element_bad(std::vector<std::promise<int>> &all) {
  // Elements are not followed: the index may have changed.
  all[0].set_value(1);
  all[0].set_value(2);
}

std::future<int> FN_returned_bad() {
  // Whether a returned future is waited for is its caller's business.
  std::promise<int> p;
  auto f = p.get_future();
  std::thread([p = std::move(p)]() mutable {
    if (ready())
      p.set_value(1);
  }).detach();
  return f;
}
