//===- Baseline.h - Findings that are known and accepted --------*- C++ -*-===//
// The file that knows findings: reading, writing, and taking what it knows out
// of a report. Finds them again by their fingerprints. docs/formats.md describes
// the file.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_BASELINE_H
#define THREADLINT_DRIVER_BASELINE_H

#include "driver/Finding.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <vector>

namespace threadlint {

/// One line of the file.
struct KnownFinding {
  std::string File; ///< as in reports, relative to the root
  std::string Check;
  std::string Message; ///< without places; for people
  std::string Fingerprint;
};

/// Whether this run would have found again what is in the file (a path as in
/// KnownFinding). Where it did not look, nothing is called stale or forgotten.
using WasLinted = llvm::function_ref<bool(llvm::StringRef File)>;

class Baseline {
public:
  /// An error is one sentence with \p Name and a line.
  static llvm::Expected<Baseline> parse(llvm::StringRef Text,
                                        llvm::StringRef Name);

  /// The same for a file. None there is an error, too.
  static llvm::Expected<Baseline> read(llvm::StringRef File);

  /// Takes the known findings out of \p R and counts them there. The answer is
  /// what is known but was not found: stale entries.
  std::vector<KnownFinding> takeKnown(Report &R, WasLinted Linted) const;

  /// From now on all findings of \p R are known, and of the files that were
  /// linted no others.
  void replace(const Report &R, WasLinted Linted);

  /// Sorted, one finding a line, so that version control can merge it.
  void print(llvm::raw_ostream &OS) const;

  /// Prints to a file, which changes as a whole or not at all.
  llvm::Error write(llvm::StringRef File) const;

private:
  std::vector<KnownFinding> Known;
};

} // namespace threadlint

#endif
