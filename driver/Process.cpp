//===- Process.cpp - Running other programs -------------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/Process.h"
#include "analysis/LLVMCompat.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Signals.h"
#include <csignal>

using namespace llvm;

namespace threadlint {

TemporaryFile::TemporaryFile(StringRef Ending) {
  Error = sys::fs::createTemporaryFile("threadlint", Ending, Path);
  if (!Error)
    sys::RemoveFileOnSignal(Path);
}

TemporaryFile::~TemporaryFile() {
  if (Error)
    return;
  sys::fs::remove(Path);
  sys::DontRemoveFileOnSignal(Path);
}

std::string TemporaryFile::text() const {
  auto Buffer = MemoryBuffer::getFile(Path);
  return Buffer ? (*Buffer)->getBuffer().str() : "";
}

#if THREADLINT_PROGRAM_TAKES_STD_OPTIONAL
using MaybeText = std::optional<StringRef>;
static sys::ProcessInfo poll(const sys::ProcessInfo &Process,
                             std::string &Why) {
  return sys::Wait(Process, 0, &Why);
}
static void wait(const sys::ProcessInfo &Process) {
  sys::Wait(Process, std::nullopt);
}
#else
using MaybeText = Optional<StringRef>;
static sys::ProcessInfo poll(const sys::ProcessInfo &Process,
                             std::string &Why) {
  return sys::Wait(Process, 0, /*WaitUntilTerminates=*/false, &Why);
}
static void wait(const sys::ProcessInfo &Process) {
  sys::Wait(Process, 0, /*WaitUntilTerminates=*/true);
}
#endif

sys::ProcessInfo startProcess(ArrayRef<StringRef> Arguments, StringRef Output,
                              StringRef Errors, std::string &Failure) {
  bool HasFailed = false;
  MaybeText Redirects[] = {StringRef(), Output, Errors};
  sys::ProcessInfo Result =
      sys::ExecuteNoWait(Arguments[0], Arguments, {}, Redirects,
                         /*MemoryLimit=*/0, &Failure, &HasFailed);
  if (HasFailed && Failure.empty())
    Failure = (Arguments[0] + " could not be started").str();
  return Result;
}

bool hasEnded(const sys::ProcessInfo &Process, int &Status, std::string &Why) {
  sys::ProcessInfo Now = poll(Process, Why);
  Status = Now.ReturnCode;
  return Now.Pid != 0;
}

void killProcess(const sys::ProcessInfo &Process) {
  ::kill(Process.Pid, SIGKILL);
  wait(Process);
}

Captured runProcess(ArrayRef<StringRef> Arguments) {
  TemporaryFile Output("out"), Errors("err");
  if (Output.Error)
    return {-1, "", "no temporary file: " + Output.Error.message()};
  MaybeText Redirects[] = {StringRef(), Output.Path.str(), Errors.Path.str()};
  std::string Failure;
  int Status =
      sys::ExecuteAndWait(Arguments[0], Arguments, {}, Redirects,
                          /*SecondsToWait=*/0, /*MemoryLimit=*/0, &Failure);
  return {Status, Output.text(), Status < 0 ? Failure : Errors.text()};
}

} // namespace threadlint
