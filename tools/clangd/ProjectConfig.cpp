//===- ProjectConfig.cpp --------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProjectConfig.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Support/YAMLParser.h>

namespace nettune::editor {
namespace yaml = llvm::yaml;
namespace path = llvm::sys::path;

static std::optional<std::string> scalar(yaml::Node *N) {
  auto *Value = llvm::dyn_cast_or_null<yaml::ScalarNode>(N);
  if (!Value)
    return std::nullopt;
  llvm::SmallString<128> Storage;
  return Value->getValue(Storage).str();
}

/// What one fragment says; under a condition nothing.
static std::optional<std::string> inFragment(yaml::MappingNode &Fragment) {
  std::optional<std::string> Found;
  bool Conditional = false;
  for (yaml::KeyValueNode &Entry : Fragment) {
    std::optional<std::string> Key = scalar(Entry.getKey());
    Conditional |= Key == "If";
    auto *Flags = Key == "CompileFlags" ? llvm::dyn_cast_or_null<yaml::MappingNode>(Entry.getValue()) : nullptr;
    if (!Flags)
      continue;
    for (yaml::KeyValueNode &Flag : *Flags)
      if (scalar(Flag.getKey()) == "CompilationDatabase")
        Found = scalar(Flag.getValue());
  }
  return Conditional ? std::nullopt : Found;
}

std::optional<std::string> compilationDatabaseIn(llvm::StringRef Text) {
  llvm::SourceMgr Sources;
  Sources.setDiagHandler([](const llvm::SMDiagnostic &, void *) {});
  std::error_code Broken;
  yaml::Stream Stream(Text, Sources, /*ShowColors=*/false, &Broken);
  std::optional<std::string> Found;
  for (yaml::Document &Document : Stream) {
    auto *Fragment = llvm::dyn_cast_or_null<yaml::MappingNode>(Document.getRoot());
    if (auto Said = Fragment && !Broken ? inFragment(*Fragment) : std::nullopt)
      Found = Said;
  }
  return Broken ? std::nullopt : Found;
}

std::string configuredCommandsDirectory(llvm::StringRef File) {
  for (llvm::StringRef Up = path::parent_path(File); !Up.empty(); Up = path::parent_path(Up)) {
    llvm::SmallString<256> Config(Up);
    path::append(Config, ".clangd");
    auto Buffer = llvm::MemoryBuffer::getFile(Config);
    auto Said = Buffer ? compilationDatabaseIn((*Buffer)->getBuffer()) : std::nullopt;
    if (!Said)
      continue;
    if (*Said == "Ancestors" || *Said == "None")
      return {};
    llvm::SmallString<256> Directory(*Said);
    if (!path::is_absolute(Directory)) {
      Directory = Up;
      path::append(Directory, *Said);
    }
    path::remove_dots(Directory, /*remove_dot_dot=*/true);
    return Directory.str().str();
  }
  return {};
}

} // namespace nettune::editor
