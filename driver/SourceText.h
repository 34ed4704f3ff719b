//===- SourceText.h - The text of the sources -------------------*- C++ -*-===//
// Reads each file once, and answers what stands where. A thin layer on LLVM's
// SourceMgr; knows nothing of C++.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_SOURCETEXT_H
#define THREADLINT_DRIVER_SOURCETEXT_H

#include "driver/Finding.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/SourceMgr.h"

namespace threadlint {

class SourceText {
public:
  /// The place in the text of its file, by Offset. Invalid if the file cannot
  /// be read or ends before it.
  llvm::SMLoc at(const Location &Where);

  /// Sets Line and Column from File and Offset; to 0 if at() has no answer.
  void locate(Location &Where);

  /// The line at Where without its end; empty if at() has no answer. Lives as
  /// long as this object.
  llvm::StringRef lineAt(const Location &Where);

  const llvm::SourceMgr &manager() const { return Manager; }

private:
  /// 0: the file cannot be read.
  unsigned bufferOf(llvm::StringRef File);

  llvm::SourceMgr Manager;
  llvm::StringMap<unsigned> Buffers;
};

} // namespace threadlint

#endif
