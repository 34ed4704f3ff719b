//===- ModelReaderTest.cpp - Model files, good and bad -----------*- C++
//-*-===//
// Every kind of mistake in a model file is an error with file, line and column;
// defaults are filled in as docs/models.md says. Needs no clang.
//===----------------------------------------------------------------------===//
#include "analysis/ModelReader.h"
#include "gtest/gtest.h"

using namespace threadlint;
using llvm::StringRef;

namespace {

std::unique_ptr<ModelFile> read(StringRef Text) {
  SeenNames Seen;
  auto File = readModelBuffer(llvm::MemoryBufferRef(Text, "m.yaml"), Seen);
  if (!File) {
    ADD_FAILURE() << llvm::toString(File.takeError());
    return std::make_unique<ModelFile>();
  }
  return std::move(*File);
}

std::string errorOf(StringRef Text) {
  SeenNames Seen;
  auto File = readModelBuffer(llvm::MemoryBufferRef(Text, "m.yaml"), Seen);
  return File ? std::string() : llvm::toString(File.takeError());
}

/// The error of a file with one function entry, which stands on line 3.
std::string entryError(StringRef Entry) {
  return errorOf(("library: x\nfunctions:\n  - " + Entry + "\n").str());
}

void expectError(const std::string &Error, StringRef Place, StringRef Text) {
  EXPECT_TRUE(StringRef(Error).take_front(Place.size()) == Place) << Error;
  EXPECT_NE(Error.find(Text.str()), std::string::npos) << Error;
}

} // namespace

TEST(ModelReader, ReadsFunctions) {
  auto File = read("library: x\n"
                   "reference: y\n"
                   "linkage: c\n"
                   "functions:\n"
                   "  - {names: [p], does: block, category: wait, "
                   "timeout: {arg: 2, unit: ms}, descriptor: 0, "
                   "flags: {arg: 3, names: [A, B]}}\n"
                   "  - {of: [\"n::C\"], names: [l, \"~C\"], does: acquire, "
                   "mode: shared, success: zero}\n");
  ASSERT_EQ(File->Functions.size(), 3u);
  const FunctionModel &P = File->Functions[0];
  EXPECT_STREQ(P.Name, "p");
  EXPECT_STREQ(P.Library, "x");
  EXPECT_EQ(P.Does, Effect::Block);
  EXPECT_EQ(P.Blocks, Category::Wait);
  EXPECT_EQ(P.Timeout, 2);
  EXPECT_EQ(P.Unit, TimeUnit::Milliseconds);
  EXPECT_EQ(P.Descriptor, 0);
  EXPECT_EQ(P.Object, 0) << "a descriptor is the object";
  EXPECT_EQ(P.Flags, 3);
  EXPECT_STREQ(P.FlagNames, "A B");
  EXPECT_EQ(P.Link, Linkage::C);
  const FunctionModel &D = File->Functions[2];
  EXPECT_STREQ(D.Name, "n::C::~C");
  EXPECT_EQ(D.Object, ArgThis);
  EXPECT_EQ(D.Mode, LockMode::Shared);
  EXPECT_EQ(D.Success, SuccessWhen::Zero);
  EXPECT_EQ(D.Link, Linkage::Any) << "a member never has C linkage";
}

TEST(ModelReader, ReadsDeadlines) {
  auto File = read("library: x\n"
                   "functions:\n"
                   "  - {names: [get], does: block, category: network, "
                   "deadline: {object: 0, types: [A, B], with: LIMIT}}\n"
                   "  - {of: [C], names: [go], does: inert, "
                   "deadline: {object: this, with: limit}}\n"
                   "  - {names: [open], does: make-handle}\n"
                   "  - {names: [option], does: set-deadline, "
                   "flags: {arg: 1, names: [LIMIT]}, "
                   "timeout: {arg: 2, unit: s}}\n");
  ASSERT_EQ(File->Functions.size(), 4u);
  const FunctionModel &Get = File->Functions[0];
  EXPECT_STREQ(Get.DeadlineWith, "LIMIT");
  EXPECT_STREQ(Get.DeadlineTypes, "A B");
  EXPECT_EQ(Get.Deadline, 0);
  EXPECT_EQ(File->Functions[1].Deadline, ArgThis);
  const FunctionModel &Open = File->Functions[2];
  EXPECT_EQ(Open.Does, Effect::MakeHandle);
  EXPECT_EQ(Open.Object, ArgNone);
  EXPECT_STREQ(Open.DeadlineWith, "");
  const FunctionModel &Option = File->Functions[3];
  EXPECT_EQ(Option.Does, Effect::SetDeadline);
  EXPECT_EQ(Option.Object, 0) << "the first argument";
  EXPECT_STREQ(Option.FlagNames, "LIMIT");
  EXPECT_EQ(Option.Timeout, 2);
}

