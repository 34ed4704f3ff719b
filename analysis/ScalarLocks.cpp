//===- ScalarLocks.cpp - Locks around single operations -------------------===//
// See the header. Anything that is not one of a few plain shapes keeps its
// mutex: the sections are read as they are written, so no flow analysis is
// needed.
//===----------------------------------------------------------------------===//
#include "analysis/ScalarLocks.h"
#include "analysis/BlockingCalls.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/FlagCondition.h"
#include "analysis/LockPath.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"
#include <optional>

using namespace clang;

namespace threadlint {
namespace {

/// One operation on one scalar.
struct Operation {
  const Expr *Named; ///< names the scalar
  AccessKind What;
};

/// What is known of one lock so far.
struct Candidate {
  const ValueDecl *Scalar = nullptr;
  bool Ruined = false; ///< some use of the lock is something else
  llvm::SmallVector<ScalarSection, 4> Sections;
  llvm::SmallPtrSet<const Expr *, 8> Protected; ///< names of the scalar
  /// Functions that make or destroy the lock: nobody else has the scalar.
  llvm::SmallPtrSet<const FunctionDecl *, 2> Setup;
};

class Finder {
public:
  explicit Finder(TranslationUnit &TU)
      : TU(TU), SM(TU.context().getSourceManager()) {}

  std::vector<ScalarLock> run();

private:
  void visit(const FunctionDecl &F, bool KnownOnly);
  void visitLock(const Expr &Mention, Candidate &C, const FunctionDecl &F,
                 const BodyParents &Parents);
  bool visitGuard(const Expr &Mention, const Stmt &Construct, Candidate &C,
                  const BodyParents &Parents);
  bool visitCall(const Expr &Mention, const Expr &Call, Candidate &C,
                 const FunctionDecl &F, const BodyParents &Parents);
  bool isCallOn(const Stmt *S, Effect Does, const LockPath *Lock) const;
  bool addSection(const Expr &Mention, const Stmt *Body,
                  SourceLocation Acquired, Candidate &C,
                  const BodyParents &Parents);
  std::optional<Operation> operation(const Stmt &S, const BodyParents &Parents);
  void checkScalars(const FunctionDecl &F);
  bool isLock(const ValueDecl &D) const;
  bool isUsedHere(const ValueDecl &D);

  TranslationUnit &TU;
  const SourceManager &SM;
  llvm::MapVector<const ValueDecl *, Candidate> Found;
};

} // namespace

//===----------------------------------------------------------------------===//
// One operation
//===----------------------------------------------------------------------===//

/// Of a scalar type that an atomic can have. Bitfields cannot.
static bool isScalar(const ValueDecl &D) {
  const auto *Field = dyn_cast<FieldDecl>(&D);
  QualType T = D.getType();
  return !(Field && Field->isBitField()) && isFlagType(T) && !isAtomic(T) &&
         !T.isConstQualified();
}

/// A variable that other threads may share; a local variable is none.
static const ValueDecl *sharedName(const Stmt *S) {
  const ValueDecl *D = nullptr;
  if (const auto *Member = dyn_cast<MemberExpr>(S))
    D = Member->getMemberDecl();
  else if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    D = Ref->getDecl();
  if (!D || isa<FunctionDecl>(D) || isa<EnumConstantDecl>(D))
    return nullptr;
  const auto *V = dyn_cast<VarDecl>(D);
  if (V && (V->hasLocalStorage() || V->isConstexpr() ||
            V->getType().isConstQualified()))
    return V->getType()->isReferenceType() ? D : nullptr;
  return D;
}

/// Names, numbers and operators: nothing that runs other code, and no choice.
static bool isPlain(const Stmt *S) {
  return isa<DeclRefExpr>(S) || isa<MemberExpr>(S) || isa<CXXThisExpr>(S) ||
         isa<ImplicitCastExpr>(S) || isa<ExplicitCastExpr>(S) ||
         isa<ParenExpr>(S) || isa<UnaryOperator>(S) || isa<FullExpr>(S) ||
         isa<IntegerLiteral>(S) || isa<CharacterLiteral>(S) ||
         isa<CXXBoolLiteralExpr>(S) || isa<ImplicitValueInitExpr>(S) ||
         (isa<BinaryOperator>(S) && !cast<BinaryOperator>(S)->isLogicalOp() &&
          cast<BinaryOperator>(S)->getOpcode() != BO_Comma);
}

/// fetch_add and its kin exist for integers only.
static bool isFetchOp(BinaryOperatorKind Op, QualType T) {
  switch (Op) {
  case BO_AddAssign:
  case BO_SubAssign:
  case BO_AndAssign:
  case BO_OrAssign:
  case BO_XorAssign:
    return T->isIntegerType() && !T->isBooleanType() && !T->isEnumeralType();
  default:
    return false;
  }
}

/// What one atomic operation would do to the object that \p E names. None: no
/// single operation does that.
static std::optional<AccessKind> accessAt(const Expr *E,
                                          const BodyParents &Parents) {
  const Stmt *S = Parents.parent(E);
  for (; S && isa<ParenExpr>(S); S = Parents.parent(S))
    E = cast<Expr>(S);
  QualType T = E->getType();
  if (const auto *Cast = dyn_cast_or_null<ImplicitCastExpr>(S))
    return Cast->getCastKind() == CK_LValueToRValue
               ? std::optional<AccessKind>(AccessKind::Read)
               : std::nullopt;
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(S))
    return Unary->isIncrementDecrementOp() && !T->isBooleanType()
               ? std::optional<AccessKind>(AccessKind::ReadWrite)
               : std::nullopt;
  const auto *Binary = dyn_cast_or_null<BinaryOperator>(S);
  if (!Binary || Binary->getLHS() != E)
    return std::nullopt;
  if (Binary->getOpcode() == BO_Assign)
    return AccessKind::Write;
  if (isFetchOp(Binary->getOpcode(), T))
    return AccessKind::ReadWrite;
  return std::nullopt;
}

