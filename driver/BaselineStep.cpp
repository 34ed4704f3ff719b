//===- BaselineStep.cpp - What `threadlint run` does with a baseline ------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/BaselineStep.h"
#include "driver/Failure.h"
#include "driver/formats/Paths.h"
#include "driver/formats/Story.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace threadlint {

Expected<BaselineStep> BaselineStep::open(StringRef File, bool Write) {
  BaselineStep Step;
  Step.File = File.str();
  Step.Write = Write;
  if (Write && File.empty())
    return failure("--write-baseline needs --baseline=FILE, the file "
                   "to write");
  if (File.empty() || (Write && !sys::fs::exists(File)))
    return Step;
  Expected<Baseline> Known = Baseline::read(File);
  if (!Known)
    return Known.takeError();
  Step.Known = std::move(*Known);
  return Step;
}

Error BaselineStep::apply(Report &R, ArrayRef<Source> Sources, bool Whole) {
  if (File.empty())
    return Error::success();
  StringSet<> Files;
  for (const Source &S : Sources)
    Files.insert(relativeTo(R.Root, S.File));
  for (const Problem &P : R.Problems)
    Files.erase(relativeTo(R.Root, P.File));
  // A header is spoken for if everything that may include it was linted.
  const bool All = Whole && R.Problems.empty();
  auto Linted = [&](StringRef Known) {
    if (All || Files.count(Known))
      return true;
    SmallString<256> Path;
    if (!sys::path::is_absolute(Known))
      Path = R.Root;
    sys::path::append(Path, Known);
    return !sys::fs::exists(Path); // and nothing can be wrong in it
  };
  if (Write)
    return write(R, Linted);
  takeKnown(R, Linted);
  return Error::success();
}

Error BaselineStep::write(Report &R, WasLinted Linted) {
  if (!R.Problems.empty())
    return failure(File + ": the baseline was not written, because "
                          "not every source could be linted");
  Known.replace(R, Linted);
  if (Error E = Known.write(File))
    return E;
  errs() << "threadlint: " << File << ": "
         << counted(R.Findings.size(), "finding") << " known from now on\n";
  R.Known = R.Findings.size();
  R.Findings.clear();
  return Error::success();
}

void BaselineStep::takeKnown(Report &R, WasLinted Linted) const {
  std::vector<KnownFinding> Stale = Known.takeKnown(R, Linted);
  if (Stale.empty())
    return;
  errs() << "threadlint: " << File << " knows "
         << counted(Stale.size(), "finding") << " that "
         << (Stale.size() == 1 ? "is" : "are")
         << " gone; --write-baseline forgets "
         << (Stale.size() == 1 ? "it" : "them") << ":\n";
  for (const KnownFinding &K : Stale)
    errs() << "  " << K.File << ": " << K.Message << " [" << K.Check << "]\n";
}

} // namespace threadlint
