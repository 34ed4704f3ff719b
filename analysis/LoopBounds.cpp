//===- LoopBounds.cpp - How often does a loop run? ------------------------===//
// Sizes of containers and origins of numbers; the conditions of loops are in
// LoopHeaders.cpp. See the header.
//===----------------------------------------------------------------------===//
#include "analysis/LoopBounds.h"
#include "analysis/CallInfo.h"
#include "analysis/FunctionIndex.h"
#include "analysis/Models.h"
#include "analysis/NameWords.h"
#include "analysis/Writes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/ScopeExit.h"

using namespace clang;

namespace threadlint {

static constexpr unsigned MaxDepth = 10;
// Functions that are searched for what fills a member or a global.
static constexpr unsigned MaxFillers = 500;

LoopBounds::LoopBounds(ASTContext &Context, const Models &M,
                       FunctionIndex &Index)
    : Context(Context), M(M), Index(Index) {}
LoopBounds::~LoopBounds() = default;

const Writes &LoopBounds::writes(const FunctionDecl &F) {
  std::unique_ptr<Writes> &Slot = Known[&F];
  if (!Slot)
    Slot = std::make_unique<Writes>(F);
  return *Slot;
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

static llvm::StringRef plainName(const NamedDecl *D) {
  return D && D->getIdentifier() ? D->getName() : llvm::StringRef();
}

std::string exprName(const Expr *E) {
  for (unsigned Depth = 0; E && Depth < MaxDepth; ++Depth) {
    E = producer(E);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return plainName(Ref->getDecl()).str();
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return plainName(Member->getMemberDecl()).str();
    if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      E = Unary->getSubExpr();
    else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
      E = Element->getBase();
    else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
      // fd = accept(…), *it, clients[i]
      E = Op->getOperator() == OO_Equal ? Op->getArg(1) : Op->getArg(0);
    else if (const auto *Binary = dyn_cast<BinaryOperator>(E))
      E = Binary->isAssignmentOp() ? Binary->getRHS() : nullptr;
    else if (isa_and_nonnull<CXXConversionDecl>(namedCallee(E)))
      E = objectArgument(E);
    else
      return plainName(namedCallee(E)).str();
  }
  return "";
}

/// The macro in whose body the tokens of \p E are. Empty: none.
std::string LoopBounds::macroName(const Expr &E) const {
  SourceLocation Loc = E.getBeginLoc();
  const SourceManager &SM = Context.getSourceManager();
  if (!Loc.isMacroID() || !SM.isMacroBodyExpansion(Loc))
    return "";
  return Lexer::getImmediateMacroName(Loc, SM, Context.getLangOpts()).str();
}

/// A name on the way to \p E speaks of workers, or of a limit if it is a
/// number.
bool LoopBounds::saysWorkers(const Expr *E, bool ForNumber) const {
  auto Says = [&](llvm::StringRef Name) {
    return namesWorkers(Name) || (ForNumber && namesLimit(Name));
  };
  for (unsigned Depth = 0; E && Depth < MaxDepth; ++Depth) {
    if (Says(macroName(*E)))
      return true;
    E = producer(E);
    if (Says(macroName(*E)))
      return true;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return Says(plainName(Ref->getDecl()));
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      if (Says(plainName(Member->getMemberDecl())))
        return true;
      // `pool_options.size`; what class `this` is says nothing.
      E = Member->getBase();
      if (ForNumber && !isa<CXXThisExpr>(producer(E))) {
        QualType T = E->getType();
        if (T->isPointerType())
          T = T->getPointeeType();
        if (Says(plainName(T->getAsTagDecl())))
          return true;
      }
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
      E = Unary->getSubExpr();
    } else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
      E = Element->getBase();
    } else if (isa<CallExpr>(E)) {
      if (Says(plainName(namedCallee(E))))
        return true;
      // sysconf(_SC_NPROCESSORS_ONLN)
      if (const Expr *First = argument(E, 0))
        if (const auto *Ref = dyn_cast<DeclRefExpr>(producer(First)))
          if (isa<EnumConstantDecl>(Ref->getDecl()) &&
              namesWorkers(plainName(Ref->getDecl())))
            return true;
      const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
      E = Op && Op->getNumArgs() ? Op->getArg(0) : objectArgument(E);
    } else {
      return false;
    }
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

std::optional<uint64_t> LoopBounds::constant(const Expr *E) const {
  Expr::EvalResult Result;
  if (!E || E->isValueDependent() || E->getType().isNull() ||
      !E->getType()->isIntegralOrEnumerationType() ||
      !E->EvaluateAsInt(Result, Context))
    return std::nullopt;
  const llvm::APSInt &Value = Result.Val.getInt();
  if (Value.isSigned() && Value.isNegative())
    return 0;
  return Value.getLimitedValue();
}

/// Where several values may arrive, or several numbers make one.
static LoopBound worse(const LoopBound &A, const LoopBound &B) {
  auto Rank = [](const LoopBound &X) {
    switch (X.Kind) {
    case BoundKind::Constant:
      return 0;
    case BoundKind::Workers:
      return 1;
    case BoundKind::Unknown:
      return 2;
    default:
      return 3;
    }
  };
  if (A.Kind == BoundKind::Constant && B.Kind == BoundKind::Constant)
    return A.Count >= B.Count ? A : B;
  return Rank(A) >= Rank(B) ? A : B;
}

LoopBound LoopBounds::ofNumber(const Expr *E) {
  if (!E || Depth > MaxDepth || E->isInstantiationDependent())
    return {};
  ++Depth;
  auto Restore = llvm::make_scope_exit([this] { --Depth; });
  const Expr *Outer = E;
  E = producer(E);
  if (saysWorkers(Outer, true))
    return {BoundKind::Workers, 0, E};
  if (std::optional<uint64_t> Value = constant(Outer))
    return {BoundKind::Constant, *Value, E};
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
      return ofVariable(*V, *E);
    return {};
  }
  if (isa<CallExpr>(E))
    return ofCall(*E);
  return ofOperation(*E);
}

LoopBound LoopBounds::ofOperation(const Expr &E) {
  if (const auto *Choice = dyn_cast<ConditionalOperator>(&E)) {
    LoopBound A = ofNumber(Choice->getTrueExpr()),
              B = ofNumber(Choice->getFalseExpr());
    // Mostly a minimum or a fallback.
    if (A.Kind == BoundKind::Workers || B.Kind == BoundKind::Workers)
      return {BoundKind::Workers, 0, &E};
    if (A.Kind == BoundKind::Constant || B.Kind == BoundKind::Constant)
      return A.Kind == B.Kind ? worse(A, B) : LoopBound();
    return worse(A, B);
  }
  const auto *Binary = dyn_cast<BinaryOperator>(&E);
  if (!Binary)
    return {};
  LoopBound A = ofNumber(Binary->getLHS()), B = ofNumber(Binary->getRHS());
  switch (Binary->getOpcode()) {
  case BO_Rem:
  case BO_And:
    return B;
  case BO_Div:
  case BO_Shr:
    // Divided by what is not a constant it is a size of chunks, or so.
    return B.Kind == BoundKind::Constant ? A : LoopBound();
  case BO_Sub:
    if (Binary->getLHS()->getType()->isPointerType())
      return ofContainer(Binary->getLHS());
    return A;
  case BO_Add:
  case BO_Mul:
    return worse(A, B);
  default:
    return {};
  }
}

LoopBound LoopBounds::ofExtremum(const Expr &Call, bool IsMin) {
  LoopBound A = ofNumber(argument(&Call, 0)), B = ofNumber(argument(&Call, 1));
  if (!IsMin)
    return worse(A, B);
  if (A.Kind == BoundKind::Unknown || B.Kind == BoundKind::Unknown)
    return worse(A, B).Kind == BoundKind::Data ? LoopBound() : B;
  // The smaller one: what is best known.
  LoopBound Worse = worse(A, B);
  return Worse.Why == A.Why ? B : A;
}

/// The expression of a body that is a single `return`. Null: it is not.
static const Expr *returnedBy(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (!F || !F->hasBody(Definition))
    return nullptr;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Definition->getBody());
  if (!Body || Body->size() != 1)
    return nullptr;
  const auto *Return = dyn_cast<ReturnStmt>(Body->body_front());
  return Return ? Return->getRetValue() : nullptr;
}

