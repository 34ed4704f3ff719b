//===- DiffTest.cpp - The changed lines of a unified diff -----------------===//
// Unit tests of driver/Diff: what git prints, and what looks like it.
//===----------------------------------------------------------------------===//
#include "driver/Diff.h"
#include "gtest/gtest.h"

using namespace threadlint;

/// "path: 3-5 9-9; other:", or the error.
static std::string parsed(llvm::StringRef Text) {
  llvm::Expected<std::vector<ChangedFile>> Files = parseDiff(Text);
  if (!Files)
    return "error: " + llvm::toString(Files.takeError());
  std::string Result;
  for (const ChangedFile &File : *Files) {
    Result += (Result.empty() ? "" : "; ") + File.Path + ":";
    for (const auto &[First, Last] : File.Lines)
      Result += " " + std::to_string(First) + "-" + std::to_string(Last);
  }
  return Result;
}

TEST(Diff, AddedReplacedAndRemovedLines) {
  EXPECT_EQ(parsed("diff --git a/x.cpp b/x.cpp\n"
                   "index 1..2 100644\n"
                   "--- a/x.cpp\n"
                   "+++ b/x.cpp\n"
                   "@@ -1,0 +2,3 @@ int f() {\n"
                   "+a\n+b\n+c\n"
                   "@@ -7 +10 @@\n"
                   "-old\n+new\n"
                   "@@ -20,2 +22,0 @@\n"
                   "-gone\n-gone\n"),
            "x.cpp: 2-4 10-10");
}

TEST(Diff, NewDeletedRenamedAndBinaryFiles) {
  EXPECT_EQ(parsed("diff --git a/n.cpp b/n.cpp\n"
                   "new file mode 100644\n"
                   "--- /dev/null\n"
                   "+++ b/n.cpp\n"
                   "@@ -0,0 +1,2 @@\n+a\n+b\n"
                   "diff --git a/d.cpp b/d.cpp\n"
                   "deleted file mode 100644\n"
                   "--- a/d.cpp\n"
                   "+++ /dev/null\n"
                   "@@ -1,2 +0,0 @@\n-a\n-b\n"
                   "diff --git a/r.cpp b/s.cpp\n"
                   "similarity index 90%\n"
                   "rename from r.cpp\n"
                   "rename to s.cpp\n"
                   "--- a/r.cpp\n"
                   "+++ b/s.cpp\n"
                   "@@ -3 +3 @@\n-a\n+b\n"
                   "diff --git a/p.png b/p.png\n"
                   "Binary files a/p.png and b/p.png differ\n"
                   "diff --git a/q.cpp b/t.cpp\n"
                   "similarity index 100%\n"
                   "rename from q.cpp\n"
                   "rename to t.cpp\n"),
            "n.cpp: 1-2; s.cpp: 3-3");
}

TEST(Diff, UnusualNames) {
  EXPECT_EQ(
      parsed("--- a/with space.cpp\t\n"
             "+++ b/with space.cpp\t\n"
             "@@ -1 +1 @@\n-a\n+b\n"
             "--- \"a/q\\\"\\t\\303\\244\\\\.cpp\"\n"
             "+++ \"b/q\\\"\\t\\303\\244\\\\.cpp\"\n"
             "@@ -1 +1 @@\n-a\n+b\n"
             "+++ b/b/\xc3\xa4.cpp\n"
             "@@ -1 +1 @@\n-a\n+b\n"),
      "with space.cpp: 1-1; q\"\t\xc3\xa4\\.cpp: 1-1; b/\xc3\xa4.cpp: 1-1");
}

TEST(Diff, LinesThatLookLikeHeaders) {
  EXPECT_EQ(parsed("--- a/x.cpp\n"
                   "+++ b/x.cpp\n"
                   "@@ -1,2 +1,2 @@\n"
                   "--- a/y.cpp\n"
                   "-@@ -1 +1 @@\n"
                   "+++ b/y.cpp\n"
                   "+@@ -1 +1 @@\n"
                   "\\ No newline at end of file\n"
                   "@@ -9 +9 @@ @@ -1 +1 @@\n-a\n"
                   "\\ No newline at end of file\n"
                   "+b\n"),
            "x.cpp: 1-2 9-9");
}

TEST(Diff, WhatItCannotRead) {
  EXPECT_EQ(parsed(""), "");
  for (const char *Text :
       {"+++ b/x.cpp\n@@ nonsense\n", "+++ b/x.cpp\n@@ -1 +x @@\n+a\n",
        "+++ b/x.cpp\n@@ -1,2 +1 @@\n-a\n",      // ends in the middle
        "+++ b/x.cpp\n@@@ -1 -1 +1 @@@\n- a\n"}) // a merge
    EXPECT_EQ(parsed(Text).substr(0, 7), "error: ") << Text;
}
