//===- ContextFacts.cpp ---------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ContextFacts.h"

#include "analysis/EntityNames.h"

#include <clang/AST/DeclTemplate.h>
#include <clang/AST/ExprCXX.h>

using namespace clang;

namespace nettune::analysis {
using model::Role;
using summary::ContextUse;
using summary::FunctionId;
using summary::StringId;

bool ContextFacts::isContext(QualType T) {
  if (T.isNull()) // of a capture that means nothing
    return false;
  const CXXRecordDecl *R = T.getNonReferenceType()->getAsCXXRecordDecl();
  if (!R)
    return false;
  auto [It, New] = Known.try_emplace(R, false);
  if (New)
    It->second = llvm::any_of(Models.model().type(qualifiedName(*R)),
                              [](const model::Entry *M) { return M->R == Role::Contexts; });
  return It->second;
}

/// The variable or field that \p E names; null for parameters and references, which
/// are somebody else's.
static const ValueDecl *owned(const Expr &E) {
  const Expr *Bare = E.IgnoreParenImpCasts();
  const ValueDecl *D = nullptr;
  if (const auto *Name = dyn_cast<DeclRefExpr>(Bare))
    D = dyn_cast<VarDecl>(Name->getDecl());
  else if (const auto *Member = dyn_cast<MemberExpr>(Bare))
    D = dyn_cast<FieldDecl>(Member->getMemberDecl());
  return D && !isa<ParmVarDecl>(D) && !D->getType()->isReferenceType() ? D : nullptr;
}

/// `io.get_executor()` stands for `io`.
static const Expr &underExecutor(const Expr &E) {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E.IgnoreImplicit()->IgnoreParenImpCasts());
  const CXXMethodDecl *M = Call ? Call->getMethodDecl() : nullptr;
  bool Executor = M && M->getDeclName().isIdentifier() && M->getName() == "get_executor";
  return Executor ? *Call->getImplicitObjectArgument() : E;
}

StringId ContextFacts::name(const ValueDecl &D) { return F.string(E.slotKey(D)); }

/// The class of an object, or of what a smart pointer or optional holds.
static const CXXRecordDecl *heldClass(QualType T) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  const auto *Holder = dyn_cast_or_null<ClassTemplateSpecializationDecl>(R);
  bool Holds = Holder && Holder->isInStdNamespace() &&
               llvm::is_contained({"unique_ptr", "shared_ptr", "optional"}, Holder->getName());
  const TemplateArgument *Held = Holds ? &Holder->getTemplateArgs()[0] : nullptr;
  return Held && Held->getKind() == TemplateArgument::Type ? Held->getAsType()->getAsCXXRecordDecl() : R;
}

/// A class of the context's own library: what others make of it is not known.
bool ContextFacts::isOfLibrary(const CXXRecordDecl &R, QualType Context) {
  const DeclContext *Around = Context->getAsCXXRecordDecl()->getEnclosingNamespaceContext();
  while (Around->isInlineNamespace())
    Around = Around->getParent();
  return Around->isNamespace() && Around->Encloses(&R) && E.isLibrary(R);
}

void ContextFacts::initialize(const ValueDecl &To, const Expr &Value, FunctionId In) {
  if (!To.getType()->isReferenceType() && !isContext(To.getType()) && heldClass(To.getType()))
    feed(To, Value, In, 0);
}

/// Looks only where an object is handed on as it is: arguments of the library's
/// functions and constructors.
void ContextFacts::feed(const ValueDecl &To, const Stmt &Part, FunctionId In, unsigned Depth) {
  constexpr unsigned Deepest = 12;
  const auto *Call = dyn_cast<CallExpr>(&Part);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (Depth > Deepest || isa<LambdaExpr>(Part) || (Call && !(Callee && E.isLibrary(*Callee))))
    return;
  if (const auto *Name = dyn_cast<Expr>(&Part); Name && isa<DeclRefExpr, MemberExpr>(Name))
    if (const ValueDecl *D = owned(*Name);
        D && isContext(D->getType()) && isOfLibrary(*heldClass(To.getType()), D->getType())) {
      Told.insert(Name);
      F.Contexts.push_back({name(*D), ContextUse::Kind::Feeds, In, name(To)});
      return;
    }
  for (const Stmt *Child : Part.children())
    if (Child)
      feed(To, *Child, In, Depth + 1);
}

void ContextFacts::call(const CallSite &C, FunctionId In) {
  if (!C.Object || !isContext(C.Object->getType()))
    return;
  const Expr *Object = C.Object->IgnoreParenImpCasts();
  const ValueDecl *D = owned(*Object);
  if (!D)
    return;
  Told.insert(Object);
  if (Models.match(C, Role::Contexts))
    F.Contexts.push_back({name(*D), ContextUse::Kind::Runs, In});
}

void ContextFacts::mention(const Expr &Name, FunctionId In) {
  const ValueDecl *D = owned(Name);
  if (D && isContext(D->getType()) && !Told.contains(&Name))
    F.Contexts.push_back({name(*D), ContextUse::Kind::Shared, In});
}

StringId ContextFacts::registeredOn(const CallSite &C) {
  const Expr *Object = C.Object ? C.Object : C.argument(0);
  if (!Object)
    return 0;
  Object = underExecutor(*Object).IgnoreParenImpCasts();
  const ValueDecl *D = owned(*Object);
  const CXXRecordDecl *R = D ? D->getType()->getAsCXXRecordDecl() : nullptr;
  if (!R || !E.isLibrary(*R))
    return 0;
  if (isContext(D->getType()))
    Told.insert(Object);
  return name(*D);
}

} // namespace nettune::analysis
