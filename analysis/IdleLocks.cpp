//===- IdleLocks.cpp - Locks and guards that protect nothing --------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/IdleLocks.h"
#include "analysis/BlockingCalls.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtOpenMP.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace threadlint {

namespace {
class IdleFinder {
public:
  IdleFinder(TranslationUnit &TU, const FunctionDecl &F)
      : TU(TU), F(F), Body(F), SM(TU.context().getSourceManager()) {}

  llvm::SmallVector<IdleLock, 1> find();

private:
  void lookAtStatement(const Stmt &S, const CompoundStmt &Block, unsigned At);
  void lookAtDiscarded(const Expr &E, const CompoundStmt &Block, unsigned At);
  void lookAtVariable(const VarDecl &V, const CompoundStmt &Block, unsigned At);
  void lookAtLockVariable(const VarDecl &V);
  void lookAtResultVariable(const VarDecl &V, const Expr &Made,
                            const CompoundStmt &Block, unsigned At);
  void lookAtGuardVariable(const VarDecl &V, const CXXConstructExpr &Made,
                           const CompoundStmt &Block, unsigned At);
  void lookAtPair(const Expr &Locking, const CompoundStmt &Block, unsigned At);

  bool isGuard(const Expr &Made) const;
  bool isReturnedGuard(const Expr &Made) const;
  const FunctionModel *model(const Stmt *S) const;
  bool isAllowedUse(const DeclRefExpr &Use, bool &Locks) const;
  bool isOnlyAsked(const VarDecl &V) const;
  bool isLastUnlock(const Stmt &S, const VarDecl &V) const;
  bool isWrittenAgain(const VarDecl &V, const CompoundStmt &Block) const;
  bool usesSharedState(const VarDecl &Except) const;
  bool isMeant(SourceRange Section, const CompoundStmt &Block, unsigned Next);
  bool hasComment(SourceLocation From, SourceLocation To) const;
  void add(IdleLock::Kind What, llvm::StringRef Name, SourceLocation Loc) {
    Result.push_back({What, Name.str(), Loc});
  }

  TranslationUnit &TU;
  const FunctionDecl &F;
  const BodyParents Body;
  const SourceManager &SM;
  llvm::SmallVector<IdleLock, 1> Result;
};
} // namespace

const FunctionModel *IdleFinder::model(const Stmt *S) const {
  const auto *E = dyn_cast_or_null<Expr>(S);
  if (!E || !(isa<CallExpr>(E) || isa<CXXConstructExpr>(E)))
    return nullptr;
  const FunctionDecl *Named = namedCallee(E);
  return Named ? TU.models().function(Named, writtenArgs(E)) : nullptr;
}

static bool hasTag(TranslationUnit &TU, const CXXConstructExpr &E,
                   TagMeaning Meaning) {
  for (const Expr *Arg : E.arguments()) {
    const TypeModel *T = TU.models().type(Arg->getType());
    if (T && T->Kind == TypeKind::GuardTag &&
        (Meaning == TagMeaning::None || T->Tag == Meaning))
      return true;
  }
  return false;
}

/// The construction takes a lock, and the object's end gives it back.
bool IdleFinder::isGuard(const Expr &Made) const {
  const auto *Construct = dyn_cast<CXXConstructExpr>(&Made);
  if (!Construct || writtenArgs(Construct) == 0 ||
      Construct->getConstructor()->isCopyOrMoveConstructor())
    return false;
  const CXXRecordDecl *R = Construct->getConstructor()->getParent();
  if (const TypeModel *T = TU.models().record(R))
    return T->Kind == TypeKind::Guard && !T->Inverted &&
           !hasTag(TU, *Construct, TagMeaning::None);
  const CXXDestructorDecl *End = R->hasDefinition() ? R->getDestructor() : nullptr;
  return End && End->hasBody() &&
         TU.functions().mayLock(Construct->getConstructor()) &&
         !TU.summaries().of(Construct->getConstructor()).Acquires.empty() &&
         !TU.summaries().of(End).Releases.empty();
}

/// Clang says it already, without being asked.
static bool isNoDiscard(const Expr &E) {
  const FunctionDecl *Named = namedCallee(&E);
  if (!Named)
    return false;
  if (Named->hasAttr<WarnUnusedResultAttr>())
    return true;
  const auto *R = E.getType()->getAsCXXRecordDecl();
  return R && R->hasAttr<WarnUnusedResultAttr>();
}

