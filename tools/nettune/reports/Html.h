//===- Html.h - what the page of a report is made of ------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_REPORTS_HTML_H
#define NETTUNE_TOOLS_REPORTS_HTML_H

#include <string_view>

namespace nettune::cli {

/// page.css and page.js. Defined in a file that embed_text.py writes during the build.
std::string_view pageStyle();
std::string_view pageScript();

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_REPORTS_HTML_H
