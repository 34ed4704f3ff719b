//===- SyncShapes.cpp - Synchronisation classes by their members ----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/SyncShapes.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <string>

using namespace clang;
using llvm::StringRef;

namespace threadlint {
namespace {

/// `CountDown`, `count_down` and `countDown` are one name.
std::string plainName(StringRef Name) {
  std::string Result;
  for (char C : Name.lower())
    if (C != '_')
      Result += C;
  return Result;
}

bool declares(const CXXRecordDecl *R, StringRef Name, unsigned MaxParams) {
  for (const CXXMethodDecl *M : R->methods())
    if (M->getIdentifier() && !M->isStatic() &&
        M->getMinRequiredArguments() <= MaxParams &&
        plainName(M->getName()) == Name)
      return true;
  return false;
}

bool isSmartPointer(const CXXRecordDecl *R, unsigned Depth = 0) {
  if (!R || !R->hasDefinition() || Depth > 8)
    return false;
  for (const CXXMethodDecl *M : R->getDefinition()->methods())
    if (M->getOverloadedOperator() == OO_Arrow)
      return true;
  for (const CXXBaseSpecifier &Base : R->getDefinition()->bases())
    if (isSmartPointer(Base.getType()->getAsCXXRecordDecl(), Depth + 1))
      return true;
  return false;
}

/// Text that names the object, for traces, is no way to shared state.
bool isText(QualType T) {
  return T->isPointerType() && T->getPointeeType()->isAnyCharacterType();
}

/// Whether the object has state, all of it in itself.
bool ownsState(const CXXRecordDecl *R) {
  bool Any = false;
  for (const FieldDecl *F : R->fields()) {
    QualType T = F->getType();
    if (isText(T))
      continue;
    if (T->isReferenceType() || T->isAnyPointerType() ||
        T->isMemberPointerType() || isSmartPointer(T->getAsCXXRecordDecl()))
      return false;
    Any = true;
  }
  // A base may hold the pointer.
  return Any && R->getNumBases() == 0;
}

bool hasVolatileField(const CXXRecordDecl *R) {
  for (const FieldDecl *F : R->fields())
    if (F->getType().isVolatileQualified())
      return true;
  return false;
}

/// Doors and records have lock() and unlock() as well.
bool isLock(const CXXRecordDecl *R) {
  if (!(declares(R, "lock", 0) && declares(R, "unlock", 0)))
    return false;
  std::string Name = plainName(R->getName());
  return StringRef(Name).contains("mutex") ||
         StringRef(Name).contains("spin") ||
         (StringRef(Name).contains("lock") && hasVolatileField(R));
}

/// The three members of a wait group, under the names that are in use.
struct GroupNames {
  StringRef Add, Done, Wait;
};

constexpr GroupNames WaitGroups[] = {
    {"add", "done", "wait"},
    {"countup", "countdown", "wait"},
    {"increment", "decrement", "wait"},
};

const GroupNames *waitGroupNames(const CXXRecordDecl *R) {
  for (const GroupNames &Names : WaitGroups)
    if (declares(R, Names.Add, 1) && declares(R, Names.Done, 0) &&
        declares(R, Names.Wait, 0))
      return &Names;
  return nullptr;
}

bool isWaitGroup(const CXXRecordDecl *R) {
  const GroupNames *Names = waitGroupNames(R);
  return Names && Names->Add == "add";
}

/// Whether \p S uses \p P, other than to compare it with `this`.
bool uses(const Stmt *S, const ParmVarDecl *P) {
  llvm::SmallVector<const Stmt *, 16> Work{S};
  while (!Work.empty()) {
    const Stmt *Next = Work.pop_back_val();
    if (!Next)
      continue;
    if (const auto *Member = dyn_cast<MemberExpr>(Next))
      if (const auto *Ref =
              dyn_cast<DeclRefExpr>(Member->getBase()->IgnoreParenImpCasts()))
        if (Ref->getDecl() == P)
          return true;
    Work.append(Next->child_begin(), Next->child_end());
  }
  return false;
}

} // namespace

bool hasSyncShape(const CXXRecordDecl *R) {
  return R->getIdentifier() && !R->isLambda() && (isLock(R) || isWaitGroup(R)) &&
         ownsState(R);
}

WaitGroupMember waitGroupMember(const CXXMethodDecl &Method) {
  const CXXRecordDecl *R = Method.getParent();
  if (!Method.getIdentifier() || !R->getIdentifier() || R->isLambda())
    return WaitGroupMember::None;
  const GroupNames *Names = waitGroupNames(R);
  if (!Names)
    return WaitGroupMember::None;
  std::string Name = plainName(Method.getName());
  return Name == Names->Add    ? WaitGroupMember::Add
         : Name == Names->Done ? WaitGroupMember::Done
         : Name == Names->Wait ? WaitGroupMember::Wait
                               : WaitGroupMember::None;
}

bool takesState(const CXXMethodDecl *Operation) {
  const FunctionDecl *Definition = nullptr;
  if (!Operation->hasBody(Definition) || Definition->getNumParams() == 0)
    return false;
  const ParmVarDecl *Other = Definition->getParamDecl(0);
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Definition))
    for (const CXXCtorInitializer *Init : Ctor->inits())
      if (uses(Init->getInit(), Other))
        return true;
  return uses(Definition->getBody(), Other);
}

} // namespace threadlint
