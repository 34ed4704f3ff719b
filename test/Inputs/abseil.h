// A mock of Abseil: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_ABSEIL_H
#define THREADLINT_TEST_INPUTS_ABSEIL_H

namespace absl {
inline namespace lts_20230802 {
class Mutex {
public:
  void Lock();
  void Unlock();
  bool TryLock();
  void ReaderLock();
  void ReaderUnlock();
  void Await(const bool &);
};
class MutexLock { public: explicit MutexLock(Mutex *); ~MutexLock(); };
class ReaderMutexLock { public: explicit ReaderMutexLock(Mutex *); ~ReaderMutexLock(); };
class ReleasableMutexLock { public: explicit ReleasableMutexLock(Mutex *); ~ReleasableMutexLock(); void Release(); };
class CondVar { public: void Wait(Mutex *); void Signal(); };
class Notification { public: void WaitForNotification() const; void Notify(); bool HasBeenNotified() const; };
class BlockingCounter { public: void Wait(); bool DecrementCount(); };
class Duration {};
Duration Seconds(int);
void SleepFor(Duration);
}
}

#endif
