//===- ModelReader.cpp - Reads one YAML model file --------------*- C++ -*-===//
// The schema (docs/models.md) as LLVM YAML traits: first into Raw structs that
// mirror the file, then, checked and with defaults filled in, into models.
// No clang header here: the build-time compiler uses this file as well.
//===----------------------------------------------------------------------===//
#include "analysis/ModelReader.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MD5.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"
#include "llvm/Support/raw_ostream.h"
#include <cstring>

using namespace llvm;

namespace threadlint {
namespace {

/// An argument position as written in a file.
struct ArgPos {
  static constexpr int8_t Unset = -128;
  int8_t Value = Unset;
  int8_t valueOr(int8_t Default) const {
    return Value == Unset ? Default : Value;
  }
};

struct RawTimeout {
  ArgPos Arg;
  TimeUnit Unit = TimeUnit::None;
};

struct RawFlags {
  ArgPos Arg;
  std::vector<std::string> Names;
  bool Needed = false;
};

struct RawDeadline {
  ArgPos Object;
  std::vector<std::string> Types;
  std::string With;
};

struct RawFunction {
  std::vector<std::string> Names, Of, ObjectTypes;
  Effect Does = Effect::Inert;
  Category Blocks = Category::None;
  LockMode Mode = LockMode::Exclusive;
  SuccessWhen Success = SuccessWhen::Always;
  TaskEnd Ends = TaskEnd::Unknown;
  ArgPos Object, Lock, Callable, Descriptor;
  RawTimeout Timeout;
  RawFlags Flags;
  RawDeadline Deadline;
  std::string FirstParam, Returns;
  uint8_t MinArgs = 0, MaxArgs = 127;
  bool Throws = false, KeepsExceptions = false;
  const char *Where = nullptr;
};

struct RawType {
  std::vector<std::string> Names;
  TypeKind Kind = TypeKind::Lock;
  LockMode Mode = LockMode::Exclusive;
  TagMeaning Tag = TagMeaning::None;
  bool Recursive = false, Shared = false, Timed = false, Inverted = false,
       ManyLocks = false, SharedAgain = false, Relocates = false,
       Once = false;
  const char *Where = nullptr;
};

struct RawFile {
  std::string Library, Reference;
  Linkage Link = Linkage::Any;
  std::vector<std::string> Evidence;
  std::vector<RawType> Types;
  std::vector<RawFunction> Functions;
};

bool blocksByNature(Effect E) {
  switch (E) {
  case Effect::ConditionWait:
  case Effect::Join:
  case Effect::SemaphoreAcquire:
  case Effect::LatchWait:
  case Effect::FutureWait:
    return true;
  default:
    return false;
  }
}

/// Whether a function that does this works on an object, its first argument
/// unless the entry says otherwise.
bool needsObject(Effect E) {
  switch (E) {
  case Effect::Inert:
  case Effect::Block:
  case Effect::Spawn:
  case Effect::CurrentThread:
  case Effect::RunNow:
  case Effect::Bind:
  case Effect::Emplace:
  case Effect::MakeHandle:
  case Effect::Throw:
  case Effect::NoReturn:
  case Effect::Assertion:
  case Effect::Construct:
    return false;
  default:
    return true;
  }
}

int8_t defaultObject(const RawFunction &F) {
  if (!F.Of.empty())
    return ArgThis;
  return needsObject(F.Does) ? 0 : F.Descriptor.valueOr(ArgNone);
}

/// The keys that make sense for an effect besides those that all share.
StringRef keysOf(Effect E) {
  switch (E) {
  case Effect::Acquire:
    return " mode success ";
  case Effect::TryAcquire:
    return " mode success timeout ";
  case Effect::Release:
    return " mode ";
  case Effect::ConditionWait:
    return " lock timeout category success ";
  case Effect::Block:
    return " category timeout descriptor flags object-types deadline ";
  case Effect::Inert:
    return " deadline ";
  case Effect::SetDeadline:
    return " flags timeout ";
  case Effect::Spawn:
    return " callable ends deadline ";
  case Effect::Join:
  case Effect::LatchWait:
  case Effect::FutureWait:
    return " category timeout ";
  case Effect::SemaphoreAcquire:
  case Effect::SemaphoreTryAcquire:
    return " success category timeout ";
  case Effect::RunNow:
    return " callable category ";
  case Effect::Bind:
    return " callable ";
  default:
    return " ";
  }
}

const char *const SpecialKeys =
    " mode success timeout lock category descriptor "
    "flags object-types callable ends deadline ";

bool listed(StringRef List, StringRef Key) {
  return List.contains((" " + Key + " ").str());
}

/// What is wrong with \p F beyond its syntax; empty if nothing is.
std::string problemOf(const RawFunction &F, ArrayRef<StringRef> Keys) {
  for (StringRef Key : Keys)
    if (listed(SpecialKeys, Key) && !listed(keysOf(F.Does), Key))
      return ("key '" + Key + "' makes no sense for this effect").str();
  auto Has = [&](StringRef Key) { return is_contained(Keys, Key); };
  if (F.Names.empty())
    return "'names' is empty";
  if (Has("of") && F.Of.empty())
    return "'of' is empty";
  if (F.Does == Effect::Block && F.Blocks == Category::None)
    return "missing required key 'category'";
  if (F.Does == Effect::ConditionWait && !Has("lock"))
    return "missing required key 'lock'";
  if ((F.Does == Effect::Spawn || F.Does == Effect::RunNow ||
       F.Does == Effect::Bind) &&
      !Has("callable"))
    return "missing required key 'callable'";
  if (is_contained(F.Names, "*") && F.FirstParam.empty())
    return "the name '*' needs 'first-param'";
  if (F.Does != Effect::Spawn && is_contained(F.Of, "*"))
    return "only a 'spawn' can be of any class";
  if (Has("object-types") && F.Object.Value == ArgPos::Unset && F.Of.empty())
    return "'object-types' needs 'object'";
  if (F.Object.Value == ArgNone && needsObject(F.Does))
    return "this effect needs an object";
  if (F.MinArgs > F.MaxArgs || F.MaxArgs > 127)
    return "'min-args' and 'max-args' do not fit";
  return "";
}

} // namespace
} // namespace threadlint

