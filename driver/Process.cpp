//===- Process.cpp - Running other programs -------------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/Process.h"
#include "analysis/LLVMCompat.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Signals.h"
#include <atomic>
#include <csignal>

using namespace llvm;

namespace threadlint {

// ---- A signal that ends us ends what we started
// ------------------------------

/// The processes that run. A signal handler may not allocate, so there is a
/// limit; what is beyond it ends by itself.
static std::atomic<sys::procid_t> Children[1024];
static struct sigaction Earlier[NSIG];

/// How many processes are on their way into Children. A signal that comes then
/// waits, or it would leave them behind.
static std::atomic<int> Starting;
static std::atomic<int> Deferred; // the signal, 0: none

static void replaceChild(sys::procid_t Old, sys::procid_t New) {
  for (std::atomic<sys::procid_t> &Child : Children) {
    sys::procid_t Found = Old;
    if (Child.compare_exchange_strong(Found, New))
      return;
  }
}

static void killChildren(int Signal) {
  Deferred = Signal; // first: whoever starts a process looks at it last
  if (Starting > 0)
    return;
  for (std::atomic<sys::procid_t> &Child : Children)
    if (sys::procid_t Pid = Child)
      ::kill(Pid, SIGKILL);
  // LLVM's handler removes the files, and ends us by the same signal.
  ::sigaction(Signal, &Earlier[Signal], nullptr);
  ::raise(Signal); // arrives when this handler returns
}

/// Once, and after LLVM's handlers are there: TemporaryFile sees to that.
static void killChildrenOnSignal() {
  struct sigaction Action = {};
  Action.sa_handler = killChildren;
  for (int Signal : {SIGINT, SIGTERM})
    ::sigaction(Signal, &Action, &Earlier[Signal]);
}

// ---- Files and processes
// ------------------------------------------------------

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
  static const bool Handled = (killChildrenOnSignal(), true);
  (void)Handled;
  bool HasFailed = false;
  MaybeText Redirects[] = {StringRef(), Output, Errors};
  ++Starting;
  sys::ProcessInfo Result =
      sys::ExecuteNoWait(Arguments[0], Arguments, {}, Redirects,
                         /*MemoryLimit=*/0, &Failure, &HasFailed);
  if (HasFailed && Failure.empty())
    Failure = (Arguments[0] + " could not be started").str();
  if (!HasFailed)
    replaceChild(0, Result.Pid);
  if (--Starting == 0 && Deferred)
    ::raise(Deferred);
  return Result;
}

bool hasEnded(const sys::ProcessInfo &Process, int &Status, std::string &Why) {
  sys::ProcessInfo Now = poll(Process, Why);
  Status = Now.ReturnCode;
  if (Now.Pid != 0)
    replaceChild(Process.Pid, 0);
  return Now.Pid != 0;
}

void killProcess(const sys::ProcessInfo &Process) {
  ::kill(Process.Pid, SIGKILL);
  wait(Process);
  replaceChild(Process.Pid, 0);
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
