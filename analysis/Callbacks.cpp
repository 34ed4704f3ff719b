//===- Callbacks.cpp - Does a call run code of somebody else? -------------===//
// Where the callable came from, and what its name and use say of its role; see
// the header.
//===----------------------------------------------------------------------===//
#include "analysis/Callbacks.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/Models.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace threadlint {

// Local variables between a call and the member that the callable comes from: a
// loop's element, its iterator, its range, and a copy.
static constexpr unsigned MaxLocals = 6;
static constexpr unsigned MaxParts = 32;
// A struct with so many function pointers is a table of operations.
static constexpr unsigned TableSize = 3;

static StringRef nameOf(const NamedDecl *D) {
  return D && D->getIdentifier() ? D->getName() : StringRef();
}

//===----------------------------------------------------------------------===//
// Where does it come from?
//===----------------------------------------------------------------------===//

/// `it->second`: members of the standard library's classes say nothing.
static bool isOfStandard(const ValueDecl &D) {
  for (const DeclContext *C = D.getDeclContext(); C; C = C->getParent())
    if (C->isStdNamespace())
      return true;
  return false;
}

/// What the expression is a part, an element or a copy of. Null: it has a name of
/// its own, or nothing is known.
static const Expr *partOf(const Expr *E) {
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
    return Call->getImplicitObjectArgument();
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return Call->getNumArgs() != 0 ? Call->getArg(0) : nullptr;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return Construct->getNumArgs() != 0 ? Construct->getArg(0) : nullptr;
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getSubExpr();
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return Subscript->getBase();
  return nullptr;
}

/// What is swapped with \p Local by \p S. Null: nothing.
static const Expr *swappedWith(const Stmt &S, const VarDecl &Local) {
  const auto *Call = dyn_cast<CallExpr>(&S);
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  if (!F || nameOf(F) != "swap")
    return nullptr;
  llvm::SmallVector<const Expr *, 3> Swapped(Call->arguments());
  if (const Expr *Object = objectArgument(Call))
    Swapped.push_back(Object);
  if (Swapped.size() != 2)
    return nullptr;
  for (unsigned I : {0u, 1u})
    if (const auto *Ref = dyn_cast<DeclRefExpr>(producer(Swapped[I])))
      if (Ref->getDecl() == &Local)
        return Swapped[1 - I];
  return nullptr;
}

/// `std::function<void()> f; f.swap(onFire_);`: what fills an empty local
/// variable, if that is done once. Null: its initialiser does, or nothing.
static const Expr *swappedInto(const VarDecl &Local) {
  const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Local.getInit());
  const auto *F = dyn_cast<FunctionDecl>(Local.getDeclContext());
  if (!Made || writtenArgs(Made) != 0 || !F)
    return nullptr;
  const Expr *Found = nullptr;
  unsigned Count = 0;
  forEachStmt(F->getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const Expr *Other = swappedWith(*S, Local)) {
      Found = Other;
      ++Count;
    }
  });
  return Count == 1 ? Found : nullptr;
}

/// The member, parameter or global that \p E comes from, through local variables.
/// Null: unknown, or written in the same function.
static const ValueDecl *originOf(const Expr *E) {
  unsigned Locals = 0;
  for (unsigned N = 0; E && N < MaxParts; ++N) {
    E = producer(E);
    const ValueDecl *D = nullptr;
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      D = Member->getMemberDecl();
      if (isa<FieldDecl>(D) && isOfStandard(*D)) {
        E = Member->getBase();
        continue;
      }
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      D = Ref->getDecl();
    } else {
      E = partOf(E);
      continue;
    }
    if (const auto *Binding = dyn_cast<BindingDecl>(D))
      D = cast_or_null<ValueDecl>(Binding->getDecomposedDecl());
    const auto *V = dyn_cast_or_null<VarDecl>(D);
    if (!V || !V->isLocalVarDecl() || V->isStaticLocal())
      return isa_and_nonnull<VarDecl, FieldDecl>(D) ? D : nullptr;
    if (++Locals > MaxLocals)
      return nullptr;
    const Expr *Swapped = swappedInto(*V);
    E = Swapped ? Swapped : V->getInit();
  }
  return nullptr;
}