LLVM_YAML_IS_SEQUENCE_VECTOR(threadlint::RawFunction)
LLVM_YAML_IS_SEQUENCE_VECTOR(threadlint::RawType)

namespace llvm {
namespace yaml {
using namespace threadlint;

template <> struct ScalarTraits<ArgPos> {
  static void output(const ArgPos &, void *, raw_ostream &) {}
  static StringRef input(StringRef Scalar, void *, ArgPos &Arg) {
    int Number;
    if (!Scalar.getAsInteger(10, Number)) {
      if (Number < 0 || Number > 100)
        return "argument position out of range";
      Arg.Value = static_cast<int8_t>(Number);
      return "";
    }
    Arg.Value = StringSwitch<int8_t>(Scalar)
                    .Case("none", ArgNone)
                    .Case("this", ArgThis)
                    .Case("all", ArgAll)
                    .Case("last", ArgLast)
                    .Case("first-callable", ArgFirstCallable)
                    .Default(ArgPos::Unset);
    return Arg.Value == ArgPos::Unset ? "expected an argument position, "
                                        "'this', 'all', 'last', "
                                        "'first-callable' or 'none'"
                                      : "";
  }
  static QuotingType mustQuote(StringRef) { return QuotingType::None; }
};

// Each table serves reading and, with a Speller for the IO, spelling.
#define THREADLINT_ENUM(TYPE, CASES)                                           \
  template <class IOT> static void spellings(IOT &IO, TYPE &V) {               \
    using E = TYPE;                                                            \
    CASES                                                                      \
  }                                                                            \
  template <> struct ScalarEnumerationTraits<TYPE> {                           \
    static void enumeration(IO &IO, TYPE &V) { spellings(IO, V); }             \
  };
#define THREADLINT_CASE(SPELLING, VALUE) IO.enumCase(V, SPELLING, E::VALUE);

// clang-format off
THREADLINT_ENUM(Effect,
  THREADLINT_CASE("inert", Inert)
  THREADLINT_CASE("acquire", Acquire)
  THREADLINT_CASE("try-acquire", TryAcquire)
  THREADLINT_CASE("release", Release)
  THREADLINT_CASE("disown", Disown)
  THREADLINT_CASE("owns-lock", OwnsLock)
  THREADLINT_CASE("managed-lock", ManagedLock)
  THREADLINT_CASE("condition-wait", ConditionWait)
  THREADLINT_CASE("condition-notify", ConditionNotify)
  THREADLINT_CASE("block", Block)
  THREADLINT_CASE("spawn", Spawn)
  THREADLINT_CASE("join", Join)
  THREADLINT_CASE("detach", Detach)
  THREADLINT_CASE("current-thread", CurrentThread)
  THREADLINT_CASE("cancel", Cancel)
  THREADLINT_CASE("semaphore-acquire", SemaphoreAcquire)
  THREADLINT_CASE("semaphore-try-acquire", SemaphoreTryAcquire)
  THREADLINT_CASE("semaphore-release", SemaphoreRelease)
  THREADLINT_CASE("latch-raise", LatchRaise)
  THREADLINT_CASE("latch-count-down", LatchCountDown)
  THREADLINT_CASE("latch-wait", LatchWait)
  THREADLINT_CASE("future-wait", FutureWait)
  THREADLINT_CASE("promise-set", PromiseSet)
  THREADLINT_CASE("promise-future", PromiseFuture)
  THREADLINT_CASE("run-now", RunNow)
  THREADLINT_CASE("emplace", Emplace)
  THREADLINT_CASE("bind", Bind)
  THREADLINT_CASE("set-deadline", SetDeadline)
  THREADLINT_CASE("make-handle", MakeHandle)
  THREADLINT_CASE("throw", Throw)
  THREADLINT_CASE("no-return", NoReturn)
  THREADLINT_CASE("assertion", Assertion)
  THREADLINT_CASE("copy", Copy)
  THREADLINT_CASE("construct", Construct)
  THREADLINT_CASE("reserve", Reserve))

THREADLINT_ENUM(Category,
  THREADLINT_CASE("network", Network)
  THREADLINT_CASE("database", Database)
  THREADLINT_CASE("rpc", Rpc)
  THREADLINT_CASE("file", File)
  THREADLINT_CASE("process", Process)
  THREADLINT_CASE("sleep", Sleep)
  THREADLINT_CASE("wait", Wait)
  THREADLINT_CASE("sync-io", SyncIo)
  THREADLINT_CASE("logging", Logging)
  THREADLINT_CASE("serialization", Serialization)
  THREADLINT_CASE("custom", Custom))

THREADLINT_ENUM(LockMode,
  THREADLINT_CASE("exclusive", Exclusive)
  THREADLINT_CASE("shared", Shared))

THREADLINT_ENUM(SuccessWhen,
  THREADLINT_CASE("always", Always)
  THREADLINT_CASE("true", True)
  THREADLINT_CASE("zero", Zero)
  THREADLINT_CASE("minus-one", MinusOne))

THREADLINT_ENUM(TaskEnd,
  THREADLINT_CASE("unknown", Unknown)
  THREADLINT_CASE("join", Join)
  THREADLINT_CASE("destructor", Destructor)
  THREADLINT_CASE("future-destructor", FutureDestructor)
  THREADLINT_CASE("detached", Detached)
  THREADLINT_CASE("pool", Pool))

THREADLINT_ENUM(TimeUnit,
  THREADLINT_CASE("ns", Nanoseconds)
  THREADLINT_CASE("us", Microseconds)
  THREADLINT_CASE("ms", Milliseconds)
  THREADLINT_CASE("s", Seconds)
  THREADLINT_CASE("chrono", Chrono)
  THREADLINT_CASE("timeval", Timeval)
  THREADLINT_CASE("timespec", Timespec))

THREADLINT_ENUM(TypeKind,
  THREADLINT_CASE("lock", Lock)
  THREADLINT_CASE("guard", Guard)
  THREADLINT_CASE("guard-tag", GuardTag)
  THREADLINT_CASE("condition", Condition)
  THREADLINT_CASE("semaphore", Semaphore)
  THREADLINT_CASE("latch", Latch)
  THREADLINT_CASE("future", Future)
  THREADLINT_CASE("promise", Promise)
  THREADLINT_CASE("thread", Thread)
  THREADLINT_CASE("stop-token", StopToken)
  THREADLINT_CASE("once-flag", OnceFlag)
  THREADLINT_CASE("pool", Pool)
  THREADLINT_CASE("stream", Stream)
  THREADLINT_CASE("callback", Callback)
  THREADLINT_CASE("container", Container))

THREADLINT_ENUM(TagMeaning,
  THREADLINT_CASE("deferred", Deferred)
  THREADLINT_CASE("adopted", Adopted)
  THREADLINT_CASE("try", Try))

THREADLINT_ENUM(Linkage,
  THREADLINT_CASE("any", Any)
  THREADLINT_CASE("c", C)
  THREADLINT_CASE("system", System))
// clang-format on

#undef THREADLINT_CASE
#undef THREADLINT_ENUM

namespace {
struct Speller {
  const char *Found = "";
  template <class T> void enumCase(T &Value, const char *Text, T Case) {
    if (Value == Case)
      Found = Text;
  }
};
} // namespace

template <class T> static const char *spell(T Value) {
  Speller S;
  spellings(S, Value);
  return S.Found;
}

static const char *startOf(IO &IO) {
  // Only ever used for reading.
  const Node *N = static_cast<Input &>(IO).getCurrentNode();
  return N ? N->getSourceRange().Start.getPointer() : nullptr;
}

template <> struct MappingTraits<RawTimeout> {
  static void mapping(IO &IO, RawTimeout &T) {
    IO.mapRequired("arg", T.Arg);
    IO.mapRequired("unit", T.Unit);
  }
};

template <> struct MappingTraits<RawFlags> {
  static void mapping(IO &IO, RawFlags &F) {
    IO.mapRequired("arg", F.Arg);
    IO.mapRequired("names", F.Names);
    IO.mapOptional("needed", F.Needed);
  }
};

template <> struct MappingTraits<RawDeadline> {
  static void mapping(IO &IO, RawDeadline &D) {
    IO.mapRequired("with", D.With);
    IO.mapOptional("object", D.Object);
    IO.mapOptional("types", D.Types);
    if (D.With.empty())
      IO.setError("'with' is empty");
  }
};

template <> struct MappingTraits<RawFunction> {
  static void mapping(IO &IO, RawFunction &F) {
    F.Where = startOf(IO);
    auto Keys = IO.keys(); // now: asking for a key adds it
    IO.mapRequired("names", F.Names);
    IO.mapRequired("does", F.Does);
    IO.mapOptional("of", F.Of);
    IO.mapOptional("object", F.Object);
    IO.mapOptional("first-param", F.FirstParam);
    IO.mapOptional("returns", F.Returns);
    IO.mapOptional("min-args", F.MinArgs);
    IO.mapOptional("max-args", F.MaxArgs);
    IO.mapOptional("throws", F.Throws);
    IO.mapOptional("keeps-exceptions", F.KeepsExceptions);
    IO.mapOptional("category", F.Blocks);
    IO.mapOptional("mode", F.Mode);
    IO.mapOptional("success", F.Success);
    IO.mapOptional("ends", F.Ends);
    IO.mapOptional("lock", F.Lock);
    IO.mapOptional("callable", F.Callable);
    IO.mapOptional("descriptor", F.Descriptor);
    IO.mapOptional("timeout", F.Timeout);
    IO.mapOptional("flags", F.Flags);
    IO.mapOptional("deadline", F.Deadline);
    IO.mapOptional("object-types", F.ObjectTypes);
    std::vector<StringRef> Given(Keys.begin(), Keys.end());
    if (static_cast<Input &>(IO).error())
      return; // what follows from the first problem is no news
    std::string Problem = problemOf(F, Given);
    if (!Problem.empty())
      IO.setError(Problem);
  }
};

template <> struct MappingTraits<RawType> {
  static void mapping(IO &IO, RawType &T) {
    T.Where = startOf(IO);
    IO.mapRequired("names", T.Names);
    IO.mapRequired("kind", T.Kind);
    IO.mapOptional("mode", T.Mode);
    IO.mapOptional("means", T.Tag);
    IO.mapOptional("recursive", T.Recursive);
    IO.mapOptional("shared", T.Shared);
    IO.mapOptional("timed", T.Timed);
    IO.mapOptional("inverted", T.Inverted);
    IO.mapOptional("many-locks", T.ManyLocks);
    IO.mapOptional("shared-again", T.SharedAgain);
    IO.mapOptional("relocates", T.Relocates);
    IO.mapOptional("once", T.Once);
    if (T.Names.empty())
      IO.setError("'names' is empty");
    if ((T.Kind == TypeKind::GuardTag) != (T.Tag != TagMeaning::None))
      IO.setError("'means' is required for a guard-tag, and only there");
    if (T.Kind != TypeKind::Lock && (T.Recursive || T.Shared || T.Timed))
      IO.setError(
          "'recursive', 'shared' and 'timed' make sense for a lock only");
    if (T.SharedAgain && !T.Shared)
      IO.setError("'shared-again' makes sense for a 'shared' lock only");
    if (T.Kind != TypeKind::Container && T.Relocates)
      IO.setError("'relocates' makes sense for a container only");
    if (T.Kind != TypeKind::Future && T.Once)
      IO.setError("'once' makes sense for a future only");
    if (T.Kind != TypeKind::Guard &&
        (T.Inverted || T.ManyLocks || T.Mode != LockMode::Exclusive))
      IO.setError(
          "'mode', 'inverted' and 'many-locks' make sense for a guard only");
  }
};

template <> struct MappingTraits<RawFile> {
  static void mapping(IO &IO, RawFile &F) {
    IO.mapRequired("library", F.Library);
    IO.mapOptional("reference", F.Reference);
    IO.mapOptional("linkage", F.Link);
    IO.mapOptional("descriptor-evidence", F.Evidence);
    IO.mapOptional("types", F.Types);
    IO.mapOptional("functions", F.Functions);
  }
};

} // namespace yaml
} // namespace llvm

