//===- LostOutcomes.cpp - Tasks whose outcome nobody sees -----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/LostOutcomes.h"
#include "analysis/BodyParents.h"
#include "analysis/FutureUses.h"
#include "analysis/LockPath.h"
#include "analysis/NameWords.h"
#include "analysis/SequentialTasks.h"
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

/// A comment says why nothing is done.
bool isBlank(const CompoundStmt &Body, const ASTContext &Context) {
  if (!Body.body_empty())
    return false;
  const SourceManager &SM = Context.getSourceManager();
  llvm::StringRef Text = Lexer::getSourceText(
      CharSourceRange::getCharRange(Body.getLBracLoc(), Body.getRBracLoc()), SM,
      Context.getLangOpts());
  return Text.drop_front(Text.empty() ? 0 : 1).trim().empty();
}

/// The empty `catch (...)` of a body that is one `try`. Null: there is none.
const CXXCatchStmt *emptyHandler(const FunctionDecl &Entry,
                                 const ASTContext &Context) {
  const Stmt *Body = Entry.getBody();
  const auto *Block = dyn_cast<CompoundStmt>(Body);
  if (Block) {
    // `return nullptr;` of a thread's entry follows.
    if (Block->body_empty() || Block->size() > 2 ||
        (Block->size() == 2 && !isa<ReturnStmt>(Block->body_back())))
      return nullptr;
    Body = *Block->body_begin();
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
  // A container's elements are used in more ways than can be seen.
  const TypeModel *Type = TU.models().type(V->getType());
  if (!Type || Type->Kind != TypeKind::Future)
    return false;
  FutureUses Used = futureUses(*V, F, Parents, TU.models());
  return !Used.Gets && !Used.Unknown;
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
        keepsOutcome(T, TU.models()) && isUnread(T))
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
