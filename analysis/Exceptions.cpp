//===- Exceptions.cpp - Which exceptions leave a function? ----------------===//
// See the header. From the inside out: what a `try` block throws goes through its
// handlers, and what these throw is added.
//===----------------------------------------------------------------------===//
#include "analysis/Exceptions.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/FlagCondition.h"
#include "analysis/FunctionIndex.h"
#include "analysis/Models.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {

static constexpr unsigned MaxDepth = 24;
static constexpr unsigned MaxEscapes = 4; // of one function

/// The handler whose body is searched: what `throw;` in it throws.
struct Exceptions::Handling {
  QualType Caught; ///< null: `catch (...)`
  const Escapes &Entered;
};

/// The overloads of std::filesystem and Asio that return what they would throw.
static bool reportsByErrorCode(const FunctionDecl &F) {
  return llvm::any_of(F.parameters(), [](const ParmVarDecl *P) {
    QualType T = P->getType();
    const CXXRecordDecl *R = T.getNonReferenceType()->getAsCXXRecordDecl();
    return T->isLValueReferenceType() && R && R->getIdentifier() &&
           R->getName() == "error_code";
  });
}

//===----------------------------------------------------------------------===//
// Handlers
//===----------------------------------------------------------------------===//

static bool isBaseOf(QualType Base, QualType Derived) {
  const CXXRecordDecl *B = Base->getAsCXXRecordDecl();
  const CXXRecordDecl *D = Derived->getAsCXXRecordDecl();
  return B && D && B->hasDefinition() && D->hasDefinition() &&
         D->isDerivedFrom(B);
}

bool Exceptions::catches(QualType Handler, const Escape &E) const {
  Handler = Handler.getNonReferenceType().getCanonicalType().getUnqualifiedType();
  if (E.Type.isNull()) {
    // A library throws its own classes, or the standard's.
    const CXXRecordDecl *R = Handler->getAsCXXRecordDecl();
    return !E.Model || (R && !Index.isUserCode(R->getLocation()));
  }
  QualType T = E.Type.getCanonicalType().getUnqualifiedType();
  if (T->isPointerType() && Handler->isPointerType()) {
    T = T->getPointeeType().getUnqualifiedType();
    Handler = Handler->getPointeeType().getUnqualifiedType();
    if (Handler->isVoidType())
      return true;
  }
  return T == Handler || isBaseOf(Handler, T) ||
         (T->isNullPtrType() && Handler->isPointerType()) ||
         (E.IsDerived && isBaseOf(T, Handler)); // perhaps
}

const CXXCatchStmt *Exceptions::handlerFor(const CXXTryStmt &Try,
                                           const Escape &E) const {
  for (unsigned I = 0; I < Try.getNumHandlers(); ++I) {
    const CXXCatchStmt *Handler = Try.getHandler(I);
    if (Handler->getCaughtType().isNull() ||
        catches(Handler->getCaughtType(), E))
      return Handler;
  }
  return nullptr;
}

void Exceptions::searchTry(const CXXTryStmt &Try, const FunctionDecl &In,
                           const Handling *Around, Escapes &Out) {
  Escapes Thrown;
  search(Try.getTryBlock(), In, Around, Thrown);
  for (unsigned I = 0; I < Try.getNumHandlers(); ++I) {
    const CXXCatchStmt *Handler = Try.getHandler(I);
    Escapes Entered;
    for (const Escape *E : Thrown)
      if (handlerFor(Try, *E) == Handler)
        Entered.push_back(E);
    Handling Inner{Handler->getCaughtType(), Entered};
    search(Handler->getHandlerBlock(), In, &Inner, Out);
  }
  for (const Escape *E : Thrown)
    if (!handlerFor(Try, *E))
      add(*E, Out);
}

//===----------------------------------------------------------------------===//
// What throws
//===----------------------------------------------------------------------===//

void Exceptions::add(const Escape &E, Escapes &Out) {
  bool Known = llvm::any_of(Out, [&](const Escape *Other) {
    return Other->Type == E.Type && Other->IsDerived == E.IsDerived;
  });
  if (Known || Out.size() >= MaxEscapes)
    return;
  All.push_back(E);
  Out.push_back(&All.back());
}

/// Out of memory is no path that anybody writes code for.
static bool isOutOfMemory(QualType T) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R && R->isInStdNamespace() && R->getIdentifier() &&
         R->getName() == "bad_alloc";
}

