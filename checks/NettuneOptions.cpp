//===- NettuneOptions.cpp -------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NettuneOptions.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FileSystem.h>

namespace clang::tidy::nettune {
namespace model = ::nettune::model;
namespace {

/// Reads options one by one and collects what is wrong with them.
class Reader {
public:
  Reader(const ClangTidyOptions::OptionMap &Map, std::vector<std::string> &Errors)
      : Map(Map), Errors(Errors) {}

  void text(llvm::StringRef Key, std::string &Out) {
    if (auto Value = find(Key))
      Out = Value->str();
  }
  void number(llvm::StringRef Key, unsigned Least, unsigned &Out) {
    auto Value = find(Key);
    unsigned Number = 0;
    if (!Value)
      return;
    if (Value->getAsInteger(10, Number) || Number < Least)
      return wrong(Key, *Value, "a number of at least " + llvm::utostr(Least));
    Out = Number;
  }
  void flag(llvm::StringRef Key, bool &Out) {
    auto Value = find(Key);
    if (!Value)
      return;
    if (*Value != "true" && *Value != "false")
      return wrong(Key, *Value, "true or false");
    Out = *Value == "true";
  }
  void workload(llvm::StringRef Key, std::string &Out) {
    auto Value = find(Key);
    if (!Value)
      return;
    const model::Reference &Known = model::builtInReference();
    if (Known.workload(Value->str())) {
      Out = Value->str();
      return;
    }
    std::vector<llvm::StringRef> Names;
    for (const model::Workload &W : Known.Workloads)
      Names.push_back(W.Name);
    wrong(Key, *Value, "one of " + llvm::join(Names, ", "));
  }

private:
  std::optional<llvm::StringRef> find(llvm::StringRef Key) const {
    auto It = Map.find(("nettune." + Key).str());
    if (It == Map.end())
      return std::nullopt;
    return It->getValue().Value;
  }
  void wrong(llvm::StringRef Key, llvm::StringRef Value, const std::string &Wanted) {
    Errors.push_back(
        ("option 'nettune." + Key + "' is '" + Value + "'; it takes " + Wanted).str());
  }

  const ClangTidyOptions::OptionMap &Map;
  std::vector<std::string> &Errors;
};

} // namespace

NettuneOptions NettuneOptions::read(const ClangTidyOptions::OptionMap &Map,
                                    std::vector<std::string> &Errors) {
  NettuneOptions O;
  Reader R(Map, Errors);
  R.workload("Workload", O.Workload);
  R.number("TargetCores", 1, O.TargetCores);
  R.number("TypicalMessageBytes", 0, O.TypicalMessageBytes);
  R.number("MinCopyBytes", 0, O.MinCopyBytes);
  R.text("Models", O.Models);
  R.text("Index", O.Index);
  R.text("GuideUrl", O.GuideUrl);
  R.number("MaxPathNotes", 0, O.MaxPathNotes);
  R.flag("ReportMayBlock", O.ReportMayBlock);
  R.flag("AllowCastToVoid", O.AllowCastToVoid);
  return O;
}

void NettuneOptions::store(ClangTidyOptions::OptionMap &Map) const {
  auto Set = [&](llvm::StringRef Key, llvm::StringRef Value) {
    Map.insert_or_assign(("nettune." + Key).str(), ClangTidyOptions::ClangTidyValue(Value));
  };
  Set("Workload", Workload);
  Set("TargetCores", llvm::utostr(TargetCores));
  Set("TypicalMessageBytes", llvm::utostr(TypicalMessageBytes));
  Set("MinCopyBytes", llvm::utostr(MinCopyBytes));
  Set("Models", Models);
  Set("Index", Index);
  Set("GuideUrl", GuideUrl);
  Set("MaxPathNotes", llvm::utostr(MaxPathNotes));
  Set("ReportMayBlock", ReportMayBlock ? "true" : "false");
  Set("AllowCastToVoid", AllowCastToVoid ? "true" : "false");
}

std::vector<std::string> NettuneOptions::modelFiles() const {
  llvm::SmallVector<llvm::StringRef> Parts;
  llvm::StringRef(Models).split(Parts, ';', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  std::vector<std::string> Files;
  for (llvm::StringRef P : Parts)
    Files.push_back(P.trim().str());
  return Files;
}

bool NettuneOptions::savesReadBuffers() const {
  const model::Workload *Known = model::builtInReference().workload(Workload);
  return Known && Known->onlyLimits("receive_buffer_size");
}

std::string NettuneOptions::guideLink(llvm::StringRef Anchor) const {
  std::string Base = GuideUrl;
  if (Base.empty())
    Base = llvm::sys::fs::exists(NETTUNE_INSTALLED_GUIDE) ? "file://" NETTUNE_INSTALLED_GUIDE
                                                          : "docs/PERFORMANCE_TUNING.md";
  return Base + "#" + Anchor.str();
}

} // namespace clang::tidy::nettune
