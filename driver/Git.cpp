//===- Git.cpp - What threadlint asks git ---------------------------------===//
// See the header. Options that a user's configuration could change the output
// with are set on the command line.
//===----------------------------------------------------------------------===//
#include "driver/Git.h"
#include "driver/Failure.h"
#include "driver/Process.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace threadlint {

static std::string firstLine(StringRef Text) {
  StringRef Line = Text.trim().split('\n').first;
  Line.consume_front("fatal: ");
  return Line.str();
}

Expected<Git> Git::here() {
  Git Result;
  ErrorOr<std::string> Program = sys::findProgramByName("git");
  if (!Program)
    return failure("git is needed to know what has changed, and is not on the "
                   "PATH");
  Result.Program = *Program;
  Captured Top = runProcess({Result.Program, "rev-parse", "--show-toplevel"});
  StringRef Path = StringRef(Top.Output).rtrim('\n');
  SmallString<256> Real;
  if (Top.Status || Path.empty() || sys::fs::real_path(Path, Real))
    return failure("this is not the work tree of a git repository (" +
                   firstLine(Top.Errors) + ")");
  Result.Root = std::string(Real);
  return Result;
}

Expected<std::string> Git::ask(ArrayRef<StringRef> Words) const {
  SmallVector<StringRef, 24> Command = {Program, "-C", Root, "-c",
                                        "core.quotePath=false"};
  Command.append(Words.begin(), Words.end());
  Captured Done = runProcess(Command);
  if (Done.Status)
    return failure("git " + Words[0] + " failed: " + firstLine(Done.Errors));
  return Done.Output;
}

Expected<std::vector<std::string>> Git::names(ArrayRef<StringRef> Words) const {
  Expected<std::string> Output = ask(Words);
  if (!Output)
    return Output.takeError();
  SmallVector<StringRef, 64> Names;
  StringRef(*Output).split(Names, '\0', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  return std::vector<std::string>(Names.begin(), Names.end());
}

Expected<std::string> Git::commit(StringRef Revision) const {
  auto Resolve = [&](StringRef Name) -> Expected<std::string> {
    std::string Commit = (Name + "^{commit}").str();
    Expected<std::string> Hash =
        ask({"rev-parse", "--verify", "--quiet", "--end-of-options", Commit});
    if (Hash)
      return StringRef(*Hash).trim().str();
    consumeError(Hash.takeError());
    return failure("'" + Name + "' is no commit that git knows here" +
                   (Name.contains("..")
                        ? "; for what a branch adds, give its base: 'main...'"
                        : ""));
  };
  if (!Revision.contains("..."))
    return Resolve(Revision);
  auto [Left, Right] = Revision.split("...");
  Expected<std::string> A = Resolve(Left);
  if (!A)
    return A;
  Expected<std::string> B = Resolve(Right.empty() ? "HEAD" : Right);
  if (!B)
    return B;
  Expected<std::string> Parting = ask({"merge-base", *A, *B});
  if (Parting)
    return StringRef(*Parting).trim().str();
  consumeError(Parting.takeError());
  return failure("'" + Revision +
                 "': git finds no commit that both come from (a shallow clone "
                 "has too little history)");
}

Expected<std::string> Git::headOrNothing() const {
  Expected<std::string> Head = commit("HEAD");
  if (Head)
    return Head;
  consumeError(Head.takeError());
  Expected<std::string> Empty = ask({"hash-object", "-t", "tree", "/dev/null"});
  return Empty ? Expected<std::string>(StringRef(*Empty).trim().str())
               : std::move(Empty);
}

Expected<std::string> Git::diff(StringRef Base) const {
  return ask({"diff", "--unified=0", "--inter-hunk-context=0", "--no-color",
              "--no-ext-diff", "--no-textconv", "--no-relative",
              "--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/",
              "--find-renames", Base, "--"});
}

Expected<std::vector<std::string>> Git::staged() const {
  return names({"diff", "--cached", "--name-only", "--no-relative",
                "--ignore-submodules", "--diff-filter=d", "-z"});
}

Expected<std::vector<std::string>> Git::unstaged() const {
  return names(
      {"diff", "--name-only", "--no-relative", "--ignore-submodules", "-z"});
}

Expected<std::vector<std::string>> Git::files() const {
  return names(
      {"ls-files", "-z", "--cached", "--others", "--exclude-standard"});
}

} // namespace threadlint
