//===- AccessUses.h - What an access does to its object ---------*- C++ -*-===//
// Containers, views and smart pointers by their shape, and what the expression
// around an access does to the object: asks, reaches in, inserts, removes. Part
// of the analyses; which lock is held there is left to LockedAccesses.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_ACCESSUSES_H
#define THREADLINT_ANALYSIS_ACCESSUSES_H

#include <cstdint>

namespace clang {
class Expr;
class QualType;
} // namespace clang

namespace threadlint {

class BodyParents;
class Models;
struct Access;

/// Points into an object that somebody else owns: an iterator, a view. By
/// clang's own `gsl::Pointer`, and by convention: a plain class of that name.
bool isView(clang::QualType T);
bool isIterator(clang::QualType T);
/// Owns its elements and hands out iterators or references to them.
bool isContainer(clang::QualType T, const Models &M);
/// Owns an object somewhere else.
bool isSmartPointer(clang::QualType T);
/// What an object of type \p T, a container, std::optional or smart pointer, holds:
/// the first argument of its class template. Null: it is no such type.
clang::QualType heldType(clang::QualType T);
/// A container whose elements have keys: to insert one that is there does
/// nothing.
bool isKeyed(clang::QualType T);

enum class ObjectUse : uint8_t {
  Asks,     ///< looks: compares it, asks for its size, searches it
  Element,  ///< reaches what it holds or points to, and may change that
  Inserts,  ///< adds an element, the others stay
  Changes,  ///< removes elements, or gets a value that depends on the old one
  Replaces, ///< gets another value as a whole
  Unknown,  ///< handed to somebody else
};

struct UseOfObject {
  ObjectUse Use;
  /// The call, operator or assignment that does it. Null: the access itself.
  const clang::Expr *By = nullptr;
};

UseOfObject useOf(const Access &A, const BodyParents &Parents);

} // namespace threadlint

#endif
