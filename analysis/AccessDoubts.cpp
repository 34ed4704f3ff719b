//===- AccessDoubts.cpp - Is an unguarded access a mistake? ---------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/AccessDoubts.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/LockedAccesses.h"
#include "analysis/Models.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

static bool isEarlier(const Expr *A, const Expr *B, const FunctionAccesses &F) {
  const SourceManager &SM = F.F->getASTContext().getSourceManager();
  return SM.getExpansionLoc(A->getBeginLoc()) <
         SM.getExpansionLoc(B->getBeginLoc());
}

bool holdsOtherLock(const FunctionAccesses &F, const Expr *E,
                    const CallContext *Through, const ValueDecl *Guard) {
  auto HasOther = [&](llvm::ArrayRef<KnownLock> Locks) {
    return llvm::any_of(Locks, [&](const KnownLock &L) {
      // Instantiations of one member have one place.
      const FieldDecl *Field = L.Path->field();
      return !Field || !Guard || Field->getLocation() != Guard->getLocation();
    });
  };
  const LocksAt *At = LockedAccesses::at(F, E);
  return (At && HasOther(At->Must)) || HasOther(heldByAllCallers(F)) ||
         (Through && HasOther(Through->Must));
}

static bool namesLocking(const FunctionDecl &F) {
  return F.getIdentifier() &&
         llvm::any_of(nameWords(F.getName()),
                      [](llvm::StringRef Word) { return Word == "lock"; });
}

bool mayBeLockedByCall(const FunctionAccesses &F, const LockPath *Object,
                       const Expr *E, LockPaths &Paths, const Models &M) {
  if (!Object)
    return false;
  bool Found = false;
  forEachStmt(F.F->getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Named = Call && !Found ? namedCallee(Call) : nullptr;
    if (!Named || !namesLocking(*Named) || M.function(Named, writtenArgs(Call)))
      return;
    const FunctionDecl *Known = callee(Call);
    const Expr *On = objectArgument(Call);
    if (!On && writtenArgs(Call) > 0)
      On = argument(Call, 0); // lock_tree(bucket)
    Found = !(Known && Known->hasBody()) && On && Paths.of(On) == Object &&
            isEarlier(Call, E, F);
  });
  return Found;
}

bool isBeforeStart(const FunctionAccesses &F, const LockPath *Object,
                   const Expr *E, LockedAccesses &All) {
  return Object && llvm::any_of(F.Body.Calls, [&](const CallSite &Site) {
           const FunctionAccesses *Callee =
               Site.Object == Object && !Site.RunsCallable ? All.of(Site.Callee)
                                                           : nullptr;
           return Callee && Callee->FirstSpawn.isValid() &&
                  isEarlier(E, Site.Where, F);
         });
}

} // namespace threadlint
