// What the gallery uses of libcurl.
#ifndef THREADLINT_GALLERY_CURL_H
#define THREADLINT_GALLERY_CURL_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif
typedef void CURL;
typedef int CURLcode;
struct curl_slist;
enum { CURLE_OK = 0 };
typedef enum {
  CURLOPT_WRITEDATA = 10001,
  CURLOPT_URL = 10002,
  CURLOPT_READDATA = 10009,
  CURLOPT_TIMEOUT_MS = 155,
  CURLOPT_MAIL_FROM = 10186,
  CURLOPT_MAIL_RCPT = 10187,
  CURLOPT_WRITEFUNCTION = 20011,
  CURLOPT_READFUNCTION = 20012,
  CURLOPT_UPLOAD = 46
} CURLoption;
CURL *curl_easy_init(void);
CURLcode curl_easy_setopt(CURL *handle, CURLoption option, ...);
CURLcode curl_easy_perform(CURL *handle);
void curl_easy_cleanup(CURL *handle);
struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text);
void curl_slist_free_all(struct curl_slist *list);
#ifdef __cplusplus
}
#endif

#endif