/// The value of the whole statement: an expression, `return …` or `int n = …`.
static const Expr *valueOf(const Stmt &S) {
  if (const auto *Return = dyn_cast<ReturnStmt>(&S))
    return Return->getRetValue();
  if (const auto *Declared = dyn_cast<DeclStmt>(&S)) {
    const auto *V = Declared->isSingleDecl()
                        ? dyn_cast<VarDecl>(Declared->getSingleDecl())
                        : nullptr;
    return V && V->hasLocalStorage() && !V->getType()->isReferenceType()
               ? V->getInit()
               : nullptr;
  }
  return dyn_cast<Expr>(&S);
}

/// Of `a.b.c` the last name counts; what leads there is one object.
static bool leadsTo(const Stmt *Part, const Expr *Named) {
  while (const auto *Member = dyn_cast<MemberExpr>(Named)) {
    if (Member->isArrow())
      return false;
    Named = Member->getBase()->IgnoreParens();
    if (Named == Part)
      return true;
  }
  return false;
}

/// `n = n + 1`, `n = 1 + n`: one addition. \p Names are the two names in it.
static bool isUpdate(const Expr *Value, llvm::ArrayRef<const Expr *> Names,
                     LockPaths &Paths) {
  const auto *Assign = dyn_cast<BinaryOperator>(Value->IgnoreParenImpCasts());
  if (!Assign || Assign->getOpcode() != BO_Assign)
    return false;
  const Expr *Target = Assign->getLHS()->IgnoreParens();
  const auto *Sum =
      dyn_cast<BinaryOperator>(Assign->getRHS()->IgnoreParenImpCasts());
  QualType T = Target->getType();
  if (!Sum || !T->isIntegerType() || T->isBooleanType() || T->isEnumeralType())
    return false;
  const Expr *L = Sum->getLHS()->IgnoreParenImpCasts();
  const Expr *R = Sum->getRHS()->IgnoreParenImpCasts();
  bool Either = Sum->getOpcode() == BO_Add || Sum->getOpcode() == BO_And ||
                Sum->getOpcode() == BO_Or || Sum->getOpcode() == BO_Xor;
  if (!Either && Sum->getOpcode() != BO_Sub)
    return false;
  const Expr *Old = llvm::is_contained(Names, L)             ? L
                    : Either && llvm::is_contained(Names, R) ? R
                                                             : nullptr;
  return Old && llvm::is_contained(Names, Target) &&
         Paths.of(Old) == Paths.of(Target);
}

