// RUN: %check %s
// Exceptions that are no way out, and others that are.
#include <cstdlib>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>

struct Payload {
  void reserve(unsigned n) {
    data = static_cast<char *>(calloc(n, 1));
    if (!data)
      throw std::bad_alloc();
  }
  void check(unsigned n) {
    if (n > 100)
      throw std::length_error("too long");
  }
  char *data = nullptr;
};

std::string base(const std::string &file) {
  return file.substr(file.find_last_of("/\\") + 1);
}
std::string behind(const std::string &file) {
  return file.substr(file.find('/'));
}

class Log {
public:
  void memory_ok(unsigned n) {
    mutex_.lock();
    payload_.reserve(n);
    mutex_.unlock();
  }
  void length_bad(unsigned n) {
    mutex_.lock();
    // CHECK: :[[@LINE-1]]:12: warning: lock 'mutex_' is not released on every path
    payload_.check(n);
    // CHECK: :[[@LINE-1]]:5: note:
    mutex_.unlock();
  }
  std::string found_ok(const std::string &file) {
    mutex_.lock();
    std::string name = base(file);
    mutex_.unlock();
    return name;
  }
  std::string npos_bad(const std::string &file) {
    mutex_.lock();
    // CHECK: :[[@LINE-1]]:12: warning: lock 'mutex_' is not released on every path
    std::string name = behind(file);
    // CHECK: :[[@LINE-1]]:24: note:
    mutex_.unlock();
    return name;
  }

  void terminates_ok(unsigned n) noexcept {
    mutex_.lock();
    payload_.check(n);
    mutex_.unlock();
  }
  void mayThrow_bad(unsigned n) noexcept(false) {
    mutex_.lock();
    // CHECK: :[[@LINE-1]]:12: warning: lock 'mutex_' is not released on every path
    payload_.check(n);
    // CHECK: :[[@LINE-1]]:5: note:
    mutex_.unlock();
  }
  ~Log() {
    mutex_.lock();
    payload_.check(1); // a destructor is noexcept
    mutex_.unlock();
  }
  void caughtInside_bad(unsigned n) noexcept {
    try {
      mutex_.lock();
      // CHECK: :[[@LINE-1]]:14: warning: lock 'mutex_' is not released on every path
      payload_.check(n);
      mutex_.unlock();
    } catch (...) {
    }
    // CHECK: :[[@LINE+1]]:3: note:
  }

private:
  std::mutex mutex_;
  Payload payload_;
};
