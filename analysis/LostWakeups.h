//===- LostWakeups.h - State that changes behind a waiter's back *- C++ -*-===//
// What those who notify a condition variable write, and which of these writes
// do not hold the lock of the wait: between the waiter's test and its wait
// nothing keeps the write and the notification out, so that the waiter sleeps
// on. CERT CON38-C, Core Guidelines CP.42. Part of the analyses.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LOSTWAKEUPS_H
#define THREADLINT_ANALYSIS_LOSTWAKEUPS_H

#include "analysis/Statements.h"
#include <vector>

namespace threadlint {

class LockPath;
class TranslationUnit;
struct ConditionNotification;
struct ConditionWait;

struct LostWakeup {
  const clang::Expr *Write;        ///< names what is written
  const clang::ValueDecl *Written; ///< a field or a variable with a name
  const ConditionWait *Wait;
  const clang::Expr *Notification; ///< after the write, or a call that notifies
};

/// The variables and fields that are written by functions which notify \p
/// Condition. Empty: unknown.
DeclSet writtenByNotifiers(const LockPath *Condition, TranslationUnit &TU);

/// In the order of the waits; each write once. A writer whose callers may hold
/// the lock, and waits of limited time, are left out.
std::vector<LostWakeup> lostWakeups(TranslationUnit &TU);

} // namespace threadlint

#endif
