//===- Models.cpp - What is this call, what is this type? -------*- C++ -*-===//
// Matches declarations against the names of a ModelSet: qualified names, base
// classes, language linkage, annotations. The first look-up is by unqualified
// name, so that a declaration no model knows costs one search and no string.
//===----------------------------------------------------------------------===//
#include "analysis/Models.h"
#include "analysis/LLVMCompat.h"
#include "analysis/StoredCallable.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using llvm::StringRef;

namespace threadlint {
namespace {

// ---- annotations
// -------------------------------------------------------------

constexpr FunctionModel annotated(int8_t Object, Effect Does,
                                  LockMode Mode = LockMode::Exclusive,
                                  SuccessWhen Success = SuccessWhen::Always) {
  FunctionModel M{};
  M.Name = "";
  M.Library = "annotation";
  M.Does = Does;
  M.Mode = Mode;
  M.Success = Success;
  M.Object = Object;
  if (Does == Effect::Block)
    M.Blocks = Category::Custom;
  if (Does == Effect::RunNow || Does == Effect::Spawn)
    M.Callable = ArgLast;
  return M;
}

struct Annotation {
  const char *Text;
  FunctionModel Member; ///< on a non-static member function
  FunctionModel Free;   ///< elsewhere: works on the first argument
};

constexpr Annotation both(const char *Text, Effect Does,
                          LockMode Mode = LockMode::Exclusive,
                          SuccessWhen Success = SuccessWhen::Always) {
  return {Text, annotated(ArgThis, Does, Mode, Success),
          annotated(0, Does, Mode, Success)};
}

constexpr Annotation withoutObject(const char *Text, Effect Does) {
  return {Text, annotated(ArgNone, Does), annotated(ArgNone, Does)};
}

constexpr Annotation Annotations[] = {
    withoutObject("threadlint::blocking", Effect::Block),
    withoutObject("threadlint::nonblocking", Effect::Inert),
    withoutObject("threadlint::no-return", Effect::NoReturn),
    withoutObject("threadlint::run-now", Effect::RunNow),
    withoutObject("threadlint::spawn", Effect::Spawn),
    both("threadlint::acquire", Effect::Acquire),
    both("threadlint::acquire-shared", Effect::Acquire, LockMode::Shared),
    both("threadlint::try-acquire", Effect::TryAcquire, LockMode::Exclusive,
         SuccessWhen::True),
    both("threadlint::try-acquire-shared", Effect::TryAcquire, LockMode::Shared,
         SuccessWhen::True),
    both("threadlint::release", Effect::Release),
    both("threadlint::release-shared", Effect::Release, LockMode::Shared),
};
[[maybe_unused]] constexpr const Annotation &BlockingAnnotation = Annotations[0];
[[maybe_unused]] constexpr const Annotation &NonBlockingAnnotation = Annotations[1];

constexpr TypeModel annotatedType(TypeKind Kind) {
  TypeModel M{};
  M.Name = "";
  M.Library = "annotation";
  M.Kind = Kind;
  return M;
}

constexpr TypeModel AnnotatedLock = annotatedType(TypeKind::Lock);
constexpr TypeModel AnnotatedGuard = annotatedType(TypeKind::Guard);

bool isInstanceMethod(const FunctionDecl *F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  return Method && !Method->isStatic();
}

const FunctionModel *annotationNamed(StringRef Text, const FunctionDecl *F) {
  for (const Annotation &A : Annotations)
    if (Text == A.Text)
      return isInstanceMethod(F) ? &A.Member : &A.Free;
  return nullptr;
}

const FunctionModel *clangEffect(const FunctionDecl *F) {
#if THREADLINT_HAS_FUNCTION_EFFECTS
  for (const FunctionEffectWithCondition &E : F->getFunctionEffects()) {
    if (E.Effect.kind() == FunctionEffect::Kind::Blocking)
      return &BlockingAnnotation.Free;
    // `nonblocking(expression)` holds for some instantiations only.
    if (E.Effect.kind() == FunctionEffect::Kind::NonBlocking &&
        !E.Cond.getCondition())
      return &NonBlockingAnnotation.Free;
  }
#else
  (void)F;
#endif
  return nullptr;
}

/// What \p F's author says it does; null: nothing.
const FunctionModel *annotation(const FunctionDecl *F) {
  for (const FunctionDecl *Redecl : F->redecls()) {
    if (Redecl->hasAttrs())
      for (const auto *A : Redecl->specific_attrs<AnnotateAttr>())
        if (const FunctionModel *M = annotationNamed(A->getAnnotation(), F))
          return M;
    if (const FunctionModel *M = clangEffect(Redecl))
      return M;
  }
  return nullptr;
}

// ---- the shape of a lock
// --------------------------------------------------------------

/// A member function by which a class is known to be a lock although the body
/// cannot be seen: the standard's Lockable (lock, unlock, try_lock) and the
/// spellings of it in use.
struct LockableMember {
  const char *Name;
  FunctionModel Model;
};

constexpr LockableMember lockable(const char *Name, Effect Does,
                                  SuccessWhen Success = SuccessWhen::Always) {
  FunctionModel M = annotated(ArgThis, Does, LockMode::Exclusive, Success);
  M.Library = "lockable";
  return {Name, M};
}

constexpr LockableMember LockableMembers[] = {
    lockable("lock", Effect::Acquire),
    lockable("Lock", Effect::Acquire),
    lockable("unlock", Effect::Release),
    lockable("Unlock", Effect::Release),
    lockable("try_lock", Effect::TryAcquire, SuccessWhen::True),
    lockable("trylock", Effect::TryAcquire, SuccessWhen::True),
    lockable("tryLock", Effect::TryAcquire, SuccessWhen::True),
    lockable("TryLock", Effect::TryAcquire, SuccessWhen::True),
};

/// Doors have lock() and unlock() as well, so the class's name must say it.
bool isNamedLikeLock(const CXXRecordDecl *R) {
  std::string Name = R->getName().lower();
  return StringRef(Name).contains("mutex") || StringRef(Name).contains("lock") ||
         StringRef(Name).contains("critical");
}

bool declares(const CXXRecordDecl *R, StringRef Member) {
  for (const CXXMethodDecl *M : R->methods())
    if (M->getIdentifier() && M->getName() == Member)
      return true;
  return false;
}

/// What a member of a lock class without a visible body does. Null: unknown.
const FunctionModel *lockableShape(const FunctionDecl *F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  if (!Method || Method->isStatic() || !Method->getIdentifier() ||
      Method->getNumParams() != 0 || Method->hasBody() || Method->hasAttrs())
    return nullptr;
  const CXXRecordDecl *R = Method->getParent();
  if (!isNamedLikeLock(R) || !(declares(R, "lock") || declares(R, "Lock")) ||
      !(declares(R, "unlock") || declares(R, "Unlock")))
    return nullptr;
  for (const LockableMember &Member : LockableMembers)
    if (Method->getName() == Member.Name)
      return &Member.Model;
  return nullptr;
}

// ---- names
// -------------------------------------------------------------------

std::string typeSpelling(QualType T, const ASTContext &Context) {
  PrintingPolicy Policy(Context.getLangOpts());
  Policy.Bool = true;
  return T.getCanonicalType().getAsString(Policy);
}

/// The last component of a declaration's name as models spell it. Empty: the
/// declaration has no name that a model could have. \p Storage may own it.
StringRef lastName(const NamedDecl *D, std::string &Storage) {
  DeclarationName Name = D->getDeclName();
  switch (Name.getNameKind()) {
  case DeclarationName::Identifier:
    return D->getIdentifier() ? D->getName() : StringRef();
  case DeclarationName::CXXConstructorName:
    return cast<CXXRecordDecl>(D->getDeclContext())->getName();
  case DeclarationName::CXXDestructorName:
    Storage = "~" + cast<CXXRecordDecl>(D->getDeclContext())->getName().str();
    return Storage;
  case DeclarationName::CXXConversionFunctionName:
    Storage =
        "operator " + typeSpelling(Name.getCXXNameType(), D->getASTContext());
    return Storage;
  case DeclarationName::CXXOperatorName: {
    const char *Spelling = getOperatorSpelling(Name.getCXXOverloadedOperator());
    Storage = "operator";
    if (isLetter(*Spelling)) // new, delete, co_await
      Storage += ' ';
    Storage += Spelling;
    return Storage;
  }
  default:
    return StringRef();
  }
}

/// Whether any namespace around \p D is anonymous.
bool inAnonymousNamespace(const NamedDecl *D) {
  return D->isInAnonymousNamespace();
}

bool inSystemHeader(const Decl *D) {
  return D->getASTContext().getSourceManager().isInSystemHeader(
      D->getLocation());
}

/// A body in user code says itself what the function does.
bool hasVisibleUserBody(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  return F->isDefined(Definition) && !inSystemHeader(Definition);
}

/// Whether \p F can be the C library's function of its name.
bool mayBeCFunction(const FunctionDecl *F, Linkage Link) {
  if (isa<CXXMethodDecl>(F) || hasVisibleUserBody(F))
    return false;
  // A project's own `sync` or `pause` is not the system's.
  if (Link == Linkage::System)
    return llvm::any_of(F->redecls(), inSystemHeader);
  // `static inline` wrappers in system headers are the library's own.
  return F->isExternC() || inSystemHeader(F);
}

bool nameMatches(const FunctionDecl *F, const FunctionModel &M, bool User,
                 const std::string &Name) {
  // An extern "C" function is the same function in every namespace.
  if (M.Link != Linkage::Any && F->isExternC() && !isa<CXXMethodDecl>(F))
    return F->getIdentifier() && F->getName() == M.Name &&
           (User || mayBeCFunction(F, M.Link));
  if (Name != M.Name)
    return false;
  if (User)
    return true;
  if (inAnonymousNamespace(F))
    return false;
  if (M.Link != Linkage::Any)
    return mayBeCFunction(F, M.Link);
  return true;
}

/// Whether \p T, or what it points or refers to, has the name \p Name.
bool typeIsNamed(QualType T, StringRef Name) {
  T = T.getNonReferenceType();
  while (!T.isNull() && T->isPointerType())
    T = T->getPointeeType();
  while (!T.isNull()) {
    if (const auto *Typedef = dyn_cast<TypedefType>(T.getTypePtr())) {
      if (modelName(Typedef->getDecl()) == Name)
        return true;
    } else if (const auto *Tag = dyn_cast<TagType>(T.getTypePtr())) {
      return modelName(Tag->getDecl()) == Name;
    }
    QualType Next = T->getLocallyUnqualifiedSingleStepDesugaredType();
    if (Next.getTypePtr() == T.getTypePtr())
      break;
    T = Next;
  }
  if (!T.isNull())
    if (const TagDecl *Tag = T->getAsTagDecl())
      return modelName(Tag) == Name;
  return false;
}

bool signatureFits(const FunctionDecl *F, const FunctionModel &M) {
  if (*M.FirstParam && (F->getNumParams() == 0 ||
                        !typeIsNamed(F->getParamDecl(0)->getType(), M.FirstParam)))
    return false;
  if (StringRef(M.Returns) == "void")
    return F->getReturnType()->isVoidType();
  return !*M.Returns || typeIsNamed(F->getReturnType(), M.Returns);
}

bool acceptsCount(const FunctionModel &M, unsigned WrittenArgs) {
  return static_cast<unsigned>(M.MinArgs) <= WrittenArgs &&
         WrittenArgs <= static_cast<unsigned>(M.MaxArgs);
}

bool isCopyOrMove(const FunctionDecl *F) {
  const auto *Constructor = dyn_cast<CXXConstructorDecl>(F);
  return Constructor && Constructor->isCopyOrMoveConstructor();
}

// ---- streams
// -----------------------------------------------------------------

enum class Standard : uint8_t { No, Input, Output };

/// Which of the process's standard streams \p E names.
Standard standardStream(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Var || !Var->getIdentifier() || !Var->hasGlobalStorage())
    return Standard::No;
  StringRef Name = Var->getName();
  bool InStd = Var->isInStdNamespace();
  if (!InStd && !Var->getDeclContext()->getRedeclContext()->isTranslationUnit())
    return Standard::No;
  if (InStd)
    return Name == "cin" || Name == "wcin" ? Standard::Input
           : Name == "cout" || Name == "cerr" || Name == "clog" ||
                   Name == "wcout" || Name == "wcerr" || Name == "wclog"
               ? Standard::Output
               : Standard::No;
  if (Name == "stdin" || Name == "__stdinp")
    return Standard::Input;
  if (Name == "stdout" || Name == "stderr" || Name == "__stdoutp" ||
      Name == "__stderrp")
    return Standard::Output;
  return Standard::No;
}

bool isStandardOutputDescriptor(const Expr *E) {
  const auto *Literal = dyn_cast<IntegerLiteral>(E);
  return Literal && (Literal->getValue() == 1 || Literal->getValue() == 2);
}

/// Whether \p E is itself output to or input from a stream: a link of
/// `out << a << b`. The chain counts as one operation, at its first link.
bool isLaterLink(const Expr *E) {
  const auto *Call = dyn_cast<CXXOperatorCallExpr>(E);
  return Call && (Call->getOperator() == OO_LessLess ||
                  Call->getOperator() == OO_GreaterGreater);
}

bool listsClass(StringRef List, const CXXRecordDecl *R) {
  std::string Name = modelName(R);
  for (std::pair<StringRef, StringRef> Split = List.split(' ');
       !Split.first.empty(); Split = Split.second.split(' '))
    if (Split.first == Name)
      return true;
  return false;
}

/// Whether \p R or a base of it is in the space-separated \p List.
bool derivesFromListed(StringRef List, const CXXRecordDecl *R) {
  if (listsClass(List, R))
    return true;
  R = R->getDefinition();
  if (!R)
    return false;
  for (const CXXBaseSpecifier &Base : R->bases())
    if (const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl())
      if (derivesFromListed(List, B))
        return true;
  return false;
}

bool hasListedType(StringRef List, const Expr *E) {
  QualType T = E->getType().getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R && derivesFromListed(List, R);
}

} // namespace

