//===- HtmlFinding.h - One finding in the HTML report -----------*- C++ -*-===//
// The code around a finding and each step of its path, the way out, and the fix
// as a diff. The page around it is Html.cpp's.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_FORMATS_HTMLFINDING_H
#define THREADLINT_DRIVER_FORMATS_HTMLFINDING_H

#include "driver/Finding.h"
#include "driver/SourceText.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <vector>

namespace threadlint {

/// \p Message as HTML: escaped, and what it quotes as code.
std::string messageHtml(llvm::StringRef Message);

class HtmlFindingWriter {
public:
  HtmlFindingWriter(const Report &R, llvm::raw_ostream &OS) : R(R), OS(OS) {}

  /// Everything below the finding's headline.
  void write(const Finding &F);

private:
  struct Step {
    const Location *Where;
    unsigned Number; ///< in the path; 0 for the finding itself
    const std::string *Message;
  };
  /// The steps in one file, in the order of its lines.
  using FileSteps = std::vector<Step>;

  static std::vector<FileSteps> stepsOf(const Finding &F);
  void writeExcerpt(const FileSteps &Steps);
  void writeLines(llvm::ArrayRef<Step> Steps, unsigned First, unsigned Last);
  void writeLine(llvm::ArrayRef<Step> Here, unsigned Number,
                 llvm::StringRef Line);
  void writeStep(const Step &S);
  void writeFix(const Finding &F);
  void writeDiff(llvm::ArrayRef<const Edit *> Edits);
  void beginFigure(llvm::StringRef File);
  void endFigure();
  void diffLines(llvm::StringRef Class, llvm::StringRef Sign,
                 llvm::StringRef Code);

  llvm::StringRef textOf(const std::string &File);
  const std::vector<llvm::StringRef> &linesOf(const std::string &File);

  const Report &R;
  llvm::raw_ostream &OS;
  SourceText Text;
  llvm::StringMap<std::vector<llvm::StringRef>> Lines;
};

} // namespace threadlint

#endif
