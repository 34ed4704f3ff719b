// RUN: %check %s -- -std=c++20
// Tasks and spawners that tell each other when it is safe: latches, futures, conditions, flags.
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

void use(int);
int compute(int);

void latch_ok() {
  std::latch done(1);
  int result = 0;
  std::thread t([&] {
    result = compute(1);
    done.count_down();
  });
  done.wait();
  use(result);
  t.join();
}

void startLatch_ok() {
  std::latch start(1);
  int input = 0;
  std::thread t([&] {
    start.wait();
    use(input);
  });
  input = compute(1);
  start.count_down();
  t.join();
}

void promise_ok() {
  std::promise<void> ready;
  int result = 0;
  std::thread t([&] {
    result = compute(1);
    ready.set_value();
  });
  ready.get_future().wait();
  use(result);
  t.join();
}

void futureInTask_ok() {
  std::promise<void> go;
  std::future<void> gone = go.get_future();
  int input = 0;
  std::thread t([&] {
    gone.wait();
    use(input);
  });
  input = 1;
  go.set_value();
  t.join();
}

void semaphore_ok() {
  std::binary_semaphore ready(0);
  int result = 0;
  std::thread t([&] {
    result = compute(1);
    ready.release();
  });
  ready.acquire();
  use(result);
  t.join();
}

void condition_ok() {
  std::mutex mu;
  std::condition_variable cv;
  bool done = false;
  int result = 0;
  std::thread t([&] {
    result = compute(1);
    std::lock_guard<std::mutex> guard(mu);
    done = true;
    cv.notify_one();
  });
  {
    std::unique_lock<std::mutex> lock(mu);
    cv.wait(lock, [&] { return done; });
  }
  use(result);
  t.join();
}

void flagSpin_ok() {
  std::atomic<bool> done{false};
  int result = 0;
  std::thread t([&] {
    result = compute(1);
    done.store(true, std::memory_order_release);
  });
  while (!done.load(std::memory_order_acquire))
    std::this_thread::yield();
  use(result);
  t.join();
}

void flagTest_ok() {
  std::atomic<bool> done{false};
  int result = 0;
  std::thread t([&] {
    result = compute(1);
    done = true;
  });
  if (done)
    use(result);
  t.join();
}

void flagInTask_ok() {
  std::atomic<bool> ready{false};
  int input = 0;
  std::thread t([&] {
    while (!ready)
      std::this_thread::yield();
    use(input);
  });
  input = compute(1);
  ready = true;
  t.join();
}

void barrier_ok() {
  std::barrier sync(2);
  int a = 0;
  std::thread t([&] {
    a = compute(1);
    sync.arrive_and_wait();
  });
  sync.arrive_and_wait();
  use(a);
  t.join();
}

void waitsForOtherTask_ok() {
  int value = 0;
  auto first = std::async(std::launch::async, [&] { value = compute(1); }).share();
  auto second = std::async(std::launch::async, [&, first] {
    first.wait();
    use(value);
  });
  second.get();
}

void stopFlag_bad() {
  std::atomic<bool> stop{false};
  int progress = 0;
  std::thread t([&] { // CHECK: :[[@LINE]]:18: warning: task writes 'progress' while the function that starts it may read it, without synchronization
    while (!stop)
      ++progress;
  });
  use(progress);
  stop = true;
  t.join();
}

void sleepIsNoOrder_bad() {
  int result = 0;
  std::thread t([&] { result = compute(1); }); // CHECK: :[[@LINE]]:18: warning: task writes 'result' while the function that starts it may read it, without synchronization
  std::this_thread::sleep_for(std::chrono::seconds(1));
  use(result);
  t.join();
}

void plainFlag_bad() {
  bool done = false;
  std::thread t([&] { done = true; }); // CHECK: :[[@LINE]]:18: warning: task writes 'done' while the function that starts it may read it, without synchronization
  while (!done)
    std::this_thread::yield();
  t.join();
}

void joinsAnother_bad() {
  int count = 0;
  std::thread other([] {});
  std::thread t([&] { ++count; }); // CHECK: :[[@LINE]]:18: warning: task writes 'count' while the function that starts it may read it, without synchronization
  other.join();
  use(count);
  t.join();
}

// Somebody else's words.
struct Gate {
  void wait();
  void open();
  bool isOpen() const;
};

void unseenGate_ok() {
  Gate gate;
  int input = 0;
  std::thread t([&] {
    gate.wait();
    use(input);
  });
  input = 1;
  gate.open();
  t.join();
}

void unseenTest_ok() {
  Gate gate;
  int result = 0;
  std::thread t([&] {
    result = 1;
    gate.open();
  });
  if (gate.isOpen())
    use(result);
  t.join();
}

void polled_ok() {
  std::mutex mu;
  bool done = false;
  int result = 0;
  std::thread t([&] {
    result = compute(1);
    std::lock_guard<std::mutex> guard(mu);
    done = true;
  });
  for (;;) {
    std::lock_guard<std::mutex> guard(mu);
    if (done)
      break;
  }
  use(result);
  t.join();
}

// A server that says by an atomic that it is ready.
class Server {
public:
  void listen() {
    port_ = compute(1);
    running_ = true;
  }
  void waitUntilReady() const {
    while (!running_)
      std::this_thread::yield();
  }
  int port() const { return port_; }

private:
  std::atomic<bool> running_{false};
  int port_ = 0;
};

void server_ok() {
  Server server;
  std::thread t([&] { server.listen(); });
  server.waitUntilReady();
  use(server.port());
  t.join();
}

void serverTooEarly_bad() {
  Server server;
  std::thread t([&] { server.listen(); }); // CHECK: :[[@LINE]]:18: warning: task writes 'server.port_' while the function that starts it may read it, without synchronization
  use(server.port());
  t.join();
}
