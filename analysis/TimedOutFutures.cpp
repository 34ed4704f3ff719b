//===- TimedOutFutures.cpp - Time-outs that wait all the same -------------===//
// See the header. From each timed wait all ways on are followed, those where the
// status is `ready` left out, until the future dies or something ends the search.
//===----------------------------------------------------------------------===//
#include "analysis/TimedOutFutures.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/Events.h"
#include "analysis/FunctionBody.h"
#include "analysis/LockPath.h"
#include "analysis/SequentialTasks.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "analysis/ValuePlace.h"
#include "analysis/Writes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/BitVector.h"
#include <optional>

using namespace clang;

namespace threadlint {
namespace {

/// One way a status is used: `wait == ready`, `wait != timeout`.
struct StatusTest {
  const Expr *Status = nullptr;
  llvm::StringRef Value; ///< the enumerator
  bool Equal = true;
};

const EnumConstantDecl *enumerator(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(producer(E));
  return Ref ? dyn_cast<EnumConstantDecl>(Ref->getDecl()) : nullptr;
}

std::optional<StatusTest> statusTest(const Expr *E) {
  StatusTest Test;
  const Expr *Left = nullptr, *Right = nullptr;
  E = producer(E);
  while (const auto *Not = dyn_cast<UnaryOperator>(E)) {
    if (Not->getOpcode() != UO_LNot)
      return std::nullopt;
    Test.Equal = !Test.Equal;
    E = producer(Not->getSubExpr());
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (!Binary->isEqualityOp())
      return std::nullopt;
    Test.Equal ^= Binary->getOpcode() == BO_NE;
    Left = Binary->getLHS();
    Right = Binary->getRHS();
  } else {
    return std::nullopt;
  }
  const EnumConstantDecl *Value = enumerator(Right);
  Test.Status = producer(Left);
  if (!Value) {
    Value = enumerator(Left);
    Test.Status = producer(Right);
  }
  if (!Value)
    return std::nullopt;
  Test.Value = Value->getName();
  return Test;
}

/// A smart pointer leads to the same object whatever its constness.
bool isHandle(QualType T) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R || !(R = R->getDefinition()))
    return false;
  DeclarationName Arrow =
      R->getASTContext().DeclarationNames.getCXXOperatorName(OO_Arrow);
  return !R->lookup(Arrow).empty();
}

/// \p S names a local that is a lambda.
bool lambdaOfVariable(const Stmt &S) {
  const auto *Ref = dyn_cast<DeclRefExpr>(&S);
  return Ref && isa<VarDecl>(Ref->getDecl()) && lambdaOf(Ref);
}

class Search {
public:
  Search(const FunctionDecl &F, TranslationUnit &TU, const Task &T, CFG &Graph,
         ValuePlaces &Places)
      : F(F), TU(TU), T(T), Graph(Graph), Places(Places),
        Future(T.Handle->root()->variable()) {
    Shared = mentionedDecls(T.Spawn);
    for (const Stmt *S : {static_cast<const Stmt *>(T.Lambda),
                          static_cast<const Stmt *>(
                              T.Entry ? T.Entry->getBody() : nullptr)})
      for (const ValueDecl *D : mentionedDecls(S))
        Shared.insert(D);
    Shared.erase(cast<ValueDecl>(Future->getCanonicalDecl()));
  }

  /// Where the future dies after \p Wait. Invalid: nowhere.
  SourceLocation deathAfter(const Expr &Wait);

private:
  enum class Next { GoOn, Stop, Dies, Caught };
  Next step(const CFGBlock &Block, unsigned Index);
  Next stepStmt(const Stmt &S);
  Next stepThrow(const CXXThrowExpr &Throw);
  template <class LeftT, class RightT>
  bool isBefore(const LeftT &Left, const RightT &Right) const {
    return TU.context().getSourceManager().isBeforeInTranslationUnit(
        Left.getBeginLoc(), Right.getBeginLoc());
  }
  bool takesFuture(const DeclRefExpr &Ref) const;
  bool stopsAtDeath(const VarDecl &V) const;
  bool anyStopsBefore(const Stmt &Throw) const;
  bool mayStopTask(const Stmt &S) const;
  bool asksSharedFlag(const Stmt &S) const;
  bool reaches(const Expr *Passed) const;
  bool isOver(const CFGBlock &Block, unsigned Successor) const;
  bool isStatus(const Expr *E) const;

