//===- WaitTests.h - Is the state tested again after a wait? ----*- C++ -*-===//
// Judges the code around one condition wait without a predicate: a wait may end
// though nobody has notified, and a notification before it is lost, so the
// state must be tested before and after. CERT CON54-CPP, CON36-C. Part of the
// analyses.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_WAITTESTS_H
#define THREADLINT_ANALYSIS_WAITTESTS_H

#include "analysis/Statements.h"
#include <cstdint>

namespace threadlint {

struct ConditionWait;

enum class WaitVerdict : uint8_t {
  Fine,       ///< tested again, somebody else's business, or unknown
  Untested,   ///< nothing is tested
  TestedOnce, ///< Where tests the state before the wait, nothing after it
  UsedAtOnce, ///< Where uses the state after the wait without a test
  TimeoutIgnored, ///< the same, and only the result says if the predicate holds
};

struct WaitJudgement {
  WaitVerdict Verdict = WaitVerdict::Fine;
  const clang::Expr *Where = nullptr;
};

/// \p W must have no predicate, or a time-out. \p State: the variables and fields
/// that are written by those who notify its condition; may be empty (unknown).
WaitJudgement judgeWait(const ConditionWait &W, const DeclSet &State,
                        const clang::ASTContext &Context);

/// The conditions that are evaluated again after the wait and decide about it: of
/// the innermost loop around it, of the branches around it in that loop, and of
/// those that leave the loop. Empty: there is no loop.
llvm::SmallVector<const clang::Expr *, 2>
loopTests(const ConditionWait &W, const clang::ASTContext &Context);

} // namespace threadlint

#endif
