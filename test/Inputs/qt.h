// A mock of Qt: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_QT_H
#define THREADLINT_TEST_INPUTS_QT_H

class QBasicMutex { public: void lock(); bool try_lock(); void unlock(); };
class QMutex : public QBasicMutex { public: QMutex(); ~QMutex(); bool tryLock(int = 0); };
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
class QWaitCondition { public: bool wait(QMutex *); bool wait(QMutex *, unsigned long); void wakeAll(); };
class QThread { public: bool wait(); static void msleep(unsigned long); };
class QIODevice { public: virtual ~QIODevice(); virtual bool waitForReadyRead(int); };
class QAbstractSocket : public QIODevice { public: bool waitForConnected(int = 30000); bool waitForReadyRead(int = 30000) override; void abort(); };
class QTcpSocket : public QAbstractSocket {};
class QProcess : public QIODevice { public: bool waitForFinished(int = 30000); };
class QSqlQuery { public: bool exec(); };

#endif
