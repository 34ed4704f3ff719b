//===- LockOrderInversionCheck.cpp - Locks taken in two orders ------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/LockOrderInversionCheck.h"
#include "analysis/DeclaredOrder.h"
#include "analysis/LockOrder.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo LockOrderInversionCheck::Info = {
    "threadlint-lock-order-inversion",
    "two locks are acquired in opposite orders",
    CheckGroup::LockScopes,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "CERT CON35-C, CERT POS51-C, CWE-833, Core Guidelines CP.21"};

LockOrderInversionCheck::LockOrderInversionCheck(
    llvm::StringRef Name, tidy::ClangTidyContext *Context)
    : LockCheckBase(Name, Context),
      LockOrderText(joinList(listOption("LockOrder", ""))) {
  for (const std::string &Statement : listOption("LockOrder", "")) {
    llvm::SmallVector<llvm::StringRef, 4> Parts;
    llvm::StringRef(Statement).split(Parts, '<');
    Demanded.emplace_back();
    for (llvm::StringRef Part : Parts)
      Demanded.back().push_back(Part.trim().str());
    if (Parts.size() < 2 ||
        llvm::any_of(Demanded.back(), [](llvm::StringRef Lock) {
          return Lock.empty() || Lock.contains(' ');
        }))
      wrongOption("LockOrder", "'" + Statement +
                                   "' is not of the form 'A::mu_ < B::mu_'");
  }
}

void LockOrderInversionCheck::storeOptions(
    tidy::ClangTidyOptions::OptionMap &Opts) {
  Check::storeOptions(Opts);
  Options.store(Opts, "LockOrder", LockOrderText);
}

void LockOrderInversionCheck::checkUnit(TranslationUnit &TU) {
  LockOrder Order(TU);
  DeclaredOrder Declared(Order.edges(), TU.paths(), Demanded);
  for (const LockEdge &E : Order.edges())
    if (Declared.isViolatedBy(E))
      reportViolation(TU, E);
  Order.leaveOut([&](const LockEdge &E) { return Declared.isViolatedBy(E); });
  for (const LockEdge *E : Order.unorderedPairs())
    reportPair(TU, *E);
  for (const Cycle &C : Order.cycles())
    reportCycle(TU, C);
}

bool LockOrderInversionCheck::startReport(TranslationUnit &TU,
                                          const LockEdge &E,
                                          SourceLocation &Loc) {
  Loc = TU.context().getSourceManager().getExpansionLoc(E.Way.Loc);
  return isFirstReport(Loc);
}

void LockOrderInversionCheck::noteWayOut(TranslationUnit &TU,
                                         SourceLocation Loc) {
  diag(Loc,
       TU.context().getLangOpts().CPlusPlus
           ? "acquire them in one order everywhere, or together with "
             "'std::scoped_lock' or 'std::lock'"
           : "acquire them in one order everywhere",
       DiagnosticIDs::Note);
}

void LockOrderInversionCheck::reportViolation(TranslationUnit &TU,
                                              const LockEdge &E) {
  SourceLocation Loc;
  if (!startReport(TU, E, Loc))
    return;
  diag(Loc, "lock '%0' is acquired while lock '%1' is held, against the "
            "declared order")
      << E.To.str() << E.From.str();
  noteHeld(TU, E.Held);
  noteChain(TU, E.Way, "acquires it");
  diag(Loc, "acquire '%0' first, or release '%1' before", DiagnosticIDs::Note)
      << E.To.str() << E.From.str();
}

void LockOrderInversionCheck::reportPair(TranslationUnit &TU,
                                         const LockEdge &E) {
  SourceLocation Loc;
  if (!startReport(TU, E, Loc))
    return;
  diag(Loc, "%0 is acquired while %1 of another object is held; a call with "
            "the objects exchanged acquires them in the opposite order")
      << lockName(*E.Way.Object) << lockName(*E.Held.Path);
  noteHeld(TU, E.Held);
  noteChain(TU, E.Way, "acquires it");
  diag(Loc,
       TU.context().getLangOpts().CPlusPlus
           ? "acquire both together with 'std::scoped_lock' or 'std::lock', or "
             "in the order of their addresses"
           : "acquire them in the order of their addresses",
       DiagnosticIDs::Note);
}

/// "in 'f', lock 'A' is acquired while lock 'B' is held", and how.
void LockOrderInversionCheck::noteEdge(TranslationUnit &TU, const LockEdge &E) {
  diag(TU.context().getSourceManager().getExpansionLoc(E.Way.Loc),
       "'%0' acquires lock '%1' here%select{|, by a call to '%4'}3, while it "
       "holds lock '%2'",
       DiagnosticIDs::Note)
      << calleeName(*E.Way.In) << E.To.str() << E.From.str()
      << (E.Way.Callee != nullptr)
      << (E.Way.Callee ? calleeName(*E.Way.Callee) : std::string());
  noteHeld(TU, E.Held);
  noteChain(TU, E.Way, "acquires it");
}

void LockOrderInversionCheck::reportCycle(TranslationUnit &TU, const Cycle &C) {
  const SourceManager &SM = TU.context().getSourceManager();
  auto Place = [&](const LockEdge *E) { return SM.getExpansionLoc(E->Way.Loc); };
  size_t Last = 0;
  for (size_t I = 1; I < C.size(); ++I)
    if (SM.isBeforeInTranslationUnit(Place(C[Last]), Place(C[I])))
      Last = I;
  SourceLocation Loc;
  if (!startReport(TU, *C[Last], Loc))
    return;
  diag(Loc, "lock '%0' is acquired while lock '%1' is held, and "
            "%select{elsewhere in the opposite order|the other way round in "
            "%3 steps}2")
      << C[Last]->To.str() << C[Last]->From.str() << (C.size() > 2)
      << unsigned(C.size() - 1);
  noteHeld(TU, C[Last]->Held);
  noteChain(TU, C[Last]->Way, "acquires it");
  for (size_t I = 1; I < C.size(); ++I)
    noteEdge(TU, *C[(Last + I) % C.size()]);
  noteWayOut(TU, Loc);
}

} // namespace threadlint
