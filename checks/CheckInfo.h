//===- CheckInfo.h - What a check is ----------------------------*- C++ -*-===//
// The description of one check: beside the check's code, and the source of its
// registration, of `threadlint list`, of the reports' rules and of
// docs/checks/. The list of all is in plugin/Checks.h.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_CHECKINFO_H
#define THREADLINT_CHECKS_CHECKINFO_H

namespace threadlint {

/// The chapters of the catalogue.
enum class CheckGroup { LockScopes, Threads, Tasks, Primitives };

struct CheckInfo {
  const char *Name;    ///< "threadlint-slow-call-under-lock"
  const char *Summary; ///< the mistake; one clause, lower case, no full stop
  CheckGroup Group;
  bool OnByDefault;
  bool HasFix;
  const char *Since; ///< threadlint's version
  /// "CWE-667", "CERT CON05-C", "Core Guidelines CP.43"; separated by commas.
  const char *References;
};

} // namespace threadlint

#endif
