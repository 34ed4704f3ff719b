//===- HtmlAssets.h - Style and script of the HTML report -------*- C++ -*-===//
// Constants that Html.cpp puts into the page, which loads nothing.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_FORMATS_HTMLASSETS_H
#define THREADLINT_DRIVER_FORMATS_HTMLASSETS_H

namespace threadlint {

extern const char *const HtmlStyle;
extern const char *const HtmlScript;

} // namespace threadlint

#endif