namespace threadlint {
namespace {

std::string place(MemoryBufferRef Buffer, const char *Where) {
  StringRef Before = Buffer.getBuffer();
  if (Where)
    Before = Before.take_front(Where - Before.data());
  else
    Before = "";
  size_t LineStart = Before.rfind('\n') + 1; // npos + 1 is the first column
  return (Buffer.getBufferIdentifier() + ":" + Twine(Before.count('\n') + 1) +
          ":" + Twine(Before.size() - LineStart + 1))
      .str();
}

void collect(const SMDiagnostic &D, void *Messages) {
  raw_string_ostream OS(*static_cast<std::string *>(Messages));
  OS << D.getFilename() << ':' << D.getLineNo() << ':' << D.getColumnNo() + 1
     << ": error: " << D.getMessage() << '\n';
}

/// Turns a RawFile into a ModelFile.
class Builder {
public:
  Builder(MemoryBufferRef Buffer, SeenNames &Seen, std::string &Messages)
      : Buffer(Buffer), Seen(Seen), Messages(Messages) {}

  std::unique_ptr<ModelFile> build(const RawFile &Raw) {
    File = std::make_unique<ModelFile>();
    File->Library = Raw.Library;
    Library = save(Raw.Library);
    Link = Raw.Link;
    for (const std::string &Word : Raw.Evidence)
      File->Evidence.push_back(save(Word));
    for (const RawType &T : Raw.Types)
      addTypes(T);
    for (const RawFunction &F : Raw.Functions)
      addFunctions(F);
    return std::move(File);
  }

private:
  void addTypes(const RawType &Raw) {
    TypeModel M{};
    M.Library = Library;
    M.Kind = Raw.Kind;
    M.Mode = Raw.Mode;
    M.Tag = Raw.Tag;
    M.Recursive = Raw.Recursive;
    M.Shared = Raw.Shared;
    M.Timed = Raw.Timed;
    M.Inverted = Raw.Inverted;
    M.ManyLocks = Raw.ManyLocks;
    M.SharedAgain = Raw.SharedAgain;
    M.Relocates = Raw.Relocates;
    M.Once = Raw.Once;
    for (const std::string &Name : Raw.Names) {
      M.Name = save(Name);
      File->Types.push_back(M);
      std::string Where = place(Buffer, Raw.Where);
      complain(Where, Name, Seen.type(M, Where));
    }
  }