/// The call in `(void)call()`. Null: there is no such cast.
static const Expr *withoutVoidCast(const Expr &E) {
  const Expr *Plain = E.IgnoreImplicit()->IgnoreParens();
  const auto *Cast = dyn_cast<ExplicitCastExpr>(Plain);
  return Cast && Cast->getType()->isVoidType() ? Cast->getSubExpr() : nullptr;
}

/// A guard that a function returns, and that nobody takes.
bool IdleFinder::isReturnedGuard(const Expr &Made) const {
  const TypeModel *T = isa<CallExpr>(Made) && Made.isPRValue()
                           ? TU.models().type(Made.getType())
                           : nullptr;
  return T && T->Kind == TypeKind::Guard && !T->Inverted;
}

void IdleFinder::lookAtDiscarded(const Expr &E, const CompoundStmt &Block,
                                 unsigned At) {
  const Expr *Dropped = withoutVoidCast(E);
  const Expr *Made = producer(Dropped ? Dropped : &E);
  if (!(isa<CallExpr>(Made) || isa<CXXConstructExpr>(Made)) ||
      (!Dropped && isNoDiscard(*Made)))
    return;
  const FunctionModel *M = model(Made);
  // A guard that is cast to void is meant. A result of try_lock() that is cast
  // keeps the compiler quiet, and nothing else.
  if (Dropped && (!M || M->Does != Effect::TryAcquire))
    return;
  if (isReturnedGuard(*Made))
    return add(IdleLock::Temporary,
               Made->getType()->getAsCXXRecordDecl()->getName(),
               Made->getBeginLoc());
  if (isGuard(*Made)) {
    const auto *Class = cast<CXXConstructExpr>(Made)->getConstructor()->getParent();
    return add(IdleLock::Temporary, Class->getName(), Made->getBeginLoc());
  }
  if (!M)
    return;
  if (M->Does == Effect::Acquire)
    return lookAtPair(*Made, Block, At);
  // Something must follow, and not merely the release.
  if (M->Does != Effect::TryAcquire || At + 1 >= Block.size())
    return;
  const auto *Next = dyn_cast<Expr>(Block.body_begin()[At + 1]);
  const FunctionModel *Then = Next ? model(producer(Next)) : nullptr;
  if (!Then || Then->Does != Effect::Release)
    add(IdleLock::IgnoredTry, namedCallee(Made)->getName(), Made->getExprLoc());
}

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

/// Guard \p V is asked what it knows, or told to unlock if it owns the lock,
/// and nothing else. That it is told so without a question is LooseReleases'
/// finding.
bool IdleFinder::isOnlyAsked(const VarDecl &V) const {
  bool Only = true, Asked = false, Told = false;
  forEachStmt(F.getBody(), Lambdas::Inside, [&](const Stmt *S) {
    const auto *Use = dyn_cast<DeclRefExpr>(S);
    if (!Use || Use->getDecl() != &V)
      return;
    const Stmt *Outer = Body.parent(Use);
    while (Outer && (isa<MemberExpr>(Outer) || isa<ImplicitCastExpr>(Outer) ||
                     isa<ParenExpr>(Outer)))
      Outer = Body.parent(Outer);
    const FunctionModel *M = model(Outer);
    Asked |= M && M->Does == Effect::OwnsLock;
    Told |= M && M->Does == Effect::Release;
    Only &= M && (M->Does == Effect::Release || M->Does == Effect::OwnsLock ||
                  M->Does == Effect::ManagedLock || M->Does == Effect::Disown);
  });
  return Only && (Asked || !Told);
}

static bool isMentioned(const VarDecl &V, const FunctionDecl &F) {
  return mentionedDecls(F.getBody())
      .count(cast<ValueDecl>(V.getCanonicalDecl()));
}

/// A branch of the template that `if constexpr` leaves out here may use anything.
static bool leavesCodeOut(const FunctionDecl &F, const BodyParents &Body) {
  return F.isTemplateInstantiation() &&
         llvm::any_of(Body.all(), [](const Stmt *S) {
           const auto *If = dyn_cast<IfStmt>(S);
           return If && If->isConstexpr();
         });
}

