//===- RowReader.h - bytes to rows ------------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Takes any bytes. What does not fit, a number of no row, an enumerator that
// does not exist, an end too early, makes everything after it zero and failed()
// true. No count is believed before as many bytes are there: memory stays within
// a constant times the file's size.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_ROWREADER_H
#define NETTUNE_SUMMARY_ROWREADER_H

#include "summary/Layout.h"

#include <limits>

namespace nettune::summary {

class RowReader {
public:
  explicit RowReader(llvm::StringRef Bytes) : Next(Bytes.bytes_begin()), End(Bytes.bytes_end()) {}

  bool failed() const { return Failed; }
  /// All was understood, and nothing is left.
  bool finished() const { return !Failed && Next == End; }

  template <typename Int> void number(Int &N) {
    N = static_cast<Int>(below(std::uint64_t(std::numeric_limits<Int>::max()) + 1));
  }
  void flag(bool &B) { B = below(2); }
  template <typename Enum> void choice(Enum &Value, Enum LastOne) {
    Value = static_cast<Enum>(below(std::uint64_t(LastOne) + 1));
  }
  void words(std::string &Text) {
    std::size_t Size = count();
    Text.assign(reinterpret_cast<const char *>(Next), Size);
    Next += Size;
  }

  void texts(std::vector<std::string> &Texts) {
    Texts.resize(count());
    for (std::string &Text : Texts)
      words(Text);
  }

  void string(StringId &Id) { Id = row(Strings); }
  void function(FunctionId &F) { F = row(Functions); }
  void slot(SlotId &S) { S = row(Slots); }
  void targets(std::uint32_t &List) { List = row(AtomSets); }
  void arguments(std::uint32_t &List) { List = row(ArgumentLists); }
  void nest(std::uint32_t &List) { List = row(Nests); }
  void caller(FunctionId &F) {
    F = LastCaller = added(LastCaller, raw());
    if (F >= Functions)
      F = fail();
  }
  void atom(Atom &A) {
    std::uint64_t N = raw();
    A = {static_cast<std::uint32_t>(N & 1), static_cast<std::uint32_t>(N >> 1)};
    if ((N >> 1) >= (A.IsSlot ? Slots : Functions))
      A.Id = fail();
  }
  void place(Place &P) {
    std::uint64_t N = raw();
    bool OtherFile = N & 1;
    P.Line = added(OtherFile ? 0 : Last.Line, N >> 1);
    P.File = OtherFile ? row(Strings) : Last.File;
    number(P.Column);
    Last = P;
  }

  void atoms(AtomSet &Set) { list(Set); }
  void loops(LoopNest &Nest) { list(Nest); }
  void parameters(std::vector<model::Parameter> &List) { list(List); }
  void keys(ClassKeys &List) {
    List.resize(count());
    for (StringId &Id : List)
      string(Id);
  }

  template <typename Row> void rows(std::vector<Row> &Rows) {
    std::size_t Count = count();
    if constexpr (std::is_trivially_copyable_v<Row>) // else a row is much larger than its bytes
      Rows.reserve(Count);
    for (std::size_t I = 0; I < Count && !Failed; ++I) {
      Row R{};
      layout(*this, R);
      if (!Failed)
        Rows.push_back(std::move(R));
    }
    know(Rows);
  }
  template <typename T> void lists(ListTable<T> &Table) {
    std::size_t Count = count();
    std::vector<T> List;
    for (std::size_t I = 0; I < Count && !Failed; ++I) {
      list(List);
      Table.append(List);
    }
    know(Table);
  }
  void strings(StringTable &Table) {
    std::vector<std::uint32_t> Lengths(count());
    std::uint64_t Sum = 0;
    for (std::uint32_t &Length : Lengths) {
      number(Length);
      Sum += Length;
    }
    if (Failed || Sum > left())
      return void(fail());
    Table.adopt({reinterpret_cast<const char *>(Next), static_cast<std::size_t>(Sum)}, Lengths);
    Next += Sum;
    Strings = Table.size();
  }
  void facts(Facts &F) {
    Functions = Slots = 0;
    AtomSets = ArgumentLists = Nests = 1;
    strings(F.Strings);
    layoutRows(*this, F);
    F.reindex();
  }

private:
  std::size_t left() const { return static_cast<std::size_t>(End - Next); }
  std::uint32_t fail() {
    Failed = true;
    Next = End;
    return 0;
  }
  std::uint64_t raw() {
    std::uint64_t N = 0;
    for (unsigned Shift = 0; Next != End && Shift < 64; Shift += 7) {
      std::uint8_t Byte = *Next++;
      N |= std::uint64_t(Byte & 0x7f) << Shift;
      if (Byte < 0x80)
        return N;
    }
    return fail();
  }
  std::uint64_t below(std::uint64_t Limit) {
    std::uint64_t N = raw();
    return N < Limit ? N : fail();
  }
  std::uint32_t row(std::size_t Rows) { return static_cast<std::uint32_t>(below(Rows)); }
  /// Of things that take at least a byte each.
  std::size_t count() {
    std::uint64_t N = raw();
    return N <= left() ? static_cast<std::size_t>(N) : fail();
  }
  std::uint32_t added(std::uint32_t Before, std::uint64_t Zigzag) {
    std::uint64_t D = (Zigzag >> 1) ^ (~(Zigzag & 1) + 1);
    std::uint64_t Now = Before + D;
    return Now <= std::numeric_limits<std::uint32_t>::max() ? static_cast<std::uint32_t>(Now)
                                                            : fail();
  }

  void item(Atom &A) { atom(A); }
  void item(std::uint32_t &Set) { Set = row(AtomSets); }
  void item(std::uint16_t &N) { number(N); }
  void item(model::Parameter &P) { choice(P, model::Parameter::Other); }
  template <typename T> void list(std::vector<T> &List) {
    List.assign(count(), T());
    for (T &Item : List)
      item(Item);
  }

  template <typename T> void know(const T &) {}
  void know(const std::vector<Function> &Rows) { Functions = Rows.size(); }
  void know(const std::vector<Slot> &Rows) { Slots = Rows.size(); }
  void know(const ListTable<Atom> &Table) { AtomSets = Table.size(); }
  void know(const ListTable<std::uint32_t> &Table) { ArgumentLists = Table.size(); }
  void know(const ListTable<std::uint16_t> &Table) { Nests = Table.size(); }

  const std::uint8_t *Next, *End;
  bool Failed = false;
  /// How many rows each table has.
  std::size_t Strings = 1, Functions = 0, Slots = 0, AtomSets = 1, ArgumentLists = 1, Nests = 1;
  Place Last;
  FunctionId LastCaller = 0;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_ROWREADER_H