std::optional<Operation> Finder::operation(const Stmt &S,
                                           const BodyParents &Parents) {
  const Expr *Value = valueOf(S);
  if (!Value)
    return std::nullopt;
  llvm::SmallVector<const Expr *, 2> Names;
  bool Plain = true;
  // Parts come after the whole.
  forEachStmt(Value, Lambdas::Inside, [&](const Stmt *Part) {
    Plain &= isPlain(Part);
    if (sharedName(Part) && llvm::none_of(Names, [&](const Expr *Named) {
          return leadsTo(Part, Named);
        }))
      Names.push_back(cast<Expr>(Part));
  });
  if (!Plain || Names.empty() || Names.size() > 2 ||
      !isScalar(*sharedName(Names.front())))
    return std::nullopt;
  if (Names.size() == 2)
    return isUpdate(Value, Names, TU.paths())
               ? std::optional<Operation>({Names[0], AccessKind::ReadWrite})
               : std::nullopt;
  if (auto What = accessAt(Names.front(), Parents))
    return Operation{Names.front(), *What};
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

/// The lock and the scalar are of one object, or neither is of any.
static bool belongTogether(const LockPath *Lock, const LockPath *Scalar) {
  if (Lock->isUnknown() || Scalar->isUnknown())
    return false;
  if (Lock->field())
    return Scalar->field() && Scalar->startsWith(Lock->parent());
  return Lock->variable() && Scalar->root()->variable() &&
         Scalar->root()->variable()->hasGlobalStorage();
}

/// \p Body is all that happens while the lock that \p Mention names is held.
bool Finder::addSection(const Expr &Mention, const Stmt *Body,
                        SourceLocation Acquired, Candidate &C,
                        const BodyParents &Parents) {
  std::optional<Operation> Op;
  if (Body)
    Op = operation(*Body, Parents);
  if (!Op || !belongTogether(TU.paths().of(&Mention), TU.paths().of(Op->Named)))
    return false;
  const auto *Scalar =
      cast<ValueDecl>(sharedName(Op->Named)->getCanonicalDecl());
  if (C.Scalar && C.Scalar != Scalar)
    return false;
  C.Scalar = Scalar;
  C.Sections.push_back({SM.getExpansionLoc(Acquired), Op->What});
  forEachStmt(Body, Lambdas::Outside, [&](const Stmt *Part) {
    if (const ValueDecl *D = sharedName(Part))
      if (D->getCanonicalDecl() == Scalar)
        C.Protected.insert(cast<Expr>(Part));
  });
  return true;
}

/// Says nothing that other threads could see: `return n;` of a local variable.
static bool isIdle(const Stmt *S) {
  const auto *Return = dyn_cast<ReturnStmt>(S);
  if (!Return)
    return isa<NullStmt>(S);
  bool Idle = true;
  forEachStmt(Return->getRetValue(), Lambdas::Inside, [&](const Stmt *Part) {
    Idle &= isPlain(Part) && !sharedName(Part);
  });
  return Idle;
}

/// `std::lock_guard<std::mutex> guard(mu_);` and one operation to the end of
/// the block.
bool Finder::visitGuard(const Expr &Mention, const Stmt &Construct,
                        Candidate &C, const BodyParents &Parents) {
  if (writtenArgs(cast<Expr>(&Construct)) != 1)
    return false; // adopts, defers, or has several locks
  const Stmt *S = &Construct;
  while (S && isa<Expr>(S))
    S = Parents.parent(S);
  const auto *Declared = dyn_cast_or_null<DeclStmt>(S);
  const auto *Guard = Declared && Declared->isSingleDecl()
                          ? dyn_cast<VarDecl>(Declared->getSingleDecl())
                          : nullptr;
  const auto *Block =
      Guard ? dyn_cast_or_null<CompoundStmt>(Parents.parent(Declared))
            : nullptr;
  const TypeModel *Type = Guard ? TU.models().type(Guard->getType()) : nullptr;
  if (!Block || !Type || Type->Kind != TypeKind::Guard || Type->Inverted)
    return false;
  for (const Stmt *Other : Parents.all())
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Other))
      if (Ref->getDecl() == Guard)
        return false; // unlocked, waited with, handed on
  const Stmt *Body = nullptr;
  bool Behind = false;
  for (const Stmt *Next : Block->body()) {
    if (Next == Declared)
      Behind = true;
    else if (Behind && !Body)
      Body = Next;
    else if (Behind && !isIdle(Next))
      return false;
  }
  return addSection(Mention, Body, Guard->getLocation(), C, Parents);
}