TEST(ModelReader, WrongDeadlines) {
  expectError(entryError("{names: [a], does: block, category: network, "
                         "deadline: {object: 0}}"),
              "m.yaml:3:", "missing required key 'with'");
  expectError(entryError("{names: [a], does: join, deadline: {with: x}}"),
              "m.yaml:3:", "key 'deadline' makes no sense");
}

TEST(ModelReader, FillsInDefaults) {
  auto File = read("library: x\n"
                   "functions:\n"
                   "  - {names: [a], does: acquire}\n"
                   "  - {names: [b], does: join}\n"
                   "  - {names: [c], does: try-acquire}\n"
                   "  - {names: [d], does: throw}\n"
                   "  - {names: [e], does: semaphore-try-acquire}\n"
                   "  - {names: [f], does: semaphore-try-acquire, "
                   "timeout: {arg: 0, unit: s}}\n"
                   "  - {names: [g], does: no-return}\n");
  ASSERT_EQ(File->Functions.size(), 7u);
  EXPECT_EQ(File->Functions[0].Object, 0);
  EXPECT_EQ(File->Functions[0].Blocks, Category::None);
  EXPECT_EQ(File->Functions[1].Blocks, Category::Wait);
  EXPECT_EQ(File->Functions[2].Success, SuccessWhen::True);
  EXPECT_TRUE(File->Functions[3].Throws);
  EXPECT_EQ(File->Functions[4].Blocks, Category::None);
  EXPECT_EQ(File->Functions[5].Blocks, Category::Wait);
  EXPECT_EQ(File->Functions[6].Object, ArgNone);
}

TEST(ModelReader, ReadsTypesAndEvidence) {
  auto File = read("library: x\n"
                   "descriptor-evidence: [EAGAIN]\n"
                   "types:\n"
                   "  - {names: [m], kind: lock, recursive: true}\n"
                   "  - {names: [g], kind: guard, mode: shared, "
                   "many-locks: true}\n"
                   "  - {names: [t], kind: guard-tag, means: adopted}\n");
  ASSERT_EQ(File->Types.size(), 3u);
  EXPECT_TRUE(File->Types[0].Recursive);
  EXPECT_EQ(File->Types[1].Kind, TypeKind::Guard);
  EXPECT_EQ(File->Types[1].Mode, LockMode::Shared);
  EXPECT_TRUE(File->Types[1].ManyLocks);
  EXPECT_EQ(File->Types[2].Tag, TagMeaning::Adopted);
  ASSERT_EQ(File->Evidence.size(), 1u);
  EXPECT_STREQ(File->Evidence[0], "EAGAIN");
}

TEST(ModelReader, UnknownKey) {
  expectError(entryError("{names: [a], does: inert, colour: red}"),
              "m.yaml:3:", "unknown key 'colour'");
  expectError(errorOf("library: x\nfnctions: []\n"),
              "m.yaml:2:", "unknown key 'fnctions'");
}

TEST(ModelReader, WrongType) {
  expectError(entryError("{names: a, does: inert}"), "m.yaml:3:", "sequence");
  expectError(entryError("{names: [a], does: [inert]}"), "m.yaml:3:", "");
  expectError(entryError("{names: [a], does: acquire, object: me}"),
              "m.yaml:3:", "argument position");
  expectError(entryError("{names: [a], does: inert, throws: maybe}"),
              "m.yaml:3:", "boolean");
}

