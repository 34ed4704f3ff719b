//===- LostOutcomes.cpp - Tasks whose outcome nobody sees -----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/LostOutcomes.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/FutureUses.h"
#include "analysis/LockPath.h"
#include "analysis/NameWords.h"
#include "analysis/SequentialTasks.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "analysis/ValuePlace.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace threadlint {
namespace {

using How = LostOutcome::How;

/// A comment says why nothing is done. `return;` is nothing.
bool isBlank(const CompoundStmt &Body, const ASTContext &Context) {
  const auto *Return =
      Body.size() == 1 ? dyn_cast<ReturnStmt>(*Body.body_begin()) : nullptr;
  if (!Body.body_empty() && !(Return && !Return->getRetValue()))
    return false;
  const SourceManager &SM = Context.getSourceManager();
  llvm::StringRef Text = Lexer::getSourceText(
      CharSourceRange::getCharRange(Body.getLBracLoc(), Body.getRBracLoc()), SM,
      Context.getLangOpts());
  Text = Text.drop_front(Text.empty() ? 0 : 1).trim();
  if (Return && Text.consume_front("return"))
    Text = Text.ltrim().drop_front(Text.empty() ? 0 : 1);
  return Text.empty();
}

/// The empty `catch (...)` of a body that is one `try`. Null: there is none.
const CXXCatchStmt *emptyHandler(const FunctionDecl &Entry,
                                 const ASTContext &Context) {
  const Stmt *Body = Entry.getBody();
  if (const auto *Block = dyn_cast<CompoundStmt>(Body)) {
    const Stmt *Only = nullptr;
    for (const Stmt *S : Block->body()) {
      // Variables before it; `return nullptr;` of a thread's entry after it.
      if (Only ? isa<ReturnStmt>(S) : isa<DeclStmt>(S))
        continue;
      if (Only)
        return nullptr;
      Only = S;
    }
    if (!Only)
      return nullptr;
    Body = Only;
  }
  const auto *Try = dyn_cast<CXXTryStmt>(Body);
  if (!Try || Try->getNumHandlers() == 0)
    return nullptr;
  const CXXCatchStmt *Last = Try->getHandler(Try->getNumHandlers() - 1);
  const auto *Handler = dyn_cast<CompoundStmt>(Last->getHandlerBlock());
  bool CatchesAll = Last->getCaughtType().isNull();
  return CatchesAll && Handler && isBlank(*Handler, Context) ? Last : nullptr;
}

/// A class or enumeration that is called Status, Error or Expected.
bool isOutcome(QualType T) {
  const TagDecl *Tag = T.getNonReferenceType()->getAsTagDecl();
  return Tag && Tag->getIdentifier() && namesOutcome(Tag->getName());
}

/// get() would tell what the task has done.
bool keepsOutcome(const Task &T, const Models &M) {
  if (T.Model->Ends == TaskEnd::FutureDestructor)
    return true;
  const TypeModel *Type = T.Model->Ends == TaskEnd::Pool
                              ? M.type(T.Spawn->getType())
                              : nullptr;
  return Type && Type->Kind == TypeKind::Future;
}

class Finder {
public:
  Finder(const FunctionDecl &F, TranslationUnit &TU)
      : F(F), TU(TU), Places(F, TU.paths()), Parents(F) {}

  std::vector<LostOutcome> find();

private:
  bool isUnread(const Task &T) const;
  bool isUnread(const VarDecl &Future) const;
  bool isUnreadPackage(const Task &T);

  const FunctionDecl &F;
  TranslationUnit &TU;
  ValuePlaces Places;
  BodyParents Parents;
};

bool Finder::isUnread(const Task &T) const {
  bool IsCast = false;
  if (isDiscarded(*T.Spawn, Places, IsCast))
    return true;
  const VarDecl *V = T.Handle ? T.Handle->variable() : nullptr;
  if (!V || !V->hasLocalStorage() || isa<ParmVarDecl>(V) ||
      V->getType()->isReferenceType())
    return false;
  return isUnread(*V);
}

bool Finder::isUnread(const VarDecl &Future) const {
  // A container's elements are used in more ways than can be seen.
  const TypeModel *Type = TU.models().type(Future.getType());
  if (!Type || Type->Kind != TypeKind::Future)
    return false;
  FutureUses Used = futureUses(Future, F, Parents, TU.models());
  return !Used.Gets && !Used.Unknown;
}

/// The task is a local std::packaged_task that goes to the thread, and whose
/// future is never read, or never taken.
bool Finder::isUnreadPackage(const Task &T) {
  const Expr *Moved = T.Callable ? handedOn(producer(T.Callable)) : nullptr;
  if (!Moved && T.Callable) // the thread's parameter is made from it
    if (const auto *Made = dyn_cast<CXXConstructExpr>(producer(T.Callable)))
      Moved = Made->getNumArgs() ? handedOn(producer(Made->getArg(0)))
                                 : nullptr;
  const auto *Ref = Moved ? dyn_cast<DeclRefExpr>(producer(Moved)) : nullptr;
  const auto *Package = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  const TypeModel *Type =
      Package ? TU.models().type(Package->getType()) : nullptr;
  if (!Type || Type->Kind != TypeKind::Promise || !Package->hasLocalStorage() ||
      isa<ParmVarDecl>(Package))
    return false;
  const Expr *Future = nullptr;
  const DeclRefExpr *Known = nullptr; ///< the use that takes the future
  unsigned Uses = 0;
  forEachStmt(F.getBody(), Lambdas::Inside, [&](const Stmt *S) {
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S)) {
      const auto *Object =
          dyn_cast<DeclRefExpr>(producer(Call->getImplicitObjectArgument()));
      if (Object && Object->getDecl() == Package && !Future &&
          Call->getType()->isRecordType()) { // get_future()
        Future = Call;
        Known = Object;
      }
    }
    const auto *Named = dyn_cast<DeclRefExpr>(S);
    Uses += Named && Named->getDecl() == Package && Named != Ref;
  });
  if (Uses != (Known ? 1 : 0))
    return false; // somebody else uses it
  const LockPath *Place = Future ? Places.of(*Future).Object : nullptr;
  const VarDecl *V = Place ? Place->variable() : nullptr;
  return !Future || (V && V->hasLocalStorage() && !isa<ParmVarDecl>(V) &&
                     isUnread(*V));
}

std::vector<LostOutcome> Finder::find() {
  std::vector<LostOutcome> Result;
  for (const Task &T : TU.tasks().of(&F)) {
    if (!T.Entry)
      continue;
    if (const CXXCatchStmt *Handler = emptyHandler(*T.Entry, TU.context()))
      Result.push_back({&T, How::Handler, Handler->getBeginLoc()});
    bool Throws = TU.exceptions().mayLeave(T.Entry);
    if ((Throws || isOutcome(T.Entry->getReturnType())) &&
        (keepsOutcome(T, TU.models()) ? isUnread(T) : isUnreadPackage(T)))
      Result.push_back({&T, Throws ? How::Exception : How::Result,
                        T.Spawn->getExprLoc()});
  }
  return Result;
}

} // namespace

std::vector<LostOutcome> lostOutcomes(const FunctionDecl &F,
                                      TranslationUnit &TU) {
  const FunctionDecl *Definition = nullptr;
  if (!F.hasBody(Definition) || Definition->isDependentContext())
    return {};
  return Finder(*Definition, TU).find();
}

} // namespace threadlint
