//===- Markup.h - Text in XML and HTML --------------------------*- C++ -*-===//
// Escaping for elements and attributes alike.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_FORMATS_MARKUP_H
#define THREADLINT_DRIVER_FORMATS_MARKUP_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace threadlint {

/// \p Text as the content of an XML or HTML element or quoted attribute. What
/// neither can have (control characters, broken UTF-8) becomes U+FFFD.
std::string escaped(llvm::StringRef Text);

} // namespace threadlint

#endif