void Exceptions::addThrow(const CXXThrowExpr &Throw, const Handling *Around,
                          Escapes &Out) {
  Escape E;
  E.Where = &Throw;
  if (const Expr *Operand = Throw.getSubExpr()) {
    E.Type = Operand->getType().getCanonicalType().getUnqualifiedType();
    if (!isOutOfMemory(E.Type))
      add(E, Out);
    return;
  }
  if (!Around)
    return add(E, Out); // called from a handler, who knows which
  for (const Escape *Same : Around->Entered)
    add(*Same, Out);
  if (!Around->Entered.empty())
    return;
  if (!Around->Caught.isNull())
    E.Type = Around->Caught.getNonReferenceType()
                 .getCanonicalType()
                 .getUnqualifiedType();
  E.IsDerived = true;
  add(E, Out);
}

/// `s.find_last_of('/') + 1`: at most the size, and 0 if there is none.
static bool isBehindFound(const Expr *Position) {
  const auto *Sum = dyn_cast_or_null<BinaryOperator>(Position);
  if (!Sum || Sum->getOpcode() != BO_Add)
    return false;
  const FunctionDecl *Found = namedCallee(producer(Sum->getLHS()));
  const auto *One = dyn_cast<IntegerLiteral>(producer(Sum->getRHS()));
  return Found && Found->getIdentifier() && One && One->getValue() == 1 &&
         (Found->getName().take_front(4) == "find" ||
          Found->getName().take_front(5) == "rfind");
}

/// `lexical_cast<std::string>(number)`.
static bool printsNumber(const Expr &Call) {
  const FunctionDecl *F = namedCallee(&Call);
  const CXXRecordDecl *R =
      F ? F->getReturnType()->getAsCXXRecordDecl() : nullptr;
  return R && R->isInStdNamespace() && R->getIdentifier() &&
         R->getName() == "basic_string" && writtenArgs(&Call) == 1 &&
         argument(&Call, 0)->getType()->isArithmeticType();
}

/// `a.at(1)` of a `std::array<int, 2>`.
static bool isWithin(const Expr &Array, const Expr &Index,
                     const ASTContext &Context) {
  QualType T = Array.getType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const auto *R = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  if (!R || !R->isInStdNamespace() || R->getName() != "array" ||
      R->getTemplateArgs().size() != 2 ||
      R->getTemplateArgs()[1].getKind() != TemplateArgument::Integral)
    return false;
  Expr::EvalResult Value;
  return !Index.isValueDependent() && Index.EvaluateAsInt(Value, Context) &&
         Value.Val.getInt().isNonNegative() &&
         Value.Val.getInt().getLimitedValue() <
             R->getTemplateArgs()[1].getAsIntegral().getLimitedValue();
}

/// False: the call is one of those that throw only if an argument is wrong, and
/// the function has a look at it first: `if (i < v.size()) v.at(i)`.
bool Exceptions::mayFail(const Expr &Call, const FunctionModel &Model,
                         const FunctionDecl &In) {
  if (!Model.Throws || Model.Does == Effect::PromiseSet)
    return false; // a promise throws only if it is misused
  const Expr *Object = objectArgument(&Call);
  if (Model.Does != Effect::Throw)
    return true;
  if (!Object)
    return !printsNumber(Call);
  const Expr *First = writtenArgs(&Call) ? producer(argument(&Call, 0)) : nullptr;
  if (const auto *Literal = dyn_cast_or_null<IntegerLiteral>(First))
    if (Literal->getValue() == 0)
      return false;
  if (isBehindFound(First) ||
      (First && isWithin(*Object, *First, In.getASTContext())))
    return false;
  auto Entry = Tested.try_emplace(&In);
  auto &Named = Entry.first->second;
  if (Entry.second)
    forEachStmt(In.getBody(), Lambdas::Outside, [&](const Stmt *S) {
      if (const Expr *Condition = conditionIn(*S))
        for (const ValueDecl *D : mentionedDecls(Condition))
          Named.insert(D);
      if (const auto *Range = dyn_cast<CXXForRangeStmt>(S))
        for (const ValueDecl *D : mentionedDecls(Range->getRangeInit()))
          Named.insert(D);
      // `result = 3; use(result.value());`
      const auto *Assign = dyn_cast<CXXOperatorCallExpr>(S);
      if (Assign && Assign->getOperator() == OO_Equal)
        if (const ValueDecl *D = namedVariable(Assign->getArg(0)))
          Named.insert(cast<ValueDecl>(D->getCanonicalDecl()));
    });
  return llvm::none_of(mentionedDecls(&Call), [&](const ValueDecl *D) {
    return !isa<FunctionDecl>(D) && Named.count(D);
  });
}

