//===- FormatsTest.cpp - Reports in each format ---------------------------===//
// What is written for one report with names and texts that need escaping. That
// SARIF follows its schema, test/integration/formats.py says.
//===----------------------------------------------------------------------===//
#include "Reports.h"
#include "driver/formats/Rules.h"
#include "llvm/Support/JSON.h"

using namespace llvm;
using namespace threadlint;

namespace threadlint {
void writeCheckstyle(const Report &R, raw_ostream &OS);
void writeGitHub(const Report &R, raw_ostream &OS);
void writeGitLab(const Report &R, raw_ostream &OS);
void writeHtml(const Report &R, raw_ostream &OS);
void writeJson(const Report &R, raw_ostream &OS);
void writeSarif(const Report &R, raw_ostream &OS);

std::vector<Rule> allRules() {
  static const CheckInfo Slow = {
      "threadlint-slow-call", "a call that is \"slow\" & <blocks>",
      CheckGroup::LockScopes, true,   true,
      "0.1",                  "CERT CON05-C, CWE-667"};
  return {{&Slow,
           "# threadlint-slow-call\n\nFinds calls\nthat wait.\n\n## More\n",
           "https://docs.example/checks/slow-call.html"}};
}
} // namespace threadlint

namespace {

// Three bytes before the call are one UTF-16 unit.
constexpr StringLiteral Text = "void f() {\n"
                               "  lock(); // <b>\n"
                               "  /*\xE2\x82\xAC*/ fsync(fd, \"<&>\");\n"
                               "}\n";

class Formats : public Reports {
protected:
  void addFinding() {
    File = add("a b/<script>,%.cpp", Text);
    Finding F;
    F.Check = "threadlint-slow-call";
    F.Message = "call to 'fsync' blocks: 100%,\n\"[x](y)\" {0} <i>";
    F.Where = at(File, Text, "fsync");
    F.Notes = {{at(File, Text, "lock"), "lock '<m>' acquired here"},
               {at(File, Text, "fd"), "second step"},
               {F.Where, "unlock first"}};
    F.Fix = {{at(File, Text, "fsync(fd"), 5, "later<T>"}};
    F.Fingerprint = "f00d";
    R.Findings.push_back(F);
  }
  void addProblem() {
    R.Problems.push_back(
        {R.Root + "/bad:x.cpp", "does not parse: 'y.h' not found\n<more>"});
  }
  json::Value parsed(void (*Write)(const Report &, raw_ostream &)) {
    Expected<json::Value> V = json::parse(written(Write));
    EXPECT_TRUE(!!V) << toString(V.takeError());
    return V ? std::move(*V) : nullptr;
  }
  /// A value by its path: keys, and numbers for elements.
  static const json::Value *get(const json::Value &V, StringRef Path) {
    const json::Value *Result = &V;
    while (Result && !Path.empty()) {
      auto [Key, Rest] = Path.split('.');
      size_t Index;
      if (const json::Array *A = Result->getAsArray())
        Result = !Key.getAsInteger(10, Index) && Index < A->size()
                     ? &(*A)[Index]
                     : nullptr;
      else if (const json::Object *O = Result->getAsObject())
        Result = O->get(Key);
      else
        Result = nullptr;
      Path = Rest;
    }
    return Result;
  }
  static std::string str(const json::Value &V, StringRef Path) {
    const json::Value *Found = get(V, Path);
    auto S = Found ? Found->getAsString() : decltype(Found->getAsString())();
    return S ? S->str() : "<none>";
  }
  static int64_t num(const json::Value &V, StringRef Path) {
    const json::Value *Found = get(V, Path);
    auto N = Found ? Found->getAsInteger() : decltype(Found->getAsInteger())();
    return N ? *N : -1;
  }

