// RUN: %check %s -- -std=c++17
#include "wx.h"

wxMutex mu;
wxCriticalSection section;

void calls_bad(wxThread &thread, wxMessageQueue<int> &queue, wxSemaphore &s) {
  wxMutexLocker lock(mu);
  thread.Wait();
  // CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  wxMilliSleep(5);
  // CHECK: :[[@LINE-1]]:3: warning: call to 'wxMilliSleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  wxThread::Sleep(5);
  // CHECK: :[[@LINE-1]]:3: warning: call to 'Sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  int message;
  queue.Receive(message);
  // CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Receive' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  s.Wait();
  // CHECK: :[[@LINE-1]]:5: warning: call to 'Wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void section_bad() {
  section.Enter();
  wxMilliSleep(5);
  // CHECK: :[[@LINE-1]]:3: warning: call to 'wxMilliSleep' may block (sleep) while lock 'section' is held [threadlint-slow-call-under-lock]
  section.Leave();
  wxMilliSleep(5);
}

void tried_ok() {
  if (mu.TryLock() == wxMUTEX_NO_ERROR)
    mu.Unlock();
  else
    wxMilliSleep(5);
}
