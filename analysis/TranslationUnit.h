//===- TranslationUnit.h - All analyses of one AST --------------*- C++ -*-===//
// Owns Models, LockPaths, FunctionIndex, Summaries, Tasks and ExitPaths of one
// AST. Everything in it is computed when first asked for and shared by all
// checks; nothing in it knows of diagnostics.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_TRANSLATIONUNIT_H
#define THREADLINT_ANALYSIS_TRANSLATIONUNIT_H

#include "analysis/Accesses.h"
#include "analysis/Exceptions.h"
#include "analysis/ExitPaths.h"
#include "analysis/FlagValues.h"
#include "analysis/FunctionIndex.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "analysis/Summaries.h"
#include "analysis/Tasks.h"
#include "analysis/ThreadCalls.h"
#include "clang/Basic/SourceLocation.h"
#include <map>
#include <memory>
#include <tuple>

namespace threadlint {

class ConditionUses;
class GuardInference;
class LockedAccesses;
class Shutdowns;

/// Not thread-safe: one for each AST, used by the thread that owns the AST.
class TranslationUnit {
public:
  TranslationUnit(clang::ASTContext &Context,
                  std::shared_ptr<const ModelSet> Set);
  ~TranslationUnit();

  clang::ASTContext &context() { return Context; }
  const Models &models() const { return M; }
  LockPaths &paths() { return Paths; }
  FunctionIndex &functions() { return Index; }
  Summaries &summaries() { return All; }
  Tasks &tasks() { return AllTasks; }
  Exceptions &exceptions() { return Thrown; }
  FlagValues &flags() { return Flags; }
  ExitPaths &exitPaths() { return Exits; }
  ThreadCalls &threadCalls() { return Calls; }
  KnownAccesses &bodies() { return Bodies; }
  ConditionUses &conditions();
  LockedAccesses &accesses();
  GuardInference &guards();
  Shutdowns &shutdowns();

  /// See BlockingCalls.h; remembered for each file.
  bool mentionsNonBlocking(const clang::FunctionDecl &F);
  /// See SerializedIo.h; remembered for each lock and object.
  bool serializesIo(const LockPath &Lock, const Blocking &Blocks,
                    const LockPath *Io);

private:
  clang::ASTContext &Context;
  Models M;
  LockPaths Paths;
  FunctionIndex Index;
  Summaries All;
  Tasks AllTasks;
  Exceptions Thrown;
  FlagValues Flags;
  ExitPaths Exits;
  ThreadCalls Calls;
  KnownAccesses Bodies;
  std::unique_ptr<ConditionUses> Conditions;
  std::unique_ptr<LockedAccesses> Shared;
  std::unique_ptr<GuardInference> Guards;
  std::unique_ptr<Shutdowns> Stops;
  llvm::DenseMap<clang::FileID, bool> NonBlockingFiles;
  std::map<std::tuple<const LockPath *, const LockPath *, Category, bool>, bool>
      SerializedIo;
};

} // namespace threadlint

#endif
