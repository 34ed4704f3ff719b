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
struct Blocking;

/// True if \p Lock and the stream, file or socket \p Io that blocks in the way
/// \p Blocks are members of one object (a lock and a file may also both be
/// globals) and the visible critical sections of the lock use little else: no
/// collection, no condition variable, and nothing that a section with the I/O
/// object does not use too. False if \p Io is null or unknown.
bool serializesIo(TranslationUnit &TU, const LockPath &Lock,
                  const Blocking &Blocks, const LockPath *Io);

} // namespace threadlint

#endif
