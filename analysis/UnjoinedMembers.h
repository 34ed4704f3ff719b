//===- UnjoinedMembers.h - Members whose threads nobody joins ---*- C++ -*-===//
// Threads that a class starts into one of its members, and that no code of the
// translation unit joins, detaches or hands out. Needs Tasks; what one function
// does with its threads is left to ThreadStates.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_UNJOINEDMEMBERS_H
#define THREADLINT_ANALYSIS_UNJOINEDMEMBERS_H

#include <vector>

namespace clang {
class CXXDestructorDecl;
class Expr;
class FieldDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

struct UnjoinedMember {
  const clang::FieldDecl *Member;
  const clang::Expr *Start; ///< where the thread starts
  /// The destructor that does not join it. Null: the compiler's.
  const clang::CXXDestructorDecl *Destructor;
};

/// Members of type std::thread or the like whose destructor ends the process. Only
/// where all code that could join them is visible, and something shows that
/// objects of the class are destroyed.
std::vector<UnjoinedMember> unjoinedMembers(TranslationUnit &TU);

} // namespace threadlint

#endif
