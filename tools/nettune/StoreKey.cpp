//===- StoreKey.cpp -------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StoreKey.h"

#include "model/ModelFiles.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

#include <link.h>

namespace nettune::cli {

/// Neither stands in a path.
static constexpr char InRoot = '\1', InBuild = '\2';

static bool consumeDirectory(llvm::StringRef &Path, llvm::StringRef Directory) {
  llvm::StringRef Rest = Path;
  if (!Rest.consume_front(Directory) || (!Rest.empty() && Rest.front() != '/'))
    return false;
  Path = Rest;
  return true;
}

std::string PortableNames::of(llvm::StringRef Path) const {
  if (consumeDirectory(Path, Root))
    return InRoot + Path.str();
  if (consumeDirectory(Path, BuildDir))
    return InBuild + Path.str();
  return Path.str();
}

std::string PortableNames::path(llvm::StringRef Portable) const {
  if (Portable.starts_with(InRoot))
    return Root + Portable.drop_front().str();
  if (Portable.starts_with(InBuild))
    return BuildDir + Portable.drop_front().str();
  return Portable.str();
}

std::string PortableNames::word(llvm::StringRef Word) const {
  // What a macro says may come into the program as a text.
  if (Word.starts_with("-D") || Word.starts_with("-U"))
    return Word.str();
  std::size_t Begin = Word.starts_with("/") ? 0 : Word.find('/');
  if (Begin == llvm::StringRef::npos || (Begin && !Word.starts_with("-"))) // relative
    return Word.str();
  return Word.take_front(Begin).str() + of(Word.drop_front(Begin));
}

bool PortableNames::isInBuild(llvm::StringRef Portable) { return Portable.starts_with(InBuild); }

/// The build ids of the executable and of all that is loaded with it; empty for an
/// object that has none.
static std::string buildIds() {
  std::string Ids;
  dl_iterate_phdr(
      [](dl_phdr_info *Object, std::size_t, void *Out) {
        for (unsigned I = 0; I < Object->dlpi_phnum; ++I) {
          const ElfW(Phdr) &Segment = Object->dlpi_phdr[I];
          if (Segment.p_type != PT_NOTE)
            continue;
          const char *At = reinterpret_cast<const char *>(Object->dlpi_addr + Segment.p_vaddr);
          const char *End = At + Segment.p_memsz;
          while (End - At >= static_cast<std::ptrdiff_t>(sizeof(ElfW(Nhdr)))) {
            const auto *Note = reinterpret_cast<const ElfW(Nhdr) *>(At);
            const char *Name = At + sizeof *Note;
            const char *Content = Name + llvm::alignTo(Note->n_namesz, 4);
            if (Note->n_type == NT_GNU_BUILD_ID && llvm::StringRef(Name, Note->n_namesz) == llvm::StringRef("GNU", 4))
              static_cast<std::string *>(Out)->append(Content, Note->n_descsz);
            At = Content + llvm::alignTo(Note->n_descsz, 4);
          }
        }
        return 0;
      },
      &Ids);
  return Ids;
}

/// Two builds of nettune, or of the libraries that it runs with, differ in it.
static const std::string &identity() {
  static const std::string Identity = [] {
    std::string Text = "nettune " NETTUNE_VERSION " " + buildIds();
    if (auto Self = llvm::MemoryBuffer::getFile("/proc/self/exe", /*IsText=*/false, /*RequiresNullTerminator=*/false))
      Text += contentHash((*Self)->getBuffer());
    return Text;
  }();
  return Identity;
}

static void addModels(const TuCommand &Command, std::string &Text) {
  model::ModelError Ignored; // the run on the TU reports it
  auto Models = model::findBesideSources(llvm::sys::path::parent_path(Command.File).str(), Ignored);
  if (!Models)
    return;
  for (const std::string &File : *Models)
    if (auto Content = llvm::MemoryBuffer::getFile(File))
      Text += llvm::sys::path::filename(File).str() + '\0' + contentHash((*Content)->getBuffer());
}

static void addOptions(const GivenOptions &Given, const PortableNames &Names, std::string &Text) {
  for (const auto *Values : {&Given.First, &Given.Last}) {
    for (const auto &[Name, Value] : *Values) {
      Text += Name;
      for (llvm::StringRef Part : llvm::split(Value, ';')) // of several files
        Text += '=' + Names.of(Part);
      Text += '\0';
    }
    Text += '\0';
  }
}

std::string storeKey(const StoreQuestion &Q) {
  static const llvm::StringSet<> Where{"-o", "-MF", "-MT", "-MQ", "-MJ"};
  PortableNames Names(Q.Root, Q.BuildDir);
  std::string Text = (Q.MaySharePch ? "store 1 shared" : "store 1") + identity();
  for (const std::string &Name : {Q.Command.File, Q.Command.Directory})
    (Text += Names.of(Name)) += '\0';
  for (std::size_t I = 0; I < Q.Command.Line.size(); ++I) {
    if (Where.contains(Q.Command.Line[I]))
      ++I;
    else
      (Text += Names.word(Q.Command.Line[I])) += '\0';
  }
  addOptions(Q.Options, Names, Text);
  addModels(Q.Command, Text);
  return llvm::toHex(contentHash(Text), /*LowerCase=*/true);
}

} // namespace nettune::cli
