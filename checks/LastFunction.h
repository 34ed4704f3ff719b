//===- LastFunction.h - What is known of one function, kept -----*- C++ -*-===//
// For checks that walk function by function and ask for the same thing at many
// events of one. Part of the checks.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_LASTFUNCTION_H
#define THREADLINT_CHECKS_LASTFUNCTION_H

#include <memory>

namespace clang {
class FunctionDecl;
} // namespace clang

namespace threadlint {

/// A T of the function that was asked for last. Owns it.
template <class T> class LastFunction {
public:
  /// The T of \p F, made of \p Parts unless it is there.
  template <class... Arguments>
  T &of(const clang::FunctionDecl &F, Arguments &&...Parts) {
    if (Of != &F)
      Value = std::make_unique<T>(Parts...);
    Of = &F;
    return *Value;
  }

  /// Before the AST is gone.
  void clear() {
    Of = nullptr;
    Value.reset();
  }

private:
  const clang::FunctionDecl *Of = nullptr;
  std::unique_ptr<T> Value;
};

} // namespace threadlint

#endif
