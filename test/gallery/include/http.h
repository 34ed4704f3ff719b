// An HTTP client as many programs have one.
#ifndef THREADLINT_GALLERY_HTTP_H
#define THREADLINT_GALLERY_HTTP_H

#include <curl/curl.h>
#include <string>

namespace http {

inline size_t append(char *data, size_t size, size_t count, void *to) {
  static_cast<std::string *>(to)->append(data, size * count);
  return size * count;
}

/// The body of the answer; empty if there is none.
inline std::string get(const std::string &url) {
  CURL *curl = curl_easy_init();
  if (!curl)
    return {};
  std::string body;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body); curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 60000L);
  CURLcode code = curl_easy_perform(curl);
  curl_easy_cleanup(curl);
  return code == CURLE_OK ? body : std::string();
}

} // namespace http

#endif
