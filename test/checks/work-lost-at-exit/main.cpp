// RUN: %check %s --prefix=RETURN -- -std=c++20 -DRETURN
// RUN: %check %s --prefix=EXIT -- -std=c++20 -DEXIT
// RUN: %check %s --prefix=END -- -std=c++20 -DEND
// RUN: %check %s --prefix=OTHER -- -std=c++20 -DOTHER
// RUN: %check %s --prefix=UNSEEN -- -std=c++20 -DUNSEEN
// RUN: %check %s --prefix=BRANCH -- -std=c++20 -DBRANCH
// RUN: %check %s --prefix=PROMISE -- -std=c++20 -DPROMISE
// RUN: %check %s --prefix=OTHER_LATCH -- -std=c++20 -DOTHER_LATCH
// RUN: %check %s --prefix=BUSY -- -std=c++20 -DBUSY
// RUN: %check %s -- -std=c++20 -DLATCH
// RUN: %check %s -- -std=c++20 -DRECEIVE
// RUN: %check %s -- -std=c++20 -DLATCH_IN_CALLEE
// RUN: %check %s -- -std=c++20 -DFUTURE
// RUN: %check %s -- -std=c++20 -DCOUNTER
// RUN: %check %s -- -std=c++20 -DCOUNTED_POLL
// RUN: %check %s -- -std=c++20 -DSEMAPHORE
// RUN: %check %s -- -std=c++20 -DCONDITION
// RUN: %check %s -- -std=c++20 -DWAIT_GROUP
// RUN: %check %s -- -std=c++20 -DLONG_SLEEP
// RUN: %check %s -- -std=c++20 -DINPUT
// RUN: %check %s -- -std=c++20 -DEVENT_LOOP
// RUN: %check %s -- -std=c++20 -DACCEPT
// RUN: %check %s -- -std=c++20 -DENDLESS
// RUN: %check %s -- -std=c++20 -DSERVER_THREAD
// RUN: %check %s -- -std=c++20 -DPTHREAD_EXIT
// RUN: %check %s -- -std=c++20 -DGUARD
// RUN: %check %s -- -std=c++20 -DHELPER_WAITS
// RUN: %check %s -- -std=c++20 -DNOT_MAIN
// RUN: %check %s -- -std=c++20 -DPROGRESS
// One main for each way to its end.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <latch>
#include <mutex>
#include <pthread.h>
#include <semaphore>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace std::chrono_literals;

void upload();
int run_application(int argc, char **argv);

static void save() { std::ofstream("state") << "x"; }

