// Title: The thread gets what it runs
// There is no derived class: the service is given the function that its thread calls, and
// that is complete before the thread starts.
#include <cstdio>
#include <functional>
#include <thread>
#include <utility>

class Service {
public:
  explicit Service(std::function<void()> run) : thread_(std::move(run)) {}
  ~Service() { thread_.join(); }

private:
  std::thread thread_;
};

int main() {
  Service greeter([] { std::puts("hello"); });
}
