//===- model_loader_fuzzer.cpp - no text breaks the loader ------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// libFuzzer target. Whatever the text: either a pack whose entries are found
// under their names, or one error with a place in the text. Seeds are the packs
// in checks/model/apis:
//
//   model_loader_fuzzer -max_total_time=600 CORPUS checks/model/apis
//
//===----------------------------------------------------------------------===//

#include "model/ModelLoader.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace nettune::model;

static void require(bool Holds, const char *What) {
  if (Holds)
    return;
  std::fprintf(stderr, "model_loader_fuzzer: broken: %s\n", What);
  std::abort();
}

static void checkError(std::string_view Text, const ModelError &Error) {
  const auto Lines = static_cast<unsigned>(std::ranges::count(Text, '\n')) + 1;
  require(Error.File == "fuzz.json", "the error names the file");
  require(Error.Line >= 1 && Error.Line <= Lines, "the line exists");
  require(Error.Column >= 1 && Error.Column <= Text.size() + 1, "the column exists");
  require(!Error.Message.empty(), "the error says something");
  const std::string Shown = Error.str();
  require(std::ranges::none_of(Shown, [](unsigned char C) { return C < 0x20; }),
          "the error is one line without control characters");
  require(Shown.size() < 2000, "the error is short");
}

static void checkPack(Pack P) {
  ApiModel Model;
  Model.add(std::move(P));
  for (const Entry &E : Model.packs().front().Entries) {
    require(!E.Source.empty(), "each entry has a source");
    require(E.Functions.size() + E.Fields.size() + E.Types.size() > 0, "each entry has a name");
    for (const std::string &Name : E.Functions) {
      const bool AnyNamespace = Name.starts_with("*::");
      const auto Found = Model.function(AnyNamespace ? Name.substr(3) : Name);
      require(std::ranges::find(Found, &E) != Found.end(), "an entry is found by its name");
    }
  }
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *Data, std::size_t Size) {
  const std::string_view Text(reinterpret_cast<const char *>(Data), Size);
  ModelError Error;
  if (std::optional<Pack> P = parsePack(Text, "fuzz.json", Error))
    checkPack(std::move(*P));
  else
    checkError(Text, Error);
  return 0;
}
