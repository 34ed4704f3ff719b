//===- ObjectTasks.cpp - Threads that use a local object ------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/ObjectTasks.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace threadlint {
namespace {

constexpr unsigned MaxDepth = 6; // of bases and members

class Finder {
public:
  Finder(const FunctionDecl &F, TranslationUnit &TU) : F(F), TU(TU) {}
  std::vector<ObjectTask> find();

private:
  void visit(const CXXMemberCallExpr &Call);
  const VarDecl *objectOf(const CXXMemberCallExpr &Call,
                          CaptureKind &Kind) const;
  bool isShared(const VarDecl &Owner) const;
  bool mayWaitAtDeath(const CXXRecordDecl *R, unsigned Depth) const;
  bool isQuiet(const CXXDestructorDecl &Dtor) const;

  const FunctionDecl &F;
  TranslationUnit &TU;
  std::vector<ObjectTask> Result;
};

bool isOwner(QualType T) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R && R->isInStdNamespace() && R->getIdentifier() &&
         R->getName() == "unique_ptr";
}

/// Anything but `p->` and `*p` may give the object to somebody else.
bool Finder::isShared(const VarDecl &Owner) const {
  unsigned Mentions = 0, Accesses = 0;
  forEachStmt(F.getBody(), Lambdas::Inside, [&](const Stmt *S) {
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    Mentions += Ref && Ref->getDecl() == &Owner;
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
    if (!Op || (Op->getOperator() != OO_Arrow && Op->getOperator() != OO_Star))
      return;
    const auto *Of = dyn_cast<DeclRefExpr>(producer(Op->getArg(0)));
    Accesses += Of && Of->getDecl() == &Owner;
  });
  return Mentions != Accesses;
}

/// The variable of F that is, points to or owns the object of \p Call. Null: it
/// is somebody else's.
const VarDecl *Finder::objectOf(const CXXMemberCallExpr &Call,
                                CaptureKind &Kind) const {
  const Expr *Object = producer(Call.getImplicitObjectArgument());
  const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(Object);
  if (Arrow && Arrow->getOperator() == OO_Arrow)
    Object = producer(Arrow->getArg(0));
  else
    Arrow = nullptr;
  const auto *Ref = dyn_cast<DeclRefExpr>(Object);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!V || !V->hasLocalStorage() || isa<ParmVarDecl>(V) ||
      V->getDeclContext() != &F)
    return nullptr;
  Kind = CaptureKind::Pointer;
  if (Arrow)
    return isOwner(V->getType()) && !isShared(*V) ? V : nullptr;
  if (V->getType()->isRecordType())
    return V;
  Kind = CaptureKind::Value;
  bool IsNew = V->getType()->isPointerType() && V->hasInit() &&
               isa<CXXNewExpr>(producer(V->getInit()));
  return IsNew && !TU.paths().isRebound(V) ? V : nullptr;
}

/// The body can be seen, and so can all that it calls; none of it waits or
/// loops.
bool Finder::isQuiet(const CXXDestructorDecl &Dtor) const {
  const FunctionDecl *Body = nullptr;
  if (!Dtor.hasBody(Body))
    return Dtor.isDefaulted();
  const FunctionScan *Scan = TU.functions().scan(Body);
  if (!Scan || Scan->OverBudget || !Scan->Loops.empty() ||
      TU.functions().mayWait(Body))
    return false;
  bool Quiet = true;
  forEachStmt(Body->getBody(), Lambdas::Inside, [&](const Stmt *S) {
    if (!isa<CallExpr>(S))
      return;
    const FunctionDecl *Callee = callee(cast<Expr>(S));
    Quiet &= Callee && (isStandard(*Callee) || Callee->getBuiltinID() ||
                        TU.functions().scan(Callee));
  });
  return Quiet;
}

