//===- DoubleChecks.cpp - Tested, locked, tested again --------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/DoubleChecks.h"
#include "analysis/BodyParents.h"
#include "analysis/Branches.h"
#include "analysis/FlagCondition.h"
#include "analysis/LockPath.h"
#include "analysis/LockedAccesses.h"
#include "analysis/Statements.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <memory>

using namespace clang;

namespace threadlint {

namespace {

/// The accesses of one function.
class Finder {
public:
  Finder(const FunctionAccesses &F, LockedAccesses &All,
         const ASTContext &Context)
      : F(F), All(All), Context(Context), SM(Context.getSourceManager()) {}

  std::vector<DoubleCheck> run();

private:
  void collectReads();
  const Access *testBefore(const LockPath *Path, const Expr &Where);
  const Access *callersTest(const Access &Write);
  const IfStmt *testedBy(const Access &A);
  const VarDecl *copiedTo(const Stmt *Parent, const Stmt *S);
  const IfStmt *testedThrough(const VarDecl *V, const Stmt *From);
  void collectBranches();
  const std::vector<std::pair<const Access *, const IfStmt *>> &
  testsOf(const LockPath *Path);
  const LockPath *lockAt(const Access &A) const;
  bool isUnlocked(const Access &A) const;
  bool isThreadsOwn(const ValueDecl &D);
  const BodyParents &parents();

  const FunctionAccesses &F;
  LockedAccesses &All;
  const ASTContext &Context;
  const SourceManager &SM;
  std::vector<const Access *> Sorted;   ///< of what can be tested, by place
  std::unique_ptr<BodyParents> Parents; ///< made when first needed
  /// By what they ask for, in the order of the source; made with Parents.
  llvm::DenseMap<const ValueDecl *, std::vector<const IfStmt *>> Branches;
  /// The reads of a path, in the order of the source.
  llvm::DenseMap<const LockPath *, std::vector<const Access *>> Reads;
  /// Those that a branch depends on; as far as asked for.
  llvm::DenseMap<const LockPath *,
                 std::vector<std::pair<const Access *, const IfStmt *>>>
      Tests;
};

} // namespace

const BodyParents &Finder::parents() {
  if (!Parents) {
    Parents = std::make_unique<BodyParents>(*F.F);
    collectBranches();
  }
  return *Parents;
}

void Finder::collectBranches() {
  for (const Stmt *S : Parents->all())
    if (const auto *If = dyn_cast<IfStmt>(S))
      for (const ValueDecl *D : mentionedDecls(If->getCond()))
        Branches[D].push_back(If);
  for (auto &Entry : Branches)
    llvm::stable_sort(Entry.second, [&](const IfStmt *A, const IfStmt *B) {
      return isBefore(*A, *B, SM);
    });
}

/// A pointer, smart or not, or a flag.
static bool isTestable(QualType T) {
  if (T->isReferenceType() || isAtomic(T))
    return false;
  if (T->isScalarType())
    return true;
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition())
    return false;
  // A base class may have it: that of std::shared_ptr does.
  return llvm::any_of(
      R->getDefinition()->getVisibleConversionFunctions(), [](NamedDecl *D) {
        const auto *C = dyn_cast<CXXConversionDecl>(D->getUnderlyingDecl());
        return C && C->getConversionType()->isBooleanType();
      });
}

/// The branch whose condition the access is part of. Null: none.
const IfStmt *Finder::testedBy(const Access &A) {
  const Stmt *S = A.Where;
  while (const Stmt *Parent = parents().parent(S)) {
    if (const auto *If = dyn_cast<IfStmt>(Parent))
      return If->getCond() == S ? If : nullptr;
    if (!isa<Expr>(Parent))
      return testedThrough(copiedTo(Parent, S), A.Where);
    S = Parent;
  }
  return nullptr;
}

/// The local that \p Parent initialises, or that \p S, a whole statement in it,
/// assigns. Null: none.
const VarDecl *Finder::copiedTo(const Stmt *Parent, const Stmt *S) {
  const VarDecl *V = nullptr;
  if (const auto *Declared = dyn_cast<DeclStmt>(Parent)) {
    V = Declared->isSingleDecl() ? dyn_cast<VarDecl>(Declared->getSingleDecl())
                                 : nullptr;
  } else if (const auto *Assign = dyn_cast<BinaryOperator>(S)) {
    if (Assign->getOpcode() == BO_Assign)
      V = dyn_cast_or_null<VarDecl>(namedVariable(Assign->getLHS()));
  }
  return V && V->isLocalVarDecl() && V->hasLocalStorage() &&
                 V->getType()->isScalarType()
             ? V
             : nullptr;
}

/// The first branch behind \p From that asks for \p V, which may be null.
const IfStmt *Finder::testedThrough(const VarDecl *V, const Stmt *From) {
  if (!V)
    return nullptr;
  const auto &Asking = Branches[cast<ValueDecl>(V->getCanonicalDecl())];
  auto First = llvm::partition_point(
      Asking, [&](const IfStmt *If) { return !isBefore(*From, *If, SM); });
  return First == Asking.end() ? nullptr : *First;
}

const std::vector<std::pair<const Access *, const IfStmt *>> &
Finder::testsOf(const LockPath *Path) {
  auto [It, New] = Tests.try_emplace(Path);
  if (New)
    for (const Access *Read : Reads[Path])
      if (const IfStmt *If = testedBy(*Read))
        It->second.push_back({Read, If});
  return It->second;
}

