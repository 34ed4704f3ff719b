//===- FormatPartsTest.cpp - What the formats are made of -----------------===//
// Paths, columns, escaping, and how a finding is told.
//===----------------------------------------------------------------------===//
#include "Reports.h"
#include "driver/formats/Columns.h"
#include "driver/formats/HtmlFinding.h"
#include "driver/formats/Markup.h"
#include "driver/formats/Paths.h"
#include "driver/formats/Story.h"

using namespace threadlint;

namespace {

TEST(Paths, RelativeOnlyInside) {
  EXPECT_EQ(relativeTo("/a/b", "/a/b/c/d.cpp"), "c/d.cpp");
  EXPECT_EQ(relativeTo("/a/b/", "/a/b/c.cpp"), "c.cpp");
  EXPECT_EQ(relativeTo("/", "/c.cpp"), "c.cpp");
  EXPECT_EQ(relativeTo("/a/b", "/a/bc/d.cpp"), "/a/bc/d.cpp");
  EXPECT_EQ(relativeTo("/a/b", "/a/b"), "/a/b");
  EXPECT_EQ(relativeTo("/a/b", ""), "");
}

TEST(Paths, Uris) {
  EXPECT_EQ(uriPath("a b/c%20#?\"<>.cpp"), "a%20b/c%2520%23%3F%22%3C%3E.cpp");
  EXPECT_EQ(uriPath("gr\xC3\xBC\xC3\x9F.cpp"), "gr%C3%BC%C3%9F.cpp");
  EXPECT_EQ(fileUri("/usr/x y.h"), "file:///usr/x%20y.h");
}

TEST(Columns, Utf16) {
  EXPECT_EQ(utf16Column("int x", 5), 5u);
  EXPECT_EQ(utf16Column("\xC3\xBC x", 4), 3u);                   // u umlaut
  EXPECT_EQ(utf16Column("\xE2\x82\xAC x", 5), 3u);               // euro
  EXPECT_EQ(utf16Column("\xF0\x9F\x98\x80 x", 6), 4u);           // emoji
  EXPECT_EQ(utf16Column("", 7), 7u);                             // no such line
  EXPECT_EQ(utf16Column("ab", 9), 9u);
  EXPECT_EQ(utf16Column("ab", 0), 0u);
}

TEST(Columns, Words) {
  EXPECT_EQ(wordLength("  fsync(fd)", 3), 5u);
  EXPECT_EQ(wordLength("  fsync(fd)", 8), 1u);
  EXPECT_EQ(wordLength("::a::b::~c", 3), 4u);
  EXPECT_EQ(wordLength("ab", 3), 0u);
  EXPECT_EQ(wordLength("", 5), 0u);
}

TEST(Markup, Escapes) {
  EXPECT_EQ(escaped("<a href=\"x\" b='y'>&amp;"),
            "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;");
  EXPECT_EQ(escaped("a\nb\tc"), "a&#10;b&#9;c");
  EXPECT_EQ(escaped(llvm::StringRef("a\0b\x1B", 4)),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
  EXPECT_EQ(escaped("\xFF"), "\xEF\xBF\xBD");
  EXPECT_EQ(escaped("gr\xC3\xBCn"), "gr\xC3\xBCn");
}

TEST(Markup, QuotesAreCode) {
  EXPECT_EQ(messageHtml("call to 'f<int>' while 'mu' is held"),
            "call to <code>f&lt;int&gt;</code> while <code>mu</code> is held");
  EXPECT_EQ(messageHtml("the task's end"), "the task&#39;s end");
  EXPECT_EQ(messageHtml("'a"), "&#39;a");
  EXPECT_EQ(messageHtml("''"), "&#39;&#39;");
  EXPECT_EQ(messageHtml("'operator'"), "<code>operator</code>");
  EXPECT_EQ(messageHtml("'x'."), "<code>x</code>.");
}

TEST(Story, TheWayOutIsAtTheFinding) {
  Finding F;
  F.Where = {"/a.cpp", 9, 2, 3};
  EXPECT_EQ(wayOutOf(F), nullptr);
  F.Notes = {{{"/a.cpp", 5, 1, 6}, "acquired here"}};
  EXPECT_EQ(wayOutOf(F), nullptr);
  EXPECT_EQ(pathOf(F).size(), 1u);
  F.Notes.push_back({F.Where, "copy it"});
  ASSERT_NE(wayOutOf(F), nullptr);
  EXPECT_EQ(wayOutOf(F)->Message, "copy it");
  EXPECT_EQ(pathOf(F).size(), 1u);
}

TEST(Story, Counts) {
  EXPECT_EQ(counted(1, "source"), "1 source");
  EXPECT_EQ(counted(0, "source"), "0 sources");
}

} // namespace
