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

constexpr unsigned MaxForwards = 3; // `[this] { run(); }`

/// All returns of \p F give the same null: they say nothing.
bool returnsOnlyNull(const FunctionDecl &F, const ASTContext &Context) {
  bool Only = true;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *Return = dyn_cast<ReturnStmt>(S);
    const Expr *Value = Return ? Return->getRetValue() : nullptr;
    Only &= !Value ||
            Value->isNullPointerConstant(const_cast<ASTContext &>(Context),
                                         Expr::NPC_ValueDependentIsNotNull);
  });
  return Only;
}

/// A comment says why nothing is done. `return;` is nothing.
bool isBlank(const CompoundStmt &Body, const FunctionDecl &In,
             const ASTContext &Context) {
  const auto *Return =
      Body.size() == 1 ? dyn_cast<ReturnStmt>(*Body.body_begin()) : nullptr;
  if (!Body.body_empty() &&
      !(Return && (!Return->getRetValue() || returnsOnlyNull(In, Context))))
    return false;
  const SourceManager &SM = Context.getSourceManager();
  llvm::StringRef Text = Lexer::getSourceText(
      CharSourceRange::getCharRange(Body.getLBracLoc(), Body.getRBracLoc()), SM,
      Context.getLangOpts());
  if (Return)
    return !Text.contains("//") && !Text.contains("/*");
  return Text.drop_front(Text.empty() ? 0 : 1).trim().empty();
}

/// The one statement of \p Entry, which may be the `try` of its body. Null:
/// there are more.
const Stmt *onlyStatement(const FunctionDecl &Entry) {
  const auto *Block = dyn_cast<CompoundStmt>(Entry.getBody());
  if (!Block)
    return Entry.getBody();
  const Stmt *Only = nullptr;
  for (const Stmt *S : Block->body()) {
    // Variables before it; `return nullptr;` of a thread's entry after it.
    if (Only ? isa<ReturnStmt>(S) : isa<DeclStmt>(S))
      continue;
    if (Only)
      return nullptr;
    Only = S;
  }
  return Only;
}

/// The empty `catch (...)` of a body that is one `try`, or one call of such a
/// function. Null: there is none.
const CXXCatchStmt *emptyHandler(const FunctionDecl &Entry, TranslationUnit &TU,
                                 unsigned Depth = 0) {
  const Stmt *Body = onlyStatement(Entry);
  if (const auto *E = dyn_cast_or_null<Expr>(Body)) {
    const auto *Call = dyn_cast<CallExpr>(E->IgnoreImplicit());
    const FunctionDecl *Callee = Call ? callee(Call) : nullptr;
    const FunctionDecl *Definition = nullptr;
    return Depth < MaxForwards && Callee && Callee->hasBody(Definition) &&
                   TU.functions().scan(Definition)
               ? emptyHandler(*Definition, TU, Depth + 1)
               : nullptr;
  }
  const auto *Try = dyn_cast_or_null<CXXTryStmt>(Body);
  if (!Try || Try->getNumHandlers() == 0)
    return nullptr;
  const CXXCatchStmt *Last = Try->getHandler(Try->getNumHandlers() - 1);
  const auto *Handler = dyn_cast<CompoundStmt>(Last->getHandlerBlock());
  bool CatchesAll = Last->getCaughtType().isNull();
  return CatchesAll && Handler && isBlank(*Handler, Entry, TU.context())
             ? Last
             : nullptr;
}

/// The function that the task enters, whether its body is visible or not. Null:
/// unknown.
const FunctionDecl *entryOf(const Task &T) {
  if (T.Entry || !T.Callable)
    return T.Entry;
  const Expr *E = producer(T.Callable);
  const auto *Address = dyn_cast<UnaryOperator>(E);
  if (Address && Address->getOpcode() == UO_AddrOf)
    E = Address->getSubExpr()->IgnoreParens();
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
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
  bool isUnreadMember(const FieldDecl &Future) const;
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
  if (!T.Handle)
    return false;
  if (const FieldDecl *Field = T.Handle->field())
    return isUnreadMember(*Field);
  const VarDecl *V = T.Handle->variable();
  return V && V->hasLocalStorage() && !isa<ParmVarDecl>(V) &&
         !V->getType()->isReferenceType() && isUnread(*V);
}

bool Finder::isUnread(const VarDecl &Future) const {
  if (!holdsFutures(Future.getType(), TU.models()))
    return false;
  FutureUses Used = futureUses(Future, F, Parents, TU.models());
  return !Used.Gets && !Used.Unknown;
}

bool isMemberOf(const FunctionDecl &F, const CXXRecordDecl &Class) {
  for (const DeclContext *DC = &F; DC; DC = DC->getParent())
    if (const auto *R = dyn_cast<CXXRecordDecl>(DC))
      if (R->getCanonicalDecl() == Class.getCanonicalDecl())
        return true;
  return false;
}

/// A private member of a class all of whose functions are visible.
bool Finder::isUnreadMember(const FieldDecl &Future) const {
  const auto *Class = dyn_cast<CXXRecordDecl>(Future.getParent());
  if (!Class || Future.getAccess() != AS_private ||
      !holdsFutures(Future.getType(), TU.models()) ||
      isa<ClassTemplateSpecializationDecl>(Class) ||
      !TU.flags().isOnlyHere(Future))
    return false;
  for (const Decl *D : Class->decls()) {
    const auto *Method = dyn_cast<CXXMethodDecl>(D);
    if (Method && Method->isUserProvided() && !Method->isDeleted() &&
        !Method->isVirtualAsWritten() && !Method->hasBody())
      return false;
    const auto *Field = dyn_cast<FieldDecl>(D);
    const Expr *Init = Field ? Field->getInClassInitializer() : nullptr;
    if (isa<FriendDecl>(D) || isa<FunctionTemplateDecl>(D) ||
        (Init && mentionedDecls(Init).count(Future.getCanonicalDecl())))
      return false;
  }
  for (const FunctionDecl *Other : TU.functions().functions()) {
    if (!isMemberOf(*Other, *Class))
      continue;
    const FunctionScan *Scan = TU.functions().scan(Other);
    if (!Scan || Scan->OverBudget)
      return false;
    FutureUses Used =
        futureUses(Future, *Other, BodyParents(*Other), TU.models());
    if (Used.Gets || Used.Unknown)
      return false;
  }
  return true;
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
    const FunctionDecl *Entry = entryOf(T);
    if (!Entry)
      continue;
    if (T.Entry)
      if (const CXXCatchStmt *Handler = emptyHandler(*T.Entry, TU))
        Result.push_back({&T, Entry, How::Handler, Handler->getBeginLoc()});
    bool Throws = TU.exceptions().mayLeave(Entry);
    if ((Throws || isOutcome(Entry->getReturnType())) &&
        (keepsOutcome(T, TU.models()) ? isUnread(T) : isUnreadPackage(T)))
      Result.push_back({&T, Entry, Throws ? How::Exception : How::Result,
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
