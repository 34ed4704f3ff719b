//===- LateStores.cpp - What is set after a thread has the object ---------===//
// See the header. Places in one function are compared by the order of the
// source; branches that exclude each other are told apart by their shape.
//===----------------------------------------------------------------------===//
#include "analysis/LateStores.h"
#include "analysis/Accesses.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {
namespace {

class Finder {
public:
  Finder(const FunctionDecl &F, const Expr &Spawn, bool SpawnInBody,
         TranslationUnit &TU)
      : F(F), Spawn(Spawn), InBody(SpawnInBody), TU(TU), M(TU.models()),
        SM(TU.context().getSourceManager()), Parents(F) {}

  std::vector<LateStore> run(const LockPath *Object);

private:
  bool isAfter(const Expr &E) const;
  bool isApart(const Stmt *To) const;
  bool waits() const;
  bool findLocked();
  bool isStore(const Access &A, const FunctionDecl &In) const;
  bool initialisesLock(const Expr &Lock, const FunctionDecl &In) const;
  void addFrom(const CallSite &Site, std::vector<LateStore> &Result);

  const FunctionDecl &F;
  const Expr &Spawn;
  const bool InBody;
  TranslationUnit &TU;
  const Models &M;
  const SourceManager &SM;
  BodyParents Parents;
  llvm::DenseSet<const Expr *> Locked; ///< evaluated while a lock may be held
};

bool Finder::isAfter(const Expr &E) const {
  return !InBody ||
         SM.isBeforeInTranslationUnit(SM.getExpansionLoc(Spawn.getEndLoc()),
                                      SM.getExpansionLoc(E.getBeginLoc()));
}

/// Control does not get from the spawn to \p To: it is in another branch, or
/// the spawn's leaves the function.
bool Finder::isApart(const Stmt *To) const {
  if (!InBody)
    return false;
  llvm::DenseSet<const Stmt *> Around;
  for (const Stmt *P = To; P; P = Parents.parent(P))
    Around.insert(P);
  for (const Stmt *P = &Spawn; P; P = Parents.parent(P)) {
    if (Around.count(P)) {
      const Stmt *Above = Parents.parent(P);
      return isa<IfStmt>(P) || isa<SwitchStmt>(P) ||
             (Above && isa<SwitchStmt>(Above));
    }
    const auto *Block = dyn_cast<CompoundStmt>(P);
    const Stmt *Last =
        Block && !Block->body_empty() ? Block->body_back() : nullptr;
    if (Last && (isa<ReturnStmt>(Last) || isa<CXXThrowExpr>(Last) ||
                 isa<GotoStmt>(Last) || isa<BreakStmt>(Last)))
      return true;
  }
  return false;
}

/// Whoever waits for the thread may well set what that uses no more. A helper
/// may be the one that joins.
bool Finder::waits() const {
  bool Found = false;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Named = Call ? namedCallee(Call) : nullptr;
    const FunctionModel *Model =
        Named ? M.function(Named, writtenArgs(Call)) : nullptr;
    const FunctionDecl *Helper = Call && !Model ? callee(Call) : nullptr;
    Found |= ((Model && Model->Blocks == Category::Wait) ||
              (Helper && TU.functions().mayWait(Helper))) &&
             isAfter(*Call);
  });
  return Found;
}

/// False: nobody knows what is held where.
bool Finder::findLocked() {
  if (!TU.functions().mayLock(&F))
    return true;
  const HeldLocks *Flow = TU.summaries().flow(&F);
  if (!Flow)
    return false;
  Flow->forEachPoint(
      [this](const FunctionDecl *C) { return TU.summaries().known(C); },
      [&](const Expr &E, const LockState &Before) {
        if (!Before.Held.empty())
          Locked.insert(&E);
      });
  return true;
}

