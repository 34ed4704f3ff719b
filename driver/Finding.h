//===- Finding.h - What a run over many sources found -----------*- C++ -*-===//
// The data that flows through the driver: Worker fills it, Changes and Baseline
// filter it, the formats write it. Plain values, no clang types.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_FINDING_H
#define THREADLINT_DRIVER_FINDING_H

#include <string>
#include <tuple>
#include <vector>

namespace threadlint {

/// A place in a source. Lines and columns count from 1 (columns in bytes); line
/// 0 means that the place is unknown.
struct Location {
  std::string File; ///< absolute, without `..`
  unsigned Offset = 0;
  unsigned Line = 0, Column = 0;
};

struct Note {
  Location Where;
  std::string Message;
};

/// Replaces Length bytes at Where.
struct Edit {
  Location Where;
  unsigned Length = 0;
  std::string Text;
};

struct Finding {
  std::string Check; ///< "threadlint-slow-call-under-lock"
  std::string Message;
  Location Where;
  std::vector<Note> Notes; ///< the path, and last a way out
  std::vector<Edit> Fix;   ///< empty: there is none
  /// Hexadecimal; says which mistake it is, and survives shifts of its line.
  std::string Fingerprint;
};

/// Findings are written in this order.
inline bool operator<(const Finding &A, const Finding &B) {
  return std::tie(A.Where.File, A.Where.Line, A.Where.Column, A.Check,
                  A.Message) < std::tie(B.Where.File, B.Where.Line,
                                        B.Where.Column, B.Check, B.Message);
}

/// A source that could not be linted.
struct Problem {
  std::string File;
  std::string Text; ///< a sentence, and what clang said below it
};

struct Report {
  std::string Root;     ///< absolute; paths in reports are relative to it
  unsigned Sources = 0; ///< that were to be linted
  unsigned Known = 0;   ///< findings that the baseline took out
  std::vector<Finding> Findings; ///< sorted, each once
  std::vector<Problem> Problems;
};

} // namespace threadlint

#endif
