//===- ModelReader.h - Reads one YAML model file ----------------*- C++ -*-===//
// Turns a model file into the structs of Vocabulary.h and reports what is wrong
// with it by file and line. Used when threadlint is built (model-compiler) and
// for the user's ModelFiles. Looking names up is left to ModelSet.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_MODELREADER_H
#define THREADLINT_ANALYSIS_MODELREADER_H

#include "analysis/Vocabulary.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <string>
#include <vector>

namespace threadlint {

/// The content of one model file. Owns every string its models point to.
struct ModelFile {
  std::string Library;
  std::vector<FunctionModel> Functions; ///< in the order of the file
  std::vector<TypeModel> Types;
  std::vector<const char *> Evidence;
  std::string Digest; ///< hexadecimal, of the file's text
  llvm::BumpPtrAllocator Strings;
};

/// The names seen so far, to find one name in two entries or two files.
class SeenNames {
public:
  /// Where an entry of that name accepting some of these argument counts was
  /// seen; empty, and \p Where remembered, if there was none.
  std::string function(const FunctionModel &M, llvm::StringRef Where);
  std::string type(const TypeModel &M, llvm::StringRef Where);

private:
  struct Entry {
    int8_t MinArgs, MaxArgs;
    std::string FirstParam, Returns, Where;
  };
  llvm::StringMap<std::vector<Entry>> Functions;
  llvm::StringMap<std::string> Types;
};

/// Parses \p Buffer; its identifier names the file in messages. The error's
/// text is one `file:line:column: error: …` line per problem.
llvm::Expected<std::unique_ptr<ModelFile>>
readModelBuffer(llvm::MemoryBufferRef Buffer, SeenNames &Seen);

/// The same for the file \p Path, or "cannot read model file 'x': reason".
llvm::Expected<std::unique_ptr<ModelFile>> readModelFile(llvm::StringRef Path,
                                                         SeenNames &Seen);

/// The word of docs/models.md for it. Empty: the value `None`, which has none.
const char *spelling(Effect E);
const char *spelling(Category C);
const char *spelling(TaskEnd E);
const char *spelling(TypeKind K);
const char *spelling(TagMeaning M);

} // namespace threadlint

#endif
