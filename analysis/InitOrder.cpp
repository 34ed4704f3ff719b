//===- InitOrder.cpp - In which order is an object made? ------------------===//
// See the header. Bases come before members, members in the order of their
// declarations.
//===----------------------------------------------------------------------===//
#include "analysis/InitOrder.h"
#include "analysis/FunctionIndex.h"
#include "analysis/LLVMCompat.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace threadlint {

static bool derivesFrom(const CXXRecordDecl *Derived,
                        const CXXRecordDecl *Base) {
  return Derived && Base && Derived->getDefinition() &&
         Derived->getDefinition()->isDerivedFrom(Base);
}

static bool sameClass(const CXXRecordDecl *A, const CXXRecordDecl *B) {
  return A && B && A->getCanonicalDecl() == B->getCanonicalDecl();
}

const CXXRecordDecl *classOf(const FieldDecl &Field) {
  return dyn_cast<CXXRecordDecl>(Field.getParent());
}

bool isLater(const FieldDecl &Field, const InitProgress &Now) {
  const CXXRecordDecl *Class = classOf(Field);
  if (sameClass(Class, Now.Class))
    return Now.Field && Field.getFieldIndex() > *Now.Field;
  return derivesFrom(Class, Now.Class);
}

const CXXMethodDecl *finalIn(const CXXMethodDecl &Method,
                             const CXXRecordDecl &R) {
  const CXXRecordDecl *Definition = R.getDefinition();
  if (!Definition || (!sameClass(Definition, Method.getParent()) &&
                      !derivesFrom(Definition, Method.getParent())))
    return nullptr;
  return const_cast<CXXMethodDecl &>(Method).getCorrespondingMethodInClass(
      Definition);
}

bool isPureFunction(const CXXMethodDecl &Method) {
#if THREADLINT_HAS_IS_PURE_VIRTUAL
  return Method.isPureVirtual();
#else
  return Method.isPure();
#endif
}

void Overriders::collect() {
  Collected = true;
  for (const FunctionDecl *F : Index.functions()) {
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    if (!Method || !Method->isVirtual() || isa<CXXDestructorDecl>(Method))
      continue;
    llvm::SmallVector<const CXXMethodDecl *, 4> Work(
        Method->begin_overridden_methods(), Method->end_overridden_methods());
    while (!Work.empty()) {
      const CXXMethodDecl *Base = Work.pop_back_val();
      auto &Found = Known[Base->getCanonicalDecl()];
      if (llvm::is_contained(Found, Method))
        continue;
      Found.push_back(Method);
      Work.append(Base->begin_overridden_methods(),
                  Base->end_overridden_methods());
    }
  }
}

const CXXMethodDecl *Overriders::below(const CXXMethodDecl &Method,
                                       const CXXRecordDecl &R) {
  if (!Collected)
    collect();
  auto It = Known.find(Method.getCanonicalDecl());
  if (It == Known.end())
    return nullptr;
  for (const CXXMethodDecl *O : It->second)
    if (derivesFrom(O->getParent(), &R))
      return O;
  return nullptr;
}

} // namespace threadlint
