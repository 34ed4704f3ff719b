// RUN: %check %s
// The same in C.
#include "hiredis.h"
#include "libcurl.h"
#include <stddef.h>

int get_bad(const char *url) {
  CURL *curl = curl_easy_init();
  if (curl) {
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_perform(curl);
    // CHECK: :[[@LINE-1]]:5: warning: network call to 'curl_easy_perform' has no time-out [threadlint-network-call-without-timeout]
    // CHECK: :[[@LINE-5]]:9: note: no use of 'curl' gives it a time-out
    // CHECK: :[[@LINE-3]]:5: note: set one with 'CURLOPT_TIMEOUT' first
    curl_easy_cleanup(curl);
  }
  return 0;
}

int get_ok(const char *url) {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 20L);
  return curl_easy_perform(curl);
}

struct client {
  CURL *handle;
};

void client_init(struct client *c) { c->handle = curl_easy_init(); }
int client_get_bad(struct client *c) {
  return curl_easy_perform(c->handle);
  // CHECK: :[[@LINE-1]]:10: warning: network call to 'curl_easy_perform' has no time-out
  // CHECK: :[[@LINE-7]]:9: note: no use of 'handle' gives it a time-out
  // CHECK: :[[@LINE-3]]:10: note: set one with 'CURLOPT_TIMEOUT' first
}

redisContext *connect_bad(void) {
  return redisConnect("127.0.0.1", 6379);
  // CHECK: :[[@LINE-1]]:10: warning: network call to 'redisConnect' has no time-out
  // CHECK: :[[@LINE-2]]:10: note: use 'redisConnectWithTimeout' instead
}

redisContext *connect_ok(void) {
  struct timeval limit = {1, 0};
  return redisConnectWithTimeout("127.0.0.1", 6379, limit);
}

CURL *returned_ok(void) {
  CURL *curl = curl_easy_init();
  curl_easy_perform(curl);
  return curl;
}

//===--- a function that makes handles
//-------------------------------------===//

static CURL *make_bare(void) {
  CURL *curl = curl_easy_init();
  if (!curl)
    return NULL;
  curl_easy_setopt(curl, CURLOPT_URL, "");
  return curl;
}
static CURL *make_limited(void) {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 20L);
  return curl;
}
CURL *make_elsewhere(void);
int made_bad(void) {
  CURL *curl = make_bare();
  return curl_easy_perform(curl);
  // CHECK: :[[@LINE-1]]:10: warning: network call to 'curl_easy_perform' has no time-out
  // CHECK: note: no use of 'curl' gives it a time-out
  // CHECK: note: set one with
}
int made_ok(void) {
  CURL *curl = make_bare();
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 20L);
  return curl_easy_perform(curl);
}
int made_limited_ok(void) {
  CURL *curl = make_limited();
  return curl_easy_perform(curl);
}
int made_elsewhere_ok(void) {
  CURL *curl = make_elsewhere();
  return curl_easy_perform(curl);
}

//===--- members of local structures
//---------------------------------------===//

struct http {
  CURL *handle;
};
int post_bad(void) {
  struct http h = {0};
  h.handle = curl_easy_init();
  return curl_easy_perform(h.handle);
  // CHECK: :[[@LINE-1]]:10: warning: network call to 'curl_easy_perform' has no time-out
  // CHECK: note: no use of 'handle' gives it a time-out
  // CHECK: note: set one with
}
int get_local_ok(void) {
  struct http h = {0};
  h.handle = curl_easy_init();
  curl_easy_setopt(h.handle, CURLOPT_TIMEOUT, 20L);
  return curl_easy_perform(h.handle);
}
void set_up(struct http *h) {
  curl_easy_setopt(h->handle, CURLOPT_TIMEOUT, 20L);
}
int set_up_ok(void) {
  struct http h = {0};
  h.handle = curl_easy_init();
  set_up(&h);
  return curl_easy_perform(h.handle);
}
