//===- HandleUses.h - What code does to a library's handle ------*- C++ -*-===//
// Follows one variable or field that holds a handle (a curl handle, a client,
// the context of a call) through the bodies that name it: does a use give it a
// deadline, or let it get out of sight? A part of Deadlines.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_HANDLEUSES_H
#define THREADLINT_ANALYSIS_HANDLEUSES_H

#include "analysis/Vocabulary.h"
#include <string>

namespace clang {
class CXXRecordDecl;
class Expr;
class FunctionDecl;
class QualType;
class Stmt;
class ValueDecl;
} // namespace clang

namespace threadlint {

class BodyParents;
class TranslationUnit;

/// What one use may do to a handle; what several may do is the largest.
enum class HandleUse : uint8_t {
  Harmless,
  Sets,    ///< gives it a deadline
  Escapes, ///< nobody knows
};

/// Where the value of a handle comes from.
enum class HandleOrigin : uint8_t {
  None,    ///< no handle yet
  Bare,    ///< a new one, without a deadline
  Unknown, ///< somebody else's
};

/// What the initialiser or assigned value \p E, which may be null, makes.
HandleOrigin originOf(const clang::Expr *E, TranslationUnit &TU);

/// The class that a handle of type \p T is, or points to; smart pointers are
/// looked through. Null: a handle without a class.
const clang::CXXRecordDecl *handleClass(clang::QualType T);

class HandleUses {
public:
  /// \p User is a function of the library that works on \p Handle.
  HandleUses(TranslationUnit &TU, const clang::ValueDecl &Handle,
             const clang::FunctionDecl &User);

  /// Adds the uses in a body, and in those of the lambdas in it.
  void add(const clang::FunctionDecl &F) { add(F, *Handle, 0); }
  /// To return the handle is no use: the caller's uses are looked at as well.
  void allowReturn() { MayReturn = true; }

  HandleUse worst() const { return Worst; }
  /// Somebody stores a new handle.
  bool isMade() const { return Made; }

private:
  void add(const clang::FunctionDecl &F, const clang::ValueDecl &Name,
           unsigned Depth);
  void note(HandleUse Use) { Worst = Use > Worst ? Use : Worst; }
  void follow(const clang::Expr *E, const BodyParents &Parents, unsigned Depth);
  const clang::Expr *step(const clang::Expr *E, const clang::Stmt *Above,
                          unsigned Depth);
  const clang::Expr *stepCall(const clang::Expr *E, const clang::Expr &Call,
                              unsigned Depth);
  const clang::Expr *stepStandard(const clang::Expr *E, const clang::Expr &Call,
                                  const clang::FunctionDecl &Callee);
  void assign(const clang::Expr *Value);
  bool isOfLibrary(const clang::FunctionDecl &F) const;
  HandleUse set(const clang::Expr *E, const clang::Expr &Call,
                const FunctionModel &M) const;

  TranslationUnit &TU;
  const clang::ValueDecl *Handle;
  std::string Library; ///< the namespace, or the first word of C functions
  HandleUse Worst = HandleUse::Harmless;
  bool Made = false;
  bool MayReturn = false;
};

} // namespace threadlint

#endif
