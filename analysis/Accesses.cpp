//===- Accesses.cpp - Which shared state does a function touch? -----------===//
// One walk from the top of each expression down: the context says what happens
// to the object that is named at its end. See the header.
//===----------------------------------------------------------------------===//
#include "analysis/Accesses.h"
#include "analysis/Borrowing.h"
#include "analysis/CallInfo.h"
#include "analysis/FlagCondition.h"
#include "analysis/FunctionBody.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "analysis/OwnObject.h"
#include "analysis/SpawnCall.h"
#include "analysis/Statements.h"
#include "analysis/TupleElement.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace threadlint {

namespace {

/// What becomes of the object that an expression denotes.
enum class Use : uint8_t {
  Value,   ///< nothing yet: a value, or an lvalue that is handed on
  Nothing, ///< not even read: a reference to it gets another name
  Read,
  Pointee, ///< read to reach what it points to
  Write,
  ReadWrite,
  Atomic,
};

class Walker {
public:
  Walker(const FunctionDecl &F, LockPaths &Paths, const Models &M,
         Detail Fineness)
      : F(F), Context(F.getASTContext()), Paths(Paths), M(M),
        Parts(Fineness == Detail::Parts) {}

  BodyAccesses run();

private:
  struct Item {
    const Stmt *S;
    Use How;
    Use Then; ///< Pointee: what happens to the object behind the pointer
  };

  void push(const Stmt *S, Use How = Use::Value, Use Then = Use::Nothing) {
    if (S)
      Work.push_back({S, How, Then});
  }
  void pushChildren(const Stmt &S) {
    for (const Stmt *Child : S.children())
      push(Child);
  }

  void visit(const Stmt &S, Use How, Use Then);
  bool visitStatement(const Stmt &S);
  bool writesElements(const CXXForRangeStmt &Loop) const;
  void visitCast(const CastExpr &E, Use How, Use Then);
  void visitUnary(const UnaryOperator &E, Use How, Use Then);
  void visitBinary(const BinaryOperator &E, Use How);
  void visitSubscript(const ArraySubscriptExpr &E, Use How, Use Then);
  void visitMember(const MemberExpr &E, Use How, Use Then = Use::Nothing);
  void visitVariable(const DeclRefExpr &E, Use How, Use Then);
  void visitLambda(const LambdaExpr &E);
  void visitDeclaration(const DeclStmt &S);
  void visitCall(const Expr &E, Use How, Use Then);
  void visitObject(const Expr &Call, const Expr &Object, Use How, Use Then);
  void visitPart(const Expr &Call, const CXXMethodDecl &Method,
                 const Expr &Object, Use How, Use Then);
  void visitArgument(const Expr &Arg, QualType Parameter,
                     const FunctionDecl *Callee, unsigned Index);
  void noteCall(const Expr &E);
  void noteFresh(const VarDecl *V, const Expr *Value);
  void add(const ValueDecl &D, const LockPath *Path, const Expr &Where,
           Use How);
  void addPart(const Expr &E, Use How, Use Then);
  void addPointee(const Expr &Pointer, Use Then);

  const FunctionDecl &F;
  ASTContext &Context;
  LockPaths &Paths;
  const Models &M;
  const bool Parts;
  BodyAccesses Out;
  llvm::SmallVector<Item, 64> Work;
};

} // namespace

static AccessKind kindOf(Use How) {
  switch (How) {
  case Use::Read:
  case Use::Pointee:
    return AccessKind::Read;
  case Use::Write:
    return AccessKind::Write;
  case Use::ReadWrite:
    return AccessKind::ReadWrite;
  case Use::Atomic:
    return AccessKind::Atomic;
  case Use::Value:
  case Use::Nothing:
    break;
  }
  return AccessKind::Address;
}

void Walker::add(const ValueDecl &D, const LockPath *Path, const Expr &Where,
                 Use How) {
  if (How == Use::Nothing || Path->root()->isUnknown())
    return;
  Out.All.push_back({kindOf(How), How == Use::Pointee,
                     cast<ValueDecl>(D.getCanonicalDecl()), Path, &Where});
}

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

