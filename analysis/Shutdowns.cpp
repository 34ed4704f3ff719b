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

class Finder {
public:
  Finder(const Task &T, TranslationUnit &TU)
      : T(T), TU(TU), SM(TU.context().getSourceManager()),
        Name(commonName(T.Handle)) {}

  Shutdown find();

private:
  const Expr *joinIn(const FunctionDecl &F) const;
  void addChanges(const FunctionDecl &F, const Expr *Until, unsigned Depth);
  void addArguments(const Expr &Call);
  bool isBefore(const Expr &E, const Expr *Until) const {
    return !Until || SM.isBeforeInTranslationUnit(
                         SM.getExpansionLoc(E.getBeginLoc()),
                         SM.getExpansionLoc(Until->getBeginLoc()));
  }
  bool isHidden(const CallExpr &Call) const;

  const Task &T;
  TranslationUnit &TU;
  const SourceManager &SM;
  const void *Name;
  llvm::SmallDenseSet<const FunctionDecl *, 8> Seen;
  Shutdown Result;
};

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

/// The call in \p F that joins the thread. Null: there is none.
const Expr *Finder::joinIn(const FunctionDecl &F) const {
  const Expr *Found = nullptr;
  std::unique_ptr<ValuePlaces> Places;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
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
      Places = std::make_unique<ValuePlaces>(F, TU.paths());
    const LockPath *P = Places->object(Object);
    const void *Other = commonName(P);
    // An iterator, or an element by another name.
    if (!Other && !P->isUnknown() && !P->variable())
      return;
    if (Other ? Other == Name
              : llvm::any_of(mentionedDecls(F.getBody()),
                             [&](const ValueDecl *D) { return D == Name; }))
      if (!Found || isBefore(*Call, Found))
        Found = Call;
  });
  return Found;
}

/// What stands behind \p Call may stop the thread: it is given the whole
/// object.
bool Finder::isHidden(const CallExpr &Call) const {
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

void Finder::addArguments(const Expr &Call) {
  for (unsigned I = 0, N = numArguments(&Call); I < N; ++I)
    if (const ValueDecl *D = namedDecl(argument(&Call, I), /*Whole=*/true))
      Result.Changed.insert(D);
}

void Finder::addChanges(const FunctionDecl &F, const Expr *Until,
                        unsigned Depth) {
  const FunctionScan *Scan = TU.functions().scan(&F);
  if (!Scan || Scan->OverBudget || Depth > MaxDepth || !Seen.insert(&F).second)
    return;
  BodyAccesses Inside = accessesIn(F, TU.paths(), TU.models());
  for (const Access &A : Inside.All)
    if (A.Kind != AccessKind::Read && isBefore(*A.Where, Until))
      Result.Changed.insert(A.Decl);
  for (const CallSite &Site : Inside.Calls)
    if (isBefore(*Site.Where, Until)) {
      addArguments(*Site.Where);
      if (const Expr *Object = objectArgument(Site.Where))
        if (const ValueDecl *D = namedDecl(Object, /*Whole=*/true);
            D && !isa<CXXDestructorDecl>(F))
          Result.Changed.insert(D);
      addChanges(*Site.Callee, nullptr, Depth + 1);
    }
  // close(fd_)
  forEachStmt(F.getBody(), Lambdas::Inside, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call || !isBefore(*Call, Until))
      return;
    const FunctionDecl *Callee = namedCallee(Call);
    const FunctionModel *Model =
        Callee ? TU.models().function(Callee, writtenArgs(Call)) : nullptr;
    if (!Model ||
        (Model->Does != Effect::Join && Model->Does != Effect::ConditionNotify))
      addArguments(*Call);
    Result.Unknown |= isHidden(*Call);
  });
}

Shutdown Finder::find() {
  llvm::ArrayRef<const FunctionDecl *> All = TU.functions().functions();
  llvm::SmallDenseSet<const FunctionDecl *, 8> OfDestructors;
  for (const FunctionDecl *F : All)
    if (isa<CXXDestructorDecl>(F))
      if (const FunctionScan *Scan = TU.functions().scan(F))
        OfDestructors.insert(Scan->Callees.begin(), Scan->Callees.end());
  const FunctionDecl *Joining = nullptr;
  for (const FunctionDecl *F : All) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (Joining || !Scan || Scan->OverBudget || !Scan->Waits ||
        F == T.Spawner || !(stops(*F) || OfDestructors.count(F)))
      continue;
    if (const Expr *Join = joinIn(*F)) {
      Result.Join = Join;
      Joining = F;
    }
  }
  const auto *Member = static_cast<const ValueDecl *>(Name);
  if (!Joining) {
    if (T.Model->Ends != TaskEnd::Destructor || !isa<FieldDecl>(Member))
      return std::move(Result);
    Result.Member = Member;
    // A destructor that cannot be seen may stop it first.
    const auto *R =
        dyn_cast<CXXRecordDecl>(cast<FieldDecl>(Member)->getParent());
    const CXXDestructorDecl *Dtor = R ? R->getDestructor() : nullptr;
    Result.Unknown = Dtor && Dtor->isUserProvided() && !Dtor->hasBody();
  }
  if (Joining)
    addChanges(*Joining, Result.Join, 0);
  for (const FunctionDecl *F : All)
    if (F != Joining && stops(*F) && F != T.Entry)
      addChanges(*F, nullptr, 0);
  // Locks and conditions change hands, not state.
  llvm::SmallVector<const ValueDecl *, 8> Locks;
  for (const ValueDecl *D : Result.Changed) {
    const TypeModel *Type = TU.models().type(D->getType());
    if (Type &&
        (Type->Kind == TypeKind::Lock || Type->Kind == TypeKind::Condition ||
         Type->Kind == TypeKind::Thread))
      Locks.push_back(D);
  }
  for (const ValueDecl *D : Locks)
    Result.Changed.erase(D);
  return std::move(Result);
}

} // namespace

Shutdown shutdownOf(const Task &T, TranslationUnit &TU) {
  return T.Handle && commonName(T.Handle) ? Finder(T, TU).find() : Shutdown();
}

} // namespace threadlint
