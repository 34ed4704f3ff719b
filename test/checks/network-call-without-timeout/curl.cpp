// RUN: %check %s
// Handles of libcurl: local, smart, members, through helpers.
#include "libcurl.h"
#include <memory>
#include <string>
#include <thread>

int get_bad(const char *url) {
  CURL *curl = curl_easy_init();
  if (!curl) return -1;
  curl_easy_setopt(curl, CURLOPT_URL, url);
  int result = curl_easy_perform(curl);
  // CHECK: :[[@LINE-1]]:16: warning: network call to 'curl_easy_perform' has no time-out [threadlint-network-call-without-timeout]
  // CHECK: :[[@LINE-5]]:9: note: no use of 'curl' gives it a time-out
  // CHECK: :[[@LINE-3]]:16: note: set one with 'CURLOPT_TIMEOUT' first
  curl_easy_cleanup(curl);
  return result;
}

int get_ok(const char *url) {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 10L);
  int result = curl_easy_perform(curl);
  curl_easy_cleanup(curl);
  return result;
}

int milliseconds_ok() {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 500L);
  return curl_easy_perform(curl);
}

// A stalled transfer ends.
int speed_ok() {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, 30L);
  return curl_easy_perform(curl);
}

// Connecting in time is not answering in time.
int connect_only_bad() {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 5L);
  return curl_easy_perform(curl);
  // CHECK: :[[@LINE-1]]:10: warning: network call to 'curl_easy_perform' has no time-out
  // CHECK: :[[@LINE-4]]:9: note: no use of 'curl' gives it a time-out
  // CHECK: :[[@LINE-3]]:10: note: set one with 'CURLOPT_TIMEOUT' first
}

// Zero means never.
int zero_bad() {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 0L);
  return curl_easy_perform(curl);
  // CHECK: :[[@LINE-1]]:10: warning: network call to 'curl_easy_perform' has no time-out
  // CHECK: :[[@LINE-4]]:9: note: no use of 'curl' gives it a time-out
  // CHECK: :[[@LINE-3]]:10: note: set one with 'CURLOPT_TIMEOUT' first
}

int assigned_bad() {
  CURL *curl;
  curl = curl_easy_init();
  return curl_easy_perform(curl);
  // CHECK: :[[@LINE-1]]:10: warning: network call to 'curl_easy_perform' has no time-out
  // CHECK: :[[@LINE-4]]:9: note: no use of 'curl' gives it a time-out
  // CHECK: :[[@LINE-3]]:10: note: set one with 'CURLOPT_TIMEOUT' first
}

void smart_bad() {
  std::unique_ptr<CURL, void (*)(CURL *)> curl(curl_easy_init(), &curl_easy_cleanup);
  curl_easy_setopt(curl.get(), CURLOPT_URL, "u");
  curl_easy_perform(curl.get());
  // CHECK: :[[@LINE-1]]:3: warning: network call to 'curl_easy_perform' has no time-out
  // CHECK: :[[@LINE-4]]:43: note: no use of 'curl' gives it a time-out
  // CHECK: :[[@LINE-3]]:3: note: set one with 'CURLOPT_TIMEOUT' first
}

void smart_ok() {
  std::unique_ptr<CURL, void (*)(CURL *)> curl(curl_easy_init(), &curl_easy_cleanup);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 3L);
  curl_easy_perform(curl.get());
}

// What others may have done to it is not known.
int parameter_ok(CURL *curl) { return curl_easy_perform(curl); }
void configure(CURL *);
CURL *pooled();
int unseen_helper_ok() {
  CURL *curl = curl_easy_init();
  configure(curl);
  return curl_easy_perform(curl);
}
int unseen_maker_ok() {
  CURL *curl = pooled();
  return curl_easy_perform(curl);
}
int copy_ok(CURL *other) {
  CURL *curl = curl_easy_duphandle(other);
  return curl_easy_perform(curl);
}
int option_ok(int option) {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, option, 1L);
  return curl_easy_perform(curl);
}

static void set_limits(CURL *curl) { curl_easy_setopt(curl, CURLOPT_TIMEOUT, 7L); }
static void set_url(CURL *curl) { curl_easy_setopt(curl, CURLOPT_URL, "u"); }
int visible_helper_ok() {
  CURL *curl = curl_easy_init();
  set_limits(curl);
  return curl_easy_perform(curl);
}
int visible_helper_bad() {
  CURL *curl = curl_easy_init();
  set_url(curl);
  return curl_easy_perform(curl);
  // CHECK: :[[@LINE-1]]:10: warning: network call to 'curl_easy_perform' has no time-out
  // CHECK: :[[@LINE-4]]:9: note: no use of 'curl' gives it a time-out
  // CHECK: :[[@LINE-3]]:10: note: set one with 'CURLOPT_TIMEOUT' first
}

