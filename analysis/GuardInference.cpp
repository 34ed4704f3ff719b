//===- GuardInference.cpp - Which lock guards which field? ----------------===//
// See the header. Doubt makes an access count for neither side.
//===----------------------------------------------------------------------===//
#include "analysis/GuardInference.h"
#include "analysis/FlagCondition.h"
#include "analysis/AccessDoubts.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/LLVMCompat.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "analysis/NameWords.h"
#include "analysis/SourceOnly.h"
#include "analysis/Statements.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace threadlint {

// A field of a member of a member: deeper ones are other objects' business.
static constexpr unsigned MaxSteps = 3;
// A lock that more fields than these would belong to is held through phases of an
// object's life, such as the set-up of a connection, and not for each of them.
static constexpr int MaxFieldsOfLock = 40;

GuardInference::~GuardInference() = default;

//===----------------------------------------------------------------------===//
// Names relative to an object
//===----------------------------------------------------------------------===//

/// The field of the template's pattern, the same for all instantiations.
static const ValueDecl *patternOf(const FieldDecl &Field) {
  const auto *Class = dyn_cast<CXXRecordDecl>(Field.getParent());
  const CXXRecordDecl *Pattern =
      Class ? Class->getTemplateInstantiationPattern() : nullptr;
  if (Pattern)
    for (const FieldDecl *Twin : Pattern->fields())
      if (Twin->getDeclName() == Field.getDeclName())
        return Twin;
  return Field.getCanonicalDecl();
}

/// The object that the field at the end of \p P is a part of, without pointers
/// and references in between. Null: it is reached through one.
static const LockPath *wholeOf(const LockPath *P) {
  const LockPath *Whole = P->parent();
  while (Whole && Whole->kind() == LockPath::Kind::Element)
    Whole = Whole->parent();
  if (!Whole)
    return nullptr;
  const ValueDecl *D = Whole->field();
  if (!D)
    D = Whole->variable();
  const auto *Class = dyn_cast<CXXRecordDecl>(P->field()->getParent());
  QualType T;
  if (D)
    T = D->getASTContext().getBaseElementType(D->getType());
  if (!D || !T->isRecordType())
    return nullptr;
  const RecordDecl *Held = T->getAsRecordDecl();
  if (Held->getCanonicalDecl() == P->field()->getParent()->getCanonicalDecl())
    return Whole;
  const auto *Derived = dyn_cast<CXXRecordDecl>(Held);
  return Class && Derived && Derived->hasDefinition() &&
                 Derived->isDerivedFrom(Class)
             ? Whole
             : nullptr;
}

llvm::SmallVector<GuardInference::Place, 3>
GuardInference::places(const LockPath *P) {
  llvm::SmallVector<Place, 3> Result;
  RelativeName Name;
  for (unsigned Step = 0; P && Step < MaxSteps; ++Step) {
    if (const VarDecl *V = P->variable()) {
      if (V->hasGlobalStorage()) {
        Name.insert(Name.begin(), V->getCanonicalDecl());
        Result.push_back({nullptr, Name});
      }
      break;
    }
    if (!P->field())
      break;
    Name.insert(Name.begin(), patternOf(*P->field()));
    Result.push_back({P->parent(), Name});
    P = wholeOf(P);
  }
  return Result;
}

RelativeName GuardInference::relativeLock(const LockPath *Lock,
                                          const LockPath *Object) {
  RelativeName Name;
  for (const LockPath *P = Lock; P; P = P->parent()) {
    if (P == Object) {
      if (Name.empty())
        Name.push_back(nullptr); // the object is a lock
      return Name;
    }
    if (const FieldDecl *Field = P->field())
      Name.insert(Name.begin(), patternOf(*Field));
    else if (const VarDecl *V = P->variable()) {
      if (!V->hasGlobalStorage())
        return {};
      Name.insert(Name.begin(), V->getCanonicalDecl());
    } else if (P->kind() != LockPath::Kind::Element)
      return {};
  }
  return Name;
}

//===----------------------------------------------------------------------===//
// What needs a lock at all
//===----------------------------------------------------------------------===//

/// Has its own protection, or is made to be used by several threads.
static bool protectsItself(const TypeModel &Type) {
  return Type.Kind != TypeKind::Container && Type.Kind != TypeKind::Stream;
}

