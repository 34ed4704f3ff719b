// A mock of the Windows API: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_WIN32_H
#define THREADLINT_TEST_INPUTS_WIN32_H

#define INFINITE 0xFFFFFFFF
extern "C" {
typedef unsigned int DWORD; // 32 bits, as there
typedef void *HANDLE;
typedef struct _RTL_CRITICAL_SECTION { void *Owner; } CRITICAL_SECTION;
typedef struct _RTL_SRWLOCK { void *Ptr; } SRWLOCK;
typedef struct _RTL_CONDITION_VARIABLE { void *Ptr; } CONDITION_VARIABLE;
void EnterCriticalSection(CRITICAL_SECTION *);
int TryEnterCriticalSection(CRITICAL_SECTION *);
void LeaveCriticalSection(CRITICAL_SECTION *);
void AcquireSRWLockShared(SRWLOCK *);
void ReleaseSRWLockShared(SRWLOCK *);
int SleepConditionVariableCS(CONDITION_VARIABLE *, CRITICAL_SECTION *, DWORD);
void WakeConditionVariable(CONDITION_VARIABLE *);
void Sleep(DWORD);
DWORD WaitForSingleObject(HANDLE, DWORD);
DWORD WaitForMultipleObjects(DWORD, const HANDLE *, int, DWORD);
HANDLE CreateThread(void *, unsigned long, DWORD (*)(void *), void *, DWORD, DWORD *);
unsigned long _beginthread(void (*)(void *), unsigned, void *);
unsigned long _beginthreadex(void *, unsigned, unsigned (*)(void *), void *, unsigned, unsigned *);
int QueueUserWorkItem(DWORD (*)(void *), void *, unsigned long);
int ReadFile(HANDLE, void *, DWORD, DWORD *, void *);
int FlushFileBuffers(HANDLE);
int CloseHandle(HANDLE);
}

#endif
