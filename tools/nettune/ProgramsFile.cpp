//===- ProgramsFile.cpp - programs that a user names ----------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinkInfo.h"
#include "ShardFiles.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/Support/JSON.h>
#include <llvm/Support/MemoryBuffer.h>

#include <algorithm>

namespace nettune::cli {
using namespace summary;

llvm::Expected<std::vector<TuSet>> readPrograms(const std::string &File, const std::vector<Shard> &Shards,
                                                const std::string &Root) {
  auto Failed = [&](const std::string &What) { return llvm::createStringError(File + ": error: " + What); };
  auto Buffer = llvm::MemoryBuffer::getFile(File);
  if (!Buffer)
    return Failed(Buffer.getError().message());
  auto Parsed = llvm::json::parse((*Buffer)->getBuffer());
  if (!Parsed)
    return Failed(llvm::toString(Parsed.takeError()));
  const llvm::json::Object *Programs = Parsed->getAsObject();
  if (!Programs || Programs->empty())
    return Failed("not an object of programs: {\"bin/server\": [\"src/main.cpp\", ...], ...}");
  llvm::StringMap<std::vector<unsigned>> ShardsOf;
  for (unsigned I = 0; I < Shards.size(); ++I)
    ShardsOf[Shards[I].MainFile].push_back(I);
  std::vector<TuSet> Linked;
  for (const auto &[Name, Value] : *Programs) {
    const llvm::json::Array *Files = Value.getAsArray();
    if (!Files)
      return Failed("'" + Name.str() + "' is no list of main files");
    TuSet Set{Name.str(), kindOfFile(Name) == LinkedFile::Kind::SharedLibrary, {}};
    for (const llvm::json::Value &V : *Files) {
      auto MainFile = V.getAsString();
      if (!MainFile)
        return Failed("'" + Name.str() + "' lists something that is no string");
      if (auto It = ShardsOf.find(relativeTo(Root, MainFile->str())); It != ShardsOf.end())
        llvm::append_range(Set.Tus, It->second);
    }
    if (Set.Tus.empty())
      return Failed("none of the files of '" + Name.str() + "' has a shard");
    llvm::sort(Set.Tus);
    Set.Tus.erase(std::unique(Set.Tus.begin(), Set.Tus.end()), Set.Tus.end());
    Linked.push_back(std::move(Set));
  }
  return Linked; // in whatever order: programSets() sorts them
}

} // namespace nettune::cli
