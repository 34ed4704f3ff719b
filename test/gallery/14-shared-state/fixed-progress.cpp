// Title: The progress in an atomic
// One number that one thread writes and others read needs no lock.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

std::string fetchPage(int number);

class Loader {
public:
  void start(int pages) {
    thread_ = std::thread([this, pages] {
      for (int page = 0; page < pages; ++page) {
        fetchPage(page);
        ++done_;
      }
    });
  }
  int done() const { return done_; }
  ~Loader() {
    if (thread_.joinable())
      thread_.join();
  }

private:
  std::atomic<int> done_ = 0;
  std::thread thread_;
};
