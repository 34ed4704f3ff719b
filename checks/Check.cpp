//===- Check.cpp - Base class of all threadlint checks --------------------===//
// See the header. The table in sharedBy() is the only state that outlives a check;
// it holds weak pointers, and a lock since clangd checks several files at once.
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
      Common(sharedBy(*Context)),
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

/// What the checks of one context share. They keep it.
struct Check::Shared {
  /// By what their models are made of.
  std::map<std::string, std::weak_ptr<TranslationUnit>> Units;
  bool Listens = false;     ///< one of the checks waits for a declaration
  ASTContext *AST = nullptr; ///< whose first declaration was met
};

std::shared_ptr<Check::Shared>
Check::sharedBy(const tidy::ClangTidyContext &Context) {
  static std::mutex Mutex;
  static std::map<const void *, std::weak_ptr<Shared>> Table;
  std::lock_guard<std::mutex> Guard(Mutex);
  for (auto It = Table.begin(); It != Table.end();)
    It = It->second.expired() ? Table.erase(It) : std::next(It);
  std::weak_ptr<Shared> &Slot = Table[&Context];
  std::shared_ptr<Shared> Result = Slot.lock();
  if (!Result)
    Slot = Result = std::make_shared<Shared>();
  return Result;
}

namespace {
AST_MATCHER_P(Decl, comesFirst, ASTContext *const *, Met) {
  (void)Node, (void)Finder, (void)Builder;
  return !*Met;
}
} // namespace

/// An editor's host walks the main file's declarations only, and so never meets the
/// translation unit: any declaration will do. A matcher of every declaration has its
/// price, so that one check has it for all; the others just hear of the end.
void Check::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
  if (isInEditor() && !Common->Listens)
    Finder->addMatcher(decl(comesFirst(&Common->AST)), this);
  Common->Listens = true;
}

void Check::onStartOfTranslationUnit() { Common->AST = nullptr; }

void Check::check(const MatchFinder::MatchResult &Result) {
  Common->AST = Result.Context;
  if (!isInEditor())
    run(*Result.Context);
}

void Check::onEndOfTranslationUnit() {
  if (isInEditor() && Common->AST)
    run(*Common->AST);
}

void Check::run(ASTContext &AST) {
  // An editor shows nothing that has no place in the file.
  if (isInEditor()) {
    const SourceManager &SM = AST.getSourceManager();
    for (const std::string &Text : WrongOptions)
      diag(SM.getLocForStartOfFile(SM.getMainFileID()), "%0",
           DiagnosticIDs::Error)
          << Text;
  }
  if (!Models)
    return; // the error was reported when the options were read
  std::weak_ptr<TranslationUnit> &Slot = Common->Units[SetKey];
  Unit = Slot.lock();
  if (!Unit || &Unit->context() != &AST) {
    Unit = std::make_shared<TranslationUnit>(AST, Models);
    Slot = Unit;
  }
  checkUnit(*Unit);
}

std::string nameOf(const FunctionDecl &F) {
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&F))
    if (Method->getParent()->isLambda())
      return "lambda";
  return F.getNameAsString();
}

} // namespace threadlint
