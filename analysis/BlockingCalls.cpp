//===- BlockingCalls.cpp - Does this call wait, and for how long? ---------===//
// Part of the analysis; see the header.
//===----------------------------------------------------------------------===//
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/Models.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace threadlint {

namespace {
/// A wait's length as far as it is known: 0, at most Ms, for ever, or unknown.
struct Length {
  enum Kind { Known, Forever, Unknown } K = Unknown;
  uint64_t Ms = 0;
};

struct CategoryName {
  Category C;
  llvm::StringLiteral Name;
};
} // namespace

static constexpr CategoryName CategoryNames[] = {
    {Category::Network, "network"},
    {Category::Database, "database"},
    {Category::Rpc, "rpc"},
    {Category::File, "file"},
    {Category::Process, "process"},
    {Category::Sleep, "sleep"},
    {Category::Wait, "wait"},
    {Category::SyncIo, "sync-io"},
    {Category::Logging, "logging"},
    {Category::Serialization, "serialization"},
    {Category::Custom, "custom"},
};

llvm::StringRef categoryName(Category C) {
  for (const CategoryName &N : CategoryNames)
    if (N.C == C)
      return N.Name;
  return "none";
}

std::optional<Category> categoryNamed(llvm::StringRef Name) {
  for (const CategoryName &N : CategoryNames)
    if (N.Name == Name)
      return N.C;
  return std::nullopt;
}

const Expr *argumentAt(const Expr &Call, int8_t Position) {
  if (Position == ArgThis)
    return objectArgument(&Call);
  if (Position == ArgLast) {
    // What the caller wrote: asio's functions end in a defaulted parameter.
    unsigned N = writtenArgs(&Call);
    return N ? argument(&Call, N - 1) : nullptr;
  }
  if (Position == ArgFirstCallable) {
    for (unsigned I = 0, N = numArguments(&Call); I < N; ++I)
      if (isCallableType(argument(&Call, I)->getType()))
        return argument(&Call, I);
    return nullptr;
  }
  return Position >= 0 ? argument(&Call, Position) : nullptr;
}

static const Expr *withoutDefault(const Expr *E) {
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return Default->getExpr();
  return E;
}

/// The expression itself, or the initialiser of the constant that it names.
static bool evaluate(const Expr *E, const ASTContext &Context,
                     Expr::EvalResult &Result) {
  return !E->isValueDependent() && !E->isTypeDependent() &&
         E->EvaluateAsRValue(Result, Context) && !Result.HasSideEffects;
}

static Length length(const llvm::APSInt &Count, uint64_t Num, uint64_t Den) {
  // Count * Num / Den seconds, rounded up to whole milliseconds.
  if (Count.isNegative())
    return {Length::Forever, 0};
  if (Den == 0 || Num == 0)
    return {};
  uint64_t N = Count.getLimitedValue(UINT64_MAX / 2);
  double Ms = static_cast<double>(N) * 1000.0 * static_cast<double>(Num) /
              static_cast<double>(Den);
  if (Ms > 1e12)
    return {Length::Forever, 0};
  auto Whole = static_cast<uint64_t>(Ms);
  return {Length::Known, Whole < Ms ? Whole + 1 : Whole};
}

static uint64_t integralArgument(const TemplateArgument &Arg) {
  return Arg.getKind() == TemplateArgument::Integral
             ? Arg.getAsIntegral().getLimitedValue()
             : 0;
}

static const ClassTemplateSpecializationDecl *specialization(QualType T) {
  return dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T.getNonReferenceType()->getAsCXXRecordDecl());
}