#if defined(RETURN)
int main(int argc, char **argv) {
  std::thread worker(save);
  worker.detach();
  // RETURN: :[[@LINE-1]]:10: warning: nothing waits for this detached thread before the process ends, which kills it in the middle of its work
  // RETURN: :[[@LINE-3]]:15: note: the thread is started here
  // RETURN: note: this is what it does
  // RETURN: :[[@LINE+4]]:5: note: 'main' returns here
  // RETURN: :[[@LINE-5]]:10: note: join the thread instead of detaching it
  if (argc > 1) {
    std::cout << argv[1] << std::endl;
    return 1;
  }
  return 0;
}
#elif defined(EXIT)
int main() {
  std::thread(save).detach();
  // EXIT: :[[@LINE-1]]:21: warning: nothing waits for this detached thread
  // EXIT: :[[@LINE+2]]:3: note: the process ends here
  std::cout << "bye\n";
  std::exit(0);
}
#elif defined(END)
int main() {
  std::thread([] { save(); }).detach();
  // END: :[[@LINE-1]]:31: warning: nothing waits for this detached thread
  // END: :[[@LINE+1]]:1: note: 'main' returns here
}
#elif defined(OTHER)
// What is waited for is another, short task.
int main() {
  std::thread(save).detach();
  // OTHER: :[[@LINE-1]]:21: warning: nothing waits for this detached thread
  std::thread other([] { std::cout << "other\n"; });
  other.join();
  return 0;
}
#elif defined(UNSEEN)
int main() {
  std::thread([] { upload(); }).detach();
  // UNSEEN: :[[@LINE-1]]:33: warning: nothing waits for this detached thread
  return 0;
}
#elif defined(BRANCH)
int main(int argc, char **argv) {
  if (argc > 1) {
    std::thread(save).detach();
    // BRANCH: :[[@LINE-1]]:23: warning: nothing waits for this detached thread
    return 0;
  }
  return run_application(argc, argv);
}
#elif defined(PROMISE)
// Nobody asks the future.
int main() {
  std::promise<void> done;
  auto ended = done.get_future();
  std::thread([&] {
    save();
    done.set_value();
  }).detach();
  // PROMISE: :[[@LINE-1]]:6: warning: nothing waits for this detached thread
  return 0;
}
#elif defined(OTHER_LATCH)
// The latch is the other thread's.
int main() {
  std::latch done(1);
  std::thread([&] {
    save();
    done.count_down();
  }).detach();
  std::thread(save).detach();
  // OTHER_LATCH: :[[@LINE-1]]:21: warning: nothing waits for this detached thread
  done.wait();
}
#elif defined(LATCH_IN_CALLEE)
static std::latch done(2);
static void finish() { done.count_down(); }
int main() {
  std::thread([] {
    save();
    done.count_down();
  }).detach();
  std::thread([] {
    save();
    finish();
  }).detach();
  done.wait();
}
#elif defined(BUSY)
// main has something to do, too.
int main() {
  std::thread(save).detach();
  // BUSY: :[[@LINE-1]]:21: warning: nothing waits for this detached thread
  std::vector<int> numbers{3, 1, 2};
  std::sort(numbers.begin(), numbers.end(), std::greater<>());
  std::for_each(numbers.begin(), numbers.end(), [](int n) { std::cout << n; });
  int sum = 0, i = 0;
  while (i < 1000)
    sum += i++;
  for (int n : numbers)
    sum += n;
  std::cout << sum << std::endl;
}
#elif defined(RECEIVE)
int main(int argc, char **argv) {
  std::thread(save).detach();
  char buffer[100];
  recv(3, buffer, sizeof buffer, argc);
}
#elif defined(LATCH)
int main() {
  std::latch done(2);
  for (int i = 0; i < 2; ++i)
    std::thread([&] {
      save();
      done.count_down();
    }).detach();
  done.wait();
}
#elif defined(FUTURE)
int main() {
  std::promise<void> done;
  std::thread([&] {
    save();
    done.set_value();
  }).detach();
  done.get_future().wait();
}
#elif defined(COUNTER)
static std::atomic<int> left{1};
int main() {
  std::thread([] {
    save();
    --left;
  }).detach();
  while (left != 0)
    std::this_thread::sleep_for(1ms);
}
#elif defined(COUNTED_POLL)
static std::atomic<bool> done{false};
int main() {
  std::thread([] {
    save();
    done = true;
  }).detach();
  for (int i = 0; i < 100; ++i) {
    if (done)
      break;
    std::this_thread::sleep_for(10ms);
  }
}
#elif defined(SEMAPHORE)
int main() {
  std::binary_semaphore done(0);
  std::thread([&] {
    save();
    done.release();
  }).detach();
  done.acquire();
}
#elif defined(CONDITION)
int main() {
  std::mutex mu;
  std::condition_variable cv;
  bool done = false;
  std::thread([&] {
    save();
    std::lock_guard<std::mutex> lock(mu);
    done = true;
    cv.notify_one();
  }).detach();
  std::unique_lock<std::mutex> lock(mu);
  cv.wait(lock, [&] { return done; });
}
#elif defined(WAIT_GROUP)
struct WaitGroup {
  void add(int n);
  void done();
  void wait();
};
int main() {
  WaitGroup group;
  group.add(1);
  std::thread([&] {
    save();
    group.done();
  }).detach();
  group.wait();
}
#elif defined(LONG_SLEEP)
int main() {
  std::thread(save).detach();
  std::this_thread::sleep_for(24h);
}
#elif defined(INPUT)
int main() {
  std::thread(save).detach();
  std::string line;
  std::getline(std::cin, line);
}
#elif defined(EVENT_LOOP)
int main(int argc, char **argv) {
  std::thread(save).detach();
  return run_application(argc, argv);
}
#elif defined(ACCEPT)
int main() {
  std::thread(save).detach();
  int client;
  while ((client = accept(3, nullptr, nullptr)) >= 0)
    close(client);
}
#elif defined(ENDLESS)
int main() {
  std::thread(save).detach();
  for (;;)
    pause();
}
#elif defined(SERVER_THREAD)
void serve();
int main() {
  std::thread server([] { serve(); });
  std::thread(save).detach();
  server.join();
}
#elif defined(PTHREAD_EXIT)
int main() {
  std::thread(save).detach();
  pthread_exit(nullptr);
}
#elif defined(GUARD)
struct Waiter {
  std::latch &latch;
  ~Waiter() { latch.wait(); }
};
int main() {
  std::latch done(1);
  Waiter waiter{done};
  std::thread([&] {
    save();
    done.count_down();
  }).detach();
}
#elif defined(HELPER_WAITS)
static std::latch done(1);
static void start() {
  std::thread([] {
    save();
    done.count_down();
  }).detach();
}
static void finish() { done.wait(); }
int main() {
  start();
  finish();
}
#elif defined(NOT_MAIN)
// Somebody else may call it, and wait.
void on_event() {
  std::thread(save).detach();
}
void dispatch(void (*)());
int main() { dispatch(on_event); }
#elif defined(PROGRESS)
// It shows that main is busy.
static std::atomic<bool> busy{true};
int main() {
  std::thread([] {
    while (busy) {
      std::cout << '.' << std::flush;
      std::this_thread::sleep_for(100ms);
    }
  }).detach();
  for (int i = 0; i < 1000; ++i)
    save();
  busy = false;
}
#endif
