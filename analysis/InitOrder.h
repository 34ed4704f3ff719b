//===- InitOrder.h - In which order is an object made? ----------*- C++ -*-===//
// Which members exist when another one, or the body of a constructor, is
// reached, and what a virtual call runs before the derived object exists. Used
// by EarlyStarts; the order of destruction is the reverse.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_INITORDER_H
#define THREADLINT_ANALYSIS_INITORDER_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace clang {
class CXXMethodDecl;
class CXXRecordDecl;
class FieldDecl;
} // namespace clang

namespace threadlint {

class FunctionIndex;

/// How far the making of an object has come.
struct InitProgress {
  const clang::CXXRecordDecl *Class;
  /// The field of Class that is being initialised. None: all of them are.
  std::optional<unsigned> Field;
};

/// The class of \p Field. Null: a struct of C.
const clang::CXXRecordDecl *classOf(const clang::FieldDecl &Field);

/// True if \p Field is still to come: it is declared behind, or in a class that
/// derives from Now.Class. False for other classes as well.
bool isLater(const clang::FieldDecl &Field, const InitProgress &Now);

/// What a virtual call of \p Method on an object of class \p R itself runs.
/// Null: R has no such function.
const clang::CXXMethodDecl *finalIn(const clang::CXXMethodDecl &Method,
                                    const clang::CXXRecordDecl &R);

bool isPureFunction(const clang::CXXMethodDecl &Method);

/// The virtual functions of the user's classes that override others; collected
/// when first asked for.
class Overriders {
public:
  explicit Overriders(FunctionIndex &Index) : Index(Index) {}

  /// A definition that overrides \p Method in a class that derives from \p R.
  /// Null: none is seen.
  const clang::CXXMethodDecl *below(const clang::CXXMethodDecl &Method,
                                    const clang::CXXRecordDecl &R);

private:
  void collect();

  FunctionIndex &Index;
  bool Collected = false;
  llvm::DenseMap<const clang::CXXMethodDecl *,
                 llvm::SmallVector<const clang::CXXMethodDecl *, 2>>
      Known;
};

} // namespace threadlint

#endif