bool Finder::isCallOn(const Stmt *S, Effect Does, const LockPath *Lock) const {
  const auto *E = dyn_cast_or_null<Expr>(S);
  const Expr *Call = E ? E->IgnoreParenCasts() : nullptr;
  if (const auto *Full = dyn_cast_or_null<FullExpr>(Call))
    Call = Full->getSubExpr();
  const FunctionDecl *F = Call ? namedCallee(Call) : nullptr;
  const FunctionModel *M =
      F ? TU.models().function(F, writtenArgs(Call)) : nullptr;
  const Expr *Object =
      M && M->Does == Does ? argumentAt(*Call, M->Object) : nullptr;
  return Object && TU.paths().of(Object) == Lock;
}

/// `lock(); operation; unlock();`, seen from either call.
bool Finder::visitCall(const Expr &Mention, const Expr &Call, Candidate &C,
                       const FunctionDecl &F, const BodyParents &Parents) {
  const FunctionDecl *Callee = namedCallee(&Call);
  const FunctionModel *M =
      Callee ? TU.models().function(Callee, writtenArgs(&Call)) : nullptr;
  if (!M || M->Does == Effect::Inert) {
    // pthread_mutex_init, mtx_destroy
    bool Setup = Callee && Callee->getIdentifier() && !Callee->hasBody() &&
                 namesSetup(Callee->getName());
    if (Setup)
      C.Setup.insert(&F);
    return Setup;
  }
  const Stmt *Whole = &Call;
  while (isa_and_nonnull<Expr>(Parents.parent(Whole)))
    Whole = Parents.parent(Whole);
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Parents.parent(Whole));
  const LockPath *Lock = TU.paths().of(&Mention);
  if (!Block || Lock->isUnknown())
    return false;
  llvm::SmallVector<const Stmt *, 16> Body(Block->body_begin(),
                                           Block->body_end());
  size_t At = llvm::find(Body, Whole) - Body.begin();
  if (M->Does == Effect::Release)
    return At >= 2 && At < Body.size() &&
           isCallOn(Whole, Effect::Release, Lock) &&
           isCallOn(Body[At - 2], Effect::Acquire, Lock);
  return At + 2 < Body.size() && isCallOn(Whole, Effect::Acquire, Lock) &&
         isCallOn(Body[At + 2], Effect::Release, Lock) &&
         !isa<ReturnStmt>(Body[At + 1]) &&
         addSection(Mention, Body[At + 1], Call.getExprLoc(), C, Parents);
}

void Finder::visitLock(const Expr &Mention, Candidate &C, const FunctionDecl &F,
                       const BodyParents &Parents) {
  const Stmt *S = Parents.parent(&Mention);
  const auto *Member = dyn_cast_or_null<MemberExpr>(S);
  if (Member) { // `mu_.lock()`
    S = Parents.parent(S);
  } else {
    while (S && (isa<CastExpr>(S) || isa<ParenExpr>(S) || isa<FullExpr>(S) ||
                 isa<InitListExpr>(S) ||
                 (isa<UnaryOperator>(S) &&
                  cast<UnaryOperator>(S)->getOpcode() == UO_AddrOf)))
      S = Parents.parent(S);
  }
  bool Known = false;
  if (S && isa<CXXConstructExpr>(S))
    Known = visitGuard(Mention, *S, C, Parents);
  else if (S && isa<CallExpr>(S))
    Known = visitCall(Mention, *cast<Expr>(S), C, F, Parents);
  C.Ruined |= !Known;
}

//===----------------------------------------------------------------------===//
// All locks
//===----------------------------------------------------------------------===//

bool Finder::isLock(const ValueDecl &D) const {
  if (D.getType()->isReferenceType() || D.getType()->isPointerType())
    return false;
  const TypeModel *Type = TU.models().type(D.getType());
  return Type && Type->Kind == TypeKind::Lock;
}

