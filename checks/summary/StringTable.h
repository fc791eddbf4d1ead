//===- StringTable.h - strings and lists, each once -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tables give equal content equal numbers. What is found by content is looked
// up in hash tables that are made when something is first added: a table that
// was read from a file and is only asked by number never needs them.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_STRINGTABLE_H
#define NETTUNE_SUMMARY_STRINGTABLE_H

#include <cstdint>
#include <memory>
#include <vector>

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/Support/xxhash.h>

namespace nettune::summary {

using StringId = std::uint32_t;
inline constexpr std::uint32_t None = ~0u;

/// A hash set of row numbers; whoever asks knows the rows.
class RowSet {
public:
  bool empty() const { return Used == 0; }

  /// The known row with \p Hash for which \p Equal holds, or else \p New, which is
  /// added.
  template <typename EqualTo>
  std::uint32_t add(std::uint64_t Hash, std::uint32_t New, EqualTo Equal) {
    if (Cells.size() < 2 * (Used + 1))
      grow(2 * Cells.size());
    auto Short = static_cast<std::uint32_t>(Hash);
    for (std::size_t I = Short & (Cells.size() - 1);; I = (I + 1) & (Cells.size() - 1)) {
      if (Cells[I].Row == None) {
        Cells[I] = {New, Short};
        ++Used;
        return New;
      }
      if (Cells[I].Hash == Short && Equal(Cells[I].Row))
        return Cells[I].Row;
    }
  }

private:
  struct Cell {
    std::uint32_t Row = None, Hash = 0;
  };
  void grow(std::size_t Size) {
    std::vector<Cell> Old(Size < 64 ? 64 : Size);
    Old.swap(Cells);
    for (Cell C : Old) {
      if (C.Row == None)
        continue;
      std::size_t I = C.Hash & (Cells.size() - 1);
      while (Cells[I].Row != None)
        I = (I + 1) & (Cells.size() - 1);
      Cells[I] = C;
    }
  }

  std::vector<Cell> Cells; ///< a power of two, at most half of them used
  std::size_t Used = 0;
};

/// Strings by number. String 0 is empty, so that 0 means "no string". A text
/// stays where it is while the table, or a copy of it, lives.
class StringTable {
public:
  StringTable() : Texts(1) {}
  StringTable(const StringTable &Other);
  StringTable &operator=(const StringTable &Other);
  StringTable(StringTable &&) = default;
  StringTable &operator=(StringTable &&) = default;

  StringId add(llvm::StringRef Text);
  llvm::StringRef operator[](StringId Id) const { return Texts[Id]; }
  std::size_t size() const { return Texts.size(); }

  /// Appends strings that stand one after the other in \p Blob, which is copied,
  /// with their lengths; for readers, who see to it that no text is there twice.
  void adopt(llvm::StringRef Blob, llvm::ArrayRef<std::uint32_t> Lengths);

private:
  llvm::StringRef keep(llvm::StringRef Text);
  void index();
  static std::uint64_t hash(llvm::StringRef Text) { return llvm::xxh3_64bits(Text); }

  std::vector<llvm::StringRef> Texts;
  /// Copies of a table share the text that was there when they were made.
  std::vector<std::shared_ptr<char[]>> Chunks;
  char *Free = nullptr; ///< in the last chunk, which only one table writes to
  std::size_t Left = 0;
  RowSet Known;
};

/// Short lists by number. List 0 is empty.
template <typename T> class ListTable {
public:
  ListTable() : Ends(1, 0) {}

  std::uint32_t add(llvm::ArrayRef<T> List) {
    if (List.empty())
      return 0;
    auto Equal = [&](std::uint32_t I) { return (*this)[I] == List; };
    if (Known.empty())
      for (std::uint32_t I = 1; I < Ends.size(); ++I)
        Known.add(hash((*this)[I]), I, [](std::uint32_t) { return false; });
    auto New = static_cast<std::uint32_t>(Ends.size());
    std::uint32_t Id = Known.add(hash(List), New, Equal);
    if (Id == New)
      append(List);
    return Id;
  }
  /// For readers: a list that is not there yet.
  void append(llvm::ArrayRef<T> List) {
    Items.insert(Items.end(), List.begin(), List.end());
    Ends.push_back(static_cast<std::uint32_t>(Items.size()));
  }
  llvm::ArrayRef<T> operator[](std::uint32_t Id) const {
    std::uint32_t From = Id == 0 ? 0 : Ends[Id - 1];
    return llvm::ArrayRef<T>(Items.data() + From, Items.data() + Ends[Id]);
  }
  std::size_t size() const { return Ends.size(); }

private:
  static std::uint64_t hash(llvm::ArrayRef<T> List) {
    static_assert(std::has_unique_object_representations_v<T>);
    return llvm::xxh3_64bits(llvm::ArrayRef<std::uint8_t>(
        reinterpret_cast<const std::uint8_t *>(List.data()), List.size() * sizeof(T)));
  }

  std::vector<T> Items;
  std::vector<std::uint32_t> Ends;
  RowSet Known;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_STRINGTABLE_H
