//===- EarlyStarts.cpp - Threads that run before their object does --------===//
// See the header. Bases come before members, members in the order of their
// declarations; the order of destruction is the reverse.
//===----------------------------------------------------------------------===//
#include "analysis/EarlyStarts.h"
#include "analysis/Accesses.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/InitOrder.h"
#include "analysis/LateStores.h"
#include "analysis/LockPath.h"
#include "analysis/NameWords.h"
#include "analysis/ObjectUses.h"
#include "analysis/SpawnCall.h"
#include "analysis/Statements.h"
#include "analysis/ThreadMembers.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {
namespace {

using Kind = EarlyStart::Kind;

constexpr unsigned MaxCallees = 16; // between a constructor and the spawns

/// A spawn in a function, or in what that calls on the same object.
struct Start {
  const Task *T;
  const Expr *Where;   ///< in the function that was asked about
  SharedObject Object; ///< Here: in the spawner
};

class Finder {
public:
  explicit Finder(TranslationUnit &TU)
      : TU(TU), Paths(TU.paths()), M(TU.models()), Below(TU.functions()) {}

  std::vector<EarlyStart> run();

private:
  void checkFunction(const FunctionDecl &F);
  void checkInitialiser(const Task &T);
  bool isInFunction(const Task &T) const;
  std::vector<Start> startsIn(const FunctionDecl &F);
  std::optional<SharedObject> objectIn(const Task &T);
  ObjectUses usesIn(const Start &S, const CXXRecordDecl *R);
  void addArgumentUses(const Task &T, ObjectUses &Uses);

  bool checkOrder(const CXXConstructorDecl &Ctor, const Start &S,
                  const ObjectUses &Uses);
  void checkVirtuals(const CXXConstructorDecl &Ctor, const Start &S,
                     const ObjectUses &Uses);
  void checkStores(const FunctionDecl &F, const Start &S,
                   const ObjectUses &Uses);
  const FieldDecl *waitingMember(const Task &T) const;
  void checkDestruction(const Start &S, const FieldDecl &Thread,
                        const ObjectUses &Uses);

  bool isLastThing(const CXXConstructorDecl &Ctor, const Expr &Where) const;
  std::optional<unsigned> initialising(const CXXConstructorDecl &Ctor,
                                       const Expr &Where) const;
  bool isMuchLater(const FieldDecl &Field, const CXXConstructorDecl &Ctor,
                   const InitProgress &Now) const;
  bool needsInitialiser(const FieldDecl &Field) const;
  bool startsObject(const FunctionDecl &F, const SharedObject &Object) const;
  bool mattersWhenGone(QualType T) const;

