// Title: A base class that starts what is not there yet
// The constructor of the base class starts the thread. The derived part of the object
// comes after that, and a thread that is quick calls a function without a body.
#include <cstdio>
#include <thread>

class Service {
public:
  Service() : thread_([this] { run(); }) {} // BAD: thread-started-too-early
  virtual ~Service() { thread_.join(); }

protected:
  virtual void run() = 0;

private:
  std::thread thread_;
};

class Greeter : public Service {
  void run() override { std::puts("hello"); }
};

int main() { Greeter greeter; }
