//===- GitChanges.cpp - what differs from a commit ------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Git.h"
#include "GitCommand.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

#include <climits>

namespace nettune::cli {
namespace {
namespace fs = llvm::sys::fs;

/// A name as git prints it in a patch: in quotes if it holds what a line cannot.
std::string unquoted(llvm::StringRef Name) {
  if (!Name.consume_front("\"") || !Name.consume_back("\""))
    return Name.str();
  std::string Out;
  for (std::size_t I = 0; I < Name.size(); ++I) {
    if (Name[I] != '\\' || I + 1 == Name.size()) {
      Out += Name[I];
      continue;
    }
    char C = Name[++I];
    unsigned Octal;
    if (!Name.substr(I, 3).getAsInteger(8, Octal)) {
      Out += static_cast<char>(Octal);
      I += 2;
    } else {
      Out += C == 'n' ? '\n' : C == 't' ? '\t' : C == 'r' ? '\r' : C == 'a' ? '\a' : C == 'b' ? '\b'
             : C == 'f' ? '\f' : C == 'v' ? '\v' : C;
    }
  }
  return Out;
}

/// `@@ -3,2 +5,4 @@`: lines 5 to 8. None were added: the two around the gap.
LineRange addedLines(llvm::StringRef Hunk) {
  llvm::StringRef Added = Hunk.split('+').second.take_until([](char C) { return C == ' '; });
  auto [First, Count] = Added.split(',');
  unsigned From = 0, Size = 1;
  First.getAsInteger(10, From);
  if (!Count.empty())
    Count.getAsInteger(10, Size);
  return Size ? LineRange{From, From + Size - 1} : LineRange{From, From + 1};
}

/// A file of the commit that is another one, or not there, now.
struct OldFile {
  std::string Name, Now, Object; ///< as git names them
  bool IsLink, MayBeSame;   ///< the same: git only knows that somebody wrote it
};

constexpr llvm::StringLiteral Submodule = "160000", Link = "120000";

class ChangeReader {
public:
  /// Adds to \p C what differs in the working tree.
  ChangeReader(GitCommand Tree, std::string Commit, Changes &C) : Git(std::move(Tree)), Commit(std::move(Commit)), C(C) {}

  llvm::Error read() {
    if (llvm::Error E = findSubmodules())
      return E;
    // Looking into submodules is done below: git would fail where one is broken.
    auto Raw = Git.names({"diff-index", "--raw", "-z", "--no-abbrev", "-M", "-l1000", "--ignore-submodules=dirty", Commit, "--"});
    if (!Raw)
      return Raw.takeError();
    takeRecords(*Raw);
    if (llvm::Error E = addUnknown())
      return E;
    if (llvm::Error E = takeContents())
      return E;
    if (llvm::Error E = takePatch())
      return E;
    for (const auto &[Name, Old] : Submodules)
      if (llvm::Error E = readSubmodule(Name.str(), Old))
        return E;
    return llvm::Error::success();
  }

private:
  std::string full(llvm::StringRef Name) const { return Git.directory() + "/" + Name.str(); }

  /// Those of now, at the commits of now.
  llvm::Error findSubmodules() {
    auto Entries = Git.names({"ls-files", "--stage", "-z"});
    if (!Entries)
      return Entries.takeError();
    for (const std::string &Entry : *Entries) { // `160000 OBJECT 0<tab>NAME`
      auto [About, Name] = llvm::StringRef(Entry).split('\t');
      auto [Mode, Rest] = About.split(' ');
      if (Mode == Submodule)
        Submodules[Name] = Rest.split(' ').first.str();
    }
    return llvm::Error::success();
  }

  /// `:MODE MODE OBJECT OBJECT HOW`, the name, and that of now if it is another one.
  void takeRecords(const std::vector<std::string> &Fields) {
    for (std::size_t I = 0; I + 1 < Fields.size();) {
      llvm::SmallVector<llvm::StringRef> About;
      llvm::StringRef(Fields[I]).drop_front().split(About, ' ');
      const std::string &Name = Fields[I + 1];
      bool Renamed = About.size() == 5 && About[4].starts_with("R") && I + 2 < Fields.size();
      if (About.size() == 5)
        takeRecord(About, Name, Renamed ? Fields[I + 2] : Name);
      I += Renamed ? 3 : 2;
    }
  }

