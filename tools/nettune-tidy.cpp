//===- nettune-tidy.cpp - clang-tidy with the module inside ---------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <clang-tidy/tool/ClangTidyMain.h>

int main(int argc, const char **argv) { return clang::tidy::clangTidyMain(argc, argv); }
