//===- CopyFinder.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/CopyFinder.h"

#include "analysis/BufferSources.h"
#include "analysis/LocalAnalyses.h"

#include <clang/AST/DeclTemplate.h>
#include <clang/AST/StmtCXX.h>
#include <clang/Lex/Lexer.h>

using namespace clang;

namespace nettune::analysis {
using namespace summary;

void CopyFinder::run() {
  findFlows();
  for (const VarDecl *V : Index.Variables)
    local(*V);
  for (const CXXConstructExpr *K : Index.Constructs) {
    temporary(*K);
    constMoved(*K);
  }
  for (const CallExpr *C : Index.Calls) {
    elementsMoved(*C);
    intoTemporary(*C);
    passed(*C);
  }
  for (const LambdaExpr *L : Index.Lambdas)
    lambda(*L);
}

std::string CopyFinder::text(const Expr &E) const {
  constexpr std::size_t LongestName = 40;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(bare(&E))) // a capture has no text of its own
    return Ref->getDecl()->getNameAsString();
  const ASTContext &Ctx = X.E.context();
  StringRef Text = Lexer::getSourceText(CharSourceRange::getTokenRange(E.getSourceRange()),
                                        Ctx.getSourceManager(), Ctx.getLangOpts());
  if (!Text.empty() && Text.size() <= LongestName && !Text.contains('\n'))
    return Text.str();
  const ValueDecl *D = namedObject(&E);
  return D ? D->getNameAsString() : std::string();
}

/// Other instantiations are made of the same text: an edit would have to suit
/// them all.
static bool sharesItsText(const FunctionDecl &Fn) {
  auto HasBody = [](const FunctionDecl *F) { return F->hasBody(); };
  auto IsComplete = [](const CXXRecordDecl *R) { return R->isCompleteDefinition(); };
  for (const DeclContext *DC = &Fn; DC; DC = DC->getParent()) {
    const auto *F = dyn_cast<FunctionDecl>(DC);
    const FunctionTemplateDecl *Made = F ? F->getPrimaryTemplate() : nullptr;
    if (Made && F->getTemplateSpecializationKind() != TSK_ExplicitSpecialization &&
        llvm::count_if(Made->specializations(), HasBody) > 1)
      return true;
    const auto *R = dyn_cast<ClassTemplateSpecializationDecl>(DC);
    if (R && !R->isExplicitSpecialization() &&
        llvm::count_if(R->getSpecializedTemplate()->specializations(), IsComplete) > 1)
      return true;
  }
  return false;
}

void CopyFinder::add(BufferCopy C, const Expr &Source, SourceLocation Where) {
  auto Sources = sourcesOf(&Source);
  if (Sources.empty())
    return;
  C.In = Id;
  for (const ValueDecl *D : Sources)
    C.Sources.push_back(X.E.slot(*D));
  // An object is received if its bytes are.
  if (const auto *R = Source.getType()->getAsCXXRecordDecl();
      R && R->hasDefinition() && !isOwningContainer(Source.getType()))
    for (const FieldDecl *Field : R->fields())
      if (ownsBytes(Field->getType()))
        C.Sources.push_back(X.E.slot(*Field));
  C.From = text(Source);
  C.MostBytes = constantSize(X.E.context(), Sources.front()->getType());
  C.Where = place(Where);
  if (Where.isMacroID() || sharesItsText(Fn))
    C.Fixes.clear();
  Out.Copies.push_back(std::move(C));
}

//===----------------------------------------------------------------------===//
// What happens to the source
//===----------------------------------------------------------------------===//

/// Is the object that \p E names there for as long as the function runs?
static bool isLasting(const Expr *E) {
  constexpr unsigned LongestChain = 16;
  for (unsigned I = 0; E && I < LongestChain; ++I) {
    E = bare(E);
    if (isa<CXXThisExpr>(E) || isa<DeclRefExpr>(E))
      return true;
    if (const auto *M = dyn_cast<MemberExpr>(E))
      E = M->getBase();
    else if (const auto *U = dyn_cast<UnaryOperator>(E); U && U->getOpcode() == UO_Deref)
      E = U->getSubExpr();
    else if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E);
             C && (C->getOperator() == OO_Star || C->getOperator() == OO_Arrow))
      E = C->getArg(0);
    else if (const auto *C = dyn_cast<CXXMemberCallExpr>(E); C && C->isGLValue())
      E = C->getImplicitObjectArgument();
    else
      return false;
  }
  return false;
}

