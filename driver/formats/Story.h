//===- Story.h - How reports tell a finding ---------------------*- C++ -*-===//
// What is common to the formats that show more than one line of a finding.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_FORMATS_STORY_H
#define THREADLINT_DRIVER_FORMATS_STORY_H

#include "driver/Finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace threadlint {

/// The note that says what to do: the last one, if it is at the finding's own
/// place. Null: there is none.
const Note *wayOutOf(const Finding &F);

/// The other notes: where it was acquired, through which calls, in order.
llvm::ArrayRef<Note> pathOf(const Finding &F);

/// "slow-call-under-lock"
llvm::StringRef shortName(llvm::StringRef Check);

/// "1 finding", "3 findings".
std::string counted(size_t Count, llvm::StringRef What);

} // namespace threadlint

#endif
