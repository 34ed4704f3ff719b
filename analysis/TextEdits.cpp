//===- TextEdits.cpp - What analyses that rewrite source share ------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/TextEdits.h"
#include "analysis/Statements.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace threadlint {

std::string sourceText(SourceRange Range, const ASTContext &Context) {
  return Lexer::getSourceText(CharSourceRange::getTokenRange(Range),
                              Context.getSourceManager(), Context.getLangOpts())
      .str();
}

bool isMadeByMacro(const Stmt *S, const ASTContext &Context) {
  const SourceManager &SM = Context.getSourceManager();
  auto IsMade = [&SM](SourceLocation Loc) {
    return Loc.isMacroID() && !SM.isInSystemMacro(Loc);
  };
  bool Result = false;
  forEachStmt(S, Lambdas::Inside, [&](const Stmt *Part) {
    Result |= IsMade(Part->getBeginLoc()) || IsMade(Part->getEndLoc());
  });
  return Result;
}

bool hasComment(CharSourceRange Range, const ASTContext &Context) {
  llvm::StringRef Source = Lexer::getSourceText(
      Range, Context.getSourceManager(), Context.getLangOpts());
  return Source.contains("//") || Source.contains("/*") || Source.contains("#");
}

bool isInTemplate(const FunctionDecl &F) {
  if (F.isDependentContext())
    return true;
  for (const DeclContext *C = &F; C; C = C->getParent()) {
    const auto *Outer = dyn_cast<FunctionDecl>(C);
    if (isa<ClassTemplateSpecializationDecl>(C) ||
        (Outer && Outer->isTemplateInstantiation()))
      return true;
  }
  return false;
}

} // namespace threadlint