//===----------------------------------------------------------------------===//
// What is its role?
//===----------------------------------------------------------------------===//

/// `with_lock(f)`: the lock is what the caller wants of the function.
static bool promisesLock(const Decl *D, const ASTContext &Context) {
  const auto *P = dyn_cast<ParmVarDecl>(D);
  const auto *F = P ? dyn_cast<FunctionDecl>(P->getDeclContext()) : nullptr;
  if (!F)
    return false;
  if (namesCriticalSection(nameOf(F)) || namesCriticalSection(nameOf(P)))
    return true;
  const RawComment *Comment = Context.getRawCommentForDeclNoCache(F);
  if (!Comment)
    return false;
  std::string Text =
      Comment->getRawText(Context.getSourceManager()).lower();
  return StringRef(Text).contains("lock") || StringRef(Text).contains("mutex");
}

static bool isFunctionPointer(QualType T) {
  return T->isFunctionPointerType() || T->isFunctionReferenceType() ||
         T->isBlockPointerType();
}

/// `ops->read`, a virtual table by hand: parts of the object, not observers.
static bool isInTable(const FieldDecl &Field) {
  unsigned Pointers = 0, All = 0;
  for (const FieldDecl *F : Field.getParent()->fields()) {
    ++All;
    Pointers += isFunctionPointer(F->getType());
  }
  return Pointers >= TableSize && Pointers * 2 > All;
}

/// `entry->parse(…)` of a `const struct entry *entry`: the program's own table.
static bool isInConstant(const Expr &Callable) {
  const auto *Member = dyn_cast<MemberExpr>(&Callable);
  const Expr *Base = Member ? producer(Member->getBase()) : nullptr;
  if (!Base || isa<CXXThisExpr>(Base))
    return false;
  QualType T = Base->getType().getNonReferenceType();
  return (T->isPointerType() ? T->getPointeeType() : T).isConstQualified();
}

static std::string typedefName(QualType T) {
  if (const auto *Typedef = T->getAs<TypedefType>())
    return Typedef->getDecl()->getNameAsString();
  return "";
}

/// Names of the callable, of where it was stored and of its type.
static bool soundsLikeCallback(const ValueDecl *Called, const ValueDecl *From) {
  for (const ValueDecl *D : {Called, From})
    if (D && (namesCallback(nameOf(D)) ||
              namesCallback(typedefName(D->getType()))))
      return true;
  return false;
}

static const ValueDecl *calledDecl(const Expr *E) {
  E = producer(E);
  while (const auto *Unary = dyn_cast<UnaryOperator>(E))
    E = producer(Unary->getSubExpr());
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->getMemberDecl();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Ref->getDecl();
  return nullptr;
}

/// A call of a function object or pointer.
static std::optional<Callback> calledObject(const Expr &Callable,
                                            bool IsPointer,
                                            const ASTContext &Context) {
  const ValueDecl *From = originOf(&Callable);
  if (!From || promisesLock(From, Context))
    return std::nullopt;
  const ValueDecl *Called = calledDecl(&Callable);
  bool Sounds = soundsLikeCallback(Called, From);
  if (namesOperation(nameOf(Called)) || namesOperation(nameOf(From)))
    return std::nullopt;
  if (IsPointer && isInConstant(Callable))
    return std::nullopt;
  if (!Sounds) {
    // Globals: entry points that were looked up in a library.
    if (IsPointer && isa<VarDecl>(From) &&
        !isa<ParmVarDecl>(From))
      return std::nullopt;
    const auto *Field = dyn_cast_or_null<FieldDecl>(Called);
    if (IsPointer && Field && isInTable(*Field))
      return std::nullopt;
  }
  return Callback{CallbackKind::Function, &Callable, From, !Sounds};
}

static bool isInterface(const CXXRecordDecl &R) {
  return R.hasDefinition() && R.isAbstract();
}

