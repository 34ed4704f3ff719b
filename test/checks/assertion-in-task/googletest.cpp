// RUN: %check %s -- -std=c++20
// Assertions that return from the task.
#include "test-frameworks.h"
#include <future>
#include <pthread.h>
#include <thread>
#include <vector>

int compute();
bool ok();
#define ASSERT_FINE(e) ASSERT_TRUE((e) && ok())

void thread_bad() {
  std::thread t([] {
    ASSERT_EQ(compute(), 1);
    // CHECK: :[[@LINE-1]]:5: warning: 'ASSERT_EQ' in a task ends the task only: the test goes on
    // CHECK: :[[@LINE-3]]:15: note: the task starts here
    // CHECK: note: use an assertion that goes on, such as EXPECT_TRUE, or keep the result and assert after the wait for the task
    EXPECT_EQ(compute(), 2);
  });
  t.join();
}
void fail_bad() {
  std::thread t([] {
    if (!ok())
      FAIL() << "no";
    // CHECK: :[[@LINE-1]]:7: warning: 'FAIL' in a task ends the task only
    // CHECK: note: the task starts here
    // CHECK: note: use
  });
  t.join();
}
void skip_bad() {
  std::jthread t([] {
    if (!ok())
      GTEST_SKIP();
    // CHECK: :[[@LINE-1]]:7: warning: 'GTEST_SKIP' in a task ends the task only
    // CHECK: note: the task starts here
    // CHECK: note: use
  });
}
void own_macro_bad() {
  auto f = std::async(std::launch::async, [] { ASSERT_FINE(ok()); });
  // CHECK: :[[@LINE-1]]:48: warning: 'ASSERT_FINE' in a task ends the task only
  // CHECK: note: the task starts here
  // CHECK: note: use
  f.get();
}
void worker() {
  ASSERT_TRUE(ok());
  // CHECK: :[[@LINE-1]]:3: warning: 'ASSERT_TRUE' in a task ends the task only
  // CHECK: note: the task starts here
  // CHECK: note: use
}
void function_bad() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back(worker);
  for (auto &t : threads)
    t.join();
}
void verify() { ASSERT_TRUE(ok()); }
void callee_bad() {
  std::thread t([] {
    verify();
    // CHECK: :[[@LINE-1]]:5: warning: 'ASSERT_TRUE' in 'verify', which this task calls, ends that function only: the task and the test go on
    // CHECK: :[[@LINE-3]]:15: note: the task starts here
    // CHECK: :[[@LINE-6]]:17: note: the assertion is here
    // CHECK: note: use
  });
  t.join();
}
void *entry(void *) {
  verify();
  // CHECK: :[[@LINE-1]]:3: warning: 'ASSERT_TRUE' in 'verify', which this task calls, ends that function only
  // CHECK: note: the task starts here
  // CHECK: note: the assertion is here
  // CHECK: note: use
  return nullptr;
}
void pthread_bad() {
  pthread_t t;
  pthread_create(&t, nullptr, entry, nullptr);
  pthread_join(t, nullptr);
}
struct Fixture : testing::Test {
  void run() {
    ASSERT_TRUE(ok());
    // CHECK: :[[@LINE-1]]:5: warning: 'ASSERT_TRUE' in a task
    // CHECK: note: the task starts here
    // CHECK: note: use
  }
  void member_bad() {
    std::thread t(&Fixture::run, this);
    t.join();
  }
};

void expect_ok() {
  std::thread t([] {
    EXPECT_TRUE(ok());
    ADD_FAILURE() << "no";
  });
  t.join();
}
void after_the_join_ok() {
  int result = 0;
  std::thread t([&] { result = compute(); });
  t.join();
  ASSERT_EQ(result, 1);
}
void not_a_task_ok() {
  auto check = [] { ASSERT_TRUE(ok()); };
  check();
}
struct Asks : testing::Test {
  void asks_ok() {
    std::thread t([] { ASSERT_TRUE(ok()); });
    t.join();
    if (HasFatalFailure())
      return;
  }
};
void return_of_the_task_ok() {
  std::thread t([] {
    if (!ok())
      return;
    EXPECT_TRUE(ok());
  });
  t.join();
}
#define ASSERT_NE(a, b) (void)((a) != (b))
void another_macro_of_the_name_ok() {
  std::thread t([] { ASSERT_NE(compute(), 1); });
  t.join();
}
void qt_bad() {
  std::thread t([] {
    QVERIFY(ok());
    // CHECK: :[[@LINE-1]]:5: warning: 'QVERIFY' in a task ends the task only
    // CHECK: note: the task starts here
    // CHECK: note: use
  });
  t.join();
}

// Two functions down.
static void deep(int i) {
  ASSERT_EQ(compute(), i);
  compute();
}
static void middle(int i) {
  deep(i);
  compute();
}
void deep_bad() {
  std::thread t([] {
    middle(1);
    // CHECK: :[[@LINE-1]]:5: warning: 'ASSERT_EQ' in 'deep', which this task calls through 'middle', ends that function only
    // CHECK: note: the task starts here
    // CHECK: :[[@LINE-8]]:3: note: the call that leads to it is here
    // CHECK: :[[@LINE-13]]:3: note: the assertion is here
    // CHECK: note: use
  });
  t.join();
}
