//===- ModelFiles.h - the packs of a run ------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which packs a run has: those built in and the user's files.
//
//   std::vector<std::string> Paths = <the option nettune.Models>;
//   auto Beside = findBesideSources(<the source file's directory>, Error);
//   Paths.insert(Paths.end(), Beside->begin(), Beside->end());
//   std::shared_ptr<const ApiModel> Model = loadModel(Paths, Error);
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_MODEL_MODELFILES_H
#define NETTUNE_MODEL_MODELFILES_H

#include "ModelLoader.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nettune::model {

/// Largest pack that is read, in bytes.
inline constexpr std::size_t MaxPackSize = 4 * 1024 * 1024;

/// The pack in the file \p Path. On an error gives nothing and sets \p Error.
std::optional<Pack> readPack(const std::string &Path, ModelError &Error);

/// The files `.nettune/*.json`, sorted by name, of \p Directory or of the nearest
/// directory above it that has a directory `.nettune`; none when no directory
/// has. On an error gives nothing and sets \p Error.
std::optional<std::vector<std::string>> findBesideSources(const std::string &Directory,
                                                          ModelError &Error);

/// The packs in \p Paths, in this order, then the built-in ones: a user's entry
/// is asked before a built-in one about the same function. On an error gives
/// null and sets \p Error. The built-in packs are parsed once a process, and a
/// run without \p Paths shares one model; safe to call from several threads.
std::shared_ptr<const ApiModel> loadModel(const std::vector<std::string> &Paths, ModelError &Error);

} // namespace nettune::model

#endif // NETTUNE_MODEL_MODELFILES_H