  TranslationUnit &TU;
  LockPaths &Paths;
  const Models &M;
  Overriders Below;
  llvm::DenseSet<const FieldDecl *> ReportedThreads;
  std::vector<EarlyStart> Result;
};

//===----------------------------------------------------------------------===//
// Starts
//===----------------------------------------------------------------------===//

/// `&C::run` of a virtual function.
const CXXMethodDecl *virtualEntry(const Task &T) {
  if (T.Entry || !T.Callable)
    return nullptr;
  const auto *Address = dyn_cast<UnaryOperator>(producer(T.Callable));
  const auto *Ref =
      Address && Address->getOpcode() == UO_AddrOf
          ? dyn_cast<DeclRefExpr>(Address->getSubExpr()->IgnoreParens())
          : nullptr;
  const auto *Method = Ref ? dyn_cast<CXXMethodDecl>(Ref->getDecl()) : nullptr;
  return Method && Method->isVirtual() ? Method : nullptr;
}

std::optional<SharedObject> Finder::objectIn(const Task &T) {
  if (T.Model->Ends == TaskEnd::Pool)
    return std::nullopt; // nobody knows when the pool runs it
  if (T.Entry)
    return objectOf(T, TU);
  SpawnCall Call = spawnCall(*T.Spawn, M);
  bool OnThis = virtualEntry(T) && !Call.Arguments.empty() &&
                isa<CXXThisExpr>(producer(Call.Arguments[0]));
  if (!OnThis)
    return std::nullopt;
  return SharedObject{Paths.thisObject(), Paths.thisObject()};
}

/// The spawns of \p F, and those of functions that a constructor calls on
/// `*this`.
std::vector<Start> Finder::startsIn(const FunctionDecl &F) {
  std::vector<Start> Starts;
  for (const Task &T : TU.tasks().of(&F))
    if (std::optional<SharedObject> Object = objectIn(T))
      Starts.push_back({&T, T.Spawn, *Object});
  if (!isa<CXXConstructorDecl>(F) || !TU.functions().maySpawn(&F))
    return Starts;
  llvm::SmallVector<std::pair<const FunctionDecl *, const Expr *>, 4> Work;
  llvm::DenseSet<const FunctionDecl *> Seen{&F};
  auto AddCalls = [&](const FunctionDecl &In, const Expr *Where) {
    for (const CallSite &Site : TU.bodies().of(In).Calls)
      if (Site.Object == Paths.thisObject() &&
          !isa<CXXConstructorDecl>(Site.Callee) &&
          TU.functions().maySpawn(Site.Callee) &&
          Seen.insert(Site.Callee).second)
        Work.push_back({Site.Callee, Where ? Where : Site.Where});
  };
  AddCalls(F, nullptr);
  while (!Work.empty() && Seen.size() < MaxCallees) {
    auto [Callee, Where] = Work.pop_back_val();
    for (const Task &T : TU.tasks().of(Callee))
      if (std::optional<SharedObject> Object = objectIn(T))
        if (Object->Here == Paths.thisObject())
          Starts.push_back({&T, Where, *Object});
    AddCalls(*Callee, Where);
  }
  return Starts;
}

/// `thread_(work, std::ref(queue_))`: it is going to be used.
void Finder::addArgumentUses(const Task &T, ObjectUses &Uses) {
  for (const Expr *Arg : spawnCall(*T.Spawn, M).Arguments) {
    const Expr *E = producer(Arg);
    const Expr *Referred = handedOn(E);
    bool IsReference = Referred && E->getType()->isRecordType();
    const auto *Address = dyn_cast<UnaryOperator>(E);
    if (!IsReference && !(Address && Address->getOpcode() == UO_AddrOf))
      continue;
    FieldChain Fields =
        fieldsFrom(Paths.of(IsReference ? Referred : E), Paths.thisObject());
    if (!Fields.empty())
      Uses.Fields.push_back({Fields, Arg, Waited::No});
  }
}

/// What the thread does with the object, of which \p R is the class that is
/// complete so far; null in C.
ObjectUses Finder::usesIn(const Start &S, const CXXRecordDecl *R) {
  auto Choose = [&](const CXXMethodDecl &Method) -> const FunctionDecl * {
    const CXXMethodDecl *Final = R ? finalIn(Method, *R) : nullptr;
    return Final && !Below.below(Method, *R) ? Final : nullptr;
  };
  ObjectUses Uses;
  if (S.T->Entry) {
    Uses = usesOf(S.Object.There, *S.T->Entry, TU, Choose);
  } else if (const CXXMethodDecl *Method = virtualEntry(*S.T)) {
    if (const FunctionDecl *Entry = Choose(*Method))
      Uses = usesOf(S.Object.There, *Entry, TU, Choose);
    Uses.Virtuals.push_back({Method, S.T->Callable, Waited::No});
  }
  return Uses;
}

//===----------------------------------------------------------------------===//
// Construction
//===----------------------------------------------------------------------===//

/// The index of the field whose initialiser contains \p Where. None: the body.
std::optional<unsigned> Finder::initialising(const CXXConstructorDecl &Ctor,
                                             const Expr &Where) const {
  for (const CXXCtorInitializer *Init : Ctor.inits()) {
    if (!Init->isAnyMemberInitializer())
      continue;
    bool Inside = false;
    forEachStmt(initialiserOf(*Init), Lambdas::Outside,
                [&](const Stmt *S) { Inside |= S == &Where; });
    if (Inside) {
      const FieldDecl *Field = Init->getMember();
      if (!Field) // of an anonymous union
        Field = Init->getIndirectMember()->getAnonField();
      return Field->getFieldIndex();
    }
  }
  return std::nullopt;
}

/// The initialiser of the last field starts the thread, and the body does nothing:
/// nothing of the object is still to come, unless a derived class has more.
bool Finder::isLastThing(const CXXConstructorDecl &Ctor,
                         const Expr &Where) const {
  const CXXRecordDecl *R = Ctor.getParent();
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Ctor.getBody());
  if (R->isPolymorphic() || isa<ClassTemplateSpecializationDecl>(R) || !Body ||
      !Body->body_empty())
    return false;
  std::optional<unsigned> Field = initialising(Ctor, Where);
  return Field && *Field + 1 == std::distance(R->field_begin(), R->field_end());
}

