//===- FlagValues.cpp - Can anything change this condition? ---------------===//
// See the header. Whatever is not understood counts as a change.
//===----------------------------------------------------------------------===//
#include "analysis/FlagValues.h"
#include "analysis/CallInfo.h"
#include "analysis/FunctionIndex.h"
#include "analysis/LLVMCompat.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

// Nesting of conditions and of classes that are looked at.
static constexpr unsigned MaxDepth = 16;

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

/// An atomic of the standard library or of Boost, or C's.
static bool isAtomic(QualType T) {
  if (T->isAtomicType())
    return true;
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R || !R->getIdentifier())
    return false;
  llvm::StringRef Name = R->getName();
  Name.consume_front("__"); // the base that declares the members
  if (Name.substr(0, 6) != "atomic")
    return false;
  const DeclContext *Home = R->getDeclContext()->getEnclosingNamespaceContext();
  const auto *Namespace = dyn_cast<NamespaceDecl>(Home);
  while (Namespace && Namespace->isInline())
    Namespace = dyn_cast<NamespaceDecl>(Namespace->getParent());
  return Namespace && (Namespace->getName() == "std" ||
                       Namespace->getName() == "boost" ||
                       Namespace->getName() == "atomics");
}

static bool isFlagType(QualType T) {
  if (T.isVolatileQualified() || T->isReferenceType() || T->isDependentType())
    return false;
  return T->isIntegralOrEnumerationType() || isAtomic(T);
}

/// The value at which an expression is read: casts and parentheses left out.
static const Expr *stripValue(const Expr *E) { return E ? producer(E) : E; }

/// The variable or field that \p E names. Null: it names none.
static const ValueDecl *named(const Expr *E) {
  E = stripValue(E);
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
    return dyn_cast<VarDecl>(Ref->getDecl());
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(E)) {
    if (const auto *Static = dyn_cast<VarDecl>(Member->getMemberDecl()))
      return Static;
    return dyn_cast<FieldDecl>(Member->getMemberDecl());
  }
  return nullptr;
}

/// The atomic that \p E reads by a call: `a.load()`, a conversion, `a.test()`.
static const ValueDecl *atomicRead(const Expr *E) {
  if (const auto *Builtin = dyn_cast<AtomicExpr>(E)) {
    const auto *Address =
        dyn_cast_or_null<UnaryOperator>(stripValue(Builtin->getPtr()));
    bool Loads = Builtin->getOp() == AtomicExpr::AO__c11_atomic_load ||
                 Builtin->getOp() == AtomicExpr::AO__atomic_load_n;
    return Loads && Address && Address->getOpcode() == UO_AddrOf
               ? named(Address->getSubExpr())
               : nullptr;
  }
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
  if (!Method || !Method->isConst() ||
      !Method->getReturnType()->isIntegralOrEnumerationType() ||
      !isAtomic(Call->getObjectType()))
    return nullptr;
  bool Reads = isa<CXXConversionDecl>(Method) ||
               (Method->getIdentifier() &&
                (Method->getName() == "load" || Method->getName() == "test"));
  return Reads ? named(Call->getImplicitObjectArgument()) : nullptr;
}

static std::optional<int64_t> constantOf(const Expr *E,
                                         const ASTContext &Context) {
  Expr::EvalResult Result;
  if (!E || E->isValueDependent() || E->isInstantiationDependent() ||
      !E->getType()->isIntegralOrEnumerationType() ||
      !E->EvaluateAsInt(Result, Context))
    return std::nullopt;
  const llvm::APSInt &Value = Result.Val.getInt();
  if (Value.isUnsigned() ? !Value.isIntN(63) : !Value.isSignedIntN(64))
    return std::nullopt;
  return Value.getExtValue();
}

