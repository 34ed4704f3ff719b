//===- ThreadLimits.h - What keeps the number of threads down ---*- C++ -*-===//
// For an expression that makes a thread and a region that runs it again and
// again: a join, a semaphore, a counter that is compared with a limit, a flag
// that lets it happen once. Part of the analyses; which expressions make
// threads is ThreadGrowth's question.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_THREADLIMITS_H
#define THREADLINT_ANALYSIS_THREADLIMITS_H

#include "clang/AST/Type.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"

namespace clang {
class ASTContext;
class CXXRecordDecl;
class Expr;
class FunctionDecl;
class Stmt;
class ParmVarDecl;
class ValueDecl;
} // namespace clang

namespace threadlint {

class FunctionIndex;
class LoopBounds;
class LoopFlow;
class Models;
struct FunctionModel;

/// Of one AST.
class ThreadLimits {
public:
  ThreadLimits(clang::ASTContext &Context, const Models &M,
               FunctionIndex &Index, LoopBounds &Bounds)
      : Context(Context), M(M), Index(Index), Bounds(Bounds) {}

  /// An expression \p Site of \p F that makes a thread; \p Handle is the
  /// variable or member that holds the thread, or null.
  struct Place {
    const clang::FunctionDecl &F;
    LoopFlow &Flow;
    const clang::Expr *Site;
    const clang::ValueDecl *Handle;
  };

  /// Something in each round of \p Loop, which is around \p P, bounds the
  /// number of threads that are alive, or lets only one start.
  bool inLoop(const Place &P, const clang::Stmt *Loop);
  /// Something in the body of P.F does so for all its calls.
  bool inFunction(const Place &P);
  /// A condition of P.F compares a depth, a count or a size worth a thread, or a
  /// parameter that each call hands on smaller.
  bool cutsOff(const Place &P);

  /// Running \p F waits for a thread, a result or a permit, as far as bodies are
  /// visible.
  bool joins(const clang::FunctionDecl *F);
  /// A round of \p Loop takes input, or waits for work.
  bool takesInput(const Place &P, const clang::Stmt *Loop,
                  const clang::Expr *&By);
  /// A round of \p Loop sleeps.
  bool sleeps(const Place &P, const clang::Stmt *Loop);
  /// Only some value of an event, command or state leads to the site.
  bool isSelected(const Place &P, const clang::Stmt *Loop);

private:
  bool inRegion(const Place &P, const clang::Stmt *Region, bool IsLoop);
  bool limitsByCall(const Place &P, const clang::Expr &Call,
                    const clang::Stmt *Region, bool IsLoop);
  bool isLimitTest(const clang::Expr *E, const Place &P,
                   const clang::Stmt *Region, bool AnyCounter);
  bool isLimited(const clang::Expr *E, const Place &P,
                 const clang::Stmt *Region);
  bool isStepped(const clang::Expr *E, const Place &P);
  bool countsDown(const clang::ParmVarDecl &Parameter,
                  const clang::FunctionDecl &F) const;
  bool isOnce(const clang::Expr *Condition, const Place &P,
              const clang::Stmt *Region, bool IsHeader);
  bool waitIsLimited(const clang::Expr &Wait, const Place &P,
                     const clang::Stmt *Region);
  const FunctionModel *model(const clang::Expr &Call) const;

  clang::ASTContext &Context;
  const Models &M;
  FunctionIndex &Index;
  LoopBounds &Bounds;
  enum class Answer : uint8_t { Open, No, Yes };
  llvm::DenseMap<const clang::FunctionDecl *, Answer> Joins;
};

} // namespace threadlint

#endif
