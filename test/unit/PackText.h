//===- PackText.h - texts of packs for the loader's tests -------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_PACKTEXT_H
#define NETTUNE_TEST_PACKTEXT_H

#include "model/ModelLoader.h"

#include <gtest/gtest.h>

namespace nettune::model {

using List = std::vector<std::string>;

/// The error's text; "" when the pack is accepted.
inline std::string errorOf(std::string_view Text) {
  ModelError Error;
  return parsePack(Text, "p.json", Error) ? "" : Error.str();
}

inline Pack packOf(std::string_view Text) {
  ModelError Error;
  std::optional<Pack> P = parsePack(Text, "p.json", Error);
  EXPECT_TRUE(P) << Error.str();
  return P ? *P : Pack();
}

inline std::string pack(std::string_view Rest) {
  return "{\"library\": \"lib\",\n" + std::string(Rest) + "}";
}

/// A pack of one blocking entry; \p Keys starts in line 3, column 1.
inline std::string blocking(std::string_view Keys) {
  return pack("\"blocking\": [{\n" + std::string(Keys) +
              "\n\"functions\": [\"f\"], \"category\": \"wait\", \"grade\": \"always\", "
              "\"source\": \"s\"}]");
}

/// The same with one condition, which starts in line 3, column 12.
inline std::string condition(std::string_view Condition) {
  return blocking("\"unless\": [" + std::string(Condition) + "],");
}

/// A pack of one guard of that name, written in line 2, column 28.
inline std::string named(std::string_view Name) {
  return pack("\"guards\": [{\"functions\": [\"" + std::string(Name) + "\"], \"source\": \"s\"}]");
}

inline Condition onlyCondition(std::string_view Json) {
  const Pack P = packOf(condition(Json));
  EXPECT_EQ(P.Entries.size(), 1u);
  EXPECT_EQ(P.Entries[0].Unless.size(), 1u);
  return P.Entries[0].Unless[0];
}

struct Case {
  std::string Text, Error;
};

inline void expectErrors(const std::vector<Case> &Cases) {
  for (const Case &C : Cases)
    EXPECT_EQ(errorOf(C.Text), C.Error) << C.Text;
}

} // namespace nettune::model

#endif // NETTUNE_TEST_PACKTEXT_H
