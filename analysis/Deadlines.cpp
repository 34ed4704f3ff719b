//===- Deadlines.cpp - Calls that could have a deadline -------------------===//
// See the header. What a use of a handle does is HandleUses' question.
//===----------------------------------------------------------------------===//
#include "analysis/Deadlines.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/HandleUses.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

/// The variable or field that holds the handle of the call. Null: unknown, or a
/// parameter.
const ValueDecl *Deadlines::handleOf(const Expr &Object) {
  const Expr *E = producer(&Object);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    if (Unary->getOpcode() == UO_AddrOf)
      E = producer(Unary->getSubExpr());
  // A path would lead to what the variable was initialised with.
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *Named = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (Named && Named->isLocalVarDecl() && !Named->getType()->isReferenceType())
    return Named;
  const LockPath *P = TU.paths().of(&Object);
  if (P->kind() == LockPath::Kind::Field)
    return P->field();
  const VarDecl *V = P->variable();
  return V && !isa<ParmVarDecl>(V) ? V : nullptr;
}

/// `httplib::Client("host").Get("/")`.
static bool isTemporary(const Expr &Object, TranslationUnit &TU) {
  const Expr *Made = producer(&Object);
  return isa<CXXConstructExpr>(Made) &&
         originOf(Made, TU) == HandleOrigin::Bare;
}

//===----------------------------------------------------------------------===//
// Handles without a deadline
//===----------------------------------------------------------------------===//

/// What the declaration and the constructors make of it. An object is there
/// from the start.
static HandleOrigin declaredOrigin(const ValueDecl &Handle,
                                   TranslationUnit &TU) {
  if (const auto *V = dyn_cast<VarDecl>(&Handle))
    return originOf(V->getInit(), TU);
  const auto &Field = cast<FieldDecl>(Handle);
  const CXXRecordDecl *Of = Field.getType()->getAsCXXRecordDecl();
  HandleOrigin Result =
      Of && !Of->isInStdNamespace() ? HandleOrigin::Bare : HandleOrigin::None;
  auto Add = [&](const Expr *Init) {
    Result = std::max(Result, originOf(Init, TU));
  };
  if (Field.hasInClassInitializer())
    Add(Field.getInClassInitializer());
  const auto *Class = dyn_cast<CXXRecordDecl>(Field.getParent());
  if (!Class)
    return Result;
  for (const CXXConstructorDecl *Ctor : Class->ctors()) {
    const FunctionDecl *Definition = nullptr;
    if (Ctor->isCopyOrMoveConstructor() || !Ctor->hasBody(Definition))
      continue;
    for (const CXXCtorInitializer *Init :
         cast<CXXConstructorDecl>(Definition)->inits())
      if (Init->getAnyMember() == &Field)
        Add(initialiserOf(*Init));
  }
  return Result;
}

/// All functions that may name the variable. Empty: they are not all here.
static std::vector<const FunctionDecl *> placesOf(const ValueDecl &Handle,
                                                  TranslationUnit &TU) {
  const auto *V = dyn_cast<VarDecl>(&Handle);
  if (V && V->hasLocalStorage()) {
    if (const auto *Owner = dyn_cast<FunctionDecl>(V->getDeclContext()))
      return {Owner};
    return {};
  }
  if ((V && V->isExternallyVisible() && !V->isStaticLocal()) ||
      !TU.flags().isOnlyHere(Handle))
    return {};
  return TU.functions().functions().vec();
}

/// The function of the local structure whose member \p Object names, if all it
/// does with the structure is to name members. Null: others may know it.
static const FunctionDecl *onlyUser(const Expr &Object) {
  const auto *Member = dyn_cast<MemberExpr>(producer(&Object));
  const auto *Ref = Member && !Member->isArrow()
                        ? dyn_cast<DeclRefExpr>(producer(Member->getBase()))
                        : nullptr;
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  const auto *F = V && V->hasLocalStorage()
                      ? dyn_cast<FunctionDecl>(V->getDeclContext())
                      : nullptr;
  if (!F || isa<ParmVarDecl>(V) || !V->getType()->isRecordType() ||
      !F->getBody())
    return nullptr;
  int Others = 0; // uses that are no base of a member
  forEachStmt(F->getBody(), Lambdas::Inside, [&](const Stmt *S) {
    const auto *Named = dyn_cast<DeclRefExpr>(S);
    Others += Named && Named->getDecl() == V;
    const auto *Of = dyn_cast<MemberExpr>(S);
    const auto *Base =
        Of && isa<FieldDecl>(Of->getMemberDecl())
            ? dyn_cast<DeclRefExpr>(Of->getBase()->IgnoreParenImpCasts())
            : nullptr;
    Others -= Base && Base->getDecl() == V;
  });
  return Others == 0 ? F : nullptr;
}

/// \p Only: the one function that knows the handle's object. Null: there may be
/// more.
static bool computeBare(const ValueDecl &Handle, const FunctionDecl *Only,
                        const FunctionDecl &User, TranslationUnit &TU) {
  HandleOrigin Origin = declaredOrigin(Handle, TU);
  std::vector<const FunctionDecl *> Places = placesOf(Handle, TU);
  if (Only && !Places.empty())
    Places = {Only};
  if (Origin == HandleOrigin::Unknown || Places.empty())
    return false;
  HandleUses Uses(TU, Handle, User);
  for (const FunctionDecl *F : Places) {
    Uses.add(*F);
    if (Uses.worst() != HandleUse::Harmless)
      return false;
  }
  return Origin == HandleOrigin::Bare || Uses.isMade();
}

