// A mock of SQLite: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_SQLITE3_H
#define THREADLINT_TEST_INPUTS_SQLITE3_H

extern "C" {
typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
int sqlite3_open(const char *, sqlite3 **);
int sqlite3_exec(sqlite3 *, const char *, void *, void *, char **);
int sqlite3_step(sqlite3_stmt *);
int sqlite3_bind_int(sqlite3_stmt *, int, int);
int sqlite3_column_int(sqlite3_stmt *, int);
}

#endif
