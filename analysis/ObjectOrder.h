//===- ObjectOrder.h - Which of two objects comes first? --------*- C++ -*-===//
// Whether the code gives two objects of one class an order: by comparing them, or
// by their place (a member and its owner). Used for pairs of locks only.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_OBJECTORDER_H
#define THREADLINT_ANALYSIS_OBJECTORDER_H

namespace clang {
class FunctionDecl;
} // namespace clang

namespace threadlint {

class LockPath;

/// True if \p First and \p Second, the same member of two objects, may change
/// places from one call of \p F to the next: parameters, `this` and a parameter, or
/// elements of an array, which F does not compare. False: anything else.
bool areUnordered(const LockPath &First, const LockPath &Second,
                  const clang::FunctionDecl &F);

} // namespace threadlint

#endif
