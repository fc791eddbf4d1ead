//===- Entities.cpp -------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Entities.h"

#include "analysis/EntityNames.h"
#include "analysis/FunctionEffects.h"

#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Index/USRGeneration.h>

#include <llvm/Support/Path.h>

using namespace clang;

namespace nettune::analysis {
using namespace summary;
using summary::Function;

static constexpr unsigned DeepestHierarchy = 16; // a cycle in broken code must not hang

bool Entities::isLibrary(SourceLocation L) const {
  return L.isInvalid() || SM.isInSystemHeader(SM.getExpansionLoc(L));
}

bool Entities::isLibrary(const Decl &D) {
  const Decl *C = D.getCanonicalDecl();
  auto It = Library.find(C);
  if (It != Library.end())
    return It->second;
  SourceLocation Where = C->getLocation();
  if (const auto *Tag = dyn_cast<TagDecl>(C)) // the project may have declared it before
    if (const TagDecl *Definition = Tag->getDefinition())
      Where = Definition->getLocation();
  return Library[C] = isLibrary(Where);
}

Place Entities::place(SourceLocation L) {
  L = SM.getFileLoc(L);
  PresumedLoc P = SM.getPresumedLoc(L, /*UseLineDirectives=*/false);
  if (P.isInvalid())
    return {};
  return {file(P.getFilename()), P.getLine(), P.getColumn()};
}

StringId Entities::file(StringRef Name) {
  if (Root.empty())
    return F.string(Name);
  auto [It, New] = Files.try_emplace(Name, 0);
  if (New) {
    llvm::SmallString<256> Path(Name);
    SM.getFileManager().makeAbsolutePath(Path);
    llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
    StringRef Relative = Path;
    if (Relative.consume_front(Root) && Relative.consume_front("/"))
      It->second = F.string(Relative);
    else
      It->second = F.string(Path);
  }
  return It->second;
}

std::string Entities::usr(const Decl &D) {
  llvm::SmallString<128> Buffer;
  if (!index::generateUSRForDecl(&D, Buffer))
    return Buffer.str().str();
  // No USR (a function-local entity in a macro, say): its place is the best there is.
  Place P = place(D.getLocation());
  return (F.text(P.File) + ":" + llvm::Twine(P.Line) + ":" + llvm::Twine(P.Column)).str();
}

/// The USR of what has internal linkage holds the file's last component only.
std::string Entities::usrInProgram(const NamedDecl &D) {
  std::string Usr = usr(D);
  if (D.isExternallyVisible())
    return Usr;
  return (F.text(place(D.getCanonicalDecl()->getLocation()).File) + ":" + Usr).str();
}

namespace {
/// Lambdas of a body in source order, those inside lambdas included.
struct LambdaCollector : RecursiveASTVisitor<LambdaCollector> {
  llvm::SmallVector<const CXXRecordDecl *> Found;
  bool VisitLambdaExpr(LambdaExpr *E) {
    Found.push_back(E->getLambdaClass());
    return true;
  }
};

/// The lambda whose call operator \p Fn is, its other methods (the conversion to
/// a function pointer) are functions like any.
const CXXRecordDecl *lambdaOf(const FunctionDecl &Fn) {
  const auto *M = dyn_cast<CXXMethodDecl>(&Fn);
  return M && M->getParent()->isLambda() && M->getOverloadedOperator() == OO_Call ? M->getParent()
                                                                                : nullptr;
}

const FunctionDecl *functionAround(const CXXRecordDecl &Lambda) {
  for (const DeclContext *C = Lambda.getDeclContext(); C; C = C->getParent())
    if (const auto *Fn = dyn_cast<FunctionDecl>(C))
      return Fn;
  return nullptr;
}
} // namespace

unsigned Entities::lambdaOrdinal(const CXXRecordDecl &Lambda, const FunctionDecl *Around) {
  auto It = LambdaOrdinals.find(&Lambda);
  if (It != LambdaOrdinals.end())
    return It->second;
  const FunctionDecl *Definition = nullptr;
  if (Around && Around->hasBody(Definition)) {
    LambdaCollector Collector;
    Collector.TraverseStmt(Definition->getBody());
    for (unsigned I = 0; I < Collector.Found.size(); ++I)
      LambdaOrdinals.try_emplace(Collector.Found[I], I);
  }
  return LambdaOrdinals.try_emplace(&Lambda, 1000 + LambdasOutside[Around]++).first->second;
}

std::string Entities::lambdaKey(const CXXRecordDecl &Lambda) {
  const FunctionDecl *Around = functionAround(Lambda);
  unsigned Ordinal = lambdaOrdinal(Lambda, Around);
  if (Around)
    return (key(*Around) + "/lambda#" + llvm::Twine(Ordinal)).str();
  std::string Home;
  if (const Decl *D = Lambda.getLambdaContextDecl())
    Home = usr(*D);
  return (F.text(place(Lambda.getLocation()).File) + ":" + Home + "/lambda#" + llvm::Twine(Ordinal)).str();
}

std::string Entities::key(const FunctionDecl &Fn) {
  if (const CXXRecordDecl *Lambda = lambdaOf(Fn))
    return lambdaKey(*Lambda);
  return usrInProgram(Fn);
}

FunctionId Entities::function(const FunctionDecl &Fn) {
  const Decl *C = Fn.getCanonicalDecl();
  if (const CXXRecordDecl *Lambda = lambdaOf(Fn))
    C = Lambda;
  auto It = Known.find(C);
  if (It != Known.end())
    return It->second;
  FunctionId Id = F.function(key(Fn));
  Known[C] = Id;
  if (F.Functions[Id].Name == 0)
    describe(Fn, Id);
  if (const auto *M = dyn_cast<CXXMethodDecl>(&Fn); M && M->isVirtual())
    addOverrides(*M, Id);
  return Id;
}

void Entities::describe(const FunctionDecl &Fn, FunctionId Id) {
  const CXXRecordDecl *Lambda = lambdaOf(Fn);
  std::string Name = displayName(Fn);
  Function Row = F.Functions[Id];
  Row.Name = F.string(Name.empty() ? "a global" : Name);
  Row.Where = place(Lambda ? Lambda->getLocation() : Fn.getLocation());
  if (Lambda)
    Row.Flags |= Function::Lambda;
  if (isLibrary(Fn))
    Row.Flags |= Function::Library;
  if (hasAnnotation(Fn, "nettune::worker"))
    Row.Flags |= Function::AnnotatedWorker;
  if (hasAnnotation(Fn, "nettune::nonblocking"))
    Row.Flags |= Function::AnnotatedNonblocking;
  F.Functions[Id] = Row;
}

FunctionId Entities::define(const FunctionDecl &Fn) {
  FunctionId Id = function(Fn);
  Function &Row = F.Functions[Id];
  if (!Row.has(Function::HasBody)) {
    Row.Flags |= Function::HasBody;
    if (!Row.has(Function::Lambda))
      Row.Where = place(Fn.getLocation());
  }
  return Id;
}

FunctionId Entities::initializer(const ValueDecl &D) {
  FunctionId Id = F.function("init:" + slotKey(D));
  Function Row = F.Functions[Id];
  Row.Name = F.string(qualifiedName(D));
  Row.Where = place(D.getLocation());
  Row.Flags |= Function::HasBody;
  F.Functions[Id] = Row;
  return Id;
}

void Entities::addOverrides(const CXXMethodDecl &M, FunctionId Id) { addOverridden(M, Id, 0); }

void Entities::addOverridden(const CXXMethodDecl &M, FunctionId Id, unsigned Depth) {
  if (Depth > DeepestHierarchy)
    return;
  for (const CXXMethodDecl *Base : M.overridden_methods()) {
    F.Overrides.push_back({Id, function(*Base)});
    if (!isLibrary(*Base))
      addInherited(*M.getParent(), *Base, Id, 0);
    addOverridden(*Base, Id, Depth + 1);
  }
}

/// Of the classes between \p R and that of \p Base each inherits the method that \p Id overrides.
/// Returns whether there is a way from \p R to the class of \p Base.
bool Entities::addInherited(const CXXRecordDecl &R, const CXXMethodDecl &Base, FunctionId Id, unsigned Depth) {
  bool Leads = false;
  if (!R.hasDefinition() || Depth > DeepestHierarchy)
    return false;
  for (const CXXBaseSpecifier &B : R.bases()) {
    const CXXRecordDecl *Class = B.getType()->getAsCXXRecordDecl();
    if (!Class)
      continue;
    if (declaresSameEntity(Class, Base.getParent())) {
      Leads = true;
    } else if (addInherited(*Class, Base, Id, Depth + 1)) {
      F.Overrides.push_back({Id, inherited(Base, *Class)});
      Leads = true;
    }
  }
  return Leads;
}

FunctionId Entities::inherited(const CXXMethodDecl &M, const CXXRecordDecl &Class) {
  FunctionId Of = function(M);
  auto [It, New] = KnownInherited.try_emplace({M.getCanonicalDecl(), Class.getCanonicalDecl()}, None);
  if (!New)
    return It->second;
  FunctionId Id = F.function((F.text(F.Functions[Of].Key) + "#in " + usrInProgram(Class)).str());
  It->second = Id;
  Function Row = F.Functions[Of];
  Row.Key = F.Functions[Id].Key;
  Row.Flags = Function::BodyElsewhere; // nobody defines it, and nothing is assumed of it
  F.Functions[Id] = Row;
  if (!M.isPureVirtual())
    F.Overrides.push_back({Of, Id});
  return Id;
}

std::string Entities::slotKey(const ValueDecl &D) {
  if (const auto *Field = dyn_cast<FieldDecl>(&D))
    return "f" + usrInProgram(*Field->getParent()) + "." + Field->getNameAsString();
  const auto *Variable = dyn_cast<VarDecl>(&D);
  if (!Variable || (!Variable->isLocalVarDecl() && !Variable->isInitCapture()))
    return "v" + usrInProgram(*cast<NamedDecl>(D.getCanonicalDecl()));
  // Locals belong to the instantiation that they stand in.
  std::string Home;
  if (const auto *Fn = dyn_cast_or_null<FunctionDecl>(Variable->getParentFunctionOrMethod()))
    Home = key(*Fn);
  Place P = place(Variable->getLocation());
  return ("l" + Home + ":" + Variable->getName() + ":" + llvm::Twine(P.Line) + ":" + llvm::Twine(P.Column))
      .str();
}

SlotId Entities::slot(const ValueDecl &D) {
  if (const auto *B = dyn_cast<BindingDecl>(&D); B && B->getDecomposedDecl())
    return slot(*cast<ValueDecl>(B->getDecomposedDecl()));
  if (const auto *P = dyn_cast<ParmVarDecl>(&D))
    if (const auto *Fn = dyn_cast<FunctionDecl>(P->getDeclContext()))
      return F.parameter(function(*Fn), P->getFunctionScopeIndex());
  const Decl *C = D.getCanonicalDecl();
  auto It = KnownSlots.find(C);
  if (It != KnownSlots.end())
    return It->second;
  SlotId S = F.slot(isa<FieldDecl>(D) ? Slot::Kind::Field : Slot::Kind::Variable, slotKey(D));
  return KnownSlots[C] = S;
}

ClassKeys Entities::classes(const CXXRecordDecl &R) {
  ClassKeys Keys = {F.string(usr(*R.getCanonicalDecl()))};
  addBases(R, Keys, 0);
  return Keys;
}

void Entities::addBases(const CXXRecordDecl &R, ClassKeys &Keys, unsigned Depth) {
  if (!R.hasDefinition() || Depth > DeepestHierarchy)
    return;
  for (const CXXBaseSpecifier &B : R.bases()) {
    const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl();
    if (!Base || isLibrary(*Base))
      continue;
    Keys.push_back(F.string(usr(*Base->getCanonicalDecl())));
    addBases(*Base, Keys, Depth + 1);
  }
}

} // namespace nettune::analysis