const LockPath *Finder::lockAt(const Access &A) const {
  const LocksAt *Held = LockedAccesses::at(F, A.Where);
  if (Held)
    for (const KnownLock &L : Held->Must)
      if (L.Here && !L.Path->isUnknown())
        return L.Path;
  return nullptr;
}

bool Finder::isUnlocked(const Access &A) const {
  const LocksAt *Held = LockedAccesses::at(F, A.Where);
  return Held && Held->Must.empty() && Held->May.empty();
}

/// All writes are made by the one thread that also tests.
bool Finder::isThreadsOwn(const ValueDecl &D) {
  if (F.Thread.None || F.Thread.Many)
    return false;
  for (const auto &G : All.functions())
    for (const Access &A : G->Body.All)
      if (A.Decl == &D && A.Kind != AccessKind::Read && !G->OnlySetup &&
          (G->Thread.Many || G->Thread.Entry != F.Thread.Entry))
        return false;
  return true;
}

/// Threads may call it at any time, with no lock held. A name that speaks of
/// setting up is no promise: whoever tests under a lock expects others.
static bool isEnteredUnlocked(const FunctionAccesses &F) {
  bool SetsUp = isa<CXXConstructorDecl>(F.F) || isa<CXXDestructorDecl>(F.F) ||
                F.F->isMain() || (!F.Outside && F.Calls.empty());
  return !F.Vague && F.Expects.empty() && !(F.OnlySetup && SetsUp) &&
         llvm::none_of(F.Calls, [](const CallContext &C) {
           return C.Vague || !C.Must.empty() || !C.May.empty();
         });
}

void Finder::collectReads() {
  for (const Access &A : F.Body.All)
    if (isTestable(A.Decl->getType()) &&
        !(isa<VarDecl>(A.Decl) &&
          cast<VarDecl>(A.Decl)->getTLSKind() != VarDecl::TLS_None))
      Sorted.push_back(&A);
  llvm::sort(Sorted, [&](const Access *A, const Access *B) {
    return isBefore(*A->Where, *B->Where, SM);
  });
  for (const Access *A : Sorted)
    if (A->Kind == AccessKind::Read)
      Reads[A->Path].push_back(A);
}

/// The first test of \p Path, without a lock, that decides whether \p Where is
/// reached.
const Access *Finder::testBefore(const LockPath *Path, const Expr &Where) {
  for (auto [Test, If] : testsOf(Path))
    if (isBefore(*Test->Where, Where, SM) && isUnlocked(*Test) &&
        decides(*If, Where, parents(), SM))
      return Test;
  return nullptr;
}

/// \p Where is what the condition of \p If is asked for: it stands in the first
/// part, and no other condition does in between.
static bool isReasonOf(const IfStmt &If, const Expr &Where,
                       const BodyParents &Parents) {
  const Stmt *Child = &Where, *S = Parents.parent(Child);
  for (; S && (isa<Expr>(S) || isa<CompoundStmt>(S) || isa<ReturnStmt>(S));
       Child = S, S = Parents.parent(S))
    ;
  return S == &If && Child == If.getThen();
}

/// `if (!table_) load();`: the test of a caller that leaves the locked half to
/// this function. Null: none.
const Access *Finder::callersTest(const Access &Write) {
  for (const CallContext &C : F.Calls) {
    const FunctionAccesses *Caller = All.of(C.Caller);
    bool SameObject =
        !C.Site->Object || C.Site->Object->kind() == LockPath::Kind::This;
    auto Reads = [&](const Access &A) {
      return A.Kind == AccessKind::Read && A.Path == Write.Path;
    };
    if (!Caller || C.Site->RunsCallable || !SameObject ||
        !isEnteredUnlocked(*Caller) || llvm::none_of(Caller->Body.All, Reads))
      continue;
    Finder There(*Caller, All, Context);
    There.collectReads();
    if (There.isThreadsOwn(*Write.Decl))
      continue;
    for (auto [Test, If] : There.testsOf(Write.Path))
      if (There.isUnlocked(*Test) &&
          isReasonOf(*If, *C.Site->Where, There.parents()))
        return Test;
  }
  return nullptr;
}

std::vector<DoubleCheck> Finder::run() {
  std::vector<DoubleCheck> Result;
  collectReads();
  DeclSet Done;
  llvm::SmallPtrSet<const LockPath *, 4> AskedCallers;
  for (const Access *Write : Sorted) {
    const LockPath *Lock = isWrite(Write->Kind) ? lockAt(*Write) : nullptr;
    if (!Lock || Done.count(Write->Decl))
      continue;
    const Access *First = testBefore(Write->Path, *Write->Where);
    const Access *Second = nullptr;
    for (auto [Test, If] : testsOf(Write->Path))
      if (isBefore(*Test->Where, *Write->Where, SM) && lockAt(*Test) == Lock &&
          (!First || isBefore(*First->Where, *Test->Where, SM)) &&
          decides(*If, *Write->Where, parents(), SM))
        Second = Test;
    if (!First && Second && AskedCallers.insert(Write->Path).second)
      First = callersTest(*Write);
    if (!First || !Second || isThreadsOwn(*Write->Decl))
      continue;
    Done.insert(Write->Decl);
    Result.push_back(
        {First->Where, Second->Where, Write->Where, Write->Decl, Lock});
  }
  return Result;
}

std::vector<DoubleCheck> doubleChecks(const FunctionAccesses &F,
                                      LockedAccesses &All,
                                      const ASTContext &Context) {
  if (F.Acquires.empty() || !isEnteredUnlocked(F))
    return {};
  return Finder(F, All, Context).run();
}

} // namespace threadlint
