//===- Shutdowns.cpp - How is a thread told to end? -----------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/Shutdowns.h"
#include "analysis/Accesses.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/NameWords.h"
#include "analysis/TranslationUnit.h"
#include "analysis/ValuePlace.h"
#include "analysis/Writes.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {
namespace {

constexpr unsigned MaxDepth = 4; // of calls below a function that stops
constexpr size_t MaxRoots = 3;   // see Shutdowns::Changers

bool isBefore(const Expr &E, const Expr *Until, const SourceManager &SM) {
  return !Until || SM.isBeforeInTranslationUnit(
                       SM.getExpansionLoc(E.getBeginLoc()),
                       SM.getExpansionLoc(Until->getBeginLoc()));
}

bool isStopWord(llvm::StringRef Word) {
  static const char Words[] =
      " stop shutdown close quit exit terminate cancel destroy finish kill end "
      "interrupt abort join teardown cleanup fini deinit free dispose halt "
      "drain "
      "delete release uninit disconnect reset ";
  return llvm::StringRef(Words).contains((" " + Word + " ").str());
}

/// A destructor, or a function whose name says that it ends the work of
/// something: `stop`, `ShutDown`, `pool_destroy`.
bool stops(const FunctionDecl &F) {
  if (isa<CXXDestructorDecl>(F) || !F.getIdentifier())
    return isa<CXXDestructorDecl>(F);
  llvm::SmallVector<std::string, 4> Words = nameWords(F.getName());
  for (size_t I = 0; I < Words.size(); ++I)
    if (isStopWord(Words[I]) || (I && isStopWord(Words[I - 1] + Words[I])))
      return true;
  return false;
}

/// Whatever stops the threads of class \p R can be seen.
bool stopsAreVisible(const CXXRecordDecl &R) {
  return llvm::none_of(R.methods(), [](const CXXMethodDecl *Method) {
    return stops(*Method) && Method->isUserProvided() && !Method->hasBody();
  });
}

} // namespace

Shutdowns::Shutdowns(TranslationUnit &TU) : TU(TU), Below(TU.functions()) {}

//===----------------------------------------------------------------------===//
// Joins
//===----------------------------------------------------------------------===//

void Shutdowns::listJoins() {
  HasJoins = true;
  llvm::ArrayRef<const FunctionDecl *> All = TU.functions().functions();
  llvm::SmallDenseSet<const FunctionDecl *, 8> OfDestructors;
  for (const FunctionDecl *F : All)
    if (isa<CXXDestructorDecl>(F))
      if (const FunctionScan *Scan = TU.functions().scan(F))
        OfDestructors.insert(Scan->Callees.begin(), Scan->Callees.end());
  for (const FunctionDecl *F : All) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || Scan->OverBudget || !Scan->Waits ||
        !(OfDestructors.count(F) || stops(*F)))
      continue;
    std::unique_ptr<ValuePlaces> Places;
    forEachStmt(F->getBody(), Lambdas::Outside, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionDecl *Callee = Call ? namedCallee(Call) : nullptr;
      const FunctionModel *Model =
          Callee ? TU.models().function(Callee, writtenArgs(Call)) : nullptr;
      if (!Model || Model->Does != Effect::Join || Model->Timeout != ArgNone)
        return;
      const Expr *Object = argumentAt(*Call, Model->Object);
      if (!Object)
        return;
      if (!Places)
        Places = std::make_unique<ValuePlaces>(*F, TU.paths());
      const LockPath *P = Places->object(Object);
      if (const void *Name = commonName(P))
        Joins[Name].push_back({F, Call});
      else if (const auto *Method = dyn_cast<CXXMethodDecl>(F);
               Method && P->kind() == LockPath::Kind::This)
        Joins[Method->getParent()->getCanonicalDecl()].push_back({F, Call});
      else if (P->isUnknown() || P->variable())
        // An iterator, or an element by another name.
        for (const ValueDecl *D : mentionedDecls(F->getBody()))
          Joins[D].push_back({F, Call});
    });
  }
}

