//===- Worker.cpp - Lints each source in a process of its own -------------===//
// See the header. One thread starts the processes and asks each now and then
// whether it has ended; sys::Wait with a time limit would need SIGALRM.
//===----------------------------------------------------------------------===//
#include "driver/Worker.h"
#include "driver/ClangTidyOutput.h"
#include "driver/Process.h"
#include "driver/Selection.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include <chrono>
#include <list>
#include <thread>

using namespace llvm;

namespace threadlint {
namespace {

using Clock = std::chrono::steady_clock;

/// One process at work.
class Job {
public:
  Job(size_t Index, const Source &S, ArrayRef<std::string> Selected,
      StringRef Executable);

  size_t index() const { return Index; }
  /// True if it has ended; then Result is filled.
  bool poll(unsigned Timeout, Outcome &Result);

private:
  size_t Index;
  TemporaryFile Exported{"yaml"}, Errors{"txt"};
  sys::ProcessInfo Process;
  std::string Failure; ///< why it was not started
  Clock::time_point Start = Clock::now();
};

} // namespace

Job::Job(size_t Index, const Source &S, ArrayRef<std::string> Selected,
         StringRef Executable)
    : Index(Index) {
  for (const TemporaryFile *File : {&Exported, &Errors})
    if (File->Error) {
      Failure = "no temporary file: " + File->Error.message();
      return;
    }
  if (!sys::fs::is_regular_file(S.File)) {
    Failure = "no such file";
    return;
  }
  std::string Export = ("--export-fixes=" + Exported.Path).str();
  SmallVector<StringRef, 10> Arguments = {Executable};
  Arguments.append(Selected.begin(), Selected.end());
  Arguments.push_back(Export);
  if (S.Database.empty())
    Arguments.append({S.File, "--"});
  else
    Arguments.append({"-p", S.Database, S.File});
  Process = startProcess(Arguments, /*Output=*/"", Errors.Path, Failure);
}

bool Job::poll(unsigned Timeout, Outcome &Result) {
  if (!Failure.empty()) {
    Result.Problem = Failure;
    return true;
  }
  int Status = 0;
  std::string Why;
  if (hasEnded(Process, Status, Why)) {
    Result = outcomeOf({Status, Why, Exported.text(), Errors.text()});
    return true;
  }
  if (!Timeout || Clock::now() - Start < std::chrono::seconds(Timeout))
    return false;
  killProcess(Process);
  Result.Problem =
      formatv("not linted within {0} seconds (--timeout)", Timeout).str();
  return true;
}

std::vector<Outcome> lintAll(ArrayRef<Source> Sources,
                             const WorkerOptions &Options,
                             function_ref<void(const Source &)> Done) {
  std::vector<Outcome> Result(Sources.size());
  Selection Selected;
  std::list<Job> Running;
  for (size_t Next = 0; Next < Sources.size() || !Running.empty();) {
    while (Next < Sources.size() && Running.size() < Options.Jobs) {
      const Source &S = Sources[Next];
      Running.emplace_back(Next++, S, Selected.argumentsFor(S.File),
                           Options.Executable);
    }
    size_t Before = Running.size();
    for (auto J = Running.begin(); J != Running.end();) {
      if (!J->poll(Options.Timeout, Result[J->index()])) {
        ++J;
        continue;
      }
      Done(Sources[J->index()]);
      J = Running.erase(J);
    }
    if (Running.size() == Before)
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return Result;
}

} // namespace threadlint
