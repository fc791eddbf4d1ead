//===- Encoding.h - names and texts that nobody vouches for *- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_REPORTS_ENCODING_H
#define NETTUNE_TOOLS_REPORTS_ENCODING_H

#include <llvm/ADT/StringRef.h>

#include <string>

/// Names of files, lines of source and what messages quote of them hold any bytes: no
/// report takes them for anything but text.
namespace nettune::cli {

/// For a terminal: what is not printable is shown as clang shows it, `<U+001B>`, and a
/// byte that is no UTF-8 as `<E9>`. Tabs stay if \p KeepTabs.
std::string printable(llvm::StringRef Text, bool KeepTabs = false);

/// Columns that printable text takes in a terminal.
unsigned terminalWidth(llvm::StringRef Printable);

/// For XML 1.0 and HTML, in elements and in quoted attributes. What XML cannot hold
/// becomes U+FFFD. Line breaks are character references, which readers of attributes keep.
std::string xmlText(llvm::StringRef Text);

/// The path of a URI (RFC 3986): '/' stays, other bytes than unreserved ones are encoded.
std::string percentEncoded(llvm::StringRef Path);

/// Units of UTF-16 that the text takes; a byte that is no UTF-8 is one.
unsigned utf16Length(llvm::StringRef Text);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_REPORTS_ENCODING_H