/// The first of the joins that are listed by \p Name.
void Shutdowns::addJoin(const void *Name, const FunctionDecl *Spawner,
                        Shutdown &To) {
  const SourceManager &SM = TU.context().getSourceManager();
  auto Listed = Joins.find(Name);
  if (Listed == Joins.end())
    return;
  for (const Join &J : Listed->second) {
    if (J.In == Spawner)
      continue;
    if (To.Joining && To.Joining != J.In)
      break;
    if (!To.Join || isBefore(*J.Call, To.Join, SM))
      To.Join = J.Call;
    To.Joining = J.In;
  }
}

Shutdown Shutdowns::ofObject(const CXXMethodDecl &Run) {
  Shutdown Result;
  Result.Entry = &Run;
  if (!HasJoins)
    listJoins();
  const CXXRecordDecl *R = Run.getParent();
  if (!stopsAreVisible(*R))
    return Result;
  addJoin(R->getCanonicalDecl(), nullptr, Result);
  R->forallBases([&](const CXXRecordDecl *Base) {
    addJoin(Base->getCanonicalDecl(), nullptr, Result);
    return true;
  });
  return Result;
}

const CXXMethodDecl *Shutdowns::overriderOf(const CXXMethodDecl &Method) {
  const CXXMethodDecl *Found = Below.below(Method, *Method.getParent());
  return Found && stopsAreVisible(*Found->getParent()) ? Found : nullptr;
}

Shutdown Shutdowns::of(const Task &T) {
  Shutdown Result;
  const void *Name = T.Handle ? commonName(T.Handle) : nullptr;
  if (!Name)
    return Result;
  Result.Entry = T.Entry;
  if (!HasJoins)
    listJoins();
  addJoin(Name, T.Spawner, Result);
  const auto *Member = static_cast<const ValueDecl *>(Name);
  if (!Result.Join && T.Model->Ends == TaskEnd::Destructor &&
      isa<FieldDecl>(Member))
    Result.Member = Member;
  return Result;
}

//===----------------------------------------------------------------------===//
// Changes
//===----------------------------------------------------------------------===//

/// Goes through a function and what it calls.
class Shutdowns::Walk {
public:
  explicit Walk(TranslationUnit &TU)
      : TU(TU), SM(TU.context().getSourceManager()) {}

  /// Adds to \p Out what \p F changes before \p Until; null: all of it. Each
  /// function is looked at for as many roots as matter.
  void add(const FunctionDecl &F, const Expr *Until, Changes &Out,
           unsigned Depth = 0);

  const FunctionDecl *Root = nullptr; ///< where the walk has started

private:
  bool isFirst(const FunctionDecl &F);
  bool isHidden(const CallExpr &Call) const;
  void addArguments(const Expr &Call, Changes &Out) const;

  TranslationUnit &TU;
  const SourceManager &SM;
  llvm::DenseMap<const FunctionDecl *, Functions> Roots;
};

bool Shutdowns::Walk::isFirst(const FunctionDecl &F) {
  Functions &Of = Roots[&F];
  if (Of.size() >= MaxRoots || llvm::is_contained(Of, Root))
    return false;
  Of.push_back(Root);
  return true;
}

/// What stands behind \p Call may stop the thread: it is given the whole
/// object.
bool Shutdowns::Walk::isHidden(const CallExpr &Call) const {
  const FunctionDecl *Callee = callee(&Call);
  const FunctionDecl *Named = namedCallee(&Call);
  if (Named && (!TU.functions().isUserCode(Named->getLocation()) ||
                TU.models().function(Named, writtenArgs(&Call))))
    return false;
  if (Callee && Callee->hasBody())
    return false;
  auto IsWhole = [&](const Expr *E) {
    const LockPath *P = TU.paths().of(E);
    return P->kind() == LockPath::Kind::This ||
           P->kind() == LockPath::Kind::Parameter;
  };
  const Expr *Object = objectArgument(&Call);
  bool Whole = Object && IsWhole(Object);
  for (unsigned I = 0, N = numArguments(&Call); I < N; ++I)
    Whole |= IsWhole(argument(&Call, I));
  return Whole;
}

