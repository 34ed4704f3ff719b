//===- SerializedIo.cpp - Locks that exist to serialise one output --------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/SerializedIo.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace threadlint {

// Members of class type, besides the lock and the I/O object, that a section
// may use: a formatter, a buffer.
static constexpr unsigned MaxOtherMembers = 1;

namespace {
using DeclSet = llvm::SmallPtrSet<const ValueDecl *, 8>;
} // namespace

/// The members and globals that a body names.
static DeclSet mentioned(const Stmt *Body) {
  DeclSet Result;
  llvm::SmallVector<const Stmt *, 32> Work{Body};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S)
      continue;
    if (const auto *Member = dyn_cast<MemberExpr>(S))
      Result.insert(Member->getMemberDecl());
    else if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      Result.insert(cast<ValueDecl>(Ref->getDecl()->getCanonicalDecl()));
    Work.append(S->child_begin(), S->child_end());
  }
  return Result;
}

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

static bool isStatefulMember(const ValueDecl *D, const DeclContext *Class) {
  const auto *Field = dyn_cast<FieldDecl>(D);
  return Field && Field->getDeclContext()->getPrimaryContext() == Class &&
         Field->getType()->isRecordType() && !Field->getType().isConstQualified();
}

bool serializesIo(TranslationUnit &TU, const LockPath &Lock,
                  const LockPath *Io) {
  if (!Io || Io->root()->isUnknown())
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
  for (const FunctionDecl *F : TU.functions().functions()) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || !Scan->Locks || isa<CXXConstructorDecl>(F) ||
        isa<CXXDestructorDecl>(F))
      continue;
    DeclSet Used = mentioned(F->getBody());
    if (!Used.count(LockDecl))
      continue;
    if (!Used.count(IoDecl))
      return false; // guards something else as well
    unsigned Others = 0;
    for (const ValueDecl *D : Used)
      if (D != LockDecl && D != IoDecl && isStatefulMember(D, Class))
        ++Others;
    if (Others > MaxOtherMembers)
      return false;
  }
  return true;
}

} // namespace threadlint
