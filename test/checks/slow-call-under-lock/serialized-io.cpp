// A lock that exists to serialise one output is meant to be held while writing.
// RUN: %check %s -- -std=c++20
// RUN: %check %s --prefix=CHECK --prefix=ALL --option=ReportSerializedIo=true -- -std=c++20
#include <cstdio>
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <sys/socket.h>
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

// A log that opens itself at the first line.
static std::mutex late_mu;
static std::FILE *late_file;
void late_log_ok(const char *line) {
  std::lock_guard<std::mutex> g(late_mu);
  if (!late_file)
    late_file = std::fopen("x.log", "a");
// ALL: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fopen' may block (file) while lock 'late_mu' is held [threadlint-slow-call-under-lock]
  std::fputs(line, late_file);
// ALL: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fputs' may block (file) while lock 'late_mu' is held [threadlint-slow-call-under-lock]
}

// Waiting for the disk is more than keeping lines apart.
class DurableSink {
public:
  void append_bad(const char *data, std::size_t n) {
    std::lock_guard<std::mutex> g(mu_);
    ::write(fd_, data, n);
// ALL: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'write' may block (file) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    fsync(fd_);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

private:
  std::mutex mu_;
  int fd_ = -1;
};

// A connection whose writers take turns, and one with a queue of its own.
class Connection {
public:
  void send_ok(const char *data, std::size_t n) {
    std::lock_guard<std::mutex> g(mu_);
    ::send(socket_, data, n, 0);
// ALL: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'send' may block (network) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

private:
  std::mutex mu_;
  int socket_ = -1;
};

class QueueingConnection {
public:
  void send_bad(const char *data, std::size_t n) {
    std::lock_guard<std::mutex> g(mu_);
    pending_.erase(0);
    ::send(socket_, data, n, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'send' may block (network) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

private:
  std::mutex mu_;
  int socket_ = -1;
  std::map<int, std::string> pending_;
};

static std::mutex peer_mu;
static int peer;
void global_socket_bad(const char *data, std::size_t n) {
  std::lock_guard<std::mutex> g(peer_mu);
  ::send(peer, data, n, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'send' may block (network) while lock 'peer_mu' is held [threadlint-slow-call-under-lock]
}
