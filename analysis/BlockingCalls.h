//===- BlockingCalls.h - Does this call wait, and for how long? -*- C++ -*-===//
// Evaluates the conditions of a model at one call: zero time-outs, flags that
// make it non-blocking, the kind of stream. Part of the analysis; which lock is
// held meanwhile is left to HeldLocks.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_BLOCKINGCALLS_H
#define THREADLINT_ANALYSIS_BLOCKINGCALLS_H

#include "analysis/Vocabulary.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace clang {
class ASTContext;
class Expr;
class FunctionDecl;
} // namespace clang

namespace threadlint {

class Models;

/// How a call blocks.
struct Blocking {
  Category Why = Category::None;
  /// It waits no longer than this; none: as long as it takes.
  std::optional<uint64_t> BoundMs;
  /// It works on a descriptor that the program may have made non-blocking.
  bool OnDescriptor = false;
};

/// How the call \p E, which \p M describes, blocks. None if it does not, or if
/// that depends on a value that is unknown here (Unknown is not yes), except
/// that a sleep of unknown length is a sleep.
std::optional<Blocking> blockingCall(const clang::Expr &E,
                                     const FunctionModel &M,
                                     const clang::ASTContext &Context);

/// The expression at position \p Position (an argument index or ArgThis) of a
/// call. Null: the call has none.
const clang::Expr *argumentAt(const clang::Expr &Call, int8_t Position);

/// Whether the argument \p Flag of a call that \p M describes is one of its
/// FlagNames. None: it is no constant.
std::optional<bool> namesFlag(const clang::Expr &Flag, const FunctionModel &M,
                              const clang::ASTContext &Context);

/// The value of \p E, an argument; none: it is no constant number.
std::optional<int64_t> constantValue(const clang::Expr &E,
                                     const clang::ASTContext &Context);

/// True if the source file of \p F mentions that descriptors are non-blocking
/// (O_NONBLOCK, a test for EAGAIN …), as the models' evidence words say.
bool mentionsNonBlocking(const clang::FunctionDecl &F,
                         const clang::ASTContext &Context, const Models &M);

/// The option value and message name of a category: "sync-io".
llvm::StringRef categoryName(Category C);
/// The category of that name; none: there is no such category.
std::optional<Category> categoryNamed(llvm::StringRef Name);

} // namespace threadlint

#endif
