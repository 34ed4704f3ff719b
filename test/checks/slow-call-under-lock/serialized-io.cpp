// A lock that exists to serialise one output is meant to be held while writing.
// RUN: %check %s -- -std=c++20
// RUN: %check %s --prefix=CHECK --prefix=ALL --option=ReportSerializedIo=true -- -std=c++20
#include <cstdio>
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <unistd.h>

// A logger's sink.
class StreamSink {
public:
  void log_ok(const std::string &line) {
    std::lock_guard<std::mutex> g(mu_);
    out_ << line;
// ALL: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'operator<<' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    out_.flush();
// ALL: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'flush' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }
  void flush_ok() {
    std::lock_guard<std::mutex> g(mu_);
    out_.flush();
// ALL: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'flush' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

private:
  std::mutex mu_;
  std::ofstream out_;
};

class FileSink {
public:
  void log_ok(const char *line) {
    std::lock_guard<std::mutex> g(mu_);
    std::fputs(line, file_);
// ALL: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fputs' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    std::fflush(file_);
// ALL: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fflush' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

private:
  std::mutex mu_;
  std::FILE *file_ = nullptr;
};

class DescriptorSink {
public:
  void log_ok(const std::string &line) {
    std::lock_guard<std::mutex> g(mu_);
    (void)::write(fd_, line.data(), line.size());
// ALL: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'write' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    ++lines_;
  }

private:
  std::mutex mu_;
  int fd_ = -1;
  int lines_ = 0;
};

// The same lock guards a map: whoever looks something up waits for the disk.
class Cache {
public:
  std::string get(const std::string &key) {
    std::lock_guard<std::mutex> g(mu_);
    return entries_[key];
  }
  void put_bad(const std::string &key, const std::string &value) {
    std::lock_guard<std::mutex> g(mu_);
    entries_[key] = value;
    out_ << key << value;
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'operator<<' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    out_.flush();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'flush' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

private:
  std::mutex mu_;
  std::map<std::string, std::string> entries_;
  std::ofstream out_;
};

// The file is local, so the lock does not serialise it.
class Saver {
public:
  void save_bad(const std::string &path) {
    std::lock_guard<std::mutex> g(mu_);
    std::ofstream out(path);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'basic_ofstream' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    out << state_;
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'operator<<' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

private:
  std::mutex mu_;
  std::string state_;
};

// Sleeping and waiting are no output.
class SlowSink {
public:
  void log_bad(const std::string &line) {
    std::lock_guard<std::mutex> g(mu_);
    out_ << line;
// ALL: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'operator<<' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    usleep(10);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'usleep' may block (sleep) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

private:
  std::mutex mu_;
  std::ofstream out_;
};

// A lock and a file that are both globals.
static std::mutex log_mu;
static std::FILE *log_file;
void global_log_ok(const char *line) {
  std::lock_guard<std::mutex> g(log_mu);
  std::fputs(line, log_file);
// ALL: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fputs' may block (file) while lock 'log_mu' is held [threadlint-slow-call-under-lock]
}

// Somebody else's lock around the sink.
std::mutex elsewhere;
void foreign_lock_bad(StreamSink &sink) {
  std::lock_guard<std::mutex> g(elsewhere);
  sink.log_ok("x");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'log_ok' may block (file) while lock 'elsewhere' is held [threadlint-slow-call-under-lock]
}
