//===- Process.h - Running other programs -----------------------*- C++ -*-===//
// What the driver needs of LLVM's Program.h, in one form for all majors, and
// the temporary files that go between the processes.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_PROCESS_H
#define THREADLINT_DRIVER_PROCESS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Program.h"
#include <string>
#include <system_error>

namespace threadlint {

/// An empty file that goes with this object, also when a signal ends us.
class TemporaryFile {
public:
  explicit TemporaryFile(llvm::StringRef Ending);
  TemporaryFile(const TemporaryFile &) = delete;
  TemporaryFile &operator=(const TemporaryFile &) = delete;
  ~TemporaryFile();

  std::string text() const;

  llvm::SmallString<128> Path;
  std::error_code Error; ///< set if the file could not be made
};

/// Starts the program Arguments[0] without input; its output goes to files, ""
/// being nowhere. Failure says why it could not be started; else it is empty. A
/// signal that ends us ends the process, too.
llvm::sys::ProcessInfo startProcess(llvm::ArrayRef<llvm::StringRef> Arguments,
                                    llvm::StringRef Output,
                                    llvm::StringRef Errors,
                                    std::string &Failure);

/// Returns at once. If it has ended: its exit status, or a negative one and
/// why.
bool hasEnded(const llvm::sys::ProcessInfo &Process, int &Status,
              std::string &Why);

/// Ends it, and waits for that.
void killProcess(const llvm::sys::ProcessInfo &Process);

struct Captured {
  int Status; ///< negative: it could not be run, and Errors says why
  std::string Output, Errors;
};

/// Runs the program Arguments[0] to its end.
Captured runProcess(llvm::ArrayRef<llvm::StringRef> Arguments);

} // namespace threadlint

#endif
