// A mock of OpenSSL: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_OPENSSL_H
#define THREADLINT_TEST_INPUTS_OPENSSL_H

extern "C" {
typedef struct ssl_st SSL;
int SSL_connect(SSL *);
int SSL_read(SSL *, void *, int);
int SSL_write(SSL *, const void *, int);
int SSL_pending(const SSL *);
}

#endif
