//===- GuardHolders.cpp - Guards in std::optional and unique_ptr ----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/GuardHolders.h"
#include "analysis/AccessUses.h"
#include "analysis/CallInfo.h"
#include "analysis/Models.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

static llvm::StringRef className(QualType T) {
  const CXXRecordDecl *R = T.getNonReferenceType()->getAsCXXRecordDecl();
  return R && R->getIdentifier() ? R->getName() : "";
}

const TypeModel *guardHeldBy(QualType T, const Models &M) {
  llvm::StringRef Name = className(T);
  if (Name != "optional" && Name != "unique_ptr")
    return nullptr;
  QualType Held = heldType(T);
  const TypeModel *Guard = Held.isNull() ? nullptr : M.type(Held);
  return Guard && Guard->Kind == TypeKind::Guard ? Guard : nullptr;
}

/// `std::nullopt`, `boost::none`, `nullptr`, `{}`.
static bool isNothing(const Expr &Arg) {
  const Expr *E = producer(&Arg);
  if (Arg.getType()->isNullPtrType() || E->getType()->isNullPtrType())
    return true;
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return List->getNumInits() == 0;
  if (const auto *Made = dyn_cast<CXXConstructExpr>(E);
      Made && writtenArgs(Made) == 0)
    return true;
  llvm::StringRef Name = className(Arg.getType());
  return Name == "nullopt_t" || Name == "none_t";
}

static bool isInPlaceTag(const Expr &Arg) {
  return className(Arg.getType()).find("in_place") == 0;
}

static bool isGuardOrHolder(QualType T, const Models &M) {
  if (T->isPointerType())
    T = T->getPointeeType();
  const TypeModel *Type = M.type(T);
  return guardHeldBy(T, M) || (Type && Type->Kind == TypeKind::Guard);
}

/// What the holder gets: the arguments of a new guard, or a guard.
static void fill(HolderUse &Use, const Expr &Call, const Models &M) {
  unsigned First = 0, Count = writtenArgs(&Call);
  Use.Does = HolderUse::Clear;
  if (Count == 0 || isNothing(*argument(&Call, 0)))
    return;
  const Expr *Arg = argument(&Call, 0);
  Use.Does = HolderUse::Fill;
  const Expr *From = &Call;
  if (const auto *New = dyn_cast<CXXNewExpr>(producer(Arg))) {
    From = New->getConstructExpr();
    Count = From ? writtenArgs(From) : 0;
  } else if (isGuardOrHolder(Arg->getType(), M)) {
    Use.Does = HolderUse::Take;
    Count = 1;
  } else if (isInPlaceTag(*Arg)) {
    First = 1;
  }
  for (unsigned I = First; I < Count; ++I)
    Use.Args.push_back(argument(From, I));
}

static bool memberUse(HolderUse &Use, const FunctionDecl &F, const Expr &Call,
                      const Models &M) {
  if (isa<CXXConversionDecl>(F)) { // to bool
    Use.Does = HolderUse::Ask;
    return true;
  }
  switch (F.getOverloadedOperator()) {
  case OO_Star:
  case OO_Arrow:
    Use.Does = HolderUse::Look;
    return true;
  case OO_Equal:
    fill(Use, Call, M);
    return true;
  case OO_None:
    break;
  default:
    return false;
  }
  llvm::StringRef Name = F.getIdentifier() ? F.getName() : "";
  if (Name == "emplace") {
    fill(Use, Call, M);
    if (Use.Does == HolderUse::Clear)
      Use.Does = HolderUse::Fill; // a guard that has no lock
    return true;
  }
  if (Name == "reset") {
    fill(Use, Call, M);
    return true;
  }
  if (Name == "release")
    Use.Does = HolderUse::Leave;
  else if (Name == "has_value" || Name == "is_initialized")
    Use.Does = HolderUse::Ask;
  else if (Name == "value" || Name == "get" || Name == "get_ptr")
    Use.Does = HolderUse::Look;
  else
    return false;
  return true;
}

bool holderUse(const Expr &Call, const Models &M, HolderUse &Use) {
  const FunctionDecl *F = namedCallee(&Call);
  if (!F || Call.isTypeDependent())
    return false;
  Use = {HolderUse::Look, nullptr, nullptr, {}};
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&Call)) {
    Use.Guard = guardHeldBy(Construct->getType(), M);
    if (Use.Guard)
      fill(Use, Call, M);
    return Use.Guard;
  }
  if (const auto *Method = dyn_cast<CXXMethodDecl>(F)) {
    Use.Holder = objectArgument(&Call);
    QualType T = Use.Holder ? Use.Holder->getType() : QualType();
    if (T.isNull() || Method->isStatic())
      return false;
    Use.Guard = guardHeldBy(T->isPointerType() ? T->getPointeeType() : T, M);
    return Use.Guard && memberUse(Use, *F, Call, M);
  }
  Use.Guard = guardHeldBy(Call.getType(), M);
  const FunctionModel *Model =
      Use.Guard ? M.function(F, writtenArgs(&Call)) : nullptr;
  if (!Model || Model->Does != Effect::Emplace)
    return false;
  Use.Does = HolderUse::Fill; // std::make_optional, std::make_unique
  for (unsigned I = 0, N = writtenArgs(&Call); I < N; ++I)
    Use.Args.push_back(argument(&Call, I));
  return true;
}

} // namespace threadlint
