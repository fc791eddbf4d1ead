//===- ConditionReader.h - the conditions of an entry -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads what `only` and `unless` hold (docs/MODELS.md, "Conditions").
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_MODEL_CONDITIONREADER_H
#define NETTUNE_MODEL_CONDITIONREADER_H

#include "ValueReader.h"

namespace nettune::model {

/// No function has more parameters that matter; a larger index is a slip.
inline constexpr std::int64_t MaxArguments = 32;

class ConditionReader : protected ValueReader {
protected:
  using ValueReader::ValueReader;

  bool readConditions(const JsonNode &Node, std::vector<Condition> &Into);

private:
  bool readCondition(const JsonNode &Node, Condition &C);
  bool readPredicate(const JsonNode &Node, Condition &C);
  bool readArgumentCount(const JsonNode &Node, Condition &C);
  bool readFieldBit(const JsonNode &Node, Condition &C);
};

/// The same for conditions that say the same in another order.
std::string fingerprint(const std::vector<Condition> &Conditions);

} // namespace nettune::model

#endif // NETTUNE_MODEL_CONDITIONREADER_H
