//===- EscapedReferences.cpp - Guarded state that is handed out -----------===//
// See the header. Only what points into storage that the lock guards counts; a
// copy of a stored pointer is somebody else's object.
//===----------------------------------------------------------------------===//
#include "analysis/EscapedReferences.h"
#include "analysis/AccessUses.h"
#include "analysis/BodyParents.h"
#include "analysis/Borrowing.h"
#include "analysis/Branches.h"
#include "analysis/CallInfo.h"
#include "analysis/ConditionUses.h"
#include "analysis/GuardInference.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "analysis/WaitTests.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include <memory>

using namespace clang;

namespace threadlint {

// Of a hundred accesses, so many hold the lock that guards the state.
static constexpr unsigned GuardedPercent = 70;

namespace {

/// A change of state under a lock of the same object.
struct Change {
  const FunctionAccesses *In;
  const Expr *Where;
  RelativeName State, Lock;
  ObjectUse How;
  bool Lazy; ///< only if the state, or a flag, says that it is missing
};

class Finder {
public:
  explicit Finder(TranslationUnit &TU)
      : TU(TU), All(TU.accesses()), Guards(TU.guards()), M(TU.models()) {}

  std::vector<EscapedReference> run();

private:
  bool matters(const FunctionAccesses &F) const;
  void search(const FunctionAccesses &F);
  void consider(const FunctionAccesses &F, Borrowing &Search, const Expr &Value,
                QualType T, const ParmVarDecl *Parameter);
  void considerOptional(const FunctionAccesses &F, Borrowing &Search,
                        const Expr &Value, QualType Held);
  const KnownLock *guard(const FunctionAccesses &F, const Borrow &B,
                         RelativeName &State, RelativeName &Lock);
  const Change *changeOf(const FunctionAccesses &F, const Borrow &B,
                         const RelativeName &State, const RelativeName &Lock);
  void collectChanges();
  void addChange(const FunctionAccesses &F, const Access &Named,
                 const Access &Written, ObjectUse How,
                 const BodyParents &Parents,
                 llvm::ArrayRef<const IfStmt *> Once);
  void addLatch(const Expr *Condition, const FunctionDecl &F, DeclSet &To);
  std::vector<const IfStmt *> runOnce(const FunctionAccesses &F,
                                      const BodyParents &Parents);
  DeclSet awaitedLatches(const FunctionAccesses &F);
  bool guardsItself(QualType T, unsigned Depth = 2) const;