/// A virtual function of an object that the class was told to inform.
static std::optional<Callback> observed(const CXXMemberCallExpr &Call) {
  const CXXMethodDecl *Method = Call.getMethodDecl();
  if (!Method || !Method->isVirtual() || callee(&Call))
    return std::nullopt;
  const Expr *Object = producer(Call.getImplicitObjectArgument());
  const CXXRecordDecl *R = Method->getParent();
  if (isa<CXXThisExpr>(Object) || isa<CXXDestructorDecl>(Method) ||
      !isInterface(*R))
    return std::nullopt;
  const ValueDecl *From = originOf(Object);
  if (!From)
    return std::nullopt;
  bool Observer = namesObserver(nameOf(R)) || namesObserver(nameOf(From));
  bool Notifies = namesNotification(nameOf(Method));
  if (!Observer || !(Notifies || Method->getReturnType()->isVoidType()))
    return std::nullopt;
  return Callback{CallbackKind::Observer, Object, From, true};
}

/// The function object or pointer \p E is called. None: it is another object.
static std::optional<Callback> calledValue(const Expr *E, const Models &M,
                                           const ASTContext &Context) {
  E = producer(E);
  const TypeModel *Type = M.type(E->getType());
  bool IsPointer = isFunctionPointer(E->getType());
  if (!IsPointer && (!Type || Type->Kind != TypeKind::Callback))
    return std::nullopt;
  const ValueDecl *D = calledDecl(E);
  if (D ? isa<FunctionDecl>(D) : IsPointer)
    return std::nullopt; // `*callback_` has no name of its own
  return calledObject(*E, IsPointer, Context);
}

/// What `std::invoke(callable)` and its like do nothing but call. Null: another
/// function.
static const Expr *invokedBy(const CallExpr &Call, const Models &M) {
  const FunctionDecl *F = Call.getDirectCallee();
  if (!F || isa<CXXMethodDecl>(F) || Call.getNumArgs() == 0)
    return nullptr;
  const FunctionModel *Model = M.function(F, writtenArgs(&Call));
  return Model && Model->Does == Effect::RunNow && Model->Callable == 0
             ? Call.getArg(0)
             : nullptr;
}

/// `(observer.*member_)()`; with `this` it is a state of the object's own.
static std::optional<Callback> calledMember(const CXXMemberCallExpr &Call) {
  const auto *Bound = dyn_cast<BinaryOperator>(producer(Call.getCallee()));
  if (!Bound || !Bound->isPtrMemOp() ||
      isa<CXXThisExpr>(producer(Bound->getLHS())))
    return std::nullopt;
  const Expr *Pointer = producer(Bound->getRHS());
  const ValueDecl *D = calledDecl(Pointer);
  return D ? calledObject(*Pointer, true, D->getASTContext()) : std::nullopt;
}

static bool isQObject(const CXXRecordDecl &R) {
  if (!R.hasDefinition())
    return false;
  bool Found = nameOf(&R) == "QObject";
  R.forallBases([&](const CXXRecordDecl *Base) {
    Found |= nameOf(Base) == "QObject";
    return true;
  });
  return Found;
}

/// A function that Qt's moc writes: it stands behind `signals:`, a macro.
static bool isQtSignal(const CXXMethodDecl &Method) {
  const CXXRecordDecl *R = Method.getParent();
  if (Method.hasBody() || Method.isVirtual() || !isQObject(*R))
    return false;
  const AccessSpecDecl *Behind = nullptr;
  for (const Decl *D : R->decls()) {
    if (const auto *Access = dyn_cast<AccessSpecDecl>(D))
      Behind = Access;
    if (D->getCanonicalDecl() == Method.getCanonicalDecl())
      break;
  }
  SourceLocation Loc =
      Behind ? Behind->getAccessSpecifierLoc() : SourceLocation();
  if (!Loc.isMacroID())
    return false;
  const ASTContext &Context = Method.getASTContext();
  StringRef Macro = Lexer::getImmediateMacroName(
      Loc, Context.getSourceManager(), Context.getLangOpts());
  return Macro == "Q_SIGNALS" || Macro == "signals";
}

