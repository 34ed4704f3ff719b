//===- SyncTypes.cpp - Types that must not be copied ----------------------===//
// See the header. Follows bases and fields as the implicit copy does; stops at
// every class that has an operation of its own.
//===----------------------------------------------------------------------===//
#include "analysis/SyncTypes.h"
#include "analysis/Models.h"
#include "analysis/SyncShapes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace threadlint {

// Types nest deeper in generated code only.
static constexpr unsigned MaxDepth = 64;

namespace {

/// How a class copies or moves its objects.
enum class Operation : uint8_t {
  None,       ///< not at all
  Memberwise, ///< as the compiler does it
  Own,        ///< as its author wrote it
};

bool isMove(CopyBy How) {
  return How == CopyBy::MoveConstruct || How == CopyBy::MoveAssign;
}

/// The declared special member function, implicit ones as well. Null: none.
const CXXMethodDecl *declaredOperation(const CXXRecordDecl *R, CopyBy How) {
  if (How == CopyBy::CopyConstruct || How == CopyBy::MoveConstruct) {
    for (const CXXConstructorDecl *C : R->ctors())
      if (How == CopyBy::CopyConstruct ? C->isCopyConstructor()
                                       : C->isMoveConstructor())
        return C;
    return nullptr;
  }
  for (const CXXMethodDecl *M : R->methods())
    if (How == CopyBy::CopyAssign ? M->isCopyAssignmentOperator()
                                  : M->isMoveAssignmentOperator())
      return M;
  return nullptr;
}

Operation kindOf(const CXXRecordDecl *R, CopyBy How) {
  if (const CXXMethodDecl *M = declaredOperation(R, How)) {
    if (M->isDeleted())
      return Operation::None;
    // Private and never defined: how classes forbade it before C++11.
    if (M->isUserProvided())
      return M->getAccess() == AS_private ? Operation::None : Operation::Own;
    // The author of a defaulted move decided that objects may be moved.
    return isMove(How) && !M->isImplicit() ? Operation::Own
                                           : Operation::Memberwise;
  }
  switch (How) {
  case CopyBy::CopyConstruct:
    return R->defaultedCopyConstructorIsDeleted() ? Operation::None
                                                  : Operation::Memberwise;
  case CopyBy::CopyAssign:
    return R->hasUserDeclaredMoveConstructor() ||
                   R->hasUserDeclaredMoveAssignment()
               ? Operation::None
               : Operation::Memberwise;
  case CopyBy::MoveConstruct:
    return R->needsImplicitMoveConstructor() ? Operation::Memberwise
                                             : Operation::None;
  case CopyBy::MoveAssign:
    return R->needsImplicitMoveAssignment() ? Operation::Memberwise
                                            : Operation::None;
  }
  return Operation::None;
}

bool isSyncKind(TypeKind Kind) {
  switch (Kind) {
  case TypeKind::Lock:
  case TypeKind::Condition:
  case TypeKind::Semaphore:
  case TypeKind::Latch:
  case TypeKind::OnceFlag:
    return true;
  default:
    return false;
  }
}

/// The name of a type in a message.
std::string nameOf(const NamedDecl *D) {
  if (D->getIdentifier())
    return D->getName().str();
  if (const auto *Tag = dyn_cast<TagDecl>(D))
    if (const TypedefNameDecl *Typedef = Tag->getTypedefNameForAnonDecl())
      return Typedef->getName().str();
  return "";
}

std::unique_ptr<SyncPart> itself(const NamedDecl *D) {
  auto Part = std::make_unique<SyncPart>();
  Part->Type = nameOf(D);
  return Part;
}

/// \p Inner as a part of the class that declares \p Field.
std::unique_ptr<SyncPart> through(const FieldDecl *Field,
                                  const SyncPart &Inner) {
  auto Part = std::make_unique<SyncPart>(Inner);
  if (!Part->Field)
    Part->Field = Field;
  if (Field->getIdentifier())
    Part->Path =
        Field->getName().str() + (Inner.Path.empty() ? "" : "." + Inner.Path);
  return Part;
}

const CXXRecordDecl *templateOf(const CXXRecordDecl *R) {
  if (const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(R))
    return S->getSpecializedTemplate()->getTemplatedDecl();
  return R;
}

} // namespace

