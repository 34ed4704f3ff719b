//===- FlagValues.cpp - Can anything change this condition? ---------------===//
// See the header. Whatever is not understood counts as a change.
//===----------------------------------------------------------------------===//
#include "analysis/FlagValues.h"
#include "analysis/CallInfo.h"
#include "analysis/FlagCondition.h"
#include "analysis/FunctionIndex.h"
#include "analysis/LLVMCompat.h"
#include "analysis/SourceOnly.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

static constexpr unsigned MaxDepth = 16; // of classes in classes

const ValueDecl *FlagValues::flagOf(const Expr *Condition) {
  Evaluator Evaluate{Context, nullptr, 0};
  if (!Condition || !Evaluate(Condition) || !Evaluate.Variable)
    return nullptr;
  const ValueDecl *V = Evaluate.Variable;
  if (V->isInvalidDecl() || !isFlagType(V->getType()))
    return nullptr;
  if (const auto *Field = dyn_cast<FieldDecl>(V))
    return isVisible(*Field) ? V : nullptr;
  return isVisible(*cast<VarDecl>(V)) ? V : nullptr;
}

//===----------------------------------------------------------------------===//
// Is all code that can write it here?
//===----------------------------------------------------------------------===//

static bool isPureVirtual(const FunctionDecl &F) {
#if THREADLINT_HAS_IS_PURE_VIRTUAL
  return F.isPureVirtual();
#else
  return F.isPure();
#endif
}

bool FlagValues::isVisible(const VarDecl &V) const {
  if (isa<ParmVarDecl>(V) || V.getTLSKind() != VarDecl::TLS_None ||
      isa<VarTemplateSpecializationDecl>(V) || isa<DecompositionDecl>(V))
    return false;
  if (V.isLocalVarDecl())
    return true;
  // Other files may have the header's variables. A plain variable that only
  // this file declares is no other file's either: were it, then by a race.
  return isInSourceOnly(V) && V.hasDefinition() &&
         (!V.isExternallyVisible() || !isAtomic(V.getType()) ||
          V.isStaticDataMember());
}

/// Every member of \p R that could write its private fields has a visible body.
bool FlagValues::membersVisible(const CXXRecordDecl &R, unsigned Depth) {
  if (Depth > MaxDepth)
    return false;
  for (const Decl *D : R.decls()) {
    if (isa<FriendDecl>(D) || isa<FunctionTemplateDecl>(D) ||
        isa<ClassTemplateDecl>(D))
      return false;
    if (const auto *Method = dyn_cast<CXXMethodDecl>(D)) {
      if (!Method->isImplicit() && !Method->isDeleted() &&
          !Method->isDefaulted() && !isPureVirtual(*Method) &&
          !Method->hasBody())
        return false;
    } else if (const auto *Inner = dyn_cast<CXXRecordDecl>(D)) {
      if (!Inner->isImplicit() && Inner->isThisDeclarationADefinition() &&
          !membersVisible(*Inner, Depth + 1))
        return false;
    }
  }
  return true;
}

bool FlagValues::isVisible(const FieldDecl &Field) {
  const RecordDecl *R = Field.getParent();
  if (!R || Field.isBitField() || R->isLambda())
    return false;
  for (const DeclContext *DC = R; DC && DC->isRecord(); DC = DC->getParent())
    if (cast<RecordDecl>(DC)->isUnion())
      return false; // another member may be written
  if (isInSourceOnly(*R))
    return true;
  const auto *Class = dyn_cast<CXXRecordDecl>(R);
  return Class && Field.getAccess() == AS_private && membersVisible(*Class, 0);
}

bool FlagValues::isOnlyHere(const ValueDecl &V) {
  if (const auto *Field = dyn_cast<FieldDecl>(&V))
    return isVisible(*Field);
  const auto *Var = dyn_cast<VarDecl>(&V);
  return Var && isVisible(*Var);
}

//===----------------------------------------------------------------------===//
// Answers
//===----------------------------------------------------------------------===//

/// The outermost function around the declaration \p D.
static const FunctionDecl *outermostFunction(const Decl &D) {
  const FunctionDecl *Found = nullptr;
  for (const DeclContext *DC = D.getDeclContext(); DC && !DC->isFileContext();
       DC = DC->getParent())
    if (const auto *F = dyn_cast<FunctionDecl>(DC))
      Found = F;
  return Found;
}

