//===- HandleUses.cpp - What code does to a library's handle --------------===//
// See the header. From each mention of the handle upwards, as long as an
// expression still denotes it.
//===----------------------------------------------------------------------===//
#include "analysis/HandleUses.h"
#include "analysis/BlockingCalls.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

// Functions that hand the handle on to the next one.
static constexpr unsigned MaxDepth = 3;

//===----------------------------------------------------------------------===//
// Libraries
//===----------------------------------------------------------------------===//

/// The outermost named namespace. Empty: none.
static std::string namespaceOf(const Decl &D) {
  std::string Result;
  for (const DeclContext *DC = D.getDeclContext(); DC; DC = DC->getParent())
    if (const auto *Namespace = dyn_cast<NamespaceDecl>(DC))
      Result = Namespace->getNameAsString();
  return Result;
}

/// Which library a function or class is of: two with the same answer are of
/// one.
static std::string libraryOf(const NamedDecl &D) {
  std::string Namespace = namespaceOf(D);
  if (!Namespace.empty())
    return Namespace;
  auto Words = D.getIdentifier() ? nameWords(D.getName())
                                 : llvm::SmallVector<std::string, 4>();
  return Words.empty() ? "" : Words.front();
}

const CXXRecordDecl *handleClass(QualType T) {
  for (unsigned Steps = 0; Steps < 4; ++Steps) {
    T = T.getNonReferenceType();
    if (T->isPointerType())
      T = T->getPointeeType();
    const CXXRecordDecl *R = T->getAsCXXRecordDecl();
    const auto *Smart = dyn_cast_or_null<ClassTemplateSpecializationDecl>(R);
    if (!R || !R->isInStdNamespace())
      return R;
    if (!Smart || Smart->getTemplateArgs().size() == 0 ||
        Smart->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
      return nullptr;
    T = Smart->getTemplateArgs()[0].getAsType();
  }
  return nullptr;
}

HandleUses::HandleUses(TranslationUnit &TU, const ValueDecl &Handle,
                       const FunctionDecl &User)
    : TU(TU), Handle(&Handle) {
  const CXXRecordDecl *Class = handleClass(Handle.getType());
  Library = Class ? libraryOf(*Class) : libraryOf(User);
}

bool HandleUses::isOfLibrary(const FunctionDecl &F) const {
  return !Library.empty() && libraryOf(F) == Library;
}

//===----------------------------------------------------------------------===//
// Where handles come from
//===----------------------------------------------------------------------===//

static bool isMakeSmart(const FunctionDecl &F) {
  return F.getIdentifier() && isStandard(F) &&
         (F.getName() == "make_unique" || F.getName() == "make_shared");
}

static HandleOrigin originOf(const Expr *E, TranslationUnit &TU,
                             unsigned Depth);

/// What the variable \p V, which \p F returns, holds by then.
static HandleOrigin returnedOrigin(const VarDecl &V, const FunctionDecl &F,
                                   TranslationUnit &TU, unsigned Depth) {
  const Expr *Made = V.getInit() ? producer(V.getInit()) : nullptr;
  const FunctionDecl *Maker = Made ? namedCallee(Made) : nullptr;
  if (!Maker || !V.hasLocalStorage() || isa<ParmVarDecl>(V) ||
      originOf(Made, TU, Depth) != HandleOrigin::Bare)
    return HandleOrigin::Unknown;
  HandleUses Uses(TU, V, *Maker);
  Uses.allowReturn();
  Uses.add(F);
  return Uses.worst() == HandleUse::Harmless ? HandleOrigin::Bare
                                             : HandleOrigin::Unknown;
}

/// A function of the user's that makes handles and gives none a deadline.
static HandleOrigin factoryOrigin(const FunctionDecl *F, TranslationUnit &TU,
                                  unsigned Depth) {
  const FunctionDecl *Definition = nullptr;
  if (!F || Depth >= MaxDepth || !F->hasBody(Definition) ||
      Definition->isDependentContext())
    return HandleOrigin::Unknown;
  const FunctionScan *Scan = TU.functions().scan(Definition);
  if (!Scan || Scan->OverBudget)
    return HandleOrigin::Unknown;
  HandleOrigin Result = HandleOrigin::None;
  forEachStmt(Definition->getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *Return = dyn_cast<ReturnStmt>(S);
    const Expr *Value = Return ? Return->getRetValue() : nullptr;
    if (!Value)
      return;
    const auto *Ref = dyn_cast<DeclRefExpr>(producer(Value));
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    Result = std::max(Result, V ? returnedOrigin(*V, *Definition, TU, Depth + 1)
                                : originOf(Value, TU, Depth + 1));
  });
  return Result == HandleOrigin::None ? HandleOrigin::Unknown : Result;
}

HandleOrigin originOf(const Expr *E, TranslationUnit &TU) {
  return originOf(E, TU, 0);
}

