//===- TranslationUnit.h - All analyses of one AST --------------*- C++ -*-===//
// Owns Models, LockPaths, FunctionIndex and Summaries of one AST. Everything in
// it is computed when first asked for and shared by all checks; nothing in it
// knows of diagnostics.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_TRANSLATIONUNIT_H
#define THREADLINT_ANALYSIS_TRANSLATIONUNIT_H

#include "analysis/FunctionIndex.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "analysis/Summaries.h"
#include <memory>

namespace threadlint {

/// Not thread-safe: one for each AST, used by the thread that owns the AST.
class TranslationUnit {
public:
  TranslationUnit(clang::ASTContext &Context,
                  std::shared_ptr<const ModelSet> Set)
      : Context(Context), M(std::move(Set)), Paths(M), Index(Context, M),
        All(Context, M, Paths, Index) {}

  clang::ASTContext &context() { return Context; }
  const Models &models() const { return M; }
  LockPaths &paths() { return Paths; }
  FunctionIndex &functions() { return Index; }
  Summaries &summaries() { return All; }

private:
  clang::ASTContext &Context;
  Models M;
  LockPaths Paths;
  FunctionIndex Index;
  Summaries All;
};

} // namespace threadlint

#endif