  void takeRecord(llvm::ArrayRef<llvm::StringRef> About, const std::string &Name, const std::string &Now) {
    const bool WasThere = About[0].trim('0') != "", IsThere = About[1].trim('0') != "";
    if (About[1] == Submodule)
      Submodules[Now] = About[0] == Submodule ? About[2].str() : "";
    if (About[0] == Submodule || (About[1] == Submodule && !WasThere))
      return;
    if (WasThere)
      Old.push_back({Name, Now, About[2].str(), About[0] == Link, Name == Now && About[0] == About[1] && About[3].trim('0').empty()});
    else
      C.Base.Absent.push_back(full(Name));
    if (Name != Now)
      C.Renamed[full(Now)] = full(Name);
    if (IsThere)
      C.Lines[full(Now)];
    else if (!fs::exists(full(Name)))
      C.Deleted.push_back(full(Name)); // not one that git was only told to forget
  }

  llvm::Error addUnknown() {
    auto Unknown = Git.names({"ls-files", "--others", "--exclude-standard", "-z"});
    if (!Unknown)
      return Unknown.takeError();
    llvm::StringSet<> Forgotten; // git was told so, and they are still there
    for (const OldFile &F : Old)
      Forgotten.insert(F.Name);
    for (const std::string &Name : *Unknown) {
      if (llvm::StringRef(Name).ends_with("/")) // a repository of its own
        Submodules[llvm::StringRef(Name).drop_back()] = "";
      else
        add(Name, Forgotten.contains(Name));
    }
    return llvm::Error::success();
  }

  void add(const std::string &Name, bool WasThere) {
    if (!WasThere)
      C.Base.Absent.push_back(full(Name));
    C.Lines[full(Name)] = {{1, UINT_MAX}};
  }

  llvm::Error takeContents() {
    std::string Wanted;
    for (const OldFile &F : Old)
      Wanted += F.Object + "\n";
    auto Out = Git.run({"cat-file", "--batch"}, Wanted);
    if (!Out)
      return Out.takeError();
    llvm::StringRef Rest = *Out;
    for (const OldFile &F : Old) {
      llvm::StringRef Header;
      std::tie(Header, Rest) = Rest.split('\n');
      std::size_t Bytes = 0;
      if (Header.rsplit(' ').second.getAsInteger(10, Bytes))
        return llvm::createStringError("git cat-file: " + Header + " (" + F.Name + ")");
      takeContent(F, Rest.take_front(Bytes));
      Rest = Rest.drop_front(std::min(Bytes + 1, Rest.size()));
    }
    for (const OldFile &F : Old)
      if (F.IsLink)
        follow(full(F.Name));
    for (const OldFile &F : Old)
      if (F.Now == F.Name)
        continue;
      else if (C.Base.Contents.contains(full(F.Name)))
        C.Base.Links[full(F.Now)] = full(F.Name);
      else
        C.Base.Absent.push_back(full(F.Now));
    return llvm::Error::success();
  }

  void takeContent(const OldFile &F, llvm::StringRef Bytes) {
    if (F.MayBeSame && !F.IsLink) {
      auto Now = llvm::MemoryBuffer::getFile(full(F.Name), /*IsText=*/false, /*RequiresNullTerminator=*/false);
      if (Now && (*Now)->getBuffer() == Bytes) {
        C.Lines.erase(full(F.Name));
        return;
      }
    }
    C.Base.Contents[full(F.Name)] = Bytes.str();
  }

  /// The content of a link is the name of another file. One to a directory stays as it is now.
  void follow(const std::string &File) {
    auto Named = C.Base.Contents.find(File);
    if (Named == C.Base.Contents.end())
      return;
    llvm::SmallString<256> Target(llvm::sys::path::parent_path(File));
    if (llvm::sys::path::is_absolute(Named->second))
      Target.clear();
    llvm::sys::path::append(Target, Named->second);
    llvm::sys::path::remove_dots(Target, /*remove_dot_dot=*/true);
    C.Base.Contents.erase(Named);
    auto Buffer = llvm::MemoryBuffer::getFile(Target);
    if (auto Known = C.Base.Contents.find(Target); Known != C.Base.Contents.end())
      C.Base.Contents[File] = std::string(Known->second);
    else if (Buffer && !llvm::is_contained(C.Base.Absent, Target.str()))
      C.Base.Contents[File] = (*Buffer)->getBuffer().str();
    else if (!fs::is_directory(Target))
      C.Base.Absent.push_back(File);
  }

