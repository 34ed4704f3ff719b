//===- Check.h - Base class of all threadlint checks ------------*- C++ -*-===//
// Last stage but one of the pipeline: connects the shared analyses with
// clang-tidy. Reads the options that all checks have and hands out one
// TranslationUnit for each AST; what is wrong is left to the single checks.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_CHECK_H
#define THREADLINT_CHECKS_CHECK_H

#include "clang-tidy/ClangTidyCheck.h"
#include <memory>
#include <string>
#include <vector>

namespace clang {
class FunctionDecl;
} // namespace clang

namespace threadlint {

class ModelSet;
class TranslationUnit;

/// Functions that a check's options name.
struct NamedFunctions {
  std::vector<std::string> Blocking; ///< qualified names that block
  std::vector<std::string> Ignored;  ///< qualified names that do nothing
};

class Check : public clang::tidy::ClangTidyCheck {
public:
  Check(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context);
  ~Check() override;

  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) final;
  void check(const clang::ast_matchers::MatchFinder::MatchResult &Result) final;
  void onStartOfTranslationUnit() final;
  void onEndOfTranslationUnit() final;
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

protected:
  /// Looks for mistakes in one AST. Called once for each.
  virtual void checkUnit(TranslationUnit &TU) = 0;

  /// The semicolon separated list that the option \p Name holds.
  std::vector<std::string> listOption(llvm::StringRef Name,
                                      llvm::StringRef Default);
  /// `true` or `false`; anything else is a wrong option.
  bool boolOption(llvm::StringRef Name, bool Default);
  /// A whole number that is not negative.
  unsigned numberOption(llvm::StringRef Name, unsigned Default);
  /// Adds functions to the models; call it in the constructor.
  void addFunctions(const NamedFunctions &Functions);
  /// Reports that the value of option \p Name cannot be used.
  void wrongOption(llvm::StringRef Name, const llvm::Twine &Reason);

private:
  struct Shared;

  static std::shared_ptr<Shared>
  sharedBy(const clang::tidy::ClangTidyContext &Context);
  void run(clang::ASTContext &AST);
  void loadModels(const NamedFunctions &Functions);
  /// The host checks the file in an editor, while it is written.
  bool isInEditor() const;

  clang::tidy::ClangTidyContext &TidyContext;
  const std::shared_ptr<Shared> Common;
  std::vector<std::string> WrongOptions; ///< what to say about them
  std::string ModelFiles;
  std::string SetKey; ///< equal keys: equal models
  std::shared_ptr<const ModelSet> Models;
  std::shared_ptr<TranslationUnit> Unit;
};

/// How a message names \p F: without template arguments; "lambda" for one.
std::string nameOf(const clang::FunctionDecl &F);

/// \p Items as an option's value.
std::string joinList(llvm::ArrayRef<std::string> Items);

} // namespace threadlint

#endif
