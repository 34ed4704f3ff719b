//===- ModelsCommand.cpp - threadlint models ------------------------------===//
// Shows what the models know of a function or type. Looking up is ModelSet's,
// the words are ModelWords'.
//===----------------------------------------------------------------------===//
#include "analysis/ModelReader.h"
#include "analysis/ModelSet.h"
#include "driver/Command.h"
#include "driver/ModelWords.h"
#include "driver/Wrap.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace threadlint {

static cl::SubCommand ModelsCommand("models",
                                    "Show what is known of a function or type");
static cl::opt<std::string>
    Name(cl::Positional, cl::Required, cl::sub(ModelsCommand),
         cl::value_desc("NAME"),
         cl::desc("qualified (std::mutex::lock), or its last parts (lock)"));
static cl::list<std::string>
    ModelFiles("model-file", cl::sub(ModelsCommand), cl::value_desc("file"),
               cl::desc("Also read this model file of yours; may be repeated"));

/// Whether \p Wanted is \p Full or its last components.
static bool names(StringRef Wanted, StringRef Full) {
  if (Full.take_front(3) == "*::") // a member of any class
    return unqualifiedName(Wanted) == unqualifiedName(Full);
  return Wanted == Full || (Full.consume_back(Wanted) &&
                            Full.take_back(2) == "::");
}

static void print(StringRef Name, const ModelRows &Rows) {
  outs() << Name << '\n';
  for (const auto &Row : Rows) {
    outs().indent(2) << Row.first;
    unsigned Column = 2 + Row.first.size();
    outs().indent(Column < 20 ? 20 - Column : 1);
    wrap(outs(), Row.second, std::max(20u, Column + 1), 20, 100);
  }
}

/// Where an entry is: a line of the user's file, or a file of models/.
static std::string place(const std::string &UserPlace, StringRef Library) {
  return UserPlace.empty() ? ("built in (models/" + Library + ".yaml)").str()
                           : UserPlace;
}

/// The places of the user's entries. Their files are known to be good.
static SeenNames placesOfUserEntries() {
  SeenNames Seen;
  for (const std::string &Path : ModelFiles)
    if (auto File = readModelFile(Path, Seen))
      continue;
    else
      consumeError(File.takeError());
  return Seen;
}

static unsigned show(const ModelSet &Models, StringRef Wanted) {
  SeenNames Seen = placesOfUserEntries();
  unsigned Count = 0;
  auto Show = [&](const auto &Model, const std::string &UserPlace) {
    if (!names(Wanted, Model.Name))
      return;
    ModelRows Rows = describe(Model);
    Rows.emplace_back("from", place(UserPlace, Model.Library));
    if (Count++)
      outs() << '\n';
    print(Model.Name, Rows);
  };
  for (const TypeModel *M : Models.types(unqualifiedName(Wanted)))
    Show(*M, Seen.type(*M, ""));
  for (const FunctionCandidate &C : Models.functions(unqualifiedName(Wanted)))
    Show(*C.Model, C.User ? Seen.function(*C.Model, "") : "");
  return Count;
}

int runModels(int Argc, const char *const *Argv);
int runModels(int Argc, const char *const *Argv) {
  if (!parseArguments(Argc, Argv))
    return ExitCouldNot;
  auto Models = ModelSet::create(ModelFiles);
  if (!Models) {
    errs() << "threadlint: error: " << toString(Models.takeError()) << '\n';
    return ExitCouldNot;
  }
  StringRef Wanted = StringRef(Name).trim();
  Wanted.consume_front("::");
  if (show(**Models, Wanted))
    return ExitClean;
  errs() << "threadlint: nothing is known of '" << Wanted
         << "'; a model file can teach it (docs/models.md), or its own body, if "
            "a check sees that\n";
  return ExitFindings; // 1, as grep does
}

} // namespace threadlint
