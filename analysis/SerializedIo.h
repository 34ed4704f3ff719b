//===- SerializedIo.h - Locks that exist to serialise one output -*- C++ -*-===//
// A logger's sink mutex is there to make its one write atomic: blocking under
// it is the purpose, not a mistake. Asked by checks only for a finding that
// would be reported otherwise.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SERIALIZEDIO_H
#define THREADLINT_ANALYSIS_SERIALIZEDIO_H

namespace threadlint {

class LockPath;
class TranslationUnit;

/// True if \p Lock and the I/O object \p Io are members of one object (or both
/// globals) and the visible critical sections of the lock use little else: no
/// collection, no condition variable, and nothing that a section with the I/O
/// object does not use too. False if \p Io is null or unknown.
bool serializesIo(TranslationUnit &TU, const LockPath &Lock,
                  const LockPath *Io);

} // namespace threadlint

#endif
