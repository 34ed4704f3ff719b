//===- Worker.h - Lints each source in a process of its own -----*- C++ -*-===//
// Runs this executable as clang-tidy, several at once, and turns what each says
// into findings or a problem. What to lint, others decide.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_WORKER_H
#define THREADLINT_DRIVER_WORKER_H

#include "driver/Finding.h"
#include "driver/Sources.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

namespace threadlint {

struct WorkerOptions {
  std::string Executable;
  unsigned Jobs = 1;    ///< processes at once; at least 1
  unsigned Timeout = 0; ///< seconds for each source; 0: none
};

/// What linting one source said.
struct Outcome {
  std::vector<Finding> Findings; ///< places have offsets only
  std::string Problem;           ///< empty: it was linted
};

/// Lints all sources; the outcomes are in their order. Done is called when one
/// is finished. Single-threaded.
std::vector<Outcome> lintAll(llvm::ArrayRef<Source> Sources,
                             const WorkerOptions &Options,
                             llvm::function_ref<void(const Source &)> Done);

} // namespace threadlint

#endif
