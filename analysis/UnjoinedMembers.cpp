//===- UnjoinedMembers.cpp - Members whose threads nobody joins -----------===//
// See the header. Any use of the member that is not its start or a question counts
// as a join.
//===----------------------------------------------------------------------===//
#include "analysis/UnjoinedMembers.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/SourceOnly.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;

namespace threadlint {
namespace {

class Finder {
public:
  explicit Finder(TranslationUnit &TU) : TU(TU) {}
  std::vector<UnjoinedMember> find();

private:
  void addStarts(const FunctionDecl &F);
  bool allUsesVisible(const FieldDecl &Field) const;
  void visitBody(const FunctionDecl &F);
  void visitTree(const Stmt *Root);

  TranslationUnit &TU;
  llvm::MapVector<const FieldDecl *, const Expr *> Starts;
  llvm::DenseSet<const FieldDecl *> Used;
  llvm::DenseSet<const CXXRecordDecl *> Destroyed;
};

/// `thread_ = std::thread(…)`, or an initialiser of the member.
void Finder::addStarts(const FunctionDecl &F) {
  for (const Task &T : TU.tasks().of(&F)) {
    if (T.Model->Ends != TaskEnd::Join || !T.Handle || T.Detach || T.Join ||
        !T.Handle->parent() ||
        T.Handle->parent()->kind() != LockPath::Kind::This)
      continue;
    const FieldDecl *Field = T.Handle->field();
    const TypeModel *Type =
        Field && Field->getType()->isRecordType()
            ? TU.models().type(Field->getType())
            : nullptr;
    if (Type && Type->Kind == TypeKind::Thread && allUsesVisible(*Field))
      Starts.insert({Field, T.Spawn});
  }
}

/// The class is this file's own, or keeps the member to itself and shows all of
/// its members.
bool Finder::allUsesVisible(const FieldDecl &Field) const {
  const auto *R = dyn_cast<CXXRecordDecl>(Field.getParent());
  if (!R || R->isDependentContext() || R->isLambda() ||
      isa<ClassTemplateSpecializationDecl>(R))
    return false;
  for (const DeclContext *Outer = R->getDeclContext(); Outer;
       Outer = Outer->getParent())
    if (isa<ClassTemplateSpecializationDecl>(Outer))
      return false;
  if (!isInSourceOnly(*R) && (Field.getAccess() != AS_private || R->hasFriends()))
    return false;
  for (const Decl *D : R->decls()) {
    if (isa<FunctionTemplateDecl>(D))
      return false; // some instance may join it
    const auto *Method = dyn_cast<CXXMethodDecl>(D);
    if (Method && !Method->isImplicit() && !Method->isDefaulted() &&
        !Method->isDeleted() && !Method->hasBody())
      return false;
  }
  return true;
}

/// Questions, and the start: `thread_.joinable()`.
static bool isHarmless(const MemberExpr &Called) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Called.getMemberDecl());
  return Method && Method->isConst() &&
         !Method->getReturnType()->isPointerType() &&
         !Method->getReturnType()->isReferenceType();
}

void Finder::visitTree(const Stmt *Root) {
  llvm::DenseSet<const Expr *> Known;
  auto Know = [&](const Expr *E) {
    if (const auto *Member = dyn_cast<MemberExpr>(producer(E)))
      Known.insert(Member);
  };
  llvm::SmallVector<const MemberExpr *, 8> Uses;
  forEachStmt(Root, Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(S))
      if (Assign->getOperator() == OO_Equal && Assign->getNumArgs() == 2)
        for (const auto &Entry : Starts)
          if (producer(Assign->getArg(1)) == producer(Entry.second))
            Know(Assign->getArg(0));
    if (const auto *Member = dyn_cast<MemberExpr>(S)) {
      Uses.push_back(Member);
      if (isHarmless(*Member))
        Know(Member->getBase());
    }
    if (const auto *Decls = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Decls->decls())
        if (const auto *V = dyn_cast<VarDecl>(D))
          if (const CXXRecordDecl *R = V->getType()->getAsCXXRecordDecl())
            Destroyed.insert(R->getCanonicalDecl());
  });
  for (const MemberExpr *Use : Uses)
    if (const auto *Field = dyn_cast<FieldDecl>(Use->getMemberDecl()))
      if (!Known.count(Use))
        Used.insert(Field);
}

void Finder::visitBody(const FunctionDecl &F) {
  visitTree(F.getBody());
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F))
    for (const CXXCtorInitializer *Init : Ctor->inits())
      visitTree(initialiserOf(*Init));
}

std::vector<UnjoinedMember> Finder::find() {
  llvm::ArrayRef<const FunctionDecl *> Functions = TU.functions().functions();
  for (const FunctionDecl *F : Functions) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (Scan && !Scan->Spawns.empty())
      addStarts(*F);
  }
  if (Starts.empty())
    return {};
  for (const FunctionDecl *F : Functions)
    visitBody(*F);
  std::vector<UnjoinedMember> Result;
  for (const auto &[Field, Start] : Starts) {
    const auto *R = cast<CXXRecordDecl>(Field->getParent());
    const CXXDestructorDecl *Dtor =
        R->hasUserDeclaredDestructor() ? R->getDestructor() : nullptr;
    bool IsDestroyed =
        Destroyed.count(R->getCanonicalDecl()) ||
        (Dtor && !Dtor->isDeleted() && Dtor->getAccess() == AS_public);
    if (!Used.count(Field) && IsDestroyed)
      Result.push_back({Field, Start, Dtor});
  }
  return Result;
}

} // namespace

std::vector<UnjoinedMember> unjoinedMembers(TranslationUnit &TU) {
  return Finder(TU).find();
}

} // namespace threadlint