LoopBound LoopBounds::ofCall(const Expr &Call) {
  const FunctionDecl *F = namedCallee(&Call);
  if (!F)
    return {};
  const Expr *Object = objectArgument(&Call);
  if (isa<CXXConversionDecl>(F))
    return ofNumber(Object); // an atomic
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(&Call))
    return Op->getOperator() == OO_Minus ? ofContainer(Op->getArg(0))
                                         : LoopBound();
  llvm::StringRef Name = plainName(F);
  if (Object) {
    if (Name == "size" || Name == "length" || Name == "count" ||
        Name == "ssize")
      return ofContainer(Object);
    if (Name == "load" || Name == "value" || Name == "get")
      return ofNumber(Object);
  } else if (F->isInStdNamespace() || F->getReturnType()->isReferenceType()) {
    if (Name == "min" || Name == "max")
      return ofExtremum(Call, Name == "min");
    if (Name == "clamp")
      return ofNumber(argument(&Call, 2));
    if (Name == "size" || Name == "ssize")
      return ofContainer(argument(&Call, 0));
    if (Name == "distance")
      return ofContainer(argument(&Call, 1));
  }
  return ofNumber(returnedBy(F));
}

LoopBound LoopBounds::ofVariable(const VarDecl &V, const Expr &E) {
  const auto *F = dyn_cast_or_null<FunctionDecl>(V.getParentFunctionOrMethod());
  if (isa<ParmVarDecl>(V))
    return F && F->isMain() ? LoopBound{BoundKind::Data, 0, &E} : LoopBound();
  if (!V.isLocalVarDecl()) // a global: others may write it
    return V.getType().isConstQualified() ? ofNumber(V.getAnyInitializer())
                                          : LoopBound();
  if (!F || !F->hasBody())
    return {};
  LoopBound Result;
  bool First = true;
  for (const Write &W : writes(*F).of(cast<ValueDecl>(V.getCanonicalDecl()))) {
    if (W.Kind == WriteKind::Escape)
      return {};
    if (W.Kind == WriteKind::Step) // also `if (n > max) n -= …`
      continue;
    LoopBound One = ofNumber(W.Value);
    // `n = hardware_concurrency(); if (n == 0) n = 4;`, or cut down to it.
    if (One.Kind == BoundKind::Workers)
      return One;
    Result = First ? One : worse(Result, One);
    First = false;
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Containers
//===----------------------------------------------------------------------===//

/// The classes that a container, pointer or smart pointer holds, outermost
/// first.
static llvm::SmallVector<QualType, 4> elementTypes(QualType T) {
  llvm::SmallVector<QualType, 4> Result;
  while (!T.isNull() && Result.size() < 4) {
    T = T.getNonReferenceType();
    if (const Type *Element = T->getPointeeOrArrayElementType();
        Element != T.getTypePtr()) {
      T = QualType(Element, 0);
    } else if (const auto *Special =
                   dyn_cast_or_null<ClassTemplateSpecializationDecl>(
                       T->getAsRecordDecl())) {
      const TemplateArgumentList &Args = Special->getTemplateArgs();
      if (Args.size() == 0 || Args[0].getKind() != TemplateArgument::Type)
        break;
      // The mapped type of a map.
      bool IsMap = plainName(Special).contains("map") && Args.size() > 1 &&
                   Args[1].getKind() == TemplateArgument::Type;
      T = Args[IsMap ? 1 : 0].getAsType();
    } else {
      break;
    }
    Result.push_back(T);
  }
  return Result;
}

bool LoopBounds::holdsThreads(QualType T) const {
  for (QualType Element : elementTypes(T))
    if (const TypeModel *Type = M.type(Element))
      if (Type->Kind == TypeKind::Thread || Type->Kind == TypeKind::Future)
        return true;
  return false;
}

static bool elementsAreWorkers(QualType T) {
  for (QualType Element : elementTypes(T))
    if (namesWorkers(plainName(Element->getAsTagDecl())))
      return true;
  return false;
}

LoopBound LoopBounds::ofContainer(const Expr *E) {
  if (!E || Depth > MaxDepth || E->isInstantiationDependent())
    return {};
  ++Depth;
  auto Restore = llvm::make_scope_exit([this] { --Depth; });
  E = producer(E);
  QualType T = E->getType().getNonReferenceType();
  if (const ConstantArrayType *Array = Context.getAsConstantArrayType(T))
    return {BoundKind::Constant, Array->getSize().getLimitedValue(), E};
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return {BoundKind::Constant, List->getNumInits(), E};
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(E))
    return ofContainer(List->getSubExpr());
  if (const auto *Special = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
          T->getAsRecordDecl())) {
    const TemplateArgumentList &Args = Special->getTemplateArgs();
    if (plainName(Special) == "array" && Args.size() == 2 &&
        Args[1].getKind() == TemplateArgument::Integral)
      return {BoundKind::Constant, Args[1].getAsIntegral().getLimitedValue(),
              E};
  }
  bool Threads = holdsThreads(T);
  // A container of threads is as large as somebody made it.
  if (!Threads && (saysWorkers(E, false) || elementsAreWorkers(T)))
    return {BoundKind::Workers, 0, E};
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return ofContainer(Unary->getSubExpr());
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return Binary->isAdditiveOp() && T->isPointerType()
               ? ofNumber(Binary->getRHS()) // array + n
               : LoopBound();
  if (isa<CallExpr>(E) || isa<CXXConstructExpr>(E))
    return ofContainerCall(*E);
  const auto *Member = dyn_cast<MemberExpr>(E);
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  if (!Member && !Ref)
    return {};
  LoopBound Result =
      ofFilled(*(Member ? Member->getMemberDecl() : Ref->getDecl()), *E);
  if (Threads && Result.Kind == BoundKind::Data && Result.Why == E)
    return saysWorkers(E, false) ? LoopBound{BoundKind::Workers, 0, E}
                                 : LoopBound();
  // The reader sees the member, not the parameter that it was made of.
  if (Member && !Threads && Result.Kind == BoundKind::Data)
    Result.Why = E;
  return Result;
}

