// RUN: %check %s --checks=-*,threadlint-sequential-async,clang-diagnostic-unused-result
// Where the compiler's own warning is shown, it is not repeated.
#include <future>

int work();
void compiler_ok() {
  std::async(work);
  // CHECK: :[[@LINE-1]]:3: warning: ignoring return value
}
void cast_bad() {
  (void)std::async(work);
  // CHECK: :[[@LINE-1]]:9: warning: the discarded future
  // CHECK: note: keep
}
