//===- FirstOfTasks.h - Is one of several tasks enough? ---------*- C++ -*-===//
// A wait for a condition that the first of several tasks makes true says nothing
// of the others: "the faster answer wins". Used by TaskEnds.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_FIRSTOFTASKS_H
#define THREADLINT_ANALYSIS_FIRSTOFTASKS_H

namespace clang {
class FunctionDecl;
class Stmt;
} // namespace clang

namespace threadlint {

class TranslationUnit;

/// True if \p Entry, a task's, makes \p Condition true on its own, whatever
/// other tasks do: it sets what the condition reads, and neither counts nor
/// waits. False: not, or unknown.
bool fulfilsAlone(const clang::FunctionDecl &Entry,
                  const clang::Stmt &Condition, TranslationUnit &TU);

} // namespace threadlint

#endif