/// Whether a field is one. Kept: finding the fields of a class means to pass
/// all its methods.
bool GuardInference::hasLock(const RecordDecl *R) {
  auto [It, New] = HasLock.try_emplace(R, false);
  if (New)
    for (const FieldDecl *Field : R->fields())
      if (const TypeModel *Type = M.type(Field->getType()))
        It->second |= Type->Kind == TypeKind::Lock;
  return It->second;
}

/// An atomic, or something that each thread has for itself:
/// boost::thread_specific_ptr, QThreadStorage, ThreadLocalPtr.
static bool namesOwnSafety(StringRef Class) {
  static const char *const Words[] = {"atomic", "thread_specific", "threadlocal",
                                      "thread_local", "threadstorage"};
  return llvm::any_of(
      Words, [&](const char *W) { return Class.find(W) != StringRef::npos; });
}

bool GuardInference::computeNeedsLock(QualType T, unsigned Depth) {
  // Models know pthread_mutex_t, a typedef, by that name.
  T = Context.getBaseElementType(T);
  if (const TypeModel *Type = M.type(T))
    if (protectsItself(*Type))
      return false;
  T = T.getCanonicalType();
  if (T->isReferenceType() || T->isAtomicType())
    return false;
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (Class && namesOwnSafety(Class->getName().lower()))
    return false;
  const RecordDecl *R = T->getAsRecordDecl();
  if (!R || !(R = R->getDefinition()) || Depth == 0 || R->isInStdNamespace())
    return true;
  // A class with a lock of its own guards itself.
  if (hasLock(R))
    return false;
  if (const auto *Derived = dyn_cast<CXXRecordDecl>(R))
    for (const CXXBaseSpecifier &Base : Derived->bases())
      if (!Base.getType()->isDependentType() &&
          !computeNeedsLock(Base.getType(), Depth - 1))
        return false;
  return true;
}

bool GuardInference::needsLock(const ValueDecl &D) {
  auto [It, New] = NeedsLock.try_emplace(&D, false);
  if (!New)
    return It->second;
  const auto *V = dyn_cast<VarDecl>(&D);
  QualType T = D.getType();
  bool Needs =
      !T->isDependentType() && !T.isConstQualified() && !isSignalFlag(T) &&
      !(V && V->getTLSKind() != VarDecl::TLS_None) && computeNeedsLock(T, 2);
  NeedsLock[&D] = Needs;
  return Needs;
}

//===----------------------------------------------------------------------===//
// Groups
//===----------------------------------------------------------------------===//

/// An object that only this call of the function has.
static bool isOwn(const FunctionAccesses &F, const LockPath *Object) {
  const LockPath *Root = Object->root();
  if (Root->kind() == LockPath::Kind::Temporary)
    return true;
  if (Root->kind() == LockPath::Kind::Parameter) {
    const auto *Function = static_cast<const FunctionDecl *>(Root->decl());
    return Root->number() < Function->getNumParams() &&
           Function->getParamDecl(Root->number())->getType()->isRecordType() &&
           Object == Root;
  }
  const VarDecl *V = Root->variable();
  if (!V || V->hasGlobalStorage())
    return false;
  if (F.Body.Fresh.count(V->getCanonicalDecl()))
    return true;
  // By value, with no pointer between the variable and the field.
  for (const LockPath *P = Object; P != Root; P = P->parent())
    if (P->field() && !wholeOf(P))
      return false;
  return V->getType()->isRecordType();
}

bool GuardInference::isShared(const FunctionAccesses &F, const Access &A,
                              const LockPath *Object) const {
  if (!Object)
    return true;
  if (Object->root()->isUnknown() || isOwn(F, Object))
    return false;
  const auto *Field = dyn_cast<FieldDecl>(A.Decl);
  // A smart pointer's variable is local, what it points to is not.
  const VarDecl *V = Object->variable();
  return !(V && !V->hasGlobalStorage() && Field &&
           V->getType()->getAsRecordDecl() == Field->getParent());
}

bool GuardInference::isSharedState(const FunctionAccesses &F, const Access &A) {
  llvm::SmallVector<Place, 3> Places = places(A.Path);
  return needsLock(*A.Decl) && !Places.empty() &&
         llvm::all_of(Places,
                      [&](const Place &P) { return isShared(F, A, P.Object); });
}

