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

DWORD task(void *h) { return WaitForSingleObject(h, INFINITE); }
unsigned task2(void *h) { return WaitForSingleObject(h, INFINITE); }
void task3(void *h) { WaitForSingleObject(h, INFINITE); }

void spawns_ok(HANDLE h) {
  EnterCriticalSection(&mu);
  CreateThread(nullptr, 0, task, h, 0, nullptr);
  _beginthreadex(nullptr, 0, task2, h, 0, nullptr);
  _beginthread(task3, 0, h);
  QueueUserWorkItem(task, h, 0);
  LeaveCriticalSection(&mu);
}

void joins_bad(HANDLE *handles) {
  EnterCriticalSection(&mu);
  WaitForMultipleObjects(2, handles, 1, INFINITE);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'WaitForMultipleObjects' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  LeaveCriticalSection(&mu);
}
