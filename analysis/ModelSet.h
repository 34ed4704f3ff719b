//===- ModelSet.h - All models of one run, by name --------------*- C++ -*-===//
// The built-in models (constant tables) together with the user's model files
// and options. Immutable after creation, shared by any number of threads.
// Knows names only: matching a declaration to a name is left to Models.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_MODELSET_H
#define THREADLINT_ANALYSIS_MODELSET_H

#include "analysis/Vocabulary.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace threadlint {

struct ModelFile;

/// The last component of a qualified name: `lock` of `std::mutex::lock`.
llvm::StringRef unqualifiedName(llvm::StringRef Name);

/// One entry of a look-up.
struct FunctionCandidate {
  const FunctionModel *Model; ///< owned by the ModelSet (or a constant)
  bool User;                  ///< named by a user's file or option
};

class ModelSet {
public:
  /// Reads \p UserFiles on top of the built-in models. \p BlockingFunctions are
  /// qualified names that shall block with Category::Custom, \p
  /// IgnoredFunctions names that shall do nothing whatever else is known. An
  /// unreadable or malformed file is an error whose text has one
  /// `file:line:column: error:` line per problem.
  static llvm::Expected<std::shared_ptr<const ModelSet>>
  create(llvm::ArrayRef<std::string> UserFiles,
         llvm::ArrayRef<std::string> BlockingFunctions = {},
         llvm::ArrayRef<std::string> IgnoredFunctions = {});

  ~ModelSet();
  ModelSet(const ModelSet &) = delete;
  ModelSet &operator=(const ModelSet &) = delete;

  /// Every function model whose last name component is \p Unqualified. The
  /// user's come first; a built-in model of a name that the user models too is
  /// left out. Empty: no model knows such a name.
  llvm::SmallVector<FunctionCandidate, 4>
  functions(llvm::StringRef Unqualified) const;

  /// Every type model whose last name component is \p Unqualified; as above.
  llvm::SmallVector<const TypeModel *, 2>
  types(llvm::StringRef Unqualified) const;

  /// The names of the macros that are modelled (`macro::NAME`).
  llvm::ArrayRef<llvm::StringRef> macros() const { return Macros; }

  /// Words in the source that show that the program makes descriptors
  /// non-blocking (O_NONBLOCK ...), sorted.
  llvm::ArrayRef<const char *> evidence() const { return Evidence; }

  /// Hexadecimal digest of every model in this set, for result caches.
  llvm::StringRef digest() const { return Digest; }

  /// The built-in tables, sorted by unqualified name, then by name.
  static llvm::ArrayRef<FunctionModel> builtinFunctions();
  static llvm::ArrayRef<TypeModel> builtinTypes();

private:
  ModelSet();

  std::vector<std::unique_ptr<ModelFile>> Files; // owns the user's strings
  void addNamed(llvm::ArrayRef<std::string> Names, Effect Does,
                Category Blocks);

  std::deque<std::string> OptionNames;      // owns the options' names
  std::vector<FunctionModel> UserFunctions; // sorted like the tables
  std::vector<TypeModel> UserTypes;
  llvm::StringMap<llvm::ArrayRef<FunctionModel>> FunctionsByName; // the user's
  llvm::StringMap<llvm::ArrayRef<TypeModel>> TypesByName;
  std::vector<const char *> Evidence;
  std::vector<llvm::StringRef> Macros;
  std::string Digest;
};

} // namespace threadlint

#endif
