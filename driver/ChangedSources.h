//===- ChangedSources.h - What to lint for a change -------------*- C++ -*-===//
// The changed sources, and for each changed header one source that includes it.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_CHANGEDSOURCES_H
#define THREADLINT_DRIVER_CHANGEDSOURCES_H

#include "driver/Changes.h"
#include "driver/Sources.h"

namespace threadlint {

/// Named is the database of -p, or null: then each file finds its own. Paths
/// limit what is linted to the changed files in them; without -p, a folder with
/// a database names that one, too. Says on stderr what gets default flags or is
/// linted by itself. An error: a source has changed, and there is no database
/// at all.
llvm::Expected<std::vector<Source>>
sourcesOfChange(Databases &All, const Database *Named,
                llvm::ArrayRef<std::string> Paths, const Changes &What,
                const Git &Repository);

} // namespace threadlint

#endif