void Shutdowns::Walk::addArguments(const Expr &Call, Changes &Out) const {
  for (unsigned I = 0, N = numArguments(&Call); I < N; ++I)
    if (const ValueDecl *D = namedDecl(argument(&Call, I), /*Whole=*/true))
      Out.Decls.insert(D);
}

void Shutdowns::Walk::add(const FunctionDecl &F, const Expr *Until,
                          Changes &Out, unsigned Depth) {
  const FunctionScan *Scan = TU.functions().scan(&F);
  if (!Scan || Scan->OverBudget || Depth > MaxDepth || !isFirst(F))
    return;
  const BodyAccesses &Inside = TU.bodies().of(F);
  for (const Access &A : Inside.All)
    if (A.Kind != AccessKind::Read && isBefore(*A.Where, Until, SM))
      Out.Decls.insert(A.Decl);
  for (const CallSite &Site : Inside.Calls)
    if (isBefore(*Site.Where, Until, SM)) {
      addArguments(*Site.Where, Out);
      if (const Expr *Object = objectArgument(Site.Where))
        if (const ValueDecl *D = namedDecl(Object, /*Whole=*/true);
            D && !isa<CXXDestructorDecl>(F))
          Out.Decls.insert(D);
      add(*Site.Callee, nullptr, Out, Depth + 1);
    }
  // close(fd_)
  forEachStmt(F.getBody(), Lambdas::Inside, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call || !isBefore(*Call, Until, SM))
      return;
    const FunctionDecl *Callee = namedCallee(Call);
    const FunctionModel *Model =
        Callee ? TU.models().function(Callee, writtenArgs(Call)) : nullptr;
    if (!Model ||
        (Model->Does != Effect::Join && Model->Does != Effect::ConditionNotify))
      addArguments(*Call, Out);
    Out.Unknown |= isHidden(*Call);
  });
}

void Shutdowns::listChanges() {
  HasChanges = true;
  Walk All(TU);
  for (const FunctionDecl *F : TU.functions().functions()) {
    if (!stops(*F))
      continue;
    Changes Of;
    All.Root = F;
    All.add(*F, nullptr, Of);
    for (const ValueDecl *D : Of.Decls)
      if (Functions &By = Changers[D]; By.size() < MaxRoots)
        By.push_back(F);
    if (Of.Unknown && Unknown.size() < MaxRoots)
      Unknown.push_back(F);
  }
}

const Shutdowns::Changes &Shutdowns::beforeJoin(const Shutdown &S) {
  if (!HasChanges)
    listChanges();
  auto [It, New] = BeforeJoins.try_emplace(S.Join);
  if (New && S.Join)
    Walk(TU).add(*S.Joining, S.Join, It->second);
  return It->second;
}

bool Shutdowns::anyOf(const Functions &Stops, const Shutdown &S) {
  return llvm::any_of(Stops, [&](const FunctionDecl *F) {
    return F != S.Joining && F != S.Entry;
  });
}

bool Shutdowns::changes(const Shutdown &S, const ValueDecl *D) {
  const TypeModel *Type = TU.models().type(D->getType());
  if (Type &&
      (Type->Kind == TypeKind::Lock || Type->Kind == TypeKind::Condition ||
       Type->Kind == TypeKind::Thread))
    return false;
  if (beforeJoin(S).Decls.count(D))
    return true;
  auto By = Changers.find(D);
  return By != Changers.end() && anyOf(By->second, S);
}

bool Shutdowns::isUnknown(const Shutdown &S) {
  if (beforeJoin(S).Unknown || anyOf(Unknown, S))
    return true;
  // A destructor that cannot be seen may stop the thread first.
  const auto *Field = dyn_cast_or_null<FieldDecl>(S.Member);
  const auto *R =
      Field ? dyn_cast<CXXRecordDecl>(Field->getParent()) : nullptr;
  const CXXDestructorDecl *Dtor = R ? R->getDestructor() : nullptr;
  return Dtor && Dtor->isUserProvided() && !Dtor->hasBody();
}

} // namespace threadlint