  const FunctionDecl &F;
  TranslationUnit &TU;
  const Task &T;
  CFG &Graph;
  ValuePlaces &Places;
  const VarDecl *Future;
  DeclSet Shared;              ///< what the task's code names
  const Expr *Wait = nullptr;  ///< where the search begins
  const LockPath *Kept = nullptr; ///< the variable with its status
  SourceLocation Death;
  const CXXCatchStmt *Handler = nullptr; ///< Next::Caught: where it goes on
};

//===----------------------------------------------------------------------===//
// What ends the search
//===----------------------------------------------------------------------===//

/// Anything but a call of one of the future's own members.
bool Search::takesFuture(const DeclRefExpr &Ref) const {
  const Stmt *S = &Ref;
  for (const Stmt *Outer = Places.parent(S); Outer; Outer = Places.parent(Outer)) {
    if (isa<MemberExpr>(Outer) || isa<ImplicitCastExpr>(Outer) ||
        isa<ParenExpr>(Outer))
      continue;
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Outer))
      return Member->getType()->isRecordType() &&
             !Member->getMethodDecl(); // share()
    // An element: futures[i].wait_for(…)
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(Outer);
    return !(Op && Op->getOperator() == OO_Subscript);
  }
  return true;
}

bool Search::reaches(const Expr *Passed) const {
  QualType Type = Passed->getType();
  bool Writable = Type->isPointerType()
                      ? !Type->getPointeeType().isConstQualified()
                      : Passed->isGLValue() && !Type.isConstQualified();
  if (!Writable && !isHandle(Type))
    return false;
  for (const ValueDecl *D : mentionedDecls(Passed))
    if (!isa<FunctionDecl>(D) && !isa<EnumConstantDecl>(D) &&
        !D->isInStdNamespace() && Shared.count(D))
      return true;
  // The task has the same object.
  return isa<CXXThisExpr>(producer(Passed)) &&
         llvm::any_of(T.Captures, [](const Capture &C) {
           return C.Kind == CaptureKind::This;
         });
}

/// The statement writes what the task's code names, or calls somebody who can.
bool Search::mayStopTask(const Stmt &S) const {
  if (const auto *Binary = dyn_cast<BinaryOperator>(&S))
    return Binary->isAssignmentOp() && reaches(Binary->getLHS());
  if (const auto *Unary = dyn_cast<UnaryOperator>(&S))
    return Unary->isIncrementDecrementOp() && reaches(Unary->getSubExpr());
  if (!isa<CallExpr>(S) && !isa<CXXConstructExpr>(S))
    return false;
  const auto *Call = cast<Expr>(&S);
  if (const Expr *Object = objectArgument(Call)) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(namedCallee(Call));
    if (!(Method && Method->isConst() && isStandard(*Method)) &&
        reaches(Object))
      return true;
  }
  for (unsigned I = 0, N = numArguments(Call); I < N; ++I)
    if (reaches(argument(Call, I)))
      return true;
  const FunctionDecl *Callee = callee(Call);
  const FunctionDecl *Named = namedCallee(Call);
  if (Named && (isStandard(*Named) || Named->getBuiltinID() ||
                TU.models().function(Named, writtenArgs(Call))))
    return false;
  if (!Callee || !TU.functions().scan(Callee))
    // What cannot be seen may reach the task through a global.
    return !isa<CXXConstructExpr>(Call) && numArguments(Call) == 0;
  const FunctionDecl *Definition = nullptr;
  Callee->hasBody(Definition);
  for (const ValueDecl *D : mentionedDecls(Definition->getBody()))
    if (isa<VarDecl>(D) && !D->getType().isConstQualified() && Shared.count(D))
      return true;
  return false;
}

/// A flag that the task's code names, too: it may be why both of them stop.
bool Search::asksSharedFlag(const Stmt &S) const {
  const auto *Ref = dyn_cast<DeclRefExpr>(&S);
  const auto *Member = dyn_cast<MemberExpr>(&S);
  const ValueDecl *D = Ref      ? Ref->getDecl()
                       : Member ? Member->getMemberDecl()
                                : nullptr;
  if (!D || isa<FunctionDecl>(D))
    return false;
  QualType Type = D->getType().getNonReferenceType();
  const CXXRecordDecl *R = Type->getAsCXXRecordDecl();
  const TypeModel *Model = TU.models().type(Type);
  bool IsFlag = Type->isBooleanType() || Type->isAtomicType() ||
                (R && R->isInStdNamespace() && R->getIdentifier() &&
                 R->getName().contains("atomic")) ||
                (Model && Model->Kind == TypeKind::StopToken);
  return IsFlag && !Type.isConstQualified() &&
         Shared.count(cast<ValueDecl>(D->getCanonicalDecl()));
}