bool isOwnBody(const FunctionDecl &F) {
  const FunctionDecl *Definition = nullptr;
  return !F.isDefaulted() && F.hasBody(Definition) &&
         !Definition->isDependentContext() &&
         !F.getASTContext().getSourceManager().isInSystemHeader(
             Definition->getLocation());
}

bool leadsElsewhere(QualType T) {
  T = T.getNonReferenceType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R || !R->isInStdNamespace() || !R->getIdentifier())
    return T->isPointerType();
  return llvm::StringSwitch<bool>(R->getName())
      .Cases("shared_ptr", "unique_ptr", "reference_wrapper", true)
      .Default(false);
}

/// The last field or variable of a path that names one.
static const ValueDecl *lastNamed(const LockPath *P) {
  for (; P; P = P->parent()) {
    if (P->field())
      return P->field();
    if (P->variable())
      return P->variable();
    if (P->kind() == LockPath::Kind::Parameter) {
      const auto *F = static_cast<const FunctionDecl *>(P->decl());
      return P->number() < F->getNumParams() ? F->getParamDecl(P->number())
                                             : nullptr;
    }
  }
  return nullptr;
}

/// What the expression \p E, an element or a reference, denotes.
void Walker::addPart(const Expr &E, Use How, Use Then) {
  const LockPath *P = Paths.of(&E);
  const ValueDecl *D = lastNamed(P);
  if (!D)
    return;
  add(*D, P, E, How);
  if (How == Use::Pointee)
    addPointee(E, Then);
}

/// What \p Pointer, which has been read, leads to.
void Walker::addPointee(const Expr &Pointer, Use Then) {
  const LockPath *P = Paths.of(&Pointer);
  const ValueDecl *D = lastNamed(P);
  if (!Parts || !D || Then == Use::Nothing || P->root()->isUnknown())
    return;
  // A pointer that was set once may have the name of what it points to.
  QualType Named = P->declaredType();
  Out.All.push_back({kindOf(Then), false, cast<ValueDecl>(D->getCanonicalDecl()),
                     P, &Pointer, Named.isNull() || leadsElsewhere(Named)});
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// `a.b`, where a is an object and no pointer, reference or call's result.
static const Expr *wholeOf(const MemberExpr &E) {
  if (E.isArrow())
    return nullptr;
  const Expr *Base = E.getBase()->IgnoreParenImpCasts();
  while (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(Base)) {
    const Expr *Array = Subscript->getBase()->IgnoreParenImpCasts();
    if (!Array->getType()->isArrayType())
      return nullptr;
    Base = Array;
  }
  return Base;
}

void Walker::visitMember(const MemberExpr &E, Use How, Use Then) {
  const ValueDecl *D = E.getMemberDecl();
  if (const auto *Method = dyn_cast<FunctionDecl>(D)) {
    Out.AddressTaken.push_back(Method); // a call's callee is not visited
    return push(E.getBase());
  }
  if (isa<VarDecl>(D)) { // a static member
    if (!isa<CXXThisExpr>(E.getBase()->IgnoreParenImpCasts()))
      push(E.getBase(), Use::Nothing);
    return add(*D, Paths.of(&E), E, How);
  }
  const auto *Field = dyn_cast<FieldDecl>(D);
  if (!Field)
    return pushChildren(E);
  if (!Field->isAnonymousStructOrUnion() &&
      !Field->getType()->isReferenceType()) {
    add(*Field, Paths.of(&E), E, How);
    if (How == Use::Pointee)
      addPointee(E, Then);
  }
  // A part of an object is not the object: `a.b.c` is one access.
  const Expr *Base = E.getBase();
  while (true) {
    const Expr *Plain = Base->IgnoreParenImpCasts();
    if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(Plain);
        Subscript &&
        Subscript->getBase()->IgnoreParenImpCasts()->getType()->isArrayType()) {
      push(Subscript->getIdx());
      Base = Subscript->getBase();
      continue;
    }
    break;
  }
  if (E.isArrow())
    return push(Base, Use::Pointee);
  const Expr *Whole = wholeOf(E);
  if (!Whole)
    return push(Base);
  if (const auto *Outer = dyn_cast<MemberExpr>(Whole))
    return visitMember(*Outer, Use::Nothing); // for what leads to it
  if (isa<DeclRefExpr>(Whole))
    return;
  push(Whole, Parts ? Use::Nothing : How);
}

