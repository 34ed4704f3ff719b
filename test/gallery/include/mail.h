// A mail client as many programs have one: libcurl speaks SMTP.
#ifndef THREADLINT_GALLERY_MAIL_H
#define THREADLINT_GALLERY_MAIL_H

#include <cstring>
#include <curl/curl.h>
#include <string>

namespace mail {

struct Message {
  std::string to;
  std::string subject;
  std::string body;
};

inline size_t readBody(char *buffer, size_t size, size_t count, void *rest) {
  std::string &text = *static_cast<std::string *>(rest);
  size_t length = text.copy(buffer, size * count);
  text.erase(0, length);
  return length;
}

inline bool send(const Message &message) {
  CURL *curl = curl_easy_init();
  if (!curl)
    return false;
  std::string text = "To: " + message.to + "\r\nSubject: " + message.subject + "\r\n\r\n" + message.body;
  curl_slist *to = curl_slist_append(nullptr, message.to.c_str());
  curl_easy_setopt(curl, CURLOPT_URL, "smtp://mail.example.com");
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, "<shop@example.com>");
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, readBody);
  curl_easy_setopt(curl, CURLOPT_READDATA, &text);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L); curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 60000L);
  CURLcode code = curl_easy_perform(curl);
  curl_slist_free_all(to);
  curl_easy_cleanup(curl);
  return code == CURLE_OK;
}

} // namespace mail

#endif
