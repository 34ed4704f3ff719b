// Half-written code, as an editor sees it: no crash, and what is whole is checked.
// RUN: not %threadlint %s -- -std=c++20 -ferror-limit=0 -I %inputs > %t 2>&1
// RUN: %filecheck %s --implicit-check-not="PLEASE submit" --input-file=%t
#include "httplib.h"
#include "libcurl.h"

void whole_bad() {
  httplib::Client client("host");
  client.Get("/");
  // CHECK-DAG: :[[@LINE-1]]:10: warning: network call to 'Get' has no time-out
}

class Broken {
  Broken() : client_(host), other_( {}
  void get() { client_.Get(; }
  void set() { client_.set_read_timeout( }
  httplib::Client client_;
  Unknown other_;
};

template <class T> void dependent(T t) {
  CURL *curl = curl_easy_init(t;
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, );
  curl_easy_perform(curl);