  std::string File;
};

TEST_F(Formats, GitHub) {
  addFinding();
  addProblem();
  EXPECT_EQ(
      written(writeGitHub),
      "::error file=bad%3Ax.cpp,title=threadlint could not lint this "
      "source::does not parse: 'y.h' not found%0A<more>\n"
      "::warning file=a b/<script>%2C%25.cpp,line=3,col=9,endColumn=14,title="
      "threadlint-slow-call::call to 'fsync' blocks: 100%25,%0A\"[x](y)\" {0} "
      "<i>%0Aa b/<script>,%25.cpp:2: lock '<m>' acquired here%0A"
      "a b/<script>,%25.cpp:3: second step%0A"
      "a b/<script>,%25.cpp:3: unlock first\n");
}

TEST_F(Formats, Checkstyle) {
  addFinding();
  addProblem();
  EXPECT_EQ(
      written(writeCheckstyle),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<checkstyle version=\"4.3\">\n"
      "  <file name=\"a b/&lt;script&gt;,%.cpp\">\n"
      "    <error line=\"3\" column=\"9\" severity=\"warning\" message=\"call to "
      "&#39;fsync&#39; blocks: 100%,&#10;&quot;[x](y)&quot; {0} &lt;i&gt;&#10;"
      "a b/&lt;script&gt;,%.cpp:2: lock &#39;&lt;m&gt;&#39; acquired here&#10;"
      "a b/&lt;script&gt;,%.cpp:3: second step&#10;"
      "a b/&lt;script&gt;,%.cpp:3: unlock first\" "
      "source=\"threadlint.slow-call\"/>\n"
      "  </file>\n"
      "  <file name=\"bad:x.cpp\">\n"
      "    <error line=\"1\" severity=\"error\" message=\"does not parse: "
      "&#39;y.h&#39; not found&#10;&lt;more&gt;\" "
      "source=\"threadlint.could-not-lint\"/>\n"
      "  </file>\n"
      "</checkstyle>\n");
}

TEST_F(Formats, GitLab) {
  addFinding();
  addProblem();
  json::Value V = parsed(writeGitLab);
  ASSERT_EQ(V.getAsArray()->size(), 2u);
  EXPECT_EQ(str(V, "0.severity"), "blocker");
  EXPECT_EQ(str(V, "0.location.path"), "bad:x.cpp");
  EXPECT_EQ(num(V, "0.location.lines.begin"), 1);
  EXPECT_EQ(str(V, "0.fingerprint").size(), 32u);
  EXPECT_EQ(str(V, "1.severity"), "major");
  EXPECT_EQ(str(V, "1.check_name"), "threadlint-slow-call");
  EXPECT_EQ(str(V, "1.description"), R.Findings[0].Message);
  EXPECT_EQ(str(V, "1.location.path"), "a b/<script>,%.cpp");
  EXPECT_EQ(num(V, "1.location.lines.begin"), 3);
  EXPECT_EQ(str(V, "1.fingerprint"), "f00d");
}

TEST_F(Formats, Json) {
  addFinding();
  addProblem();
  json::Value V = parsed(writeJson);
  EXPECT_EQ(num(V, "version"), 1);
  EXPECT_EQ(str(V, "root"), "ROOT");
  EXPECT_EQ(num(V, "sources"), 2);
  EXPECT_EQ(str(V, "findings.0.file"), "a b/<script>,%.cpp");
  EXPECT_EQ(num(V, "findings.0.column"), 11); // bytes, as clang prints it
  EXPECT_EQ(num(V, "findings.0.notes.1.line"), 3);
  EXPECT_EQ(str(V, "findings.0.fix.0.text"), "later<T>");
  EXPECT_EQ(num(V, "findings.0.fix.0.length"), 5);
  EXPECT_EQ(str(V, "problems.0.file"), "bad:x.cpp");
}

TEST_F(Formats, SarifResult) {
  addFinding();
  json::Value V = parsed(writeSarif);
  const json::Value &Result = *get(V, "runs.0.results.0");
  EXPECT_EQ(str(V, "runs.0.columnKind"), "utf16CodeUnits");
  EXPECT_EQ(str(Result, "ruleId"), "threadlint-slow-call");
  EXPECT_EQ(num(Result, "ruleIndex"), 0);
  EXPECT_EQ(str(Result, "message.text"), "call to 'fsync' blocks: 100%,\n"
                                         "\"\\[x\\](y)\" {{0}} <i>");
  const json::Value &Place = *get(Result, "locations.0.physicalLocation");
  EXPECT_EQ(str(Place, "artifactLocation.uri"),
            "a%20b/%3Cscript%3E%2C%25.cpp");
  EXPECT_EQ(str(Place, "artifactLocation.uriBaseId"), "%SRCROOT%");
  EXPECT_EQ(num(Place, "region.startLine"), 3);
  EXPECT_EQ(num(Place, "region.startColumn"), 9);
  EXPECT_EQ(num(Place, "region.endColumn"), 14);
  EXPECT_EQ(get(Result, "relatedLocations")->getAsArray()->size(), 3u);
  EXPECT_EQ(num(Result, "relatedLocations.2.id"), 3);
  const json::Value *Steps =
      get(Result, "codeFlows.0.threadFlows.0.locations");
  ASSERT_NE(Steps, nullptr);
  EXPECT_EQ(Steps->getAsArray()->size(), 2u) << "the way out is no step";
  EXPECT_EQ(str(*Steps, "0.location.message.text"), "lock '<m>' acquired here");
  EXPECT_EQ(str(Result, "partialFingerprints.threadlint/v1"), "f00d");
  const json::Value &Fix = *get(Result, "fixes.0");
  EXPECT_EQ(str(Fix, "description.text"), "unlock first");
  const json::Value &Replacement =
      *get(Fix, "artifactChanges.0.replacements.0");
  EXPECT_EQ(num(Replacement, "deletedRegion.startColumn"), 9);
  EXPECT_EQ(num(Replacement, "deletedRegion.endColumn"), 14);
  EXPECT_EQ(str(Replacement, "insertedContent.text"), "later<T>");
  EXPECT_EQ(get(V, "runs.0.invocations.0.executionSuccessful")->getAsBoolean(),
            true);
}

TEST_F(Formats, SarifRule) {
  json::Value V = parsed(writeSarif);
  const json::Value &Rule = *get(V, "runs.0.tool.driver.rules.0");
  EXPECT_EQ(str(Rule, "name"), "SlowCall");
  EXPECT_EQ(str(Rule, "shortDescription.text"),
            "A call that is \"slow\" & <blocks>.");
  EXPECT_EQ(str(Rule, "fullDescription.text"), "Finds calls that wait.");
  EXPECT_EQ(str(Rule, "helpUri"), "https://docs.example/checks/slow-call.html");
  EXPECT_EQ(str(Rule, "properties.tags.1"), "CERT CON05-C");
  EXPECT_EQ(str(Rule, "properties.tags.2"), "external/cwe/cwe-667");
  EXPECT_EQ(get(V, "runs.0.results")->getAsArray()->size(), 0u);
}

TEST_F(Formats, SarifProblem) {
  addProblem();
  json::Value V = parsed(writeSarif);
  const json::Value &Run = *get(V, "runs.0.invocations.0");
  EXPECT_EQ(get(Run, "executionSuccessful")->getAsBoolean(), false);
  EXPECT_EQ(str(Run, "toolExecutionNotifications.0.level"), "error");
  EXPECT_EQ(str(Run, "toolExecutionNotifications.0.locations.0."
                     "physicalLocation.artifactLocation.uri"),
            "bad%3Ax.cpp");
}

TEST_F(Formats, SarifWithoutTheSource) {
  addFinding();
  R.Findings[0].Where.File = R.Findings[0].Fix[0].Where.File = "/gone/a.cpp";
  json::Value V = parsed(writeSarif);
  const json::Value &Result = *get(V, "runs.0.results.0");
  EXPECT_EQ(get(Result, "fixes"), nullptr);
  EXPECT_EQ(str(Result, "locations.0.physicalLocation.artifactLocation.uri"),
            "file:///gone/a.cpp");
  EXPECT_EQ(num(Result, "locations.0.physicalLocation.region.startColumn"), 11);
}

TEST_F(Formats, HtmlEscapesEverything) {
  addFinding();
  addProblem();
  std::string Page = written(writeHtml);
  // The page's own elements, and none of the report's.
  EXPECT_EQ(StringRef(Page).count("<script"), 1u);
  EXPECT_EQ(StringRef(Page).count("<b>More"), 0u);
  EXPECT_EQ(StringRef(Page).count("<more>"), 0u);
  EXPECT_EQ(StringRef(Page).count("<i>"), 0u);
  EXPECT_TRUE(StringRef(Page).contains("a b/&lt;script&gt;,%.cpp"));
  EXPECT_TRUE(StringRef(Page).contains("1 source could not be linted"));
  EXPECT_TRUE(StringRef(Page).contains("<mark>fsync</mark>"));
  EXPECT_TRUE(StringRef(Page).contains("later&lt;T&gt;(fd"));
  EXPECT_FALSE(StringRef(Page).contains("src=")) << "loads nothing";
}

TEST_F(Formats, EmptyReports) {
  EXPECT_EQ(written(writeGitHub), "");
  EXPECT_EQ(written(writeGitLab), "[]\n");
  EXPECT_TRUE(StringRef(written(writeHtml)).contains("Nothing to report"));
}

TEST_F(Formats, AFailedRunIsNeverClean) {
  addProblem();
  for (auto *Write : {writeGitHub, writeGitLab, writeCheckstyle, writeJson,
                      writeSarif, writeHtml})
    EXPECT_TRUE(StringRef(written(Write)).contains("does not parse"));
  EXPECT_FALSE(StringRef(written(writeHtml)).contains("Nothing to report"));
}

TEST_F(Formats, BrokenUtf8) {
  addFinding();
  R.Findings[0].Message = "call to '\xFF'";
  R.Findings[0].Check = "other-check";
  for (auto *Write : {writeGitLab, writeJson, writeSarif})
    EXPECT_TRUE(!!json::parse(written(Write)));
  EXPECT_TRUE(StringRef(written(writeHtml)).contains("\xEF\xBF\xBD"));
}

} // namespace