/// The text behind the declaration has the name: also what the preprocessor left
/// out, such as an `assert`.
bool IdleFinder::isWrittenAgain(const VarDecl &V,
                                const CompoundStmt &Block) const {
  llvm::StringRef Text = Lexer::getSourceText(
      CharSourceRange::getTokenRange(SM.getExpansionLoc(V.getEndLoc()),
                                     SM.getExpansionLoc(Block.getEndLoc())),
      SM, TU.context().getLangOpts());
  return Text.contains(V.getName());
}

/// `bool ok = mu.try_lock();`, and nobody asks.
void IdleFinder::lookAtResultVariable(const VarDecl &V, const Expr &Made,
                                      const CompoundStmt &Block, unsigned At) {
  const FunctionModel *M = model(&Made);
  if (!M || M->Does != Effect::TryAcquire || !V.getIdentifier() ||
      At + 1 >= Block.size() || V.getLocation().isMacroID() ||
      V.hasAttr<UnusedAttr>() || isMentioned(V, F) || leavesCodeOut(F, Body) ||
      isWrittenAgain(V, Block))
    return;
  const auto *Next = dyn_cast<Expr>(Block.body_begin()[At + 1]);
  const FunctionModel *Then = Next ? model(producer(Next)) : nullptr;
  if (!Then || Then->Does != Effect::Release)
    add(IdleLock::IgnoredTry, namedCallee(&Made)->getName(), Made.getExprLoc());
}

void IdleFinder::lookAtGuardVariable(const VarDecl &V,
                                     const CXXConstructExpr &Made,
                                     const CompoundStmt &Block, unsigned At) {
  const TypeModel *T = TU.models().type(V.getType());
  if (!T || T->Kind != TypeKind::Guard || !V.getIdentifier() ||
      Made.getConstructor()->isCopyOrMoveConstructor())
    return;
  if (writtenArgs(&Made) == 0 && T->ManyLocks)
    return add(IdleLock::NoLock, V.getName(), V.getLocation());
  if (leavesCodeOut(F, Body))
    return;
  if ((writtenArgs(&Made) == 0 || hasTag(TU, Made, TagMeaning::Deferred)) &&
      isOnlyAsked(V))
    return add(IdleLock::NeverLocked, V.getName(), V.getLocation());
  if (hasTag(TU, Made, TagMeaning::Try) && At + 1 < Block.size() &&
      !isMentioned(V, F))
    return add(IdleLock::IgnoredTry, V.getName(), V.getLocation());
}

/// `own[i]`
static bool isElement(const Stmt &S) {
  const auto *Op = dyn_cast<CXXOperatorCallExpr>(&S);
  return isa<ArraySubscriptExpr>(S) || (Op && Op->getOperator() == OO_Subscript);
}

/// The lock is locked, unlocked, made, destroyed or waited with: nothing that lets
/// another thread see it.
bool IdleFinder::isAllowedUse(const DeclRefExpr &Use, bool &Locks) const {
  const Stmt *Outer = Body.parent(&Use);
  while (Outer && (isa<MemberExpr>(Outer) || isa<CastExpr>(Outer) ||
                   isa<ParenExpr>(Outer) || isa<UnaryOperator>(Outer) ||
                   isElement(*Outer)))
    Outer = Body.parent(Outer);
  if (const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(Outer)) {
    Locks |= isGuard(*Construct);
    return isGuard(*Construct);
  }
  const FunctionModel *M = model(Outer);
  if (!M)
    return false;
  Locks |= M->Does == Effect::Acquire;
  return M->Does == Effect::Acquire || M->Does == Effect::Release ||
         (M->Does == Effect::Inert && !handedOn(cast<Expr>(Outer)));
}

/// The function works with something that other threads may see: members, globals,
/// what pointers and references lead to, other functions.
bool IdleFinder::usesSharedState(const VarDecl &Except) const {
  return llvm::any_of(Body.all(), [&](const Stmt *S) {
    if (isa<CXXThisExpr>(S))
      return true;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      return !model(Call) && namedCallee(Call) &&
             !namedCallee(Call)->getBuiltinID();
    const auto *Use = dyn_cast<DeclRefExpr>(S);
    const auto *V = Use ? dyn_cast<VarDecl>(Use->getDecl()) : nullptr;
    return V && V != &Except &&
           (!V->hasLocalStorage() || V->getType()->isReferenceType() ||
            V->getType()->isPointerType());
  });
}

