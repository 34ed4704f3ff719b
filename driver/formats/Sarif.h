//===- Sarif.h - The parts of a SARIF log -----------------------*- C++ -*-===//
// Shared by Sarif.cpp (the run and its results) and SarifRules.cpp.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_FORMATS_SARIF_H
#define THREADLINT_DRIVER_FORMATS_SARIF_H

#include "driver/formats/Rules.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/JSON.h"

namespace threadlint {

/// Writes the attribute "rules" of a SARIF toolComponent.
void writeSarifRules(llvm::json::OStream &J, llvm::ArrayRef<Rule> Rules);

} // namespace threadlint

#endif
