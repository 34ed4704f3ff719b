//===- EarlyStarts.h - Threads that run before their object does -*- C++
//-*-===//
// Threads that a constructor starts before members that they use are
// initialised, or before the derived object exists; thread members that are
// destroyed after what their threads use. Needs Tasks and ObjectUses; knows
// nothing of diagnostics.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_EARLYSTARTS_H
#define THREADLINT_ANALYSIS_EARLYSTARTS_H

#include <vector>

namespace clang {
class CXXMethodDecl;
class Expr;
class FieldDecl;
class FunctionDecl;
} // namespace clang

namespace threadlint {

struct Task;
class TranslationUnit;

/// One member that comes too late, or is gone too early.
struct LateMember {
  const clang::FieldDecl *Field;
  const clang::Expr *Use; ///< by the thread
  const clang::Expr *Set; ///< SetLater: where it gets its value
};

struct EarlyStart {
  enum class Kind : unsigned char {
    DeclaredLater,  ///< members are initialised after the thread has started
    SetLater,       ///< the same function sets members after that
    Virtual,        ///< the thread calls a virtual function of a derived class
    DestroyedLater, ///< the thread ends after members that it uses
  };
  Kind How;
  const Task *T; ///< owned by Tasks
  /// The spawn, or the call in the constructor that leads to it.
  const clang::Expr *Where;
  std::vector<LateMember> Members;              ///< not for Virtual
  const clang::FieldDecl *Thread = nullptr;     ///< DestroyedLater
  const clang::CXXMethodDecl *Called = nullptr; ///< Virtual
  /// A function of a derived class that is called instead. Null: it is pure.
  const clang::CXXMethodDecl *Override = nullptr;
  const clang::Expr *Call = nullptr; ///< Virtual: by the thread
};

/// In the order of the source's functions. Empty for threads of which it is not
/// known what they do with the object.
std::vector<EarlyStart> earlyStarts(TranslationUnit &TU);

} // namespace threadlint

#endif