/// `p->f()` of a smart pointer: what it throws for a null pointer is an
/// assertion, not a way out of the program's own.
static bool isPointerCheck(const FunctionDecl &F) {
  return F.getOverloadedOperator() == OO_Arrow ||
         (F.getOverloadedOperator() == OO_Star && F.getNumParams() == 0);
}

void Exceptions::addCallee(const Expr &Call, const FunctionDecl *Callee,
                           Escapes &Out) {
  if (!Callee || isNothrow(*Callee) || isPointerCheck(*Callee))
    return;
  for (const Escape *Inner : leaving(*Callee)) {
    Escape E = *Inner;
    E.Where = &Call;
    E.Callee = Callee;
    E.Next = Inner;
    add(E, Out);
  }
}

void Exceptions::addCall(const Expr &Call, const FunctionDecl &In,
                         Escapes &Out) {
  const FunctionDecl *Named = namedCallee(&Call);
  if (!Named || isNothrow(*Named))
    return;
  const FunctionModel *Model = M.function(Named, writtenArgs(&Call));
  if (!Model)
    return addCallee(Call, callee(&Call), Out);
  if (Model->Does == Effect::RunNow)
    if (const Expr *Callable = argumentAt(Call, Model->Callable))
      addCallee(Call, callableBody(Callable), Out);
  if (reportsByErrorCode(*Named) || !mayFail(Call, *Model, In))
    return;
  Escape E;
  E.Where = &Call;
  E.Model = Model;
  add(E, Out);
}

/// Evaluated at compile time, if at all.
static bool isUnevaluated(const Stmt &S) {
  return isa<UnaryExprOrTypeTraitExpr>(S) || isa<CXXNoexceptExpr>(S) ||
         isa<CXXTypeidExpr>(S);
}

void Exceptions::search(const Stmt *Root, const FunctionDecl &In,
                        const Handling *Around, Escapes &Out) {
  llvm::SmallVector<const Stmt *, 32> Work{Root};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isUnevaluated(*S))
      continue;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      Work.append(Lambda->capture_init_begin(), Lambda->capture_init_end());
      continue;
    }
    if (const auto *Try = dyn_cast<CXXTryStmt>(S)) {
      searchTry(*Try, In, Around, Out);
      continue;
    }
    if (const auto *Throw = dyn_cast<CXXThrowExpr>(S))
      addThrow(*Throw, Around, Out);
    else if (isa<CallExpr>(S) || isa<CXXConstructExpr>(S))
      addCall(*cast<Expr>(S), In, Out);
    // In the order of the source: the first of several is the one to name.
    size_t Before = Work.size();
    Work.append(S->child_begin(), S->child_end());
    std::reverse(Work.begin() + Before, Work.end());
  }
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

Exceptions::Escapes Exceptions::thrownBy(const Stmt &S, const FunctionDecl &In) {
  Escapes Result;
  if (const auto *Throw = dyn_cast<CXXThrowExpr>(&S))
    addThrow(*Throw, nullptr, Result);
  else if (isa<CallExpr>(S) || isa<CXXConstructExpr>(S))
    addCall(cast<Expr>(S), In, Result);
  return Result;
}

bool Exceptions::mayLeave(const FunctionDecl *F) {
  return !isNothrow(*F) && !leaving(*F).empty();
}

const Exceptions::Escapes &Exceptions::leaving(const FunctionDecl &F) {
  const FunctionScan *Scan = Index.scan(&F);
  const FunctionDecl *Definition = nullptr;
  if (!Scan || Scan->OverBudget || Depth >= MaxDepth ||
      !F.hasBody(Definition) || Definition->isDependentContext() ||
      isa<CoroutineBodyStmt>(Definition->getBody()))
    return None;
  auto [It, New] = Known.try_emplace(Definition);
  if (!New)
    return It->second ? *It->second : None; // it calls itself
  ++Depth;
  auto Result = std::make_unique<Escapes>();
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Definition))
    for (const CXXCtorInitializer *Init : Ctor->inits())
      search(initialiserOf(*Init), *Definition, nullptr, *Result);
  search(Definition->getBody(), *Definition, nullptr, *Result);
  --Depth;
  return *(Known[Definition] = std::move(Result));
}

} // namespace threadlint
