//===- CallFacts.h - what one call says -------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Turns calls, constructions and assignments of one function into facts:
// edges of the call graph, flows of callables, registrations, waits, leaves.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_CALLFACTS_H
#define NETTUNE_ANALYSIS_CALLFACTS_H

#include "analysis/CallableFlow.h"
#include "analysis/ConstantEval.h"
#include "analysis/ContextFacts.h"
#include "analysis/ParameterConditions.h"
#include "summary/TuSummary.h"

#include <llvm/ADT/SetVector.h>
#include <llvm/ADT/SmallPtrSet.h>

namespace nettune::analysis {

/// The parts of an extraction that all of a TU's functions share.
struct Extraction {
  Extraction(clang::ASTContext &Ctx, const model::ApiModel &Model, llvm::StringRef Root,
             summary::TuSummary &Tu)
      : E(Ctx, Tu.F, Root), Constants(Ctx), Models(Ctx, Model, Constants), Flow(E, Models),
        Contexts(E, Models, Tu.F), F(Tu.F), Local(Tu.Local) {}
  Entities E;
  ConstantEval Constants;
  ModelMatcher Models;
  CallableFlow Flow;
  ContextFacts Contexts;
  summary::Facts &F;
  summary::LocalFacts &Local;
  /// Constructors that the compiler wrote and somebody calls; nobody declares them.
  llvm::SetVector<const clang::CXXConstructorDecl *> Implicit;
  /// The number of each loop statement in the LoopNests of its function.
  llvm::DenseMap<const clang::Stmt *, std::uint16_t> LoopNumbers;
};

class CallFacts {
public:
  /// \p Fn is the function, or null for an initializer.
  CallFacts(Extraction &X, summary::FunctionId In, const clang::FunctionDecl *Fn)
      : Conditions(X.E.context(), Fn), X(X), F(X.F), Whole(In), In(In) {}

  void call(const clang::CallExpr &Call, const summary::LoopNest &Loops);
  void construct(const clang::CXXConstructExpr &C, const summary::LoopNest &Loops);
  /// A call that did not compile. Without this the handler that it registers
  /// would vanish without a word, so its name is looked at.
  void broken(const clang::RecoveryExpr &R);
  /// `Field = Value`, an initialiser included.
  void assign(const clang::ValueDecl &To, const clang::Expr &Value);
  void assign(const clang::Expr &To, const clang::Expr &Value);
  /// What the parameters of \p Fn hold if nothing is given.
  void defaults(const clang::FunctionDecl &Fn);
  /// An object of type \p T dies here; deleted \p ByPointer it may be of a derived class.
  void destroy(clang::QualType T, clang::SourceLocation L, const summary::LoopNest &Loops,
               bool ByPointer);
  /// What the destructor does after its body.
  void destroyParts(const clang::CXXRecordDecl &R, clang::SourceLocation L);
  /// A coroutine went on after it awaited that: what follows may run elsewhere.
  void resume(const clang::Expr &Awaited);
  /// To be called at the end of the function: what guards it calls is known only then.
  /// Null for an initializer.
  void finish(const clang::Stmt *Body);

  /// What the walk knows of the function's parameters where it stands.
  ParameterConditions Conditions;

private:
  struct Site {
    CallSite Call;
    summary::LoopNest Loops;
    summary::FunctionId In;
  };
  void callee(const Site &S);
  bool callThroughObject(const Site &S);
  bool storeIntoObject(const Site &S);
  void bindArguments(const Site &S);
  void askModels(const Site &S);
  void registerCallables(const Site &S, const model::Entry &M, model::Thread RunsOn);
  void addRegistration(summary::AtomSet Callables, model::Thread RunsOn, llvm::StringRef Api,
                       const Site &S, const model::Entry *M = nullptr);
  void spawn(const clang::CallExpr &Made, model::Thread RunsOn, llvm::StringRef Api, const Site &S,
             const model::Entry &M);
  void destroyRecord(const clang::CXXRecordDecl &R, clang::SourceLocation L,
                     const summary::LoopNest &Loops, bool ByPointer, unsigned Depth);
  void noteTaker(const Site &S);
  void libraryCall(const Site &S);
  void constructInside(const Site &S);
  void constructWith(const clang::CXXRecordDecl &R, const Site &S);
  void constructOfLibrary(const clang::CXXRecordDecl &R, const Site &S);
  void projectCall(const Site &S);
  summary::FunctionId calledMethod(const Site &S);
  void noteConditions(const Site &S);
  void noteConstants(const Site &S);
  void passArguments(const clang::FunctionDecl &To, llvm::ArrayRef<const clang::Expr *> Arguments);
  void through(summary::AtomSet Targets, const Site &S, bool WithArguments);
  void blocking(const Site &S, bool Guarded);
  bool calledGuard() const;
  bool annotatedBlocking(const Site &S);
  std::vector<summary::AtomSet> argumentAtoms(const CallSite &C);

  Extraction &X;
  summary::Facts &F;
  summary::FunctionId Whole; ///< the function
  summary::FunctionId In;    ///< the same, or the part of a coroutine that runs on a pool
  llvm::SmallPtrSet<const clang::Expr *, 4>
      Spawned; ///< calls that make a coroutine for the library to run
  bool isLoopsOwnWait(const Site &S, const clang::Stmt *Body) const;

  bool SawGuard = false;
  std::vector<const clang::Expr *> OwnWaits; ///< calls that wait for events
  llvm::SmallPtrSet<const clang::FunctionDecl *, 8> Called; ///< the project's functions
  std::vector<Site> MayBlock;
};

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_CALLFACTS_H