std::string modelName(const NamedDecl *D) {
  std::string Storage;
  std::string Name = lastName(D, Storage).str();
  if (Name.empty())
    return "";
  for (const DeclContext *C = D->getDeclContext(); C; C = C->getParent()) {
    if (C->isFunctionOrMethod())
      return "";
    const auto *Named = dyn_cast<NamedDecl>(C);
    if (!Named)
      continue; // the translation unit, extern "C", export
    const auto *Namespace = dyn_cast<NamespaceDecl>(Named);
    if (Namespace &&
        (Namespace->isInline() || Namespace->isAnonymousNamespace()))
      continue;
    if (!Named->getIdentifier()) {
      // A member of `typedef struct { … } Name;` goes by the typedef's name.
      const auto *Tag = dyn_cast<TagDecl>(Named);
      const TypedefNameDecl *Typedef =
          Tag ? Tag->getTypedefNameForAnonDecl() : nullptr;
      if (!Typedef)
        return "";
      Named = Typedef;
    }
    Name = (Named->getName() + "::" + Name).str();
  }
  return Name;
}

bool isOfTypes(QualType T, StringRef Names) {
  llvm::SmallVector<StringRef, 4> List;
  Names.split(List, ' ', -1, false);
  return llvm::any_of(List,
                      [&](StringRef Name) { return typeIsNamed(T, Name); });
}

