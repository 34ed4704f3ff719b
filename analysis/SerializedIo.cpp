//===- SerializedIo.cpp - Locks that exist to serialise one output --------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/SerializedIo.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace threadlint {

/// The declaration below \p Owner on the way to \p P: the member that holds the
/// object. For globals the variable itself.
static const ValueDecl *memberBelow(const LockPath *P, const LockPath *Owner) {
  for (; P; P = P->parent()) {
    if (P->parent() != Owner)
      continue;
    if (Owner)
      return P->field();
    const VarDecl *V = P->variable();
    return V && !V->hasLocalStorage() ? V : nullptr;
  }
  return nullptr;
}

/// A container that grows: what a lock guards besides the output. Strings and
/// arrays are buffers.
static bool isCollection(const FieldDecl &Field) {
  const CXXRecordDecl *R = Field.getType()->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition() || R->getName().contains("string") ||
      R->getName() == "array")
    return false;
  return llvm::any_of(R->methods(), [](const CXXMethodDecl *M) {
    return M->getIdentifier() && (M->getName() == "push_back" ||
                                  M->getName() == "push" ||
                                  M->getName() == "insert");
  });
}

/// Threads that wait under the lock share more than an output.
static bool isCondition(const ValueDecl &D, const Models &M) {
  const TypeModel *Type = M.type(D.getType());
  return Type && Type->Kind == TypeKind::Condition;
}

/// The members of the class that a body names, lock and I/O object left out.
static DeclSet otherMembers(const DeclSet &Used, const DeclContext *Class,
                            const ValueDecl *Lock, const ValueDecl *Io) {
  DeclSet Result;
  for (const ValueDecl *D : Used)
    if (const auto *Field = dyn_cast<FieldDecl>(D))
      if (Field != Lock && Field != Io &&
          Field->getDeclContext()->getPrimaryContext() == Class)
        Result.insert(Field);
  return Result;
}

namespace {
/// The critical sections of one lock, as far as they tell what it is for.
struct Sections {
  DeclSet WithIo;    ///< members used in sections that use the I/O object
  DeclSet WithoutIo; ///< members used in the other sections
};
} // namespace

/// Files, streams and sockets are written by many under one lock. A database or
/// a disk's answer that is waited for under a lock is a queue.
static bool isOutput(const Blocking &Blocks) {
  switch (Blocks.Why) {
  case Category::File:
  case Category::Logging:
  case Category::Network:
    return true;
  default:
    return false;
  }
}

bool serializesIo(TranslationUnit &TU, const LockPath &Lock,
                  const Blocking &Blocks, const LockPath *Io) {
  if (!Io || Io->root()->isUnknown() || !isOutput(Blocks))
    return false;
  const ValueDecl *LockDecl = nullptr, *IoDecl = nullptr;
  // The outermost object that has both as members.
  const LockPath *Owner = nullptr;
  for (const LockPath *P = &Lock; P; P = P->parent())
    if (P->parent() && Io->startsWith(P->parent())) {
      Owner = P->parent();
      break;
    }
  // A lock behind a pointer is another object's.
  for (const LockPath *P = Lock.parent(); P && P != Owner; P = P->parent())
    if (P->field() && P->field()->getType()->isPointerType())
      return false;
  LockDecl = memberBelow(&Lock, Owner);
  IoDecl = memberBelow(Io, Owner);
  if (!LockDecl || !IoDecl || LockDecl == IoDecl)
    return false;
  const DeclContext *Class =
      isa<FieldDecl>(LockDecl)
          ? LockDecl->getDeclContext()->getPrimaryContext()
          : nullptr;
  Sections Found;
  for (const FunctionDecl *F : TU.functions().functions()) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || !Scan->Locks || isa<CXXConstructorDecl>(F) ||
        isa<CXXDestructorDecl>(F))
      continue;
    DeclSet Used = mentionedDecls(F->getBody());
    if (!Used.count(LockDecl))
      continue;
    DeclSet Others = otherMembers(Used, Class, LockDecl, IoDecl);
    for (const ValueDecl *D : Others)
      if (isCollection(*cast<FieldDecl>(D)) || isCondition(*D, TU.models()))
        return false;
    if (!Class && (!Used.count(IoDecl) || Blocks.OnDescriptor ||
                   Blocks.Why == Category::Network))
      return false; // globals: only a log file and its lock
    DeclSet &Kind = Used.count(IoDecl) ? Found.WithIo : Found.WithoutIo;
    Kind.insert(Others.begin(), Others.end());
  }
  // What the other sections set is for the output: its format, its colours.
  return llvm::all_of(Found.WithoutIo, [&](const ValueDecl *D) {
    return Found.WithIo.count(D) != 0;
  });
}

} // namespace threadlint