  void addFunctions(const RawFunction &Raw) {
    FunctionModel M = model(Raw);
    for (const std::string &Name : Raw.Names) {
      if (Raw.Of.empty())
        addFunction(M, Name, Raw);
      for (const std::string &Class : Raw.Of)
        addFunction(M, Class + "::" + Name, Raw);
    }
  }

  void addFunction(FunctionModel M, const std::string &Name,
                   const RawFunction &Raw) {
    M.Name = save(Name);
    M.Link = StringRef(Name).contains("::") ? Linkage::Any : Link;
    File->Functions.push_back(M);
    std::string Where = place(Buffer, Raw.Where);
    complain(Where, Name, Seen.function(M, Where));
  }

  FunctionModel model(const RawFunction &Raw) {
    FunctionModel M{};
    M.Library = Library;
    M.Does = Raw.Does;
    M.Mode = Raw.Mode;
    M.Success = Raw.Success;
    M.Ends = Raw.Ends;
    M.Descriptor = Raw.Descriptor.valueOr(ArgNone);
    M.Object = Raw.Object.valueOr(defaultObject(Raw));
    M.Lock = Raw.Lock.valueOr(ArgNone);
    M.Callable = Raw.Callable.valueOr(ArgNone);
    M.Timeout = Raw.Timeout.Arg.valueOr(ArgNone);
    M.Unit = Raw.Timeout.Unit;
    M.Flags = Raw.Flags.Arg.valueOr(ArgNone);
    M.FlagNames = save(join(Raw.Flags.Names, " "));
    M.FlagsNeeded = Raw.Flags.Needed;
    M.Deadline = Raw.Deadline.Object.valueOr(ArgNone);
    M.DeadlineTypes = save(join(Raw.Deadline.Types, " "));
    M.DeadlineWith = save(Raw.Deadline.With);
    M.FirstParam = save(Raw.FirstParam);
    M.Returns = save(Raw.Returns);
    M.ObjectTypes = save(join(Raw.ObjectTypes, " "));
    M.MinArgs = static_cast<int8_t>(Raw.MinArgs);
    M.MaxArgs = static_cast<int8_t>(Raw.MaxArgs);
    M.Throws = Raw.Throws || Raw.Does == Effect::Throw;
    M.KeepsExceptions = Raw.KeepsExceptions || M.Ends == TaskEnd::Pool ||
                        M.Ends == TaskEnd::FutureDestructor;
    M.Blocks = Raw.Blocks;
    // A bounded wait for a permit waits, too; an unbounded try does not.
    bool Waits =
        blocksByNature(M.Does) ||
        (M.Does == Effect::SemaphoreTryAcquire && M.Timeout != ArgNone);
    if (Waits && M.Blocks == Category::None)
      M.Blocks = Category::Wait;
    // A try that nobody could test would be pointless.
    if ((M.Does == Effect::TryAcquire ||
         M.Does == Effect::SemaphoreTryAcquire) &&
        M.Success == SuccessWhen::Always)
      M.Success = SuccessWhen::True;
    return M;
  }