Models::Models(std::shared_ptr<const ModelSet> Set) : Set(std::move(Set)) {}
Models::~Models() = default;

/// Appends the models that go by \p F's own name.
static void addByName(const ModelSet &Set, const FunctionDecl *F, bool UserOnly,
                      llvm::TinyPtrVector<const FunctionModel *> &Result) {
  std::string Storage;
  StringRef Last = lastName(F, Storage);
  if (Last.empty())
    return;
  auto Found = Set.functions(Last);
  if (Found.empty())
    return;
  std::string Name = modelName(F);
  for (const FunctionCandidate &C : Found)
    if ((C.User || !UserOnly) && nameMatches(F, *C.Model, C.User, Name) &&
        signatureFits(F, *C.Model))
      Result.push_back(C.Model);
}

/// Appends the models of whatever has \p F's signature: generated code, such as
/// a stub's calls, has names that no model can know.
static void addBySignature(const ModelSet &Set, const FunctionDecl *F,
                           llvm::TinyPtrVector<const FunctionModel *> &Result) {
  if (F->getNumParams() == 0 || isa<CXXConstructorDecl>(F))
    return;
  QualType First = F->getParamDecl(0)->getType().getNonReferenceType();
  if (First->isPointerType())
    First = First->getPointeeType();
  const CXXRecordDecl *R = First->getAsCXXRecordDecl();
  if (!R || !R->getIdentifier())
    return;
  for (const FunctionCandidate &C : Set.functions("*"))
    if (unqualifiedName(C.Model->FirstParam) == R->getName() &&
        signatureFits(F, *C.Model) && !F->isDefined())
      Result.push_back(C.Model);
}

