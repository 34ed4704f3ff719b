//===- SyncCopies.cpp - Where synchronisation objects are copied ----------===//
// Copies that the language makes: constructions, assignments, values read in C.
// Calls of library functions are in SyncCallCopies.cpp; see the header.
//===----------------------------------------------------------------------===//
#include "analysis/SyncCopies.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

SyncCopies::SyncCopies(TranslationUnit &TU, SyncTypes &Types)
    : TU(TU), Types(Types) {}
SyncCopies::~SyncCopies() = default;

const BodyParents &SyncCopies::body() {
  if (!Body)
    Body = std::make_unique<BodyParents>(*Current);
  return *Body;
}

bool isGenericParameter(const FunctionDecl &F, unsigned Index) {
  const FunctionDecl *Pattern = F.getTemplateInstantiationPattern();
  if (!Pattern)
    return false;
  // A pack stands for all parameters from there on.
  unsigned N = Pattern->getNumParams();
  if (N == 0)
    return false;
  const ParmVarDecl *P = Pattern->getParamDecl(std::min(Index, N - 1));
  return P->getType()->isDependentType();
}

std::vector<SyncCopy> SyncCopies::of(const FunctionDecl &F) {
  Result Out;
  if (F.isImplicit() || F.isDefaulted() || F.isInvalidDecl())
    return Out;
  Current = &F;
  Body.reset();
  TouchedKnown = false;
  Touched.clear();
  parameters(F, Out);
  if (const FunctionScan *Scan = TU.functions().scan(&F))
    for (const Expr *E : Scan->Copies)
      expression(E, Out);
  const SourceManager &SM = TU.context().getSourceManager();
  llvm::stable_sort(Out, [&](const SyncCopy &A, const SyncCopy &B) {
    return SM.isBeforeInTranslationUnit(A.Loc, B.Loc);
  });
  return Out;
}

void SyncCopies::parameters(const FunctionDecl &F, Result &Out) {
  for (unsigned I = 0; I < F.getNumParams(); ++I) {
    const ParmVarDecl *P = F.getParamDecl(I);
    QualType T = P->getType();
    const SyncPart *Part = Types.copied(T, CopyBy::CopyConstruct);
    // A parameter of a type with a move takes objects over; calls that copy are
    // reported. So are calls that choose the type of a template's parameter.
    if (!Part || SyncTypes::definesMove(T) || isGenericParameter(F, I))
      continue;
    Out.push_back({CopyPlace::Parameter, P->getLocation(), T, Part, P, nullptr});
  }
}

void SyncCopies::expression(const Expr *E, Result &Out) {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    const CXXConstructorDecl *Ctor = Construct->getConstructor();
    if (!Ctor->isCopyOrMoveConstructor())
      return call(E, Out);
    return value(E, Construct->getArg(0),
                 Ctor->isCopyConstructor() ? CopyBy::CopyConstruct
                                           : CopyBy::MoveConstruct,
                 Out);
  }
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E))
    return value(E, Cast->getSubExpr(), CopyBy::CopyConstruct, Out);
  if (isa<CXXOperatorCallExpr>(E))
    assignment(E, Out);
  call(E, Out);
}

void SyncCopies::assignment(const Expr *E, Result &Out) {
  const auto *Call = cast<CXXOperatorCallExpr>(E);
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee());
  if (!Method || Call->getNumArgs() != 2)
    return;
  bool Copies = Method->isCopyAssignmentOperator();
  if (!Copies && !Method->isMoveAssignmentOperator())
    return;
  QualType T = Call->getArg(0)->getType();
  const SyncPart *Part =
      Types.copied(T, Copies ? CopyBy::CopyAssign : CopyBy::MoveAssign);
  if (!Part || isFresh(Call->getArg(1)) || body().isUnevaluated(E))
    return;
  Out.push_back({CopyPlace::Assignment, Call->getOperatorLoc(), T, Part,
                 nullptr, nullptr});
}

/// \p E makes an object of the value of \p Source.
void SyncCopies::value(const Expr *E, const Expr *Source, CopyBy How,
                       Result &Out) {
  QualType T = E->getType();
  const SyncPart *Part = Types.copied(T, How);
  if (!Part || body().isUnevaluated(E) || isFresh(Source))
    return;
  SyncCopy Copy{CopyPlace::Initializer, E->getBeginLoc(), T, Part, nullptr,
                nullptr};
  if (place(E, Source, Copy))
    Out.push_back(Copy);
}