static bool belongsTo(const CXXMethodDecl &M, const FieldDecl &Field) {
  const auto *Owner = dyn_cast<CXXRecordDecl>(Field.getParent());
  const CXXRecordDecl *Class = M.getParent();
  return Owner && (Class->getCanonicalDecl() == Owner->getCanonicalDecl() ||
                   (Class->hasDefinition() && Class->isDerivedFrom(Owner)) ||
                   (Owner->hasDefinition() && Owner->isDerivedFrom(Class)));
}

/// Code of the program that is given the object that holds the field.
static bool isGivenOwner(const CallExpr &Call, const FieldDecl &Field) {
  return llvm::any_of(Call.arguments(), [&](const Expr *A) {
    QualType T = A->IgnoreParenImpCasts()->getType();
    if (T->isPointerType())
      T = T->getPointeeType();
    else if (!A->isLValue())
      return false;
    const auto *R = T->getAsRecordDecl();
    return R && !T.isConstQualified() &&
           R->getCanonicalDecl() == Field.getParent()->getCanonicalDecl();
  });
}

bool CopyFinder::fieldUnchanged(const FieldDecl &Field, unsigned From, unsigned To) {
  for (const CallExpr *C : Index.AllCalls) {
    const FunctionDecl *Callee = C->getDirectCallee();
    if (!Callee || Index.begin(*C) <= From || Index.begin(*C) > To || X.E.isLibrary(*Callee))
      continue;
    const auto *M = dyn_cast<CXXMethodDecl>(Callee);
    bool OfOwner = M && !M->isStatic() && !M->isConst() && belongsTo(*M, Field);
    if (!OfOwner && !isGivenOwner(*C, Field))
      continue;
    if ((M && M->isVirtual()) || Uses.mayChange(*Callee, Field))
      return false;
  }
  return true;
}

bool CopyFinder::unchanged(const Expr &Source, unsigned From, unsigned To) {
  if (!isLasting(&Source))
    return false;
  for (unsigned Suspend : Index.Suspends)
    if (Suspend > From && Suspend <= To)
      return false;
  bool First = true;
  for (const ValueDecl *D : sourcesOf(&Source)) {
    const auto *V = dyn_cast<VarDecl>(D);
    if (V && V->hasGlobalStorage() && !V->isStaticLocal())
      return false;
    QualType T = D->getType().getNonReferenceType();
    bool Leads = T->isPointerType() || (!First && !ownsBytes(T)) ||
                 isStdClass(T, {"basic_string_view", "span", "shared_ptr", "unique_ptr"});
    if (const auto *Field = dyn_cast<FieldDecl>(D); Field && !fieldUnchanged(*Field, From, To))
      return false;
    for (const Expr *Reference : Index.uses(*D)) {
      unsigned At = Index.begin(*Reference);
      bool Inside = Index.inLambda(*Reference);
      if (Leads || (At <= From && !Inside) || At > To || Index.namesCapturedCopy(*Reference, *D))
        continue;
      BufferUse::Kind K = Uses.use(*Reference).K;
      if (K != BufferUse::Kind::Read && K != BufferUse::Kind::Captured)
        return false;
    }
    First = false;
  }
  return true;
}