SyncTypes::SyncTypes(const ASTContext &Context, const Models &M,
                     std::vector<std::string> NoCopyTypes)
    : Context(Context), M(M), NoCopyTypes(std::move(NoCopyTypes)) {}
SyncTypes::~SyncTypes() = default;

bool SyncTypes::isNoCopy(const NamedDecl *D) const {
  if (D->hasAttrs())
    for (const auto *A : D->specific_attrs<AnnotateAttr>())
      if (A->getAnnotation() == "threadlint::no-copy")
        return true;
  return !NoCopyTypes.empty() && llvm::is_contained(NoCopyTypes, modelName(D));
}

bool SyncTypes::isPrimitive(const NamedDecl *D) const {
  const TypeModel *Model = M.declaration(D);
  return Model && isSyncKind(Model->Kind);
}

bool SyncTypes::definesMove(QualType T) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R && R->hasDefinition() && R->hasUserDeclaredMoveConstructor();
}

const SyncPart *SyncTypes::ofTypedef(const TypedefNameDecl *D) {
  auto [It, New] = Typedefs.try_emplace(D);
  if (New && (isPrimitive(D) || isNoCopy(D)))
    It->second = itself(D);
  return It->second.get();
}

/// The primitive that one of the names says by which \p T is written.
/// `pthread_spinlock_t` is an int like any other behind its name.
const SyncPart *SyncTypes::ofTypedefs(QualType T) {
  while (true) {
    if (const auto *Typedef = dyn_cast<TypedefType>(T.getTypePtr()))
      if (const SyncPart *Part = ofTypedef(Typedef->getDecl()))
        return Part;
    QualType Next = T->getLocallyUnqualifiedSingleStepDesugaredType();
    if (Next.getTypePtr() == T.getTypePtr())
      return nullptr;
    T = Next;
  }
}

const SyncPart *SyncTypes::copied(QualType T, CopyBy How) {
  if (T.isNull() || T->isDependentType())
    return nullptr;
  T = Context.getBaseElementType(T);
  if (T->isReferenceType() || T->isAnyPointerType())
    return nullptr;
  if (const RecordDecl *R = T->getAsRecordDecl()) {
    const SyncPart *Part = ofRecord(R, How);
    // A typedef may be what the models know, but says nothing of the
    // operations.
    if (Part || T->getAsCXXRecordDecl())
      return Part;
  }
  return ofTypedefs(T);
}

const SyncPart *SyncTypes::relocated(QualType T) {
  if (const CXXRecordDecl *R = T->getAsCXXRecordDecl())
    if (R->hasDefinition() && R->hasMoveConstructor())
      return copied(T, CopyBy::MoveConstruct);
  return copied(T, CopyBy::CopyConstruct);
}

const SyncPart *SyncTypes::ofRecord(const RecordDecl *R, CopyBy How) {
  R = R->getDefinition();
  if (!R || R->isInvalidDecl() || R->isDependentContext() || Depth > MaxDepth)
    return nullptr;
  Key K{R, static_cast<unsigned>(How)};
  // Found empty when a class holds a container of itself.
  auto [It, New] = Records.try_emplace(K);
  if (!New)
    return It->second.get();
  ++Depth;
  std::unique_ptr<SyncPart> Part = compute(R, How);
  --Depth;
  return (Records[K] = std::move(Part)).get();
}

/// The primitives in the elements of a container, which copies them itself.
std::unique_ptr<SyncPart> SyncTypes::ofElements(const CXXRecordDecl *R) {
  const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(R);
  if (!S)
    return nullptr;
  llvm::SmallVector<TemplateArgument, 4> Arguments;
  for (const TemplateArgument &A : S->getTemplateArgs().asArray()) {
    if (A.getKind() == TemplateArgument::Pack)
      Arguments.append(A.pack_begin(), A.pack_end());
    else
      Arguments.push_back(A);
  }
  for (const TemplateArgument &A : Arguments)
    if (A.getKind() == TemplateArgument::Type)
      if (const SyncPart *Part = copied(A.getAsType(), CopyBy::CopyConstruct))
        return std::make_unique<SyncPart>(*Part);
  return nullptr;
}

