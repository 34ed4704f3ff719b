//===- SpawnCall.cpp - Does this call start a task? -----------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/SpawnCall.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/Models.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

/// The model of the constructor of \p R that starts a thread. Null: R is no
/// thread.
static const FunctionModel *threadConstructor(const CXXRecordDecl *R,
                                              const Models &M) {
  const TypeModel *Type = M.record(R);
  if (!Type || Type->Kind != TypeKind::Thread || !(R = R->getDefinition()))
    return nullptr;
  for (const Decl *D : R->decls()) {
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
      D = Template->getTemplatedDecl();
    const auto *Ctor = dyn_cast<CXXConstructorDecl>(D);
    const FunctionModel *Model = Ctor ? M.function(Ctor, 1) : nullptr;
    if (Model && Model->Does == Effect::Spawn)
      return Model;
  }
  return nullptr;
}

static const FunctionModel *threadAmong(llvm::ArrayRef<TemplateArgument> Args,
                                        const Models &M) {
  for (const TemplateArgument &Arg : Args)
    if (Arg.getKind() == TemplateArgument::Type)
      if (const CXXRecordDecl *R = Arg.getAsType()->getAsCXXRecordDecl())
        if (const FunctionModel *Model = threadConstructor(R, M))
          return Model;
  return nullptr;
}

/// The thread that an in-place construction makes: the container's element, or
/// the type that make_unique and its like are asked for.
static const FunctionModel *constructedThread(const FunctionDecl *F,
                                              const Models &M) {
  if (const auto *Method = dyn_cast<CXXMethodDecl>(F)) {
    const auto *Container =
        dyn_cast<ClassTemplateSpecializationDecl>(Method->getParent());
    return Container ? threadAmong(Container->getTemplateArgs().asArray(), M)
                     : nullptr;
  }
  const TemplateArgumentList *Args = F->getTemplateSpecializationArgs();
  return Args && Args->size()
             ? threadAmong(Args->asArray().take_front(1), M)
             : nullptr;
}

/// The functions of C hand a `void *` to a plain function: `CreateThread(…, run,
/// data, 0, &id)` keeps `data`, and fills in `id` before it returns.
static bool isCFunction(const FunctionDecl &F) {
  return F.isExternC() ||
         (!F.getPrimaryTemplate() && llvm::any_of(F.parameters(), [](const ParmVarDecl *P) {
           return P->getType()->isFunctionPointerType();
         }));
}

/// What the task gets: the `void *` of a C function, wherever it stands; else
/// everything behind the callable, as the thread's handle, a policy or a key
/// come before it.
static void addArguments(const Expr &Call, const FunctionDecl &F,
                         SpawnCall &Result) {
  bool IsC = isCFunction(F), Behind = false;
  for (unsigned I = 0, N = writtenArgs(&Call); I < N; ++I) {
    const Expr *Arg = argument(&Call, I);
    if (IsC ? I < F.getNumParams() &&
                  F.getParamDecl(I)->getType()->isVoidPointerType()
            : Behind)
      Result.Arguments.push_back(Arg);
    Behind |= Arg == Result.Callable;
  }
}

SpawnCall spawnCall(const Expr &Call, const Models &M) {
  SpawnCall Result;
  const FunctionDecl *F = namedCallee(&Call);
  if (!F)
    return Result;
  const FunctionModel *Model = M.function(F, writtenArgs(&Call));
  if (!Model)
    Model = M.executor(F);
  if (!Model)
    return Result;
  int8_t Callable = Model->Callable;
  if (Model->Does == Effect::Emplace) {
    Model = constructedThread(F, M);
    Result.InPlace = true;
    Callable = ArgFirstCallable; // a map's key comes before it
  }
  if (!Model || Model->Does != Effect::Spawn)
    return Result;
  Result.Callable = argumentAt(Call, Callable);
  if (Result.InPlace && !Result.Callable)
    return Result; // a thread object without a thread, or a moved one
  Result.Model = Model;
  addArguments(Call, *F, Result);
  return Result;
}

} // namespace threadlint
