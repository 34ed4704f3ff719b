//===- BaselineTest.cpp - Known findings ----------------------------------===//
// Reading, writing and applying; real runs are in test/integration/baseline.py.
//===----------------------------------------------------------------------===//
#include "driver/Baseline.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace threadlint;

namespace {

Finding finding(StringRef File, StringRef Message, StringRef Fingerprint) {
  Finding F;
  F.Check = "threadlint-x";
  F.Message = Message.str();
  F.Where.File = File.str();
  F.Fingerprint = Fingerprint.str();
  return F;
}

Report reportOf(std::vector<Finding> Findings) {
  Report R;
  R.Root = "/r";
  R.Findings = std::move(Findings);
  return R;
}

bool everything(StringRef) { return true; }

std::string printed(const Baseline &B) {
  std::string Result;
  raw_string_ostream OS(Result);
  B.print(OS);
  return OS.str();
}

std::string errorOf(StringRef Text) {
  Expected<Baseline> B = Baseline::parse(Text, "b.json");
  return B ? "" : toString(B.takeError());
}

TEST(BaselineTest, SortedOneALine) {
  Baseline B;
  B.replace(reportOf({finding("/r/b.cpp", "late", "2"),
                      finding("/r/a.cpp", "lambda at /r/a.cpp:12:3 \"q\"", "1")}),
            everything);
  EXPECT_EQ(printed(B),
            "{\"threadlint-baseline\": 1, \"findings\": [\n"
            "{\"file\":\"a.cpp\",\"check\":\"threadlint-x\",\"message\":"
            "\"lambda at a.cpp \\\"q\\\"\",\"fingerprint\":\"1\"},\n"
            "{\"file\":\"b.cpp\",\"check\":\"threadlint-x\",\"message\":"
            "\"late\",\"fingerprint\":\"2\"}\n"
            "]}\n");
  Expected<Baseline> Again = Baseline::parse(printed(B), "b.json");
  ASSERT_TRUE(!!Again);
  EXPECT_EQ(printed(*Again), printed(B));
}

TEST(BaselineTest, AnEmptyOneIsValid) {
  EXPECT_EQ(printed(Baseline()),
            "{\"threadlint-baseline\": 1, \"findings\": [\n]}\n");
  EXPECT_EQ(errorOf(printed(Baseline())), "");
}

TEST(BaselineTest, TakesWhatIsKnown) {
  Baseline B;
  B.replace(reportOf({finding("/r/a.cpp", "m", "1"),
                      finding("/r/a.cpp", "m", "2"),
                      finding("/r/b.cpp", "m", "3"),
                      finding("/r/c.cpp", "m", "4")}),
            everything);
  Report R = reportOf({finding("/r/a.cpp", "m", "1"), // same text, three times:
                       finding("/r/a.cpp", "m", "2"), // two are known
                       finding("/r/a.cpp", "m", "5")});
  std::vector<KnownFinding> Stale = B.takeKnown(
      R, [](StringRef File) { return File == "a.cpp" || File == "b.cpp"; });
  ASSERT_EQ(R.Findings.size(), 1u);
  EXPECT_EQ(R.Findings[0].Fingerprint, "5");
  EXPECT_EQ(R.Known, 2u);
  ASSERT_EQ(Stale.size(), 1u) << "c.cpp was not linted";
  EXPECT_EQ(Stale[0].File, "b.cpp");
}

TEST(BaselineTest, APartialRunForgetsNothing) {
  Baseline B;
  B.replace(reportOf({finding("/r/a.cpp", "m", "1"),
                      finding("/r/b.cpp", "m", "2"),
                      finding("/r/h.h", "m", "3")}),
            everything);
  B.replace(reportOf({finding("/r/a.cpp", "m", "4"),
                      finding("/r/h.h", "m", "3")}),
            [](StringRef File) { return File == "a.cpp"; });
  std::string Text = printed(B);
  EXPECT_EQ(StringRef(Text).count("\"fingerprint\""), 3u);
  EXPECT_FALSE(StringRef(Text).contains("\"1\""));
  EXPECT_EQ(StringRef(Text).count("\"3\""), 1u);
}

TEST(BaselineTest, ErrorsNameTheLine) {
  EXPECT_EQ(errorOf("{\"threadlint-baseline\": 1, \"findings\": [\n"
                    "<<<<<<< HEAD\n")
                .find("b.json:2: not a baseline ("),
            0u);
  EXPECT_EQ(errorOf("{\"threadlint-baseline\": 1, \"findings\": [\n"
                    "{\"file\":\"[{\\\"\",\"check\":\"c\",\"message\":\"m\","
                    "\"fingerprint\":\"f\"},\n"
                    "{\"file\":\"a\",\"check\":\"c\",\"message\":\"m\"}]}"),
            "b.json:3: not a baseline (the finding has no \"fingerprint\"); "
            "mend it, or remove it and write it anew with --write-baseline");
  EXPECT_EQ(errorOf("{\"threadlint-baseline\": 1, \"findings\": [\n1]}"),
            "b.json:2: not a baseline (a finding is an object); mend it, or "
            "remove it and write it anew with --write-baseline");
  EXPECT_EQ(errorOf("{\"threadlint-baseline\": 7, \"findings\": []}"),
            "b.json:1: a baseline of version 7, and this threadlint reads "
            "version 1; remove it and write it anew with --write-baseline");
  for (StringRef Text : {"", "[]", "{}", "{\"threadlint-baseline\": 1}",
                         "{\"threadlint-baseline\": \"1\", \"findings\": []}"})
    EXPECT_NE(errorOf(Text).find("b.json:1: not a baseline"), std::string::npos)
        << Text.str();
}

TEST(BaselineTest, AMissingFileIsAnError) {
  Expected<Baseline> B = Baseline::read("/no/such/baseline.json");
  ASSERT_FALSE(!!B);
  std::string Text = toString(B.takeError());
  EXPECT_NE(Text.find("/no/such/baseline.json: the baseline cannot be read"),
            std::string::npos);
}

} // namespace
