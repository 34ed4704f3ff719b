// RUN: %check %s -checks=-*,threadlint-race-with-task,threadlint-thread-started-too-early
// A member that is set after the thread has started: said once.
#include <string>
#include <thread>
#include <utility>

void use(int);

class SetTooLate {
public:
  explicit SetTooLate(std::string p) {
    t_ = std::thread(&SetTooLate::run, this);
    // CHECK: :[[@LINE-1]]:10: warning: {{.*}} [threadlint-thread-started-too-early]
    path_ = std::move(p);
  }
  ~SetTooLate() { t_.join(); }

private:
  void run() { use(static_cast<int>(path_.size())); }
  std::string path_;
  std::thread t_;
};
