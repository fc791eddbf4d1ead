//===- LlvmVersion.h - where LLVM releases differ ---------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The same sources compile against LLVM 19 and 22; what differs stands here.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_LLVMVERSION_H
#define NETTUNE_LLVMVERSION_H

#include <clang/Basic/Version.h>

#include <clang-tidy/ClangTidyModule.h>
#if CLANG_VERSION_MAJOR < 22
#include <clang-tidy/ClangTidyModuleRegistry.h>
#endif

#endif // NETTUNE_LLVMVERSION_H