/// duration<Rep, ratio<Num, Den>> with one integral member.
static Length chronoLength(const Expr *E, const ASTContext &Context) {
  // The value, not the temporary that holds it.
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(
          E->IgnoreParens()))
    E = Temporary->getSubExpr();
  const ClassTemplateSpecializationDecl *Duration =
      specialization(E->getType());
  if (!Duration || Duration->getName() != "duration" ||
      Duration->getTemplateArgs().size() < 2)
    return {};
  const TemplateArgument &PeriodArg = Duration->getTemplateArgs()[1];
  if (PeriodArg.getKind() != TemplateArgument::Type)
    return {};
  const ClassTemplateSpecializationDecl *Period =
      specialization(PeriodArg.getAsType());
  if (!Period || Period->getTemplateArgs().size() < 2)
    return {};
  Expr::EvalResult Result;
  if (!evaluate(E, Context, Result) || !Result.Val.isStruct() ||
      Result.Val.getStructNumFields() != 1 ||
      !Result.Val.getStructField(0).isInt())
    return {};
  return length(Result.Val.getStructField(0).getInt(),
                integralArgument(Period->getTemplateArgs()[0]),
                integralArgument(Period->getTemplateArgs()[1]));
}

static bool isZero(const Expr *E, const ASTContext &Context) {
  Expr::EvalResult Result;
  return evaluate(E, Context, Result) && Result.Val.isInt() &&
         Result.Val.getInt() == 0;
}

static StringRef sourceText(SourceRange Range, const ASTContext &Context) {
  const SourceManager &SM = Context.getSourceManager();
  return Lexer::getSourceText(
      CharSourceRange::getTokenRange(SM.getExpansionRange(Range).getAsRange()),
      SM, Context.getLangOpts());
}

static bool isWordAt(StringRef Text, size_t Begin, size_t Length) {
  auto IsPart = [&](size_t I) {
    return I < Text.size() && (llvm::isAlnum(Text[I]) || Text[I] == '_');
  };
  return (Begin == 0 || !IsPart(Begin - 1)) && !IsPart(Begin + Length);
}

/// True if one of the space-separated words stands in the text.
static bool containsWord(StringRef Text, StringRef Words) {
  llvm::SmallVector<StringRef, 4> List;
  Words.split(List, ' ', -1, false);
  for (StringRef Word : List)
    for (size_t I = Text.find(Word); I != StringRef::npos;
         I = Text.find(Word, I + 1))
      if (isWordAt(Text, I, Word.size()))
        return true;
  return false;
}

/// The local structure that a pointer argument leads to. Null: none.
static const VarDecl *localStructure(const Expr *Pointer) {
  const auto *AddressOf = dyn_cast<UnaryOperator>(producer(Pointer));
  if (!AddressOf || AddressOf->getOpcode() != UO_AddrOf)
    return nullptr;
  const auto *Ref = dyn_cast<DeclRefExpr>(producer(AddressOf->getSubExpr()));
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return V && V->isLocalVarDecl() ? V : nullptr;
}

/// struct timeval and timespec by pointer: null waits for ever, a local that is
/// initialised with zeros does not wait. What is assigned later is unknown.
static Length timeStructLength(const Expr *E, const ASTContext &Context) {
  if (E->isNullPointerConstant(const_cast<ASTContext &>(Context),
                               Expr::NPC_ValueDependentIsNotNull))
    return {Length::Forever, 0};
  const VarDecl *V = localStructure(E);
  const auto *List =
      V && V->hasInit() ? dyn_cast<InitListExpr>(V->getInit()) : nullptr;
  if (!List)
    return {};
  for (const Expr *Init : List->inits())
    if (!isa<ImplicitValueInitExpr>(Init) && !isZero(Init, Context))
      return {};
  return {Length::Known, 0};
}

static Length waitLength(const Expr *E, TimeUnit Unit,
                         const ASTContext &Context) {
  E = withoutDefault(E);
  switch (Unit) {
  case TimeUnit::Chrono:
    return chronoLength(E, Context);
  case TimeUnit::Timeval:
  case TimeUnit::Timespec:
    return timeStructLength(E, Context);
  default:
    break;
  }
  Expr::EvalResult Result;
  if (!evaluate(E, Context, Result) || !Result.Val.isInt())
    return {};
  const llvm::APSInt &Count = Result.Val.getInt();
  if (Count.isMaxValue())
    return {Length::Forever, 0}; // INFINITE, ULONG_MAX
  uint64_t PerSecond = Unit == TimeUnit::Nanoseconds    ? 1000000000
                       : Unit == TimeUnit::Microseconds ? 1000000
                       : Unit == TimeUnit::Milliseconds ? 1000
                                                        : 1;
  return length(Count, 1, PerSecond);
}