/// The object that the local pointer or reference stands for has a name.
static const ValueDecl *aliased(const LockPath *P) {
  if (const FieldDecl *Field = P->field())
    return Field;
  const VarDecl *V = P->variable();
  return V && V->hasGlobalStorage() ? V : nullptr;
}

void Walker::visitVariable(const DeclRefExpr &E, Use How, Use Then) {
  const ValueDecl *D = E.getDecl();
  if (const auto *Function = dyn_cast<FunctionDecl>(D)) {
    Out.AddressTaken.push_back(Function);
    return;
  }
  const auto *V = dyn_cast<VarDecl>(D);
  bool Counts = V && (Parts || V->hasGlobalStorage());
  if (Counts && !V->getType()->isReferenceType()) {
    add(*V, Paths.variable(V), E, How);
    if (How == Use::Pointee)
      addPointee(E, Then);
    return;
  }
  if (Parts && V)
    return addPart(E, How, Then);
  if ((V && V->getType()->isReferenceType()) || isa<BindingDecl>(D)) {
    const LockPath *P = Paths.of(&E);
    if (const ValueDecl *Named = aliased(P))
      add(*Named, P, E, How);
  }
}

//===----------------------------------------------------------------------===//
// Operators and casts
//===----------------------------------------------------------------------===//

void Walker::visitCast(const CastExpr &E, Use How, Use Then) {
  const Expr *Sub = E.getSubExpr();
  switch (E.getCastKind()) {
  case CK_LValueToRValue:
    if (How == Use::Pointee || How == Use::Atomic)
      return push(Sub, How, Then);
    return push(Sub, Use::Read);
  case CK_ToVoid:
    return push(Sub, E.getSubExpr()->isGLValue() ? Use::Nothing : Use::Value);
  case CK_NoOp:
    // A reference through which nothing can be written.
    if (How == Use::Value && E.isGLValue() && E.getType().isConstQualified() &&
        !Sub->getType().isConstQualified())
      return push(Sub, Use::Read);
    return push(Sub, How, Then);
  case CK_DerivedToBase:
  case CK_UncheckedDerivedToBase:
  case CK_BaseToDerived:
  case CK_LValueBitCast:
    return push(Sub, isAtomic(E.getType()) ? Use::Atomic : How, Then);
  case CK_BitCast:
    if (!Parts)
      return push(Sub);
    // `reinterpret_cast<std::atomic<int> *>(&storage)`
    if (How == Use::Pointee && isAtomic(E.getType()->getPointeeType()))
      Then = Use::Atomic;
    return push(Sub, How, Then);
  case CK_ArrayToPointerDecay:
    // The elements are reached, not the pointer.
    if (Parts)
      return push(Sub, How == Use::Pointee ? Then : Use::Nothing);
    return push(Sub, How == Use::Pointee ? Use::Read : How);
  default:
    return push(Sub);
  }
}

void Walker::visitUnary(const UnaryOperator &E, Use How, Use Then) {
  const Expr *Sub = E.getSubExpr();
  if (E.isIncrementDecrementOp())
    return push(Sub, Use::ReadWrite);
  switch (E.getOpcode()) {
  case UO_AddrOf:
    // `&a->b` computes an address; the caller of this says what it is for.
    if (Parts)
      return push(Sub, How == Use::Pointee ? Then : Use::Nothing);
    return push(Sub, How == Use::Pointee || How == Use::Nothing ? Use::Nothing
                                                                : How);
  case UO_Deref: {
    if (Parts)
      return push(Sub, Use::Pointee, How);
    const auto *Ref = dyn_cast<DeclRefExpr>(Sub->IgnoreParenImpCasts());
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (V && V->isLocalVarDecl() && V->getType()->isPointerType()) {
      // `int *p = &field_; *p = 1`
      const LockPath *P = Paths.of(Ref);
      const ValueDecl *Named = aliased(P);
      if (Named && !Named->getType()->isPointerType() &&
          Context.hasSameUnqualifiedType(Named->getType(), E.getType()))
        add(*Named, P, *Ref, How);
    }
    return push(Sub, Use::Pointee);
  }
  case UO_Extension:
    return push(Sub, How, Then);
  default:
    return push(Sub);
  }
}

