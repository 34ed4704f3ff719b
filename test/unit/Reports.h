//===- Reports.h - Reports to test formats with -----------------*- C++ -*-===//
// A folder with sources whose names and texts need every kind of escaping, and
// findings in them. The rules of the reports are defined in FormatsTest.cpp.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_TEST_UNIT_REPORTS_H
#define THREADLINT_TEST_UNIT_REPORTS_H

#include "driver/Finding.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

namespace threadlint {

class Reports : public testing::Test {
protected:
  Reports() {
    EXPECT_FALSE(
        llvm::sys::fs::createUniqueDirectory("threadlint-unit", Folder));
    R.Root = Folder.str().str();
    R.Sources = 2;
  }
  ~Reports() override { llvm::sys::fs::remove_directories(Folder); }

  /// The path of a new file below the root.
  std::string add(llvm::StringRef Name, llvm::StringRef Text) {
    std::string Path = R.Root + "/" + Name.str();
    EXPECT_FALSE(llvm::sys::fs::create_directories(
        llvm::sys::path::parent_path(Path)));
    std::error_code EC;
    llvm::raw_fd_ostream(Path, EC) << Text;
    EXPECT_FALSE(EC);
    return Path;
  }

  /// The place of the first \p Word in a file with \p Text.
  static Location at(const std::string &File, llvm::StringRef Text,
                     llvm::StringRef Word) {
    size_t Offset = Text.find(Word);
    EXPECT_NE(Offset, llvm::StringRef::npos);
    llvm::StringRef Before = Text.take_front(Offset);
    return {File, static_cast<unsigned>(Offset),
            static_cast<unsigned>(Before.count('\n') + 1),
            static_cast<unsigned>(Offset - (Before.rfind('\n') + 1) + 1)};
  }

  /// What a format writes, with ROOT for the root.
  std::string written(void (*Write)(const Report &, llvm::raw_ostream &)) {
    std::string Result;
    llvm::raw_string_ostream OS(Result);
    Write(R, OS);
    OS.flush();
    for (size_t At; (At = Result.find(R.Root)) != std::string::npos;)
      Result.replace(At, R.Root.size(), "ROOT");
    return Result;
  }

  Report R;

private:
  llvm::SmallString<128> Folder;
};

} // namespace threadlint

#endif
