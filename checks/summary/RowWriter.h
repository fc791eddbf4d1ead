//===- RowWriter.h - rows to bytes ------------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Numbers take seven bits a byte, small ones one byte. Places and callers are
// written as the difference to the one before, which is small: rows stand in the
// order of the source.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_ROWWRITER_H
#define NETTUNE_SUMMARY_ROWWRITER_H

#include "summary/Layout.h"

namespace nettune::summary {

class RowWriter {
public:
  std::string take() { return std::move(Out); }

  void number(std::uint64_t N) {
    for (; N >= 0x80; N >>= 7)
      Out.push_back(static_cast<char>(N | 0x80));
    Out.push_back(static_cast<char>(N));
  }
  void flag(bool B) { number(B); }
  template <typename Enum> void choice(Enum Value, Enum) { number(static_cast<unsigned>(Value)); }
  void words(llvm::StringRef Text) {
    number(Text.size());
    Out += Text;
  }
  void texts(const std::vector<std::string> &Texts) {
    number(Texts.size());
    for (const std::string &Text : Texts)
      words(Text);
  }

  void string(StringId Id) { number(Id); }
  void function(FunctionId F) { number(F); }
  void slot(SlotId S) { number(S); }
  void targets(std::uint32_t List) { number(List); }
  void arguments(std::uint32_t List) { number(List); }
  void nest(std::uint32_t List) { number(List); }
  void caller(FunctionId F) {
    difference(F, LastCaller);
    LastCaller = F;
  }
  void atom(Atom A) { number(std::uint64_t(A.Id) << 1 | A.IsSlot); }
  void place(Place P) {
    bool OtherFile = P.File != Last.File;
    std::uint64_t Lines = zigzag(P.Line, OtherFile ? 0 : Last.Line);
    number(Lines << 1 | OtherFile);
    if (OtherFile)
      number(P.File);
    number(P.Column);
    Last = P;
  }

  void atoms(const AtomSet &Set) { list<Atom>(Set); }
  void loops(const LoopNest &Nest) { list<std::uint16_t>(Nest); }
  void parameters(const std::vector<model::Parameter> &List) { list<model::Parameter>(List); }
  void keys(const ClassKeys &List) {
    number(List.size());
    for (StringId Id : List)
      string(Id);
  }

  template <typename Row> void rows(const std::vector<Row> &Rows) {
    number(Rows.size());
    for (Row R : Rows) // a copy: layout() takes what it may change
      layout(*this, R);
  }
  template <typename T> void lists(const ListTable<T> &Table) {
    number(Table.size() - 1);
    for (std::uint32_t I = 1; I < Table.size(); ++I)
      list<T>(Table[I]);
  }
  void strings(const StringTable &Table) {
    number(Table.size() - 1);
    for (StringId I = 1; I < Table.size(); ++I)
      number(Table[I].size());
    for (StringId I = 1; I < Table.size(); ++I)
      Out += Table[I];
  }
  void facts(const Facts &F) {
    strings(F.Strings);
    // Only read here; one description serves those who change the rows, too.
    layoutRows(*this, const_cast<Facts &>(F));
  }

private:
  void item(Atom A) { atom(A); }
  void item(std::uint32_t N) { number(N); }
  void item(std::uint16_t N) { number(N); }
  void item(model::Parameter P) { number(static_cast<unsigned>(P)); }
  template <typename T> void list(llvm::ArrayRef<T> List) {
    number(List.size());
    for (T Item : List)
      item(Item);
  }
  /// Small for small differences of either sign.
  static std::uint64_t zigzag(std::uint32_t Now, std::uint32_t Before) {
    auto D = static_cast<std::int64_t>(Now) - static_cast<std::int64_t>(Before);
    return (static_cast<std::uint64_t>(D) << 1) ^ static_cast<std::uint64_t>(D >> 63);
  }
  void difference(std::uint32_t Now, std::uint32_t Before) { number(zigzag(Now, Before)); }

  std::string Out;
  Place Last;
  FunctionId LastCaller = 0;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_ROWWRITER_H