void Walker::visitSubscript(const ArraySubscriptExpr &E, Use How, Use Then) {
  push(E.getIdx());
  const Expr *Array = E.getBase()->IgnoreParenImpCasts();
  bool IsArray = Array->getType()->isArrayType();
  if (!Parts)
    return IsArray ? push(Array, How) : push(E.getBase(), Use::Pointee);
  addPart(E, How, Then);
  if (IsArray)
    return push(Array, Use::Nothing);
  push(E.getBase(), Use::Pointee);
}

void Walker::visitBinary(const BinaryOperator &E, Use How) {
  if (E.getOpcode() == BO_Comma) {
    push(E.getLHS(), Use::Nothing);
    return push(E.getRHS(), How);
  }
  push(E.getRHS());
  if (E.getOpcode() == BO_Assign) {
    push(E.getLHS(), Use::Write);
    if (const auto *Ref =
            dyn_cast<DeclRefExpr>(E.getLHS()->IgnoreParenImpCasts()))
      noteFresh(dyn_cast<VarDecl>(Ref->getDecl()), E.getRHS());
    return;
  }
  push(E.getLHS(), E.isAssignmentOp() ? Use::ReadWrite : Use::Value);
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

void Walker::noteFresh(const VarDecl *V, const Expr *Value) {
  if (V && Value && V->hasLocalStorage() && makesObject(Value))
    Out.Fresh.insert(V->getCanonicalDecl());
}

void Walker::visitDeclaration(const DeclStmt &S) {
  for (const Decl *D : S.decls()) {
    const auto *V = dyn_cast<VarDecl>(D);
    if (!V || !V->hasInit())
      continue;
    noteFresh(V, V->getInit());
    // Another name for the object; its uses are seen under that name.
    push(V->getInit(),
         V->getType()->isReferenceType() ? Use::Nothing : Use::Value);
  }
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

bool hasConstTwin(const CXXMethodDecl &Method) {
  for (const NamedDecl *D : Method.getParent()->lookup(Method.getDeclName())) {
    const FunctionDecl *Twin = D->getUnderlyingDecl()->getAsFunction();
    const auto *Other = dyn_cast_or_null<CXXMethodDecl>(Twin);
    if (Other && Other->isConst() &&
        Other->getNumParams() == Method.getNumParams())
      return true;
  }
  return false;
}

/// `map[key]` may insert.
static bool mayInsert(const CXXMethodDecl &Method) {
  if (Method.getOverloadedOperator() != OO_Subscript)
    return false;
  IdentifierInfo &Name =
      Method.getASTContext().Idents.get("mapped_type");
  return !Method.getParent()->lookup(&Name).empty();
}

/// `flags[i]` of a std::vector<bool> shares its byte with its neighbours.
static bool isPackedBits(const CXXMethodDecl &Method) {
  const auto *R =
      dyn_cast<ClassTemplateSpecializationDecl>(Method.getParent());
  return R && R->isInStdNamespace() && R->getName() == "vector" &&
         R->getTemplateArgs().size() > 0 &&
         R->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
         R->getTemplateArgs()[0].getAsType()->isBooleanType();
}

/// Functions of libraries do now what they do with an object; of the user's
/// functions nobody knows.
static bool isLibrary(const FunctionDecl &F) {
  return F.getASTContext().getSourceManager().isInSystemHeader(
             F.getLocation()) ||
         F.getBuiltinID() != 0;
}

/// The object of a member call, in Parts.
void Walker::visitPart(const Expr &Call, const CXXMethodDecl &Method,
                       const Expr &Object, Use How, Use Then) {
  const auto *Callee =
      isa<CXXMemberCallExpr>(Call)
          ? dyn_cast<MemberExpr>(
                cast<CallExpr>(Call).getCallee()->IgnoreParens())
          : nullptr;
  auto Touch = [&](Use What) {
    return Callee && Callee->isArrow() ? push(&Object, Use::Pointee, What)
                                       : push(&Object, What);
  };
  if (Method.isStatic())
    return Touch(Use::Nothing);
  if (Method.isDefaulted() && (Method.isCopyAssignmentOperator() ||
                               Method.isMoveAssignmentOperator()))
    return Touch(Use::Write);
  if (!isLibrary(Method))
    return Touch(Method.isConst() && !isOwnBody(Method) ? Use::Read
                                                        : Use::Nothing);
  if (Method.getOverloadedOperator() == OO_Arrow)
    return push(&Object, Use::Pointee);
  if (Method.getOverloadedOperator() == OO_Star && Method.param_empty())
    return push(&Object, Use::Pointee, How);
  if (Method.getIdentifier() && Method.getName() == "get" &&
      leadsElsewhere(Object.getType()))
    return push(&Object, Use::Pointee, How == Use::Pointee ? Then : How);
  if (isPackedBits(Method) && hasConstTwin(Method))
    return Touch(isWrite(kindOf(How)) ? How : Use::Read);
  bool GivesElement = (Method.isConst() || hasConstTwin(Method)) &&
                      Method.getReturnType()->isReferenceType();
  if (mayInsert(Method))
    return Touch(Use::ReadWrite);
  if (GivesElement)
    addPart(Call, How, Then);
  if (Method.isConst() || hasConstTwin(Method))
    return Touch(Use::Read);
  Touch(Method.getOverloadedOperator() == OO_Equal ? Use::Write
                                                   : Use::ReadWrite);
}

void Walker::visitObject(const Expr &Call, const Expr &Object, Use How,
                         Use Then) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(namedCallee(&Call));
  if (Parts && Method)
    return visitPart(Call, *Method, Object, How, Then);
  const auto *Callee =
      isa<CXXMemberCallExpr>(Call)
          ? dyn_cast<MemberExpr>(
                cast<CallExpr>(Call).getCallee()->IgnoreParens())
          : nullptr;
  if (Callee && Callee->isArrow())
    return push(&Object, Use::Pointee);
  if (!Method)
    return push(&Object);
  if (Method->isStatic())
    return push(&Object, Use::Nothing);
  bool Dereferences = Method->getOverloadedOperator() == OO_Arrow ||
                      Method->getOverloadedOperator() == OO_Star;
  if (Method->isConst())
    return push(&Object, Dereferences ? Use::Pointee : Use::Read);
  if (mayInsert(*Method))
    return push(&Object, Use::ReadWrite);
  if (hasConstTwin(*Method)) {
    bool Element = Method->getReturnType()->isReferenceType();
    return push(&Object, Element && isWrite(kindOf(How)) ? How : Use::Read);
  }
  push(&Object, Method->getOverloadedOperator() == OO_Equal ? Use::Write
                                                            : Use::ReadWrite);
}

/// `T &&` of a template takes whatever it is given and hands it on.
static bool isForwarding(const FunctionDecl &F, unsigned Index) {
  const FunctionTemplateDecl *Template = F.getPrimaryTemplate();
  if (!Template)
    return false;
  const FunctionDecl *Pattern = Template->getTemplatedDecl();
  unsigned N = Pattern->getNumParams();
  if (N == 0)
    return false;
  QualType T = Pattern->getParamDecl(std::min(Index, N - 1))->getType();
  if (const auto *Pack = T->getAs<PackExpansionType>())
    T = Pack->getPattern();
  return T->isRValueReferenceType() &&
         T->getPointeeType()->isTemplateTypeParmType();
}

/// `std::begin(items_)`: the iterator may write, the call does not.
static bool handsOutPlace(const FunctionDecl &F, const Expr &Arg) {
  return F.getNumParams() == 1 && isPointing(F.getReturnType()) &&
         !isPointing(Arg.getType());
}

void Walker::visitArgument(const Expr &Arg, QualType Parameter,
                           const FunctionDecl *Callee, unsigned Index) {
  if (Parameter.isNull())
    return push(&Arg);
  bool Library = Callee && isLibrary(*Callee);
  if (Parts && Callee && isOwnBody(*Callee) &&
      (Parameter->isReferenceType() || Parameter->isPointerType()))
    // What becomes of the object is seen there; a pointer is read here.
    return push(&Arg, Parameter->isReferenceType() ? Use::Nothing : Use::Value);
  if (Parameter->isReferenceType()) {
    QualType T = Parameter->getPointeeType();
    if (T.isConstQualified())
      return push(&Arg, Use::Read);
    if (Parameter->isRValueReferenceType())
      return push(&Arg, Use::ReadWrite); // moved from
    if (Callee && isForwarding(*Callee, Index))
      return push(&Arg, Library ? Use::Read : Use::Value);
    if (Library && handsOutPlace(*Callee, Arg))
      return push(&Arg, Use::Read);
    return push(&Arg, Library ? Use::ReadWrite : Use::Value);
  }
  const Expr *Plain = Arg.IgnoreParenImpCasts();
  const auto *Unary = dyn_cast<UnaryOperator>(Plain);
  bool IsAddress = (Unary && Unary->getOpcode() == UO_AddrOf) ||
                   (Plain->isGLValue() && Plain->getType()->isArrayType());
  if (Parameter->isPointerType() && IsAddress) {
    const Expr *Object = Unary ? Unary->getSubExpr() : Plain;
    if (Parameter->getPointeeType().isConstQualified())
      return push(Object, Use::Read);
    return push(Object, Library ? Use::ReadWrite : Use::Value);
  }
  push(&Arg);
}

/// `__sync_add_and_fetch(&n, 1)`, `std::atomic_load(&p)`, `std::atomic_ref(n)`.
static bool isAtomicOperation(const FunctionDecl &F) {
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F))
    return !Ctor->isCopyOrMoveConstructor() &&
           Ctor->getParent()->getName() == "atomic_ref" && isLibrary(F);
  if (!F.getIdentifier() || !isLibrary(F))
    return false;
  StringRef Name = F.getName();
  return llvm::any_of(
      std::initializer_list<StringRef>{"__sync_", "__atomic_", "atomic_",
                                       "Interlocked"},
      [&](StringRef Prefix) { return Name.find(Prefix) == 0; });
}

