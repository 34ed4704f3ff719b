//===- Format.cpp - The forms a report is written in ----------------------===//
// See the header. One declaration and one line for each.
//===----------------------------------------------------------------------===//
#include "driver/Format.h"

namespace threadlint {

void writeCheckstyle(const Report &R, llvm::raw_ostream &OS);
void writeGitHub(const Report &R, llvm::raw_ostream &OS);
void writeGitLab(const Report &R, llvm::raw_ostream &OS);
void writeHtml(const Report &R, llvm::raw_ostream &OS);
void writeJson(const Report &R, llvm::raw_ostream &OS);
void writeSarif(const Report &R, llvm::raw_ostream &OS);
void writeText(const Report &R, llvm::raw_ostream &OS);

llvm::ArrayRef<Format> formats() {
  static const Format All[] = {
      {"text", "as clang prints warnings, with the source lines", writeText},
      {"json", "all of it, for scripts", writeJson},
      {"sarif", "SARIF 2.1.0, for code scanning and editors", writeSarif},
      {"gitlab", "GitLab's code quality", writeGitLab},
      {"github", "annotations, printed by a GitHub workflow", writeGitHub},
      {"checkstyle", "Checkstyle's XML, for Jenkins and others", writeCheckstyle},
      {"html", "one page for people", writeHtml},
  };
  return All;
}

} // namespace threadlint
