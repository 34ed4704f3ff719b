// A mock of libpq and libpqxx: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_LIBPQ_H
#define THREADLINT_TEST_INPUTS_LIBPQ_H

extern "C" {
typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
PGconn *PQconnectdb(const char *);
PGresult *PQexec(PGconn *, const char *);
PGresult *PQgetResult(PGconn *);
int PQsendQuery(PGconn *, const char *);
char *PQgetvalue(const PGresult *, int, int);
}
namespace pqxx {
class transaction_base { public: int exec(const char *); void commit(); };
class work : public transaction_base {};
}

#endif