/// `v.begin()`, `clients()`, `irange(0, n)`, `items | views::take(3)`.
LoopBound LoopBounds::ofContainerCall(const Expr &Call) {
  const FunctionDecl *F = namedCallee(&Call);
  llvm::StringRef Name = plainName(F);
  const Expr *Object = objectArgument(&Call);
  for (llvm::StringRef Through :
       {"begin", "end", "cbegin", "cend", "rbegin", "rend", "crbegin", "crend",
        "data", "get", "as_const", "constBegin", "constEnd"})
    if (Name == Through) {
      if (const Expr *Inner = Object ? Object : argument(&Call, 0))
        return ofContainer(Inner);
    }
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(&Call)) {
    // Of the right side only a limit is of interest: it is not looked for.
    if (Op->getOperator() == OO_Pipe)
      return {};
    if (Op->getOperator() == OO_Star || Op->getOperator() == OO_Arrow ||
        Op->getOperator() == OO_Subscript) {
      LoopBound Result = ofContainer(Op->getArg(0));
      // The elements of an element.
      if (Result.Kind == BoundKind::Constant &&
          Op->getOperator() == OO_Subscript)
        return {BoundKind::Data, 0, &Call};
      return Result;
    }
  }
  if (Name == "move" || Name == "forward")
    return ofContainer(argument(&Call, 0));
  // A range of numbers.
  unsigned N = writtenArgs(&Call);
  const Expr *Last = N ? argument(&Call, N - 1) : nullptr;
  if (Last && Last->getType().getNonReferenceType()->isIntegerType())
    return ofNumber(Last);
  if (isa<CXXConstructExpr>(Call))
    return N ? ofContainer(Last) : LoopBound{BoundKind::Constant, 0, &Call};
  if (const Expr *Returned = returnedBy(F)) {
    LoopBound Result = ofContainer(Returned);
    if (Result.Kind != BoundKind::Unknown)
      return Result;
  }
  return {BoundKind::Data, 0, &Call};
}

