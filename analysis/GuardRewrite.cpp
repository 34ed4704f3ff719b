//===- GuardRewrite.cpp - A guard in the place of lock and unlock ---------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/GuardRewrite.h"
#include "analysis/BlockingCalls.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace threadlint {

static constexpr const char *GuardName = "guard";

namespace {
class Rewriter {
public:
  Rewriter(TranslationUnit &TU, const FunctionDecl &F, const Expr &Locking)
      : TU(TU), F(F), Locking(Locking), Body(F),
        SM(TU.context().getSourceManager()) {}

  std::vector<TextEdit> edits();

private:
  bool findBlock();
  bool findUnlocks();
  bool isPlain() const;
  bool endsWithBlock(const Expr &Unlock) const;
  bool isInBlock(const Stmt *S) const;
  TextEdit removal(const Expr &Unlock) const;

  TranslationUnit &TU;
  const FunctionDecl &F;
  const Expr &Locking;
  const BodyParents Body;
  const SourceManager &SM;
  const CompoundStmt *Block = nullptr;
  llvm::SmallVector<const Expr *, 4> Unlocks;
};
} // namespace

static const ValueDecl *lastDecl(const Expr *E) {
  E = producer(E);
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->getMemberDecl();
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref ? Ref->getDecl() : nullptr;
}

bool Rewriter::findBlock() {
  Block = dyn_cast_or_null<CompoundStmt>(Body.parent(&Locking));
  return Block && llvm::none_of(Block->body(), [](const Stmt *Child) {
           return isa<SwitchCase>(Child);
         });
}

bool Rewriter::isInBlock(const Stmt *S) const {
  while (S && S != Block)
    S = Body.parent(S);
  return S;
}

/// The lock is named by the locking call and by its unlocks, and by nothing else.
bool Rewriter::findUnlocks() {
  const Expr *Object = objectArgument(&Locking);
  const ValueDecl *Lock = Object ? lastDecl(Object) : nullptr;
  const LockPath *Path = Lock ? TU.paths().of(Object) : nullptr;
  if (!Path || Path->root()->isUnknown())
    return false;
  unsigned Mentions = 0;
  forEachStmt(F.getBody(), Lambdas::Inside, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    if (E && (isa<MemberExpr>(E) || isa<DeclRefExpr>(E)) && lastDecl(E) == Lock)
      ++Mentions;
    const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
    const FunctionDecl *Named = Call ? namedCallee(Call) : nullptr;
    const FunctionModel *M =
        Named ? TU.models().function(Named, writtenArgs(Call)) : nullptr;
    if (M && M->Does == Effect::Release && M->Mode == LockMode::Exclusive &&
        TU.paths().of(objectArgument(Call)) == Path)
      Unlocks.push_back(Call);
  });
  return !Unlocks.empty() && Mentions == Unlocks.size() + 1;
}

/// Nothing but a `return` without calls comes between the unlock and the place
/// where a guard would unlock.
bool Rewriter::endsWithBlock(const Expr &Unlock) const {
  const auto *Parent = dyn_cast_or_null<CompoundStmt>(Body.parent(&Unlock));
  if (!Parent || !isInBlock(Parent) ||
      SM.isBeforeInTranslationUnit(Unlock.getBeginLoc(), Locking.getBeginLoc()))
    return false;
  auto Next = llvm::find(Parent->body(), &Unlock) + 1;
  if (Next == Parent->body_end())
    return Parent == Block;
  const auto *Return = dyn_cast<ReturnStmt>(*Next);
  if (!Return)
    return false;
  bool Calls = false;
  forEachStmt(Return->getRetValue(), Lambdas::Outside, [&](const Stmt *S) {
    Calls |= isa<CallExpr>(S) || isa<CXXConstructExpr>(S) || isa<LambdaExpr>(S);
  });
  return !Calls;
}

