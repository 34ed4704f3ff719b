//===- ModelSetTest.cpp - The store of models --------------------*- C++
//-*-===//
// Look-ups by name in the built-in tables and in the user's files and options,
// and that every model file made it into the tables. Needs no clang.
//===----------------------------------------------------------------------===//
#include "analysis/ModelSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"
#include <set>

using namespace threadlint;
using llvm::StringRef;

namespace {

std::shared_ptr<const ModelSet> create(llvm::ArrayRef<std::string> Files,
                                       llvm::ArrayRef<std::string> Names = {}) {
  auto Set = ModelSet::create(Files, Names);
  if (!Set) {
    ADD_FAILURE() << llvm::toString(Set.takeError());
    return nullptr;
  }
  return *Set;
}

const FunctionModel *named(const ModelSet &Set, StringRef Name) {
  for (const FunctionCandidate &C : Set.functions(unqualifiedName(Name)))
    if (Name == C.Model->Name)
      return C.Model;
  return nullptr;
}

/// A file that lives as long as the test.
struct TemporaryFile {
  llvm::SmallString<64> Path;
  explicit TemporaryFile(StringRef Text) {
    int FD;
    EXPECT_FALSE(llvm::sys::fs::createTemporaryFile("model", "yaml", FD, Path));
    llvm::raw_fd_ostream(FD, /*shouldClose=*/true) << Text;
  }
  ~TemporaryFile() { llvm::sys::fs::remove(Path); }
};

} // namespace

TEST(ModelSet, UnqualifiedName) {
  EXPECT_EQ(unqualifiedName("std::mutex::lock"), "lock");
  EXPECT_EQ(unqualifiedName("fsync"), "fsync");
  EXPECT_EQ(unqualifiedName("std::unique_lock::operator bool"),
            "operator bool");
}

TEST(ModelSet, TablesAreSorted) {
  StringRef Last;
  for (const FunctionModel &M : ModelSet::builtinFunctions()) {
    EXPECT_LE(Last, unqualifiedName(M.Name));
    Last = unqualifiedName(M.Name);
  }
}

TEST(ModelSet, EveryModelFileHasEntries) {
  std::set<std::string> Libraries;
  for (const FunctionModel &M : ModelSet::builtinFunctions())
    Libraries.insert(M.Library);
  unsigned Files = 0;
  std::error_code EC;
  for (llvm::sys::fs::directory_iterator I(THREADLINT_SOURCE_DIR "/models", EC),
       End;
       I != End && !EC; I.increment(EC)) {
    if (llvm::sys::path::extension(I->path()) != ".yaml")
      continue;
    ++Files;
    std::string Stem = llvm::sys::path::stem(I->path()).str();
    EXPECT_EQ(Libraries.count(Stem), 1u)
        << Stem << ".yaml has no function, or another library's name";
  }
  EXPECT_EQ(Files, Libraries.size());
}

TEST(ModelSet, EveryBlockingModelHasACategory) {
  for (const FunctionModel &M : ModelSet::builtinFunctions()) {
    if (M.Does == Effect::Block || M.Does == Effect::Join) {
      EXPECT_NE(M.Blocks, Category::None) << M.Name;
    }
    if (M.Does == Effect::Acquire || M.Does == Effect::TryAcquire) {
      EXPECT_EQ(M.Blocks, Category::None) << M.Name;
    }
    if (M.Timeout != ArgNone) {
      EXPECT_NE(M.Unit, TimeUnit::None) << M.Name;
    }
  }
}

TEST(ModelSet, LooksUpBuiltins) {
  auto Set = create({});
  ASSERT_TRUE(Set);
  const FunctionModel *Fsync = named(*Set, "fsync");
  ASSERT_TRUE(Fsync);
  EXPECT_EQ(Fsync->Blocks, Category::SyncIo);
  EXPECT_STREQ(Fsync->Library, "posix");
  const FunctionModel *Lock = named(*Set, "std::mutex::lock");
  ASSERT_TRUE(Lock);
  EXPECT_EQ(Lock->Does, Effect::Acquire);
  EXPECT_GT(Set->functions("lock").size(), 5u);
  EXPECT_TRUE(Set->functions("no_such_function").empty());
  ASSERT_FALSE(Set->types("mutex").empty());
  EXPECT_TRUE(Set->types("NoSuchType").empty());
}

TEST(ModelSet, EvidenceIsSorted) {
  auto Set = create({});
  ASSERT_TRUE(Set);
  ASSERT_FALSE(Set->evidence().empty());
  for (size_t I = 1; I < Set->evidence().size(); ++I)
    EXPECT_LT(StringRef(Set->evidence()[I - 1]), StringRef(Set->evidence()[I]));
}

TEST(ModelSet, UserFilesAddAndOverride) {
  TemporaryFile File("library: mine\n"
                     "descriptor-evidence: [MY_NONBLOCK]\n"
                     "types:\n"
                     "  - {names: [\"std::mutex\"], kind: semaphore}\n"
                     "functions:\n"
                     "  - {names: [fsync], does: inert}\n"
                     "  - {names: [\"my::slow\"], does: block, "
                     "category: database}\n");
  auto Set = create({File.Path.str().str()});
  ASSERT_TRUE(Set);
  auto Fsync = Set->functions("fsync");
  llvm::erase_if(Fsync, [](const FunctionCandidate &C) {
    return StringRef(C.Model->Name) != "fsync"; // other classes' members
  });
  ASSERT_EQ(Fsync.size(), 1u);
  EXPECT_TRUE(Fsync[0].User);
  EXPECT_EQ(Fsync[0].Model->Does, Effect::Inert);
  EXPECT_TRUE(named(*Set, "my::slow"));
  ASSERT_FALSE(Set->types("mutex").empty());
  EXPECT_EQ(Set->types("mutex")[0]->Kind, TypeKind::Semaphore);
  EXPECT_TRUE(llvm::any_of(Set->evidence(), [](const char *Word) {
    return StringRef(Word) == "MY_NONBLOCK";
  }));
  EXPECT_NE(Set->digest(), create({})->digest());
  EXPECT_EQ(Set->digest(), create({File.Path.str().str()})->digest());
}

TEST(ModelSet, BlockingFunctionsOption) {
  auto Set = create({}, {"::my::slow", " other_slow ", ""});
  ASSERT_TRUE(Set);
  const FunctionModel *Slow = named(*Set, "my::slow");
  ASSERT_TRUE(Slow);
  EXPECT_EQ(Slow->Does, Effect::Block);
  EXPECT_EQ(Slow->Blocks, Category::Custom);
  EXPECT_TRUE(named(*Set, "other_slow"));
  EXPECT_NE(Set->digest(), create({})->digest());
}

TEST(ModelSet, ReportsEveryBadFile) {
  TemporaryFile Bad("library: x\nfunctions:\n  - {names: [a], does: what}\n");
  auto Set = ModelSet::create({Bad.Path.str().str(), "/nonexistent.yaml"});
  ASSERT_FALSE(static_cast<bool>(Set));
  std::string Error = llvm::toString(Set.takeError());
  EXPECT_NE(Error.find((Bad.Path + ":3:").str()), std::string::npos) << Error;
  EXPECT_NE(Error.find("cannot read model file '/nonexistent.yaml'"),
            std::string::npos)
      << Error;
}
