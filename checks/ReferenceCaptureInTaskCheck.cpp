//===- ReferenceCaptureInTaskCheck.cpp - Captures that die early ----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/ReferenceCaptureInTaskCheck.h"
#include "analysis/CopyCapture.h"
#include "analysis/TaskLifetimes.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo ReferenceCaptureInTaskCheck::Info = {
    "threadlint-reference-capture-in-task",
    "a thread, future or pool task refers to a local variable that may be gone "
    "while it still runs",
    CheckGroup::Tasks,
    /*OnByDefault=*/true,
    /*HasFix=*/true,
    "0.1",
    "Core Guidelines CP.23, Core Guidelines CP.24, Core Guidelines F.53, CERT "
    "CON34-C, CERT EXP61-CPP, CWE-416, CWE-562"};

void ReferenceCaptureInTaskCheck::checkUnit(TranslationUnit &TU) {
  for (const FunctionDecl *F : TU.functions().functions()) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || Scan->OverBudget || !TU.functions().maySpawn(F))
      continue;
    std::vector<OutlivedCapture> Outlived = outlivedCaptures(*F, TU);
    llvm::erase_if(Outlived, [&](const OutlivedCapture &O) {
      bool IsObject = O.Through || O.How == OutlivedCapture::By::Delete;
      if (IsObject)
        reportObject(TU, O);
      return IsObject;
    });
    // The variables of one `[&]` are one finding.
    while (!Outlived.empty()) {
      OutlivedCapture First = Outlived.front();
      auto Other = [&](const OutlivedCapture &O) {
        return O.C->Loc != First.C->Loc;
      };
      auto Rest = std::stable_partition(
          Outlived.begin(), Outlived.end(),
          [&](const OutlivedCapture &O) { return !Other(O); });
      report(TU, First,
             {Outlived.data(), static_cast<size_t>(Rest - Outlived.begin())});
      Outlived.erase(Outlived.begin(), Rest);
    }
  }
}

/// The object of `this`, or what a pointer points to.
void ReferenceCaptureInTaskCheck::reportObject(TranslationUnit &TU,
                                               const OutlivedCapture &O) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(O.C->Loc);
  if (!Reported.insert(Loc).second)
    return;
  auto Note = [&](SourceLocation Where, llvm::StringRef Text) {
    return diag(SM.getExpansionLoc(Where), Text, DiagnosticIDs::Note);
  };
  bool Deleted = O.How == OutlivedCapture::By::Delete;
  const VarDecl *V = O.Through ? nullptr : O.C->Var;
  diag(Loc, "task uses %select{'*this'|what '%2' points to}0, which may be "
            "%select{destroyed|deleted}1 while the task still runs")
      << (V != nullptr) << Deleted << (V ? V->getNameAsString() : "");
  Note(O.T->Spawn->getBeginLoc(), "the task starts here");
  if (O.T->Detach)
    Note(O.T->Detach->getExprLoc(), "it is detached here");
  std::string Name = O.Object ? O.Object->getNameAsString() : "";
  if (O.Through)
    Note(O.Through->getExprLoc(), "this call on '%0' starts it") << Name;
  if (Deleted)
    Note(O.Death, "the object is deleted here, and nothing has waited for the "
                  "task");
  else
    Note(O.Death, "%select{the life of '%1' ends here|'%1' is destroyed by this "
                  "return|an exception from here destroys '%1'}0, and nothing "
                  "has waited for the task")
        << static_cast<unsigned>(O.How) << Name;
  Note(Loc, "wait for the task before the object dies, or let the task share "
            "it through a 'shared_ptr'");
}

using Variables = llvm::SmallVector<const VarDecl *, 4>;

/// Each variable once: several tasks may run one lambda.
static Variables variables(llvm::ArrayRef<OutlivedCapture> List) {
  Variables Result;
  for (const OutlivedCapture &O : List)
    if (!llvm::is_contained(Result, O.C->Var))
      Result.push_back(O.C->Var);
  return Result;
}

static std::string names(const Variables &Vars) {
  std::string Result;
  for (size_t I = 0; I < Vars.size(); ++I)
    Result += (I == 0                 ? "'"
               : I + 1 == Vars.size() ? " and '"
                                      : ", '") +
              Vars[I]->getNameAsString() + "'";
  return Result;
}

/// `const T &` and `T &&`: what they refer to may be the caller's temporary.
static bool isReferenceParameter(const VarDecl *V) {
  return isa<ParmVarDecl>(V) && V->getType()->isReferenceType();
}

void ReferenceCaptureInTaskCheck::report(
    TranslationUnit &TU, const OutlivedCapture &First,
    llvm::ArrayRef<OutlivedCapture> SamePlace) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(First.C->Loc);
  if (!Reported.insert(Loc).second)
    return;
  Variables Vars = variables(SamePlace);
  std::string Names = names(Vars);
  bool Many = Vars.size() > 1;
  bool IsPointer = First.C->Kind == CaptureKind::Pointer;
  bool Parameter = llvm::all_of(Vars, isReferenceParameter);
  {
    auto Diag =
        diag(Loc, "task %select{refers to|has a pointer into}0 %1, which "
                  "%select{may be destroyed|may be a temporary that is "
                  "destroyed}2 while the task still runs")
        << IsPointer << Names << Parameter;
    for (const FixItHint &Fix : copyCaptures(*First.T, First.C->Loc, TU))
      Diag << Fix;
  }
  diag(SM.getExpansionLoc(First.T->Spawn->getBeginLoc()),
       "the task starts here", DiagnosticIDs::Note);
  if (First.T->Detach)
    diag(SM.getExpansionLoc(First.T->Detach->getExprLoc()),
         "it is detached here", DiagnosticIDs::Note);
  std::string Dead = "'" + First.C->Var->getNameAsString() + "'";
  diag(SM.getExpansionLoc(First.Death),
       "%select{the life of %1 ends here|%1 is destroyed by this return|an "
       "exception from here destroys %1}0, and nothing has waited for the task",
       DiagnosticIDs::Note)
      << static_cast<unsigned>(First.How) << Dead;
  diag(Loc,
       "capture %select{it|them}0 by value, share %select{it|them}0 through a "
       "'shared_ptr', or wait for the task on every path before "
       "%select{its life ends|their lives end}0",
       DiagnosticIDs::Note)
      << Many;
}

} // namespace threadlint
