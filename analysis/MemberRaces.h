//===- MemberRaces.h - Members that a class's own thread touches -*- C++ -*-===//
// A thread that an object starts and keeps works on plain fields in a loop, while
// other member functions touch them: whoever calls these races with it. Part of
// the analyses; TaskRaces looks at the function that starts it.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_MEMBERRACES_H
#define THREADLINT_ANALYSIS_MEMBERRACES_H

#include "analysis/TaskRaces.h"

namespace threadlint {

/// At most one for each field of each task of \p F. Only places where neither
/// side holds a lock; functions that set things up, start a thread or wait for
/// its end first do not count, nor do setters.
std::vector<TaskRace> memberRaces(const clang::FunctionDecl &F,
                                  TranslationUnit &TU, ReachedAccesses &Reach);

} // namespace threadlint

#endif