static std::optional<int64_t> apply(BinaryOperatorKind Op, int64_t L,
                                    int64_t R) {
  switch (Op) {
  case BO_EQ: return L == R;
  case BO_NE: return L != R;
  case BO_LT: return L < R;
  case BO_GT: return L > R;
  case BO_LE: return L <= R;
  case BO_GE: return L >= R;
  case BO_And: return L & R;
  case BO_LAnd: return L && R;
  case BO_LOr: return L || R;
  default: return std::nullopt;
  }
}

namespace {
/// Evaluates a condition in which one variable has a given value.
struct Evaluator {
  const ASTContext &Context;
  const ValueDecl *Variable; ///< null: find it
  int64_t Value;

  std::optional<int64_t> operator()(const Expr *E, unsigned Depth = 0) {
    E = stripValue(E);
    if (!E || Depth > MaxDepth || E->isValueDependent())
      return std::nullopt;
    if (std::optional<int64_t> Constant = constantOf(E, Context))
      return Constant;
    const ValueDecl *V = named(E);
    if (!V)
      V = atomicRead(E);
    if (V) {
      if (!Variable)
        Variable = V;
      return V == Variable ? std::optional<int64_t>(Value) : std::nullopt;
    }
    if (const auto *Not = dyn_cast<UnaryOperator>(E)) {
      if (Not->getOpcode() != UO_LNot)
        return std::nullopt;
      std::optional<int64_t> Inner = (*this)(Not->getSubExpr(), Depth + 1);
      return Inner ? std::optional<int64_t>(!*Inner) : std::nullopt;
    }
    const auto *Binary = dyn_cast<BinaryOperator>(E);
    if (!Binary || Binary->isAssignmentOp())
      return std::nullopt;
    std::optional<int64_t> L = (*this)(Binary->getLHS(), Depth + 1);
    std::optional<int64_t> R = (*this)(Binary->getRHS(), Depth + 1);
    return L && R ? apply(Binary->getOpcode(), *L, *R) : std::nullopt;
  }
};
} // namespace

const ValueDecl *FlagValues::flagOf(const Expr *Condition) {
  Evaluator Evaluate{Context, nullptr, 0};
  if (!Condition || !Evaluate(Condition) || !Evaluate.Variable)
    return nullptr;
  const ValueDecl *V = Evaluate.Variable;
  if (V->isInvalidDecl() || !isFlagType(V->getType()))
    return nullptr;
  if (const auto *Field = dyn_cast<FieldDecl>(V))
    return isVisible(*Field) ? V : nullptr;
  return isVisible(*cast<VarDecl>(V)) ? V : nullptr;
}

//===----------------------------------------------------------------------===//
// Is all code that can write it here?
//===----------------------------------------------------------------------===//

static bool isPureVirtual(const FunctionDecl &F) {
#if THREADLINT_HAS_IS_PURE_VIRTUAL
  return F.isPureVirtual();
#else
  return F.isPure();
#endif
}

static bool isInMainFile(const Decl &D) {
  const SourceManager &SM = D.getASTContext().getSourceManager();
  return SM.isInMainFile(SM.getExpansionLoc(D.getLocation()));
}

bool FlagValues::isVisible(const VarDecl &V) const {
  if (isa<ParmVarDecl>(V) || V.getTLSKind() != VarDecl::TLS_None ||
      isa<VarTemplateSpecializationDecl>(V) || isa<DecompositionDecl>(V))
    return false;
  if (V.isLocalVarDecl())
    return true;
  // Other files may have the header's variables. A plain variable that only this
  // file declares is no other file's either: were it, then by a race.
  for (const VarDecl *Redecl : V.redecls())
    if (!isInMainFile(*Redecl))
      return false;
  return V.hasDefinition() && (!V.isExternallyVisible() || !isAtomic(V.getType()) ||
                               V.isStaticDataMember());
}

