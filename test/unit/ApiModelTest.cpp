//===- ApiModelTest.cpp - look-ups in the models ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/ApiModel.h"

#include <gtest/gtest.h>

#include <set>

using namespace nettune::model;

namespace {

Entry entry(std::vector<std::string> Functions, std::string Source) {
  Entry E;
  E.R = Role::Blocking;
  E.Functions = std::move(Functions);
  E.Source = std::move(Source);
  return E;
}

std::vector<std::string> sources(const std::vector<const Entry *> &Entries) {
  std::vector<std::string> Sources;
  for (const Entry *E : Entries)
    Sources.push_back(E->Source);
  return Sources;
}

using List = std::vector<std::string>;

} // namespace

TEST(ApiModel, ExactNameOnly) {
  ApiModel Model;
  Model.add({"lib", {}, {entry({"lib::wait", "getaddrinfo"}, "one")}});
  EXPECT_EQ(sources(Model.function("lib::wait")), List{"one"});
  EXPECT_EQ(sources(Model.function("getaddrinfo")), List{"one"});
  EXPECT_TRUE(Model.function("wait").empty());
  EXPECT_TRUE(Model.function("other::lib::wait").empty());
  EXPECT_TRUE(Model.function("lib::wait_for").empty());
  EXPECT_TRUE(Model.function("").empty());
}

TEST(ApiModel, AnyNamespaceMatchesWholeComponents) {
  ApiModel Model;
  Model.add({"lib", {}, {entry({"*::server::send"}, "one")}});
  EXPECT_EQ(sources(Model.function("server::send")), List{"one"});
  EXPECT_EQ(sources(Model.function("a::server::send")), List{"one"});
  EXPECT_EQ(sources(Model.function("a::b::server::send")), List{"one"});
  EXPECT_TRUE(Model.function("send").empty());
  EXPECT_TRUE(Model.function("webserver::send").empty());
  EXPECT_TRUE(Model.function("server::resend").empty());
  EXPECT_TRUE(Model.function("server::send::now").empty());
}

TEST(ApiModel, PackOrderThenFileOrder) {
  ApiModel Model;
  Model.add({"first", {}, {entry({"*::C::f"}, "1"), entry({"n::C::f"}, "2")}});
  Model.add({"second", {}, {entry({"n::C::f"}, "3"), entry({"*::n::C::f"}, "4")}});
  EXPECT_EQ(sources(Model.function("n::C::f")), (List{"1", "2", "3", "4"}));
  EXPECT_EQ(sources(Model.function("C::f")), List{"1"});
}

TEST(ApiModel, EntryWithTwoMatchingNamesIsFoundOnce) {
  ApiModel Model;
  Model.add({"lib", {}, {entry({"*::C::f", "n::C::f", "*::n::C::f"}, "1")}});
  EXPECT_EQ(sources(Model.function("n::C::f")), List{"1"});
}

TEST(ApiModel, FunctionsFieldsAndTypesAreApart) {
  Entry E = entry({"n::f"}, "1");
  E.Fields = {"n::C::callback"};
  E.Types = {"n::task", "*::future"};
  ApiModel Model;
  Model.add({"lib", {}, {E}});
  EXPECT_EQ(Model.field("n::C::callback").size(), 1u);
  EXPECT_EQ(Model.type("n::task").size(), 1u);
  EXPECT_EQ(Model.type("any::future").size(), 1u);
  EXPECT_EQ(Model.type("future").size(), 1u);
  EXPECT_TRUE(Model.function("n::C::callback").empty());
  EXPECT_TRUE(Model.field("n::f").empty());
  EXPECT_TRUE(Model.type("n::f").empty());
}

TEST(ApiModel, StaysValidWhenMovedAndGrown) {
  ApiModel Model;
  Model.add({"lib", {}, {entry({"n::f"}, "1")}});
  ApiModel Moved = std::move(Model);
  for (int I = 0; I < 1000; ++I)
    Moved.add({"more", {}, {entry({"n::g"}, "2")}});
  EXPECT_EQ(sources(Moved.function("n::f")), List{"1"});
  EXPECT_EQ(Moved.function("n::g").size(), 1000u);
  EXPECT_EQ(Moved.function("n::f")[0]->Library, "lib");
}

TEST(ApiModel, ConditionNamesMatchAsEntriesDo) {
  EXPECT_TRUE(matchesName("a::b", "a::b"));
  EXPECT_FALSE(matchesName("a::b", "x::a::b"));
  EXPECT_TRUE(matchesName("*::b", "b"));
  EXPECT_TRUE(matchesName("*::b", "a::b"));
  EXPECT_FALSE(matchesName("*::b", "ab"));
}

TEST(ApiModel, EachRoleAndCategoryHasItsOwnWords) {
  std::set<std::string_view> Roles, Names, Reasons;
  for (int R = 0; R <= static_cast<int>(Role::Accepts); ++R)
    EXPECT_TRUE(Roles.insert(roleName(static_cast<Role>(R))).second);
  for (int C = 0; C <= static_cast<int>(Category::Lock); ++C) {
    EXPECT_TRUE(Names.insert(categoryName(static_cast<Category>(C))).second);
    EXPECT_TRUE(Reasons.insert(categoryReason(static_cast<Category>(C))).second);
  }
  EXPECT_FALSE(Roles.count("") || Names.count("") || Reasons.count(""));
  EXPECT_EQ(roleName(Role::HandlerCoroutines), "handlerCoroutines");
  EXPECT_EQ(categoryName(Category::Dns), "dns");
  EXPECT_EQ(categoryReason(Category::Dns), "a name server");
}
