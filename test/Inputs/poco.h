// A mock of POCO: only the declarations that the tests use.
// What takes a lambda has a body: the compiler insists on one.
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
class Runnable { public: virtual ~Runnable(); virtual void run() = 0; };
class Task : public Runnable {};
class Thread {
public:
  void start(Runnable &);
  template <class F> void startFunc(F &&) {}
  void join();
  static bool sleep(long);
};
class ThreadPool { public: void start(Runnable &); void joinAll(); void stopAll(); };
class TaskManager { public: void start(Task *); void joinAll(); };
class File { public: bool exists() const; };
class Timespan { public: Timespan(long, long); };
namespace Net {
class HTTPRequest {};
class HTTPResponse {};
class HTTPSession { public: void setTimeout(const Timespan &); void setKeepAlive(bool); };
class HTTPClientSession : public HTTPSession {
public:
  HTTPClientSession();
  HTTPClientSession(const char *, unsigned short = 80);
  virtual ~HTTPClientSession();
  virtual int &sendRequest(HTTPRequest &);
  virtual int &receiveResponse(HTTPResponse &);
};
class StreamSocket { public: int receiveBytes(void *, int); void close(); };
}
namespace Data {
class Statement { public: unsigned long execute(); };
}
}

#endif