/// What a container holds after the initialiser or assigned value \p Init.
LoopBound LoopBounds::ofInitialiser(const Expr *Init, const Expr &E) {
  const Expr *Made = Init ? producer(Init) : nullptr;
  if (!Made || isa<CXXDefaultInitExpr>(Made))
    return {BoundKind::Constant, 0, &E};
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Made)) {
    unsigned N = writtenArgs(Construct);
    if (N == 0)
      return {BoundKind::Constant, 0, &E};
    const Expr *First = Construct->getArg(0);
    if (First->getType().getNonReferenceType()->isIntegerType())
      return ofNumber(First); // vector(n), vector(n, value)
    LoopBound Inner = ofContainer(First);
    return Inner.Kind == BoundKind::Unknown ? LoopBound{BoundKind::Data, 0, &E}
                                            : Inner;
  }
  LoopBound Inner = ofContainer(Made);
  // The name that the loop uses says more than the function that filled it.
  return Inner.Kind == BoundKind::Data ? LoopBound{BoundKind::Data, 0, &E}
                                       : Inner;
}

LoopBound LoopBounds::ofFill(const Write &W, const FunctionDecl &F,
                             const ValueDecl &D, const Expr &E) {
  switch (W.Kind) {
  case WriteKind::Assign:
    return ofInitialiser(W.Value, E);
  case WriteKind::Resize:
    return ofNumber(W.Value);
  case WriteKind::Escape:
    return {BoundKind::Data, 0, &E};
  case WriteKind::Step:
    return {};
  case WriteKind::Grow:
    break;
  }
  LoopBound Result{BoundKind::Constant, 1, &E};
  for (int L = W.Loop; L >= 0; L = writes(F).loop(L).Parent) {
    LoopBound Around = of(*writes(F).loop(L).S, F);
    if (Around.Kind == BoundKind::Constant &&
        Result.Kind == BoundKind::Constant)
      Result.Count *= std::max<uint64_t>(1, Around.Count);
    else
      Result = worse(Result, Around);
  }
  if (Result.Kind == BoundKind::Unknown)
    return Result;
  if (Result.Kind != BoundKind::Constant && Result.Kind != BoundKind::Workers)
    return {BoundKind::Data, 0, &E};
  // Once for each call of a member function.
  if (W.Loop < 0 && !isa<CXXConstructorDecl>(F) &&
      !D.getDeclContext()->isFunctionOrMethod())
    return {BoundKind::Data, 0, &E};
  return Result;
}

