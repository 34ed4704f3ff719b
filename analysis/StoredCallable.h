//===- StoredCallable.h - Is a callable kept for later? ---------*- C++ -*-===//
// Recognises executors by shape: a member whose body puts a callable that it is
// given into a queue or container. Which names such members have is in
// models/shapes.yaml.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_STOREDCALLABLE_H
#define THREADLINT_ANALYSIS_STOREDCALLABLE_H

namespace clang {
class FunctionDecl;
} // namespace clang

namespace threadlint {

/// True if the visible body of \p F puts one of its callable parameters, itself
/// or inside another callable, into a container. False: it does not, or there is
/// no body to see.
bool storesCallable(const clang::FunctionDecl &F);

} // namespace threadlint

#endif
