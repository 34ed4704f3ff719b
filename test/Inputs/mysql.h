// A mock of MySQL: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_MYSQL_H
#define THREADLINT_TEST_INPUTS_MYSQL_H

extern "C" {
typedef struct MYSQL MYSQL;
typedef struct MYSQL_STMT MYSQL_STMT;
int mysql_query(MYSQL *, const char *);
int mysql_ping(MYSQL *);
int mysql_stmt_execute(MYSQL_STMT *);
unsigned long long mysql_affected_rows(MYSQL *);
}
namespace sql {
class Statement { public: virtual ~Statement(); virtual bool execute(const char *) = 0; virtual int getUpdateCount() = 0; };
}

#endif
