//===- Explain.h - sections of the guide in a terminal ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_EXPLAIN_H
#define NETTUNE_TOOLS_EXPLAIN_H

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nettune::cli {

/// docs/PERFORMANCE_TUNING.md, and behind it the pages of docs/workloads, each as the
/// section of its workload: low_latency.md has the anchor "low-latency". Defined in a
/// file that embed_guide.py writes during the build.
std::string_view guideText();

/// The same as HTML, with the anchors on lines of their own, so that section() takes it;
/// empty if nettune was built without cmark-gfm.
std::string_view guideHtml();

/// The first sentence of the check's page; empty: there is no such check.
std::string_view checkSummary(std::string_view Check);

/// The anchors of sections, `<a id="..."></a>` on a line of its own.
std::vector<std::string> sectionAnchors(std::string_view Guide);

/// The Markdown from that anchor to the next one; nothing if there is none. An anchor
/// that is no line of its own gives the section around it, unless a later section has it.
std::optional<std::string> section(std::string_view Guide, std::string_view Anchor);

/// Markdown as a terminal shows it: prose wrapped at \p Width columns, code and tables
/// as they are, links as their text with addresses of the web behind it, no comments.
std::string plainText(std::string_view Markdown, std::size_t Width);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_EXPLAIN_H
