// Title: A stop flag that is atomic
// The same with an atomic: the accesses are no race, and what was written before the flag
// is visible behind it.
#include <atomic>
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

  std::atomic<bool> running_{true};
  std::thread worker_;
};

void journal() {
  Journal journal;
  journal.start();
  journal.stop();
}
