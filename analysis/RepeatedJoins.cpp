//===- RepeatedJoins.cpp - Joins that can be told apart by sight ----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/RepeatedJoins.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace threadlint {
namespace {

/// A call that joins or detaches.
struct End {
  const Expr *Call;
  const Expr *Thread;
  bool Detaches;
};

class Finder {
public:
  explicit Finder(TranslationUnit &TU) : TU(TU) {}

  void visit(const Stmt &S);
  std::vector<RepeatedJoin> Found;

private:
  const FunctionModel *model(const Expr *E) const;
  std::optional<End> endAt(const Stmt &S) const;
  bool hasConstantIndex(const LockPath &Element) const;
  void visitBlock(const CompoundStmt &Block);

  TranslationUnit &TU;
};

const FunctionModel *Finder::model(const Expr *E) const {
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *F = Call ? namedCallee(Call) : nullptr;
  return F ? TU.models().function(F, writtenArgs(Call)) : nullptr;
}

std::optional<End> Finder::endAt(const Stmt &S) const {
  const auto *E = dyn_cast<Expr>(&S);
  E = E ? producer(E) : nullptr;
  const FunctionModel *Model = E ? model(E) : nullptr;
  if (!Model || Model->Timeout != ArgNone ||
      (Model->Does != Effect::Join && Model->Does != Effect::Detach))
    return std::nullopt;
  const Expr *Thread = argumentAt(*E, Model->Object);
  if (!Thread)
    return std::nullopt;
  return End{E, Thread, Model->Does == Effect::Detach};
}

bool Finder::hasConstantIndex(const LockPath &Element) const {
  Expr::EvalResult Value;
  const Expr *Index = Element.index();
  return Index && !Index->isValueDependent() && !Element.root()->isUnknown() &&
         Index->EvaluateAsInt(Value, TU.context());
}

/// Joins in a row, with nothing between them that could start a thread.
void Finder::visitBlock(const CompoundStmt &Block) {
  llvm::SmallVector<std::pair<const LockPath *, End>, 4> Before;
  for (const Stmt *S : Block.body()) {
    std::optional<End> Now = endAt(*S);
    if (!Now) {
      Before.clear();
      continue;
    }
    const LockPath *Path = TU.paths().of(Now->Thread);
    if (!hasConstantIndex(*Path))
      continue;
    auto Same = llvm::find_if(
        Before, [Path](const auto &Entry) { return Entry.first == Path; });
    if (Same == Before.end())
      Before.push_back({Path, *Now});
    else
      Found.push_back(
          {Now->Call, Now->Thread, Same->second.Call, Same->second.Detaches});
  }
}

void Finder::visit(const Stmt &S) {
  if (const auto *Block = dyn_cast<CompoundStmt>(&S))
    return visitBlock(*Block);
  std::optional<End> Now = isa<CallExpr>(S) ? endAt(S) : std::nullopt;
  const FunctionModel *Handle = Now ? model(producer(Now->Thread)) : nullptr;
  if (Handle && !Now->Detaches && Handle->Does == Effect::CurrentThread)
    Found.push_back({Now->Call, Now->Thread});
}

} // namespace

std::vector<RepeatedJoin> repeatedJoins(const FunctionDecl &F,
                                        TranslationUnit &TU) {
  const FunctionScan *Scan = TU.functions().scan(&F);
  if (!Scan || Scan->OverBudget || !Scan->Waits)
    return {};
  Finder Here(TU);
  forEachStmt(F.getBody(), Lambdas::Outside,
              [&](const Stmt *S) { Here.visit(*S); });
  llvm::sort(Here.Found, [](const RepeatedJoin &A, const RepeatedJoin &B) {
    return A.Where->getBeginLoc() < B.Where->getBeginLoc();
  });
  return std::move(Here.Found);
}

} // namespace threadlint
