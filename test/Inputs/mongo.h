// A mock of the MongoDB drivers: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_MONGO_H
#define THREADLINT_TEST_INPUTS_MONGO_H

extern "C" {
typedef struct mongoc_cursor_t mongoc_cursor_t;
typedef struct mongoc_collection_t mongoc_collection_t;
bool mongoc_cursor_next(mongoc_cursor_t *, const void **);
bool mongoc_collection_insert_one(mongoc_collection_t *, const void *, const void *, void *, void *);
void mongoc_cursor_destroy(mongoc_cursor_t *);
}
namespace mongocxx {
namespace v_noabi {
class collection { public: void insert_one(int); int find_one(int); int name() const; };
}
using v_noabi::collection;
}

#endif
