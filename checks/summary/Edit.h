//===- Edit.h - one replacement of a fix ------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_EDIT_H
#define NETTUNE_SUMMARY_EDIT_H

#include "summary/Facts.h"

#include <string>

namespace nettune::summary {

/// Replaces the text from Begin up to End, exclusive, both in one file. Offered
/// only where behaviour and lifetime are provably kept.
struct Edit {
  Place Begin, End;
  std::string Text;
  bool operator==(const Edit &) const = default;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_EDIT_H