/// A guard of the user's own, or a smart pointer with a lambda as its deleter,
/// that has something which the task's code names: it may ask the task to stop.
bool Search::stopsAtDeath(const VarDecl &V) const {
  const CXXRecordDecl *R = V.getType()->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition() || R->hasTrivialDestructor() || !V.hasInit() ||
      !isBefore(*Future, V))
    return false;
  const TypeModel *Type = TU.models().type(V.getType());
  if (Type && Type->Kind == TypeKind::Guard)
    return false;
  bool Any = false, HasLambda = !R->isInStdNamespace();
  forEachStmt(V.getInit(), Lambdas::Outside, [&](const Stmt *S) {
    HasLambda |= isa<LambdaExpr>(S) || lambdaOfVariable(*S);
  });
  for (const ValueDecl *D : mentionedDecls(V.getInit()))
    Any |= !isa<FunctionDecl>(D) && !isa<EnumConstantDecl>(D) &&
           !D->isInStdNamespace() && !D->getType().isConstQualified() &&
           Shared.count(D);
  return Any && HasLambda;
}

/// One of the variables between the future and \p Throw does.
bool Search::anyStopsBefore(const Stmt &Throw) const {
  bool Any = false;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *Declared = dyn_cast<DeclStmt>(S);
    if (!Declared || !isBefore(*Declared, Throw))
      return;
    for (const Decl *D : Declared->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        Any |= V->hasLocalStorage() && stopsAtDeath(*V);
  });
  return Any;
}

Search::Next Search::stepThrow(const CXXThrowExpr &Throw) {
  if (anyStopsBefore(Throw))
    return Next::Stop;
  Exceptions::Escapes Thrown = TU.exceptions().thrownBy(Throw, F);
  const Stmt *Inner = &Throw;
  for (const Stmt *P = Places.parent(Inner); P;
       Inner = P, P = Places.parent(P)) {
    const auto *Try = dyn_cast<CXXTryStmt>(P);
    if (!Try || Inner != Try->getTryBlock())
      continue;
    if (Thrown.size() != 1)
      return Next::Stop; // `throw;`
    Handler = TU.exceptions().handlerFor(*Try, *Thrown.front());
    if (Handler && isBefore(*Future, *Try))
      return Next::Caught;
    if (Handler)
      break;
  }
  Death = Throw.getBeginLoc();
  return Next::Dies;
}

Search::Next Search::stepStmt(const Stmt &S) {
  if (asksSharedFlag(S))
    return Next::Stop;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
    return Ref->getDecl() == Future && takesFuture(*Ref) ? Next::Stop
                                                         : Next::GoOn;
  if (const auto *Throw = dyn_cast<CXXThrowExpr>(&S))
    return stepThrow(*Throw);
  if (isa<CoawaitExpr>(S) || isa<CoyieldExpr>(S) || mayStopTask(S))
    return Next::Stop;
  const auto *Call = dyn_cast<CXXMemberCallExpr>(&S);
  const FunctionDecl *Callee = Call ? namedCallee(Call) : nullptr;
  const FunctionModel *Model =
      Callee ? TU.models().function(Callee, writtenArgs(Call)) : nullptr;
  // Another wait is searched by itself.
  if (Model && Model->Does == Effect::FutureWait &&
      Places.object(objectArgument(Call))->startsWith(T.Handle))
    return Next::Stop;
  return Next::GoOn;
}

