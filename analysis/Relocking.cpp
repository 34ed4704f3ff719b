//===- Relocking.cpp - May a thread lock what it holds? -------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/Relocking.h"
#include "analysis/CallInfo.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "analysis/Writes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace threadlint {

// Lock classes around lock classes.
static constexpr unsigned MaxDepth = 4;

/// The model of the lock at the end of \p P; pointers, arrays and the standard
/// library's owners and containers are looked through. Null: unknown.
static const TypeModel *lockType(const LockPath &P, const Models &M) {
  const LockPath *Named = &P;
  while (Named && Named->kind() == LockPath::Kind::Element)
    Named = Named->parent();
  QualType T = Named ? Named->declaredType() : QualType();
  for (unsigned N = 0; N < MaxDepth && !T.isNull(); ++N) {
    T = T.getNonReferenceType();
    if (const Type *Inner = T->getPointeeOrArrayElementType(); Inner != &*T) {
      T = QualType(Inner, 0);
      continue;
    }
    if (const TypeModel *Known = M.type(T);
        Known && Known->Kind == TypeKind::Lock)
      return Known;
    const auto *Owner = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        T->getAsCXXRecordDecl());
    if (!Owner || !Owner->isInStdNamespace() ||
        Owner->getTemplateArgs().size() == 0 ||
        Owner->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
      return nullptr;
    T = Owner->getTemplateArgs()[0].getAsType();
  }
  return nullptr;
}

static bool mentionsRecursive(const Stmt *S) {
  bool Found = false;
  forEachStmt(S, Lambdas::Outside, [&](const Stmt *Inner) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Inner))
      Found |= StringRef(Ref->getDecl()->getNameAsString())
                   .contains_insensitive("recursive");
  });
  return Found;
}

static const ValueDecl *declOf(const LockPath &P) {
  const LockPath *Named = &P;
  while (Named && Named->kind() == LockPath::Kind::Element)
    Named = Named->parent();
  if (!Named)
    return nullptr;
  if (const FieldDecl *F = Named->field())
    return F->getCanonicalDecl();
  const VarDecl *V = Named->variable();
  return V ? V->getCanonicalDecl() : nullptr;
}

void Relocking::noteInitialisation(const Stmt &S) {
  const auto *E = dyn_cast<Expr>(&S);
  if (!E || E->isTypeDependent())
    return;
  const Expr *Target = nullptr, *Value = nullptr;
  if (const auto *Assign = dyn_cast<BinaryOperator>(E);
      Assign && Assign->isAssignmentOp()) {
    Target = Assign->getLHS();
    Value = Assign->getRHS();
  } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
    const FunctionDecl *F = Call->getDirectCallee();
    if (!F || !F->getIdentifier() || Call->getNumArgs() < 2)
      return;
    StringRef Name = F->getName();
    if (Name.contains("attr") && Name.contains("settype")) {
      Expr::EvalResult Kind;
      const Expr *Arg = Call->getArg(1);
      // A kind that is not a constant may be any.
      RecursiveAttributes |= mentionsRecursive(Arg) ||
                             !Arg->EvaluateAsInt(Kind, TU.context());
      return;
    }
    if (!Name.contains("init"))
      return;
    Target = Call->getArg(0);
    Value = Call->getArg(1);
  }
  if (!Target)
    return;
  const LockPath *Path = TU.paths().of(Target);
  const ValueDecl *D = declOf(*Path);
  if (mentionsRecursive(Value)) {
    if (D)
      Recursive.insert(D);
    else
      AnyRecursive = true;
  } else if (isa<CallExpr>(E) && Value->getType()->isPointerType() &&
             !Value->isNullPointerConstant(TU.context(),
                                           Expr::NPC_ValueDependentIsNull)) {
    if (D)
      WithAttributes.insert(D);
    else
      AnyRecursive = true;
  }
}

void Relocking::findInitialisations() {
  if (Searched)
    return;
  Searched = true;
  for (const FunctionDecl *F : TU.functions().functions())
    forEachStmt(F->getBody(), Lambdas::Outside,
                [&](const Stmt *S) { noteInitialisation(*S); });
}

/// A constructor that is not seen may have made the member anything.
static bool hasHiddenConstructor(const FieldDecl &Field) {
  const auto *R = dyn_cast<CXXRecordDecl>(Field.getParent());
  return R && llvm::any_of(R->ctors(), [](const CXXConstructorDecl *Ctor) {
           return Ctor->isUserProvided() && !Ctor->hasBody();
         });
}

bool Relocking::mayBeMadeRecursive(const LockPath &Lock,
                                   const TypeModel &Type) {
  const ValueDecl *D = declOf(Lock);
  // C++ types say by themselves what they are, but for arguments of their
  // constructors (QMutex::Recursive).
  bool IsC = StringRef(Type.Library) == "posix" ||
             StringRef(Type.Library) == "c11";
  if (!D)
    return IsC;
  if (const auto *Field = dyn_cast<FieldDecl>(D)) {
    if (mentionsRecursive(Field->getInClassInitializer()))
      return true;
    if (IsC && hasHiddenConstructor(*Field))
      return true;
    if (const auto *R = dyn_cast<CXXRecordDecl>(Field->getParent()))
      for (const CXXConstructorDecl *Ctor : R->ctors())
        for (const CXXCtorInitializer *Init : Ctor->inits())
          if (Init->getAnyMember() == Field &&
              mentionsRecursive(initialiserOf(*Init)))
            return true;
  } else if (const auto *V = dyn_cast<VarDecl>(D)) {
    for (const VarDecl *Redecl : V->redecls())
      if (mentionsRecursive(Redecl->getInit()))
        return true;
  }
  findInitialisations();
  return (IsC && AnyRecursive) || Recursive.count(D) ||
         (WithAttributes.count(D) && RecursiveAttributes);
}

bool Relocking::fails(const Step &Way, LockMode Held, unsigned Depth) {
  const Step *Last = &Way;
  while (Last->Next)
    Last = Last->Next;
  if (const TypeModel *Type = lockType(*Way.Object, TU.models())) {
    if (Type->Recursive || mayBeMadeRecursive(*Way.Object, *Type))
      return false;
    bool Readers = Held == LockMode::Shared && Way.Mode == LockMode::Shared;
    return !Readers || !Type->SharedAgain;
  }
  // A class in user code: what does its lock function do in the end?
  const FunctionDecl *Locks = Last->Where ? namedCallee(Last->Where) : nullptr;
  if (!Locks || !Locks->hasBody() || Depth == MaxDepth)
    return false;
  const Summary &S = TU.summaries().of(Locks);
  return llvm::any_of(S.Locks, [&](const Step *Inner) {
    bool Kept = llvm::any_of(S.Acquires, [&](const HeldLock &H) {
      return H.Must && H.Path == Inner->Object;
    });
    return Kept && !Inner->CallerDecides && fails(*Inner, Held, Depth + 1);
  });
}

} // namespace threadlint
