//===- Run.cpp - threadlint run -------------------------------------------===//
// The driver's main command: sources -> Worker -> one report -> filters -> a
// format. Each step is a file of its own; this one has the options and the
// order.
//===----------------------------------------------------------------------===//
#include "driver/BaselineStep.h"
#include "driver/ChangedSources.h"
#include "driver/Changes.h"
#include "driver/Command.h"
#include "driver/Failure.h"
#include "driver/Fingerprint.h"
#include "driver/Format.h"
#include "driver/Progress.h"
#include "driver/SourceText.h"
#include "driver/Sources.h"
#include "driver/Worker.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>

using namespace llvm;

namespace threadlint {

static cl::SubCommand RunCommand("run", "Lint sources, several at once");

static cl::list<std::string> Paths(
    cl::Positional, cl::sub(RunCommand), cl::value_desc("PATH..."),
    cl::desc("<source, or folder with compile_commands.json in it or in its "
             "build/>..."));
static cl::opt<std::string> Build("p", cl::sub(RunCommand),
                                  cl::value_desc("folder"),
                                  cl::desc("Where compile_commands.json is"));
static cl::opt<unsigned> Jobs("j", cl::sub(RunCommand), cl::Prefix,
                              cl::value_desc("N"),
                              cl::desc("Sources at once (default: all cores)"));
static cl::alias JobsAlias("jobs", cl::aliasopt(Jobs), cl::desc("Same as -j"));
static cl::opt<unsigned> Timeout("timeout", cl::sub(RunCommand),
                                 cl::value_desc("seconds"),
                                 cl::desc("Give up on a source after this time "
                                          "(default: never)"));
static cl::opt<std::string>
    DiffBase("diff", cl::sub(RunCommand), cl::value_desc("revision"),
             cl::desc("Only findings on lines that the work tree changes of "
                      "it; 'main...' is where the branch left main"));
static cl::opt<bool>
    Staged("staged", cl::sub(RunCommand),
           cl::desc("Only findings on changed lines of files that are staged"));
/// For --help, from the table.
static std::string formatHelp() {
  std::string Result = "Form of the report:";
  for (const Format &F : formats())
    Result += std::string("\n  ") + F.Name + ": " + F.Summary;
  return Result;
}

static const std::string FormatHelp = formatHelp();
static cl::opt<std::string> FormatName("format", cl::sub(RunCommand),
                                       cl::value_desc("name"),
                                       cl::desc(FormatHelp));
static cl::opt<std::string> Output("output", cl::sub(RunCommand),
                                   cl::value_desc("file"),
                                   cl::desc("Write the report there"),
                                   cl::init("-"));
static cl::opt<std::string>
    BaselineFile("baseline", cl::sub(RunCommand), cl::value_desc("file"),
                 cl::desc("Leave out the findings that this file knows"));
static cl::opt<bool> WriteBaseline(
    "write-baseline", cl::sub(RunCommand),
    cl::desc("Write all findings to the file of --baseline, as known from now "
             "on"));

static bool changesOnly() { return Staged || DiffBase.getNumOccurrences(); }

/// All outcomes as one report: places complete, findings sorted and each once.
static Report reportOf(ArrayRef<Source> Sources,
                       std::vector<Outcome> Outcomes) {
  Report R;
  R.Root = rootOf(Sources);
  R.Sources = Sources.size();
  for (size_t I = 0; I < Outcomes.size(); ++I) {
    if (!Outcomes[I].Problem.empty())
      R.Problems.push_back({Sources[I].File, Outcomes[I].Problem});
    for (Finding &F : Outcomes[I].Findings)
      R.Findings.push_back(std::move(F));
  }
  SourceText Text;
  for (Finding &F : R.Findings) {
    Text.locate(F.Where);
    for (Note &N : F.Notes)
      Text.locate(N.Where);
    for (Edit &E : F.Fix)
      Text.locate(E.Where);
  }
  // Stable: of a header's finding the first source's is kept, whatever was done
  // first.
  llvm::stable_sort(R.Findings);
  R.Findings.erase(llvm::unique(R.Findings,
                                [](const Finding &A, const Finding &B) {
                                  return !(A < B) && !(B < A);
                                }),
                   R.Findings.end());
  setFingerprints(R, [&](const Finding &F) { return Text.lineAt(F.Where); });
  return R;
}

static Report lint(ArrayRef<Source> Sources, StringRef Executable) {
  WorkerOptions Options;
  Options.Executable = Executable.str();
  Options.Jobs = Jobs ? Jobs : hardware_concurrency().compute_thread_count();
  Options.Timeout = Timeout;
  Progress Bar(Sources.size());
  return reportOf(Sources, lintAll(Sources, Options,
                                   [&](const Source &S) { Bar.done(S.File); }));
}

/// What an earlier run wrote would pass for this one's if this one fails.
static void removeOldReport() {
  if (Output != "-" && sys::fs::is_regular_file(Output))
    sys::fs::remove(Output);
}

static Error writeReport(const Report &R, const Format &F) {
  std::error_code EC;
  raw_fd_ostream OS(Output, EC, sys::fs::OF_None);
  if (!EC) {
    F.Write(R, OS);
    OS.flush();
    EC = OS.error();
    OS.clear_error();
  }
  return EC ? failure(Output + ": " + EC.message()) : Error::success();
}

static Error checkOptions() {
  if (Staged && !DiffBase.empty())
    return failure("--diff and --staged exclude one another");
  if (WriteBaseline && changesOnly())
    return failure("--write-baseline needs all findings: not with --diff or "
                   "--staged");
  return Error::success();
}

static Expected<const Format *> chosenFormat() {
  std::string Names;
  for (const Format &F : formats()) {
    if (FormatName.empty() || FormatName == F.Name)
      return &F;
    Names += std::string(Names.empty() ? "" : ", ") + F.Name;
  }
  return failure("--format=" + FormatName + ": not one of " + Names);
}

namespace {

/// What is to be linted, and why.
struct Plan {
  std::vector<Source> Sources;
  std::optional<Changes> Changed; ///< none: all findings count
};

} // namespace

static Error planChanges(Databases &All, const Database *Named, Plan &P) {
  Expected<Git> Repository = Git::here();
  if (!Repository)
    return Repository.takeError();
  Expected<Changes> Changed = Staged ? Changes::staged(*Repository)
                                     : Changes::since(*Repository, DiffBase);
  if (!Changed)
    return Changed.takeError();
  Expected<std::vector<Source>> Sources =
      sourcesOfChange(All, Named, Paths, *Changed, *Repository);
  if (!Sources)
    return Sources.takeError();
  if (Sources->empty())
    errs() << "threadlint: no C or C++ file "
           << (Staged ? "is staged" : "has changed since " + DiffBase) << '\n';
  P.Sources = std::move(*Sources);
  P.Changed = std::move(*Changed);
  return Error::success();
}

static Error makePlan(Plan &P) {
  Databases All;
  const Database *Named = nullptr;
  if (!Build.empty()) {
    Expected<const Database *> D = namedDatabase(All, Build);
    if (!D)
      return D.takeError();
    Named = *D;
  }
  if (changesOnly())
    return planChanges(All, Named, P);
  Expected<std::vector<Source>> Sources = sourcesOf(All, Named, Paths);
  if (!Sources)
    return Sources.takeError();
  P.Sources = std::move(*Sources);
  return Error::success();
}

static Expected<ExitStatus> run(StringRef Executable) {
  if (Error E = checkOptions())
    return E;
  Expected<const Format *> Form = chosenFormat();
  if (!Form)
    return Form.takeError();
  Plan P;
  if (Error E = makePlan(P))
    return E;
  Expected<BaselineStep> Known =
      BaselineStep::open(BaselineFile, WriteBaseline);
  if (!Known)
    return Known.takeError();
  Report R = lint(P.Sources, Executable);
  for (const Problem &P : R.Problems)
    errs() << "threadlint: error: " << P.File << ": " << P.Text << '\n';
  // The baseline first: what lies outside of the changes is known, not gone.
  if (Error E = Known->apply(R, P.Sources, Paths.empty() && !changesOnly()))
    return E;
  if (P.Changed)
    llvm::erase_if(R.Findings,
                   [&](const Finding &F) { return !P.Changed->concern(F); });
  if (Error E = writeReport(R, **Form))
    return E;
  return !R.Problems.empty()   ? ExitCouldNot
         : !R.Findings.empty() ? ExitFindings
                               : ExitClean;
}

int runRun(int Argc, const char *const *Argv);
int runRun(int Argc, const char *const *Argv) {
  const bool Understood = parseArguments(Argc, Argv);
  removeOldReport();
  if (!Understood)
    return ExitCouldNot;
  std::string Executable =
      sys::fs::getMainExecutable(Argv[0], reinterpret_cast<void *>(&runRun));
  Expected<ExitStatus> Status = run(Executable);
  if (Status)
    return *Status;
  errs() << "threadlint: error: " << toString(Status.takeError()) << '\n';
  return ExitCouldNot;
}

} // namespace threadlint
