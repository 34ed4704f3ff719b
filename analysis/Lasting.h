//===- Lasting.h - May this code go on for long? ----------------*- C++ -*-===//
// Why a piece of code may not come to its end soon: it waits for somebody,
// loops until something happens, or calls what cannot be seen. Part of the
// analyses; what follows for a thread or for main is left to LostWork.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LASTING_H
#define THREADLINT_ANALYSIS_LASTING_H

#include "llvm/ADT/DenseMap.h"

namespace clang {
class Expr;
class FunctionDecl;
class QualType;
class Stmt;
} // namespace clang

namespace threadlint {

struct FunctionModel;
class TranslationUnit;

/// Bits; none of them: it ends soon, as far as one can see, and it can be seen.
enum Lasts : unsigned {
  LastsNot = 0,
  LastsWait = 1,        ///< waits for another thread
  LastsNetwork = 2,     ///< waits for a peer
  LastsProcess = 4,     ///< waits for another process
  LastsInput = 8,       ///< waits for a human
  LastsLoop = 16,       ///< loops until something happens
  LastsSleep = 32,      ///< sleeps for long, or nobody knows how long
  LastsEnd = 64,        ///< ends the process
  LastsUnseen = 128,    ///< calls what cannot be seen
  LastsService = 256,   ///< … and has the name of something that goes on
  LastsThreadEnd = 512, ///< ends the thread, perhaps not the process
};

/// Remembers the answers about functions; for one AST.
class Lasting {
public:
  explicit Lasting(TranslationUnit &TU) : TU(TU) {}

  /// What the body of \p F, any function, may do. A recursion adds nothing.
  unsigned of(const clang::FunctionDecl *F);
  /// What all of the statement \p Root may do, lambdas' bodies left out.
  unsigned ofTree(const clang::Stmt *Root);
  /// What the call or construction \p E may do, its arguments left out.
  unsigned ofCall(const clang::Expr &E);
  /// The same for the destructor of an object of type \p T.
  unsigned ofEnd(clang::QualType T);
  /// LastsLoop if the statement \p S is a loop that ends when something
  /// happens.
  unsigned ofLoop(const clang::Stmt &S);

private:
  unsigned ofBlocking(const clang::Expr &E, const FunctionModel &M);
  unsigned ofUnmodelled(const clang::Expr &E, const clang::FunctionDecl &F);
  unsigned ofCallables(const clang::Expr &E);
  unsigned ofStmt(const clang::Stmt &S);
  bool makesProgress(const clang::Expr *Condition);

  TranslationUnit &TU;
  llvm::DenseMap<const clang::FunctionDecl *, unsigned> Known;
  unsigned Depth = 0; ///< of nested types
  unsigned Calls = 0; ///< under way
};

/// A function of the standard library, or of a namespace that its
/// implementation keeps to itself: __gnu_cxx, with the iterators of vectors.
bool isOfImplementation(const clang::FunctionDecl &F);

} // namespace threadlint

#endif
