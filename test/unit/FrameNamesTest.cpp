//===- FrameNamesTest.cpp -------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FrameNames.h"

#include <gtest/gtest.h>

namespace nettune::cli {
namespace {

TEST(FrameNames, ParametersTemplateArgumentsAndResultsAreNoPartOfIt) {
  for (const char *Frame : {"chat::room::say", "chat::room::say(std::string const&)", "chat::room::say(std::vector<int>) const", "void chat::room<int>::say<char>(char)",
                            "std::vector<a::b, std::less<a> > chat::room::say<std::ratio<1l, 1000l> >(int (*)(int))", "chat::(anonymous namespace)::room::say(int)",
                            "chat::room::say[abi:cxx11](int)", "_ZN4chat4room3sayEi", "decltype(auto) chat::room::say<int>(int) &&"})
    EXPECT_EQ(frameName(Frame), "chat::room::say") << Frame;
}

TEST(FrameNames, WhatToolsWriteBehindNames) {
  for (const char *Frame : {"a::f (inlined)", "a::f+0x1f", "a::f+18", "a::f(int)+0x1f (/usr/lib/my lib.so)", "a::f_[k]", "a::f_[i]", "a::f(int) [clone .isra.0]", "a::f(int) [clone .cold] [clone .part.3]",
                            "_ZN1a1fEi.cold", "_ZN1a1fEi.isra.0+0x3", "a::f ([kernel.kallsyms])", "a::f(int) const (inlined)"})
    EXPECT_EQ(frameName(Frame), "a::f") << Frame;
  EXPECT_EQ(frameName("getaddrinfo@@GLIBC_2.2.5"), "getaddrinfo");
  EXPECT_EQ(frameName("poll@plt"), "poll");
}

TEST(FrameNames, LambdasAreOnes) {
  for (const char *Frame : {"a::f()::{lambda(std::error_code, unsigned long)#1}::operator()(std::error_code, unsigned long) const", "a::f(int)::'lambda'(int)::operator()(int) const",
                            "a::f(int)::'lambda0'(int)::operator()(int) const", "a::f::$_0::operator() (inlined)", "a::f()::<lambda(int)>::operator()", "a::f()::{lambda(auto:1)#2}::_FUN(int)",
                            "auto a::f()::{lambda(auto:1)#1}::operator()<int>(int) const", "a::f()::{lambda()#1}::operator()() const::{lambda(int)#2}::operator()(int) const"})
    EXPECT_EQ(frameName(Frame), "a::f::{lambda}") << Frame;
  EXPECT_EQ(frameName("std::_Function_handler<void (int), a::f()::{lambda(int)#1}>::_M_invoke(std::_Any_data const&, int&&)"), "std::_Function_handler::_M_invoke");
  EXPECT_EQ(frameNameOfNote("the lambda in 'a::f'"), "a::f::{lambda}");
  EXPECT_EQ(frameNameOfNote("the lambda in 'file scope'"), "{lambda}");
  EXPECT_EQ(frameNameOfNote("'a::f()::(lambda)'"), "a::f::{lambda}");
  EXPECT_EQ(frameNameOfNote("'a::f()::local::run'"), "a::f::local::run");
}

TEST(FrameNames, Operators) {
  EXPECT_EQ(frameName("a::b::operator()(int) const"), "a::b::operator()");
  EXPECT_EQ(frameName("std::operator<< <char, std::char_traits<char> >(std::ostream&)"), "std::operator<<");
  EXPECT_EQ(frameName("a::operator<(a::b const&, a::b const&)"), "a::operator<");
  EXPECT_EQ(frameName("a::p<int>::operator->() const"), "a::p::operator->");
  EXPECT_EQ(frameName("operator new(unsigned long)"), "operator new");
  EXPECT_EQ(frameName("a::b::operator bool() const"), "a::b::operator bool");
  EXPECT_EQ(frameName("a::operator_of(int)"), "a::operator_of");
}

TEST(FrameNames, AnyBytes) {
  for (const char *Frame : {"", " ", "<", ">", "((", "{lambda", "'lambda", "operator", "operator<", "$_", "[unknown]", "a::", "::", "_Z", "_Znonsense", "a<b", "+", "\xff\xfe", "(/x)", "_[k]", " (", "("})
    frameName(Frame);
  EXPECT_EQ(frameName("a<b"), "a");
}

TEST(FrameNames, Apis) {
  EXPECT_TRUE(isFrameOfApi("std::this_thread::sleep_for", "std::this_thread::sleep_for"));
  EXPECT_TRUE(isFrameOfApi("std::basic_ofstream::basic_ofstream", "std::ofstream"));
  EXPECT_TRUE(isFrameOfApi("__GI___nanosleep", "nanosleep"));
  EXPECT_TRUE(isFrameOfApi("__libc_write", "write"));
  EXPECT_TRUE(isFrameOfApi("__GI___libc_write", "write"));
  EXPECT_FALSE(isFrameOfApi("std::this_thread::sleep_for_ever", "std::this_thread::sleep_for"));
  EXPECT_FALSE(isFrameOfApi("my::write", "write"));
  EXPECT_FALSE(isFrameOfApi("rewrite", "write"));
  EXPECT_FALSE(isFrameOfApi("", "write"));
}

} // namespace
} // namespace nettune::cli
