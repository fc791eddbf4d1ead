//===- ModelLoaderFuzzer.cpp - arbitrary bytes as a pack ------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever the bytes: a pack with entries, or one error of one line whose place
// is inside the text.
//
//===----------------------------------------------------------------------===//

#include "model/ModelLoader.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using namespace nettune::model;

static void require(bool Holds) {
  if (!Holds)
    std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *Data, std::size_t Size) {
  const std::string_view Text(reinterpret_cast<const char *>(Data), Size);
  ModelError Error;
  std::optional<Pack> Parsed = parsePack(Text, "fuzz.json", Error);
  if (Parsed) {
    require(!Parsed->Entries.empty());
    ApiModel Model;
    Model.add(std::move(*Parsed));
    for (const Entry &E : Model.packs().front().Entries)
      for (const std::string &Name : E.Functions)
        require(!Model.function(Name).empty());
    return 0;
  }
  const auto Lines = static_cast<std::size_t>(std::ranges::count(Text, '\n')) + 1;
  require(!Error.Message.empty() && Error.Line >= 1 && Error.Line <= Lines && Error.Column >= 1);
  const std::string Line = Error.str();
  require(Line.find('\n') == std::string::npos && Line.starts_with("fuzz.json:"));
  return 0;
}