/// It is initialised later, and that changes something.
bool Finder::isMuchLater(const FieldDecl &Field, const CXXConstructorDecl &Ctor,
                         const InitProgress &Now) const {
  if (!isLater(Field, Now))
    return false;
  for (const CXXCtorInitializer *Init : Ctor.inits()) {
    if (!Init->isAnyMemberInitializer() || !Init->getMember() ||
        Init->getMember()->getCanonicalDecl() != Field.getCanonicalDecl())
      continue;
    const auto *Construct =
        dyn_cast_or_null<CXXConstructExpr>(initialiserOf(*Init));
    return !Construct || Construct->getNumArgs() != 0 ||
           !Construct->getConstructor()->isTrivial();
  }
  if (classOf(Field)->getCanonicalDecl() ==
      Ctor.getParent()->getCanonicalDecl())
    return false; // nothing initialises it
  return needsInitialiser(Field);
}

/// Every constructor does something about it.
bool Finder::needsInitialiser(const FieldDecl &Field) const {
  const CXXRecordDecl *R =
      TU.context().getBaseElementType(Field.getType())->getAsCXXRecordDecl();
  return Field.hasInClassInitializer() ||
         (R && R->hasDefinition() && !R->hasTrivialDefaultConstructor());
}

void addMember(std::vector<LateMember> &Members, const FieldUse &Use,
               const Expr *Set = nullptr) {
  const FieldDecl *Field = Use.Fields.front();
  if (llvm::none_of(Members,
                    [&](const LateMember &L) { return L.Field == Field; }))
    Members.push_back({Field, Use.Where, Set});
}

/// True if it has found something.
bool Finder::checkOrder(const CXXConstructorDecl &Ctor, const Start &S,
                        const ObjectUses &Uses) {
  InitProgress Now{Ctor.getParent(), initialising(Ctor, *S.Where)};
  EarlyStart Found{Kind::DeclaredLater, S.T, S.Where, {}};
  for (const FieldUse &Use : Uses.Fields)
    if (Use.Before != Waited::Yes &&
        isMuchLater(*Use.Fields.front(), Ctor, Now))
      addMember(Found.Members, Use);
  if (Found.Members.empty())
    return false;
  Result.push_back(std::move(Found));
  return true;
}

/// `explicit Base(bool start) { if (start) run(); }`: a derived class may say no,
/// and start the thread itself.
bool dependsOnParameter(const CXXConstructorDecl &Ctor, const Expr &Where) {
  BodyParents Parents(Ctor);
  for (const Stmt *S = Parents.parent(&Where); S; S = Parents.parent(S))
    if (const auto *If = dyn_cast<IfStmt>(S))
      for (const ValueDecl *D : mentionedDecls(If->getCond()))
        if (isa<ParmVarDecl>(D))
          return true;
  return false;
}