void Walker::noteCall(const Expr &E) {
  const FunctionDecl *Named = namedCallee(&E);
  if (!Named)
    return;
  if (const FunctionModel *Model = M.function(Named, writtenArgs(&E))) {
    if (Model->Does == Effect::Join)
      Out.Joins.push_back(&E);
    if (Model->Does != Effect::RunNow && Model->Does != Effect::ConditionWait)
      return;
    for (unsigned I = 0, N = numArguments(&E); I < N; ++I) {
      const FunctionDecl *Definition = nullptr;
      const FunctionDecl *Body = callableBody(argument(&E, I));
      if (Body && Body->hasBody(Definition))
        Out.Calls.push_back({&E, Definition, nullptr, true});
    }
    return;
  }
  const FunctionDecl *Definition = nullptr;
  const FunctionDecl *Callee = callee(&E);
  if (!Callee || !Callee->hasBody(Definition))
    return;
  const Expr *Object = objectArgument(&E);
  Out.Calls.push_back(
      {&E, Definition, Object ? Paths.of(Object) : nullptr, false});
}

void Walker::visitCall(const Expr &E, Use How, Use Then) {
  noteCall(E);
  const FunctionDecl *Named = namedCallee(&E);
  const Expr *Object = objectArgument(&E);
  if (const Expr *Same = handedOn(&E)) {
    // std::ref() and std::addressof() look at nothing.
    bool Refers = Parts && !E.isGLValue();
    return push(Same, Refers ? Use::Nothing : How, Then);
  }
  if (const Expr *Tuple = Parts ? tupleOf(&E) : nullptr) {
    addPart(E, How, Then);
    return push(Tuple, Use::Nothing);
  }
  if (Object)
    visitObject(E, *Object, How, Then);
  const auto *Call = dyn_cast<CallExpr>(&E);
  if (Call && !Named)
    push(Call->getCallee());
  if (Parts && Named && spawnCall(E, M)) {
    for (unsigned I = 0, N = writtenArgs(&E); I < N; ++I)
      push(argument(&E, I), Use::Read); // copied for the task
    return;
  }
  bool Atomic = Named && isAtomicOperation(*Named);
  const FunctionProtoType *Type = nullptr;
  if (Named)
    Type = Named->getType()->getAs<FunctionProtoType>();
  for (unsigned I = 0, N = numArguments(&E); I < N; ++I) {
    const Expr *Arg = argument(&E, I);
    if (isa<CXXDefaultArgExpr>(Arg))
      continue;
    if (Atomic)
      push(Arg, Use::Atomic);
    else
      visitArgument(*Arg,
                    Type && I < Type->getNumParams() ? Type->getParamType(I)
                                                     : QualType(),
                    Named, I);
  }
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

/// Captured variables are locals; an initialiser may be anything.
void Walker::visitLambda(const LambdaExpr &E) {
  const auto *Init = E.capture_init_begin();
  for (const LambdaCapture &Capture : E.captures()) {
    if (Capture.capturesVariable() && (Parts || E.isInitCapture(&Capture)))
      push(*Init, Capture.getCaptureKind() == LCK_ByRef ? Use::Nothing
                                                        : Use::Value);
    ++Init;
  }
}

/// The element that \p E, or a member of it, is: no pointer on the way.
static bool isPartOf(const Expr *E, const VarDecl &Element) {
  E = E->IgnoreParenImpCasts();
  while (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (Member->isArrow())
      return false;
    E = Member->getBase()->IgnoreParenImpCasts();
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref && Ref->getDecl() == &Element;
}

/// `for (auto &x : items_) x = 0;`. False if the elements may have locks of their
/// own.
bool Walker::writesElements(const CXXForRangeStmt &Loop) const {
  const VarDecl *Element = Loop.getLoopVariable();
  QualType T = Element ? Element->getType() : QualType();
  if (T.isNull() || !T->isLValueReferenceType() ||
      T->getPointeeType().isConstQualified())
    return false;
  bool Writes = false, Locks = false;
  forEachStmt(Loop.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Binary = dyn_cast<BinaryOperator>(S))
      Writes |= Binary->isAssignmentOp() && isPartOf(Binary->getLHS(), *Element);
    if (const auto *Unary = dyn_cast<UnaryOperator>(S))
      Writes |= Unary->isIncrementDecrementOp() &&
                isPartOf(Unary->getSubExpr(), *Element);
    const auto *E = dyn_cast<Expr>(S);
    const FunctionDecl *Named =
        E && (isa<CallExpr>(E) || isa<CXXConstructExpr>(E)) ? namedCallee(E)
                                                            : nullptr;
    Locks |= Named && M.function(Named, writtenArgs(E));
    const TypeModel *Type = E && isa<CXXConstructExpr>(E)
                                ? M.type(E->getType())
                                : nullptr;
    Locks |= Type && Type->Kind == TypeKind::Guard;
  });
  return Writes && !Locks;
}