static HandleOrigin originOf(const Expr *E, TranslationUnit &TU,
                             unsigned Depth) {
  if (!E)
    return HandleOrigin::None;
  E = producer(E);
  if (isa<ImplicitValueInitExpr>(E) || isa<CXXScalarValueInitExpr>(E) ||
      E->isNullPointerConstant(TU.context(), Expr::NPC_ValueDependentIsNotNull))
    return HandleOrigin::None;
  if (const auto *New = dyn_cast<CXXNewExpr>(E)) {
    const CXXConstructExpr *Construct = New->getConstructExpr();
    return Construct ? originOf(Construct, TU, Depth) : HandleOrigin::Bare;
  }
  if (const auto *List = dyn_cast<InitListExpr>(E)) {
    if (List->getNumInits() == 1)
      return originOf(List->getInit(0), TU, Depth);
    return List->getNumInits() == 0 ? HandleOrigin::None
                                    : HandleOrigin::Unknown;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    const CXXConstructorDecl *Ctor = Construct->getConstructor();
    if (Ctor->getParent()->isInStdNamespace())
      return Construct->getNumArgs() == 0
                 ? HandleOrigin::None
                 : originOf(Construct->getArg(0), TU, Depth);
    // A class of the user's that derives from the library's may set one.
    bool OwnBody = Ctor->hasBody() && !Ctor->isImplicit() &&
                   Ctor->getParent()->getNumBases() != 0;
    return Ctor->isCopyOrMoveConstructor() || OwnBody ? HandleOrigin::Unknown
                                                      : HandleOrigin::Bare;
  }
  const FunctionDecl *F = namedCallee(E);
  if (!F)
    return HandleOrigin::Unknown;
  if (isMakeSmart(*F)) {
    for (unsigned I = 0, N = writtenArgs(E); I < N; ++I)
      if (handleClass(argument(E, I)->getType()) == handleClass(E->getType()))
        return HandleOrigin::Unknown; // a copy
    return HandleOrigin::Bare;
  }
  const FunctionModel *Model = TU.models().function(F, writtenArgs(E));
  if (!Model)
    return factoryOrigin(callee(E), TU, Depth);
  return Model->Does == Effect::MakeHandle ? HandleOrigin::Bare
                                           : HandleOrigin::Unknown;
}

void HandleUses::assign(const Expr *Value) {
  HandleOrigin Origin = originOf(Value, TU);
  Made |= Origin == HandleOrigin::Bare;
  if (Origin == HandleOrigin::Unknown)
    note(HandleUse::Escapes);
}

//===----------------------------------------------------------------------===//
// Uses
//===----------------------------------------------------------------------===//

/// A call of the function that gives a deadline: to this handle, with this
/// option, and not for ever?
HandleUse HandleUses::set(const Expr *E, const Expr &Call,
                          const FunctionModel &M) const {
  const Expr *Object = argumentAt(Call, M.Object);
  if (!Object || Object->IgnoreParenImpCasts() != E->IgnoreParenImpCasts())
    return HandleUse::Harmless;
  if (const Expr *Flag =
          M.Flags == ArgNone ? nullptr : argumentAt(Call, M.Flags)) {
    std::optional<bool> Named = namesFlag(*Flag, M, TU.context());
    if (!Named)
      return HandleUse::Escapes;
    if (!*Named)
      return HandleUse::Harmless;
  }
  const Expr *Length =
      M.Timeout == ArgNone ? nullptr : argumentAt(Call, M.Timeout);
  return Length && constantValue(*Length, TU.context()) == 0
             ? HandleUse::Harmless
             : HandleUse::Sets;
}

/// Smart pointers, and functions such as std::move.
const Expr *HandleUses::stepStandard(const Expr *E, const Expr &Call,
                                     const FunctionDecl &Callee) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  if (!Method || isa<CXXConstructorDecl>(Callee) ||
      objectArgument(&Call) != E) {
    note(HandleUse::Escapes);
    return nullptr;
  }
  if (Method->getOverloadedOperator() == OO_Equal ||
      (Method->getIdentifier() && Method->getName() == "reset")) {
    assign(writtenArgs(&Call) ? argument(&Call, 0) : nullptr);
    return nullptr;
  }
  QualType Result = Method->getReturnType();
  if (Method->getIdentifier() && Method->getName() == "release")
    note(HandleUse::Escapes);
  else if (Result->isPointerType() || Result->isReferenceType())
    return &Call; // get(), operator->
  return nullptr;
}