/// Every member of \p R that could write its private fields has a visible body.
bool FlagValues::membersVisible(const CXXRecordDecl &R, unsigned Depth) {
  if (Depth > MaxDepth)
    return false;
  for (const Decl *D : R.decls()) {
    if (isa<FriendDecl>(D) || isa<FunctionTemplateDecl>(D) ||
        isa<ClassTemplateDecl>(D))
      return false;
    if (const auto *Method = dyn_cast<CXXMethodDecl>(D)) {
      if (!Method->isImplicit() && !Method->isDeleted() &&
          !Method->isDefaulted() && !isPureVirtual(*Method) && !Method->hasBody())
        return false;
    } else if (const auto *Inner = dyn_cast<CXXRecordDecl>(D)) {
      if (!Inner->isImplicit() && Inner->isThisDeclarationADefinition() &&
          !membersVisible(*Inner, Depth + 1))
        return false;
    }
  }
  return true;
}

bool FlagValues::isVisible(const FieldDecl &Field) {
  const RecordDecl *R = Field.getParent();
  if (!R || Field.isBitField() || R->isLambda())
    return false;
  for (const DeclContext *DC = R; DC && DC->isRecord(); DC = DC->getParent())
    if (cast<RecordDecl>(DC)->isUnion())
      return false; // another member may be written
  if (isInMainFile(*R))
    return true;
  const auto *Class = dyn_cast<CXXRecordDecl>(R);
  return Class && Field.getAccess() == AS_private && membersVisible(*Class, 0);
}

//===----------------------------------------------------------------------===//
// Writes
//===----------------------------------------------------------------------===//

/// Looks at every statement of one function once. Work items carry what their
/// context does with an object that they name.
class FlagValues::Collector {
public:
  Collector(FlagValues &Flags, const FunctionDecl *F) : Flags(Flags), F(F) {}

  /// The body of the function.
  void run();
  /// An initialiser outside of functions.
  void run(const Expr *Init) {
    push(Init);
    drain();
  }
  llvm::SmallVector<const FunctionDecl *, 4> Lambdas;

private:
  enum class Context { Other, Read, Write };
  struct Item {
    const Stmt *S;
    Context How;
    const Expr *Value; ///< Write: what is written; null: unknown
  };

  void drain();
  void visit(const Item &I);
  void visitNamed(const ValueDecl &V, const Item &I);
  void visitOperator(const Expr &E);
  bool visitAtomicCall(const Expr &E);
  void visitInitList(const InitListExpr &List);
  void visitChildren(const Stmt &S);
  void visitInitializers(const CXXConstructorDecl &Ctor);
  void initial(const FieldDecl &Field, const Expr *Value);
  void push(const Stmt *S, Context How = Context::Other,
            const Expr *Value = nullptr) {
    if (S)
      Work.push_back({S, How, Value});
  }

  FlagValues &Flags;
  const FunctionDecl *F; ///< null: outside of functions
  llvm::SmallVector<Item, 64> Work;
};

/// The constant that an object of \p Field's type is initialised with.
static std::optional<int64_t> initialValue(const Expr *E,
                                           const ASTContext &Context) {
  while (E) {
    E = producer(E);
    if (isa<ImplicitValueInitExpr>(E) || isa<CXXScalarValueInitExpr>(E))
      return 0;
    const auto *List = dyn_cast<InitListExpr>(E);
    const auto *Construct = dyn_cast<CXXConstructExpr>(E);
    if (List && List->getNumInits() <= 1) {
      if (List->getNumInits() == 0)
        return 0;
      E = List->getInit(0);
    } else if (Construct && isAtomic(Construct->getType())) {
      if (Construct->getNumArgs() == 0)
        return std::nullopt; // indeterminate before C++20
      E = Construct->getArg(0);
    } else if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E)) {
      E = Default->getExpr();
    } else {
      return constantOf(E, Context);
    }
  }
  return std::nullopt;
}

void FlagValues::Collector::initial(const FieldDecl &Field,
                                    const Expr *Value) {
  if (isFlagType(Field.getType()))
    Flags.Uses[&Field].Writes.push_back(
        {initialValue(Value, Flags.Context), F, SourceLocation(), true});
}

