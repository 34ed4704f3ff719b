//===- SyncCallCopies.cpp - Library calls that copy objects ---------------===//
// The part of SyncCopies about calls that models know: memcpy, std::copy,
// std::thread's arguments, push_back … Copies of the language are in
// SyncCopies.cpp.
//===----------------------------------------------------------------------===//
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/SpawnCall.h"
#include "analysis/SyncCopies.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {
namespace {

/// The type of parameter \p Index as the source of the template writes it; of the
/// pack that takes it, if one does. Null: there is no such parameter.
QualType writtenParameter(const FunctionDecl &F, unsigned Index) {
  const FunctionDecl *Pattern = F.getTemplateInstantiationPattern();
  if (!Pattern)
    Pattern = &F;
  unsigned N = Pattern->getNumParams();
  if (N == 0)
    return QualType();
  QualType T = Pattern->getParamDecl(std::min(Index, N - 1))->getType();
  if (const auto *Pack = T->getAs<PackExpansionType>())
    return Pack->getPattern();
  return Index < N ? T : QualType();
}

/// What a pointer or an iterator leads to. Null: \p T is neither.
QualType elementType(QualType T) {
  if (T->isArrayType())
    return QualType(T->getBaseElementTypeUnsafe(), 0);
  if (T->isPointerType())
    return T->getPointeeType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition())
    return QualType();
  for (const CXXMethodDecl *M : R->getDefinition()->methods())
    if (M->getOverloadedOperator() == OO_Star && M->getNumParams() == 0 &&
        M->getReturnType()->isReferenceType())
      return M->getReturnType().getNonReferenceType();
  return QualType();
}

bool isSame(QualType A, QualType B) {
  return A.getCanonicalType().getUnqualifiedType() ==
         B.getCanonicalType().getUnqualifiedType();
}

/// Whether \p List has the type \p T; packs are arguments of other parameters.
bool hasType(const TemplateArgumentList *List, QualType T, unsigned Max) {
  if (!List)
    return false;
  for (unsigned I = 0; I < List->size() && I < Max; ++I)
    if (List->get(I).getKind() == TemplateArgument::Type &&
        isSame(List->get(I).getAsType(), T))
      return true;
  return false;
}

/// `T &&` of a template that the library declares: it passes the argument on.
bool isForwarded(const FunctionDecl &F, unsigned Index) {
  QualType P = writtenParameter(F, Index);
  return !P.isNull() && P->isRValueReferenceType() && P->isDependentType() &&
         F.getASTContext().getSourceManager().isInSystemHeader(F.getLocation());
}

const ClassTemplateSpecializationDecl *classOf(const FunctionDecl &F) {
  return dyn_cast<ClassTemplateSpecializationDecl>(F.getDeclContext());
}

/// Whether \p F makes an object of type \p T: an element of its class, or what
/// its first template argument says.
bool makes(const FunctionDecl &F, QualType T) {
  if (const auto *Class = classOf(F))
    return hasType(&Class->getTemplateArgs(), T, 2);
  return hasType(F.getTemplateSpecializationArgs(), T, 1);
}

/// Whether \p Size, in bytes, covers an object of \p T for sure.
bool coversObject(const Expr *Size, QualType T, const ASTContext &Context) {
  if (Size->isValueDependent())
    return false;
  Expr::EvalResult Value;
  if (Size->EvaluateAsInt(Value, Context))
    return Value.Val.getInt().getZExtValue() >=
           static_cast<uint64_t>(
               Context.getTypeSizeInChars(T).getQuantity());
  // n * sizeof(T)
  llvm::SmallVector<const Stmt *, 8> Work{Size};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (const auto *SizeOf = dyn_cast_or_null<UnaryExprOrTypeTraitExpr>(S)) {
      if (SizeOf->getKind() == UETT_SizeOf &&
          isSame(SizeOf->getTypeOfArgument(), T))
        return true;
    } else if (S) {
      Work.append(S->child_begin(), S->child_end());
    }
  }
  return false;
}

/// The container that \p E names, if all its uses can be seen: a member or a
/// local object. Null: a reference, a pointee, unknown.
const ValueDecl *container(const Expr *E) {
  if (!E)
    return nullptr;
  E = E->IgnoreParenImpCasts();
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    return Field && !Field->getType()->isReferenceType() ? Field : nullptr;
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return V && !isa<ParmVarDecl>(V) && !V->getType()->isReferenceType() ? V
                                                                        : nullptr;
}