Search::Next Search::step(const CFGBlock &Block, unsigned Index) {
  CFGElement Element = Block[Index];
  if (auto End = Element.getAs<CFGLifetimeEnds>()) {
    if (stopsAtDeath(*End->getVarDecl()))
      return Next::Stop;
    if (End->getVarDecl() != Future)
      return Next::GoOn;
    // The ends of one scope come in any order; the youngest is the first to
    // die.
    for (unsigned I = Index + 1; I < Block.size(); ++I) {
      auto Other = Block[I].getAs<CFGLifetimeEnds>();
      if (!Other)
        break;
      if (stopsAtDeath(*Other->getVarDecl()))
        return Next::Stop;
    }
    const Stmt *Trigger = End->getTriggerStmt();
    Death = !Trigger ? F.getEndLoc()
            : isa<ReturnStmt>(Trigger) || isa<CoreturnStmt>(Trigger)
                ? Trigger->getBeginLoc()
                : Trigger->getEndLoc();
    return Next::Dies;
  }
  auto S = Element.getAs<CFGStmt>();
  return S ? stepStmt(*S->getStmt()) : Next::GoOn;
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

bool Search::isStatus(const Expr *E) const {
  E = producer(E);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    if (Binary->getOpcode() == BO_Assign)
      return isStatus(Binary->getRHS());
  return E == producer(Wait) || (Kept && TU.paths().of(E) == Kept);
}

/// The branch shows that the time is not up.
bool Search::isOver(const CFGBlock &Block, unsigned Successor) const {
  const Stmt *Terminator = Block.getTerminatorStmt();
  if (const auto *Switch = dyn_cast_or_null<SwitchStmt>(Terminator)) {
    if (!isStatus(Switch->getCond()))
      return false;
    const CFGBlock *To = (Block.succ_begin() + Successor)->getReachableBlock();
    const auto *Case =
        To ? dyn_cast_or_null<CaseStmt>(To->getLabel()) : nullptr;
    const EnumConstantDecl *Value = Case ? enumerator(Case->getLHS()) : nullptr;
    return Value && Value->getName() != "timeout";
  }
  const Expr *Condition = branchCondition(Block);
  if (!Condition)
    return false;
  bool True = Successor == 0;
  // `bool ok = f.wait_for(t) == ready;`
  const Expr *Tested = producer(Condition);
  while (const auto *Not = dyn_cast<UnaryOperator>(Tested)) {
    if (Not->getOpcode() != UO_LNot)
      break;
    True = !True;
    Tested = producer(Not->getSubExpr());
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Tested))
    if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
      if (V->isLocalVarDecl() && V->hasInit() &&
          V->getType()->isBooleanType())
        Tested = V->getInit();
  std::optional<StatusTest> Test = statusTest(Tested);
  if (!Test || !isStatus(Test->Status))
    return false;
  bool Holds = Test->Equal == True; // the status is Value
  return Test->Value == "timeout" ? !Holds : Holds;
}

SourceLocation Search::deathAfter(const Expr &From) {
  Wait = &From;
  Kept = Places.of(From).Object;
  if (const auto *Assigned = dyn_cast_or_null<BinaryOperator>(Places.parent(Wait)))
    if (Assigned->getOpcode() == BO_Assign)
      Kept = TU.paths().of(Assigned->getLHS());
  llvm::BitVector Seen(Graph.getNumBlockIDs());
  struct Place {
    const CFGBlock *Block;
    unsigned Index;
  };
  llvm::SmallVector<Place, 8> Work;
  for (const CFGBlock *Block : Graph) {
    unsigned Index = 0;
    for (const CFGElement &Element : *Block) {
      ++Index;
      auto S = Element.getAs<CFGStmt>();
      if (S && S->getStmt() == Wait)
        Work.push_back({Block, Index});
    }
  }
  while (!Work.empty()) {
    Place At = Work.pop_back_val();
    Next Then = Next::GoOn;
    for (unsigned I = At.Index; I < At.Block->size() && Then == Next::GoOn; ++I)
      Then = step(*At.Block, I);
    if (Then == Next::Dies)
      return Death;
    if (Then == Next::Caught)
      for (const CFGBlock *Block : Graph)
        if (Block->getLabel() == Handler && !Seen.test(Block->getBlockID())) {
          Seen.set(Block->getBlockID());
          Work.push_back({Block, 0});
        }
    if (Then == Next::Caught)
      continue;
    if (Then == Next::Stop || At.Block->hasNoReturnElement())
      continue;
    unsigned Successor = 0;
    for (const CFGBlock::AdjacentBlock &Adjacent : At.Block->succs()) {
      unsigned Number = Successor++;
      const CFGBlock *To = Adjacent.getReachableBlock();
      if (!To || Seen.test(To->getBlockID()) || isOver(*At.Block, Number))
        continue;
      Seen.set(To->getBlockID());
      Work.push_back({To, 0});
    }
  }
  return SourceLocation();
}

