// Title: One function that tests and takes
// tryPop() looks and takes under one lock, and says whether there was anything.
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

class JobQueue {
public:
  std::optional<std::function<void()>> tryPop() {
    std::lock_guard<std::mutex> guard(mu);
    if (jobs.empty())
      return std::nullopt;
    auto job = std::move(jobs.front());
    jobs.pop_front();
    return job;
  }

  void push(std::function<void()> job) {
    std::lock_guard<std::mutex> guard(mu);
    jobs.push_back(std::move(job));
  }

private:
  mutable std::mutex mu;
  std::deque<std::function<void()>> jobs;
};

void drain(JobQueue &queue) {
  while (auto job = queue.tryPop())
    (*job)();
}

void runAll(JobQueue &queue) {
  std::thread other([&] { drain(queue); });
  drain(queue);
  other.join();
}
