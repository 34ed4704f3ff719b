//===- UnjoinedThreadCheck.cpp - Threads that nobody joins ----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/UnjoinedThreadCheck.h"
#include "analysis/UnjoinedMembers.h"
#include "analysis/ThreadStates.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo UnjoinedThreadCheck::Info = {
    "threadlint-unjoined-thread",
    "a thread that is destroyed or overwritten, on some path, before anyone "
    "joins it; in C, one that nobody joins or detaches",
    CheckGroup::Threads,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "Core Guidelines CP.25, CWE-772"};

void UnjoinedThreadCheck::checkUnit(TranslationUnit &TU) {
  for (const FunctionDecl *F : TU.functions().functions()) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (Scan && !Scan->Spawns.empty())
      for (const ThreadMistake &M : threadMistakes(*F, TU))
        report(TU, M);
  }
  for (const UnjoinedMember &M : unjoinedMembers(TU))
    report(TU, M);
}

void UnjoinedThreadCheck::report(TranslationUnit &TU,
                                 const UnjoinedMember &M) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(M.Member->getLocation());
  if (!Reported.insert(Loc).second)
    return;
  diag(Loc, "nothing joins or detaches thread %0, so that the destructor of %1 "
            "ends the process")
      << M.Member << M.Member->getParent();
  diag(SM.getExpansionLoc(M.Start->getExprLoc()), "started here",
       DiagnosticIDs::Note);
  if (M.Destructor)
    diag(SM.getExpansionLoc(M.Destructor->getLocation()),
         "the destructor is here", DiagnosticIDs::Note);
  diag(Loc, "join it in the destructor, or make it a 'std::jthread'",
       DiagnosticIDs::Note);
}

void UnjoinedThreadCheck::report(TranslationUnit &TU, const ThreadMistake &M) {
  using Kind = ThreadMistake::Kind;
  const SourceManager &SM = TU.context().getSourceManager();
  bool AtStart = M.IsC || M.What == Kind::Discarded;
  const Expr *At = AtStart                      ? M.Start
                   : M.What == Kind::Replaced ? M.Where
                                              : nullptr;
  if ((AtStart && !At) || M.What > Kind::Replaced)
    return;
  SourceLocation Loc =
      SM.getExpansionLoc(At ? At->getExprLoc() : M.Var->getLocation());
  if (!Reported.insert(Loc).second)
    return;
  auto Note = [&](SourceLocation Where, llvm::StringRef Text) {
    return diag(SM.getExpansionLoc(Where), Text, DiagnosticIDs::Note);
  };
  std::string Name = M.Var ? M.Var->getNameAsString() : "";
  if (M.What == Kind::Discarded) {
    diag(Loc, "thread is destroyed at once while it is joinable, which ends "
              "the process");
    Note(Loc, "keep it in a variable and join that");
    return;
  }
  if (M.IsC)
    diag(Loc, "%select{thread '%1' is neither joined nor detached on some path|"
              "thread '%1' is neither joined nor detached}0, so its resources "
              "are never released")
        << M.OnEveryPath << Name;
  else if (M.What == Kind::Replaced)
    diag(Loc, "thread '%1' %select{may still be|is still}0 joinable when it "
              "is overwritten, which ends the process")
        << M.OnEveryPath << Name;
  else if (M.Many)
    diag(Loc, "threads in '%1' %select{may still be|are still}0 joinable when "
              "they are destroyed, which ends the process")
        << M.OnEveryPath << Name;
  else
    diag(Loc, "thread '%1' %select{may still be|is still}0 joinable when it "
              "is destroyed, which ends the process")
        << M.OnEveryPath << Name;
  if (M.Start && !AtStart && M.Start != M.Where)
    Note(M.Start->getExprLoc(), "started here");
  if (M.What == Kind::Exception)
    Note(M.Death, "an exception may leave the scope of '%0' here") << Name;
  else if (M.What == Kind::Replaced && M.IsC)
    Note(M.Where->getExprLoc(), "another thread takes its place here");
  else if (M.What != Kind::Replaced)
    Note(M.Death, "%select{the scope ends|the function returns}0 here without "
                  "a join")
        << (M.What == Kind::Return);
  Note(Loc, M.IsC ? "join or detach it on every path"
                  : "join it on every path, as the destructor of a "
                    "'std::jthread' or of a guard of your own does");
}

} // namespace threadlint