/// The status is thrown away, kept, or decides on a branch: `EXPECT_EQ(status,
/// ready)` does who knows what with it.
bool isUnderstood(const Expr &Wait, ValuePlaces &Places) {
  const Stmt *S = &Wait;
  for (const Stmt *Outer = Places.parent(S); Outer;
       S = Outer, Outer = Places.parent(Outer)) {
    if (isa<ParenExpr>(Outer) || isa<CastExpr>(Outer) || isa<FullExpr>(Outer) ||
        isa<UnaryOperator>(Outer))
      continue;
    if (const auto *Binary = dyn_cast<BinaryOperator>(Outer)) {
      if (!Binary->isEqualityOp() && !Binary->isLogicalOp() &&
          Binary->getOpcode() != BO_Assign)
        return false;
      continue;
    }
    return !isa<Expr>(Outer) || isa<AbstractConditionalOperator>(Outer);
  }
  return false;
}

class Finder {
public:
  Finder(const FunctionDecl &F, TranslationUnit &TU)
      : F(F), TU(TU), Places(F, TU.paths()) {}

  std::vector<TimedOutFuture> find();

private:
  void findFor(const Task &T, std::vector<TimedOutFuture> &Out);
  bool isTimedWait(const Expr &Call) const;

  const FunctionDecl &F;
  TranslationUnit &TU;
  ValuePlaces Places;
  std::vector<const CXXMemberCallExpr *> TimedWaits; ///< whose result is used
  std::unique_ptr<CFG> Graph;
};

bool Finder::isTimedWait(const Expr &Call) const {
  const FunctionDecl *Callee = namedCallee(&Call);
  const FunctionModel *Model =
      Callee ? TU.models().function(Callee, writtenArgs(&Call)) : nullptr;
  return Model && Model->Does == Effect::FutureWait &&
         Model->Timeout != ArgNone;
}

void Finder::findFor(const Task &T, std::vector<TimedOutFuture> &Out) {
  if (!T.Handle) { // async(…).wait_for(…)
    if (T.Join && isTimedWait(*T.Join))
      Out.push_back({&T, T.Join, T.Join->getEndLoc()});
    return;
  }
  const VarDecl *V = T.Handle->root()->variable();
  // Of a container the container dies; a member lives on.
  if (!V || T.Handle->kind() == LockPath::Kind::Field || !V->hasLocalStorage() ||
      isa<ParmVarDecl>(V) || V->getType()->isReferenceType() ||
      V->getType()->isPointerType())
    return;
  llvm::SmallVector<const CXXMemberCallExpr *, 2> Waits;
  for (const CXXMemberCallExpr *Call : TimedWaits)
    if (Places.object(objectArgument(Call))->startsWith(T.Handle))
      Waits.push_back(Call);
  if (Waits.empty())
    return;
  if (!Graph) {
    CFG::BuildOptions Options;
    Options.AddLifetime = true;
    Options.setAllAlwaysAdd();
    Graph = CFG::buildCFG(&F, writtenBody(F), &TU.context(), Options);
  }
  if (!Graph)
    return;
  for (const CXXMemberCallExpr *Wait : Waits) {
    SourceLocation Death =
        Search(F, TU, T, *Graph, Places).deathAfter(*Wait);
    if (Death.isValid())
      Out.push_back({&T, Wait, Death});
  }
}

std::vector<TimedOutFuture> Finder::find() {
  std::vector<TimedOutFuture> Result;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
    if (Call && isTimedWait(*Call) && isUnderstood(*Call, Places))
      TimedWaits.push_back(Call);
  });
  for (const Task &T : TU.tasks().of(&F))
    if (T.Model->Ends == TaskEnd::FutureDestructor &&
        launchPolicy(T, TU.context()) != LaunchPolicy::Deferred)
      findFor(T, Result);
  return Result;
}

} // namespace

std::vector<TimedOutFuture> timedOutFutures(const FunctionDecl &F,
                                            TranslationUnit &TU) {
  const FunctionDecl *Definition = nullptr;
  if (!F.hasBody(Definition) || Definition->isDependentContext())
    return {};
  bool Any = llvm::any_of(TU.tasks().of(Definition), [](const Task &T) {
    return T.Model->Ends == TaskEnd::FutureDestructor;
  });
  return Any ? Finder(*Definition, TU).find() : std::vector<TimedOutFuture>();
}

} // namespace threadlint