static int run(CURL *curl) {
  return curl_easy_perform(curl);
}
int callee_bad() {
  CURL *curl = curl_easy_init();
  int result = run(curl);
  // CHECK: :[[@LINE-1]]:16: warning: network call to 'run' has no time-out
  // CHECK: :[[@LINE-6]]:10: note: it calls 'curl_easy_perform' here
  // CHECK: :[[@LINE-4]]:9: note: no use of 'curl' gives it a time-out
  // CHECK: :[[@LINE-4]]:16: note: set one with 'CURLOPT_TIMEOUT' first
  curl_easy_cleanup(curl);
  return result;
}

auto lambda_bad() {
  return [] {
    CURL *curl = curl_easy_init();
    curl_easy_perform(curl);
    // CHECK: :[[@LINE-1]]:5: warning: network call to 'curl_easy_perform' has no time-out
    // CHECK: :[[@LINE-3]]:11: note: no use of 'curl' gives it a time-out
    // CHECK: :[[@LINE-3]]:5: note: set one with 'CURLOPT_TIMEOUT' first
    curl_easy_cleanup(curl);
  };
}

int lambda_sets_ok() {
  CURL *curl = curl_easy_init();
  auto set = [&] { curl_easy_setopt(curl, CURLOPT_TIMEOUT, 1L); };
  set();
  return curl_easy_perform(curl);
}

class Fetcher_bad {
public:
  Fetcher_bad() : curl_(curl_easy_init()) {}
  ~Fetcher_bad() { curl_easy_cleanup(curl_); }
  int fetch(const std::string &url) {
    curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
    return curl_easy_perform(curl_);
    // CHECK: :[[@LINE-1]]:12: warning: network call to 'curl_easy_perform' has no time-out
    // CHECK: :[[@LINE+5]]:9: note: no use of 'curl_' gives it a time-out
    // CHECK: :[[@LINE-3]]:12: note: set one with 'CURLOPT_TIMEOUT' first
  }

private:
  CURL *curl_;
};

class Fetcher_ok {
public:
  Fetcher_ok() : curl_(curl_easy_init()) { curl_easy_setopt(curl_, CURLOPT_TIMEOUT, 5L); }
  int fetch() { return curl_easy_perform(curl_); }

private:
  CURL *curl_;
};

class HandedOut_ok {
public:
  HandedOut_ok() : curl_(curl_easy_init()) {}
  CURL *handle() { return curl_; }
  int fetch() { return curl_easy_perform(curl_); }

private:
  CURL *curl_;
};

template <class T> int in_template_bad(T url) {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, url);
  return curl_easy_perform(curl);
  // CHECK: :[[@LINE-1]]:10: warning: network call to 'curl_easy_perform' has no time-out
  // CHECK: :[[@LINE-4]]:9: note: no use of 'curl' gives it a time-out
  // CHECK: :[[@LINE-3]]:10: note: set one with 'CURLOPT_TIMEOUT' first
}
int twice() { return in_template_bad("a") + in_template_bad(1); }

// The handle of another call, with a limit, is another handle.
int two_handles_bad() {
  CURL *a = curl_easy_init();
  CURL *b = curl_easy_init();
  curl_easy_setopt(a, CURLOPT_TIMEOUT, 1L);
  curl_easy_perform(a);
  return curl_easy_perform(b);
  // CHECK: :[[@LINE-1]]:10: warning: network call to 'curl_easy_perform' has no time-out
  // CHECK: :[[@LINE-5]]:9: note: no use of 'b' gives it a time-out
  // CHECK: :[[@LINE-3]]:10: note: set one with 'CURLOPT_TIMEOUT' first
}

// A wrapper that converts to the handle hides it.
struct Wrapper {
  CURL *handle;
  Wrapper() : handle(curl_easy_init()) {}
  ~Wrapper() { curl_easy_cleanup(handle); }
  operator CURL *() { return handle; }
};
void FN_wrapper() {
  Wrapper curl;
  curl_easy_perform(curl);
}

// A task that has it may set one.
void task(CURL *curl);
void to_task_ok() {
  CURL *curl = curl_easy_init();
  std::thread thread(task, curl);
  curl_easy_perform(curl);
  thread.join();
}

// In whatever order.
int late_ok(bool quick) {
  CURL *curl = curl_easy_init();
  if (quick)
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 1L);
  return curl_easy_perform(curl);
}
