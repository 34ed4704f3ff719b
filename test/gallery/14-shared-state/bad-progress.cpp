// Title: A result that is read before it is there
// The loader tells its progress in a plain member. The window reads it while the thread
// writes it, and the compiler may read it once and for all.
#include <string>
#include <thread>
#include <vector>

std::string fetchPage(int number);

class Loader {
public:
  void start(int pages) {
    thread_ = std::thread([this, pages] { // BAD: race-with-task
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
  int done_ = 0;
  std::thread thread_;
};