/// The first primitive among bases and fields; null also if one of them cannot
/// be copied, for then the whole cannot.
std::unique_ptr<SyncPart> SyncTypes::ofMembers(const RecordDecl *R,
                                               CopyBy How) {
  std::unique_ptr<SyncPart> Found;
  const auto *Class = dyn_cast<CXXRecordDecl>(R);
  if (Class)
    for (const CXXBaseSpecifier &Base : Class->bases())
      if (const SyncPart *Part = Found ? nullptr : copied(Base.getType(), How))
        Found = std::make_unique<SyncPart>(*Part);
  for (const FieldDecl *Field : R->fields()) {
    if (Field->isInvalidDecl())
      return nullptr;
    if (Found)
      continue;
    // A member without a move of its own is copied by a move of the whole.
    const CXXRecordDecl *Member =
        Context.getBaseElementType(Field->getType())->getAsCXXRecordDecl();
    CopyBy Inner = How;
    if (Member && Member->hasDefinition() && How == CopyBy::MoveConstruct &&
        !Member->hasMoveConstructor())
      Inner = CopyBy::CopyConstruct;
    else if (Member && Member->hasDefinition() && How == CopyBy::MoveAssign &&
             !Member->hasMoveAssignment())
      Inner = CopyBy::CopyAssign;
    if (const SyncPart *Part = copied(Field->getType(), Inner))
      Found = through(Field, *Part);
  }
  // Last: most classes have no primitive, and this looks at all methods.
  auto CannotBe = [&](QualType T) {
    const CXXRecordDecl *Member =
        Context.getBaseElementType(T)->getAsCXXRecordDecl();
    return Member && Member->hasDefinition() &&
           kindOf(Member->getDefinition(), How) == Operation::None;
  };
  if (!Found || isMove(How))
    return Found;
  if (Class && llvm::any_of(Class->bases(), [&](const CXXBaseSpecifier &Base) {
        return CannotBe(Base.getType());
      }))
    return nullptr;
  if (llvm::any_of(R->fields(), [&](const FieldDecl *Field) {
        return CannotBe(Field->getType());
      }))
    return nullptr;
  return Found;
}

std::unique_ptr<SyncPart> SyncTypes::compute(const RecordDecl *R, CopyBy How) {
  const NamedDecl *Named = R;
  if (!R->getIdentifier())
    if (const TypedefNameDecl *Typedef = R->getTypedefNameForAnonDecl())
      Named = Typedef;
  const auto *Class = dyn_cast<CXXRecordDecl>(R);
  if (!Class) {
    if (isPrimitive(Named) || isNoCopy(Named) || isNoCopy(R))
      return itself(Named);
    return ofMembers(R, How);
  }
  // What a lambda captures was copied when it was written.
  if (Class->isLambda())
    return nullptr;
  const TypeModel *Model = M.declaration(Class);
  bool IsContainer = Model && Model->Kind == TypeKind::Container;
  // The standard library's classes copy what they are made of. They have many
  // methods to look through.
  if (Class->isInStdNamespace() && !isPrimitive(Class) && !isNoCopy(Class)) {
    std::unique_ptr<SyncPart> Part = ofElements(Class);
    if (!Part || IsContainer)
      return isMove(How) ? nullptr : std::move(Part);
  }
  Operation Kind = kindOf(Class, How);
  if (Kind == Operation::None || (Kind == Operation::Own && isMove(How)))
    return nullptr;
  if (isNoCopy(templateOf(Class)) || isNoCopy(Class) || isNoCopy(Named))
    return itself(Named);
  if (isPrimitive(Named))
    return itself(Named);
  if (Kind == Operation::Own) {
    if (IsContainer)
      return ofElements(Class);
    // Whatever else it copies, its body shows.
    const CXXMethodDecl *Own = declaredOperation(Class, How);
    return hasSyncShape(Class) && Own && takesState(Own) ? itself(Class)
                                                         : nullptr;
  }
  if (IsContainer)
    return isMove(How) ? nullptr : ofElements(Class);
  if (Model && Model->Kind == TypeKind::Guard)
    return nullptr;
  if (std::unique_ptr<SyncPart> Part = ofMembers(Class, How))
    return Part;
  return hasSyncShape(Class) ? itself(Class) : nullptr;
}

} // namespace threadlint
