// RUN: %check %s -- -std=c++17
// State that does not change any more once a flag is set.
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

class Process {
public:
  const std::string &result_ok() {
    std::unique_lock<std::mutex> lock(mutex_);
    ready_.wait(lock, [this] { return available_; });
    return result_;
  }
  const std::string &looped_ok() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!available_)
      ready_.wait(lock);
    return result_;
  }
  const std::string &notAwaited_bad() {
    std::unique_lock<std::mutex> lock(mutex_);
    return result_;
    // CHECK: :[[@LINE-1]]:12: warning: reference to 'result_' is returned and used without lock 'mutex_', which guards it
  }
  void done(const std::string &s) {
    std::unique_lock<std::mutex> lock(mutex_);
    result_ = s;
    available_ = true;
    ready_.notify_all();
  }

private:
  std::mutex mutex_;
  std::condition_variable ready_;
  bool available_ = false;
  std::string result_;
};

// The flag is cleared, and the next result overwrites the first.
class Again {
public:
  const std::string &result_bad() {
    std::unique_lock<std::mutex> lock(mutex_);
    ready_.wait(lock, [this] { return available_; });
    return result_;
    // CHECK: :[[@LINE-1]]:12: warning: reference to 'result_' is returned and used without lock 'mutex_', which guards it
  }
  void restart() {
    std::unique_lock<std::mutex> lock(mutex_);
    available_ = false;
  }
  void done(const std::string &s) {
    std::unique_lock<std::mutex> lock(mutex_);
    result_ = s;
    available_ = true;
    ready_.notify_all();
  }

private:
  std::mutex mutex_;
  std::condition_variable ready_;
  bool available_ = false;
  std::string result_;
};

// Somebody changes it later who does not set the flag.
class Appended {
public:
  const std::vector<int> &result_bad() {
    std::unique_lock<std::mutex> lock(mutex_);
    ready_.wait(lock, [this] { return available_; });
    return result_;
    // CHECK: :[[@LINE-1]]:12: warning: reference to 'result_' is returned and used without lock 'mutex_', which guards it
  }
  void add(int i) {
    std::unique_lock<std::mutex> lock(mutex_);
    result_.push_back(i);
  }
  void done() {
    std::unique_lock<std::mutex> lock(mutex_);
    result_.push_back(0);
    available_ = true;
    ready_.notify_all();
  }

private:
  std::mutex mutex_;
  std::condition_variable ready_;
  bool available_ = false;
  std::vector<int> result_;
};

// Loaded when somebody asks first.
class Loaded {
public:
  const std::string &text_ok() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!loaded_) {
      text_ = read();
      loaded_ = true;
    }
    return text_;
  }
  const std::string &early_ok() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (loaded_)
      return text_;
    text_ = read();
    loaded_ = true;
    return text_;
  }

private:
  static std::string read();
  std::mutex mutex_;
  bool loaded_ = false;
  std::string text_;
};
class Reloaded {
public:
  const std::string &text_bad() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!loaded_) {
      text_ = read();
      loaded_ = true;
    }
    return text_;
    // CHECK: :[[@LINE-1]]:12: warning: reference to 'text_' is returned and used without lock 'mutex_', which guards it
  }
  void invalidate() {
    std::lock_guard<std::mutex> lock(mutex_);
    loaded_ = false;
  }

private:
  static std::string read();
  std::mutex mutex_;
  bool loaded_ = false;
  std::string text_;
};

class Slots {
public:
  void first_bad(const int **out) {
    std::lock_guard<std::mutex> lock(mutex_);
    out[0] = &slots_.front();
    // CHECK: :[[@LINE-1]]:14: warning: pointer into 'slots_' is stored in 'out' and used without lock 'mutex_', which guards it
  }
  void add(int i) {
    std::lock_guard<std::mutex> lock(mutex_);
    slots_.push_back(i);
  }

private:
  std::mutex mutex_;
  std::vector<int> slots_;
};
