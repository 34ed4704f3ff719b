//===- Json.cpp - A report as threadlint's own JSON -----------------------===//
// All that a report has, for scripts. docs/formats.md promises these names; a
// change that breaks a reader changes the version.
//===----------------------------------------------------------------------===//
#include "driver/Format.h"
#include "driver/formats/Paths.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace threadlint {

void writeJson(const Report &R, raw_ostream &OS);

namespace {
constexpr int FormatVersion = 1;

class Writer {
public:
  Writer(const Report &R, raw_ostream &OS) : R(R), J(OS, 2) {}

  void write() {
    J.object([&] {
      J.attribute("version", FormatVersion);
      J.attribute("threadlint", THREADLINT_VERSION);
      text("root", R.Root);
      J.attribute("sources", int64_t(R.Sources));
      J.attribute("known", int64_t(R.Known));
      J.attributeArray("findings", [&] {
        for (const Finding &F : R.Findings)
          finding(F);
      });
      J.attributeArray("problems", [&] {
        for (const Problem &P : R.Problems)
          J.object([&] {
            text("file", relativeTo(R.Root, P.File));
            text("message", P.Text);
          });
      });
    });
  }

private:
  void text(StringRef Key, StringRef Value) {
    J.attribute(Key, json::fixUTF8(Value));
  }

  void place(const Location &Where) {
    text("file", relativeTo(R.Root, Where.File));
    J.attribute("line", int64_t(Where.Line));
    J.attribute("column", int64_t(Where.Column));
  }

  void finding(const Finding &F) {
    J.object([&] {
      text("check", F.Check);
      text("message", F.Message);
      place(F.Where);
      text("fingerprint", F.Fingerprint);
      J.attributeArray("notes", [&] {
        for (const Note &N : F.Notes)
          J.object([&] {
            text("message", N.Message);
            place(N.Where);
          });
      });
      J.attributeArray("fix", [&] {
        for (const Edit &E : F.Fix)
          J.object([&] {
            place(E.Where);
            J.attribute("offset", int64_t(E.Where.Offset));
            J.attribute("length", int64_t(E.Length));
            text("text", E.Text);
          });
      });
    });
  }

  const Report &R;
  json::OStream J;
};
} // namespace

void writeJson(const Report &R, raw_ostream &OS) {
  Writer(R, OS).write();
  OS << '\n';
}

} // namespace threadlint