void FlagValues::Collector::visitNamed(const ValueDecl &V, const Item &I) {
  if (I.How == Context::Read || !isFlagType(V.getType()))
    return;
  Use &U = Flags.Uses[&V];
  if (I.How == Context::Other) {
    U.Escapes = true;
    return;
  }
  // In a constructor of its class nobody else has the object yet.
  const auto *Ctor = dyn_cast_or_null<CXXConstructorDecl>(F);
  const auto *Field = dyn_cast<FieldDecl>(&V);
  const auto *Member = dyn_cast<MemberExpr>(I.S);
  bool Initial = Ctor && Field && Member && Ctor->getParent() == Field->getParent() &&
                 isa<CXXThisExpr>(producer(Member->getBase()));
  U.Writes.push_back({I.Value ? initialValue(I.Value, Flags.Context) : std::nullopt,
                      F, I.S->getBeginLoc(), Initial});
}

void FlagValues::Collector::visitOperator(const Expr &E) {
  if (const auto *Unary = dyn_cast<UnaryOperator>(&E)) {
    if (Unary->isIncrementDecrementOp())
      return push(Unary->getSubExpr(), Context::Write);
    return push(Unary->getSubExpr());
  }
  const auto &Binary = cast<BinaryOperator>(E);
  push(Binary.getRHS());
  if (Binary.getOpcode() == BO_Assign)
    push(Binary.getLHS(), Context::Write, Binary.getRHS());
  else
    push(Binary.getLHS(),
         Binary.isAssignmentOp() ? Context::Write : Context::Other);
}

/// Calls of the members of an atomic, and C's atomic operations.
bool FlagValues::Collector::visitAtomicCall(const Expr &E) {
  if (const auto *Builtin = dyn_cast<AtomicExpr>(&E)) {
    const auto *Address =
        dyn_cast_or_null<UnaryOperator>(stripValue(Builtin->getPtr()));
    if (!Address || Address->getOpcode() != UO_AddrOf)
      return false;
    bool Stores = Builtin->getOp() == AtomicExpr::AO__c11_atomic_store ||
                  Builtin->getOp() == AtomicExpr::AO__atomic_store_n ||
                  Builtin->getOp() == AtomicExpr::AO__c11_atomic_init;
    bool Loads = atomicRead(&E) != nullptr;
    push(Address->getSubExpr(), Loads ? Context::Read : Context::Write,
         Stores ? Builtin->getVal1() : nullptr);
    for (const Stmt *Child : E.children())
      if (Child != Builtin->getPtr())
        push(Child);
    return true;
  }
  const Expr *Object = objectArgument(&E);
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(namedCallee(&E));
  if (!Object || !Method || !isAtomic(Object->getType()))
    return false;
  bool Stores = Method->getOverloadedOperator() == OO_Equal ||
                (Method->getIdentifier() && Method->getName() == "store");
  push(Object, Method->isConst() ? Context::Read : Context::Write,
       Stores ? argument(&E, 0) : nullptr);
  for (unsigned I = 0, N = numArguments(&E); I < N; ++I)
    push(argument(&E, I));
  return true;
}

void FlagValues::Collector::visitInitList(const InitListExpr &Written) {
  const InitListExpr &List =
      Written.isSemanticForm() || !Written.getSemanticForm()
          ? Written
          : *Written.getSemanticForm();
  const RecordDecl *R = List.getType()->getAsRecordDecl();
  if (R && !R->isUnion()) {
    const auto *Class = dyn_cast<CXXRecordDecl>(R);
    unsigned I = Class ? Class->getNumBases() : 0;
    for (const FieldDecl *Field : R->fields()) {
      if (Field->isBitField() && !Field->getIdentifier())
        continue; // has no initialiser
      if (I >= List.getNumInits())
        break;
      initial(*Field, List.getInit(I++));
    }
  }
  visitChildren(List);
}

