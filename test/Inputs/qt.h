// A mock of Qt: only the declarations that the tests use.
// What takes a lambda has a body: the compiler insists on one.
#ifndef THREADLINT_TEST_INPUTS_QT_H
#define THREADLINT_TEST_INPUTS_QT_H

class QBasicMutex { public: void lock(); bool try_lock(); void unlock(); };
class QMutex : public QBasicMutex {
public:
  enum RecursionMode { NonRecursive, Recursive };
  explicit QMutex(RecursionMode = NonRecursive);
  ~QMutex();
  bool tryLock(int = 0);
};
class QReadWriteLock { public: void lockForRead(); void lockForWrite(); void unlock(); };
template <class M> class QMutexLocker {
public:
  explicit QMutexLocker(M *);
  ~QMutexLocker();
  void unlock();
  void relock();
};
class QReadLocker { public: explicit QReadLocker(QReadWriteLock *); ~QReadLocker(); void unlock(); };
class QWriteLocker { public: explicit QWriteLocker(QReadWriteLock *); ~QWriteLocker(); };
class QWaitCondition { public: bool wait(QMutex *); bool wait(QMutex *, unsigned long); void wakeAll(); void wakeOne(); };
class QThread {
public:
  template <class F> static QThread *create(F &&) { __builtin_trap(); }
  virtual ~QThread();
  void start(int = 0);
  void terminate();
  bool wait();
  bool isInterruptionRequested() const;
  static void msleep(unsigned long);

protected:
  virtual void run();
  int exec();
};
template <class T> class QBasicAtomicInteger {
public:
  T loadAcquire() const;
  void storeRelease(T);
  T fetchAndAddOrdered(T);
};
class QAtomicInt : public QBasicAtomicInteger<int> {};
class QThreadPool {
public:
  template <class F> void start(F, int = 0) {}
  template <class F> bool tryStart(F) { __builtin_trap(); }
  bool waitForDone(int = -1);
};
template <class T> class QFuture { public: void waitForFinished(); T result() const; };
namespace QtConcurrent {
template <class F, class... A> QFuture<int> run(F &&, A &&...) { __builtin_trap(); }
template <class F, class... A> QFuture<int> run(QThreadPool *, F &&, A &&...) { __builtin_trap(); }
template <class S, class F> QFuture<void> map(S &, F) { __builtin_trap(); }
template <class S, class F> QFuture<void> mapped(QThreadPool *, const S &, F) { __builtin_trap(); }
template <class S, class F> void blockingMap(S &, F) {}
}
class QIODevice { public: virtual ~QIODevice(); virtual bool waitForReadyRead(int); };
class QAbstractSocket : public QIODevice { public: bool waitForConnected(int = 30000); bool waitForReadyRead(int = 30000) override; void abort(); };
class QTcpSocket : public QAbstractSocket {};
class QTcpServer { public: bool waitForNewConnection(int = 0); };
class QProcess : public QIODevice { public: bool waitForFinished(int = 30000); };
class QSqlQuery { public: bool exec(); };

#endif
