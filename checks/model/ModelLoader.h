//===- ModelLoader.h - a pack's JSON text to its types ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads the text of a pack (docs/MODELS.md). Strict: what it does not know is
// an error, since a model that is half understood checks less without a word.
// Files and the packs that are built in: ModelFiles.h.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_MODEL_MODELLOADER_H
#define NETTUNE_MODEL_MODELLOADER_H

#include "ApiModel.h"

#include <optional>
#include <string>
#include <string_view>

namespace nettune::model {

/// Why a pack is not accepted.
struct ModelError {
  std::string File;
  /// From 1; 0 when the file could not be read at all.
  unsigned Line = 0, Column = 0;
  /// JSON pointer of the value that is wrong; empty for the whole document.
  std::string Pointer;
  std::string Message;

  /// `file:12:7: error: unknown grade 'often' (at /blocking/3/grade)`
  std::string str() const;
};

/// The pack that \p Text describes. On an error gives nothing and sets \p Error
/// to the first one. \p File is the name for messages.
std::optional<Pack> parsePack(std::string_view Text, std::string_view File, ModelError &Error);

} // namespace nettune::model

#endif // NETTUNE_MODEL_MODELLOADER_H
