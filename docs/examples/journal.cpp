// An example for tools/lint: one mistake, and the same work done right.
#include <mutex>
#include <string>
#include <unistd.h>

class Journal {
public:
  explicit Journal(int file) : file_(file) {}

  // Wrong: the disk may take a second, and everyone who wants mu_ waits as long.
  void append(const std::string &line) {
    std::lock_guard<std::mutex> guard(mu_);
    pending_ += line;
    fsync(file_);
  }

  // Right: take what is to be written under the lock, write without it.
  void flush() {
    std::string batch;
    {
      std::lock_guard<std::mutex> guard(mu_);
      batch.swap(pending_);
    }
    if (write(file_, batch.data(), batch.size()) >= 0)
      fsync(file_);
  }

private:
  std::mutex mu_;
  std::string pending_;
  int file_;
};

int main() {
  Journal journal(1);
  journal.append("hello\n");
  journal.flush();
}
