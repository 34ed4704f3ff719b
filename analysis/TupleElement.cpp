//===- TupleElement.cpp - Elements of pairs and tuples --------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/TupleElement.h"
#include "analysis/CallInfo.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace threadlint {

const Expr *tupleOf(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  if (!F || isa<CXXMethodDecl>(F) || !F->getIdentifier() ||
      F->getName() != "get" || !isStandard(*F) || Call->getNumArgs() != 1 ||
      !F->getReturnType()->isReferenceType())
    return nullptr;
  const CXXRecordDecl *R = Call->getArg(0)->getType()->getAsCXXRecordDecl();
  bool OneOfSeveral = !R || !R->getIdentifier() || R->getName() == "variant";
  return OneOfSeveral ? nullptr : Call->getArg(0);
}

const FieldDecl *halfOf(const Expr *E) {
  const Expr *Tuple = tupleOf(E);
  const CXXRecordDecl *R =
      Tuple ? Tuple->getType()->getAsCXXRecordDecl() : nullptr;
  const TemplateArgumentList *Args = R && R->getName() == "pair"
                                         ? cast<CallExpr>(E)
                                               ->getDirectCallee()
                                               ->getTemplateSpecializationArgs()
                                         : nullptr;
  if (!Args || Args->size() == 0 ||
      Args->get(0).getKind() != TemplateArgument::Integral)
    return nullptr;
  uint64_t Index = Args->get(0).getAsIntegral().getLimitedValue();
  for (const FieldDecl *Field : R->fields())
    if (Index-- == 0)
      return Field;
  return nullptr;
}

} // namespace threadlint
