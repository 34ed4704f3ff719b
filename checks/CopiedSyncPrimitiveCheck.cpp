//===- CopiedSyncPrimitiveCheck.cpp - Copies of locks ---------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/CopiedSyncPrimitiveCheck.h"
#include "analysis/ByReference.h"
#include "analysis/SyncCopies.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo CopiedSyncPrimitiveCheck::Info = {
    "threadlint-copied-sync-primitive",
    "a lock, semaphore, once-flag or wait group is copied, alone or in the "
    "object that holds it",
    CheckGroup::Primitives,
    /*OnByDefault=*/true,
    /*HasFix=*/true,
    "0.1",
    "CERT POS53-C"};

CopiedSyncPrimitiveCheck::CopiedSyncPrimitiveCheck(
    llvm::StringRef Name, tidy::ClangTidyContext *Context)
    : Check(Name, Context), NoCopyTypes(listOption("NoCopyTypes", "")) {}

void CopiedSyncPrimitiveCheck::storeOptions(
    tidy::ClangTidyOptions::OptionMap &Opts) {
  Check::storeOptions(Opts);
  Options.store(Opts, "NoCopyTypes", joinList(NoCopyTypes));
}

void CopiedSyncPrimitiveCheck::checkUnit(TranslationUnit &TU) {
  Reported.clear();
  SyncTypes Types(TU.context(), TU.models(), NoCopyTypes);
  SyncCopies Copies(TU, Types);
  for (const FunctionDecl *F : TU.functions().functions())
    for (const SyncCopy &Copy : Copies.of(*F))
      report(TU, *F, Copy);
}

/// The name of a class or typedef without template arguments; may be empty.
static std::string typeName(QualType T, const ASTContext &Context) {
  T = Context.getBaseElementType(T);
  const TagDecl *Tag = T->getAsTagDecl();
  if (!Tag)
    return "";
  if (Tag->getIdentifier())
    return Tag->getName().str();
  const TypedefNameDecl *Typedef = Tag->getTypedefNameForAnonDecl();
  return Typedef ? Typedef->getName().str() : "";
}

/// `the 'pthread_mutex_t' in 'Queue'`
static std::string whatIsCopied(const SyncCopy &Copy,
                                const ASTContext &Context) {
  std::string Type = typeName(Copy.Type, Context);
  if (Type.empty() || Copy.Part->Type == Type)
    return "'" + Copy.Part->Type + "'";
  return "the '" + Copy.Part->Type + "' in '" + Type + "'";
}

static std::string nameOf(const NamedDecl &D) {
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(&D))
    return Ctor->getParent()->getNameAsString();
  return D.getNameAsString();
}

/// What is done, as the start of a sentence, and how to do without.
static std::pair<std::string, const char *> wording(const SyncCopy &Copy) {
  std::string Name = Copy.Name ? nameOf(*Copy.Name) : "";
  switch (Copy.Place) {
  case CopyPlace::Parameter:
    return {Name.empty()
                ? "the parameter is passed by value, which copies"
                : "parameter '" + Name + "' is passed by value, which copies",
            "pass a pointer or a reference, so that both sides use one object"};
  case CopyPlace::LoopVariable:
    return {"loop variable '" + Name +
                "' is a copy of each element, which copies",
            "make the loop variable a reference"};
  case CopyPlace::Capture:
    return {Name.empty()
                ? "the lambda's capture copies"
                : "the lambda captures '" + Name + "' by value, which copies",
            "capture a reference or a pointer, or share the object through a "
            "shared_ptr"};
  case CopyPlace::Assignment:
    return {"the assignment copies",
            "assign the other members one by one; each object needs a "
            "primitive of its own"};
  case CopyPlace::Argument:
    return {"'" + Name + "' copies its argument, and with it",
            "pass a pointer or a std::ref, or make the object where it stays"};
  case CopyPlace::Return:
    return {"returning by value copies", "return a pointer or a reference"};
  case CopyPlace::Initializer:
    return {Name.empty() ? "this copies"
                         : "the initialization of '" + Name + "' copies",
            "use a pointer or a reference, or set up a new object"};
  case CopyPlace::Elements:
    return {"'" + Name + "' copies",
            "copy the other members one by one; each object needs a primitive "
            "of its own"};
  case CopyPlace::Growth:
    return {"'" + Name + "' may move the elements of '" +
                nameOf(*Copy.Container) + "', which copies",
            "use a container that does not move its elements, such as "
            "std::deque, or store pointers"};
  }
  return {"this copies", ""};
}

void CopiedSyncPrimitiveCheck::report(TranslationUnit &TU,
                                      const FunctionDecl &F,
                                      const SyncCopy &Copy) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(Copy.Loc);
  if (!Reported.insert(Loc).second)
    return;
  std::pair<std::string, const char *> Words = wording(Copy);
  std::vector<Insertion> Edits;
  if (const auto *P = dyn_cast_or_null<ParmVarDecl>(Copy.Name);
      P && Copy.Place == CopyPlace::Parameter)
    Edits = parameterByReference(TU, F, P->getFunctionScopeIndex());
  else if (Copy.Place == CopyPlace::LoopVariable)
    Edits = loopVariableByReference(TU, F, *cast<VarDecl>(Copy.Name));
  {
    auto Warning = diag(Loc, "%0 %1")
                   << Words.first << whatIsCopied(Copy, TU.context());
    for (const Insertion &Edit : Edits)
      Warning << FixItHint::CreateInsertion(Edit.Loc, Edit.Text);
  }
  addNotes(TU, Copy);
  diag(Loc, Words.second, DiagnosticIDs::Note);
}

void CopiedSyncPrimitiveCheck::addNotes(TranslationUnit &TU,
                                        const SyncCopy &Copy) {
  const SourceManager &SM = TU.context().getSourceManager();
  const NamedDecl *Field = Copy.Part->Field;
  if (!Field || !TU.functions().isUserCode(Field->getLocation()))
    return;
  diag(SM.getExpansionLoc(Field->getLocation()), "'%0' is a '%1'",
       DiagnosticIDs::Note)
      << (Copy.Part->Path.empty() ? Field->getNameAsString() : Copy.Part->Path)
      << Copy.Part->Type;
}

} // namespace threadlint
