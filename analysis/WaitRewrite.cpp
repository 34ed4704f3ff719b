//===- WaitRewrite.cpp - A wait that tests again --------------------------===//
// See the header. What a condition may do is PlainReads' question, how its
// opposite is written NegatedCondition's.
//===----------------------------------------------------------------------===//
#include "analysis/WaitRewrite.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/ConditionUses.h"
#include "analysis/NegatedCondition.h"
#include "analysis/PlainReads.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace threadlint {

/// `if (condition) wait`, and nothing else. Null: another shape.
static const IfStmt *ifAround(const ConditionWait &W) {
  BodyParents Parents(*W.In);
  const Stmt *S = W.Call;
  const Stmt *Parent = Parents.parent(S);
  while (isa_and_nonnull<FullExpr>(Parent) ||
         isa_and_nonnull<ExplicitCastExpr>(Parent) ||
         (isa_and_nonnull<CompoundStmt>(Parent) &&
          cast<CompoundStmt>(Parent)->size() == 1)) {
    S = Parent;
    Parent = Parents.parent(S);
  }
  const auto *If = dyn_cast_or_null<IfStmt>(Parent);
  return If && If->getCond() && If->getThen() == S && !If->getElse() &&
                 !If->getInit() && !If->getConditionVariable() &&
                 !If->isConstexpr()
             ? If
             : nullptr;
}

/// What an expression looks at, visible functions that it calls included.
static bool looksAt(const Expr *E, const DeclSet &State) {
  auto IsState = [&State](const ValueDecl *D) { return State.count(D) != 0; };
  for (const ValueDecl *D : mentionedDecls(E)) {
    const auto *F = dyn_cast<FunctionDecl>(D);
    const FunctionDecl *Definition = nullptr;
    if (IsState(D) ||
        (F && F->hasBody(Definition) &&
         llvm::any_of(mentionedDecls(Definition->getBody()), IsState)))
      return true;
  }
  return false;
}

/// Those who write the state can make \p E come out as \p Wanted, whatever
/// local variables and parameters are.
static bool canBecome(const Expr *E, bool Wanted, const DeclSet &State) {
  E = stripCondition(E);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    if (Unary->getOpcode() == UO_LNot)
      return canBecome(Unary->getSubExpr(), !Wanted, State);
  const auto *Binary = dyn_cast<BinaryOperator>(E);
  if (!Binary || !Binary->isLogicalOp())
    return looksAt(E, State);
  const bool L = canBecome(Binary->getLHS(), Wanted, State),
             R = canBecome(Binary->getRHS(), Wanted, State);
  const bool OneDecides = (Binary->getOpcode() == BO_LOr) == Wanted;
  return OneDecides ? L || R : L && R;
}

/// Another `wait` of the same class has one more parameter, of any type.
static bool takesPredicate(const FunctionDecl &Wait) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Wait);
  if (!Method || Method->isStatic())
    return false;
  for (const NamedDecl *D :
       Method->getParent()->lookup(Method->getDeclName())) {
    const auto *Template = dyn_cast<FunctionTemplateDecl>(D);
    const FunctionDecl *F = Template ? Template->getTemplatedDecl() : nullptr;
    if (F && F->getNumParams() == Wait.getNumParams() + 1 &&
        F->getReturnType()->isVoidType() &&
        isa<TemplateTypeParmType>(
            F->parameters().back()->getType().getTypePtr()))
      return true;
  }
  return false;
}

/// A lambda can capture it everywhere, and whoever checks annotations of locks
/// knows that the lock is held in it.
static bool fitsLambda(const Expr *E) {
  return llvm::none_of(mentionedDecls(E), [](const ValueDecl *D) {
    return isa<BindingDecl>(D) || D->hasAttr<GuardedByAttr>() ||
           D->hasAttr<PtGuardedByAttr>() ||
           D->hasAttr<RequiresCapabilityAttr>();
  });
}

/// `if (condition) wait(lock);` becomes `wait(lock, [&] { return …; });`.
static std::vector<TextEdit> withPredicate(const IfStmt &If, const Expr &Wait,
                                           const ASTContext &Context) {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(&Wait);
  const FunctionDecl *F = namedCallee(&Wait);
  if (!Context.getLangOpts().CPlusPlus11 || !Call || !F ||
      !takesPredicate(*F) || !fitsLambda(If.getCond()))
    return {};
  std::optional<std::string> Predicate = negated(*If.getCond(), Context);
  auto Head =
      CharSourceRange::getCharRange(If.getBeginLoc(), Wait.getBeginLoc());
  if (!Predicate || hasComment(Head, Context))
    return {};
  SourceLocation Close = Call->getRParenLoc();
  std::vector<TextEdit> Result{{Head, ""},
                               {CharSourceRange::getCharRange(Close, Close),
                                ", [&] { return " + *Predicate + "; }"}};
  const auto *Block = dyn_cast<CompoundStmt>(If.getThen());
  if (!Block)
    return Result;
  SourceLocation End = Lexer::findLocationAfterToken(
      Close, tok::semi, Context.getSourceManager(), Context.getLangOpts(),
      /*SkipTrailingWhitespaceAndNewLine=*/false);
  if (End.isInvalid())
    return {};
  auto Tail = CharSourceRange::getCharRange(
      End, Block->getRBracLoc().getLocWithOffset(1));
  if (hasComment(Tail, Context))
    return {};
  Result.push_back({Tail, ""});
  return Result;
}

std::vector<TextEdit> testedAgain(const ConditionWait &W, const DeclSet &State,
                                  TranslationUnit &TU) {
  const ASTContext &Context = TU.context();
  const IfStmt *If = W.Predicate || W.Timed ? nullptr : ifAround(W);
  if (!If || If->getBeginLoc().isMacroID() || isMadeByMacro(If, Context) ||
      W.Call->getBeginLoc().isMacroID() || W.Call->getEndLoc().isMacroID() ||
      isInTemplate(*W.In))
    return {};
  if (!onlyReads(*If->getCond(), TU) || !canBecome(If->getCond(), false, State))
    return {};
  std::vector<TextEdit> Result = withPredicate(*If, *W.Call, Context);
  if (Result.empty())
    Result.push_back(
        {CharSourceRange::getTokenRange(If->getBeginLoc()), "while"});
  return Result;
}

} // namespace threadlint