bool Deadlines::isBare(const ValueDecl &Handle, const Expr &Object,
                       const FunctionDecl &User) {
  const FunctionDecl *Only =
      isa<FieldDecl>(Handle) ? onlyUser(Object) : nullptr;
  auto It = Bare.find({&Handle, Only});
  if (It != Bare.end())
    return It->second;
  bool Result = computeBare(Handle, Only, User, TU);
  Bare[{&Handle, Only}] = Result;
  return Result;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

static const FunctionModel *deadlineModel(const Expr &Call,
                                          TranslationUnit &TU) {
  const FunctionDecl *F = namedCallee(&Call);
  const FunctionModel *M =
      F ? TU.models().function(F, writtenArgs(&Call)) : nullptr;
  return M && *M->DeadlineWith ? M : nullptr;
}

/// An argument is a deadline: `cpr::Timeout{1000}`.
static bool hasDeadlineArgument(const Expr &Call, const FunctionModel &M) {
  for (unsigned I = 0, N = writtenArgs(&Call); I < N; ++I)
    if (isOfTypes(argument(&Call, I)->getType(), M.DeadlineTypes))
      return true;
  return false;
}

std::optional<MissingDeadline> Deadlines::missing(const Expr &Call) {
  using Reason = MissingDeadline::Reason;
  const FunctionModel *M = deadlineModel(Call, TU);
  if (!M || (*M->DeadlineTypes && hasDeadlineArgument(Call, *M)))
    return std::nullopt;
  if (M->Deadline != ArgNone) {
    const Expr *Object = argumentAt(Call, M->Deadline);
    if (!Object)
      return std::nullopt;
    const ValueDecl *Handle = handleOf(*Object);
    if (Handle ? isBare(*Handle, *Object, *namedCallee(&Call))
               : isTemporary(*Object, TU))
      return MissingDeadline{&Call, M, Reason::Handle, Handle};
    return std::nullopt;
  }
  if (*M->DeadlineTypes)
    return MissingDeadline{&Call, M, Reason::Argument};
  if (M->Timeout == ArgNone)
    return MissingDeadline{&Call, M, Reason::Function};
  const Expr *Length = argumentAt(Call, M->Timeout);
  std::optional<int64_t> Value;
  if (Length)
    Value = constantValue(*Length, TU.context());
  if (Value && *Value < 0)
    return MissingDeadline{&Call, M, Reason::Forever};
  return std::nullopt;
}

/// A function that is given a handle and waits with it: `fetch(curl)`.
std::optional<MissingDeadline> Deadlines::missingInCallee(const Expr &Call) {
  const FunctionDecl *Definition = nullptr;
  const FunctionDecl *Callee = callee(&Call);
  if (!Callee || !Callee->hasBody(Definition))
    return std::nullopt;
  const FunctionScan *Scan = TU.functions().scan(Definition);
  if (!Scan)
    return std::nullopt;
  for (const Expr *Inner : Scan->Deadlines) {
    const FunctionModel *M = deadlineModel(*Inner, TU);
    const Expr *Object =
        M && M->Deadline != ArgNone ? argumentAt(*Inner, M->Deadline) : nullptr;
    const LockPath *P = Object ? TU.paths().of(Object) : nullptr;
    if (!P || P->kind() != LockPath::Kind::Parameter ||
        P->number() >= numArguments(&Call))
      continue;
    const Expr *Given = argument(&Call, P->number());
    const ValueDecl *Handle = Given ? handleOf(*Given) : nullptr;
    if (Handle && isBare(*Handle, *Given, *namedCallee(Inner)))
      return MissingDeadline{&Call, M, MissingDeadline::Reason::Handle, Handle,
                             Inner};
  }
  return std::nullopt;
}

std::vector<MissingDeadline> Deadlines::in(const FunctionDecl &F) {
  std::vector<MissingDeadline> Result;
  const FunctionScan *Scan = TU.functions().scan(&F);
  if (!Scan || Scan->OverBudget)
    return Result;
  auto Add = [&](std::optional<MissingDeadline> Found) {
    if (Found)
      Result.push_back(*Found);
  };
  for (const Expr *Call : Scan->Deadlines)
    Add(missing(*Call));
  bool CalleesWait =
      llvm::any_of(Scan->Callees, [&](const FunctionDecl *Callee) {
        const FunctionScan *Inner = TU.functions().scan(Callee);
        return Inner && !Inner->Deadlines.empty();
      });
  if (CalleesWait)
    forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
      if (isa<CallExpr>(S))
        Add(missingInCallee(*cast<Expr>(S)));
    });
  const SourceManager &SM = TU.context().getSourceManager();
  llvm::stable_sort(Result,
                    [&](const MissingDeadline &A, const MissingDeadline &B) {
                      return SM.isBeforeInTranslationUnit(
                          A.Call->getBeginLoc(), B.Call->getBeginLoc());
                    });
  return Result;
}

} // namespace threadlint
