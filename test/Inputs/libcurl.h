// A mock of libcurl: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_LIBCURL_H
#define THREADLINT_TEST_INPUTS_LIBCURL_H

#ifdef __cplusplus
extern "C" {
#endif
typedef void CURL;
typedef void CURLM;
enum CURLoption { CURLOPT_URL = 10002, CURLOPT_TIMEOUT = 13, CURLOPT_TIMEOUT_MS = 155, CURLOPT_CONNECTTIMEOUT = 78, CURLOPT_LOW_SPEED_TIME = 20 };
CURL *curl_easy_init(void);
CURL *curl_easy_duphandle(CURL *);
void curl_easy_cleanup(CURL *);
int curl_easy_getinfo(CURL *, int, ...);
int curl_easy_perform(CURL *);
int curl_easy_setopt(CURL *, int, ...);
int curl_multi_perform(CURLM *, int *);
int curl_multi_wait(CURLM *, void *, unsigned, int, int *);
#ifdef __cplusplus
}
#endif

#endif
