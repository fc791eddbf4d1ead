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

#include <clang-tidy/ClangTidyDiagnosticConsumer.h>

namespace clang::tidy::nettune {

/// An engine that gives diagnostics to \p Consumer, which stays the caller's.
class OwnDiagnostics {
public:
#if CLANG_VERSION_MAJOR < 22
  explicit OwnDiagnostics(DiagnosticConsumer &Consumer)
      : Options(new DiagnosticOptions()), Engine(new DiagnosticIDs(), Options, &Consumer, /*ShouldOwnClient=*/false) {}
#else
  explicit OwnDiagnostics(DiagnosticConsumer &Consumer)
      : Options(std::make_unique<DiagnosticOptions>()),
        Engine(DiagnosticIDs::create(), *Options, &Consumer, /*ShouldOwnClient=*/false) {}
#endif
  DiagnosticsEngine &engine() { return Engine; }

protected:
#if CLANG_VERSION_MAJOR < 22
  IntrusiveRefCntPtr<DiagnosticOptions> Options;
#else
  std::unique_ptr<DiagnosticOptions> Options;
#endif
  DiagnosticsEngine Engine;
};

/// The engine through which a run of clang-tidy's library gives out diagnostics.
class TidyDiagnostics : OwnDiagnostics {
public:
  TidyDiagnostics(ClangTidyContext &Context, DiagnosticConsumer &Consumer) : OwnDiagnostics(Consumer) {
#if CLANG_VERSION_MAJOR < 22
    Context.setDiagnosticsEngine(&Engine);
#else
    Context.setDiagnosticsEngine(std::move(Options), &Engine);
#endif
  }
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_LLVMVERSION_H