/// `emit progressed(n)` runs the slots of this thread that are connected.
static std::optional<Callback> qtSignal(const CXXMemberCallExpr &Call) {
  const CXXMethodDecl *Method = Call.getMethodDecl();
  if (!isQtSignal(*Method))
    return std::nullopt;
  return Callback{CallbackKind::Signal, Call.getImplicitObjectArgument(),
                  Method, false};
}

std::optional<Callback> callbackAt(const Expr &Call, const Models &M) {
  if (Call.isTypeDependent() || Call.isValueDependent())
    return std::nullopt;
  const auto *Any = dyn_cast<CallExpr>(&Call);
  if (!Any)
    return std::nullopt;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Any)) {
    if (Op->getOperator() != OO_Call || Op->getNumArgs() == 0)
      return std::nullopt;
    const Expr *Object = producer(Op->getArg(0));
    const TypeModel *Type = M.type(Object->getType());
    if (!Type || Type->Kind != TypeKind::Callback)
      return std::nullopt;
    const FunctionDecl *F = Op->getDirectCallee();
    return F ? calledObject(*Object, false, F->getASTContext())
             : std::nullopt;
  }
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Any)) {
    if (!Member->getMethodDecl())
      return calledMember(*Member);
    std::optional<Callback> Signal = qtSignal(*Member);
    return Signal ? Signal : observed(*Member);
  }
  if (const Expr *Invoked = invokedBy(*Any, M))
    return calledValue(Invoked, M, Any->getDirectCallee()->getASTContext());
  const Expr *Called = Any->getCallee();
  if (Any->getDirectCallee() || !Called ||
      !isFunctionPointer(Called->getType()))
    return std::nullopt;
  const ValueDecl *D = calledDecl(Called);
  return D ? calledValue(Called, M, D->getASTContext()) : std::nullopt;
}

bool isMadeOfOwnCode(const VarDecl &V) {
  if (!V.isLocalVarDecl() || V.getType()->isReferenceType() ||
      V.getType()->isPointerType() || !V.hasInit())
    return false;
  bool Found = false;
  llvm::SmallPtrSet<const Stmt *, 4> Makers; // functions that make the object
  forEachStmt(V.getInit(), Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Call = dyn_cast<CallExpr>(S))
      Makers.insert(Call->getCallee()->IgnoreParenImpCasts());
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    Found |=
        isa<LambdaExpr>(S) || (Ref && !Makers.count(Ref) && callableBody(Ref));
  });
  return Found;
}

//===----------------------------------------------------------------------===//
// Is it asked or told?
//===----------------------------------------------------------------------===//

bool usesResult(const Expr &Call, const FunctionDecl &In) {
  if (Call.getType()->isVoidType())
    return false;
  BodyParents Parents(In);
  const Stmt *Child = &Call;
  while (const Stmt *Parent = Parents.parent(Child)) {
    if (isa<CompoundStmt>(Parent) || isa<LabelStmt>(Parent) ||
        isa<SwitchCase>(Parent))
      return false;
    if (const auto *Loop = dyn_cast<CXXForRangeStmt>(Parent))
      return Loop->getBody() != Child;
    if (isa<IfStmt>(Parent) || isa<ForStmt>(Parent) || isa<WhileStmt>(Parent) ||
        isa<DoStmt>(Parent) || isa<SwitchStmt>(Parent))
      return conditionIn(*Parent) == Child;
    const auto *Cast = dyn_cast<CastExpr>(Parent);
    if (Cast && Cast->getType()->isVoidType())
      return false;
    if (!isa<ExprWithCleanups>(Parent) && !isa<ParenExpr>(Parent) &&
        !isa<ImplicitCastExpr>(Parent) && !isa<CXXBindTemporaryExpr>(Parent))
      return true;
    Child = Parent;
  }
  return true;
}

} // namespace threadlint
