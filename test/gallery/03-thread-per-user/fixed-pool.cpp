// Title: A pool of workers
// The machine decides how many threads there are. The users wait in a queue, and the
// workers end when they are asked to stop and the queue is empty.
#include "mail.h"
#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <vector>

struct User {
  std::string name;
  std::string address;
};

class WorkerPool {
public:
  explicit WorkerPool(unsigned size = std::max(1u, std::thread::hardware_concurrency())) {
    for (unsigned i = 0; i < size; ++i)
      workers_.emplace_back([this](std::stop_token stop) { work(stop); });
  }

  void submit(std::function<void()> job) {
    {
      std::lock_guard lock(mutex_);
      jobs_.push(std::move(job));
    }
    wake_.notify_one();
  }

private:
  void work(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    while (wake_.wait(lock, stop, [this] { return !jobs_.empty(); })) {
      std::function<void()> job = std::move(jobs_.front());
      jobs_.pop();
      lock.unlock();
      job();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::queue<std::function<void()>> jobs_;
  std::vector<std::jthread> workers_;
};

void mailStatements(WorkerPool &pool, const std::vector<User> &users) {
  for (const User &user : users)
    pool.submit([user] { mail::send({user.address, "Your statement", "Dear " + user.name}); });
}
