//===- Sarif.cpp - A report as SARIF 2.1.0 --------------------------------===//
// For code scanning and editors: one run with its rules, its results and what
// went wrong. The rules themselves are in SarifRules.cpp.
//===----------------------------------------------------------------------===//
#include "driver/formats/Sarif.h"
#include "driver/Format.h"
#include "driver/formats/Columns.h"
#include "driver/formats/Paths.h"
#include "driver/formats/Story.h"
#include "llvm/ADT/StringExtras.h"
#include <map>

using namespace llvm;

namespace threadlint {

void writeSarif(const Report &R, raw_ostream &OS);

/// The length of a placeholder, `{0}`, at the front of \p Text, or 0.
static size_t placeholderLength(StringRef Text) {
  if (!Text.consume_front("{"))
    return 0;
  size_t Digits = Text.take_while(isDigit).size();
  return Digits && Text.drop_front(Digits).take_front() == "}" ? Digits + 2 : 0;
}

/// \p Text as a message. SARIF's have links, `[text](target)`, and
/// placeholders; a name of C++ may look like either.
static std::string literal(StringRef Text) {
  const bool HasLinks = Text.contains("](");
  std::string Result;
  while (!Text.empty()) {
    if (size_t Length = placeholderLength(Text)) {
      Result += '{' + Text.take_front(Length).str() + '}';
      Text = Text.drop_front(Length);
      continue;
    }
    if (HasLinks && StringRef("[]\\").contains(Text.front()))
      Result += '\\';
    Result += Text.front();
    Text = Text.drop_front();
  }
  return json::fixUTF8(Result);
}

namespace {
class Writer {
public:
  Writer(const Report &R, raw_ostream &OS)
      : R(R), Rules(allRules()), J(OS, 2) {}
  void write();

private:
  void tool();
  void invocation();
  void result(const Finding &F);
  void codeFlow(ArrayRef<Note> Path);
  void fix(const Finding &F);
  void artifactChange(StringRef File, ArrayRef<const Edit *> Edits);

  void message(StringRef Text) {
    J.attributeObject("message", [&] { J.attribute("text", literal(Text)); });
  }
  void artifact(StringRef File);
  void region(StringRef Key, const Region &Where);
  /// The attributes of a location object.
  void location(const Location &Where);

