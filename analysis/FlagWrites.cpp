//===- FlagWrites.cpp - Who writes a variable? ----------------------------===//
// The part of FlagValues that walks over bodies and initialisers, once, and
// keeps the writes to flags. What is not a read or a plain write gives the flag
// away.
//===----------------------------------------------------------------------===//
#include "analysis/CallInfo.h"
#include "analysis/FlagCondition.h"
#include "analysis/FlagValues.h"
#include "analysis/FunctionIndex.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {

static constexpr unsigned MaxDepth = 16; // of namespaces and classes

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

void FlagValues::Collector::initial(const FieldDecl &Field, const Expr *Value) {
  if (isFlagType(Field.getType()))
    Flags.Uses[&Field].Writes.push_back(
        {initialValue(Value, Flags.Context), F, SourceLocation(), true});
}

void FlagValues::Collector::visitNamed(const ValueDecl &V, const Item &I) {
  if (I.How == Context::Read || !isFlagType(V.getType()))
    return;
  Use &U = Flags.Uses[cast<ValueDecl>(V.getCanonicalDecl())];
  if (I.How == Context::Other) {
    U.Escapes = true;
    return;
  }
  // In a constructor of its class nobody else has the object yet.
  const auto *Ctor = dyn_cast_or_null<CXXConstructorDecl>(F);
  const auto *Field = dyn_cast<FieldDecl>(&V);
  const auto *Member = dyn_cast<MemberExpr>(I.S);
  bool Initial = Ctor && Field && Member &&
                 Ctor->getParent() == Field->getParent() &&
                 isa<CXXThisExpr>(producer(Member->getBase()));
  U.Writes.push_back(
      {I.Value ? initialValue(I.Value, Flags.Context) : std::nullopt, F,
       I.S->getBeginLoc(), Initial});
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
    bool Reads =
        Cast->getCastKind() == CK_LValueToRValue ||
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
    // A captured variable is named in the lambda's body; only an initialiser
    // can give it another name.
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
  if ((isa<CallExpr>(S) || isa<AtomicExpr>(S)) &&
      visitAtomicCall(cast<Expr>(S)))
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

} // namespace threadlint
