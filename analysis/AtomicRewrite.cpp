//===- AtomicRewrite.cpp - One operation in the place of two --------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/AtomicRewrite.h"
#include "analysis/AtomicOps.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "analysis/TwoStepUpdates.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

namespace {
/// `x + n`, where x is loaded.
struct Change {
  BinaryOperatorKind Op;
  const Expr *By;
};
} // namespace

static const char *fetching(BinaryOperatorKind Op) {
  switch (Op) {
  case BO_Add:
    return "fetch_add";
  case BO_Sub:
    return "fetch_sub";
  case BO_And:
    return "fetch_and";
  case BO_Or:
    return "fetch_or";
  case BO_Xor:
    return "fetch_xor";
  default:
    return nullptr;
  }
}

/// \p E is \p Load, converted by nothing that is written.
static bool isLoad(const Expr *E, const Expr *Load) {
  while (E != Load) {
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E))
      E = Cast->getSubExpr();
    else if (const auto *Parens = dyn_cast<ParenExpr>(E))
      E = Parens->getSubExpr();
    else if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else
      return false;
  }
  return true;
}

/// What is added to an integer as a floating number is rounded later.
static bool isInteger(const Expr *E) {
  return E->IgnoreParenImpCasts()
      ->getType()
      ->isIntegralOrUnscopedEnumerationType();
}

static std::optional<Change> changeOf(const Expr &Value,
                                      const TwoStepUpdate &U) {
  const auto *Binary = dyn_cast<BinaryOperator>(Value.IgnoreParenImpCasts());
  if (!Binary || !fetching(Binary->getOpcode()))
    return std::nullopt;
  Change Result{Binary->getOpcode(), nullptr};
  if (isLoad(Binary->getLHS(), U.Load))
    Result.By = Binary->getRHS();
  else if (isLoad(Binary->getRHS(), U.Load) && Result.Op != BO_Sub)
    Result.By = Binary->getLHS();
  if (!Result.By || !isInteger(Result.By) ||
      mentionedDecls(Result.By).count(
          cast<ValueDecl>(U.Variable->getCanonicalDecl())))
    return std::nullopt;
  return Result;
}

/// A name of the atomic: it does not matter that it is evaluated only once.
static bool isName(const Expr *Object) {
  bool Result = true;
  forEachStmt(Object, Lambdas::Inside, [&Result](const Stmt *S) {
    const auto *Unary = dyn_cast<UnaryOperator>(S);
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S);
    Result &= isa<DeclRefExpr>(S) || isa<MemberExpr>(S) ||
              isa<CXXThisExpr>(S) || isa<ArraySubscriptExpr>(S) ||
              isa<IntegerLiteral>(S) || isa<ParenExpr>(S) ||
              isa<ImplicitCastExpr>(S) ||
              (Unary && Unary->getOpcode() == UO_Deref) ||
              (Operator && (Operator->getOperator() == OO_Subscript ||
                            Operator->getOperator() == OO_Arrow ||
                            Operator->getOperator() == OO_Star));
  });
  return Result;
}

/// The class, or one that it is derived from, has the operation for numbers.
static bool hasMember(const CXXRecordDecl *Class, const char *Name,
                      ASTContext &Context) {
  if (!Class || !Class->hasDefinition())
    return false;
  if (!Class->lookup(&Context.Idents.get(Name)).empty())
    return true;
  return llvm::any_of(
      Class->getDefinition()->bases(), [&](const CXXBaseSpecifier &Base) {
        return Base.getAccessSpecifier() == AS_public &&
               hasMember(Base.getType()->getAsCXXRecordDecl(), Name, Context);
      });
}

static CharSourceRange between(SourceLocation From, SourceLocation To) {
  return CharSourceRange::getCharRange(From, To);
}

/// `= x + n` becomes `+= n`.
static std::vector<TextEdit> ofOperator(const BinaryOperator &Store,
                                        BinaryOperatorKind Op,
                                        const std::string &By) {
  return {{CharSourceRange::getTokenRange(Store.getOperatorLoc(),
                                          Store.getEndLoc()),
           BinaryOperator::getOpcodeStr(Op).str() + "= " + By}};
}