TEST(ModelReader, UnknownValue) {
  expectError(entryError("{names: [a], does: explode}"),
              "m.yaml:3:24: error:", "unknown");
  expectError(entryError("{names: [a], does: block, category: sea}"),
              "m.yaml:3:41: error:", "unknown");
}

TEST(ModelReader, MissingKey) {
  expectError(entryError("{names: [a]}"),
              "m.yaml:3:", "missing required key 'does'");
  expectError(entryError("{names: [a], does: block}"),
              "m.yaml:3:", "missing required key 'category'");
  expectError(entryError("{names: [a], does: condition-wait}"),
              "m.yaml:3:", "missing required key 'lock'");
  expectError(entryError("{names: [a], does: spawn}"),
              "m.yaml:3:", "missing required key 'callable'");
  expectError(entryError("{names: ['*'], does: inert}"),
              "m.yaml:3:", "the name '*' needs 'first-param'");
  expectError(errorOf("functions: []\n"),
              "m.yaml:1:", "missing required key 'library'");
  expectError(errorOf(""), "m.yaml:1:1: error:", "");
}

TEST(ModelReader, KeyOfAnotherEffect) {
  expectError(entryError("{names: [a], does: release, callable: 0}"),
              "m.yaml:3:", "key 'callable' makes no sense");
  expectError(entryError("{names: [a], does: acquire, object: none}"),
              "m.yaml:3:", "needs an object");
  expectError(
      errorOf("library: x\ntypes:\n  - {names: [a], kind: guard-tag}\n"),
      "m.yaml:3:", "'means' is required");
  expectError(errorOf("library: x\ntypes:\n  - {names: [a], kind: future, "
                      "recursive: true}\n"),
              "m.yaml:3:", "for a lock only");
}

TEST(ModelReader, BrokenYaml) {
  std::string Error = errorOf("library: x\nfunctions:\n  - {names: [a\n");
  EXPECT_EQ(Error.find("m.yaml:"), 0u) << Error;
  expectError(errorOf("just a word\n"), "m.yaml:1:", "error");
  expectError(errorOf("library: x\n---\nlibrary: y\n"),
              "m.yaml:1:", "one YAML document");
}

TEST(ModelReader, Duplicates) {
  expectError(errorOf("library: x\nfunctions:\n"
                      "  - {names: [a], does: inert}\n"
                      "  - {names: [b, a], does: inert}\n"),
              "m.yaml:4:", "duplicate entry for 'a', also at m.yaml:3:");
  expectError(errorOf("library: x\ntypes:\n"
                      "  - {names: [a], kind: lock}\n"
                      "  - {names: [a], kind: guard}\n"),
              "m.yaml:4:", "duplicate entry for 'a'");
  EXPECT_EQ(entryError("{names: [a], does: inert, max-args: 1}\n"
                       "  - {names: [a], does: throw, min-args: 2}"),
            "");
  EXPECT_EQ(entryError("{names: [a], does: inert}\n"
                       "  - {names: [a], does: throw, first-param: T}"),
            "");
}

TEST(ModelReader, DuplicatesAcrossFiles) {
  SeenNames Seen;
  StringRef Text = "library: x\nfunctions:\n  - {names: [a], does: inert}\n";
  auto First = readModelBuffer(llvm::MemoryBufferRef(Text, "1.yaml"), Seen);
  ASSERT_TRUE(static_cast<bool>(First));
  auto Second = readModelBuffer(llvm::MemoryBufferRef(Text, "2.yaml"), Seen);
  ASSERT_FALSE(static_cast<bool>(Second));
  expectError(llvm::toString(Second.takeError()),
              "2.yaml:3:", "also at 1.yaml:3:");
}

TEST(ModelReader, MissingFile) {
  SeenNames Seen;
  auto File = readModelFile("/nonexistent/m.yaml", Seen);
  ASSERT_FALSE(static_cast<bool>(File));
  EXPECT_EQ(llvm::toString(File.takeError())
                .find("cannot read model file '/nonexistent/m.yaml': "),
            0u);
}
