//===- FingerprintTest.cpp - Which mistake a finding is -------------------===//
// Unit tests of driver/Fingerprint: what changes it, and what does not.
//===----------------------------------------------------------------------===//
#include "driver/Fingerprint.h"
#include "gtest/gtest.h"

using namespace threadlint;

namespace {

struct Mistake {
  std::string Check = "threadlint-x", Message = "m", File = "/repo/a.cpp";
  unsigned Line = 1;
  std::string Text = "  call(x);";
};

std::vector<std::string> prints(const std::vector<Mistake> &Mistakes,
                                std::string Root = "/repo") {
  Report R;
  R.Root = Root;
  for (const Mistake &M : Mistakes) {
    Finding F;
    F.Check = M.Check;
    F.Message = M.Message;
    F.Where = {M.File, 0, M.Line, 1};
    R.Findings.push_back(F);
  }
  setFingerprints(R, [&](const Finding &F) {
    return llvm::StringRef(Mistakes[&F - R.Findings.data()].Text);
  });
  std::vector<std::string> Result;
  for (const Finding &F : R.Findings)
    Result.push_back(F.Fingerprint);
  return Result;
}

std::string print(const Mistake &M, std::string Root = "/repo") {
  return prints({M}, Root).front();
}

} // namespace

TEST(Fingerprint, IsHexadecimal) {
  std::string Print = print({});
  EXPECT_EQ(Print.size(), 32u);
  EXPECT_EQ(Print.find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(Fingerprint, SurvivesShiftsAndFormatting) {
  Mistake Moved, Formatted;
  Moved.Line = 99;
  Formatted.Text = "\tcall( x ) ;";
  EXPECT_EQ(print({}), print(Moved));
  EXPECT_EQ(print({}), print(Formatted));
}

TEST(Fingerprint, DoesNotDependOnTheCheckout) {
  Mistake Elsewhere;
  Elsewhere.File = "/home/me/repo/a.cpp";
  EXPECT_EQ(print({}), print(Elsewhere, "/home/me/repo"));
  EXPECT_EQ(print({}), print({}, "/repo/"));
  EXPECT_NE(print({}), print({}, "/rep"));
}

TEST(Fingerprint, TellsMistakesApart) {
  Mistake Check, Message, File, Text;
  Check.Check = "threadlint-y";
  Message.Message = "n";
  File.File = "/repo/b.cpp";
  Text.Text = "call(y);";
  for (const Mistake &M : {Check, Message, File, Text})
    EXPECT_NE(print({}), print(M));
}

TEST(Fingerprint, CountsWhatIsAlike) {
  Mistake Other;
  Other.Message = "n";
  std::vector<std::string> All = prints({{}, Other, {}});
  EXPECT_EQ(All[0], print({}));
  EXPECT_EQ(All[1], print(Other));
  EXPECT_NE(All[0], All[2]);
}
