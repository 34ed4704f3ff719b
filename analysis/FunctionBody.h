//===- FunctionBody.h - The statements that a user wrote --------*- C++ -*-===//
// The body of a function without what the compiler puts around that of a
// coroutine. For analyses that build a graph of it or walk over it.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_FUNCTIONBODY_H
#define THREADLINT_ANALYSIS_FUNCTIONBODY_H

#include "clang/AST/Decl.h"
#include "clang/AST/StmtCXX.h"

namespace threadlint {

/// Null: \p F has no body here.
inline clang::Stmt *writtenBody(const clang::FunctionDecl &F) {
  clang::Stmt *Body = F.getBody();
  auto *Coroutine = llvm::dyn_cast_or_null<clang::CoroutineBodyStmt>(Body);
  return Coroutine ? Coroutine->getBody() : Body;
}

} // namespace threadlint

#endif
