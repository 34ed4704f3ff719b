// RUN: %check %s
// Detached threads with work that ends, in main and in functions that only main
// calls. Everything in this file is over soon, apart from the threads.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

static void save(const std::string &text) {
  std::ofstream out("state.txt");
  out << text;
}

static void flush_all() {
  for (int i = 0; i < 100; ++i)
    save(std::to_string(i));
}

static void temporary_bad() {
  std::thread(flush_all).detach();
  // CHECK: :[[@LINE-1]]:26: warning: nothing waits for this detached thread before the process ends, which kills it in the middle of its work
  // CHECK: :[[@LINE-8]]:13: note: this is what it does
  // CHECK: :[[MAIN:[0-9]+]]:3: note: 'main' gets there by this call
  // CHECK: note: 'main' returns here
  // CHECK: :[[@LINE-5]]:26: note: join the thread instead of detaching it, or let it signal a latch, future or condition that 'main' waits for
}

static void variable_bad() {
  std::thread saver([] { save("x"); });
  std::printf("started\n");
  saver.detach();
  // CHECK: :[[@LINE-1]]:9: warning: nothing waits for this detached thread
  // CHECK: :[[@LINE-4]]:15: note: the thread is started here
}

static void vector_bad() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([i] { save(std::to_string(i)); });
  for (auto &t : threads)
    t.detach();
  // CHECK: :[[@LINE-1]]:7: warning: nothing waits for this detached thread
}

static void each_bad(const std::vector<std::string> &files) {
  for (const std::string &file : files)
    std::thread([file] { save(file); }).detach();
  // CHECK: :[[@LINE-1]]:41: warning: nothing waits for this detached thread
}

static void sleep_bad() {
  std::thread([] {
    std::this_thread::sleep_for(2s);
    save("late");
  }).detach();
  // CHECK: :[[@LINE-1]]:6: warning: nothing waits for this detached thread
  std::this_thread::sleep_for(1s);
  // CHECK: :[[@LINE-1]]:3: note: a sleep is no wait: nobody knows how long the thread takes
}

struct Report {
  std::string text;
  void write() const { save(text); }
  void start() {
    std::thread(&Report::write, this).detach();
    // CHECK: :[[@LINE-1]]:39: warning: nothing waits for this detached thread
  }
};

struct Announcer {
  Announcer() {
    std::thread([] { save("hello"); }).detach();
    // CHECK: :[[@LINE-1]]:40: warning: nothing waits for this detached thread
  }
};

template <class F> void launch(F f) {
  std::thread(f).detach();
  // CHECK: :[[@LINE-1]]:18: warning: nothing waits for this detached thread
}

static void lambda_bad() {
  auto start = [](int id) {
    std::thread([id] { save(std::to_string(id)); }).detach();
    // CHECK: :[[@LINE-1]]:53: warning: nothing waits for this detached thread
  };
  start(1);
  start(2);
}

static void inner_bad() {
  std::thread([] {
    std::ifstream in("list.txt");
    std::string line;
    while (std::getline(in, line))
      save(line);
  }).detach();
  // CHECK: :[[@LINE-1]]:6: warning: nothing waits for this detached thread
}
static void outer_bad() { inner_bad(); }

// Threads that go on for as long as the process, and what says nothing.
static volatile bool running = true;
static void daemons_ok() {
  std::thread([] {
    while (running) {
      save("tick");
      std::this_thread::sleep_for(1s);
    }
  }).detach();
  std::thread([] {
    for (;;) {
      save("tick");
      if (std::rand() == 5)
        break;
    }
  }).detach();
  std::thread([] {}).detach();
  std::thread([] { // a watchdog
    std::this_thread::sleep_for(30s);
    std::abort();
  }).detach();
  std::thread([] { std::getchar(); running = false; }).detach();
}

static void joined_ok() {
  std::thread t([] { save("y"); });
  if (t.joinable())
    t.join();
}

static void unseen_entry_ok(std::function<void()> work) {
  std::thread(work).detach();
}

int main() {
  joined_ok();
  temporary_bad();
  variable_bad();
  vector_bad();
  each_bad({"a", "b"});
  sleep_bad();
  Report report{"r"};
  report.start();
  Announcer announcer;
  launch([] { save("1"); });
  launch([] { save("2"); });
  lambda_bad();
  outer_bad();
  daemons_ok();
  unseen_entry_ok([] { save("z"); });
  return 0;
}