/// Parallel regions share the locals around them, also where the pragma is ignored.
static bool hasParallelRegion(const FunctionDecl &F, const SourceManager &SM) {
  llvm::StringRef Text = Lexer::getSourceText(
      CharSourceRange::getTokenRange(F.getSourceRange()), SM, LangOptions());
  return Text.contains("pragma omp") || Text.contains("_Pragma");
}

/// The lock that an object of type \p T is, or that it is an array of. Null: neither.
static const TypeModel *lockIn(QualType T, TranslationUnit &TU) {
  T = TU.context().getBaseElementType(T);
  const auto *Container =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(T->getAsCXXRecordDecl());
  const TypeModel *Model = TU.models().type(T);
  if (Container && Container->getTemplateArgs().size() != 0 &&
      ((Model && Model->Kind == TypeKind::Container) ||
       (Container->isInStdNamespace() && Container->getName() == "array"))) {
    const TemplateArgument &Element = Container->getTemplateArgs()[0];
    Model = Element.getKind() == TemplateArgument::Type
                ? TU.models().type(Element.getAsType())
                : nullptr;
  }
  return Model && Model->Kind == TypeKind::Lock ? Model : nullptr;
}

void IdleFinder::lookAtLockVariable(const VarDecl &V) {
  const TypeModel *T = lockIn(V.getType(), TU);
  bool OfThread = V.getTLSKind() != VarDecl::TLS_None;
  if (!T || V.getType()->isReferenceType() ||
      V.getType()->isPointerType() || V.hasExternalStorage() ||
      !(V.hasLocalStorage() || OfThread) || !V.getIdentifier())
    return;
  bool Locks = false, Only = true;
  forEachStmt(F.getBody(), Lambdas::Inside, [&](const Stmt *S) {
    const auto *Use = dyn_cast<DeclRefExpr>(S);
    if (Use && Use->getDecl() == &V)
      Only &= isAllowedUse(*Use, Locks); // false in a lambda: no parent
    Only &= !isa<BlockExpr>(S) && !isa<OMPExecutableDirective>(S) &&
            !isa<AsmStmt>(S);
    // A wait needs some lock, and nobody else may want this one.
    const FunctionModel *M = model(S);
    Only &= !M || M->Does != Effect::ConditionWait;
  });
  if (Only && Locks && usesSharedState(V) && !hasParallelRegion(F, SM))
    add(OfThread ? IdleLock::ThreadLock : IdleLock::LocalLock, V.getName(),
        V.getLocation());
}

void IdleFinder::lookAtVariable(const VarDecl &V, const CompoundStmt &Block,
                                unsigned At) {
  lookAtLockVariable(V);
  if (!V.hasLocalStorage() || !V.hasInit())
    return;
  lookAtResultVariable(V, *producer(V.getInit()), Block, At);
  const auto *Made = dyn_cast<CXXConstructExpr>(producer(V.getInit()));
  if (!Made)
    return;
  lookAtGuardVariable(V, *Made, Block, At);
  if (!isGuard(*Made))
    return;
  bool Unlocked =
      At + 1 < Block.size() && isLastUnlock(*Block.body_begin()[At + 1], V);
  unsigned Next = Unlocked ? At + 2 : At + 1;
  if (At == 0 && Next == Block.size() &&
      !isa_and_nonnull<CXXTryStmt, CXXCatchStmt>(Body.parent(&Block))) {
    const auto *Outer =
        dyn_cast_or_null<CompoundStmt>(Body.parent(&Block));
    if (!Outer)
      return; // a whole function that waits for the lock's owner
    Next =
        std::distance(Outer->body_begin(), llvm::find(Outer->body(), &Block)) +
        1;
    if (!isMeant(Block.getSourceRange(), *Outer, Next))
      add(IdleLock::EmptySection, V.getName(), V.getLocation());
  } else if (Unlocked && !isMeant({Block.body_begin()[At]->getBeginLoc(),
                                   Block.body_begin()[At + 1]->getEndLoc()},
                                  Block, Next)) {
    add(IdleLock::EmptySection, V.getName(), V.getLocation());
  }
}

