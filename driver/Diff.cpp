//===- Diff.cpp - The changed lines of a unified diff ---------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/Diff.h"
#include "driver/Failure.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace threadlint {
namespace {

struct Hunk {
  unsigned Removed = 1, First = 0, Added = 1;
};

Error malformed(StringRef Line) {
  return failure("git's diff has a line that threadlint cannot "
                 "read: " +
                 Line);
}

/// "12,3" or "12"; Count stays as it is without one.
bool readRange(StringRef Text, unsigned &First, unsigned &Count) {
  auto [Start, Length] = Text.split(',');
  return !Start.getAsInteger(10, First) &&
         (Length.empty() || !Length.getAsInteger(10, Count));
}

/// "@@ -12,3 +14 @@ void f() {"
bool readHunk(StringRef Line, Hunk &Result) {
  if (!Line.consume_front("@@ -"))
    return false;
  auto [Old, Rest] = Line.split(" +");
  auto [New, Context] = Rest.split(" @@");
  (void)Context;
  unsigned OldFirst;
  return readRange(Old, OldFirst, Result.Removed) &&
         readRange(New, Result.First, Result.Added);
}

/// What stands in git's quotes: C's escapes.
std::string unquoted(StringRef Text) {
  std::string Result;
  for (size_t I = 0; I < Text.size(); ++I) {
    if (Text[I] != '\\' || I + 1 == Text.size()) {
      Result += Text[I];
      continue;
    }
    char C = Text[++I];
    StringRef Octal = Text.substr(I, 3);
    unsigned Code;
    static const StringRef From = "abtnvfr", To = "\a\b\t\n\v\f\r";
    if (Octal.size() == 3 && !Octal.getAsInteger(8, Code)) {
      Result += static_cast<char>(Code);
      I += 2;
    } else if (size_t At = From.find(C); At != StringRef::npos)
      Result += To[At];
    else
      Result += C;
  }
  return Result;
}

/// The rest of a "+++ " line. Empty: the file is gone.
std::string pathOf(StringRef Name) {
  std::string Path;
  if (Name.consume_front("\"")) {
    Name.consume_back("\"");
    Path = unquoted(Name);
  } else {
    Path = Name.rtrim('\t').str(); // git ends a name with spaces in it so
  }
  StringRef Rest = Path;
  return Rest.consume_front("b/") ? Rest.str() : "";
}

/// Takes the lines of a hunk off Text, so that none is read as a header.
bool skipHunk(Hunk H, StringRef &Text) {
  while (H.Removed || H.Added) {
    char Kind = Text.empty() ? '?' : Text.front();
    if (Kind == '-' && H.Removed)
      --H.Removed;
    else if (Kind == '+' && H.Added)
      --H.Added;
    else if (Kind != '\\') // "\ No newline at end of file"
      return false;
    Text = Text.split('\n').second;
  }
  return true;
}

} // namespace

Expected<std::vector<ChangedFile>> parseDiff(StringRef Text) {
  std::vector<ChangedFile> Result;
  bool InFile = false; // that is there afterwards
  while (!Text.empty()) {
    StringRef Line;
    std::tie(Line, Text) = Text.split('\n');
    StringRef Name = Line;
    Hunk H;
    if (Name.consume_front("+++ ")) {
      std::string Path = pathOf(Name);
      if ((InFile = !Path.empty()))
        Result.push_back({Path, {}});
    } else if (Line.take_front(2) == "@@") {
      if (!readHunk(Line, H) || !skipHunk(H, Text))
        return malformed(Line);
      if (InFile && H.Added)
        Result.back().Lines.emplace_back(H.First, H.First + H.Added - 1);
    }
  }
  return Result;
}

} // namespace threadlint