bool Finder::mayWaitAtDeath(const CXXRecordDecl *R, unsigned Depth) const {
  R = R ? R->getDefinition() : nullptr;
  if (!R || Depth > MaxDepth)
    return true;
  if (R->hasTrivialDestructor())
    return false;
  const CXXDestructorDecl *Dtor = R->getDestructor();
  const FunctionModel *Model =
      Dtor ? TU.models().function(Dtor, 0) : nullptr;
  const TypeModel *Type = TU.models().record(R);
  if (Model || Type)
    return (Model && Model->Blocks != Category::None) ||
           (Type && (Type->Kind == TypeKind::Thread ||
                     Type->Kind == TypeKind::Future ||
                     Type->Kind == TypeKind::Pool));
  if (R->isInStdNamespace()) {
    // A container's elements die with it.
    const auto *Container = dyn_cast<ClassTemplateSpecializationDecl>(R);
    if (!Container)
      return false;
    for (const TemplateArgument &Arg : Container->getTemplateArgs().asArray())
      if (Arg.getKind() == TemplateArgument::Type)
        if (const CXXRecordDecl *Element =
                Arg.getAsType()->getAsCXXRecordDecl())
          if (!Element->isInStdNamespace() || TU.models().record(Element))
            if (mayWaitAtDeath(Element, Depth + 1))
              return true;
    return false;
  }
  if (Dtor && Dtor->isUserProvided() && !isQuiet(*Dtor))
    return true;
  for (const CXXBaseSpecifier &Base : R->bases())
    if (mayWaitAtDeath(Base.getType()->getAsCXXRecordDecl(), Depth + 1))
      return true;
  for (const FieldDecl *Field : R->fields())
    if (const CXXRecordDecl *Part = Field->getType()->getAsCXXRecordDecl())
      if (mayWaitAtDeath(Part, Depth + 1))
        return true;
  return false;
}

/// The task keeps its object alive: `[this, self = shared_from_this()]`.
bool keepsObject(const Task &T) {
  if (!T.Lambda)
    return false;
  return llvm::any_of(T.Lambda->getLambdaClass()->fields(),
                      [](const FieldDecl *Field) {
                        return Field->getType()->isRecordType();
                      });
}

void Finder::visit(const CXXMemberCallExpr &Call) {
  const FunctionDecl *Callee = callee(&Call), *Body = nullptr;
  if (!Callee || !Callee->hasBody(Body))
    return;
  const FunctionScan *Scan = TU.functions().scan(Body);
  if (!Scan || Scan->OverBudget || Scan->Spawns.empty() || Scan->Waits)
    return;
  CaptureKind Kind;
  const VarDecl *Object = objectOf(Call, Kind);
  if (!Object || mayWaitAtDeath(cast<CXXMethodDecl>(Callee)->getParent(), 0))
    return;
  if (Object->getType()->isRecordType() && !isOwner(Object->getType()) &&
      mayWaitAtDeath(Object->getType()->getAsCXXRecordDecl(), 0))
    return;
  for (const Task &T : TU.tasks().of(Body)) {
    bool Detached = T.Detach || T.Model->Ends == TaskEnd::Detached;
    if (!Detached || !T.Entry || T.Model->Ends == TaskEnd::Pool ||
        keepsObject(T))
      continue;
    const auto *This = llvm::find_if(T.Captures, [](const Capture &C) {
      return C.Kind == CaptureKind::This;
    });
    if (This == T.Captures.end())
      continue;
    ObjectTask O{&T, This, T};
    O.AsOwn.Spawner = &F;
    O.AsOwn.Spawn = &Call;
    O.AsOwn.Handle = nullptr;
    O.AsOwn.Captures.clear();
    O.AsOwn.Captures.push_back({Kind, Object, Call.getExprLoc()});
    Result.push_back(std::move(O));
  }
}

std::vector<ObjectTask> Finder::find() {
  const FunctionScan *Scan = TU.functions().scan(&F);
  if (!Scan || F.isMain())
    return {};
  // Asking for a callee may move the table of scans.
  llvm::SmallVector<const FunctionDecl *, 8> Callees(Scan->Callees.begin(),
                                                     Scan->Callees.end());
  bool Any = llvm::any_of(Callees, [&](const FunctionDecl *Callee) {
    const FunctionScan *Inner = TU.functions().scan(Callee);
    return Inner && !Inner->Spawns.empty();
  });
  if (!Any)
    return {};
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S))
      visit(*Call);
  });
  return std::move(Result);
}

} // namespace

std::vector<ObjectTask> objectTasks(const FunctionDecl &F,
                                    TranslationUnit &TU) {
  return Finder(F, TU).find();
}

} // namespace threadlint