Models::Candidates Models::find(const FunctionDecl *F) const {
  Candidates Result;
  if (const FunctionModel *M = annotation(F)) {
    Result.push_back(M);
    return Result;
  }
  // Copying a thread, a stream, a guard … does not do what making one does.
  if (isCopyOrMove(F))
    return Result;
  addByName(*Set, F, /*UserOnly=*/false, Result);
  if (Result.empty())
    addBySignature(*Set, F, Result);
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  if (!Result.empty() || !Method)
    return Result;
  // An override means what the overridden function does, unless we can read it.
  bool UserOnly = hasVisibleUserBody(F);
  for (const CXXMethodDecl *Overridden : Method->overridden_methods()) {
    if (isa<CXXDestructorDecl>(Overridden))
      continue;
    if (UserOnly)
      addByName(*Set, Overridden, /*UserOnly=*/true, Result);
    else
      Result = find(Overridden->getCanonicalDecl());
    if (!Result.empty())
      break;
  }
  if (Result.empty())
    if (const FunctionModel *M = lockableShape(F))
      Result.push_back(M);
  return Result;
}

static bool isCopying(Effect E) {
  return E == Effect::Copy || E == Effect::Construct || E == Effect::Reserve;
}

const FunctionModel *Models::pick(const FunctionDecl *F, unsigned WrittenArgs,
                                  bool Copying) const {
  if (!F)
    return nullptr;
  F = F->getCanonicalDecl();
  auto Cached = FunctionCache.find(F);
  if (Cached == FunctionCache.end())
    Cached = FunctionCache.insert({F, find(F)}).first;
  const FunctionModel *Best = nullptr;
  for (const FunctionModel *M : Cached->second)
    if (isCopying(M->Does) == Copying && acceptsCount(*M, WrittenArgs) &&
        (!Best || *M->FirstParam))
      Best = M;
  return Best;
}

