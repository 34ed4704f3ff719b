// Title: A stop flag that is volatile
// The worker looks at a flag, as it should. But volatile is for devices: it makes no
// access atomic, and what stop() wrote before it need not be visible to the worker.
#include <string>
#include <thread>

void store(const std::string &line);

class Journal {
public:
  void start() { worker_ = std::thread(&Journal::run, this); }

  void stop() {
    running_ = false;
    worker_.join();
  }

private:
  void run() {
    while (running_)
      store("tick");
  }

  volatile bool running_ = true; // BAD: volatile-synchronization
  std::thread worker_;
};

void journal() {
  Journal journal;
  journal.start();
  journal.stop();
}
