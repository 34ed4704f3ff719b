// A mock of Folly: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_FOLLY_H
#define THREADLINT_TEST_INPUTS_FOLLY_H

namespace folly {
template <bool ReaderPriority> class SharedMutexImpl {
public:
  void lock();
  void unlock();
  void lock_shared();
  void unlock_shared();
};
using SharedMutex = SharedMutexImpl<false>;
template <bool MayBlock = true> class Baton { public: void wait(); void post(); bool ready() const; };
template <class T> class Future { public: T get() &&; Future &wait(); bool isReady() const; };
class Subprocess { public: int wait(); };
int fsyncNoInt(int fd);
}

#endif