/// Whether \p S only passes on the value of its operand.
static bool passesOn(const Stmt *S) {
  return isa<ParenExpr>(S) || isa<ImplicitCastExpr>(S) || isa<FullExpr>(S) ||
         isa<CXXBindTemporaryExpr>(S) || isa<MaterializeTemporaryExpr>(S) ||
         isa<AbstractConditionalOperator>(S) || isa<ArrayInitLoopExpr>(S) ||
         isa<CXXFunctionalCastExpr>(S);
}

static const VarDecl *initialized(const DeclStmt &S, const Stmt *Init) {
  for (const Decl *D : S.decls())
    if (const auto *V = dyn_cast<VarDecl>(D))
      if (V->getInit() == Init)
        return V;
  return nullptr;
}

static void placeCapture(const LambdaExpr &Lambda, const Stmt *Init,
                         SyncCopy &Copy) {
  Copy.Place = CopyPlace::Capture;
  auto Value = Lambda.capture_init_begin();
  for (const LambdaCapture &C : Lambda.captures()) {
    if (Value == Lambda.capture_init_end())
      return;
    if (*Value == Init) {
      Copy.Loc = C.getLocation();
      if (C.capturesVariable())
        Copy.Name = cast<NamedDecl>(C.getCapturedVar());
    }
    ++Value;
  }
}

/// Says where the copy \p E stands. False: it is no copy there, or another
/// place is reported for it.
bool SyncCopies::place(const Expr *E, const Expr *Source, SyncCopy &Copy) {
  const Stmt *Child = E;
  const Stmt *P = body().parent(Child);
  while (P && passesOn(P)) {
    Child = P;
    P = body().parent(P);
  }
  if (!P)
    return true; // a constructor's initialiser
  if (const auto *Decl = dyn_cast<DeclStmt>(P)) {
    const VarDecl *V = initialized(*Decl, Child);
    if (!V)
      return true;
    const auto *Loop = dyn_cast_or_null<CXXForRangeStmt>(body().parent(Decl));
    if (Loop && Loop->getLoopVariable() == V)
      Copy.Place = CopyPlace::LoopVariable;
    Copy.Loc = V->getLocation();
    Copy.Name = V;
    return true;
  }
  if (isa<ReturnStmt>(P) || isa<CoreturnStmt>(P))
    return placeReturn(P, Source, Copy);
  if (const auto *Lambda = dyn_cast<LambdaExpr>(P)) {
    placeCapture(*Lambda, Child, Copy);
    return true;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(P)) {
    Copy.Place = CopyPlace::Assignment;
    Copy.Loc = Binary->getOperatorLoc();
    return Binary->getOpcode() == BO_Assign && Binary->getRHS() == Child;
  }
  if (isa<CallExpr>(P) || isa<CXXConstructExpr>(P))
    return placeArgument(cast<Expr>(P), Child, Copy);
  // In C, a value that is read and dropped: `(void)*p;`.
  return isa<InitListExpr>(P) || isa<CXXNewExpr>(P) || isa<DesignatedInitExpr>(P) ||
         isa<CXXThrowExpr>(P) || TU.context().getLangOpts().CPlusPlus;
}

/// A copy for a parameter is the parameter's mistake if it can be changed.
bool SyncCopies::placeArgument(const Expr *Call, const Stmt *Child,
                               SyncCopy &Copy) {
  const FunctionDecl *Callee = namedCallee(Call);
  if (!Callee)
    return false; // the function behind the pointer is reported, if it is seen
  Copy.Place = CopyPlace::Argument;
  Copy.Name = Callee;
  for (unsigned I = 0, N = numArguments(Call); I < N; ++I) {
    if (argument(Call, I) != Child)
      continue;
    if (I >= Callee->getNumParams() ||
        Callee->getParamDecl(I)->getType()->isReferenceType())
      return true;
    return !TU.functions().isUserCode(Callee->getLocation()) ||
           SyncTypes::definesMove(Copy.Type) || isGenericParameter(*Callee, I);
  }
  return true;
}