/// The uninstantiated field, so that all instances are one.
const ValueDecl *uniqueContainer(const Expr *Call) {
  return container(objectArgument(Call));
}

} // namespace

void SyncCopies::call(const Expr *E, Result &Out) {
  const FunctionDecl *F = namedCallee(E);
  unsigned Written = writtenArgs(E);
  const FunctionModel *Copying = TU.models().copying(F, Written);
  if (Copying && Copying->Does == Effect::Copy)
    return copyCall(E, *Copying, Out);
  // A task and a bound call have copies of what they are given.
  const FunctionModel *Model = TU.models().function(F, Written);
  if ((Model && Model->Does == Effect::Bind) || spawnCall(*E, TU.models())) {
    for (unsigned I = 0; I < Written; ++I)
      if (isForwarded(*F, I))
        object(E, argument(E, I), Out);
    return;
  }
  bool Reserves = Copying && Copying->Does == Effect::Reserve;
  bool Reported = false;
  if (isConstruction(E) && !Reserves) {
    for (unsigned I = 0; I < Written; ++I)
      if (makes(*F, argument(E, I)->getType()))
        Reported |= object(E, argument(E, I), Out);
    Reported = Reported || madeElements(E, Out);
  }
  if (!Reported && !isa<CXXConstructExpr>(E) && (Reserves || isConstruction(E)))
    growth(E, Reserves, Out);
}

/// Whether \p E puts elements into its object.
bool SyncCopies::isConstruction(const Expr *E) const {
  const FunctionDecl *F = namedCallee(E);
  unsigned Written = writtenArgs(E);
  if (const FunctionModel *Copying = TU.models().copying(F, Written))
    return Copying->Does == Effect::Construct;
  const FunctionModel *Model = TU.models().function(F, Written);
  return Model && Model->Does == Effect::Emplace;
}

/// A call that copies what its arguments refer or point to.
void SyncCopies::copyCall(const Expr *E, const FunctionModel &Model,
                          Result &Out) {
  const FunctionDecl *F = namedCallee(E);
  bool All = Model.Object == ArgAll;
  for (unsigned I = 0, Written = writtenArgs(E); I < Written; ++I) {
    if (!All && Model.Object != static_cast<int>(I))
      continue;
    QualType P = writtenParameter(*F, I);
    if (P.isNull())
      continue;
    const Expr *Arg = argument(E, I);
    if (!P->isReferenceType()) {
      // Those that take all of them exchange: a type's own move counts.
      if (elements(E, I, All ? CopyBy::MoveConstruct : CopyBy::CopyConstruct,
                   Out))
        return;
    } else if (All && P->isLValueReferenceType()) {
      if (const SyncPart *Part =
              Types.copied(Arg->getType(), CopyBy::MoveConstruct)) {
        Out.push_back({CopyPlace::Elements, E->getBeginLoc(), Arg->getType(),
                       Part, F, nullptr});
        return;
      }
    } else {
      object(E, Arg, Out);
    }
  }
}

/// \p Arg is stored as a copy. True: it is reported.
bool SyncCopies::object(const Expr *Call, const Expr *Arg, Result &Out) {
  if (!Arg || isa<CXXDefaultArgExpr>(Arg) || !Arg->isGLValue())
    return false;
  QualType T = Arg->getType();
  const SyncPart *Part = Types.copied(
      T, Arg->isLValue() ? CopyBy::CopyConstruct : CopyBy::MoveConstruct);
  if (!Part || isFresh(Arg) || body().isUnevaluated(Call))
    return false;
  Out.push_back({CopyPlace::Argument, Arg->getBeginLoc(), T, Part,
                 namedCallee(Call), nullptr});
  return true;
}