/// The entry of models/shapes.yaml for members that are called like \p Method.
static const FunctionModel *executorNamed(const ModelSet &Set,
                                          const CXXMethodDecl &Method) {
  for (const FunctionCandidate &C : Set.functions(Method.getName()))
    if (StringRef(C.Model->Name).take_front(3) == "*::")
      return C.Model;
  return nullptr;
}

const FunctionModel *Models::macro(StringRef Name) const {
  for (const FunctionCandidate &C : Set->functions(Name))
    if (StringRef(C.Model->Name) == ("macro::" + Name).str())
      return C.Model;
  return nullptr;
}

const FunctionModel *Models::executor(const FunctionDecl *F) const {
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  if (!Method || !Method->isInstance() || !Method->getIdentifier() ||
      Method->getNumParams() == 0)
    return nullptr;
  auto [Cached, New] = ExecutorCache.try_emplace(Method, nullptr);
  if (New && !inSystemHeader(Method)) {
    const FunctionModel *Model = executorNamed(*Set, *Method);
    if (Model && storesCallable(*Method))
      Cached->second = Model;
  }
  return Cached->second;
}

const FunctionModel *Models::function(const FunctionDecl *F,
                                      unsigned WrittenArgs) const {
  return pick(F, WrittenArgs, /*Copying=*/false);
}