/// `pthread_mutex_init(&w->mu, NULL)` names \p Lock; its destruction does not
/// count.
bool Finder::initialisesLock(const Expr &Lock, const FunctionDecl &In) const {
  bool Found = false;
  forEachStmt(In.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    const FunctionModel *Model =
        Callee ? M.function(Callee, writtenArgs(Call)) : nullptr;
    if (!Model || Model->Does != Effect::Inert || writtenArgs(Call) < 2 ||
        !Callee->getIdentifier() || !Callee->getName().contains("init"))
      return;
    forEachStmt(Call, Lambdas::Outside,
                [&](const Stmt *Part) { Found |= Part == &Lock; });
  });
  return Found;
}

/// `limit_ = 5`, `names_.push_back(x)`; a class of the user's may have a lock
/// of its own.
bool Finder::isStore(const Access &A, const FunctionDecl &In) const {
  const auto *Field = dyn_cast<FieldDecl>(A.Decl);
  if (!Field || !isWrite(A.Kind))
    return false;
  QualType T = Field->getType();
  const CXXRecordDecl *R =
      TU.context().getBaseElementType(T)->getAsCXXRecordDecl();
  if (T->isAtomicType() || T.isVolatileQualified() ||
      (R && R->getIdentifier() && R->getName().contains("atomic")))
    return false;
  if (const TypeModel *Type = M.type(T)) {
    if (Type->Kind == TypeKind::Lock || Type->Kind == TypeKind::Condition ||
        Type->Kind == TypeKind::Semaphore)
      return initialisesLock(*A.Where, In);
    if (Type->Kind != TypeKind::Container && Type->Kind != TypeKind::Callback)
      return false;
  }
  return !R || A.Kind == AccessKind::Write || R->isInStdNamespace();
}

/// The stores of a member function that is called on the object, if it has
/// nothing to do with locks.
void Finder::addFrom(const CallSite &Site, std::vector<LateStore> &Result) {
  const FunctionScan *Scan = TU.functions().scan(Site.Callee);
  if (!Scan || Scan->OverBudget || TU.functions().mayLock(Site.Callee) ||
      TU.functions().mayWait(Site.Callee) ||
      TU.functions().maySpawn(Site.Callee))
    return;
  for (const Access &A : TU.bodies().of(*Site.Callee).All) {
    FieldChain Fields = fieldsFrom(A.Path, TU.paths().thisObject());
    if (!Fields.empty() && isStore(A, *Site.Callee))
      Result.push_back({Fields, Site.Where});
  }
}

std::vector<LateStore> Finder::run(const LockPath *Object) {
  std::vector<LateStore> Result;
  if (waits() || !findLocked())
    return Result;
  // Initialisers of members are not after any of the body.
  auto Counts = [&](const Expr &E) {
    const Stmt *Top = &E;
    while (const Stmt *P = Parents.parent(Top))
      Top = P;
    return Top == F.getBody() && isAfter(E) && !Locked.count(&E) &&
           !isApart(&E);
  };
  const BodyAccesses &Body = TU.bodies().of(F);
  for (const Access &A : Body.All) {
    FieldChain Fields = fieldsFrom(A.Path, Object);
    if (!Fields.empty() && isStore(A, F) && Counts(*A.Where))
      Result.push_back({Fields, A.Where});
  }
  for (const CallSite &Site : Body.Calls)
    if (Site.Object == Object && Counts(*Site.Where))
      addFrom(Site, Result);
  llvm::stable_sort(Result, [&](const LateStore &A, const LateStore &B) {
    return SM.isBeforeInTranslationUnit(A.Where->getBeginLoc(),
                                        B.Where->getBeginLoc());
  });
  return Result;
}

} // namespace

std::vector<LateStore> storesAfter(const FunctionDecl &F, const Expr &Spawn,
                                   bool SpawnInBody, const LockPath *Object,
                                   TranslationUnit &TU) {
  return Finder(F, Spawn, SpawnInBody, TU).run(Object);
}

} // namespace threadlint