  const char *save(StringRef Text) {
    char *Copy = File->Strings.Allocate<char>(Text.size() + 1);
    if (!Text.empty())
      std::memcpy(Copy, Text.data(), Text.size());
    Copy[Text.size()] = 0;
    return Copy;
  }

  void complain(const std::string &Where, StringRef Name,
                const std::string &Previous) {
    if (!Previous.empty())
      Messages += (Where + ": error: duplicate entry for '" + Name +
                   "', also at " + Previous + "\n")
                      .str();
  }

  MemoryBufferRef Buffer;
  SeenNames &Seen;
  std::string &Messages;
  std::unique_ptr<ModelFile> File;
  const char *Library = "";
  Linkage Link = Linkage::Any;
};

Error failure(std::string Messages) {
  StringRef Text = StringRef(Messages).rtrim('\n');
  return make_error<StringError>(Text, inconvertibleErrorCode());
}

std::string digestOf(StringRef Text) {
  MD5 Hash;
  Hash.update(Text);
  MD5::MD5Result Result;
  Hash.final(Result);
  return std::string(Result.digest().str());
}

} // namespace

std::string SeenNames::function(const FunctionModel &M, StringRef Where) {
  std::vector<Entry> &Entries = Functions[M.Name];
  for (const Entry &E : Entries)
    if (E.MinArgs <= M.MaxArgs && M.MinArgs <= E.MaxArgs &&
        E.FirstParam == M.FirstParam && E.Returns == M.Returns)
      return E.Where;
  Entries.push_back(
      {M.MinArgs, M.MaxArgs, M.FirstParam, M.Returns, Where.str()});
  return "";
}

std::string SeenNames::type(const TypeModel &M, StringRef Where) {
  auto Inserted = Types.try_emplace(M.Name, Where.str());
  return Inserted.second ? "" : Inserted.first->second;
}

const char *spelling(Effect E) { return yaml::spell(E); }
const char *spelling(Category C) { return yaml::spell(C); }
const char *spelling(TaskEnd E) { return yaml::spell(E); }
const char *spelling(TypeKind K) { return yaml::spell(K); }
const char *spelling(TagMeaning M) { return yaml::spell(M); }

Expected<std::unique_ptr<ModelFile>> readModelBuffer(MemoryBufferRef Buffer,
                                                     SeenNames &Seen) {
  std::string Messages;
  RawFile Raw;
  yaml::Input In(Buffer, nullptr, collect, &Messages);
  In >> Raw;
  if (In.error() || !Messages.empty())
    return failure(Messages.empty()
                       ? place(Buffer, nullptr) + ": error: not a model file"
                       : Messages);
  // An empty document is not an error to the YAML reader.
  if (Raw.Library.empty())
    return failure(place(Buffer, nullptr) +
                   ": error: missing required key 'library'");
  if (In.nextDocument())
    return failure(place(Buffer, nullptr) +
                   ": error: a model file has one YAML document only");
  auto File = Builder(Buffer, Seen, Messages).build(Raw);
  if (!Messages.empty())
    return failure(Messages);
  File->Digest = digestOf(Buffer.getBuffer());
  return File;
}

Expected<std::unique_ptr<ModelFile>> readModelFile(StringRef Path,
                                                   SeenNames &Seen) {
  auto Buffer = MemoryBuffer::getFile(Path);
  if (!Buffer)
    return make_error<StringError>("cannot read model file '" + Path +
                                       "': " + Buffer.getError().message(),
                                   inconvertibleErrorCode());
  return readModelBuffer((*Buffer)->getMemBufferRef(), Seen);
}

} // namespace threadlint