/// \p S tells guard \p V to unlock, and nothing else is done with V.
bool IdleFinder::isLastUnlock(const Stmt &S, const VarDecl &V) const {
  const auto *E = dyn_cast<Expr>(&S);
  const FunctionModel *M = E ? model(producer(E)) : nullptr;
  if (!M || M->Does != Effect::Release)
    return false;
  const Expr *Object = argumentAt(*producer(E), M->Object);
  if (!Object || TU.paths().of(Object) != TU.paths().variable(&V))
    return false;
  unsigned Uses = 0;
  forEachStmt(F.getBody(), Lambdas::Inside, [&](const Stmt *Use) {
    const auto *Ref = dyn_cast<DeclRefExpr>(Use);
    Uses += Ref && Ref->getDecl() == &V;
  });
  return Uses == 1;
}

//===----------------------------------------------------------------------===//
// Sections without content
//===----------------------------------------------------------------------===//

bool IdleFinder::hasComment(SourceLocation From, SourceLocation To) const {
  llvm::StringRef Text = Lexer::getSourceText(
      CharSourceRange::getTokenRange(SM.getExpansionLoc(From),
                                     SM.getExpansionLoc(To)),
      SM, TU.context().getLangOpts());
  return Text.contains("//") || Text.contains("/*");
}

/// The section \p Section, followed by statement number \p Next of \p Block, is
/// there to wait for the lock's owner: a comment or the function's name says so, a
/// notification follows, or nothing that could need protection does.
bool IdleFinder::isMeant(SourceRange Section, const CompoundStmt &Block,
                         unsigned Next) {
  if (Section.getBegin().isMacroID() || isa<CXXDestructorDecl>(F) ||
      Next >= Block.size())
    return true;
  const Stmt *Before = nullptr; // the comment stands between it and the section
  for (const Stmt *Child : Block.body()) {
    if (!SM.isBeforeInTranslationUnit(Child->getBeginLoc(), Section.getBegin()))
      break;
    Before = Child;
  }
  const Stmt *After = Block.body_begin()[Next];
  if (hasComment(Before ? Before->getEndLoc() : Block.getLBracLoc(),
                 After->getBeginLoc()))
    return true;
  const auto *E = dyn_cast<Expr>(After);
  if (!E)
    return true;
  E = producer(E);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return !Binary->isAssignmentOp();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return !Unary->isIncrementDecrementOp();
  return true;
}

/// `mu.lock(); mu.unlock();`
void IdleFinder::lookAtPair(const Expr &Locking, const CompoundStmt &Block,
                            unsigned At) {
  if (At + 1 >= Block.size())
    return;
  const auto *Next = dyn_cast<Expr>(Block.body_begin()[At + 1]);
  const Expr *Unlocking = Next ? producer(Next) : nullptr;
  const FunctionModel *L = model(&Locking), *U = model(Unlocking);
  if (!U || U->Does != Effect::Release)
    return;
  const Expr *Locked = argumentAt(Locking, L->Object);
  const Expr *Unlocked = argumentAt(*Unlocking, U->Object);
  if (Locked && Unlocked &&
      TU.paths().of(Locked) == TU.paths().of(Unlocked) &&
      !isMeant({Locking.getBeginLoc(), Unlocking->getEndLoc()}, Block, At + 2))
    add(IdleLock::EmptySection, TU.paths().of(Locked)->str(),
        Locking.getExprLoc());
}

void IdleFinder::lookAtStatement(const Stmt &S, const CompoundStmt &Block,
                                 unsigned At) {
  if (const auto *E = dyn_cast<Expr>(&S))
    return lookAtDiscarded(*E, Block, At);
  if (const auto *Declared = dyn_cast<DeclStmt>(&S))
    for (const Decl *D : Declared->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        lookAtVariable(*V, Block, At);
}

llvm::SmallVector<IdleLock, 1> IdleFinder::find() {
  for (const Stmt *S : Body.all())
    if (const auto *Block = dyn_cast<CompoundStmt>(S))
      for (unsigned I = 0; I < Block->size(); ++I)
        lookAtStatement(*Block->body_begin()[I], *Block, I);
  return std::move(Result);
}

llvm::SmallVector<IdleLock, 1> idleLocks(TranslationUnit &TU,
                                         const FunctionDecl &F) {
  const FunctionScan *Scan = TU.functions().scan(&F);
  if (!Scan || Scan->OverBudget || !F.hasBody())
    return {};
  return IdleFinder(TU, F).find();
}

} // namespace threadlint