LoopBound LoopBounds::ofFilled(const ValueDecl &D, const Expr &E) {
  const LoopBound Data{BoundKind::Data, 0, &E};
  const auto *V = dyn_cast<VarDecl>(&D);
  if (isa<ParmVarDecl>(D))
    // A pointer may be anything.
    return D.getType().getNonReferenceType()->isPointerType() ? LoopBound()
                                                              : Data;
  LoopBound Result;
  bool Any = false;
  auto Add = [&](const FunctionDecl &F) {
    for (const Write &W : writes(F).of(cast<ValueDecl>(D.getCanonicalDecl()))) {
      LoopBound One = ofFill(W, F, D, E);
      if (One.Kind == BoundKind::Constant && One.Count == 0)
        continue; // empty at first
      if (Any && Result.Kind == BoundKind::Constant &&
          One.Kind == BoundKind::Constant)
        Result.Count += One.Count;
      else
        Result = Any ? worse(Result, One) : One;
      Any = true;
    }
  };
  if (V && V->isLocalVarDecl()) {
    const auto *F =
        dyn_cast_or_null<FunctionDecl>(V->getParentFunctionOrMethod());
    if (!F || !F->hasBody())
      return {};
    Add(*F);
    if (Any && V->getType().getNonReferenceType()->isPointerType() &&
        Result.Kind == BoundKind::Data)
      return {}; // what a pointer points at
    return Result;
  }
  if (V && V->getType().isConstQualified() && V->getAnyInitializer())
    return ofInitialiser(V->getAnyInitializer(), E);
  if (D.getType()->isPointerType())
    return {};
  unsigned N = 0;
  const DeclContext *Class = D.getDeclContext();
  for (const FunctionDecl *F : Index.functions()) {
    if (!V && F->getDeclContext() != Class)
      continue;
    if (++N > MaxFillers)
      return Data;
    Add(*F);
  }
  return Any ? Result : Data;
}

} // namespace threadlint
