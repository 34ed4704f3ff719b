//===- ThreadStartedTooEarlyCheck.cpp - Threads before their object -------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/ThreadStartedTooEarlyCheck.h"
#include "analysis/EarlyStarts.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

using Kind = EarlyStart::Kind;

const CheckInfo ThreadStartedTooEarlyCheck::Info = {
    "threadlint-thread-started-too-early",
    "a thread that starts in a constructor before members that it uses are "
    "initialised, or ends after they are destroyed",
    CheckGroup::Threads,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "Core Guidelines C.82, CWE-457, CWE-416"};

// Members that one report names; more of them say nothing new.
static constexpr size_t MaxMembers = 4;

static constexpr const char LastMember[] =
    "declare the thread as the last member, or start it in the constructor's "
    "body";
static constexpr const char CompleteFirst[] =
    "start the thread in a function that is called when the whole object has "
    "been constructed";

void ThreadStartedTooEarlyCheck::checkUnit(TranslationUnit &TU) {
  for (const EarlyStart &Start : earlyStarts(TU))
    report(TU, Start);
}

void ThreadStartedTooEarlyCheck::report(TranslationUnit &TU,
                                        const EarlyStart &Start) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(
      Start.Thread ? Start.Thread->getLocation() : Start.Where->getExprLoc());
  if (!Reported.insert(Loc).second)
    return;
  if (Start.How == Kind::Virtual)
    reportVirtual(TU, Start);
  else
    reportMembers(TU, Start);
}

void ThreadStartedTooEarlyCheck::reportMembers(TranslationUnit &TU,
                                               const EarlyStart &Start) {
  const SourceManager &SM = TU.context().getSourceManager();
  auto Note = [&](SourceLocation Where, llvm::StringRef Text) {
    return diag(SM.getExpansionLoc(Where), Text, DiagnosticIDs::Note);
  };
  SourceLocation Loc = SM.getExpansionLoc(
      Start.Thread ? Start.Thread->getLocation() : Start.Where->getExprLoc());
  const FieldDecl *First = Start.Members.front().Field;
  unsigned How = static_cast<unsigned>(Start.How);
  if (Start.Thread)
    diag(Loc, "%0 is destroyed, and its thread ended, after %1, which the "
              "thread uses")
        << Start.Thread << First;
  else
    diag(Loc, "thread starts before %1, which it uses, is "
              "%select{initialised|set}0")
        << How << First;
  if (Start.Thread)
    Note(Start.Where->getExprLoc(), "the thread is started here");
  else if (Start.Where != Start.T->Spawn)
    Note(Start.T->Spawn->getExprLoc(), "it is started here");
  for (const LateMember &Late :
       llvm::ArrayRef<LateMember>(Start.Members).take_front(MaxMembers)) {
    if (Start.How == Kind::SetLater)
      Note(Late.Set->getBeginLoc(), "%0 is set here") << Late.Field;
    else
      Note(Late.Field->getLocation(),
           "%0 is declared here, after the thread, and so "
           "%select{initialised after it|set after it|called after it|"
           "destroyed before it}1")
          << Late.Field << How;
    Note(Late.Use->getExprLoc(), "the thread uses %0 here") << Late.Field;
  }
  // Of a class that derives from the constructor's.
  const auto *Starter = dyn_cast_or_null<CXXMethodDecl>(Start.T->Spawner);
  bool IsDerived = Starter && First->getParent() != Starter->getParent();
  switch (Start.How) {
  case Kind::DeclaredLater:
    Note(Loc, IsDerived ? CompleteFirst : LastMember);
    return;
  case Kind::SetLater:
    Note(Loc, "start the thread when everything is set, as the last thing");
    return;
  default:
    Note(Loc, "declare it as the last member, or join the thread in the "
              "destructor");
    return;
  }
}

void ThreadStartedTooEarlyCheck::reportVirtual(TranslationUnit &TU,
                                               const EarlyStart &Start) {
  const SourceManager &SM = TU.context().getSourceManager();
  auto Note = [&](SourceLocation Where, llvm::StringRef Text) {
    return diag(SM.getExpansionLoc(Where), Text, DiagnosticIDs::Note);
  };
  SourceLocation Loc = SM.getExpansionLoc(Start.Where->getExprLoc());
  diag(Loc, "thread starts in a constructor of the base class and calls the "
            "virtual function %0 before the derived object exists")
      << Start.Called;
  if (Start.Where != Start.T->Spawn)
    Note(Start.T->Spawn->getExprLoc(), "it is started here");
  Note(Start.Call->getExprLoc(), "the thread calls %0 here") << Start.Called;
  if (Start.Override)
    Note(Start.Override->getLocation(), "overridden here");
  else
    Note(Start.Called->getLocation(), "it is pure virtual here");
  Note(Loc, CompleteFirst);
}

} // namespace threadlint
