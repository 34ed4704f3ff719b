//===- Models.h - What is this call, what is this type? ---------*- C++ -*-===//
// Answers by declaration, in the vocabulary of Vocabulary.h, for one AST: a
// class's own `connect` is not the system call. First stage of the analysis;
// what a function *does* when its body is visible is left to Summaries.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_MODELS_H
#define THREADLINT_ANALYSIS_MODELS_H

#include "analysis/ModelSet.h"
#include "analysis/Vocabulary.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/TinyPtrVector.h"
#include <memory>
#include <string>

namespace clang {
class CXXRecordDecl;
class Expr;
class FunctionDecl;
class NamedDecl;
class QualType;
} // namespace clang

namespace threadlint {

/// One per AST; not thread-safe. The models it hands out live as long as the
/// ModelSet (annotation models: for ever).
class Models {
public:
  /// \p Set must not be null.
  explicit Models(std::shared_ptr<const ModelSet> Set);
  ~Models();
  Models(const Models &) = delete;
  Models &operator=(const Models &) = delete;

  /// What a call of \p F with \p WrittenArgs arguments (default arguments and
  /// the object of a member call not counted) does. Null: unknown. A function
  /// pointer's or dependent callee's null \p F is unknown as well.
  const FunctionModel *function(const clang::FunctionDecl *F,
                                unsigned WrittenArgs) const;

  /// What the call does to the objects that it is given: Effect::Copy,
  /// Construct or Reserve. Null: unknown.
  const FunctionModel *copying(const clang::FunctionDecl *F,
                               unsigned WrittenArgs) const;

  /// What the model of this very declaration of a type is: neither base classes
  /// nor the type behind a typedef count. Null: unknown.
  const TypeModel *declaration(const clang::NamedDecl *D) const;

  /// What \p T (or what it refers to, not what it points to) is. Null: unknown.
  const TypeModel *type(clang::QualType T) const;

  /// The same for a class, its template or one of its specialisations.
  const TypeModel *record(const clang::CXXRecordDecl *R) const;

  /// The Spawn model of a member function of any class that has the name and the
  /// shape of an executor's (see StoredCallable.h). Null: it is none, or its body
  /// cannot be seen.
  const FunctionModel *executor(const clang::FunctionDecl *F) const;

  /// What the macro \p Name does: Effect::Assertion. Null: unknown.
  const FunctionModel *macro(llvm::StringRef Name) const;
  /// The names of all that are known.
  llvm::ArrayRef<llvm::StringRef> macros() const { return Set->macros(); }

  /// Why a call that \p M describes blocks, given the expression \p Object that
  /// stands at M.Object (may be null): output to stdout, stderr or their
  /// std::ostream twins is Logging; a stream that is not one of M.ObjectTypes
  /// (a string stream) does not block: None. Otherwise M.Blocks.
  static Category category(const FunctionModel &M, const clang::Expr *Object);

  const ModelSet &set() const { return *Set; }

private:
  using Candidates = llvm::TinyPtrVector<const FunctionModel *>;

  Candidates find(const clang::FunctionDecl *F) const;
  const FunctionModel *pick(const clang::FunctionDecl *F, unsigned WrittenArgs,
                            bool Copying) const;
  const TypeModel *namedType(const clang::NamedDecl *D) const;

  std::shared_ptr<const ModelSet> Set;
  mutable llvm::DenseMap<const clang::FunctionDecl *, Candidates> FunctionCache;
  mutable llvm::DenseMap<const clang::FunctionDecl *, const FunctionModel *>
      ExecutorCache;
  mutable llvm::DenseMap<const clang::NamedDecl *, const TypeModel *> TypeCache;
};

/// Whether \p T, or what it points or refers to, has one of the space-separated
/// \p Names.
bool isOfTypes(clang::QualType T, llvm::StringRef Names);

/// The qualified name that models use: without inline and anonymous
/// namespaces, template arguments and enclosing `extern "C"`. Empty for a
/// declaration inside a function.
std::string modelName(const clang::NamedDecl *D);

} // namespace threadlint

#endif
