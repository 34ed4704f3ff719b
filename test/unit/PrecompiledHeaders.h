//===- PrecompiledHeaders.h - Real headers for many programs ----*- C++ -*-===//
// Parses the real standard headers once for all programs of a test; each
// program then starts behind them.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_TEST_UNIT_PRECOMPILEDHEADERS_H
#define THREADLINT_TEST_UNIT_PRECOMPILEDHEADERS_H

#include "Analysis.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

namespace threadlint {
namespace unit {

class PrecompiledHeaders {
public:
  explicit PrecompiledHeaders(llvm::StringRef Includes)
      : Header(file("h")), Precompiled(file("pch")) {
    std::error_code EC;
    llvm::raw_fd_ostream(Header.Path, EC) << Includes;
    EXPECT_FALSE(EC);
    std::vector<std::string> Words{"clang", "-fsyntax-only", "-xc++-header"};
    for (const std::string &Arg : args())
      Words.push_back(Arg);
    Words.push_back(Header.Path);
    auto Files = llvm::makeIntrusiveRefCnt<clang::FileManager>(
        clang::FileSystemOptions());
    clang::tooling::ToolInvocation Run(
        Words, std::make_unique<Write>(Precompiled.Path), Files.get());
    EXPECT_TRUE(Run.run());
  }

  /// For programs behind the headers.
  Options options() const {
    Options O = withRealHeaders();
    O.Args = args();
    O.Args.insert(O.Args.end(), {"-include-pch", Precompiled.Path});
    return O;
  }

private:
  struct Write : clang::GeneratePCHAction {
    explicit Write(std::string To) : To(std::move(To)) {}
    bool BeginInvocation(clang::CompilerInstance &CI) override {
      CI.getFrontendOpts().OutputFile = To;
      return clang::GeneratePCHAction::BeginInvocation(CI);
    }
    std::string To;
  };

  static std::vector<std::string> args() { return parserArguments({}); }
  static std::string file(llvm::StringRef Ending) {
    llvm::SmallString<128> Path;
    EXPECT_FALSE(
        llvm::sys::fs::createTemporaryFile("threadlint", Ending, Path));
    return Path.str().str();
  }

  struct Removed {
    explicit Removed(std::string Name) : Path(std::move(Name)) {}
    ~Removed() { llvm::sys::fs::remove(Path); }
    std::string Path;
  };
  Removed Header, Precompiled;
};

} // namespace unit
} // namespace threadlint

#endif
