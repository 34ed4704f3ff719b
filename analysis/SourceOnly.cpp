//===- SourceOnly.cpp - What no other source can name ---------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/SourceOnly.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclBase.h"
#include "clang/Basic/LangOptions.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

bool isInSourceOnly(const Decl &D) {
  const ASTContext &Context = D.getASTContext();
  const SourceManager &SM = Context.getSourceManager();
  return !Context.getLangOpts().IsHeaderFile &&
         llvm::all_of(D.redecls(), [&SM](const Decl *Redecl) {
           return SM.isInMainFile(SM.getExpansionLoc(Redecl->getLocation()));
         });
}

} // namespace threadlint