/// Statements and expressions that are no objects. False: none of these.
bool Walker::visitStatement(const Stmt &S) {
  if (isa<UnaryExprOrTypeTraitExpr>(S) || isa<CXXNoexceptExpr>(S) ||
      isa<CXXTypeidExpr>(S) || isa<CXXDefaultArgExpr>(S))
    return true; // not evaluated, or not here
  if (const auto *Lambda = dyn_cast<LambdaExpr>(&S)) {
    visitLambda(*Lambda);
    return true;
  }
  if (const auto *Declared = dyn_cast<DeclStmt>(&S)) {
    visitDeclaration(*Declared);
    return true;
  }
  if (const auto *Loop = dyn_cast<CXXForRangeStmt>(&S)) {
    push(Loop->getInit());
    // Where parts count, an element is another object than its container; an array
    // has nothing but its elements.
    bool Elements = Parts && Loop->getRangeInit()->getType()->isArrayType();
    bool Writes = !Parts && writesElements(*Loop);
    push(Loop->getRangeInit(), Elements ? Use::Nothing
                               : Writes ? Use::ReadWrite
                                        : Use::Read);
    push(Loop->getBody());
    return true;
  }
  if (const auto *Generic = dyn_cast<GenericSelectionExpr>(&S)) {
    if (!Generic->isResultDependent())
      push(Generic->getResultExpr());
    return true;
  }
  if (const auto *Await = dyn_cast<CoawaitExpr>(&S)) {
    push(Await->getOperand());
    return true;
  }
  if (const auto *Yield = dyn_cast<CoyieldExpr>(&S)) {
    push(Yield->getOperand());
    return true;
  }
  if (const auto *Builtin = dyn_cast<AtomicExpr>(&S)) {
    for (const Stmt *Child : S.children())
      push(Child, Child == Builtin->getPtr() ? Use::Atomic : Use::Value);
    return true;
  }
  return false;
}