void FlagValues::Collector::visitChildren(const Stmt &S) {
  for (const Stmt *Child : S.children())
    push(Child);
}

void FlagValues::Collector::visit(const Item &I) {
  const Stmt &S = *I.S;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&S)) {
    if (const auto *Binding = dyn_cast<BindingDecl>(Ref->getDecl()))
      return push(Binding->getBinding(), I.How, I.Value);
    return visitNamed(*Ref->getDecl(), I);
  }
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(&S))
    return push(Default->getExpr());
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(&S))
    return push(Default->getExpr());
  if (const auto *Member = dyn_cast<MemberExpr>(&S)) {
    visitNamed(*Member->getMemberDecl(), I);
    return push(Member->getBase(), Context::Read);
  }
  if (const auto *Cast = dyn_cast<CastExpr>(&S)) {
    // A read, or a reference through which nothing can be written.
    bool Reads = Cast->getCastKind() == CK_LValueToRValue ||
                 Cast->getCastKind() == CK_ToVoid ||
                 (Cast->getCastKind() == CK_NoOp && isa<ImplicitCastExpr>(Cast) &&
                  Cast->getType().isConstQualified());
    if (Reads)
      return push(Cast->getSubExpr(), Context::Read);
    bool Same = Cast->getCastKind() == CK_NoOp ||
                Cast->getCastKind() == CK_DerivedToBase ||
                Cast->getCastKind() == CK_UncheckedDerivedToBase;
    return push(Cast->getSubExpr(), Same ? I.How : Context::Other, I.Value);
  }
  if (const auto *Paren = dyn_cast<ParenExpr>(&S))
    return push(Paren->getSubExpr(), I.How, I.Value);
  if (isa<UnaryOperator>(S) || isa<BinaryOperator>(S))
    return visitOperator(cast<Expr>(S));
  if (isa<UnaryExprOrTypeTraitExpr>(S) || isa<CXXNoexceptExpr>(S))
    return; // not evaluated
  if (const auto *Lambda = dyn_cast<LambdaExpr>(&S)) {
    // A captured variable is named in the lambda's body; only an initialiser can
    // give it another name.
    const auto *Init = Lambda->capture_init_begin();
    for (const LambdaCapture &Capture : Lambda->captures()) {
      if (Capture.capturesVariable() && Lambda->isInitCapture(&Capture))
        push(*Init);
      ++Init;
    }
    if (const CXXMethodDecl *Call = Lambda->getCallOperator())
      Lambdas.push_back(Call);
    return;
  }
  if (const auto *List = dyn_cast<InitListExpr>(&S))
    return visitInitList(*List);
  if ((isa<CallExpr>(S) || isa<AtomicExpr>(S)) && visitAtomicCall(cast<Expr>(S)))
    return;
  if (const auto *Declared = dyn_cast<DeclStmt>(&S)) {
    for (const Decl *D : Declared->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        push(V->getInit());
    return;
  }
  visitChildren(S);
}

void FlagValues::Collector::drain() {
  while (!Work.empty()) {
    Item Next = Work.pop_back_val();
    visit(Next);
  }
}

void FlagValues::Collector::visitInitializers(const CXXConstructorDecl &Ctor) {
  for (const CXXCtorInitializer *Init : Ctor.inits()) {
    if (Init->isMemberInitializer())
      initial(*Init->getMember(), Init->getInit());
    push(Init->getInit());
  }
}

void FlagValues::Collector::run() {
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(F))
    visitInitializers(*Ctor);
  const Stmt *Body = F->getBody();
  if (const auto *Coroutine = dyn_cast_or_null<CoroutineBodyStmt>(Body))
    Body = Coroutine->getBody();
  push(Body);
  drain();
}

