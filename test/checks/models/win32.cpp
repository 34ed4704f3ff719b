// RUN: %check %s -- -std=c++20
#include "win32.h"

CRITICAL_SECTION mu;
SRWLOCK srw;

void calls_bad(HANDLE h, void *buf) {
  EnterCriticalSection(&mu);
  Sleep(10);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  WaitForSingleObject(h, INFINITE);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'WaitForSingleObject' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  ReadFile(h, buf, 1, 0, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'ReadFile' may block (file) while lock 'mu' is held [threadlint-slow-call-under-lock]
  FlushFileBuffers(h);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'FlushFileBuffers' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  LeaveCriticalSection(&mu);
}

void shared_bad(HANDLE h) {
  AcquireSRWLockShared(&srw);
  FlushFileBuffers(h);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'FlushFileBuffers' may block (sync-io) while lock 'srw' is held [threadlint-slow-call-under-lock]
  ReleaseSRWLockShared(&srw);
}

void calls_ok(HANDLE h, CONDITION_VARIABLE *cv) {
  EnterCriticalSection(&mu);
  WaitForSingleObject(h, 0);
  SleepConditionVariableCS(cv, &mu, INFINITE);
  WakeConditionVariable(cv);
  CloseHandle(h);
  LeaveCriticalSection(&mu);
  Sleep(10);
}
