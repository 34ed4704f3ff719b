// A mock of wxWidgets: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_WX_H
#define THREADLINT_TEST_INPUTS_WX_H

enum wxMutexError { wxMUTEX_NO_ERROR = 0, wxMUTEX_BUSY };
class wxMutex {
public:
  wxMutex();
  ~wxMutex();
  wxMutexError Lock();
  wxMutexError TryLock();
  wxMutexError Unlock();
};
class wxMutexLocker {
public:
  explicit wxMutexLocker(wxMutex &mutex);
  ~wxMutexLocker();
  bool IsOk() const;
};
class wxCriticalSection {
public:
  wxCriticalSection();
  void Enter();
  void Leave();
};
class wxCriticalSectionLocker {
public:
  explicit wxCriticalSectionLocker(wxCriticalSection &section);
  ~wxCriticalSectionLocker();
};
class wxCondition {
public:
  explicit wxCondition(wxMutex &mutex);
};
class wxSemaphore {
public:
  int Wait();
  int Post();
};
class wxThread {
public:
  void *Wait();
  static void Sleep(unsigned long ms);
};
void wxMilliSleep(unsigned long ms);
template <typename T> class wxMessageQueue {
public:
  int Post(const T &message);
  int Receive(T &message);
};

#endif
