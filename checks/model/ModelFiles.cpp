//===- ModelFiles.cpp - the packs of a run ----------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelFiles.h"

#include "EmbeddedPacks.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

namespace nettune::model {

namespace fs = std::filesystem;

static std::nullopt_t fail(ModelError &Error, const std::string &Path, std::string Message) {
  Error = {Path, 0, 0, "", std::move(Message)};
  return std::nullopt;
}

static std::string systemMessage(int Code) { return std::generic_category().message(Code); }

/// The text of a regular file of at most MaxPackSize bytes.
static std::optional<std::string> readText(const std::string &Path, ModelError &Error) {
  std::error_code Code;
  const fs::file_status Status = fs::status(Path, Code);
  if (!fs::exists(Status))
    return fail(Error, Path, "cannot read the model: " + Code.message());
  if (fs::is_directory(Status))
    return fail(Error, Path, "cannot read the model: it is a directory");
  // A pipe or a device could give bytes for ever, or none.
  if (!fs::is_regular_file(Status))
    return fail(Error, Path, "cannot read the model: it is not a regular file");

  std::unique_ptr<std::FILE, int (*)(std::FILE *)> File(std::fopen(Path.c_str(), "rb"),
                                                        std::fclose);
  if (!File)
    return fail(Error, Path, "cannot read the model: " + systemMessage(errno));
  std::string Text;
  char Block[64 * 1024];
  while (const std::size_t Size = std::fread(Block, 1, sizeof Block, File.get())) {
    if (Text.size() + Size > MaxPackSize)
      return fail(Error, Path,
                  "cannot read the model: it is larger than " +
                      std::to_string(MaxPackSize / 1024 / 1024) + " MiB");
    Text.append(Block, Size);
  }
  if (std::ferror(File.get()))
    return fail(Error, Path, "cannot read the model: " + systemMessage(errno));
  return Text;
}

std::optional<Pack> readPack(const std::string &Path, ModelError &Error) {
  const std::optional<std::string> Text = readText(Path, Error);
  if (!Text)
    return std::nullopt;
  return parsePack(*Text, Path, Error);
}

std::optional<std::vector<std::string>> findBesideSources(const std::string &Directory,
                                                          ModelError &Error) {
  std::vector<std::string> Found;
  std::error_code Code;
  fs::path Above = fs::absolute(Directory.empty() ? "." : Directory, Code).lexically_normal();
  if (Code)
    return fail(Error, Directory, "cannot look for models: " + Code.message());
  while (!fs::is_directory(Above / ".nettune", Code)) {
    const fs::path Parent = Above.parent_path();
    if (Parent == Above)
      return Found;
    Above = Parent;
  }

  const fs::path Models = Above / ".nettune";
  fs::directory_iterator Entry(Models, Code);
  for (; !Code && Entry != fs::directory_iterator(); Entry.increment(Code)) {
    const fs::path &Path = Entry->path();
    // Editors keep their copies under names with a dot.
    if (Path.extension() == ".json" && !Path.filename().string().starts_with('.'))
      Found.push_back(Path.string());
  }
  if (Code)
    return fail(Error, Models.string(), "cannot look for models: " + Code.message());
  std::ranges::sort(Found);
  return Found;
}

namespace {
/// The packs that are built in, or why one of them is wrong.
struct BuiltIn {
  std::vector<Pack> Packs;
  std::optional<ModelError> Error;

  BuiltIn() {
    for (const EmbeddedPack &Embedded : embeddedPacks()) {
      ModelError Why;
      std::optional<Pack> P =
          parsePack(Embedded.Text, "built-in/" + std::string(Embedded.Name), Why);
      if (!P) {
        Error = std::move(Why);
        return;
      }
      Packs.push_back(std::move(*P));
    }
  }
};
} // namespace

static std::shared_ptr<const ApiModel> makeModel(std::vector<Pack> UserPacks,
                                                 const BuiltIn &Known) {
  auto Model = std::make_shared<ApiModel>();
  for (Pack &P : UserPacks)
    Model->add(std::move(P));
  for (const Pack &P : Known.Packs)
    Model->add(P);
  return Model;
}

std::shared_ptr<const ApiModel> loadModel(const std::vector<std::string> &Paths,
                                          ModelError &Error) {
  static const BuiltIn Known;
  if (Known.Error) {
    Error = *Known.Error;
    return nullptr;
  }
  if (Paths.empty()) {
    static const std::shared_ptr<const ApiModel> Shared = makeModel({}, Known);
    return Shared;
  }
  std::vector<Pack> UserPacks;
  for (const std::string &Path : Paths) {
    std::optional<Pack> P = readPack(Path, Error);
    if (!P)
      return nullptr;
    UserPacks.push_back(std::move(*P));
  }
  return makeModel(std::move(UserPacks), Known);
}

} // namespace nettune::model
