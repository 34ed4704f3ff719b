//===- FutureUses.cpp - What a function does with a future ----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/FutureUses.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/Models.h"
#include "analysis/Statements.h"

using namespace clang;

namespace threadlint {

/// The call of a member function whose object \p Ref is. Null: another use.
static const CXXMemberCallExpr *memberCall(const DeclRefExpr &Ref,
                                           const BodyParents &Parents) {
  const Stmt *Outer = Parents.parent(&Ref);
  while (Outer && (isa<ImplicitCastExpr>(Outer) || isa<ParenExpr>(Outer) ||
                   isa<MemberExpr>(Outer)))
    Outer = Parents.parent(Outer);
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Outer);
  const Expr *Object = Call ? objectArgument(Call) : nullptr;
  return Object && producer(Object) == &Ref ? Call : nullptr;
}

FutureUses futureUses(const VarDecl &V, const FunctionDecl &F,
                      const BodyParents &Parents, const Models &M) {
  FutureUses Result;
  forEachStmt(F.getBody(), Lambdas::Inside, [&](const Stmt *S) {
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    if (!Ref || Ref->getDecl() != &V)
      return;
    const CXXMemberCallExpr *Call = memberCall(*Ref, Parents);
    const FunctionDecl *Callee = Call ? namedCallee(Call) : nullptr;
    const FunctionModel *Model =
        Callee ? M.function(Callee, writtenArgs(Call)) : nullptr;
    if (!Model || Model->Does != Effect::FutureWait) {
      // valid() is a question, share() moves it.
      Result.Unknown |= !Callee || !Callee->getReturnType()->isBooleanType();
    } else if (Model->Timeout != ArgNone) {
      Result.Timed.push_back(Call);
    } else {
      Result.Waits = true;
      Result.Gets |= Model->Throws;
    }
  });
  return Result;
}

} // namespace threadlint