void Finder::checkVirtuals(const CXXConstructorDecl &Ctor, const Start &S,
                           const ObjectUses &Uses) {
  const CXXRecordDecl *R = Ctor.getParent();
  if (R->isEffectivelyFinal())
    return;
  for (const VirtualUse &Use : Uses.Virtuals) {
    const CXXMethodDecl *Final = finalIn(*Use.Method, *R);
    if (Use.Before != Waited::No || !Final)
      continue;
    const CXXMethodDecl *Override = Below.below(*Use.Method, *R);
    if (!Override && !isPureFunction(*Final))
      continue;
    if (dependsOnParameter(Ctor, *S.Where))
      return;
    EarlyStart Found{Kind::Virtual, S.T, S.Where, {}};
    Found.Called = Use.Method;
    Found.Override = Override;
    Found.Call = Use.Where;
    Result.push_back(std::move(Found));
    return;
  }
}

//===----------------------------------------------------------------------===//
// Values that are set after the start
//===----------------------------------------------------------------------===//

/// One is the other, or a part of it.
bool overlap(const FieldChain &A, const FieldChain &B) {
  size_t N = std::min(A.size(), B.size());
  if (!std::equal(A.begin(), A.begin() + N, B.begin()))
    return false;
  return A.size() == B.size() || A[N - 1]->getType()->isRecordType();
}

/// The function makes or sets up the object that it hands to the thread.
bool Finder::startsObject(const FunctionDecl &F,
                          const SharedObject &Object) const {
  if (isa<CXXConstructorDecl>(F))
    return Object.Here == Paths.thisObject();
  const LockPath *Root = Object.Here;
  if (const VarDecl *V = Root->variable())
    return TU.bodies().of(F).Fresh.count(V->getCanonicalDecl());
  return Root->kind() == LockPath::Kind::Parameter && F.getIdentifier() &&
         (namesSetup(F.getName()) || namesCreation(F.getName()));
}

void Finder::checkStores(const FunctionDecl &F, const Start &S,
                         const ObjectUses &Uses) {
  const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F);
  bool InBody = !Ctor || !initialising(*Ctor, *S.Where);
  FieldChain Handle =
      S.T->Handle ? fieldsFrom(S.T->Handle, S.Object.Here) : FieldChain();
  EarlyStart Found{Kind::SetLater, S.T, S.Where, {}};
  for (const LateStore &Store :
       storesAfter(F, *S.Where, InBody, S.Object.Here, TU)) {
    if (!Handle.empty() && Handle.front() == Store.Fields.front())
      continue;
    for (const FieldUse &Use : Uses.Fields)
      if (Use.Before == Waited::No && overlap(Use.Fields, Store.Fields)) {
        addMember(Found.Members, Use, Store.Where);
        break;
      }
  }
  if (!Found.Members.empty())
    Result.push_back(std::move(Found));
}

//===----------------------------------------------------------------------===//
// Destruction
//===----------------------------------------------------------------------===//

/// A flag that is gone is still there; a lock or a container is not.
bool Finder::mattersWhenGone(QualType T) const {
  const CXXRecordDecl *R =
      TU.context().getBaseElementType(T)->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition())
    return false;
  if (!R->hasTrivialDestructor())
    return true;
  const TypeModel *Type = M.type(T);
  return Type &&
         (Type->Kind == TypeKind::Lock || Type->Kind == TypeKind::Condition ||
          Type->Kind == TypeKind::Semaphore || Type->Kind == TypeKind::Latch);
}

/// The member that holds the thread or future, if its destructor waits for the
/// task. Null: none does, or the spawner itself waits.
const FieldDecl *Finder::waitingMember(const Task &T) const {
  if ((T.Model->Ends != TaskEnd::Destructor &&
       T.Model->Ends != TaskEnd::FutureDestructor) ||
      !T.Handle || T.Join)
    return nullptr;
  FieldChain Handle = fieldsFrom(T.Handle, Paths.thisObject());
  return Handle.empty() || !classOf(*Handle.front()) ? nullptr : Handle.front();
}