const FlagValues::Use &FlagValues::useOf(const ValueDecl &V,
                                         const FunctionDecl &F) {
  const auto *Var = dyn_cast<VarDecl>(&V);
  if (Var && Var->isLocalVarDecl()) {
    if (const FunctionDecl *Owner = outermostFunction(V))
      collect(Owner);
    collect(&F);
    if (Var->isStaticLocal())
      collectAll(); // classes in the function
    return Uses[&V];
  }
  collectAll();
  if (const auto *Field = dyn_cast<FieldDecl>(&V))
    if (const auto *Class = dyn_cast<CXXRecordDecl>(Field->getParent()))
      collectMembers(*Class, 0);
  return Uses[&V];
}

/// The lambda class of \p F if that has a copy of \p V of its own.
static const CXXRecordDecl *copiesVariable(const FunctionDecl &F,
                                           const ValueDecl &V) {
  for (const DeclContext *DC = &F; DC && !DC->isFileContext();
       DC = DC->getParent()) {
    const auto *Class = dyn_cast<CXXRecordDecl>(DC);
    if (!Class || !Class->isLambda())
      continue;
    for (const LambdaCapture &Capture : Class->captures())
      if (Capture.capturesVariable() && Capture.getCapturedVar() == &V &&
          Capture.getCaptureKind() == LCK_ByCopy)
        return Class;
  }
  return nullptr;
}

/// All values that \p V may have had when \p F reads it.
llvm::SmallVector<FlagValues::Write, 4>
FlagValues::valuesOf(const ValueDecl &V, const Use &Used,
                     const FunctionDecl &F) const {
  llvm::SmallVector<Write, 4> Values(Used.Writes.begin(), Used.Writes.end());
  if (const auto *Var = dyn_cast<VarDecl>(&V)) {
    std::optional<int64_t> Value;
    const Expr *Init = Var->getAnyInitializer();
    if (Init)
      Value = initialValue(Init, Context);
    const auto *Construct =
        dyn_cast_or_null<CXXConstructExpr>(Init ? producer(Init) : nullptr);
    // Globals start as zero, atomics without a value as well.
    if (Var->hasGlobalStorage() &&
        (!Init || (Construct && Construct->getNumArgs() == 0)))
      Value = 0;
    Values.push_back({Value, nullptr, SourceLocation(), true});
  } else if (const auto *Field = dyn_cast<FieldDecl>(&V)) {
    bool AnyInitial =
        llvm::any_of(Values, [](const Write &W) { return W.Initial; });
    // A constructor that the compiler wrote.
    if (Field->hasInClassInitializer() && !AnyInitial)
      Values.push_back({initialValue(Field->getInClassInitializer(), Context),
                        nullptr, SourceLocation(), true});
    else if (!AnyInitial)
      Values.push_back({std::nullopt, nullptr, SourceLocation(), true});
  }
  // A copy has the value of the moment at which it was made.
  if (const CXXRecordDecl *Copy = copiesVariable(F, V)) {
    const SourceManager &SM = Context.getSourceManager();
    SourceLocation Made = Copy->getBeginLoc();
    llvm::erase_if(Values, [&](const Write &W) {
      if (W.Initial || !W.Loc.isValid())
        return false;
      for (const DeclContext *DC = W.In; DC; DC = DC->getParent())
        if (DC == Copy)
          return false;
      return SM.isBeforeInTranslationUnit(SM.getExpansionLoc(Made),
                                          SM.getExpansionLoc(W.Loc));
    });
  }
  return Values;
}

std::optional<FixedCondition> FlagValues::fixedValue(const Expr *Condition,
                                                     const FunctionDecl &F) {
  const ValueDecl *V = flagOf(Condition);
  if (!V)
    return std::nullopt;
  const Use &Used = useOf(*V, F);
  if (Used.Escapes)
    return std::nullopt;
  Evaluator Evaluate{Context, V, 0};
  // Later writes must agree; what was there before may differ.
  bool AnyLater = false, Unknown = false, Here = false;
  bool SeenTrue = false, SeenFalse = false, LaterTrue = false,
       LaterFalse = false;
  for (const Write &W : valuesOf(*V, Used, F)) {
    std::optional<int64_t> Result;
    if (W.Value) {
      Evaluate.Value = *W.Value;
      Result = Evaluate(Condition);
    }
    if (!W.Initial) {
      AnyLater = true;
      Here |= W.In == &F;
      if (!Result)
        return std::nullopt;
      (*Result ? LaterTrue : LaterFalse) = true;
    }
    if (Result)
      (*Result ? SeenTrue : SeenFalse) = true;
    else
      Unknown = true;
  }
  if (AnyLater) {
    if (LaterTrue && LaterFalse)
      return std::nullopt;
    bool Agree = !Unknown && !(SeenTrue && SeenFalse);
    return FixedCondition{LaterTrue, Agree, Here, V};
  }
  if (Unknown || SeenTrue == SeenFalse)
    return std::nullopt;
  return FixedCondition{SeenTrue, true, false, V};
}

} // namespace threadlint