void Walker::visit(const Stmt &S, Use How, Use Then) {
  if (visitStatement(S))
    return;
  if (const auto *Member = dyn_cast<MemberExpr>(&S))
    return visitMember(*Member, How, Then);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
    return visitVariable(*Ref, How, Then);
  if (isa<CallExpr>(S) || isa<CXXConstructExpr>(S))
    return visitCall(cast<Expr>(S), How, Then);
  if (const auto *Cast = dyn_cast<CastExpr>(&S))
    return visitCast(*Cast, How, Then);
  if (const auto *Unary = dyn_cast<UnaryOperator>(&S))
    return visitUnary(*Unary, How, Then);
  if (const auto *Binary = dyn_cast<BinaryOperator>(&S))
    return visitBinary(*Binary, How);
  if (const auto *Paren = dyn_cast<ParenExpr>(&S))
    return push(Paren->getSubExpr(), How, Then);
  if (const auto *Full = dyn_cast<FullExpr>(&S))
    return push(Full->getSubExpr(), How, Then);
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(&S))
    return push(Temporary->getSubExpr(), How, Then);
  if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(&S))
    return push(Bind->getSubExpr(), How, Then);
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(&S))
    return push(Default->getExpr());
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(&S))
    return visitSubscript(*Subscript, How, Then);
  if (const auto *Delete = dyn_cast<CXXDeleteExpr>(&S); Delete && Parts)
    return push(Delete->getArgument(), Use::Pointee, Use::Write);
  if (const auto *Choice = dyn_cast<ConditionalOperator>(&S)) {
    push(Choice->getCond());
    push(Choice->getTrueExpr(), How, Then);
    return push(Choice->getFalseExpr(), How, Then);
  }
  pushChildren(S);
}

BodyAccesses Walker::run() {
  push(writtenBody(F));
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F))
    for (const CXXCtorInitializer *Init : Ctor->inits()) {
      const FieldDecl *Field = Init->getAnyMember();
      push(initialiserOf(*Init), Field && Field->getType()->isReferenceType()
                                     ? Use::Nothing
                                     : Use::Value);
    }
  while (!Work.empty()) {
    Item Next = Work.pop_back_val();
    visit(*Next.S, Next.How, Next.Then);
  }
  return std::move(Out);
}

BodyAccesses accessesIn(const FunctionDecl &F, LockPaths &Paths,
                        const Models &M, Detail Fineness) {
  return Walker(F, Paths, M, Fineness).run();
}

const BodyAccesses &KnownAccesses::of(const FunctionDecl &F) {
  std::unique_ptr<BodyAccesses> &Slot = Known[&F];
  if (!Slot)
    Slot = std::make_unique<BodyAccesses>(accessesIn(F, Paths, M));
  return *Slot;
}

} // namespace threadlint
