//===- Dates.h - days as people write them ----------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_DATES_H
#define NETTUNE_TOOLS_DATES_H

#include <llvm/ADT/StringRef.h>

#include <string>

namespace nettune::cli {

/// `YYYY-MM-DD`, a day that there is. As text, earlier days are less.
bool isDate(llvm::StringRef Text);

/// The date in UTC; the one of SOURCE_DATE_EPOCH where that is set.
std::string today();

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_DATES_H
