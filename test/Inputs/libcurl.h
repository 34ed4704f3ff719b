// A mock of libcurl: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_LIBCURL_H
#define THREADLINT_TEST_INPUTS_LIBCURL_H

extern "C" {
typedef void CURL;
typedef void CURLM;
int curl_easy_perform(CURL *);
int curl_easy_setopt(CURL *, int, ...);
int curl_multi_perform(CURLM *, int *);
int curl_multi_wait(CURLM *, void *, unsigned, int, int *);
}

#endif