/// `x = x + n` becomes `x.fetch_add(n)`; of `*p`, `p->fetch_add(n)`.
static std::vector<TextEdit> ofAssignment(const CXXOperatorCallExpr &Store,
                                          const Expr &Object,
                                          const std::string &Call,
                                          const ASTContext &Context) {
  std::vector<TextEdit> Result;
  const char *Access = ".";
  const Expr *Name = Object.IgnoreImpCasts();
  if (const auto *Deref = dyn_cast<UnaryOperator>(Name)) { // `*p`
    Name = Deref->getSubExpr()->IgnoreImpCasts();
    Access = "->";
    Result.push_back({between(Deref->getBeginLoc(), Name->getBeginLoc()), ""});
  }
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Name);
  const bool IsPostfix = isa<DeclRefExpr>(Name) || isa<MemberExpr>(Name) ||
                         isa<ArraySubscriptExpr>(Name) ||
                         (Operator && Operator->getOperator() != OO_Star);
  if (!IsPostfix)
    return {};
  std::string Source = sourceText(Name->getSourceRange(), Context);
  if (Source.empty())
    return {};
  // The finding is at the operator, and stays at the same place in an editor.
  SourceLocation End =
      Name->getBeginLoc().getLocWithOffset(static_cast<int>(Source.size()));
  Result.push_back({between(End, Store.getOperatorLoc()), ""});
  Result.push_back({CharSourceRange::getTokenRange(Store.getOperatorLoc(),
                                                   Store.getEndLoc()),
                    Access + Call});
  return Result;
}

/// `x.store(x.load() + n)` becomes `x.fetch_add(n)`.
static std::vector<TextEdit> ofMemberCall(const CXXMemberCallExpr &Store,
                                          const std::string &Call) {
  const auto *Member = dyn_cast<MemberExpr>(Store.getCallee()->IgnoreParens());
  if (!Member || writtenArgs(&Store) != 1)
    return {};
  return {{CharSourceRange::getTokenRange(Member->getMemberLoc(),
                                          Store.getRParenLoc()),
           Call}};
}

/// Its value as an argument; a comma in it must not separate arguments.
static std::string argumentText(const Expr &By, const ASTContext &Context) {
  const Expr *Bare = By.IgnoreParens();
  const auto *Binary = dyn_cast<BinaryOperator>(Bare->IgnoreParenImpCasts());
  const bool IsComma = Binary && Binary->getOpcode() == BO_Comma;
  return sourceText((IsComma ? &By : Bare)->getSourceRange(), Context);
}

/// No macros, templates, comments or uses of the result.
static bool isPlain(const TwoStepUpdate &U, const FunctionDecl &F,
                    const ASTContext &Context) {
  SourceRange Range = U.Store->getSourceRange();
  return !U.IsConditional && Range.getBegin().isFileID() &&
         Range.getEnd().isFileID() && !isMadeByMacro(U.Store, Context) &&
         !hasComment(CharSourceRange::getTokenRange(Range), Context) &&
         !isInTemplate(F) && BodyParents(F).isDiscarded(U.Store);
}

/// An integer that nobody but the program changes. A load with a written order
/// is none, even if that is the default.
static bool isPlainInteger(const Expr &Object, const Expr &Load) {
  QualType T = Object.getType();
  if (T->isPointerType())
    T = T->getPointeeType();
  QualType Value = Load.getType();
  if (const auto *Atomic = Value->getAs<AtomicType>())
    Value = Atomic->getValueType();
  return !T.isVolatileQualified() && isName(&Object) &&
         Value->isIntegerType() && !Value->isBooleanType() &&
         !(isa<CallExpr>(Load) && writtenArgs(&Load) != 0);
}

std::vector<TextEdit> inOneStep(const TwoStepUpdate &U, const FunctionDecl &F,
                                TranslationUnit &TU) {
  ASTContext &Context = TU.context();
  std::optional<AtomicOp> Op = atomicOp(*U.Store);
  if (!Op || !Op->Value || !isPlain(U, F, Context) ||
      !isPlainInteger(*Op->Object, *U.Load))
    return {};
  std::optional<Change> C = changeOf(*Op->Value, U);
  std::string By = C ? argumentText(*C->By, Context) : "";
  if (By.empty())
    return {};
  if (const auto *Store = dyn_cast<BinaryOperator>(U.Store))
    return ofOperator(*Store, C->Op, By);
  QualType T = Op->Object->getType();
  const CXXRecordDecl *Class = T->isPointerType() ? T->getPointeeCXXRecordDecl()
                                                  : T->getAsCXXRecordDecl();
  const char *Name = fetching(C->Op);
  if (!hasMember(Class, Name, Context))
    return {};
  std::string Call = Name + ("(" + By + ")");
  if (const auto *Store = dyn_cast<CXXOperatorCallExpr>(U.Store))
    return ofAssignment(*Store, *Op->Object, Call, Context);
  if (const auto *Store = dyn_cast<CXXMemberCallExpr>(U.Store))
    return ofMemberCall(*Store, Call);
  return {};
}

} // namespace threadlint