/// No jumps over the guard, no objects whose ends would move under the lock, no
/// other `guard`, no macros.
bool Rewriter::isPlain() const {
  if (Locking.getBeginLoc().isMacroID() || Locking.getEndLoc().isMacroID())
    return false;
  for (const Stmt *S : Body.all()) {
    if (isa<LabelStmt>(S) || isa<CoawaitExpr>(S) || isa<CoyieldExpr>(S) ||
        isa<CoreturnStmt>(S))
      return false;
    const auto *E = dyn_cast<Expr>(S);
    const ValueDecl *Named = E ? lastDecl(E) : nullptr;
    if (Named && Named->getIdentifier() && Named->getName() == GuardName)
      return false;
    const auto *Declared = dyn_cast<DeclStmt>(S);
    if (!Declared)
      continue;
    for (const Decl *D : Declared->decls()) {
      const auto *V = dyn_cast<VarDecl>(D);
      const CXXRecordDecl *R = V ? V->getType()->getAsCXXRecordDecl() : nullptr;
      if (V && V->getIdentifier() && V->getName() == GuardName)
        return false;
      if (R && R->hasDefinition() && !R->hasTrivialDestructor() &&
          !R->isInStdNamespace() &&
          !SM.isBeforeInTranslationUnit(V->getBeginLoc(),
                                        Locking.getBeginLoc()))
        return false;
    }
  }
  return true;
}

/// The unlock with its semicolon, and with its line if that becomes empty.
TextEdit Rewriter::removal(const Expr &Unlock) const {
  SourceLocation Begin = Unlock.getBeginLoc();
  SourceLocation End = Lexer::findLocationAfterToken(
      Unlock.getEndLoc(), tok::semi, SM, TU.context().getLangOpts(),
      /*SkipTrailingWhitespaceAndNewLine=*/false);
  if (End.isInvalid() || Begin.isMacroID())
    return {};
  auto [File, Offset] = SM.getDecomposedLoc(Begin);
  llvm::StringRef Buffer = SM.getBufferData(File);
  unsigned Line = Buffer.rfind('\n', Offset) + 1;
  unsigned After = SM.getFileOffset(End);
  if (Buffer.slice(Line, Offset).trim().empty() && After < Buffer.size() &&
      Buffer[After] == '\n') {
    Begin = Begin.getLocWithOffset(static_cast<int>(Line) -
                                   static_cast<int>(Offset));
    End = End.getLocWithOffset(1);
  }
  return {CharSourceRange::getCharRange(Begin, End), ""};
}

std::vector<TextEdit> Rewriter::edits() {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(namedCallee(&Locking));
  const Expr *Object = objectArgument(&Locking);
  if (!Method || !Object || !isStandard(*Method) || !isPlain() ||
      isa<CXXThisExpr>(producer(Object)))
    return {};
  const FunctionModel *M = TU.models().function(Method, writtenArgs(&Locking));
  const CXXRecordDecl *Class = Object->getType()->isPointerType()
                                   ? Object->getType()->getPointeeCXXRecordDecl()
                                   : Object->getType()->getAsCXXRecordDecl();
  const TypeModel *Type = Class ? TU.models().record(Class) : nullptr;
  if (!M || M->Does != Effect::Acquire || M->Mode != LockMode::Exclusive ||
      !Type || Type->Kind != TypeKind::Lock || !Class->isInStdNamespace() ||
      !findBlock() || !findUnlocks())
    return {};
  std::string Lock = sourceText(Object->getSourceRange(), TU.context());
  if (Object->getType()->isPointerType())
    Lock = "*" + Lock;
  std::vector<TextEdit> Result{
      {CharSourceRange::getTokenRange(Locking.getSourceRange()),
       "std::lock_guard<std::" + Class->getName().str() + "> " + GuardName +
           "(" + Lock + ")"}};
  for (const Expr *Unlock : Unlocks) {
    TextEdit Edit = removal(*Unlock);
    if (!endsWithBlock(*Unlock) || Edit.Range.isInvalid())
      return {};
    Result.push_back(std::move(Edit));
  }
  return Result;
}

std::vector<TextEdit> guardInsteadOf(TranslationUnit &TU, const FunctionDecl &F,
                                     const Expr &Locking) {
  return Rewriter(TU, F, Locking).edits();
}

} // namespace threadlint
