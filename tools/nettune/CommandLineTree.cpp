//===- CommandLineTree.cpp - the command line as JSON ---------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLineTree.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace nettune::cli {
namespace {

using nlohmann::json;

json optionTree(const CLI::Option &O) {
  json Names = json::array();
  for (const std::string &Name : O.get_snames())
    Names.push_back("-" + Name);
  for (const std::string &Name : O.get_lnames())
    Names.push_back("--" + Name);
  // --diff{auto}: a flag that takes a value behind '='.
  const bool Flag = O.get_items_expected_max() == 0, Valued = Flag && !O.get_fnames().empty();
  return {{"names", Names},
          {"positional", O.get_positional() ? O.get_name(true) : ""},
          {"value", Valued ? "VALUE" : Flag ? "" : O.get_type_name()},
          {"valueOptional", Valued || (O.get_items_expected_min() == 0 && !Flag)},
          {"many", O.get_expected_max() > 1},
          {"required", O.get_required()},
          {"description", O.get_description()}};
}

json appTree(const CLI::App &App) {
  json Tree{{"name", App.get_name()}, {"description", App.get_description()}, {"footer", App.get_footer()}};
  Tree["options"] = json::array();
  for (const CLI::Option *O : App.get_options([](const CLI::Option *O) { return !O->get_group().empty(); }))
    Tree["options"].push_back(optionTree(*O));
  Tree["commands"] = json::array();
  for (const CLI::App *Command : App.get_subcommands([](const CLI::App *A) { return !A->get_group().empty(); }))
    Tree["commands"].push_back(appTree(*Command));
  return Tree;
}

} // namespace

std::string commandLineTree(const CLI::App &App) { return appTree(App).dump(1) + "\n"; }

} // namespace nettune::cli