/// Is the object of no use to anybody after \p At?
bool CopyFinder::isLast(const VarDecl &V, const Expr &Source, const Expr &At) {
  QualType T = V.getType();
  const auto *R = T->getAsCXXRecordDecl();
  bool Movable = R && !T.isConstQualified() && ownsBytes(T) &&
                 (R->hasMoveConstructor() || R->needsImplicitMoveConstructor());
  if (!Movable || T->isReferenceType() || !V.hasLocalStorage() || V.getDeclContext() != &Fn ||
      V.isInitCapture())
    return false;
  const DeclStmt *Declared = Index.declaration(V);
  if (!Declared && !isa<ParmVarDecl>(V))
    return false;
  if (Declared ? Index.loopAround(At, *Declared) != nullptr : Index.innermostLoop(At) != nullptr)
    return false;
  unsigned Begin = Index.begin(Index.statementOf(At));
  for (const Expr *Reference : Index.uses(V)) {
    unsigned Position = Index.begin(*Reference);
    if (Reference == &Source || Index.namesCapturedCopy(*Reference, V))
      continue;
    // At itself may use it again: [d, length = d.size()].
    if (Position >= Begin || Index.inLambda(*Reference))
      return false;
    BufferUse U = Uses.use(*Reference);
    if (U.Held || U.K == BufferUse::Kind::Moved || U.K == BufferUse::Kind::Unknown)
      return false;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Types and constructions
//===----------------------------------------------------------------------===//

QualType elementType(QualType T) {
  T = T.getNonReferenceType();
  if (T->isPointerType())
    return T->getPointeeType().getUnqualifiedType();
  if (const auto *A = T->getAsArrayTypeUnsafe())
    return A->getElementType().getUnqualifiedType();
  const auto *R = dyn_cast_or_null<ClassTemplateSpecializationDecl>(T->getAsCXXRecordDecl());
  if (!R || R->getTemplateArgs().size() == 0 ||
      R->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return {};
  QualType First = R->getTemplateArgs()[0].getAsType();
  return (First->isPointerType() ? First->getPointeeType() : First).getUnqualifiedType();
}

const Expr *copiedFrom(const CXXConstructExpr &K) {
  if (!K.getConstructor()->isCopyConstructor() || K.getNumArgs() == 0 || !K.getArg(0)->isGLValue())
    return nullptr;
  return K.getArg(0);
}

/// An object made of the bytes that a pointer, an iterator or a view leads to.
static const Expr *rawSource(const ASTContext &Ctx, const Expr *Made) {
  Made = Made->IgnoreUnlessSpelledInSource();
  const Expr *Raw = nullptr;
  if (const auto *K = dyn_cast<CXXConstructExpr>(Made); K && K->getNumArgs() > 0)
    Raw = K->getArg(0);
  else if (const auto *C = dyn_cast<CallExpr>(Made);
           C && C->isPRValue() && isOwningContainer(C->getType()))
    return sourcesOf(C).empty() ? nullptr : pointedBuffer(C);
  if (!Raw || !isView(Raw->getType()))
    return nullptr;
  QualType From = elementType(Raw->getType()), To = elementType(Made->getType());
  if (From.isNull() || To.isNull() || From->isVoidType() || From->isDependentType() ||
      !From.isTriviallyCopyableType(Ctx) || Ctx.getTypeSize(From) != Ctx.getTypeSize(To))
    return nullptr;
  return pointedBuffer(Raw);
}

static std::string viewFor(QualType T) {
  return isStdClass(T, {"basic_string"}) ? "a std::string_view" : "a std::span";
}

static const CXXConstructExpr *construction(const VarDecl &V) {
  return dyn_cast_or_null<CXXConstructExpr>(V.getInit() ? V.getInit()->IgnoreImplicit() : nullptr);
}

//===----------------------------------------------------------------------===//
// Copies into objects
//===----------------------------------------------------------------------===//

void CopyFinder::local(const VarDecl &V) {
  constexpr std::uint64_t SmallestArray = 64;
  if (!V.getInit() || V.isImplicit() || !V.hasLocalStorage() || V.getType()->isReferenceType() ||
      V.getType()->isDependentType() || V.isInvalidDecl())
    return;
  const DeclStmt *Declared = Index.declaration(V);
  const CXXConstructExpr *K = construction(V);
  const Expr *Source = nullptr;
  bool Raw = false;
  bool Owns = ownsBytes(V.getType()) || constantSize(X.E.context(), V.getType()) >= SmallestArray;
  if (K && Owns && (Source = copiedFrom(*K))) {
    if (!namedObject(Source) || movedFrom(Source))
      return;
  } else if (isOwningContainer(V.getType())) {
    Source = rawSource(X.E.context(), V.getInit()->IgnoreImplicit());
    Raw = true;
  }
  if (!Source || !Declared)
    return;
  BufferUses After = Uses.uses(V, nullptr, Declared);
  if (!After.OnlyRead || (Raw && (!After.AsView || !After.Any)))
    return;
  unsigned From = Index.end(*Declared);
  if (!unchanged(*Source, From, std::max(From, After.Last)))
    return;
  BufferCopy C{};
  C.K = Raw ? Kind::ReadsAsView : Kind::Reads;
  C.Into = V.getNameAsString();
  C.Instead = Raw ? viewFor(V.getType()) : "";
  if (!Raw)
    offerReference(C, V, *Source);
  add(std::move(C), *Source, V.getLocation());
}

/// `auto copy = data` to `const auto &copy = data`: only where nobody else can
/// change the source, an object of this function.
void CopyFinder::offerReference(BufferCopy &C, const VarDecl &V, const Expr &Source) {
  const auto *Ref = dyn_cast<DeclRefExpr>(Source.IgnoreParenImpCasts());
  const auto *From = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  const DeclStmt *Declared = Index.declaration(V);
  SourceLocation Begin = V.getTypeSpecStartLoc();
  if (!From || From->getType()->isReferenceType() || !From->hasLocalStorage() ||
      From->getDeclContext() != &Fn || !Declared->isSingleDecl() || Begin.isMacroID() ||
      V.getLocation().isMacroID() || V.getType().isConstQualified() ||
      V.getInitStyle() == VarDecl::ListInit || !Ref->getType()->isRecordType() ||
      !X.E.context().hasSameUnqualifiedType(Ref->getType(), V.getType()))
    return;
  for (const Expr *Reference : Index.uses(*From))
    if (Index.inLambda(*Reference) || Uses.use(*Reference).Held)
      return;
  Place At = place(Begin), Name = place(V.getLocation());
  C.Fixes.push_back({At, At, "const "});
  C.Fixes.push_back({Name, Name, "&"});
}

void CopyFinder::temporary(const CXXConstructExpr &K) {
  if (!isOwningContainer(K.getType()) || copiedFrom(K) || K.getNumArgs() == 0)
    return;
  const Expr *Source = rawSource(X.E.context(), &K);
  if (!Source)
    return;
  BufferUse U = Uses.use(K);
  if (U.K != BufferUse::Kind::Read || !U.AsView || U.Held)
    return;
  unsigned End = Index.end(Index.statementOf(K));
  if (!unchanged(*Source, Index.end(K), End))
    return;
  BufferCopy C{};
  C.K = Kind::ReadsAsView;
  C.Instead = viewFor(K.getType());
  add(std::move(C), *Source, K.getBeginLoc());
}

void CopyFinder::constMoved(const CXXConstructExpr &K) {
  const Expr *Moved = K.getNumArgs() > 0 && K.getConstructor()->isCopyConstructor()
                          ? movedFrom(K.getArg(0))
                          : nullptr;
  if (!Moved || !ownsBytes(K.getType()) || !Moved->getType().isConstQualified() ||
      !namedObject(Moved))
    return;
  BufferCopy C{};
  C.K = Kind::ConstMoved;
  const auto *Ref = dyn_cast<DeclRefExpr>(bare(Moved));
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  bool Captured = V && !V->getType()->isReferenceType() && !V->getType().isConstQualified();
  C.Instead = Captured ? "make the lambda mutable" : "take the bytes by value, or do not move";
  add(std::move(C), *Moved, bare(K.getArg(0))->getBeginLoc());
}

/// std::move(first, last, out): for bytes it is std::copy.
void CopyFinder::elementsMoved(const CallExpr &Call) {
  if (Call.getNumArgs() != 3 || !isStdFunction(Call.getDirectCallee(), {"move"}))
    return;
  QualType Element = elementType(Call.getArg(0)->getType());
  const Expr *Source = pointedBuffer(Call.getArg(0));
  if (!Source || Element.isNull() || Element->isDependentType() ||
      !Element.isTriviallyCopyableType(X.E.context()))
    return;
  const auto *P = dyn_cast_or_null<ParmVarDecl>(namedObject(Source));
  BufferCopy C{};
  C.K = Kind::Elements;
  C.Always = P && P->getType()->isRValueReferenceType() && isOwningContainer(P->getType());
  add(std::move(C), *Source, Call.getBeginLoc());
}

/// memcpy of a whole payload into a local buffer that is only read.
void CopyFinder::intoTemporary(const CallExpr &Call) {
  const FunctionDecl *F = Call.getDirectCallee();
  if (!F || Call.getNumArgs() != 3 || !F->getDeclName().isIdentifier() ||
      (F->getName() != "memcpy" && F->getName() != "memmove") ||
      Call.getArg(2)->isEvaluatable(X.E.context()))
    return;
  const Expr *Into = pointedBuffer(Call.getArg(0)), *Source = pointedBuffer(Call.getArg(1));
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(bare(Into));
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Source || !V || !V->hasLocalStorage() || V->getDeclContext() != &Fn || isa<ParmVarDecl>(V) ||
      !(V->getType()->isArrayType() || isOwningContainer(V->getType()) ||
        isStdClass(V->getType(), {"array"})))
    return;
  const DeclStmt *Declared = Index.declaration(*V);
  BufferUses After = Uses.uses(*V, Ref, Declared);
  bool Once = Declared && !Index.loopAround(Call, *Declared);
  if (!Once || !After.OnlyRead || !After.Any || !After.AsView || After.Last <= Index.end(Call))
    return;
  if (!unchanged(*Source, Index.end(Call), After.Last))
    return;
  BufferCopy C{};
  C.K = Kind::ReadsAsView;
  C.Into = V->getNameAsString();
  C.Instead = "the buffer itself";
  add(std::move(C), *Source, Call.getBeginLoc());
}

//===----------------------------------------------------------------------===//

void analyzeCopies(Extraction &X, const FunctionDecl &Fn, FunctionId Id) {
  if (Fn.isDependentContext() || Fn.isInvalidDecl())
    return;
  BodyIndexes Bodies;
  const BodyIndex *Index = Bodies.of(Fn);
  if (Index)
    CopyFinder(X, Fn, Id, Bodies, *Index).run();
}

} // namespace nettune::analysis
