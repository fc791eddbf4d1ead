//===- Baseline.cpp -------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Baseline.h"

#include "Dates.h"

#include "model/JsonTree.h"
#include "summary/AtomicFile.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FormatVariadic.h>
#include <llvm/Support/JSON.h>
#include <llvm/Support/MemoryBuffer.h>

namespace nettune::cli {
using model::JsonNode;

static constexpr std::int64_t Version = 1;

std::string usualBaseline(const std::string &Root) { return Root + "/.nettune-baseline.json"; }

namespace {

bool isFingerprint(llvm::StringRef Text) {
  return Text.size() == 16 && llvm::all_of(Text, [](char C) { return llvm::isDigit(C) || (C >= 'a' && C <= 'f'); });
}

class Reader {
public:
  Reader(const std::string &File, llvm::StringRef Text) : File(File), Text(Text) {}

  llvm::Expected<Baseline> read() {
    model::JsonError Broken;
    auto Root = model::parseJson({Text.data(), Text.size()}, Broken);
    if (!Root)
      return wrong(Broken.Offset, Text.trim().empty() ? "it is empty; 'nettune baseline create' writes one" : Broken.Message);
    const JsonNode *Number = Root->member("version"), *List = Root->member("accepted");
    if (!Number || Number->K != JsonNode::Kind::Integer)
      return wrong(Root->Offset, "no baseline: an object with \"version\" and \"accepted\" is expected");
    if (Number->Integer != Version)
      return wrong(Number->Offset, "a baseline of version " + std::to_string(Number->Integer) + "; this nettune reads version " +
                                       std::to_string(Version));
    if (!List || List->K != JsonNode::Kind::Array)
      return wrong(Root->Offset, "\"accepted\" is no list");
    Baseline B;
    for (const JsonNode &Entry : List->Children)
      if (llvm::Error E = take(Entry, B))
        return std::move(E);
    return B;
  }

private:
  llvm::Error wrong(std::size_t Offset, const std::string &What) const {
    llvm::StringRef Before = Text.take_front(Offset);
    std::size_t Break = Before.rfind('\n');
    std::size_t Column = Break == llvm::StringRef::npos ? Before.size() : Before.size() - Break - 1;
    return llvm::createStringError(llvm::formatv("{0}:{1}:{2}: error: {3}", File, Before.count('\n') + 1, Column + 1, What).str());
  }

  llvm::Error take(const JsonNode &Entry, Baseline &B) {
    if (Entry.K != JsonNode::Kind::Object)
      return wrong(Entry.Offset, "an entry must be an object");
    AcceptedFinding A;
    struct Field {
      const char *Name;
      std::string &Value;
      bool Required;
    };
    const Field Fields[] = {{"fingerprint", A.Fingerprint, true}, {"check", A.Check, true}, {"file", A.File, true},
                            {"function", A.Function, false},      {"text", A.Text, true},   {"reason", A.Reason, true},
                            {"expires", A.Expires, false}};
    for (const JsonNode &Member : Entry.Children) {
      const Field *F = llvm::find_if(Fields, [&](const Field &F) { return Member.Key == F.Name; });
      if (F == std::end(Fields))
        return wrong(Member.KeyOffset, "unknown field \"" + Member.Key + "\"");
      if (Member.K != JsonNode::Kind::String)
        return wrong(Member.Offset, "\"" + Member.Key + "\" must be a string");
      F->Value = Member.String;
    }
    for (const Field &F : Fields)
      if (F.Required && !Entry.member(F.Name))
        return wrong(Entry.Offset, std::string("the entry has no \"") + F.Name + "\"");
    if (!isFingerprint(A.Fingerprint))
      return wrong(Entry.member("fingerprint")->Offset, "a fingerprint has 16 hexadecimal digits");
    if (!A.Expires.empty() && !isDate(A.Expires))
      return wrong(Entry.member("expires")->Offset, "'" + A.Expires + "' is no date such as 2027-01-31");
    if (B.find(A.Fingerprint))
      return wrong(Entry.member("fingerprint")->Offset, "fingerprint " + A.Fingerprint + " is here twice");
    B.Entries.push_back(std::move(A));
    return llvm::Error::success();
  }

  const std::string &File;
  llvm::StringRef Text;
};

} // namespace

llvm::Expected<Baseline> Baseline::read(const std::string &File) {
  auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/true);
  if (!Buffer)
    return llvm::createStringError(File + ": error: " + Buffer.getError().message());
  return Reader(File, (*Buffer)->getBuffer()).read();
}

llvm::Error Baseline::write(const std::string &File) const {
  std::vector<const AcceptedFinding *> Sorted;
  for (const AcceptedFinding &A : Entries)
    Sorted.push_back(&A);
  llvm::sort(Sorted, [](const AcceptedFinding *A, const AcceptedFinding *B) {
    auto Key = [](const AcceptedFinding *F) { return std::tie(F->Check, F->File, F->Function, F->Text, F->Fingerprint); };
    return Key(A) < Key(B);
  });
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  llvm::json::OStream J(Out, 2);
  auto Put = [&](llvm::StringRef Key, const std::string &Value) { J.attribute(Key, llvm::json::fixUTF8(Value)); };
  J.object([&] {
    J.attribute("version", Version);
    J.attributeArray("accepted", [&] {
      for (const AcceptedFinding *A : Sorted)
        J.object([&] {
          Put("fingerprint", A->Fingerprint);
          Put("check", A->Check);
          Put("file", A->File);
          if (!A->Function.empty())
            Put("function", A->Function);
          Put("text", A->Text);
          Put("reason", A->Reason);
          if (!A->Expires.empty())
            Put("expires", A->Expires);
        });
    });
  });
  Out << "\n";
  return summary::writeOutput(File, Text);
}

const AcceptedFinding *Baseline::find(llvm::StringRef Fingerprint) const {
  auto It = llvm::find_if(Entries, [&](const AcceptedFinding &A) { return A.Fingerprint == Fingerprint; });
  return It == Entries.end() ? nullptr : &*It;
}

AcceptedFinding accepted(const ReportedFinding &F, const std::string &Reason) {
  return {F.Fingerprint, F.Check, F.Where.File, F.Function, F.Text, Reason, ""};
}

BaselineUse apply(const Baseline &B, Analysis &A, const std::string &Today) {
  A.Compared = true;
  llvm::StringMap<const AcceptedFinding *> Left;
  for (const AcceptedFinding &Entry : B.Entries)
    Left[Entry.Fingerprint] = &Entry;
  BaselineUse Use;
  for (ReportedFinding &F : A.Findings) {
    auto Found = Left.find(F.Fingerprint);
    if (Found == Left.end())
      continue;
    const AcceptedFinding &Entry = *Found->second;
    if (!Entry.Expires.empty() && Entry.Expires < Today) {
      Use.Expired.push_back(Entry);
      F.Is = State::New; // also where a base has it
    } else {
      F.Is = State::Accepted;
      F.Reason = Entry.Reason;
    }
    Left.erase(Found);
  }
  for (const AcceptedFinding &Entry : B.Entries)
    if (Left.contains(Entry.Fingerprint))
      Use.Stale.push_back(Entry);
  return Use;
}

} // namespace nettune::cli
