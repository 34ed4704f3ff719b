//===- ThreadMembers.cpp - Does a class end its thread in time? -----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/ThreadMembers.h"
#include "analysis/CallInfo.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

/// The body waits, apart from what the destructors of members do.
static bool waits(const FunctionDecl &F, TranslationUnit &TU) {
  bool Found = false;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Named = Call ? namedCallee(Call) : nullptr;
    if (!Named)
      return;
    const FunctionModel *Model = TU.models().function(Named, writtenArgs(Call));
    const FunctionDecl *Runs = callee(Call);
    Found |= Model ? Model->Blocks == Category::Wait
                   : Runs && TU.functions().mayWait(Runs);
  });
  return Found;
}

/// \p F does something to the member that may end the thread.
static bool touches(const FunctionDecl &F, const FieldDecl &Thread,
                    TranslationUnit &TU) {
  llvm::DenseSet<const Expr *> Harmless; // request_stop(), joinable()
  forEachStmt(F.getBody(), Lambdas::Inside, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
    const FunctionModel *Model =
        Call && Call->getMethodDecl()
            ? TU.models().function(Call->getMethodDecl(), writtenArgs(Call))
            : nullptr;
    if (Model && Model->Does == Effect::Inert)
      Harmless.insert(Call->getImplicitObjectArgument()->IgnoreParenImpCasts());
  });
  bool Found = false;
  forEachStmt(F.getBody(), Lambdas::Inside, [&](const Stmt *S) {
    const auto *Member = dyn_cast<MemberExpr>(S);
    Found |= Member && !Harmless.count(Member) &&
             Member->getMemberDecl()->getCanonicalDecl() ==
                 Thread.getCanonicalDecl();
  });
  return Found;
}

bool mayEndThread(const CXXRecordDecl &R, const FieldDecl &Thread,
                  TranslationUnit &TU) {
  const CXXDestructorDecl *Dtor = R.getDestructor();
  if (Dtor && Dtor->isUserProvided() && !Dtor->hasBody())
    return true; // nobody knows
  for (const FunctionDecl *F : TU.functions().functions()) {
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Method || isa<CXXConstructorDecl>(Method) || !Scan ||
        !Scan->Spawns.empty())
      continue;
    bool IsOwn =
        Method->getParent()->getCanonicalDecl() == R.getCanonicalDecl();
    bool IsDtor = isa<CXXDestructorDecl>(Method);
    if (!IsOwn && (IsDtor || !R.isDerivedFrom(Method->getParent())))
      continue;
    if (touches(*F, Thread, TU) || (IsDtor && waits(*F, TU)))
      return true;
  }
  return false;
}

} // namespace threadlint