void Finder::checkDestruction(const Start &S, const FieldDecl &Thread,
                              const ObjectUses &Uses) {
  InitProgress Then{classOf(Thread), Thread.getFieldIndex()};
  EarlyStart Found{Kind::DestroyedLater, S.T, S.Where, {}};
  Found.Thread = &Thread;
  llvm::SmallDenseSet<const FieldDecl *, 8> Seen;
  for (const FieldUse &Use : Uses.Fields) {
    const FieldDecl &Field = *Use.Fields.front();
    if (Seen.insert(&Field).second && isLater(Field, Then) &&
        mattersWhenGone(Field.getType()) &&
        !mayEndThread(*classOf(Field), Thread, TU))
      addMember(Found.Members, Use);
  }
  if (!Found.Members.empty() && ReportedThreads.insert(&Thread).second)
    Result.push_back(std::move(Found));
}

//===----------------------------------------------------------------------===//
// All of it
//===----------------------------------------------------------------------===//

void Finder::checkFunction(const FunctionDecl &F) {
  const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F);
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  for (const Start &S : startsIn(F)) {
    const FieldDecl *Thread = Method ? waitingMember(*S.T) : nullptr;
    bool Starts = startsObject(F, S.Object);
    if ((!Ctor && !Thread && !Starts) || (Ctor && isLastThing(*Ctor, *S.Where)))
      continue;
    ObjectUses Uses;
    bool IsThis = S.Object.Here == Paths.thisObject();
    if (IsThis || Starts)
      Uses = usesIn(S, IsThis && Method ? Method->getParent() : nullptr);
    addArgumentUses(*S.T, Uses);
    // What one moves the thread for is said once.
    bool Declared = Ctor && checkOrder(*Ctor, S, Uses);
    if (Ctor)
      checkVirtuals(*Ctor, S, Uses);
    if (Starts)
      checkStores(F, S, Uses);
    if (Thread && !Declared)
      checkDestruction(S, *Thread, Uses);
  }
}

/// A constructor that is seen runs the initialiser.
bool Finder::isInFunction(const Task &T) const {
  return llvm::any_of(TU.functions().functions(), [&](const FunctionDecl *F) {
    const FunctionScan *Scan =
        isa<CXXConstructorDecl>(F) ? TU.functions().scan(F) : nullptr;
    return Scan && llvm::any_of(Scan->Spawns, [&](const Expr *Spawn) {
             return Spawn->getBeginLoc() == T.Spawn->getBeginLoc();
           });
  });
}

/// A member that starts a thread where it is declared, in a class whose
/// constructors are not seen: nobody has written any, or they are elsewhere.
void Finder::checkInitialiser(const Task &T) {
  FieldChain Handle = fieldsFrom(T.Handle, Paths.thisObject());
  const CXXRecordDecl *R = Handle.empty() ? nullptr : classOf(*Handle.front());
  std::optional<SharedObject> Object = R ? objectIn(T) : std::nullopt;
  if (!Object || Object->Here != Paths.thisObject() || isInFunction(T))
    return;
  const FieldDecl &Thread = *Handle.front();
  Start S{&T, T.Spawn, *Object};
  ObjectUses Uses = usesIn(S, R);
  addArgumentUses(T, Uses);
  InitProgress Now{R, Thread.getFieldIndex()};
  EarlyStart Found{Kind::DeclaredLater, &T, T.Spawn, {}};
  for (const FieldUse &Use : Uses.Fields)
    if (Use.Before != Waited::Yes && isLater(*Use.Fields.front(), Now) &&
        needsInitialiser(*Use.Fields.front()))
      addMember(Found.Members, Use);
  if (!Found.Members.empty())
    Result.push_back(std::move(Found));
  else if (waitingMember(T))
    checkDestruction(S, Thread, Uses);
}

std::vector<EarlyStart> Finder::run() {
  for (const FunctionDecl *F : TU.functions().functions()) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || Scan->OverBudget)
      continue;
    if (!Scan->Spawns.empty() ||
        (isa<CXXConstructorDecl>(F) && TU.functions().maySpawn(F)))
      checkFunction(*F);
  }
  for (const Task &T : TU.tasks().outside())
    checkInitialiser(T);
  return std::move(Result);
}

} // namespace

std::vector<EarlyStart> earlyStarts(TranslationUnit &TU) {
  return Finder(TU).run();
}

} // namespace threadlint
