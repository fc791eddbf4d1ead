//===- EmbeddedPacks.h - the JSON that is built in -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_MODEL_EMBEDDEDPACKS_H
#define NETTUNE_MODEL_EMBEDDEDPACKS_H

#include <span>
#include <string_view>

namespace nettune::model {

struct EmbeddedPack {
  std::string_view Name; ///< `asio.json`
  std::string_view Text;
};

/// checks/model/apis/*.json, by name. Defined in a file that embed_packs.py
/// writes during the build.
std::span<const EmbeddedPack> embeddedPacks();
/// The text of checks/model/reference.json, from the same file.
std::string_view embeddedReference();

} // namespace nettune::model

#endif // NETTUNE_MODEL_EMBEDDEDPACKS_H