const Expr *HandleUses::stepCall(const Expr *E, const Expr &Call,
                                 unsigned Depth) {
  const FunctionDecl *Callee = namedCallee(&Call);
  if (!Callee) {
    note(HandleUse::Escapes);
    return nullptr;
  }
  if (handedOn(&Call))
    return &Call;
  const FunctionModel *M = TU.models().function(Callee, writtenArgs(&Call));
  if (M && M->Does == Effect::SetDeadline)
    note(set(E, Call, *M));
  if (M && (M->Does == Effect::SetDeadline || *M->DeadlineWith))
    return nullptr;
  if (isStandard(*Callee))
    return stepStandard(E, Call, *Callee);
  if (isOfLibrary(*Callee)) {
    // `get_lowest_layer(stream)` is a part of it.
    if (isa<CXXConstructorDecl>(Callee))
      note(HandleUse::Escapes);
    return Callee->getReturnType()->isReferenceType() ? &Call : nullptr;
  }
  const FunctionDecl *Definition = nullptr;
  const FunctionDecl *Runs = callee(&Call);
  if (Runs && Runs->hasBody(Definition) && Depth < MaxDepth)
    for (unsigned I = 0, N = numArguments(&Call);
         I < N && I < Definition->getNumParams(); ++I)
      if (argument(&Call, I) == E) {
        add(*Definition, *Definition->getParamDecl(I), Depth + 1);
        return nullptr;
      }
  note(HandleUse::Escapes);
  return nullptr;
}

/// The expression above \p E that still denotes the handle. Null: that is all,
/// and the use is noted.
const Expr *HandleUses::step(const Expr *E, const Stmt *Above, unsigned Depth) {
  if (isa<CallExpr>(Above) || isa<CXXConstructExpr>(Above))
    return stepCall(E, *cast<Expr>(Above), Depth);
  if (isa<CastExpr>(Above) || isa<ParenExpr>(Above) || isa<FullExpr>(Above) ||
      isa<MaterializeTemporaryExpr>(Above) || isa<CXXBindTemporaryExpr>(Above))
    return cast<Expr>(Above);
  if (const auto *Unary = dyn_cast<UnaryOperator>(Above))
    return Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref
               ? Unary
               : nullptr; // !curl
  if (const auto *Binary = dyn_cast<BinaryOperator>(Above)) {
    if (Binary->isComparisonOp() || Binary->isLogicalOp())
      return nullptr;
    if (Binary->getOpcode() == BO_Assign && Binary->getLHS() == E)
      assign(Binary->getRHS());
    else
      note(HandleUse::Escapes);
    return nullptr;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(Above)) {
    if (isa<CXXMethodDecl>(Member->getMemberDecl()))
      return Member; // its call is the next step
    note(HandleUse::Escapes);
    return nullptr;
  }
  const auto *Choice = dyn_cast<ConditionalOperator>(Above);
  bool Tested = (Choice && Choice->getCond() == E) ||
                conditionIn(*Above) == E ||
                (MayReturn && Depth == 0 && isa<ReturnStmt>(Above));
  if (!Tested && !isa<CompoundStmt>(Above) && !isa<LambdaExpr>(Above) &&
      !isa<CXXDeleteExpr>(Above) && !isa<UnaryExprOrTypeTraitExpr>(Above))
    note(HandleUse::Escapes); // returned, stored, listed …
  return nullptr;
}

void HandleUses::follow(const Expr *E, const BodyParents &Parents,
                        unsigned Depth) {
  while (E) {
    const Stmt *Above = Parents.parent(E);
    // The initialiser of another member.
    if (!Above)
      return note(HandleUse::Escapes);
    // `handle.call()`: the call's object is what stands before the dot.
    const auto *Member = dyn_cast<MemberExpr>(E);
    if (Member && isa<CXXMethodDecl>(Member->getMemberDecl())) {
      while (Above && isa<ParenExpr>(Above))
        Above = Parents.parent(Above);
      const auto *Call = dyn_cast_or_null<CallExpr>(Above);
      if (!Call)
        return note(HandleUse::Escapes);
      const Expr *Object = objectArgument(Call);
      E = stepCall(Object ? Object : E, *Call, Depth);
      continue;
    }
    E = step(E, Above, Depth);
  }
}

static bool names(const Stmt *S, const ValueDecl &Name) {
  const ValueDecl *D = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    D = Ref->getDecl();
  else if (const auto *Member = dyn_cast<MemberExpr>(S))
    D = Member->getMemberDecl();
  return D && D->getCanonicalDecl() == Name.getCanonicalDecl();
}

void HandleUses::add(const FunctionDecl &F, const ValueDecl &Name,
                     unsigned Depth) {
  if (Worst == HandleUse::Escapes || !F.getBody())
    return;
  bool Named = isa<CXXConstructorDecl>(F); // its initialisers
  llvm::SmallVector<const FunctionDecl *, 2> Inner;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    Named |= names(S, Name);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      Inner.push_back(Lambda->getCallOperator());
      Named = true; // perhaps an init-capture
    }
  });
  for (const FunctionDecl *Body : Inner)
    add(*Body, Name, Depth);
  if (!Named)
    return;
  BodyParents Parents(F);
  for (const Stmt *S : Parents.all())
    if (names(S, Name) && !Parents.isUnevaluated(S))
      follow(cast<Expr>(S), Parents, Depth);
}

} // namespace threadlint