/// No code out of sight can name it: not in another file, not in a template
/// that is not instantiated.
bool Finder::isUsedHere(const ValueDecl &D) {
  if (const auto *V = dyn_cast<VarDecl>(&D)) {
    bool Private = V->isStaticDataMember() && V->getAccess() == AS_private;
    return (Private || V->isStaticLocal() || !V->isExternallyVisible()) &&
           TU.flags().isOnlyHere(D);
  }
  const auto *Field = dyn_cast<FieldDecl>(&D);
  if (!Field || !TU.flags().isOnlyHere(D))
    return false;
  const auto *Class = dyn_cast<CXXRecordDecl>(Field->getParent());
  if (!Class)
    return true;
  for (const Decl *Member : Class->decls()) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Member);
    if (isa<FunctionTemplateDecl>(Member) ||
        (Method && !Method->isImplicit() && !Method->isDeleted() &&
         !Method->isDefaulted() && !Method->hasBody()))
      return false;
  }
  return true;
}

/// The fields and variables that \p S names; null: none.
static const ValueDecl *named(const Stmt *S) {
  const ValueDecl *D = nullptr;
  if (const auto *Member = dyn_cast<MemberExpr>(S))
    D = Member->getMemberDecl();
  else if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    D = Ref->getDecl();
  return D && (isa<FieldDecl>(D) || isa<VarDecl>(D))
             ? cast<ValueDecl>(D->getCanonicalDecl())
             : nullptr;
}

/// \p KnownOnly: looks for further uses of locks that are candidates already.
void Finder::visit(const FunctionDecl &F, bool KnownOnly) {
  BodyParents Parents(F);
  for (const Stmt *S : Parents.all()) {
    const ValueDecl *D = named(S);
    if (!D || (KnownOnly ? !Found.count(D) : !isLock(*D)))
      continue;
    Candidate &C = Found[D];
    if (!C.Ruined)
      visitLock(*cast<Expr>(S), C, F, Parents);
  }
}

/// A scalar that is also used without the lock is not the lock's alone.
void Finder::checkScalars(const FunctionDecl &F) {
  bool Alone = isa<CXXConstructorDecl>(F) || isa<CXXDestructorDecl>(F);
  if (Alone)
    return;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const ValueDecl *D = named(S);
    if (!D || !isScalar(*D))
      return;
    for (auto &[Lock, C] : Found)
      if (C.Scalar == D && !C.Protected.count(cast<Expr>(S)) &&
          !C.Setup.count(&F))
        C.Ruined = true;
  });
}

std::vector<ScalarLock> Finder::run() {
  FunctionIndex &Index = TU.functions();
  auto Each = [&](bool Locks, auto Do) {
    for (const FunctionDecl *F : Index.functions()) {
      const FunctionScan *Scan = Index.scan(F);
      if (Scan && !Scan->OverBudget && Scan->Locks == Locks)
        Do(*F);
    }
  };
  auto Survives = [](const auto &Entry) {
    const Candidate &C = Entry.second;
    return !C.Ruined && C.Sections.size() >= 2 &&
           llvm::any_of(C.Sections,
                        [](const ScalarSection &S) { return isWrite(S.What); });
  };
  std::vector<ScalarLock> Result;
  Each(true, [&](const FunctionDecl &F) { visit(F, false); });
  Found.remove_if([&](const auto &Entry) {
    return !Survives(Entry) || !isUsedHere(*Entry.first);
  });
  if (Found.empty())
    return Result;
  Each(false, [&](const FunctionDecl &F) { visit(F, true); });
  Each(true, [&](const FunctionDecl &F) { checkScalars(F); });
  Each(false, [&](const FunctionDecl &F) { checkScalars(F); });
  for (auto &Entry : Found) {
    if (!Survives(Entry))
      continue;
    ScalarLock Lock{Entry.first, Entry.second.Scalar, Entry.second.Sections};
    llvm::sort(Lock.Sections,
               [&](const ScalarSection &A, const ScalarSection &B) {
                 return SM.isBeforeInTranslationUnit(A.Acquired, B.Acquired);
               });
    Result.push_back(std::move(Lock));
  }
  llvm::stable_sort(Result, [&](const ScalarLock &A, const ScalarLock &B) {
    return SM.isBeforeInTranslationUnit(A.Lock->getLocation(),
                                        B.Lock->getLocation());
  });
  return Result;
}

std::vector<ScalarLock> scalarLocks(TranslationUnit &TU) {
  return Finder(TU).run();
}

} // namespace threadlint
