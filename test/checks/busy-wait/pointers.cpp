// RUN: %check %s
// What a pointer that a function is given points to.
#include <atomic>
#include <thread>

void dereferenced_bad(std::atomic<bool> *p) {
  while (!*p)
    ;
  // CHECK: :[[@LINE-2]]:3: warning: this loop does nothing but read 'p' until another thread changes it
  // CHECK: note: 'p' is declared here
  // CHECK: note: wait for the change
}
void loaded_bad(const std::atomic<int> *p) {
  while (p->load() == 0) {
  }
  // CHECK: :[[@LINE-2]]:3: warning: this loop does nothing but read 'p' until another thread changes it
  // CHECK: note: 'p' is declared here
  // CHECK: note: wait for the change
}
void plain_bad(bool *done) {
  while (!*done)
    ;
  // CHECK: :[[@LINE-2]]:3: warning: this loop waits for another thread to change 'done', which is not atomic
  // CHECK: note: 'done' is declared here
  // CHECK: note: wait for the change
}
void yields_ok(std::atomic<bool> *p) {
  while (!p->load())
    std::this_thread::yield();
}
void register_ok(volatile bool *ready) {
  while (!*ready)
    ;
}
const char *skips_ok(const char *p) {
  while (*p == ' ')
    ++p;
  return p;
}
void takes_ok(std::atomic<bool> *p) {
  while (p->exchange(true))
    ;
}
void another_ok(std::atomic<bool> *p, int n) {
  while (!*p && n > 0)
    --n;
}