void FlagValues::collect(const FunctionDecl *Root) {
  llvm::SmallVector<const FunctionDecl *, 8> Work{Root};
  while (!Work.empty()) {
    const FunctionDecl *F = Work.pop_back_val();
    const FunctionDecl *Definition = nullptr;
    if (!F || !F->hasBody(Definition) || !Collected.insert(Definition).second)
      continue;
    Collector C(*this, Definition);
    C.run();
    Work.append(C.Lambdas.begin(), C.Lambdas.end());
  }
}

void FlagValues::collectAll() {
  if (All)
    return;
  All = true;
  for (const FunctionDecl *F : Index.functions())
    collect(F);
  for (const Decl *D : Context.getTraversalScope())
    collectInitializers(*D, 0);
}

/// `&flag` in the initialiser of a table, a member or a static member.
void FlagValues::collectInitializers(const Decl &D, unsigned Depth) {
  if (const auto *DC = dyn_cast<DeclContext>(&D)) {
    bool Opens = isa<TranslationUnitDecl>(D) || isa<NamespaceDecl>(D) ||
                 isa<LinkageSpecDecl>(D) || isa<RecordDecl>(D);
    if (Opens && !DC->isDependentContext() && Depth < MaxDepth &&
        (isa<TranslationUnitDecl>(D) || Index.isUserCode(D.getLocation())))
      for (const Decl *Inner : DC->decls())
        collectInitializers(*Inner, Depth + 1);
    return;
  }
  const Expr *Init = nullptr;
  if (const auto *V = dyn_cast<VarDecl>(&D))
    Init = V->getInit();
  else if (const auto *Field = dyn_cast<FieldDecl>(&D))
    Init = Field->getInClassInitializer();
  if (Init && !D.isInvalidDecl() && !Init->isTypeDependent() &&
      Index.isUserCode(D.getLocation()))
    Collector(*this, nullptr).run(Init);
}

/// An editor's index leaves the functions of headers out.
void FlagValues::collectMembers(const CXXRecordDecl &R, unsigned Depth) {
  for (const Decl *D : R.decls()) {
    if (const auto *Method = dyn_cast<CXXMethodDecl>(D))
      collect(Method);
    else if (isa<FieldDecl>(D) || isa<VarDecl>(D))
      collectInitializers(*D, 0);
    else if (const auto *Inner = dyn_cast<CXXRecordDecl>(D))
      if (Depth < MaxDepth && !Inner->isImplicit())
        collectMembers(*Inner, Depth + 1);
  }
}

//===----------------------------------------------------------------------===//
// Answers
//===----------------------------------------------------------------------===//

/// The outermost function around the declaration \p D.
static const FunctionDecl *outermostFunction(const Decl &D) {
  const FunctionDecl *Found = nullptr;
  for (const DeclContext *DC = D.getDeclContext(); DC && !DC->isFileContext();
       DC = DC->getParent())
    if (const auto *F = dyn_cast<FunctionDecl>(DC))
      Found = F;
  return Found;
}

const FlagValues::Use &FlagValues::useOf(const ValueDecl &V,
                                         const FunctionDecl &F) {
  const auto *Var = dyn_cast<VarDecl>(&V);
  if (Var && Var->isLocalVarDecl()) {
    if (const FunctionDecl *Owner = outermostFunction(V))
      collect(Owner);
    collect(&F);
    if (Var->isStaticLocal())
      collectAll(); // classes in the function
    return Uses[&V];
  }
  collectAll();
  if (const auto *Field = dyn_cast<FieldDecl>(&V))
    if (const auto *Class = dyn_cast<CXXRecordDecl>(Field->getParent()))
      collectMembers(*Class, 0);
  return Uses[&V];
}

/// The lambda class of \p F if that has a copy of \p V of its own.
static const CXXRecordDecl *copiesVariable(const FunctionDecl &F,
                                           const ValueDecl &V) {
  for (const DeclContext *DC = &F; DC && !DC->isFileContext();
       DC = DC->getParent()) {
    const auto *Class = dyn_cast<CXXRecordDecl>(DC);
    if (!Class || !Class->isLambda())
      continue;
    for (const LambdaCapture &Capture : Class->captures())
      if (Capture.capturesVariable() && Capture.getCapturedVar() == &V &&
          Capture.getCaptureKind() == LCK_ByCopy)
        return Class;
  }
  return nullptr;
}

