//===- OwnObject.cpp - Does only this function have the object? -----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/OwnObject.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "analysis/NameWords.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

// Containers of pairs of arrays: deeper ones are somebody else's.
static constexpr unsigned MaxNesting = 4;
// Fields that one question looks at: a struct of structs of structs has many.
static constexpr unsigned MaxFields = 200;

bool makesObject(const Expr *Value) {
  Value = producer(Value);
  if (isa<CXXNewExpr>(Value))
    return true;
  const auto *Construct = dyn_cast<CXXConstructExpr>(Value);
  if (Construct && Construct->getNumArgs() >= 1)
    return makesObject(Construct->getArg(0)); // of a smart pointer
  const auto *Call = dyn_cast<CallExpr>(Value);
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  return F && F->getIdentifier() && namesCreation(F->getName());
}

static bool isOrDerivesFrom(const RecordDecl &R, const RecordDecl &Class) {
  if (R.getCanonicalDecl() == Class.getCanonicalDecl())
    return true;
  const auto *Derived = dyn_cast<CXXRecordDecl>(&R);
  const auto *Base = dyn_cast<CXXRecordDecl>(&Class);
  return Derived && Base && Derived->hasDefinition() &&
         Derived->isDerivedFrom(Base);
}

namespace {
/// Whether objects have objects of Class in them, not behind pointers.
class Holding {
public:
  Holding(const RecordDecl &Class, const Models &M) : Class(Class), M(M) {}
  bool in(QualType T, unsigned Depth = 0);

private:
  const RecordDecl &Class;
  const Models &M;
  unsigned Looked = 0;
};
} // namespace

bool Holding::in(QualType T, unsigned Depth) {
  const Type *Element = T->getBaseElementTypeUnsafe();
  const RecordDecl *R = Element->getAsRecordDecl();
  if (!R || Depth == MaxNesting || ++Looked > MaxFields)
    return false;
  R = R->getDefinition() ? R->getDefinition() : R;
  if (isOrDerivesFrom(*R, Class))
    return true;
  const TypeModel *Model = M.type(QualType(Element, 0));
  if (!Model || Model->Kind != TypeKind::Container) // std::array, std::pair
    return llvm::any_of(R->fields(), [&](const FieldDecl *F) {
      return in(F->getType(), Depth + 1);
    });
  const auto *Container = dyn_cast<ClassTemplateSpecializationDecl>(R);
  return Container &&
         llvm::any_of(Container->getTemplateArgs().asArray(),
                      [&](const TemplateArgument &A) {
                        return A.getKind() == TemplateArgument::Type &&
                               in(A.getAsType(), Depth + 1);
                      });
}

static bool holdsByValue(QualType T, const RecordDecl &Class, const Models &M) {
  return Holding(Class, M).in(T);
}

/// A local variable with an object of its own in it.
static bool isValue(const VarDecl *V) {
  return V && V->isLocalVarDecl() && V->hasLocalStorage() &&
         !V->getType()->isPointerType() && !V->getType()->isReferenceType();
}

const VarDecl *ownerOf(const LockPath &P, LockPaths &Paths, const Models &M) {
  const LockPath *Root = P.root();
  const VarDecl *V = Root->variable();
  if (!V || !V->isLocalVarDecl() || !V->hasLocalStorage() || Root == &P)
    return nullptr;
  if (!P.field())
    return nullptr;
  // No pointer, smart or not, on the way from the variable's object.
  const RecordDecl *Class = P.field()->getParent(), *Part = Class;
  for (const LockPath *Step = P.parent(); Step != Root; Step = Step->parent()) {
    const FieldDecl *F = Step->field();
    if (F ? !holdsByValue(F->getType(), *Part, M)
          : Step->kind() != LockPath::Kind::Element)
      return nullptr;
    Part = F ? F->getParent() : Part;
  }
  if (isValue(V) && holdsByValue(V->getType(), *Class, M))
    return V;
  if (!V->hasInit())
    return nullptr;
  if (makesObject(V->getInit()) && !Paths.isRebound(V))
    return V;
  // An iterator, a pointer or a reference: into a local container?
  const VarDecl *Container = Paths.of(V->getInit())->root()->variable();
  return isValue(Container) && Container != V &&
                 holdsByValue(Container->getType(), *Class, M)
             ? Container
             : nullptr;
}

} // namespace threadlint
