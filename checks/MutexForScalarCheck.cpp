//===- MutexForScalarCheck.cpp - A mutex where an atomic would do ---------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/MutexForScalarCheck.h"
#include "analysis/ScalarLocks.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

// Sections that are shown; the others are alike.
static constexpr size_t MaxSections = 4;

const CheckInfo MutexForScalarCheck::Info = {
    "threadlint-mutex-for-scalar",
    "a mutex that only protects single operations on one number",
    CheckGroup::Primitives,
    /*OnByDefault=*/false,
    /*HasFix=*/false,
    "0.1",
    "CWE-1176"};

void MutexForScalarCheck::report(TranslationUnit &TU, const ScalarLock &Lock) {
  const ASTContext &Context = TU.context();
  const SourceManager &SM = Context.getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(Lock.Lock->getLocation());
  if (!Reported.insert(Loc).second)
    return;
  diag(Loc, "%0 only protects single operations on %1; an atomic would do")
      << Lock.Lock << Lock.Scalar;
  for (const ScalarSection &S :
       llvm::ArrayRef<ScalarSection>(Lock.Sections).take_front(MaxSections))
    diag(S.Acquired, "held here to %select{read|write|update}0 %1",
         DiagnosticIDs::Note)
        << (S.What == AccessKind::Read    ? 0
            : S.What == AccessKind::Write ? 1
                                          : 2)
        << Lock.Scalar;
  diag(SM.getExpansionLoc(Lock.Scalar->getLocation()),
       "make it '%select{_Atomic %1|std::atomic<%1>}0' and remove the lock",
       DiagnosticIDs::Note)
      << Context.getLangOpts().CPlusPlus
      << Lock.Scalar->getType().getUnqualifiedType().getAsString(
             PrintingPolicy(Context.getLangOpts()));
}

void MutexForScalarCheck::checkUnit(TranslationUnit &TU) {
  for (const ScalarLock &Lock : scalarLocks(TU))
    report(TU, Lock);
}

} // namespace threadlint
