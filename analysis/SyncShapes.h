//===- SyncShapes.h - Synchronisation classes by their members --*- C++ -*-===//
// Recognises spin locks and wait groups that no model knows by the members that
// they declare. A helper of SyncTypes, which asks about copyable classes only.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SYNCSHAPES_H
#define THREADLINT_ANALYSIS_SYNCSHAPES_H

#include <cstdint>

namespace clang {
class CXXMethodDecl;
class CXXRecordDecl;
} // namespace clang

namespace threadlint {

/// Whether \p R, a complete class, is a lock or a wait group whose state is in
/// the object itself: a handle to state elsewhere may be copied. Unknown: no.
bool hasSyncShape(const clang::CXXRecordDecl *R);

/// Whether \p Operation, a copy or move operation that somebody wrote, takes
/// something from the other object. Unknown (no body): no.
bool takesState(const clang::CXXMethodDecl *Operation);

/// What a member function of a wait group does to its count.
enum class WaitGroupMember : uint8_t { None, Add, Done, Wait };

/// Wherever the state of the wait group is. None: the class has not the shape.
WaitGroupMember waitGroupMember(const clang::CXXMethodDecl &Method);

} // namespace threadlint

#endif