/// All values that \p V may have had when \p F reads it.
llvm::SmallVector<FlagValues::Write, 4>
FlagValues::valuesOf(const ValueDecl &V, const Use &Used,
                     const FunctionDecl &F) const {
  llvm::SmallVector<Write, 4> Values(Used.Writes.begin(), Used.Writes.end());
  if (const auto *Var = dyn_cast<VarDecl>(&V)) {
    const VarDecl *Definition = Var->getDefinition();
    const VarDecl *Initialised = Definition ? Definition : Var;
    std::optional<int64_t> Value;
    if (const Expr *Init = Initialised->getInit())
      Value = initialValue(Init, Context);
    else if (Var->hasGlobalStorage())
      Value = 0;
    bool Atomic = isAtomic(V.getType());
    if (Atomic && !Value && Var->hasGlobalStorage())
      Value = 0; // zero-initialised, and value-initialised since C++20
    Values.push_back({Value, nullptr, SourceLocation(), true});
  } else if (const auto *Field = dyn_cast<FieldDecl>(&V)) {
    bool AnyInitial = llvm::any_of(Values, [](const Write &W) { return W.Initial; });
    // A constructor that the compiler wrote.
    if (Field->hasInClassInitializer() && !AnyInitial)
      Values.push_back({initialValue(Field->getInClassInitializer(), Context),
                        nullptr, SourceLocation(), true});
    else if (!AnyInitial)
      Values.push_back({std::nullopt, nullptr, SourceLocation(), true});
  }
  // A copy has the value of the moment at which it was made.
  if (const CXXRecordDecl *Copy = copiesVariable(F, V)) {
    const SourceManager &SM = Context.getSourceManager();
    SourceLocation Made = Copy->getBeginLoc();
    llvm::erase_if(Values, [&](const Write &W) {
      if (W.Initial || !W.Loc.isValid())
        return false;
      for (const DeclContext *DC = W.In; DC; DC = DC->getParent())
        if (DC == Copy)
          return false;
      return SM.isBeforeInTranslationUnit(SM.getExpansionLoc(Made),
                                          SM.getExpansionLoc(W.Loc));
    });
  }
  return Values;
}

std::optional<FixedCondition>
FlagValues::fixedValue(const Expr *Condition, const FunctionDecl &F) {
  const ValueDecl *V = flagOf(Condition);
  if (!V)
    return std::nullopt;
  const Use &Used = useOf(*V, F);
  if (Used.Escapes)
    return std::nullopt;
  Evaluator Evaluate{Context, V, 0};
  // Later writes must agree; what was there before may differ.
  bool AnyLater = false, Unknown = false, Here = false;
  bool SeenTrue = false, SeenFalse = false, LaterTrue = false, LaterFalse = false;
  for (const Write &W : valuesOf(*V, Used, F)) {
    std::optional<int64_t> Result;
    if (W.Value) {
      Evaluate.Value = *W.Value;
      Result = Evaluate(Condition);
    }
    if (!W.Initial) {
      AnyLater = true;
      Here |= W.In == &F;
      if (!Result)
        return std::nullopt;
      (*Result ? LaterTrue : LaterFalse) = true;
    }
    if (Result)
      (*Result ? SeenTrue : SeenFalse) = true;
    else
      Unknown = true;
  }
  if (AnyLater) {
    if (LaterTrue && LaterFalse)
      return std::nullopt;
    bool Agree = !Unknown && !(SeenTrue && SeenFalse);
    return FixedCondition{LaterTrue, Agree, Here, V};
  }
  if (Unknown || SeenTrue == SeenFalse)
    return std::nullopt;
  return FixedCondition{SeenTrue, true, false, V};
}

} // namespace threadlint