  llvm::Error takePatch() {
    auto Text = Git.run({"diff-index", "-p", "-U0", "-M", "-l1000", "--text", "--no-ext-diff", "--no-textconv", "--no-color", "--no-prefix",
                         "--ignore-submodules=all", Commit, "--"});
    if (!Text)
      return Text.takeError();
    llvm::StringRef Patch = *Text;
    std::vector<LineRange> *Lines = nullptr;
    while (!Patch.empty()) {
      llvm::StringRef Line;
      std::tie(Line, Patch) = Patch.split('\n');
      if (Line.starts_with("diff --git "))
        Lines = nullptr;
      else if (!Lines && Line.consume_front("+++ ") && Line != "/dev/null")
        Lines = &C.Lines[full(unquoted(Line.split('\t').first))];
      else if (Lines && Line.starts_with("@@ "))
        Lines->push_back(addedLines(Line));
    }
    return llvm::Error::success();
  }

  /// \p Old: the commit that it was at; empty: it was not there.
  llvm::Error readSubmodule(const std::string &Name, const std::string &Old) {
    GitCommand Tree = Git.below(Name);
    if (!fs::exists(Tree.directory() + "/.git"))
      return llvm::Error::success(); // not checked out
    if (Old.empty())
      return addAll(Tree);
    llvm::Error Failed = Tree.succeeds({"cat-file", "-e", Old + "^{commit}"})
                             ? ChangeReader(Tree, Old, C).read()
                             : llvm::createStringError("its commit " + Old.substr(0, 12) + " of the base is not there; "
                                                       "'git fetch --unshallow' in it may bring it");
    if (Failed)
      C.Warnings.push_back(Tree.directory() + ": warning: the submodule is compared as it is now: " + llvm::toString(std::move(Failed)));
    return llvm::Error::success();
  }

  /// All that is in a repository which the base does not have.
  llvm::Error addAll(const GitCommand &Tree) {
    auto Names = Tree.names({"ls-files", "--cached", "--others", "--exclude-standard", "-z"});
    if (!Names) {
      C.Warnings.push_back(Tree.directory() + ": warning: " + llvm::toString(Names.takeError()));
      return llvm::Error::success();
    }
    for (const std::string &Name : *Names) {
      GitCommand Inner = Tree.below(llvm::StringRef(Name).rtrim('/').str());
      if (!fs::is_directory(Inner.directory())) {
        C.Base.Absent.push_back(Inner.directory());
        C.Lines[Inner.directory()] = {{1, UINT_MAX}};
      } else if (fs::exists(Inner.directory() + "/.git")) {
        if (llvm::Error E = addAll(Inner))
          return E;
      }
    }
    return llvm::Error::success();
  }

  const GitCommand Git;
  const std::string Commit;
  Changes &C;
  std::vector<OldFile> Old;
  llvm::StringMap<std::string> Submodules; ///< by name: the commit of then; empty: it was not there
};

} // namespace

llvm::Expected<Changes> changesSince(const std::string &Root, const std::string &Commit) {
  auto Top = GitCommand(Root).line({"rev-parse", "--show-toplevel"});
  if (!Top)
    return Top.takeError();
  // Files are named as the build names them, which may be by way of a link.
  llvm::SmallString<256> Real;
  std::string Directory = *Top;
  if (!fs::real_path(Root, Real)) {
    llvm::StringRef Below = Real, Named = Root;
    if (Below.consume_front(Directory) && Named.consume_back(Below))
      Directory = Named.str();
  }
  Changes C;
  if (llvm::Error E = ChangeReader(GitCommand(Directory), Commit, C).read())
    return std::move(E);
  return C;
}

} // namespace nettune::cli
