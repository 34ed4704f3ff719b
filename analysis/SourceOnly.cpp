//===- SourceOnly.cpp - What no other source can name ---------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/SourceOnly.h"
#include "analysis/LockPath.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclBase.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/LangOptions.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace threadlint {

/// By the language that is set, which older majors leave out, or by its name.
static bool isHeader(const ASTContext &Context) {
  const SourceManager &SM = Context.getSourceManager();
  llvm::StringRef Name =
      SM.getFilename(SM.getLocForStartOfFile(SM.getMainFileID()));
  static constexpr llvm::StringLiteral Extensions[] = {
      ".h", ".hh", ".hpp", ".hxx", ".h++", ".H", ".inl", ".ipp", ".tcc"};
  return Context.getLangOpts().IsHeaderFile ||
         llvm::is_contained(Extensions, llvm::sys::path::extension(Name));
}

bool isInSourceOnly(const Decl &D) {
  const ASTContext &Context = D.getASTContext();
  const SourceManager &SM = Context.getSourceManager();
  return !isHeader(Context) &&
         llvm::all_of(D.redecls(), [&SM](const Decl *Redecl) {
           return SM.isInMainFile(SM.getExpansionLoc(Redecl->getLocation()));
         });
}

bool isUsedHereOnly(const LockPath &Lock) {
  if (const VarDecl *V = Lock.variable())
    return V->hasGlobalStorage() &&
           (!V->isExternallyVisible() ||
            (V->hasDefinition() != VarDecl::DeclarationOnly &&
             isInSourceOnly(*V)));
  const FieldDecl *Field = Lock.field();
  if (!Field || isInSourceOnly(*Field))
    return Field != nullptr;
  const auto *R = dyn_cast<CXXRecordDecl>(Field->getParent());
  return R && Field->getAccess() == AS_private && !R->hasFriends() &&
         llvm::all_of(R->methods(), [](const CXXMethodDecl *M) {
           return !M->isUserProvided() || M->hasBody();
         });
}

} // namespace threadlint
