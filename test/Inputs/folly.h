// A mock of Folly: only the declarations that the tests use.
// What takes a lambda has a body: the compiler insists on one.
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
template <class T> class Future {
public:
  T get() &&;
  Future &wait();
  bool isReady() const;
  template <class F> Future thenValue(F &&) && { return static_cast<Future &&>(*this); }
};
template <class T> class Promise { public: void setValue(T); Future<T> getFuture(); };
template <class F> class Function;
template <class R> class Function<R()> { public: template <class F> Function(F) {} };
using Func = Function<void()>;
class Executor { public: virtual ~Executor(); virtual void add(Func) = 0; };
template <class F> Future<int> via(Executor *, F &&) { return {}; }
class InlineExecutor : public Executor { public: void add(Func) override; };
class ThreadPoolExecutor : public Executor { public: void stop(); void join(); };
class CPUThreadPoolExecutor : public ThreadPoolExecutor {
public:
  explicit CPUThreadPoolExecutor(int);
  void add(Func) override;
};
class EventBase : public Executor {
public:
  void runInEventBaseThread(Func);
  void runInEventBaseThreadAndWait(Func);
  void loopForever();
};
class Subprocess { public: int wait(); };
int fsyncNoInt(int fd);
}

#endif