  const Report &R;
  const std::vector<Rule> Rules;
  SourceText Text;
  json::OStream J;
};
} // namespace

void Writer::write() {
  J.object([&] {
    J.attribute("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/"
                           "errata01/os/schemas/sarif-schema-2.1.0.json");
    J.attribute("version", "2.1.0");
    J.attributeArray("runs", [&] {
      J.object([&] {
        tool();
        invocation();
        J.attributeObject("originalUriBaseIds", [&] {
          J.attributeObject("%SRCROOT%", [&] {
            J.attribute("uri", fileUri(StringRef(R.Root).rtrim('/')) + "/");
          });
        });
        J.attribute("columnKind", "utf16CodeUnits");
        J.attributeArray("results", [&] {
          for (const Finding &F : R.Findings)
            result(F);
        });
      });
    });
  });
}

void Writer::tool() {
  J.attributeObject("tool", [&] {
    J.attributeObject("driver", [&] {
      J.attribute("name", "threadlint");
      J.attribute("version", THREADLINT_VERSION);
      J.attribute("semanticVersion", THREADLINT_VERSION);
      writeSarifRules(J, Rules);
      J.attributeArray("notifications", [&] {
        J.object([&] {
          J.attribute("id", "could-not-lint");
          J.attributeObject("shortDescription", [&] {
            J.attribute("text", "A source could not be linted.");
          });
        });
      });
    });
  });
}

void Writer::invocation() {
  J.attributeArray("invocations", [&] {
    J.object([&] {
      J.attribute("executionSuccessful", R.Problems.empty());
      J.attributeArray("toolExecutionNotifications", [&] {
        for (const Problem &P : R.Problems)
          J.object([&] {
            J.attributeObject("descriptor", [&] {
              J.attribute("id", "could-not-lint");
              J.attribute("index", 0);
            });
            J.attribute("level", "error");
            message(P.Text);
            if (!P.File.empty())
              J.attributeArray("locations", [&] {
                J.object([&] { location({P.File, 0, 0, 0}); });
              });
          });
      });
    });
  });
}

void Writer::result(const Finding &F) {
  J.object([&] {
    J.attribute("ruleId", json::fixUTF8(F.Check));
    for (size_t I = 0; I < Rules.size(); ++I)
      if (F.Check == Rules[I].Info->Name)
        J.attribute("ruleIndex", int64_t(I));
    J.attribute("level", "warning");
    message(F.Message);
    J.attributeArray("locations",
                     [&] { J.object([&] { location(F.Where); }); });
    if (!F.Notes.empty())
      J.attributeArray("relatedLocations", [&] {
        for (size_t I = 0; I < F.Notes.size(); ++I)
          J.object([&] {
            J.attribute("id", int64_t(I + 1));
            location(F.Notes[I].Where);
            message(F.Notes[I].Message);
          });
      });
    // One step is no path.
    if (pathOf(F).size() > 1)
      codeFlow(pathOf(F));
    J.attributeObject("partialFingerprints", [&] {
      J.attribute("threadlint/v1", F.Fingerprint);
      // The name that GitHub looks for; without it, it hashes the line.
      J.attribute("primaryLocationLineHash", F.Fingerprint);
    });
    fix(F);
  });
}

void Writer::codeFlow(ArrayRef<Note> Path) {
  auto Step = [&](const Note &N) {
    J.object([&] {
      J.attributeObject("location", [&] {
        location(N.Where);
        message(N.Message);
      });
    });
  };
  auto Steps = [&] {
    for (const Note &N : Path)
      Step(N);
  };
  J.attributeArray("codeFlows", [&] {
    J.object([&] {
      J.attributeArray("threadFlows", [&] {
        J.object([&] { J.attributeArray("locations", Steps); });
      });
    });
  });
}

void Writer::fix(const Finding &F) {
  std::map<StringRef, std::vector<const Edit *>> ByFile;
  for (const Edit &E : F.Fix) {
    if (!regionOf(Text, E).Line)
      return; // the source has changed or is gone; half a fix is none
    ByFile[E.Where.File].push_back(&E);
  }
  if (ByFile.empty())
    return;
  const Note *WayOut = wayOutOf(F);
  J.attributeArray("fixes", [&] {
    J.object([&] {
      J.attributeObject("description", [&] {
        J.attribute("text", literal(WayOut ? WayOut->Message : F.Message));
      });
      J.attributeArray("artifactChanges", [&] {
        for (const auto &[File, Edits] : ByFile)
          artifactChange(File, Edits);
      });
    });
  });
}

void Writer::artifactChange(StringRef File, ArrayRef<const Edit *> Edits) {
  J.object([&] {
    artifact(File);
    J.attributeArray("replacements", [&] {
      for (const Edit *E : Edits)
        J.object([&] {
          region("deletedRegion", regionOf(Text, *E));
          J.attributeObject("insertedContent", [&] {
            J.attribute("text", json::fixUTF8(E->Text));
          });
        });
    });
  });
}

void Writer::artifact(StringRef File) {
  const bool Inside = isInside(R.Root, File);
  J.attributeObject("artifactLocation", [&] {
    J.attribute("uri", Inside ? uriPath(relativeTo(R.Root, File))
                              : fileUri(File));
    if (Inside)
      J.attribute("uriBaseId", "%SRCROOT%");
  });
}

void Writer::region(StringRef Key, const Region &Where) {
  J.attributeObject(Key, [&] {
    J.attribute("startLine", int64_t(Where.Line));
    J.attribute("startColumn", int64_t(Where.Column));
    J.attribute("endLine", int64_t(Where.EndLine));
    J.attribute("endColumn", int64_t(Where.EndColumn));
  });
}

void Writer::location(const Location &Where) {
  if (Where.File.empty())
    return;
  J.attributeObject("physicalLocation", [&] {
    artifact(Where.File);
    if (Region Place = regionOf(Text, Where); Place.Line)
      region("region", Place);
  });
}

void writeSarif(const Report &R, raw_ostream &OS) {
  Writer(R, OS).write();
  OS << '\n';
}

} // namespace threadlint