/// The variable whose object, or a part of it, \p E names. Null: another one.
static const VarDecl *rootVariable(const Expr *E) {
  while (true) {
    E = E->IgnoreParenImpCasts();
    const auto *Member = dyn_cast<MemberExpr>(E);
    if (!Member || Member->isArrow())
      break;
    E = Member->getBase();
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

bool SyncCopies::placeReturn(const Stmt *Return, const Expr *Source,
                             SyncCopy &Copy) {
  Copy.Place = CopyPlace::Return;
  const auto *R = dyn_cast<ReturnStmt>(Return);
  if (!R)
    return true;
  const VarDecl *V = rootVariable(Source);
  // Compilers make the local in the caller's object.
  if (TU.context().getLangOpts().CPlusPlus && V && V == R->getNRVOCandidate())
    return false;
  // The parameter itself is reported.
  const auto *P = dyn_cast_or_null<ParmVarDecl>(V);
  return !P || P->getType()->isReferenceType() ||
         SyncTypes::definesMove(P->getType());
}

/// Whether making \p V runs no code that could set its primitive up.
static bool startsRaw(const VarDecl &V) {
  const CXXRecordDecl *R =
      V.getType()->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition() || R->hasTrivialDefaultConstructor())
    return true;
  return isa_and_nonnull<InitListExpr>(V.getInit());
}

bool SyncCopies::isFresh(const Expr *Source) {
  const Expr *E = Source;
  while (true) {
    E = E->IgnoreParens();
    if (isa<MaterializeTemporaryExpr>(E) || isa<CompoundLiteralExpr>(E) ||
        isa<InitListExpr>(E))
      return true;
    const auto *Cast = dyn_cast<CastExpr>(E);
    if (!Cast)
      break;
    E = Cast->getSubExpr();
  }
  if (E->isPRValue())
    return true;
  const VarDecl *V = rootVariable(E);
  if (!V || isa<ParmVarDecl>(V) || V->getType()->isReferenceType() ||
      !startsRaw(*V))
    return false;
  if (V->getType().isConstQualified())
    return true;
  return V->hasLocalStorage() && !isTouched(V);
}

/// Whether \p Call is memset, memcpy or their like.
static bool isMemoryFunction(const Stmt *Call) {
  const auto *C = dyn_cast_or_null<CallExpr>(Call);
  const FunctionDecl *F = C ? C->getDirectCallee() : nullptr;
  return F && F->getMemoryFunctionKind() != 0;
}

/// Whether \p Ref makes the address of a local's primitive, or of all of it, known
/// outside this function's assignments: then it may be set up or in use.
bool SyncCopies::touches(const DeclRefExpr *Ref) {
  const Stmt *Child = Ref;
  const Stmt *P = body().parent(Child);
  while (P) {
    const auto *Cast = dyn_cast<CastExpr>(P);
    bool Continues = isa<ParenExpr>(P) || isa<MemberExpr>(P) ||
                     isa<ArraySubscriptExpr>(P) ||
                     (Cast && Cast->getCastKind() != CK_LValueToRValue);
    const auto *Address = dyn_cast<UnaryOperator>(P);
    Continues |= Address && Address->getOpcode() == UO_AddrOf;
    if (!Continues)
      break;
    // A field that is no part of the matter.
    if (const auto *Member = dyn_cast<MemberExpr>(P))
      if (isa<FieldDecl>(Member->getMemberDecl()) &&
          !Types.copied(Member->getType(), CopyBy::CopyConstruct))
        break;
    Child = P;
    P = body().parent(P);
  }
  if (!P || isa<MemberExpr>(P) || isa<UnaryExprOrTypeTraitExpr>(P) ||
      isMemoryFunction(P))
    return false;
  if (const auto *Binary = dyn_cast<BinaryOperator>(P))
    if (Binary->getOpcode() == BO_Assign && Binary->getLHS() == Child &&
        cast<Expr>(Child)->isLValue())
      return false;
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(P))
    if (Operator->getOperator() == OO_Equal)
      return false;
  if (const auto *Cast = dyn_cast<CastExpr>(P))
    if (Cast->getCastKind() == CK_LValueToRValue)
      return false;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(P))
    if (Construct->getConstructor()->isCopyOrMoveConstructor())
      return false;
  return true;
}

bool SyncCopies::isTouched(const VarDecl *V) {
  if (!TouchedKnown) {
    TouchedKnown = true;
    for (const Stmt *S : body().all())
      if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
        if (!Touched.count(Ref->getDecl()) && touches(Ref))
          Touched.insert(Ref->getDecl());
  }
  return Touched.count(V) != 0;
}

} // namespace threadlint
