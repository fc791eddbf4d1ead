//===- NameSplit.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/NameSplit.h"

#include <llvm/ADT/Twine.h>

namespace nettune::summary {

/// Of what stands in a lambda: the function around the outermost one.
static llvm::StringRef outermost(llvm::StringRef FunctionKey) {
  return FunctionKey.take_front(FunctionKey.find("/lambda#"));
}

/// The USR of a method's class; empty for other functions.
static llvm::StringRef classOfMethod(llvm::StringRef FunctionKey) {
  llvm::StringRef Key = outermost(FunctionKey);
  std::size_t Method = Key.rfind("@F@");
  if (Method == llvm::StringRef::npos)
    return {};
  llvm::StringRef Class = Key.take_front(Method);
  // "c:@N@app@S@Server": what the last name is the name of stands before it.
  llvm::StringRef Kind = Class.rsplit('@').first.rsplit('@').second;
  return Kind.starts_with("S") || Kind.starts_with("U") ? Class : llvm::StringRef();
}

static llvm::StringRef classOfField(llvm::StringRef SlotKey) {
  return SlotKey.drop_front().rsplit('.').first;
}

/// "l<function>:name:line:column"
static llvm::StringRef functionOfLocal(llvm::StringRef SlotKey) {
  return SlotKey.drop_front().rsplit(':').first.rsplit(':').first.rsplit(':').first;
}

static bool isMain(llvm::StringRef FunctionKey) {
  return FunctionKey.consume_front("c:@F@main") &&
         (FunctionKey.empty() || FunctionKey.starts_with("#"));
}

void NameSplit::see(const Facts &Tu, llvm::ArrayRef<StringId> Ids, llvm::StringRef MainFile) {
  for (const Function &F : Tu.Functions) {
    bool HasBody = F.has(Function::HasBody);
    Places &P = Known[Ids[F.Key]];
    if (P.HasBody && !HasBody)
      continue;
    StringId File = Ids[F.Where.File];
    if (!P.Seen || (HasBody && !P.HasBody))
      P = {File, F.Where.Line, /*Seen=*/true, HasBody, /*Several=*/false};
    else if (P.File != File || P.Line != F.Where.Line)
      P.Several = true;
    llvm::StringRef Key = Tu.text(F.Key);
    if (HasBody && isMain(Key) && Mains.try_emplace(Key, MainFile.str()).first->second != MainFile)
      P.Several = true;
  }
}

void NameSplit::decide() {
  for (StringId Key = 0; Key < Known.size(); ++Key) {
    if (!Known[Key].Several)
      continue;
    llvm::StringRef Text = Strings[Key], Class = classOfMethod(Text);
    if (!Known[Key].HasBody) {
      if (!Class.empty())
        Declared.insert(Text);
      continue;
    }
    Split.insert(Text);
    if (!Class.empty())
      Classes.insert(Class);
  }
}

void NameSplit::seeClasses(const Facts &Tu) {
  if (Classes.empty())
    return;
  llvm::StringSet<> Mentioned, Held;
  for (const Function &F : Tu.Functions) {
    llvm::StringRef Class = classOfMethod(Tu.text(F.Key));
    if (!Classes.contains(Class))
      continue;
    Mentioned.insert(Class);
    if (!Split.contains(Tu.text(F.Key)))
      continue;
    if (F.has(Function::HasBody))
      Held.insert(Class);
    else
      Shared.insert(Class);
  }
  for (const Slot &S : Tu.Slots)
    if (S.K == Slot::Kind::Field && Classes.contains(classOfField(Tu.text(S.Key))))
      Mentioned.insert(classOfField(Tu.text(S.Key)));
  for (const auto &Class : Mentioned)
    if (!Held.contains(Class.getKey()))
      Shared.insert(Class.getKey());
}

NameSplit::View::View(const NameSplit &All, const Facts &Tu, llvm::StringRef MainFile)
    : All(All), Tu(Tu), Suffix(("|" + MainFile).str()) {
  if (All.Split.empty())
    return;
  for (const Function &F : Tu.Functions)
    if (llvm::StringRef Key = Tu.text(F.Key); F.has(Function::HasBody) && All.Split.contains(Key)) {
      Held.insert(Key);
      if (llvm::StringRef Class = classOfMethod(Key); !Class.empty())
        HeldClasses.insert(Class);
    }
}

bool NameSplit::View::isOwnClass(llvm::StringRef Class) const {
  return HeldClasses.contains(Class) && !All.Shared.contains(Class);
}

std::string NameSplit::View::function(const Function &F) const {
  llvm::StringRef Key = Tu.text(F.Key);
  if (All.Declared.contains(Key))
    return (Key + "|" + Tu.text(F.Where.File)).str();
  if (Held.contains(outermost(Key)) || isOwnClass(classOfMethod(Key)))
    return Key.str() + Suffix;
  return Key.str();
}

std::string NameSplit::View::slot(const Slot &S) const {
  llvm::StringRef Key = Tu.text(S.Key);
  bool Own = false;
  if (S.K == Slot::Kind::Field)
    Own = isOwnClass(classOfField(Key));
  else if (Key.starts_with("l"))
    Own = Held.contains(outermost(functionOfLocal(Key)));
  else
    Own = Held.contains(("init:" + Key.drop_front()).str());
  return Own ? Key.str() + Suffix : Key.str();
}

} // namespace nettune::summary
