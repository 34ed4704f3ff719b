// Title: Two workers and one last job
// Each function of the queue holds its lock, so there is no data race. Two workers see
// that the queue is not empty, and both take the last job.
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

class JobQueue {
public:
  bool empty() const {
    std::lock_guard<std::mutex> guard(mu);
    return jobs.empty();
  }

  std::function<void()> pop() {
    std::lock_guard<std::mutex> guard(mu);
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
  while (!queue.empty())
    queue.pop()(); // BAD: split-critical-section
}

void runAll(JobQueue &queue) {
  std::thread other([&] { drain(queue); });
  drain(queue);
  other.join();
}
