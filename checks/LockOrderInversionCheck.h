//===- LockOrderInversionCheck.h - Locks taken in two orders ----*- C++ -*-===//
// Asks LockOrder for cycles, compares its edges with the declared order, and words
// the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_LOCKORDERINVERSIONCHECK_H
#define THREADLINT_CHECKS_LOCKORDERINVERSIONCHECK_H

#include "checks/CheckInfo.h"
#include "checks/LockCheckBase.h"

namespace threadlint {

class DeclaredOrder;
struct LockEdge;

/// Two threads that take the same locks in opposite orders wait for each other for
/// ever. CERT CON35-C, CWE-833, Core Guidelines CP.21.
class LockOrderInversionCheck : public LockCheckBase {
public:
  static const CheckInfo Info;
  LockOrderInversionCheck(llvm::StringRef Name,
                          clang::tidy::ClangTidyContext *Context);
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

private:
  using Cycle = std::vector<const LockEdge *>;

  void checkUnit(TranslationUnit &TU) override;
  void reportViolation(TranslationUnit &TU, const LockEdge &E);
  void reportPair(TranslationUnit &TU, const LockEdge &E);
  void reportCycle(TranslationUnit &TU, const Cycle &C);
  void noteEdge(TranslationUnit &TU, const LockEdge &E);
  void noteWayOut(TranslationUnit &TU, clang::SourceLocation Loc);
  bool startReport(TranslationUnit &TU, const LockEdge &E,
                   clang::SourceLocation &Loc);

  const std::string LockOrderText;
  /// Names in the order that the option demands, one list for each statement.
  std::vector<std::vector<std::string>> Demanded;
};

} // namespace threadlint

#endif
