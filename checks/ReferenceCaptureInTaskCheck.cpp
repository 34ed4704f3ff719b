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

void ReferenceCaptureInTaskCheck::checkUnit(TranslationUnit &TU) {
  for (const FunctionDecl *F : TU.functions().functions()) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || Scan->Spawns.empty())
      continue;
    std::vector<OutlivedCapture> Outlived = outlivedCaptures(*F, TU);
    // The variables of one `[&]` are one finding.
    while (!Outlived.empty()) {
      OutlivedCapture First = Outlived.front();
      auto Other = [&](const OutlivedCapture &O) {
        return O.C->Loc != First.C->Loc;
      };
      auto Rest = std::stable_partition(
          Outlived.begin(), Outlived.end(),
          [&](const OutlivedCapture &O) { return !Other(O); });
      report(TU, First, {Outlived.data(), static_cast<size_t>(Rest - Outlived.begin())});
      Outlived.erase(Outlived.begin(), Rest);
    }
  }
}

static std::string names(llvm::ArrayRef<OutlivedCapture> List) {
  std::string Result;
  for (size_t I = 0; I < List.size(); ++I)
    Result += (I == 0 ? "'" : I + 1 == List.size() ? " and '" : ", '") +
              List[I].C->Var->getNameAsString() + "'";
  return Result;
}

/// `const T &` and `T &&`: what they refer to may be the caller's temporary.
static bool isReferenceParameter(const VarDecl &V) {
  return isa<ParmVarDecl>(V) && V.getType()->isReferenceType();
}

void ReferenceCaptureInTaskCheck::report(
    TranslationUnit &TU, const OutlivedCapture &First,
    llvm::ArrayRef<OutlivedCapture> SamePlace) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(First.C->Loc);
  if (!Reported.insert(Loc).second)
    return;
  std::string Names = names(SamePlace);
  bool Many = SamePlace.size() > 1;
  bool IsPointer = First.C->Kind == CaptureKind::Pointer;
  bool Parameter = isReferenceParameter(*First.C->Var);
  {
    auto Diag = diag(Loc, "task %select{refers to|has a pointer into}0 %1, which "
                          "%select{may be destroyed|may be a temporary that is "
                          "destroyed}2 while the task still runs")
                << IsPointer << Names << Parameter;
    for (const FixItHint &Fix : copyCaptures(*First.T, First.C->Loc, TU))
      Diag << Fix;
  }
  diag(SM.getExpansionLoc(First.T->Spawn->getBeginLoc()), "the task starts here",
       DiagnosticIDs::Note);
  if (First.T->Detach)
    diag(SM.getExpansionLoc(First.T->Detach->getExprLoc()),
         "it is detached here", DiagnosticIDs::Note);
  std::string Dead =
      "'" + First.C->Var->getNameAsString() + "'";
  diag(SM.getExpansionLoc(First.Death),
       "%select{the life of %1 ends here|%1 is destroyed by this return|an "
       "exception from here destroys %1}0, and nothing has waited for the task",
       DiagnosticIDs::Note)
      << static_cast<unsigned>(First.How) << Dead;
  diag(Loc,
       "capture %select{it|them}0 by value, or wait for the task on every path "
       "before %select{its life ends|their lives end}0",
       DiagnosticIDs::Note)
      << Many;
}

} // namespace threadlint
