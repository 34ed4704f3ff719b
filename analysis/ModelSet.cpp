//===- ModelSet.cpp - All models of one run, by name ------------*- C++ -*-===//
// The generated tables are constants. An index by unqualified name is built
// when the first one is asked for: a file asks for thousands.
//===----------------------------------------------------------------------===//
#include "analysis/ModelSet.h"
#include "analysis/ModelReader.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MD5.h"
#include <algorithm>

using namespace llvm;

namespace threadlint {
namespace {
#include "BuiltinModels.inc"

template <typename T> void sortByName(std::vector<T> &Models) {
  std::stable_sort(Models.begin(), Models.end(), [](const T &A, const T &B) {
    int Last = unqualifiedName(A.Name).compare(unqualifiedName(B.Name));
    return Last != 0 ? Last < 0 : StringRef(A.Name) < StringRef(B.Name);
  });
}

/// The models of each unqualified name in \p Sorted.
template <typename T> StringMap<ArrayRef<T>> indexed(ArrayRef<T> Sorted) {
  StringMap<ArrayRef<T>> Result;
  for (size_t I = 0, End; I < Sorted.size(); I = End) {
    StringRef Last = unqualifiedName(Sorted[I].Name);
    for (End = I + 1; End < Sorted.size(); ++End)
      if (unqualifiedName(Sorted[End].Name) != Last)
        break;
    Result[Last] = Sorted.slice(I, End - I);
  }
  return Result;
}

template <typename T> bool hasName(ArrayRef<T> Models, StringRef Name) {
  return llvm::any_of(Models, [&](const T &M) { return Name == M.Name; });
}

StringRef withoutLeadingColons(StringRef Name) {
  Name = Name.trim();
  Name.consume_front("::");
  return Name;
}

} // namespace

StringRef unqualifiedName(StringRef Name) {
  size_t Colons = Name.rfind("::");
  return Colons == StringRef::npos ? Name : Name.substr(Colons + 2);
}

/// What an option says of a function: the first word on a name counts, but an
/// option is asked before a file.
void ModelSet::addNamed(ArrayRef<std::string> Names, Effect Does,
                        Category Blocks) {
  for (StringRef Name : Names) {
    Name = withoutLeadingColons(Name);
    if (Name.empty() || llvm::is_contained(OptionNames, Name))
      continue;
    llvm::erase_if(UserFunctions,
                   [&](const FunctionModel &M) { return Name == M.Name; });
    OptionNames.push_back(Name.str());
    FunctionModel M{};
    M.Name = OptionNames.back().c_str();
    M.Library = "option";
    M.Does = Does;
    M.Blocks = Blocks;
    UserFunctions.push_back(M);
    Digest += Name;
  }
}

ModelSet::ModelSet() = default;
ModelSet::~ModelSet() = default;

ArrayRef<FunctionModel> ModelSet::builtinFunctions() {
  return BuiltinFunctions;
}

ArrayRef<TypeModel> ModelSet::builtinTypes() { return BuiltinTypes; }

static std::vector<StringRef> macrosIn(ArrayRef<FunctionModel> Functions) {
  std::vector<StringRef> Names;
  for (const FunctionModel &M : Functions) {
    StringRef Name = M.Name;
    if (Name.consume_front("macro::"))
      Names.push_back(Name);
  }
  return Names;
}

Expected<std::shared_ptr<const ModelSet>>
ModelSet::create(ArrayRef<std::string> UserFiles,
                 ArrayRef<std::string> BlockingFunctions,
                 ArrayRef<std::string> IgnoredFunctions) {
  std::shared_ptr<ModelSet> Set(new ModelSet);
  Error Problems = Error::success();
  SeenNames Seen; // the user's own files among themselves
  Set->Digest = BuiltinDigest;
  Set->Evidence.assign(std::begin(BuiltinEvidence), std::end(BuiltinEvidence));

  for (const std::string &Path : UserFiles) {
    auto File = readModelFile(Path, Seen);
    if (!File) {
      Problems = joinErrors(std::move(Problems), File.takeError());
      continue;
    }
    ModelFile &F = **File;
    Set->UserFunctions.insert(Set->UserFunctions.end(), F.Functions.begin(),
                              F.Functions.end());
    Set->UserTypes.insert(Set->UserTypes.end(), F.Types.begin(), F.Types.end());
    Set->Evidence.insert(Set->Evidence.end(), F.Evidence.begin(),
                         F.Evidence.end());
    Set->Digest += F.Digest;
    Set->Files.push_back(std::move(*File));
  }
  if (Problems)
    return Expected<std::shared_ptr<const ModelSet>>(std::move(Problems));

  Set->addNamed(IgnoredFunctions, Effect::Inert, Category::None);
  Set->addNamed(BlockingFunctions, Effect::Block, Category::Custom);

  sortByName(Set->UserFunctions);
  sortByName(Set->UserTypes);
  Set->FunctionsByName = indexed(ArrayRef<FunctionModel>(Set->UserFunctions));
  Set->TypesByName = indexed(ArrayRef<TypeModel>(Set->UserTypes));
  static const std::vector<StringRef> BuiltinMacros =
      macrosIn(builtinFunctions());
  Set->Macros = macrosIn(Set->UserFunctions);
  Set->Macros.insert(Set->Macros.end(), BuiltinMacros.begin(),
                     BuiltinMacros.end());
  llvm::sort(Set->Evidence,
             [](const char *A, const char *B) { return StringRef(A) < B; });
  Set->Evidence.erase(std::unique(Set->Evidence.begin(), Set->Evidence.end(),
                                  [](const char *A, const char *B) {
                                    return StringRef(A) == B;
                                  }),
                      Set->Evidence.end());
  if (!Set->Files.empty() || !Set->OptionNames.empty()) {
    MD5 Hash;
    Hash.update(Set->Digest);
    MD5::MD5Result Result;
    Hash.final(Result);
    Set->Digest = std::string(Result.digest().str());
  }
  return std::shared_ptr<const ModelSet>(std::move(Set));
}

SmallVector<FunctionCandidate, 4>
ModelSet::functions(StringRef Unqualified) const {
  SmallVector<FunctionCandidate, 4> Result;
  static const auto Builtin = indexed(builtinFunctions());
  auto User = FunctionsByName.lookup(Unqualified);
  for (const FunctionModel &M : User)
    Result.push_back({&M, true});
  for (const FunctionModel &M : Builtin.lookup(Unqualified))
    if (!hasName(User, M.Name))
      Result.push_back({&M, false});
  return Result;
}

SmallVector<const TypeModel *, 2> ModelSet::types(StringRef Unqualified) const {
  SmallVector<const TypeModel *, 2> Result;
  static const auto Builtin = indexed(builtinTypes());
  auto User = TypesByName.lookup(Unqualified);
  for (const TypeModel &M : User)
    Result.push_back(&M);
  for (const TypeModel &M : Builtin.lookup(Unqualified))
    if (!hasName(User, M.Name))
      Result.push_back(&M);
  return Result;
}

} // namespace threadlint
