//===- Baseline.cpp - Findings that are known and accepted ----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/Baseline.h"
#include "driver/Failure.h"
#include "driver/formats/Paths.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Regex.h"

using namespace llvm;

namespace threadlint {

constexpr StringLiteral VersionKey = "threadlint-baseline";
constexpr int FileVersion = 1;

static Error failureAt(StringRef Name, unsigned Line, const Twine &Why) {
  return failure(Name + ":" + Twine(Line) + ": " + Why);
}

static Error notABaseline(StringRef Name, unsigned Line, const Twine &Why) {
  return failureAt(
      Name, Line,
      "not a baseline (" + Why +
          "); mend it, or remove it and write it anew with --write-baseline");
}

/// What is wrong with the JSON; LLVM says `[line:column, byte=N]: reason`.
static Error syntaxError(StringRef Name, Error E) {
  std::string Text = toString(std::move(E));
  StringRef Rest = Text;
  unsigned Line = 1;
  if (Rest.consume_front("[") && !Rest.consumeInteger(10, Line))
    Rest = Rest.split("]: ").second;
  return notABaseline(Name, Line, Rest);
}

/// The line of the \p Index-th element of "findings" in valid JSON.
static unsigned lineOfEntry(StringRef Text, size_t Index) {
  unsigned Line = 1, Depth = 0;
  bool InString = false;
  for (size_t I = 0; I < Text.size(); ++I) {
    char C = Text[I];
    Line += C == '\n';
    if (Depth == 2 && !InString && Index == 0 && !isSpace(C))
      return Line;
    if (InString && C == '\\')
      ++I;
    else if (C == '"')
      InString = !InString;
    else if (!InString && (C == '{' || C == '['))
      ++Depth;
    else if (!InString && (C == '}' || C == ']'))
      --Depth;
    else if (!InString && C == ',' && Depth == 2)
      --Index;
  }
  return 1;
}

static Expected<KnownFinding> entryOf(const json::Value &Value, StringRef Name,
                                      unsigned Line) {
  KnownFinding Result;
  const json::Object *Entry = Value.getAsObject();
  if (!Entry)
    return notABaseline(Name, Line, "a finding is an object");
  std::pair<const char *, std::string *> Fields[] = {
      {"file", &Result.File},
      {"check", &Result.Check},
      {"message", &Result.Message},
      {"fingerprint", &Result.Fingerprint}};
  for (auto [Key, Field] : Fields) {
    auto Text = Entry->getString(Key);
    if (!Text)
      return notABaseline(Name, Line,
                          "the finding has no \"" + Twine(Key) + "\"");
    *Field = Text->str();
  }
  return Result;
}

Expected<Baseline> Baseline::parse(StringRef Text, StringRef Name) {
  Expected<json::Value> Root = json::parse(Text);
  if (!Root)
    return syntaxError(Name, Root.takeError());
  const json::Object *File = Root->getAsObject();
  if (!File || !File->getInteger(VersionKey))
    return notABaseline(Name, 1, "no \"" + VersionKey + "\"");
  int64_t Version = *File->getInteger(VersionKey);
  if (Version != FileVersion)
    return failureAt(Name, 1,
                     "a baseline of version " + Twine(Version) +
                         ", and this threadlint reads version " +
                         Twine(FileVersion) +
                         "; remove it and write it anew with --write-baseline");
  const json::Array *Findings = File->getArray("findings");
  if (!Findings)
    return notABaseline(Name, 1, "no array \"findings\"");
  Baseline Result;
  for (size_t I = 0; I < Findings->size(); ++I) {
    Expected<KnownFinding> Entry =
        entryOf((*Findings)[I], Name, lineOfEntry(Text, I));
    if (!Entry)
      return Entry.takeError();
    Result.Known.push_back(std::move(*Entry));
  }
  return Result;
}

Expected<Baseline> Baseline::read(StringRef File) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> Text = MemoryBuffer::getFile(File);
  if (!Text)
    return failure(File + ": the baseline cannot be read: " +
                   Text.getError().message() + "; --write-baseline makes one");
  return parse((*Text)->getBuffer(), File);
}

std::vector<KnownFinding> Baseline::takeKnown(Report &R,
                                              WasLinted Linted) const {
  StringSet<> Fingerprints, Found;
  for (const KnownFinding &K : Known)
    Fingerprints.insert(K.Fingerprint);
  llvm::erase_if(R.Findings, [&](const Finding &F) {
    if (!Fingerprints.count(F.Fingerprint))
      return false;
    Found.insert(F.Fingerprint);
    return true;
  });
  R.Known = Found.size();
  std::vector<KnownFinding> Stale;
  for (const KnownFinding &K : Known)
    if (!Found.count(K.Fingerprint) && Linted(K.File))
      Stale.push_back(K);
  return Stale;
}

/// \p Message without `:12:3` and the root: a line that moves, or a checkout
/// elsewhere, must not change the file.
static std::string withoutPlaces(StringRef Message, StringRef Root) {
  std::string Result = Message.str();
  const std::string Prefix = (Root.rtrim('/') + "/").str();
  for (size_t At;
       Prefix.size() > 1 && (At = Result.find(Prefix)) != std::string::npos;)
    Result.erase(At, Prefix.size());
  static const char *const Place = ":[0-9]+:[0-9]+";
  for (Regex R(Place); R.match(Result);)
    Result = R.sub("", Result);
  return Result;
}

void Baseline::replace(const Report &R, WasLinted Linted) {
  llvm::erase_if(Known, [&](const KnownFinding &K) { return Linted(K.File); });
  for (const Finding &F : R.Findings)
    Known.push_back({relativeTo(R.Root, F.Where.File), F.Check,
                     withoutPlaces(F.Message, R.Root), F.Fingerprint});
}

void Baseline::print(raw_ostream &OS) const {
  auto KeyOf = [](const KnownFinding &K) {
    return std::tie(K.File, K.Check, K.Message, K.Fingerprint);
  };
  std::vector<KnownFinding> Sorted = Known;
  llvm::sort(Sorted, [&](const KnownFinding &A, const KnownFinding &B) {
    return KeyOf(A) < KeyOf(B);
  });
  // A header's finding may be known from an earlier run as well.
  Sorted.erase(llvm::unique(Sorted,
                            [](const KnownFinding &A, const KnownFinding &B) {
                              return A.Fingerprint == B.Fingerprint;
                            }),
               Sorted.end());
  OS << "{\"" << VersionKey << "\": " << FileVersion << ", \"findings\": [\n";
  for (const KnownFinding &K : Sorted) {
    json::OStream J(OS);
    J.object([&] {
      J.attribute("file", json::fixUTF8(K.File));
      J.attribute("check", json::fixUTF8(K.Check));
      J.attribute("message", json::fixUTF8(K.Message));
      J.attribute("fingerprint", json::fixUTF8(K.Fingerprint));
    });
    OS << (&K == &Sorted.back() ? "\n" : ",\n");
  }
  OS << "]}\n";
}

Error Baseline::write(StringRef File) const {
  const std::string Temporary = (File + ".tmp").str();
  std::error_code EC;
  {
    raw_fd_ostream OS(Temporary, EC, sys::fs::OF_None);
    if (!EC) {
      print(OS);
      OS.close();
      EC = OS.error();
      OS.clear_error();
    }
  }
  if (!EC)
    EC = sys::fs::rename(Temporary, File);
  return EC ? failure(File +
                      ": the baseline cannot be written: " + EC.message())
            : Error::success();
}

} // namespace threadlint
