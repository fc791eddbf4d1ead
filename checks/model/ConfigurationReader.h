//===- ConfigurationReader.h - the values of a configuration ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_MODEL_CONFIGURATIONREADER_H
#define NETTUNE_MODEL_CONFIGURATIONREADER_H

#include "ConfigurationFile.h"
#include "JsonTree.h"

#include <map>
#include <set>

namespace nettune::model {

/// A setting with its value, and where that stands.
struct Given {
  std::int64_t Value = 0;
  const JsonNode *Node = nullptr; ///< null: the default
};

/// Gathers findings. Of several about one key the first is the one.
class ConfigurationFindings {
public:
  explicit ConfigurationFindings(std::string_view Text) : Lines(Text) {}

  void add(std::size_t Offset, std::string Rule, std::string Text, std::string Section);
  /// At the key of \p Where. Null: at the begin of the file, beside others there.
  void addAt(const JsonNode *Where, std::string Rule, std::string Text, std::string Section);
  /// In the order of the file.
  std::vector<ConfigurationFinding> take();

private:
  ConfigurationFinding made(std::size_t Offset, std::string Rule, std::string Text,
                            std::string Section) const;

  const LineTable Lines;
  std::map<std::size_t, ConfigurationFinding> ByOffset;
  std::vector<ConfigurationFinding> OfFile;
};

/// The keys of a file, each right by itself; reports those that are not.
class ConfigurationReader {
public:
  ConfigurationReader(const Reference &R, ConfigurationFindings &Into) : R(R), Into(Into) {}

  void read(const JsonNode &Root);

  /// The value or the default; nothing where there is neither, or where what
  /// stands in the file is wrong.
  std::optional<Given> server(std::string_view Key) const;
  /// A value that stands in the file.
  std::optional<Given> load(std::string_view Key) const;

private:
  using Values = std::map<std::string, Given, std::less<>>;

  void group(const JsonNode &Node, const std::vector<Setting> &Known, Values &Into);
  std::optional<std::int64_t> value(const JsonNode &Node, const Setting &S);
  void unknown(const JsonNode &Node, const std::string &Group, const std::vector<Setting> &Known);

  const Reference &R;
  ConfigurationFindings &Into;
  Values Server, Load;
  std::set<std::string, std::less<>> Wrong; ///< keys of the server whose value is wrong
};

/// "1 byte", "2 bytes", for a number of \p Unit.
std::string counted(std::int64_t Number, std::string_view Unit);

} // namespace nettune::model

#endif // NETTUNE_MODEL_CONFIGURATIONREADER_H
