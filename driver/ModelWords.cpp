//===- ModelWords.cpp - What models say, in words -------------------------===//
// See the header. Says of each field only what differs from the usual.
//===----------------------------------------------------------------------===//
#include "driver/ModelWords.h"
#include "analysis/ModelReader.h"
#include "driver/EmbeddedText.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include <iterator>

using namespace llvm;

namespace threadlint {
namespace {
#include "ModelsPage.inc"

std::string argument(int8_t Position) {
  static const char *const Ordinals[] = {"first", "second", "third", "fourth",
                                         "fifth", "sixth",  "seventh"};
  switch (Position) {
  case ArgThis:
    return "the object it is called on";
  case ArgAll:
    return "every argument";
  case ArgLast:
    return "the last argument";
  case ArgFirstCallable:
    return "the first argument that can be called";
  default:
    if (Position >= 0 && size_t(Position) < std::size(Ordinals))
      return std::string("the ") + Ordinals[Position] + " argument";
    return "argument " + std::to_string(Position + 1);
  }
}

std::string alternatives(StringRef Names) {
  SmallVector<StringRef, 4> Parts;
  SplitString(Names, Parts);
  return join(Parts, " or ");
}

/// "word: what it means".
std::string explained(StringRef Table, StringRef Word) {
  StringRef Meaning = meaningOf(Table, Word);
  return Meaning.empty() ? Word.str() : (Word + ": " + Meaning).str();
}

const char *wordFor(SuccessWhen When) {
  switch (When) {
  case SuccessWhen::Always:
    return "";
  case SuccessWhen::True:
    return "true";
  case SuccessWhen::Zero:
    return "0";
  case SuccessWhen::MinusOne:
    return "-1";
  }
  return "";
}

class Rows {
public:
  void add(StringRef Key, const Twine &Value) {
    Result.emplace_back(Key.str(), Value.str());
  }
  void addArgument(StringRef Key, int8_t Position) {
    if (Position != ArgNone)
      add(Key, argument(Position));
  }
  ModelRows Result;
};

/// Which calls the entry is about.
void addOverloads(Rows &R, const FunctionModel &M) {
  if (StringRef(M.Name).take_front(3) == "*::")
    R.add("only if", "the body is visible and puts the callable into a queue");
  if (M.MinArgs > 0)
    R.add("only with", Twine(int(M.MinArgs)) + " or more arguments");
  if (M.MaxArgs < 127)
    R.add("only with", "at most " + Twine(int(M.MaxArgs)) + " arguments");
  if (*M.FirstParam)
    R.add("only if", Twine("the first parameter is a ") + M.FirstParam);
  if (*M.Returns)
    R.add("only if", Twine("it returns ") + M.Returns);
  if (*M.ObjectTypes)
    R.add("only if", "the object is a " + alternatives(M.ObjectTypes));
  if (M.Link == Linkage::C)
    R.add("only if", "it is a C function");
  if (M.Link == Linkage::System)
    R.add("only if", "it is a C function that a system header declares");
}

/// When a call that may block does not.
void addWaiting(Rows &R, const FunctionModel &M) {
  if (M.Does == Effect::SetDeadline)
    return;
  if (M.Timeout != ArgNone)
    R.add("time-out", argument(M.Timeout) + "; zero does not block");
  if (M.Flags != ArgNone && *M.FlagNames)
    R.add(M.FlagsNeeded ? "blocks only" : "does not block",
          "with " + alternatives(M.FlagNames) + " in " + argument(M.Flags));
  if (M.Descriptor != ArgNone)
    R.add("does not block", "if the descriptor (" + argument(M.Descriptor) +
                                ") has been made non-blocking");
}

/// What could end the call, or what makes this one an end of others.
void addDeadline(Rows &R, const FunctionModel &M) {
  if (*M.DeadlineWith)
    R.add("deadline", Twine("by ") + M.DeadlineWith);
  R.addArgument("deadline of", M.Deadline);
  if (M.Does == Effect::SetDeadline && *M.FlagNames)
    R.add("only with", alternatives(M.FlagNames) + " in " + argument(M.Flags));
}

} // namespace

StringRef meaningOf(StringRef Table, StringRef Word) {
  StringRef Rest = textOf(ModelsPage, "models.md");
  bool InTable = false, Inside = false;
  while (!Rest.empty()) {
    StringRef Line;
    std::tie(Line, Rest) = Rest.split('\n');
    if (!Line.consume_front("|")) {
      InTable = Inside = false;
      continue;
    }
    SmallVector<StringRef, 4> Cells;
    Line.split(Cells, '|');
    StringRef First = Cells[0].trim(" `");
    if (!InTable)
      Inside = First == Table;
    else if (Inside && First == Word && Cells.size() > 1)
      return Cells[1].trim();
    InTable = true;
  }
  return "";
}

ModelRows describe(const FunctionModel &M) {
  Rows R;
  R.add("does", explained("does", spelling(M.Does)));
  if (M.Blocks != Category::None)
    R.add("waits for", explained("category", spelling(M.Blocks)));
  if (M.Mode == LockMode::Shared)
    R.add("mode", "shared");
  R.addArgument("object", M.Object);
  R.addArgument("lock", M.Lock);
  R.addArgument("callable", M.Callable);
  if (M.Does == Effect::Spawn)
    R.add("the task is over", explained("ends", spelling(M.Ends)));
  if (M.Success != SuccessWhen::Always)
    R.add("success", Twine("if the result is ") + wordFor(M.Success));
  addWaiting(R, M);
  addDeadline(R, M);
  if (M.Throws)
    R.add("throws", "it may also end by an exception");
  addOverloads(R, M);
  return R.Result;
}

ModelRows describe(const TypeModel &M) {
  Rows R;
  R.add("is a", explained("kind", spelling(M.Kind)));
  if (M.Mode == LockMode::Shared)
    R.add("mode", "shared");
  if (M.Tag != TagMeaning::None)
    R.add("means", explained("means", spelling(M.Tag)));
  const std::pair<bool, const char *> Traits[] = {
      {M.Recursive, "one thread may lock it again"},
      {M.Shared, "it has a reader mode"},
      {M.Timed, "it has timed acquisition"},
      {M.Inverted, "it unlocks first and locks again at the end"},
      {M.ManyLocks, "every constructor argument is a lock"},
      {M.SharedAgain, "a reader may become one again"},
      {M.Relocates, "it moves its elements when it grows"},
      {M.Once, "its result can be taken once only"}};
  for (const auto &Trait : Traits)
    if (Trait.first)
      R.add("also", Trait.second);
  return R.Result;
}

} // namespace threadlint
