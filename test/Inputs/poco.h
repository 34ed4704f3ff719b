// A mock of POCO: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_POCO_H
#define THREADLINT_TEST_INPUTS_POCO_H

namespace Poco {
template <class M> class ScopedLock { public: explicit ScopedLock(M &); ~ScopedLock(); };
template <class M> class ScopedUnlock { public: explicit ScopedUnlock(M &); ~ScopedUnlock(); };
class FastMutex {
public:
  using ScopedLock = Poco::ScopedLock<FastMutex>;
  void lock();
  bool tryLock();
  void unlock();
};
class RWLock { public: void readLock(); void writeLock(); void unlock(); };
class Condition { public: template <class M> void wait(M &); void signal(); };
class Event { public: void wait(); void set(); };
class Thread { public: void join(); static bool sleep(long); };
class File { public: bool exists() const; };
namespace Net {
class StreamSocket { public: int receiveBytes(void *, int); void close(); };
}
namespace Data {
class Statement { public: unsigned long execute(); };
}
}

#endif
