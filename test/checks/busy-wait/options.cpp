// RUN: %check %s --option=ReportSleepPolling=true
// Polling with a sleep, where somebody wants to know.
#include <atomic>
#include <chrono>
#include <thread>

std::atomic<bool> ready{false};

void sleep_bad() {
  while (!ready)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  // CHECK: :[[@LINE-2]]:3: warning: this loop polls 'ready' and sleeps meanwhile
  // CHECK: note: 'ready' is declared here
  // CHECK: :[[@LINE-4]]:3: note: wait for the change
}

void yield_ok() {
  while (!ready)
    std::this_thread::yield();
}