/// True if no flag that makes the call non-blocking is set for sure. Flags in a
/// structure (addrinfo's hints) are looked for between its declaration and the
/// call.
static bool blocksWithFlags(const Expr *Flags, const FunctionModel &M,
                            const ASTContext &Context) {
  StringRef Names = M.FlagNames;
  Flags = withoutDefault(Flags);
  if (M.FlagsNeeded)
    return containsWord(sourceText(Flags->getSourceRange(), Context), Names);
  if (Flags->getType()->isPointerType()) {
    const VarDecl *V = localStructure(Flags);
    return !V || !containsWord(sourceText({V->getBeginLoc(), Flags->getEndLoc()},
                                          Context),
                               Names);
  }
  Expr::EvalResult Result;
  if (!evaluate(Flags, Context, Result) ||
      containsWord(sourceText(Flags->getSourceRange(), Context), Names))
    return false;
  // `const int flags = …` names them at its own place.
  const auto *Ref = dyn_cast<DeclRefExpr>(producer(Flags));
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return !V || !V->hasInit() ||
         !containsWord(sourceText(V->getInit()->getSourceRange(), Context),
                       Names);
}

std::optional<int64_t> constantValue(const Expr &E, const ASTContext &Context) {
  Expr::EvalResult Result;
  if (!evaluate(withoutDefault(&E), Context, Result) || !Result.Val.isInt())
    return std::nullopt;
  const llvm::APSInt &Value = Result.Val.getInt();
  if (Value.getBitWidth() > 64)
    return std::nullopt;
  return Value.isSigned() ? Value.getSExtValue()
                          : static_cast<int64_t>(Value.getZExtValue());
}

std::optional<bool> namesFlag(const Expr &Flag, const FunctionModel &M,
                              const ASTContext &Context) {
  if (!constantValue(Flag, Context))
    return std::nullopt;
  StringRef Names = M.FlagNames;
  if (containsWord(sourceText(Flag.getSourceRange(), Context), Names))
    return true;
  const auto *Ref = dyn_cast<DeclRefExpr>(producer(&Flag));
  if (Ref && isa<VarDecl>(Ref->getDecl()))
    return std::nullopt; // a constant by another name
  return false;
}

std::optional<Blocking> blockingCall(const Expr &E, const FunctionModel &M,
                                     const ASTContext &Context) {
  Blocking Result;
  Result.Why = Models::category(M, argumentAt(E, M.Object));
  if (Result.Why == Category::None)
    return std::nullopt;
  Result.OnDescriptor = M.Descriptor != ArgNone;
  if (M.Flags != ArgNone)
    if (const Expr *Flags = argumentAt(E, M.Flags))
      if (!blocksWithFlags(Flags, M, Context))
        return std::nullopt;
  const Expr *Timeout =
      M.Timeout == ArgNone ? nullptr : argumentAt(E, M.Timeout);
  if (!Timeout)
    return Result;
  Length L = waitLength(Timeout, M.Unit, Context);
  if (L.K == Length::Known) {
    if (L.Ms == 0)
      return std::nullopt;
    Result.BoundMs = L.Ms;
  } else if (L.K == Length::Unknown && Result.Why != Category::Sleep) {
    return std::nullopt;
  }
  return Result;
}

bool mentionsNonBlocking(const FunctionDecl &F, const ASTContext &Context,
                         const Models &M) {
  const SourceManager &SM = Context.getSourceManager();
  StringRef Text =
      SM.getBufferData(SM.getFileID(SM.getExpansionLoc(F.getLocation())));
  for (const char *Word : M.set().evidence())
    if (Text.contains(Word))
      return true;
  return false;
}

} // namespace threadlint