const FunctionModel *Models::copying(const FunctionDecl *F,
                                     unsigned WrittenArgs) const {
  return pick(F, WrittenArgs, /*Copying=*/true);
}

const TypeModel *Models::declaration(const NamedDecl *D) const {
  return D ? namedType(D) : nullptr;
}

const TypeModel *Models::namedType(const NamedDecl *D) const {
  for (const auto *A : D->specific_attrs<AnnotateAttr>()) {
    if (A->getAnnotation() == "threadlint::lock")
      return &AnnotatedLock;
    if (A->getAnnotation() == "threadlint::guard")
      return &AnnotatedGuard;
  }
  if (!D->getIdentifier())
    return nullptr;
  auto Found = Set->types(D->getName());
  if (Found.empty())
    return nullptr;
  std::string Name = modelName(D);
  for (const TypeModel *M : Found)
    if (Name == M->Name)
      return M;
  return nullptr;
}

const TypeModel *Models::record(const CXXRecordDecl *R) const {
  if (!R)
    return nullptr;
  R = R->getCanonicalDecl();
  auto Cached = TypeCache.find(R);
  if (Cached != TypeCache.end())
    return Cached->second;
  const CXXRecordDecl *Definition = R->getDefinition();
  // Attributes of a class stand at its definition.
  const TypeModel *Result = namedType(Definition ? Definition : R);
  if (!Result && Definition)
    for (const CXXBaseSpecifier &Base : Definition->bases()) {
      if (Base.getAccessSpecifier() == AS_public)
        Result = record(Base.getType()->getAsCXXRecordDecl());
      if (Result)
        break;
    }
  TypeCache[R] = Result;
  return Result;
}

/// The class, or the class template's pattern, that \p T itself is: no sugar is
/// looked through.
static const NamedDecl *declarationOf(const Type *T) {
  if (const auto *Typedef = dyn_cast<TypedefType>(T))
    return Typedef->getDecl();
  if (const auto *Tag = dyn_cast<TagType>(T))
    return Tag->getDecl();
  if (const auto *Template = dyn_cast<TemplateSpecializationType>(T))
    if (const TemplateDecl *D = Template->getTemplateName().getAsTemplateDecl())
      return D->getTemplatedDecl();
  return nullptr;
}

const TypeModel *Models::type(QualType T) const {
  if (T.isNull())
    return nullptr;
  T = T.getNonReferenceType();
  while (true) {
    const NamedDecl *D = declarationOf(T.getTypePtr());
    const TypeModel *Result = nullptr;
    if (const auto *R = dyn_cast_or_null<CXXRecordDecl>(D)) {
      Result = record(R);
    } else if (D) {
      auto Cached = TypeCache.find(D);
      Result = Cached != TypeCache.end() ? Cached->second
                                         : (TypeCache[D] = namedType(D));
    }
    if (Result)
      return Result;
    QualType Next = T->getLocallyUnqualifiedSingleStepDesugaredType();
    if (Next.getTypePtr() == T.getTypePtr())
      return record(T->getAsCXXRecordDecl());
    T = Next.getNonReferenceType();
  }
}

Category Models::category(const FunctionModel &M, const Expr *Object) {
  bool Restricted = *M.ObjectTypes != 0;
  if (!Object)
    return Restricted ? Category::None : M.Blocks;
  Object = Object->IgnoreParenImpCasts();
  if (Restricted && isLaterLink(Object))
    return Category::None;
  if (M.Blocks == Category::File) {
    Standard Kind = standardStream(Object);
    if (Kind == Standard::Output ||
        (M.Descriptor != ArgNone && isStandardOutputDescriptor(Object)))
      return Category::Logging;
    if (Kind == Standard::Input)
      return M.Blocks; // a human may be at the other end
  }
  if (Restricted && !hasListedType(M.ObjectTypes, Object))
    return Category::None;
  return M.Blocks;
}

} // namespace threadlint
