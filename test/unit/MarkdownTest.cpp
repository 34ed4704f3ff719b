//===- MarkdownTest.cpp - Pages for a terminal, and the nearest name ------===//
// Tests driver/Markdown.h, driver/Wrap.h and driver/Nearest.h.
//===----------------------------------------------------------------------===//
#include "driver/Markdown.h"
#include "driver/Nearest.h"
#include "driver/Wrap.h"
#include "gtest/gtest.h"
#include <string>

using namespace llvm;
using namespace threadlint;

static std::string rendered(StringRef Text, unsigned Width = 40) {
  std::string Result;
  raw_string_ostream OS(Result);
  renderMarkdown(OS, Text, /*Bold=*/false, Width);
  return OS.str();
}

TEST(Markdown, HeadingsAndParagraphs) {
  EXPECT_EQ(rendered("# Title\n\nOne two\nthree.\n"),
            "Title\n\n  One two three.\n");
  EXPECT_EQ(rendered("aaaa bbbb cccc", 12), "  aaaa bbbb\n  cccc\n");
  EXPECT_EQ(rendered(""), "\n");
}

TEST(Markdown, Lists) {
  EXPECT_EQ(rendered("- one two\n  three\n- four\n", 12),
            "  - one two\n    three\n  - four\n");
}

TEST(Markdown, CodeIsKept) {
  EXPECT_EQ(rendered("```c++\nif (a)\n\n  b(\"a very long line\");\n```\n", 10),
            "      if (a)\n\n        b(\"a very long line\");\n");
  EXPECT_EQ(rendered("    $ run\n"), "      $ run\n");
  // A fence that nobody closes is code up to the end.
  EXPECT_EQ(rendered("```\n# x"), "      # x\n");
}

TEST(Markdown, Tables) {
  EXPECT_EQ(rendered("| a | b |\n|---|---|\n| long | what it is |\n"),
            "  a     b\n  long  what it is\n");
}

TEST(Markdown, Links) {
  EXPECT_EQ(rendered("See [models](../models.md)."), "  See models.\n");
  EXPECT_EQ(rendered("[x](https://a.b) or a[i] and (b)"),
            "  x (https://a.b) or a[i] and (b)\n");
}

TEST(Wrap, LongWordsAndColumns) {
  std::string Result;
  raw_string_ostream OS(Result);
  wrap(OS, "…… aa incredibly b", 3, 2, 8);
  EXPECT_EQ(OS.str(), "…… aa\n  incredibly\n  b\n");
}

TEST(Nearest, PartsBeforeEdits) {
  EXPECT_EQ(nearest("lock", {"clock-x", "lick"}), "clock-x");
  EXPECT_EQ(nearest("ru", {"list", "run"}), "run");
  EXPECT_EQ(nearest("lst", {"run", "list"}), "list");
  EXPECT_EQ(nearest("", {"run", "list"}), "run");
}