  TranslationUnit &TU;
  LockedAccesses &All;
  GuardInference &Guards;
  const Models &M;
  bool Collected = false;
  std::vector<Change> Changes;
  std::vector<EscapedReference> Found;
};

} // namespace

//===----------------------------------------------------------------------===//
// Who changes the state?
//===----------------------------------------------------------------------===//

/// `if (!cache_) cache_ = make();`
static bool isLazy(const Expr *Where, const ValueDecl &State,
                   const BodyParents &Parents) {
  const Stmt *Child = Where;
  for (const Stmt *S = Parents.parent(Child); S;
       Child = S, S = Parents.parent(S)) {
    const auto *If = dyn_cast<IfStmt>(S);
    if (If && If->getCond() != Child &&
        mentionedDecls(If->getCond()).count(&State))
      return true;
  }
  return false;
}

/// Who changes the state says with a flag that it does not change any more.
static bool sets(const FunctionAccesses &F, const DeclSet &Flags) {
  return llvm::any_of(F.Body.All, [&](const Access &A) {
    return A.Kind == AccessKind::Write && Flags.count(A.Decl);
  });
}

void Finder::addLatch(const Expr *Condition, const FunctionDecl &F,
                      DeclSet &To) {
  auto Fixed = TU.flags().fixedValue(Condition, F);
  if (Fixed && !Fixed->FromTheStart)
    To.insert(Fixed->Variable);
}

/// `if (!loaded_) { text_ = read(); loaded_ = true; }`, and nobody clears the
/// flag.
std::vector<const IfStmt *> Finder::runOnce(const FunctionAccesses &F,
                                            const BodyParents &Parents) {
  std::vector<const IfStmt *> Result;
  for (const Stmt *S : Parents.all()) {
    DeclSet Latches;
    if (const auto *If = dyn_cast<IfStmt>(S))
      addLatch(If->getCond(), *F.F, Latches);
    if (!Latches.empty() && sets(F, Latches))
      Result.push_back(cast<IfStmt>(S));
  }
  return Result;
}

/// What \p A does. `items_[key] = x` inserts an element, or changes the one
/// that is there.
static ObjectUse changeBy(const Access &A, const BodyParents &Parents) {
  UseOfObject Use = useOf(A, Parents);
  if (Use.Use != ObjectUse::Inserts || !Use.By)
    return Use.Use;
  const Expr *To = nullptr, *From = nullptr;
  for (const Stmt *S = Parents.parent(Use.By); S; S = Parents.parent(S)) {
    if (isAssignment(*S, To, From))
      return To->IgnoreParenImpCasts() == Use.By ? ObjectUse::Element : Use.Use;
    if (!isa<ParenExpr>(S) && !isa<CastExpr>(S))
      break;
  }
  return Use.Use;
}

/// \p Named is the container or object, \p Written what changes it or its
/// element; \p Once are the branches that run once.
void Finder::addChange(const FunctionAccesses &F, const Access &Named,
                       const Access &Written, ObjectUse How,
                       const BodyParents &Parents,
                       llvm::ArrayRef<const IfStmt *> Once) {
  const LocksAt *At = LockedAccesses::at(F, Written.Where);
  if (!At || All.isBeforeOrAfterSharing(F, Written.Where))
    return;
  llvm::SmallVector<KnownLock, 2> Held = At->Must;
  Held.append(heldByAllCallers(F));
  const SourceManager &SM = TU.context().getSourceManager();
  bool Lazy = isLazy(Written.Where, *Named.Decl, Parents) ||
              llvm::any_of(Once, [&](const IfStmt *If) {
                return decides(*If, *Written.Where, Parents, SM);
              });
  for (const GuardInference::Place &P : GuardInference::places(Named.Path))
    for (const KnownLock &L : Held) {
      RelativeName Lock = GuardInference::relativeLock(L.Path, P.Object);
      if (!Lock.empty())
        Changes.push_back({&F, Written.Where, P.Name, Lock, How, Lazy});
    }
}

/// `stop()` empties everything when nobody is there any more; `close(id)` does
/// not.
static bool isStop(const FunctionDecl &F) {
  return F.getIdentifier() && F.getNumParams() == 0 &&
         namesStartOrStop(F.getName());
}

void Finder::collectChanges() {
  Collected = true;
  for (const auto &F : All.functions()) {
    if (isa<CXXConstructorDecl>(F->F) || isa<CXXDestructorDecl>(F->F) ||
        isStop(*F->F) || (!F->HasFlow && heldByAllCallers(*F).empty()))
      continue;
    std::unique_ptr<BodyParents> Parents;
    std::unique_ptr<Borrowing> Search;
    std::vector<const IfStmt *> Once;
    for (const Access &A : F->Body.All) {
      if (!isWrite(A.Kind))
        continue;
      if (!Parents) {
        Parents = std::make_unique<BodyParents>(*F->F);
        Search = std::make_unique<Borrowing>(*F, All, M);
        Once = runOnce(*F, *Parents);
      }
      addChange(*F, A, A, changeBy(A, *Parents), *Parents, Once);
      // `it->second.count++`, `for (auto &item : items_) item.seen = true;`
      Search->forget();
      Borrow B = Search->behind(
          A.Where,
          F->F->getASTContext().getLValueReferenceType(A.Where->getType()));
      if (B && B.In == F.get() && B.Storage->Where != A.Where)
        addChange(*F, *B.Storage, A, ObjectUse::Element, *Parents, Once);
    }
  }
}

static bool startsWith(const RelativeName &Name, const RelativeName &Prefix) {
  return Name.size() >= Prefix.size() &&
         std::equal(Prefix.begin(), Prefix.end(), Name.begin());
}

/// Whether a change of the kind makes what was borrowed wrong.
static bool spoils(const Change &C, const Borrow &B, const FunctionAccesses &F,
                   bool IsContainer) {
  if (C.Lazy || C.How == ObjectUse::Asks)
    return false;
  switch (B.How) {
  case Reach::Whole:
    return true;
  case Reach::Element:
    return B.Moves || !IsContainer || C.How != ObjectUse::Inserts;
  case Reach::Owned:
    return C.In != &F &&
           (C.How == ObjectUse::Changes || C.How == ObjectUse::Replaces);
  }
  return false;
}

/// The flags that \p F waits for, and that nobody clears once they are set:
/// `ready_.wait(lock, [this] { return done_; });`
DeclSet Finder::awaitedLatches(const FunctionAccesses &F) {
  DeclSet Latches;
  for (const ConditionWait &W : TU.conditions().waits()) {
    if (W.In != F.F || W.Timed)
      continue;
    for (const Expr *Condition : loopTests(W, TU.context()))
      addLatch(Condition, *F.F, Latches);
    const FunctionDecl *Test =
        W.Predicate ? callableBody(W.Predicate) : nullptr;
    if (Test && Test->hasBody())
      forEachStmt(Test->getBody(), Lambdas::Outside, [&](const Stmt *S) {
        if (const auto *Return = dyn_cast<ReturnStmt>(S))
          addLatch(Return->getRetValue(), *Test, Latches);
      });
  }
  return Latches;
}

const Change *Finder::changeOf(const FunctionAccesses &F, const Borrow &B,
                               const RelativeName &State,
                               const RelativeName &Lock) {
  if (!Collected)
    collectChanges();
  DeclSet Latches = awaitedLatches(F);
  bool IsContainer = isContainer(B.Storage->Decl->getType(), M);
  const Change *Result = nullptr;
  for (const Change &C : Changes)
    if (C.Lock == Lock && startsWith(C.State, State) &&
        spoils(C, B, F, IsContainer) && !sets(*C.In, Latches) &&
        (!Result || Result->In == &F))
      Result = &C; // best in another function
  return Result;
}

//===----------------------------------------------------------------------===//
// What may leave?
//===----------------------------------------------------------------------===//

/// Has atomics only, or a lock of its own, or cannot be changed through it.
bool Finder::guardsItself(QualType T, unsigned Depth) const {
  if (T->isAtomicType() || T->isFunctionType())
    return true;
  const TypeModel *Type = M.type(T);
  if (Type && Type->Kind != TypeKind::Container &&
      Type->Kind != TypeKind::Stream)
    return true;
  const RecordDecl *R = T->getAsRecordDecl();
  if (!R || !(R = R->getDefinition()) || Depth == 0)
    return false;
  if (R->getName().lower().find("atomic") != std::string::npos)
    return true;
  bool Any = false, All = true;
  for (const FieldDecl *Field : R->fields()) {
    const TypeModel *Member = M.type(Field->getType());
    if (Member && Member->Kind == TypeKind::Lock)
      return true;
    bool Safe = Field->getType().isConstQualified() ||
                guardsItself(Field->getType(), Depth - 1);
    Any |= Safe;
    All &= Safe;
  }
  if (const auto *Class = dyn_cast<CXXRecordDecl>(R))
    for (const CXXBaseSpecifier &Base : Class->bases())
      if (guardsItself(Base.getType(), Depth - 1))
        return true;
  return Any && All;
}

/// The function marks what it hands out as taken: `slot->used = true;`,
/// `++refs`.
static bool isClaimed(const FunctionAccesses &F, const DeclSet &Locals) {
  if (Locals.empty())
    return false;
  return llvm::any_of(F.Body.All, [&](const Access &A) {
    if (!isWrite(A.Kind) && A.Kind != AccessKind::Atomic)
      return false;
    const auto *Member = dyn_cast<MemberExpr>(A.Where);
    if (!Member || !Member->getType()->isScalarType())
      return false;
    for (const ValueDecl *D : mentionedDecls(Member->getBase()))
      if (Locals.count(D))
        return true;
    return false;
  });
}

/// A recursive lock that a caller keeps protects what it gets.
static bool holdsAlready(const FunctionAccesses &F, const LockPath *Lock) {
  return llvm::any_of(F.Calls, [&](const CallContext &C) {
    return llvm::any_of(C.Must,
                        [&](const KnownLock &L) { return L.Path == Lock; });
  });
}

/// The lock of this function's that guards the state, if one does.
const KnownLock *Finder::guard(const FunctionAccesses &F, const Borrow &B,
                               RelativeName &State, RelativeName &Lock) {
  const LocksAt *At = LockedAccesses::at(F, B.At);
  if (!At || !At->May.empty())
    return nullptr;
  auto Places = GuardInference::places(B.Storage->Path);
  for (const GuardInference::Place &P : llvm::reverse(Places))
    for (const KnownLock &L : At->Must) {
      if (!L.Here || llvm::is_contained(F.Keeps, L.Path) ||
          llvm::is_contained(F.Expects, L.Path) || holdsAlready(F, L.Path))
        continue;
      Lock = GuardInference::relativeLock(L.Path, P.Object);
      bool Global = !Lock.empty() && isa_and_nonnull<VarDecl>(Lock.front());
      if (Lock.empty() ||
          (Global && P.Object && P.Object->kind() != LockPath::Kind::This))
        continue;
      GuardInference::Share Share = Guards.share(P.Name, Lock);
      if (Share.Held * 100 < GuardedPercent * (Share.Held + Share.Bare))
        continue;
      State = P.Name;
      return &L;
    }
  return nullptr;
}

static EscapedReference::Kind kindOf(QualType T) {
  if (T->isReferenceType())
    return EscapedReference::Kind::Reference;
  if (T->isPointerType())
    return EscapedReference::Kind::Pointer;
  return isIterator(T) ? EscapedReference::Kind::Iterator
                       : EscapedReference::Kind::View;
}

void Finder::consider(const FunctionAccesses &F, Borrowing &Search,
                      const Expr &Value, QualType T,
                      const ParmVarDecl *Parameter) {
  Search.forget();
  Borrow B = T->isReferenceType() || isPointing(T) ? Search.behind(&Value, T)
                                                   : Search.refersTo(&Value);
  if (!B || !Guards.isSharedState(*B.In, *B.Storage) ||
      isClaimed(F, Search.locals()) || All.isBeforeOrAfterSharing(F, B.At))
    return;
  QualType Target = T->isRecordType() ? QualType() : T->getPointeeType();
  if (!Target.isNull() && guardsItself(Target))
    return;
  RelativeName State, Lock;
  const KnownLock *L = guard(F, B, State, Lock);
  const Change *C = L ? changeOf(F, B, State, Lock) : nullptr;
  if (!C)
    return;
  Found.push_back({kindOf(T), &Value, B.At, B.In == &F ? nullptr : B.In->F,
                   Parameter, B.Storage->Path->str(), *L, C->Where});
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// `Item *&found`, `const char **text`, `std::string_view &view`: what it may
/// set.
static QualType outType(const ParmVarDecl &P) {
  QualType T = P.getType();
  if (!T->isLValueReferenceType() && !T->isPointerType())
    return {};
  T = T->getPointeeType();
  return !T.isConstQualified() && isPointing(T) ? T : QualType();
}

/// What a std::optional of something that points may hold. Null: no optional of
/// such a type.
static QualType pointingInOptional(QualType T) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  QualType Held =
      R && R->getIdentifier() && R->getName() == "optional" ? heldType(T)
                                                            : QualType();
  return !Held.isNull() && isPointing(Held) ? Held : QualType();
}

/// `return it->second;` for an optional view: what it is made of.
void Finder::considerOptional(const FunctionAccesses &F, Borrowing &Search,
                              const Expr &Value, QualType Held) {
  const auto *Made = dyn_cast<CXXConstructExpr>(producer(&Value));
  const Expr *Of =
      Made && Made->getNumArgs() > 0 ? producer(Made->getArg(0)) : &Value;
  if (isPointing(Of->getType()))
    return consider(F, Search, *Of, Held, nullptr);
  if (Of->isGLValue() && isView(Held))
    consider(F, Search, *Of, Of->getType(), nullptr);
}

bool Finder::matters(const FunctionAccesses &F) const {
  if (F.Acquires.empty() || F.Vague || F.OnlySetup ||
      isa<CXXConstructorDecl>(F.F) || isa<CXXDestructorDecl>(F.F))
    return false;
  QualType T = F.F->getReturnType();
  return T->isReferenceType() || isPointing(T) ||
         !pointingInOptional(T).isNull() ||
         llvm::any_of(F.F->parameters(), [](const ParmVarDecl *P) {
           return !outType(*P).isNull();
         });
}

/// The parameter that the assignment's left side sets. Null: none.
static const ParmVarDecl *parameterSetBy(const Expr *To) {
  To = To->IgnoreParenImpCasts();
  const auto *Unary = dyn_cast<UnaryOperator>(To);
  const auto *Subscript = dyn_cast<ArraySubscriptExpr>(To); // `out[0]`
  bool Through = Subscript || (Unary && Unary->getOpcode() == UO_Deref);
  if (Through)
    To = (Subscript ? Subscript->getBase() : Unary->getSubExpr())
             ->IgnoreParenImpCasts();
  const auto *Ref = dyn_cast<DeclRefExpr>(To);
  const auto *P = Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
  return P && Through == P->getType()->isPointerType() ? P : nullptr;
}

void Finder::search(const FunctionAccesses &F) {
  Borrowing Search(F, All, M);
  std::vector<const Stmt *> Leaving;
  forEachStmt(F.F->getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (isa<ReturnStmt>(S) || isa<BinaryOperator>(S) ||
        isa<CXXOperatorCallExpr>(S))
      Leaving.push_back(S);
  });
  llvm::stable_sort(Leaving, [](const Stmt *A, const Stmt *B) {
    return A->getBeginLoc() < B->getBeginLoc();
  });
  for (const Stmt *S : Leaving) {
    if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
      QualType T = F.F->getReturnType(), Held = pointingInOptional(T);
      if (const Expr *Value = Return->getRetValue()) {
        if (Held.isNull())
          consider(F, Search, *Value, T, nullptr);
        else
          considerOptional(F, Search, *Value, Held);
      }
      continue;
    }
    const Expr *To = nullptr, *From = nullptr;
    const ParmVarDecl *P =
        isAssignment(*S, To, From) ? parameterSetBy(To) : nullptr;
    QualType T = P ? outType(*P) : QualType();
    if (!T.isNull())
      consider(F, Search, *From, T, P);
  }
}

std::vector<EscapedReference> Finder::run() {
  for (const auto &F : All.functions())
    if (matters(*F))
      search(*F);
  return std::move(Found);
}

std::vector<EscapedReference> escapedReferences(TranslationUnit &TU) {
  return Finder(TU).run();
}

} // namespace threadlint
