//===- Check.cpp - Base class of all threadlint checks --------------------===//
// See the header. The table below is the only state that outlives a check; it
// holds weak pointers, and a lock since clangd checks several files at once.
//===----------------------------------------------------------------------===//
#include "checks/Check.h"
#include "analysis/LLVMCompat.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringExtras.h"
#include <map>
#include <mutex>
#include <optional>

using namespace clang;
using namespace clang::ast_matchers;

namespace threadlint {

std::string joinList(llvm::ArrayRef<std::string> Items) {
  return llvm::join(Items, ";");
}

static std::optional<bool> parseBool(llvm::StringRef Text) {
  Text = Text.trim();
  if (Text == "true" || Text == "1")
    return true;
  if (Text == "false" || Text == "0")
    return false;
  return std::nullopt;
}

static std::vector<std::string> splitList(llvm::StringRef Value) {
  llvm::SmallVector<llvm::StringRef, 8> Parts;
  Value.split(Parts, ';');
  std::vector<std::string> Result;
  for (llvm::StringRef Part : Parts)
    if (!Part.trim().empty())
      Result.push_back(Part.trim().str());
  return Result;
}

Check::Check(llvm::StringRef Name, tidy::ClangTidyContext *Context)
    : ClangTidyCheck(Name, Context), TidyContext(*Context),
      ModelFiles(Options.getLocalOrGlobal("ModelFiles", "")) {
  // Written by storeOptions() for result caches; known so that a dumped
  // configuration can be read back.
  (void)Options.get("Version");
  (void)Options.get("Models");
  loadModels({});
}

Check::~Check() = default;

void Check::loadModels(const NamedFunctions &Functions) {
  auto Set = ModelSet::create(splitList(ModelFiles), Functions.Blocking,
                              Functions.Ignored);
  if (!Set) {
    wrongOption("ModelFiles", llvm::toString(Set.takeError()));
    return;
  }
  Models = *Set;
  SetKey = ModelFiles + '\n' + joinList(Functions.Blocking) + '\n' +
           joinList(Functions.Ignored);
}

void Check::addFunctions(const NamedFunctions &Functions) {
  if (Models && !(Functions.Blocking.empty() && Functions.Ignored.empty()))
    loadModels(Functions);
}

void Check::wrongOption(llvm::StringRef Name, const llvm::Twine &Reason) {
  // LLVM 16 and older have getID() public in the base class only.
  const MatchFinder::MatchCallback &Self = *this;
  WrongOptions.push_back(
      ("invalid value of option '" + Self.getID() + "." + Name + "': " + Reason)
          .str());
  configurationDiag("%0", DiagnosticIDs::Error) << WrongOptions.back();
}

std::vector<std::string> Check::listOption(llvm::StringRef Name,
                                           llvm::StringRef Default) {
  return splitList(Options.get(Name, Default));
}

// clang-tidy's own conversions are not exported to plugins in every version.
bool Check::boolOption(llvm::StringRef Name, bool Default) {
  // A string of our own: LLVM 14 returns one by value.
  const std::string Text(Options.get(Name, Default ? "true" : "false"));
  if (std::optional<bool> Value = parseBool(Text))
    return *Value;
  wrongOption(Name, "'" + Text + "' is neither 'true' nor 'false'");
  return Default;
}

unsigned Check::numberOption(llvm::StringRef Name, unsigned Default) {
  std::string DefaultText = std::to_string(Default);
  const std::string Text(Options.get(Name, DefaultText));
  unsigned Value = 0;
  if (!llvm::StringRef(Text).trim().getAsInteger(10, Value))
    return Value;
  wrongOption(Name, "'" + Text + "' is not a whole number");
  return Default;
}

void Check::storeOptions(tidy::ClangTidyOptions::OptionMap &Opts) {
  Options.store(Opts, "ModelFiles", ModelFiles);
  Options.store(Opts, "Version", THREADLINT_VERSION);
  Options.store(Opts, "Models", Models ? Models->digest() : "invalid");
}

bool Check::isInEditor() const {
#if THREADLINT_HAS_SELF_CONTAINED_DIAGS
  return TidyContext.areDiagsSelfContained();
#else
  return false;
#endif
}

namespace {
AST_MATCHER_P(Decl, comesFirst, const bool *, Met) {
  (void)Node, (void)Finder, (void)Builder;
  return !*Met;
}
} // namespace

void Check::registerMatchers(MatchFinder *Finder) {
  // An editor's host walks the main file's declarations only, and so never
  // meets the translation unit: any declaration will do.
  if (isInEditor())
    Finder->addMatcher(decl(comesFirst(&Met)), this);
  else
    Finder->addMatcher(translationUnitDecl(), this);
}

void Check::onStartOfTranslationUnit() { Met = false; }

/// One TranslationUnit for all checks of one context that use equal models.
static std::shared_ptr<TranslationUnit>
sharedUnit(tidy::ClangTidyContext &Tidy, llvm::StringRef Key, ASTContext &AST,
           const std::shared_ptr<const ModelSet> &Models) {
  static std::mutex Mutex;
  static std::map<std::pair<const void *, std::string>,
                  std::weak_ptr<TranslationUnit>>
      Table;
  std::lock_guard<std::mutex> Guard(Mutex);
  for (auto It = Table.begin(); It != Table.end();)
    It = It->second.expired() ? Table.erase(It) : std::next(It);
  std::weak_ptr<TranslationUnit> &Slot = Table[{&Tidy, Key.str()}];
  std::shared_ptr<TranslationUnit> Unit = Slot.lock();
  if (!Unit || &Unit->context() != &AST) {
    Unit = std::make_shared<TranslationUnit>(AST, Models);
    Slot = Unit;
  }
  return Unit;
}

std::string nameOf(const FunctionDecl &F) {
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&F))
    if (Method->getParent()->isLambda())
      return "lambda";
  return F.getNameAsString();
}

void Check::check(const MatchFinder::MatchResult &Result) {
  Met = true;
  // An editor shows nothing that has no place in the file.
  if (isInEditor()) {
    const SourceManager &SM = *Result.SourceManager;
    for (const std::string &Text : WrongOptions)
      diag(SM.getLocForStartOfFile(SM.getMainFileID()), "%0",
           DiagnosticIDs::Error)
          << Text;
  }
  if (!Models)
    return; // the error was reported when the options were read
  Unit = sharedUnit(TidyContext, SetKey, *Result.Context, Models);
  checkUnit(*Unit);
}

} // namespace threadlint
