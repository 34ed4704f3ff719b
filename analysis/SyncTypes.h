//===- SyncTypes.h - Types that must not be copied --------------*- C++ -*-===//
// Is an object of this type a synchronisation primitive, or does it hold one by
// value, so that the copy the compiler permits copies the primitive? Part of the
// analyses; where objects are copied is left to SyncCopies.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SYNCTYPES_H
#define THREADLINT_ANALYSIS_SYNCTYPES_H

#include "llvm/ADT/DenseMap.h"
#include <memory>
#include <string>
#include <vector>

namespace clang {
class ASTContext;
class CXXConstructorDecl;
class CXXMethodDecl;
class CXXRecordDecl;
class NamedDecl;
class QualType;
class RecordDecl;
class TypedefNameDecl;
} // namespace clang

namespace threadlint {

class Models;

/// The four ways to make one object like another.
enum class CopyBy : uint8_t {
  CopyConstruct,
  MoveConstruct,
  CopyAssign,
  MoveAssign,
};

/// The primitive that is copied along.
struct SyncPart {
  std::string Type; ///< its name; no template arguments
  /// Where the object declares it: a field, of the object or of a part of it.
  /// Null: the object itself is the primitive, or an element of a container is.
  const clang::NamedDecl *Field = nullptr;
  /// The fields that lead to it, "queue.lock". Empty: the object itself.
  std::string Path;
};

/// One per AST; not thread-safe.
class SyncTypes {
public:
  /// \p NoCopyTypes are qualified names of classes, templates or typedefs whose
  /// objects must not be copied.
  SyncTypes(const clang::ASTContext &Context, const Models &M,
            std::vector<std::string> NoCopyTypes = {});
  ~SyncTypes();

  /// The primitive that is copied with an object of type \p T. Null: none, or
  /// unknown, or the type's own operation of that kind takes care of it (what
  /// that one copies is seen in its body), or there is no such operation.
  /// References and pointers hold nothing. Owned by this.
  const SyncPart *copied(clang::QualType T, CopyBy How);

  /// The same for elements that a container moves to new memory.
  const SyncPart *relocated(clang::QualType T);

  /// Whether \p T's author wrote a move constructor, or asked for one.
  static bool definesMove(clang::QualType T);

private:
  using Key = std::pair<const clang::RecordDecl *, unsigned>;

  const SyncPart *ofTypedefs(clang::QualType T);
  const SyncPart *ofTypedef(const clang::TypedefNameDecl *D);
  const SyncPart *ofRecord(const clang::RecordDecl *R, CopyBy How);
  std::unique_ptr<SyncPart> compute(const clang::RecordDecl *R, CopyBy How);
  std::unique_ptr<SyncPart> ofElements(const clang::CXXRecordDecl *R);
  std::unique_ptr<SyncPart> ofMembers(const clang::RecordDecl *R, CopyBy How);
  bool isPrimitive(const clang::NamedDecl *D) const;
  bool isNoCopy(const clang::NamedDecl *D) const;

  const clang::ASTContext &Context;
  const Models &M;
  const std::vector<std::string> NoCopyTypes;
  llvm::DenseMap<Key, std::unique_ptr<SyncPart>> Records;
  llvm::DenseMap<const clang::TypedefNameDecl *, std::unique_ptr<SyncPart>>
      Typedefs;
  unsigned Depth = 0;
};

} // namespace threadlint

#endif
