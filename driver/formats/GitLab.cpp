//===- GitLab.cpp - A report for GitLab's code quality --------------------===//
// The subset of Code Climate's JSON that GitLab reads: one object for each
// finding. The format knows no failed run, so a problem is a blocker.
//===----------------------------------------------------------------------===//
#include "driver/Format.h"
#include "driver/formats/Paths.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MD5.h"

using namespace llvm;

namespace threadlint {

void writeGitLab(const Report &R, raw_ostream &OS);

namespace {
struct Issue {
  StringRef Check, Severity, File;
  std::string Description, Fingerprint;
  unsigned Line;
};
} // namespace

static void write(json::OStream &J, StringRef Root, const Issue &I) {
  J.object([&] {
    J.attribute("description", json::fixUTF8(I.Description));
    J.attribute("check_name", json::fixUTF8(I.Check));
    J.attribute("fingerprint", I.Fingerprint);
    J.attribute("severity", I.Severity);
    J.attributeObject("location", [&] {
      J.attribute("path", json::fixUTF8(relativeTo(Root, I.File)));
      J.attributeObject("lines", [&] {
        J.attribute("begin", int64_t(std::max(I.Line, 1u)));
      });
    });
  });
}

static std::string fingerprintOf(const Problem &P, StringRef Root) {
  MD5 Hash;
  Hash.update("could not be linted ");
  Hash.update(relativeTo(Root, P.File));
  MD5::MD5Result Result;
  Hash.final(Result);
  return Result.digest().str().str();
}

void writeGitLab(const Report &R, raw_ostream &OS) {
  json::OStream J(OS, 2);
  J.array([&] {
    for (const Problem &P : R.Problems)
      write(J, R.Root,
            {"threadlint-could-not-lint", "blocker", P.File, P.Text,
             fingerprintOf(P, R.Root), 1});
    for (const Finding &F : R.Findings)
      write(J, R.Root,
            {F.Check, "major", F.Where.File, F.Message, F.Fingerprint,
             F.Where.Line});
  });
  OS << '\n';
}

} // namespace threadlint
