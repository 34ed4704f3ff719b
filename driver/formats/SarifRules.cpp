//===- SarifRules.cpp - The checks in a SARIF log -------------------------===//
// Each check as a reportingDescriptor, with its page as the help that code
// scanning shows beside a finding.
//===----------------------------------------------------------------------===//
#include "driver/formats/Sarif.h"
#include "driver/formats/Story.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace threadlint {

/// "SlowCallUnderLock"
static std::string pascalCase(StringRef Name) {
  SmallVector<StringRef, 8> Words;
  Name.split(Words, '-', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  std::string Result;
  for (StringRef Word : Words)
    Result += toUpper(Word.front()) + Word.drop_front().str();
  return Result;
}

/// A clause of ours as a sentence.
static std::string sentence(StringRef Clause) {
  return Clause.empty()
             ? std::string()
             : toUpper(Clause.front()) + Clause.drop_front().str() + '.';
}

/// What stands below the title of a page, up to the first empty line.
static std::string firstParagraph(StringRef Page) {
  std::string Result;
  while (!Page.empty()) {
    auto [Line, Rest] = Page.split('\n');
    Page = Rest;
    Line = Line.trim();
    if (Line.empty() ? !Result.empty() : Line.front() == '#' && !Result.empty())
      break;
    if (Line.empty() || Line.front() == '#')
      continue;
    Result += (Result.empty() ? "" : " ") + Line.str();
  }
  return Result;
}

/// "CWE-667" the way code scanning looks for it, others as they are.
static std::string tagOf(StringRef Reference) {
  return Reference.consume_front("CWE-") ? "external/cwe/cwe-" + Reference.str()
                                         : Reference.str();
}

static void writeTags(json::OStream &J, StringRef References) {
  SmallVector<StringRef, 8> All;
  References.split(All, ',', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  J.attributeArray("tags", [&] {
    J.value("concurrency");
    for (StringRef Reference : All)
      J.value(tagOf(Reference.trim()));
  });
}

static void writeText(json::OStream &J, StringRef Key, StringRef Text,
                      StringRef Markdown = "") {
  J.attributeObject(Key, [&] {
    J.attribute("text", json::fixUTF8(Text));
    if (!Markdown.empty())
      J.attribute("markdown", json::fixUTF8(Markdown));
  });
}

static void writeRule(json::OStream &J, const Rule &R) {
  const CheckInfo &Info = *R.Info;
  std::string Summary = sentence(Info.Summary);
  std::string Full = firstParagraph(R.Page);
  J.object([&] {
    J.attribute("id", Info.Name);
    J.attribute("name", pascalCase(shortName(Info.Name)));
    writeText(J, "shortDescription", Summary);
    writeText(J, "fullDescription", Full.empty() ? Summary : Full);
    writeText(J, "help",
              Summary + " `threadlint explain " + shortName(Info.Name).str() +
                  "` says more.",
              R.Page);
    if (!R.Url.empty())
      J.attribute("helpUri", R.Url);
    J.attributeObject("defaultConfiguration", [&] {
      J.attribute("enabled", Info.OnByDefault);
      J.attribute("level", "warning");
    });
    J.attributeObject("properties", [&] {
      writeTags(J, Info.References);
      J.attribute("precision", "high"); // an unknown is never reported
      J.attribute("problem.severity", "warning");
    });
  });
}

void writeSarifRules(json::OStream &J, ArrayRef<Rule> Rules) {
  J.attributeArray("rules", [&] {
    for (const Rule &R : Rules)
      writeRule(J, R);
  });
}

} // namespace threadlint