void GuardInference::collect() {
  Collected = true;
  for (const auto &F : Accesses.functions())
    for (const Access &A : F->Body.All) {
      // A copy that the compiler writes copies the lock as well, which is
      // another mistake.
      if (F->F->isDefaulted() || !needsLock(*A.Decl))
        continue;
      for (const Place &P : places(A.Path)) {
        if (!isShared(*F, A, P.Object))
          continue;
        Group &G = Groups[P.Name];
        if (G.empty())
          Order.push_back(P.Name);
        G.push_back({F.get(), &A, P.Object});
      }
    }
}

std::vector<RelativeName> GuardInference::candidates(const Group &G) {
  std::vector<RelativeName> Result;
  auto Add = [&](const LockPath *Lock, const LockPath *Object) {
    RelativeName Name = relativeLock(Lock, Object);
    if (!Name.empty() && !llvm::is_contained(Result, Name))
      Result.push_back(Name);
  };
  for (const Instance &I : G) {
    if (const LocksAt *At = LockedAccesses::at(*I.In, I.What->Where))
      for (const KnownLock &L : At->Must)
        Add(L.Path, I.Object);
    for (const CallContext &C : I.In->Calls)
      for (const KnownLock &L : C.Must)
        Add(L.Path, I.Object);
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// One access and one lock
//===----------------------------------------------------------------------===//

struct GuardInference::Verdict {
  bool Guarded = false;   ///< at least for some callers
  bool Unguarded = false; ///< here
  /// Calls that come without the lock, though others hold it.
  llvm::SmallVector<const CallContext *, 2> Through;
};

template <class LocksT>
static bool holds(const LocksT &Locks, const RelativeName &Lock,
                  const LockPath *Object) {
  return llvm::any_of(Locks, [&](const KnownLock &L) {
    return GuardInference::relativeLock(L.Path, Object) == Lock;
  });
}

static bool names(llvm::ArrayRef<const LockPath *> Locks,
                  const RelativeName &Lock, const LockPath *Object) {
  return llvm::any_of(Locks, [&](const LockPath *P) {
    return GuardInference::relativeLock(P, Object) == Lock;
  });
}

/// \p Held may be the lock under a name that nobody can compare.
static bool mayBe(const LockPath *Held, const RelativeName &Lock,
                  const LockPath *Object) {
  const FieldDecl *Field = Held->field();
  if (!Field)
    return !Held->variable() || !Held->variable()->hasGlobalStorage();
  if (!Lock.back() || patternOf(*Field) != Lock.back())
    return false;
  // `this->mu_` is not `other.mu_`.
  const LockPath *A = Held->root(), *B = Object ? Object->root() : nullptr;
  bool Apart = B && A != B &&
               (A->kind() == LockPath::Kind::This ||
                A->kind() == LockPath::Kind::Parameter) &&
               (B->kind() == LockPath::Kind::This ||
                B->kind() == LockPath::Kind::Parameter);
  return !Apart;
}

static bool mayHold(const LocksAt &At, const RelativeName &Lock,
                    const LockPath *Object) {
  return llvm::any_of(At.May,
                      [&](const LockPath *P) {
                        return mayBe(P, Lock, Object) ||
                               GuardInference::relativeLock(P, Object) == Lock;
                      }) ||
         llvm::any_of(At.Must, [&](const KnownLock &L) {
           return mayBe(L.Path, Lock, Object);
         });
}

/// `Foo(const Foo &other) : x_(other.x_)`: the other one may be in use.
static bool isCopiedFrom(const FunctionDecl &F, const LockPath *Object) {
  const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F);
  return Ctor && Ctor->isCopyOrMoveConstructor() && Object &&
         Object->root()->kind() == LockPath::Kind::Parameter;
}

static bool isRecursive(const RelativeName &Lock, const Models &M) {
  const TypeModel *Type =
      Lock.back() ? M.type(Lock.back()->getType()) : nullptr;
  return !Type || Type->Recursive;
}

/// `void stop() { items_.clear(); }` may run when the threads are gone; a flag
/// that it sets is for them.
static bool isStartOrStop(const FunctionDecl &F, const ValueDecl &Field) {
  return F.getIdentifier() && namesStartOrStop(F.getName()) &&
         !Field.getType()->isArithmeticType();
}

GuardInference::Verdict GuardInference::judge(const Instance &I,
                                              const RelativeName &Lock) {
  Verdict V;
  const FunctionAccesses &F = *I.In;
  const LocksAt *At = LockedAccesses::at(F, I.What->Where);
  if (!At)
    return V;
  bool Copied = isCopiedFrom(*F.F, I.Object);
  if (!Copied && (isa<CXXConstructorDecl>(F.F) || isa<CXXDestructorDecl>(F.F)))
    return V;
  if (holds(At->Must, Lock, I.Object)) {
    V.Guarded = true;
    return V;
  }
  if (mayHold(*At, Lock, I.Object) ||
      (!Copied && Accesses.isBeforeOrAfterSharing(F, I.What->Where)) ||
      names(F.Expects, Lock, I.Object) ||
      Accesses.isInOpenWindow(F, I.What->Where) ||
      isStartOrStop(*F.F, *I.What->Decl))
    return V;
  if (Copied || (names(F.Acquires, Lock, I.Object) && !isRecursive(Lock, M))) {
    V.Unguarded = true; // its callers cannot hold it
    return V;
  }
  return judgeCallers(I, Lock);
}

GuardInference::Verdict GuardInference::judgeCallers(const Instance &I,
                                                     const RelativeName &Lock) {
  Verdict V;
  const FunctionAccesses &F = *I.In;
  if (F.IsTask) {
    V.Unguarded = true;
    return V;
  }
  for (const CallContext &C : F.Calls) {
    if (holds(C.Must, Lock, I.Object))
      V.Guarded = true;
    else if (!C.Vague && !names(C.May, Lock, I.Object) &&
             !(C.FromOutside && mayHoldOutside(Lock)))
      V.Through.push_back(&C);
  }
  if (F.Outside) {
    bool Convention = V.Guarded && V.Through.empty();
    if (!Convention && !F.Vague && !mayHoldOutside(Lock))
      V.Unguarded = true;
  } else if (!F.Vague && !V.Guarded) {
    V.Unguarded = !V.Through.empty();
  }
  if (V.Unguarded || !V.Guarded)
    V.Through.clear();
  return V;
}

/// A member that hands the lock out, or that may return with it held.
static bool handsOut(const CXXMethodDecl &Method, const ValueDecl &Lock) {
  QualType T = Method.getReturnType();
  if ((T->isReferenceType() || T->isPointerType()) &&
      T->getPointeeType().getCanonicalType().getUnqualifiedType() ==
          Lock.getType().getCanonicalType().getUnqualifiedType())
    return true;
  return !Method.hasBody() && Method.getIdentifier() &&
         llvm::any_of(nameWords(Method.getName()),
                      [](llvm::StringRef W) { return W == "lock"; });
}

/// Whether a function that cannot be seen may call with the lock held.
bool GuardInference::mayHoldOutside(const RelativeName &Lock) {
  const ValueDecl *D = Lock.back();
  if (!D)
    return true;
  auto [It, New] = HeldOutside.try_emplace(Lock, false);
  if (!New)
    return It->second;
  bool May;
  if (D->getAccess() == AS_private || D->getAccess() == AS_protected)
    May = false;
  else if (const auto *V = dyn_cast<VarDecl>(D))
    May = V->isExternallyVisible() && !isInSourceOnly(*V);
  else
    May = !isInSourceOnly(*D);
  if (const auto *Class = dyn_cast<CXXRecordDecl>(D->getDeclContext()))
    for (const CXXMethodDecl *Method : Class->methods())
      May |= Method->getAccess() == AS_public && handsOut(*Method, *D);
  for (const auto &F : Accesses.functions())
    for (const LockPath *P : F->Keeps) {
      const ValueDecl *Kept = P->field() ? patternOf(*P->field()) : nullptr;
      if (const VarDecl *V = P->variable())
        Kept = V->getCanonicalDecl();
      May |= Kept == D && F->Outside;
    }
  HeldOutside[Lock] = May;
  return May;
}

//===----------------------------------------------------------------------===//
// Accesses that are right without the lock
//===----------------------------------------------------------------------===//

/// Whoever writes alone need not lock to read.
bool GuardInference::isOnlyThread(const Group &G, const FunctionAccesses &F) {
  if (F.Thread.None || F.Thread.Many)
    return false;
  for (const Instance &I : G) {
    if (I.What->Kind == AccessKind::Read ||
        Accesses.isBeforeOrAfterSharing(*I.In, I.What->Where))
      continue;
    const ThreadOf &T = I.In->Thread;
    if (T.None || T.Many || T.Entry != F.Thread.Entry)
      return false;
  }
  return true;
}

/// The condition that \p E is a part of. Null: none.
static const Stmt *conditionAround(const Expr *E, const BodyParents &Parents) {
  const Stmt *Child = E;
  for (const Stmt *S = Parents.parent(E); S; S = Parents.parent(S)) {
    if (conditionIn(*S) == Child)
      return S;
    if (!isa<Expr>(S))
      return nullptr;
    Child = S;
  }
  return nullptr;
}

/// Which question a condition asks of the object: the member function, or null
/// for its value.
static const Decl *questionOf(const Expr *E, const BodyParents &Parents) {
  const auto *Member = dyn_cast_or_null<MemberExpr>(Parents.parent(E));
  if (const auto *Cast = dyn_cast_or_null<CastExpr>(Parents.parent(E)))
    Member = dyn_cast_or_null<MemberExpr>(Parents.parent(Cast));
  return Member ? Member->getMemberDecl()->getCanonicalDecl() : nullptr;
}

/// The answer is asked for again under the lock: double-checked on purpose.
bool GuardInference::isRechecked(const Instance &I, const RelativeName &Lock) {
  if (I.What->Kind != AccessKind::Read || !I.In->HasFlow)
    return false;
  BodyParents Parents(*I.In->F);
  if (!conditionAround(I.What->Where, Parents))
    return false;
  for (const Access &Other : I.In->Body.All) {
    if (Other.Path != I.What->Path || &Other == I.What)
      continue;
    const LocksAt *At = LockedAccesses::at(*I.In, Other.Where);
    if (At && holds(At->Must, Lock, I.Object) &&
        conditionAround(Other.Where, Parents) &&
        questionOf(Other.Where, Parents) == questionOf(I.What->Where, Parents))
      return true;
  }
  return false;
}

/// A value that is only logged may be a little old.
bool GuardInference::isLogged(const Instance &I) {
  if (I.What->Kind != AccessKind::Read)
    return false;
  const SourceManager &SM = Context.getSourceManager();
  SourceLocation Loc = I.What->Where->getExprLoc();
  for (unsigned Depth = 0; Loc.isMacroID() && Depth < 8; ++Depth) {
    if (namesLogging(
            Lexer::getImmediateMacroName(Loc, SM, Context.getLangOpts())))
      return true;
    Loc = SM.getImmediateMacroCallerLoc(Loc);
  }
  BodyParents Parents(*I.In->F);
  for (const Stmt *S = Parents.parent(I.What->Where); S && isa<Expr>(S);
       S = Parents.parent(S)) {
    const FunctionDecl *F = namedCallee(cast<Expr>(S));
    if (F && F->getIdentifier() && namesLogging(F->getName()))
      return true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// One group
//===----------------------------------------------------------------------===//

/// Something speaks for the access without the lock.
bool GuardInference::isExplained(const Unguarded &U, const Instance &I,
                                 const RelativeName &Lock) {
  const Expr *E = U.What->Where;
  return isLogged(I) || isRechecked(I, Lock) ||
         holdsOtherLock(*U.In, E, U.Through, Lock.back()) ||
         mayBeLockedByCall(*U.In, I.Object, E, Paths, M) ||
         isBeforeStart(*U.In, I.Object, E, Accesses);
}

struct GuardInference::Tally {
  unsigned Held = 0;
  unsigned Writes = 0;
  const Instance *Example = nullptr;
  llvm::SmallVector<const FunctionDecl *, 4> HolderFunctions;
  llvm::SmallVector<Unguarded, 2> Bad;
};

GuardInference::Tally GuardInference::tally(const Group &G,
                                            const RelativeName &Lock) {
  Tally Result;
  const SourceManager &SM = Context.getSourceManager();
  llvm::DenseMap<SourceLocation, bool> Seen; // instantiations count once
  for (const Instance &I : G) {
    SourceLocation Loc = SM.getExpansionLoc(I.What->Where->getExprLoc());
    if (!Seen.try_emplace(Loc, true).second)
      continue;
    Verdict V = judge(I, Lock);
    if (V.Guarded) {
      ++Result.Held;
      bool Writes = I.What->Kind != AccessKind::Read;
      if (!Result.Example || (Writes && Result.Writes == 0))
        Result.Example = &I;
      Result.Writes += Writes;
      if (!llvm::is_contained(Result.HolderFunctions, I.In->F))
        Result.HolderFunctions.push_back(I.In->F);
    }
    if (I.What->Kind == AccessKind::Address)
      continue; // what becomes of it is not known
    if (V.Unguarded && !isOnlyThread(G, *I.In))
      Result.Bad.push_back({I.In, I.What, nullptr});
    for (const CallContext *C : V.Through)
      Result.Bad.push_back({I.In, I.What, C});
  }
  return Result;
}

GuardInference::Share GuardInference::share(const RelativeName &Field,
                                            const RelativeName &Lock) {
  if (!Collected)
    collect();
  auto It = Groups.find(Field);
  if (It == Groups.end())
    return {};
  Tally T = tally(It->second, Lock);
  return {T.Held, unsigned(T.Bad.size())};
}

static std::string textOf(const RelativeName &Name) {
  std::string Text;
  for (const ValueDecl *D : Name)
    if (D && D->getIdentifier())
      Text += (Text.empty() ? "" : ".") + D->getNameAsString();
  return Text;
}

/// The lock that an attribute of the field names. Empty: none.
RelativeName GuardInference::declaredGuard(const Group &G, bool &OfPointee) {
  const ValueDecl *D = G.front().What->Decl;
  const Expr *Arg = nullptr;
  if (const auto *A = D->getAttr<GuardedByAttr>()) {
    Arg = A->getArg();
  } else if (const auto *A = D->getAttr<PtGuardedByAttr>()) {
    Arg = A->getArg();
    OfPointee = true;
  }
  return Arg ? relativeLock(Paths.of(Arg), Paths.thisObject()) : RelativeName();
}

/// A lock under which most fields that are touched are also touched without it
/// is there for something else: a whole connection, an order of events.
llvm::DenseMap<const ValueDecl *, int>
GuardInference::weighLocks(unsigned Percent) {
  llvm::DenseMap<const ValueDecl *, int> Weight;
  for (auto &[Name, G] : Groups)
    for (const RelativeName &Lock : candidates(G)) {
      Tally T = tally(G, Lock);
      unsigned Total = T.Held + T.Bad.size();
      if (T.Held * 100 >= Percent * Total)
        ++Weight[Lock.back()];
      else if (T.Held < T.Bad.size())
        --Weight[Lock.back()];
    }
  return Weight;
}

std::vector<GuardedField> GuardInference::violations(unsigned Percent) {
  if (!Collected)
    collect();
  llvm::DenseMap<const ValueDecl *, int> Weight = weighLocks(Percent);
  std::vector<GuardedField> Result;
  for (const RelativeName &Name : Order) {
    const Group &G = Groups[Name];
    if (llvm::any_of(G, [](const Instance &I) {
          return I.What->Kind == AccessKind::Atomic;
        }))
      continue;
    bool OfPointee = false;
    RelativeName Declared;
    if (Name.size() == 1)
      Declared = declaredGuard(G, OfPointee);
    std::vector<RelativeName> Locks = candidates(G);
    if (!Declared.empty())
      Locks = {Declared};
    Tally Best;
    const RelativeName *Guard = nullptr;
    for (const RelativeName &Lock : Locks) {
      Tally T = tally(G, Lock);
      if (!Guard || T.Held > Best.Held) {
        Best = std::move(T);
        Guard = &Lock;
      }
    }
    if (!Guard || Best.Bad.empty())
      continue;
    GuardedField Found;
    Found.Total = Best.Held + Best.Bad.size();
    Found.Held = Best.Held;
    Found.Declared = !Declared.empty();
    if (!Found.Declared &&
        (Weight.lookup(Guard->back()) <= 0 ||
         Weight.lookup(Guard->back()) > MaxFieldsOfLock || Best.Writes == 0 ||
         Best.HolderFunctions.size() < 2 ||
         Best.Held * 100 < Percent * Found.Total))
      continue;
    for (const Unguarded &U : Best.Bad) {
      Instance I{U.In, U.What, nullptr};
      for (const Instance &Candidate : G)
        if (Candidate.What == U.What)
          I = Candidate;
      if ((OfPointee && !U.What->Pointee) ||
          (!Found.Declared && isExplained(U, I, *Guard)))
        continue;
      Found.Bad.push_back(U);
    }
    if (Found.Bad.empty())
      continue;
    Found.Field = Name.back();
    Found.FieldName = textOf(Name);
    Found.LockName = textOf(*Guard);
    Found.Lock = Guard->back();
    if (Best.Example)
      Found.Example = Best.Example->What;
    Result.push_back(std::move(Found));
  }
  return Result;
}

} // namespace threadlint