/// The elements that argument \p Index points to are copied.
bool SyncCopies::elements(const Expr *Call, unsigned Index, CopyBy How,
                          Result &Out) {
  const Expr *Arg = argument(Call, Index)->IgnoreParenImpCasts();
  while (const auto *Cast = dyn_cast<ExplicitCastExpr>(Arg)) {
    // `(void *)p` says what is copied, not what it is.
    QualType To = Cast->getType();
    if (!To->isVoidPointerType())
      break;
    Arg = Cast->getSubExpr()->IgnoreParenImpCasts();
  }
  QualType T = elementType(Arg->getType());
  if (T.isNull() || T->isIncompleteType() || T->isVoidType())
    return false;
  const SyncPart *Part = Types.copied(T, How);
  if (!Part || body().isUnevaluated(Call))
    return false;
  const FunctionDecl *F = namedCallee(Call);
  if (!F->getTemplateInstantiationPattern()) {
    // A C function: bytes. The other pointer must agree, so that this is an
    // object and not a message with one inside.
    bool Covers = false;
    for (unsigned I = 0, N = writtenArgs(Call); I < N; ++I) {
      const Expr *Other = argument(Call, I);
      if (Other->getType()->isIntegerType())
        Covers |= coversObject(Other, T, TU.context());
      else if (I != Index && !isSame(elementType(Other->IgnoreParenCasts()->getType()), T))
        return false;
    }
    if (!Covers)
      return false;
    // realloc(NULL, n) is malloc(n).
    if (Arg->isNullPointerConstant(
            const_cast<ASTContext &>(TU.context()),
            Expr::NPC_ValueDependentIsNotNull) != Expr::NPCK_NotNull)
      return false;
  }
  if (const auto *Address = dyn_cast<UnaryOperator>(Arg))
    if (Address->getOpcode() == UO_AddrOf && isFresh(Address->getSubExpr()))
      return false;
  Out.push_back(
      {CopyPlace::Elements, Call->getBeginLoc(), T, Part, F, nullptr});
  return true;
}

/// `v.insert(at, first, last)`, `vector(first, last)`: two or more iterators.
bool SyncCopies::madeElements(const Expr *Call, Result &Out) {
  const FunctionDecl *F = namedCallee(Call);
  unsigned Iterators = 0, Last = 0;
  for (unsigned I = 0, N = writtenArgs(Call); I < N; ++I) {
    QualType T = elementType(argument(Call, I)->getType());
    if (T.isNull() || !makes(*F, T.getNonReferenceType()))
      continue;
    ++Iterators;
    Last = I;
  }
  return Iterators >= 2 && elements(Call, Last, CopyBy::CopyConstruct, Out);
}

//===----------------------------------------------------------------------===//
// Growth
//===----------------------------------------------------------------------===//

/// Whether any code sets the capacity of \p Container: then growing it may move
/// nothing.
bool SyncCopies::isReserved(const ValueDecl *Container) {
  if (!ReservedKnown) {
    ReservedKnown = true;
    FunctionIndex &Index = TU.functions();
    for (const FunctionDecl *F : Index.functions())
      for (const Expr *E : Index.scan(F)->Copies) {
        const FunctionModel *Model =
            TU.models().copying(namedCallee(E), writtenArgs(E));
        if (Model && Model->Does == Effect::Reserve)
          if (const ValueDecl *V = uniqueContainer(E))
            Reserved.insert(V);
      }
  }
  return Reserved.count(Container);
}

/// Whether the function adds to \p Container before \p Call.
bool SyncCopies::growsBefore(const Expr *Call, const ValueDecl *Container) {
  const SourceManager &SM = TU.context().getSourceManager();
  for (const Expr *E : TU.functions().scan(Current)->Copies)
    if (E != Call && uniqueContainer(E) == Container && isConstruction(E) &&
        SM.isBeforeInTranslationUnit(E->getExprLoc(), Call->getExprLoc()))
      return true;
  return false;
}

/// \p Call adds to its container, or sets its capacity (\p Reserves).
void SyncCopies::growth(const Expr *Call, bool Reserves, Result &Out) {
  const FunctionDecl *F = namedCallee(Call);
  const auto *Class = classOf(*F);
  const TypeModel *Type = Class ? TU.models().declaration(Class) : nullptr;
  if (!Type || !Type->Relocates || Class->getTemplateArgs().size() == 0 ||
      Class->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return;
  QualType T = Class->getTemplateArgs()[0].getAsType();
  const SyncPart *Part = Types.relocated(T);
  const ValueDecl *Container = uniqueContainer(Call);
  if (!Part || !Container || body().isUnevaluated(Call))
    return;
  // The first elements of a vector have nowhere to move from.
  const auto *V = dyn_cast<VarDecl>(Container);
  bool MayBeFirst = Reserves || (V && V->hasLocalStorage());
  bool Moves = growsBefore(Call, Container) ||
               (!Reserves && body().isInLoop(Call));
  if ((MayBeFirst && !Moves) || (!Reserves && isReserved(Container)))
    return;
  Out.push_back(
      {CopyPlace::Growth, Call->getExprLoc(), T, Part, F, Container});
}

} // namespace threadlint
