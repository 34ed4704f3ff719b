//===- ThreadMembers.h - Does a class end its thread in time? ---*- C++ -*-===//
// Whether the destructor or another function of a class may end the thread that
// a member holds, before that member's own destructor does. Part of the
// analyses; asked for findings only.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_THREADMEMBERS_H
#define THREADLINT_ANALYSIS_THREADMEMBERS_H

namespace clang {
class CXXRecordDecl;
class FieldDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

/// False: no function of \p R or of its bases does anything to \p Thread, a
/// member of R or of a base, but start the thread and ask it to stop; and the
/// destructor of R, which is seen, waits for nobody. A base's destructor is too
/// late for R.
bool mayEndThread(const clang::CXXRecordDecl &R, const clang::FieldDecl &Thread,
                  TranslationUnit &TU);

} // namespace threadlint

#endif
