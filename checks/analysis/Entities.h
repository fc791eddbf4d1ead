//===- Entities.h - identity of declarations --------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From declarations of one AST to rows of its Facts. The rule of identity
// (docs/ARCHITECTURE.md): an externally visible function is its USR; one with
// internal linkage is its file and USR; a lambda is the function around it and
// its ordinal there, so that lines added above change nothing.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_ENTITIES_H
#define NETTUNE_ANALYSIS_ENTITIES_H

#include "summary/Facts.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/DeclCXX.h>
#include <clang/Basic/SourceManager.h>

namespace nettune::analysis {

class Entities {
public:
  /// Files under \p Root, an absolute path, are named relative to it; an empty
  /// root leaves names as the compiler was given them.
  Entities(clang::ASTContext &Ctx, summary::Facts &F, llvm::StringRef Root)
      : Ctx(Ctx), SM(Ctx.getSourceManager()), F(F), Root(Root) {}

  clang::ASTContext &context() const { return Ctx; }
  summary::Facts &facts() const { return F; }

  /// Declared, a class defined, in a system header: its body is nobody's concern here.
  bool isLibrary(const clang::Decl &D);
  bool isLibrary(clang::SourceLocation L) const;

  /// The function's row; of a method also whom it overrides. All call
  /// operators that a generic lambda was given are one function.
  summary::FunctionId function(const clang::FunctionDecl &Fn);
  /// What a virtual call of \p M may mean if the object is a \p Class, which inherits it:
  /// a function without a body that what \p Class inherits, and what its derived classes
  /// have, override.
  summary::FunctionId inherited(const clang::CXXMethodDecl &M, const clang::CXXRecordDecl &Class);
  /// The row of a function whose body was seen at \p Fn.
  summary::FunctionId define(const clang::FunctionDecl &Fn);
  /// The pseudo function that runs the initialiser of a variable or field.
  summary::FunctionId initializer(const clang::ValueDecl &D);

  summary::SlotId slot(const clang::ValueDecl &D);
  /// The identity of a variable or field.
  std::string slotKey(const clang::ValueDecl &D);

  /// The keys of the class and its bases in the project.
  summary::ClassKeys classes(const clang::CXXRecordDecl &R);

  /// The place of the text; macro arguments keep their place.
  summary::Place place(clang::SourceLocation L);

private:
  std::string key(const clang::FunctionDecl &Fn);
  std::string lambdaKey(const clang::CXXRecordDecl &Lambda);
  unsigned lambdaOrdinal(const clang::CXXRecordDecl &Lambda, const clang::FunctionDecl *Around);
  std::string usr(const clang::Decl &D);
  std::string usrInProgram(const clang::NamedDecl &D);
  summary::StringId file(llvm::StringRef Name);
  void describe(const clang::FunctionDecl &Fn, summary::FunctionId Id);
  void addBases(const clang::CXXRecordDecl &R, summary::ClassKeys &Keys, unsigned Depth);
  void addOverrides(const clang::CXXMethodDecl &M, summary::FunctionId Id);
  void addOverridden(const clang::CXXMethodDecl &M, summary::FunctionId Id, unsigned Depth);

  bool addInherited(const clang::CXXRecordDecl &R, const clang::CXXMethodDecl &Base, summary::FunctionId Id,
                    unsigned Depth);

  clang::ASTContext &Ctx;
  const clang::SourceManager &SM;
  summary::Facts &F;
  std::string Root;
  llvm::StringMap<summary::StringId> Files;
  llvm::DenseMap<const clang::Decl *, bool> Library;
  llvm::DenseMap<const clang::Decl *, summary::FunctionId> Known;
  llvm::DenseMap<std::pair<const clang::Decl *, const clang::Decl *>, summary::FunctionId> KnownInherited;
  llvm::DenseMap<const clang::Decl *, summary::SlotId> KnownSlots;
  llvm::DenseMap<const clang::Decl *, unsigned> LambdaOrdinals;
  llvm::DenseMap<const clang::Decl *, unsigned> LambdasOutside;
};

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_ENTITIES_H
