//===- ModelMatcher.cpp ---------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ModelMatcher.h"

#include "analysis/DescriptorSets.h"
#include "analysis/EntityNames.h"
#include "analysis/FieldBits.h"
#include "analysis/StatementSearch.h"

#include <clang/AST/DeclTemplate.h>
#include <clang/Basic/SourceManager.h>
#include <clang/Lex/Lexer.h>

#include <llvm/Support/SaveAndRestore.h>

#include <optional>

using namespace clang;

namespace nettune::analysis {
using model::Condition;
using model::Entry;
using model::Role;

static void dropDefaults(SmallVectorImpl<const Expr *> &Arguments) {
  while (!Arguments.empty() && isa<CXXDefaultArgExpr>(Arguments.back()))
    Arguments.pop_back();
}

CallSite CallSite::of(const CallExpr &E) {
  CallSite S;
  S.Whole = &E;
  S.Callee = E.getDirectCallee();
  S.Arguments.append(E.arg_begin(), E.arg_end());
  dropDefaults(S.Arguments);
  S.Where = E.getBeginLoc();
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
  if (isa<CXXOperatorCallExpr>(E)) {
    if (!S.Arguments.empty())
      S.Where = S.Arguments.front()->getBeginLoc(); // the expression's own is the operator's
    if (Method && !Method->isStatic() && !S.Arguments.empty()) {
      S.Object = S.Arguments.front();
      S.Arguments.erase(S.Arguments.begin());
      S.Virtual = Method->isVirtual();
    }
    return S;
  }
  const auto *Member = dyn_cast<MemberExpr>(E.getCallee()->IgnoreParenImpCasts());
  if (Member && Member->getMemberLoc().isValid())
    S.Where = Member->getMemberLoc();
  if (const auto *MemberCall = dyn_cast<CXXMemberCallExpr>(&E)) {
    S.Object = MemberCall->getImplicitObjectArgument();
    S.Virtual = Method && Method->isVirtual() && Member && !Member->hasQualifier();
  }
  return S;
}

CallSite CallSite::of(const CXXConstructExpr &E) {
  CallSite S;
  S.Whole = &E;
  S.Callee = E.getConstructor();
  S.Arguments.append(E.arg_begin(), E.arg_end());
  dropDefaults(S.Arguments);
  S.Where = E.getBeginLoc();
  return S;
}

const Expr *CallSite::argument(int Index) const {
  if (Index < 0)
    Index += static_cast<int>(Arguments.size());
  return Index >= 0 && Index < static_cast<int>(Arguments.size()) ? Arguments[Index] : nullptr;
}

const std::vector<const Entry *> &ModelMatcher::entries(const FunctionDecl &Callee) {
  const Decl *C = Callee.getCanonicalDecl();
  auto It = Cache.find(C);
  if (It != Cache.end())
    return It->second;
  std::string Name = qualifiedName(Callee);
  std::vector<const Entry *> Found;
  // A bare name is the C function, not whatever the program calls alike.
  if (Name.find("::") != std::string::npos || isCFunction(Callee))
    Found = Model.function(Name);
  return Cache[C] = std::move(Found);
}

const Entry *ModelMatcher::match(const CallSite &Site, Role R, bool Guarded) {
  if (!Site.Callee)
    return nullptr;
  for (const Entry *M : entries(*Site.Callee))
    if (M->R == R && applies(*M, Site, Guarded))
      return M;
  return nullptr;
}

bool ModelMatcher::needsBlockingFd(const Entry &M) {
  return llvm::any_of(M.Unless, [](const Condition &C) { return C.K == Condition::Kind::NonblockingFd; });
}

/// Flags that only other files know: a parameter that this one never gives anything.
bool ModelMatcher::unknownFlags(const Condition &C, const CallSite &Site) {
  const Expr *Flags = C.K == Condition::Kind::AnyBit ? Site.argument(C.Argument) : nullptr;
  const auto *P = Flags ? dyn_cast_or_null<ParmVarDecl>(namedValue(Flags)) : nullptr;
  const auto *Fn = P ? dyn_cast<FunctionDecl>(P->getDeclContext()) : nullptr;
  return Fn && !P->hasDefaultArg() && Fn->isExternallyVisible() && Constants.values().arguments(*P).empty();
}

bool ModelMatcher::applies(const Entry &M, const CallSite &Site, bool Guarded) {
  auto Holds = [&](const Condition &C) { return holds(C, Site, Guarded); };
  auto MayHold = [&](const Condition &C) { return Holds(C) || unknownFlags(C, Site); };
  return llvm::all_of(M.Only, Holds) && llvm::none_of(M.Unless, MayHold);
}

bool ModelMatcher::holds(const Condition &C, const CallSite &Site, bool Guarded) {
  switch (C.K) {
  case Condition::Kind::Opened:
    return Site.Object && isLiteral(*Site.Object, C.Names);
  case Condition::Kind::Receiver:
    return Site.Object && mentionsType(Site.Object->IgnoreParenImpCasts()->getType(), C.Names);
  case Condition::Kind::ArgumentCount: {
    auto Written = static_cast<std::int64_t>(Site.Arguments.size());
    return C.Numbers[0] <= Written && Written <= C.Numbers[1];
  }
  case Condition::Kind::Macro:
    return isInMacro(Site.Whole->getBeginLoc(), C.Names);
  case Condition::Kind::Guarded:
    return Guarded;
  case Condition::Kind::NonblockingFd:
    return llvm::any_of(Site.Arguments, [&](const Expr *A) { return givesNonblocking(*A); }); // the rest: Program
  case Condition::Kind::FileFd: {
    if (AsksForFile)
      return false;
    llvm::SaveAndRestore Asking(AsksForFile, true);
    return llvm::any_of(Site.Arguments, [&](const Expr *A) { return givesFile(*A, 0); });
  }
  default:
    break;
  }
  const Expr *Argument = Site.argument(C.Argument);
  if (C.K == Condition::Kind::OneFd)
    return Argument && Around && holdsOneDescriptor(*Argument, *Site.Whole, *Around);
  return Argument && argumentHolds(C, *Argument);
}

/// The value, or that of the local variable it is kept in, comes from a function
/// whose descriptors do not block.
bool ModelMatcher::givesNonblocking(const Expr &Argument) {
  const Expr *Value = Argument.IgnoreParenImpCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Value))
    if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()); V && V->isLocalVarDecl() && V->getInit())
      Value = V->getInit()->IgnoreParenImpCasts();
  const auto *Call = dyn_cast<CallExpr>(Value);
  return Call && match(CallSite::of(*Call), Role::NonblockingResults);
}

/// A descriptor of a file: what a call gave that may wait for the disk, as it is, out
/// of a variable or field that never holds another one, or out of a wrapper.
bool ModelMatcher::givesFile(const Expr &Value, unsigned Depth) {
  constexpr unsigned DeepestWrapper = 3;
  const Expr *Bare = Value.IgnoreParenImpCasts();
  if (Depth > DeepestWrapper || !Bare->getType()->isIntegerType())
    return false;
  if (const ValueDecl *D = namedValue(Bare))
    return holdsFile(*D, Depth + 1);
  const auto *Call = dyn_cast<CallExpr>(Bare);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee)
    return false;
  if (const Entry *M = match(CallSite::of(*Call), Role::Blocking))
    return M->Waits == model::Category::File;
  const auto *M = dyn_cast<CXXMethodDecl>(Callee);
  const FunctionDecl *Definition = nullptr;
  if ((M && M->isVirtual()) || !Callee->hasBody(Definition) ||
      Ctx.getSourceManager().isInSystemHeader(Definition->getLocation()))
    return false;
  bool Files = false;
  bool Others = anyInside(Definition->getBody(), [&](const Stmt &S) {
    const auto *Return = dyn_cast<ReturnStmt>(&S);
    if (!Return || !Return->getRetValue() || isNegative(*Return->getRetValue()))
      return false;
    Files = givesFile(*Return->getRetValue(), Depth + 1);
    return !Files;
  });
  return Files && !Others;
}

bool ModelMatcher::holdsFile(const ValueDecl &D, unsigned Depth) {
  const auto *V = dyn_cast<VarDecl>(&D);
  const ValueIndex::History *H = Constants.values().of(D);
  if (isa<ParmVarDecl>(D) || (H && H->Changed) || (V && !V->isLocalVarDecl()))
    return false;
  SmallVector<const Expr *, 4> Values;
  if (H)
    Values.append(H->Assigned.begin(), H->Assigned.end());
  if (V && V->getInit())
    Values.push_back(V->getInit());
  llvm::erase_if(Values, [&](const Expr *E) { return isNegative(*E); });
  return !Values.empty() && llvm::all_of(Values, [&](const Expr *E) { return givesFile(*E, Depth); });
}

/// -1, as descriptors that are none.
bool ModelMatcher::isNegative(const Expr &Value) {
  Expr::EvalResult Result;
  return !Value.isValueDependent() && Value.getType()->isIntegerType() && Value.EvaluateAsInt(Result, Ctx) &&
         Result.Val.getInt().isNegative();
}

bool ModelMatcher::argumentHolds(const Condition &C, const Expr &Argument) {
  if (Argument.isValueDependent() || Argument.isTypeDependent())
    return false;
  if (C.K == Condition::Kind::Zero)
    return isZero(Argument);
  if (C.K == Condition::Kind::Type)
    return mentionsType(Argument.IgnoreParenImpCasts()->getType(), C.Names);
  if (C.K == Condition::Kind::FieldBit)
    return lastFieldBits(Argument, C.Names.front(), Ctx) & C.Numbers.front();
  if (C.K == Condition::Kind::Literal)
    return isLiteral(Argument, C.Names);
  if (!Argument.getType()->isIntegralOrEnumerationType())
    return false;
  if (C.K == Condition::Kind::AnyBit)
    return mayHaveBit(Argument, C.Numbers[0], 0);
  Expr::EvalResult Value;
  return Argument.EvaluateAsInt(Value, Ctx) && llvm::is_contained(C.Numbers, Value.Val.getInt().getExtValue());
}

constexpr unsigned DeepestFlags = 6; // `a | b | (c ? d : e)`, and variables made of variables

/// The constant has the bit, or the variable is given it somewhere: then nobody knows
/// whether it has it here.
bool ModelMatcher::mayHaveBit(const Expr &Flags, std::int64_t Bit, unsigned Depth) {
  const Expr *E = Flags.IgnoreParenCasts();
  Expr::EvalResult Value;
  if (Depth > DeepestFlags || E->isValueDependent())
    return false;
  if (E->getType()->isIntegralOrEnumerationType() && E->EvaluateAsInt(Value, Ctx))
    return (Value.Val.getInt().getExtValue() & Bit) != 0;
  auto Either = [&](const Expr *A, const Expr *B) {
    return mayHaveBit(*A, Bit, Depth + 1) || mayHaveBit(*B, Bit, Depth + 1);
  };
  if (const auto *B = dyn_cast<BinaryOperator>(E); B && B->getOpcode() == BO_Or)
    return Either(B->getLHS(), B->getRHS());
  if (const auto *C = dyn_cast<AbstractConditionalOperator>(E))
    return Either(C->getTrueExpr(), C->getFalseExpr());
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E); O && O->getOperator() == OO_Pipe && O->getNumArgs() == 2)
    return Either(O->getArg(0), O->getArg(1));
  const ValueDecl *D = namedValue(E);
  return D && mayHaveBit(*D, Bit, Depth + 1);
}

bool ModelMatcher::mayHaveBit(const ValueDecl &Flags, std::int64_t Bit, unsigned Depth) {
  auto Has = [&](const Expr *E) { return E && mayHaveBit(*E, Bit, Depth); };
  const auto *P = dyn_cast<ParmVarDecl>(&Flags);
  const auto *V = dyn_cast<VarDecl>(&Flags);
  if (P ? llvm::any_of(Constants.values().arguments(*P), Has) : V && Has(V->getInit()))
    return true;
  if (P && P->hasInit() && Has(P->getInit()))
    return true;
  const ValueIndex::History *H = Constants.values().of(Flags);
  return H && (llvm::any_of(H->Assigned, Has) || llvm::any_of(H->Bits, Has));
}

/// What the variable always is: its initialiser.
const Expr *ModelMatcher::onlyValue(const Expr &Name) {
  const auto *V = dyn_cast_or_null<VarDecl>(namedValue(&Name));
  if (!V || isa<ParmVarDecl>(V) || !V->getInit())
    return nullptr;
  if (V->getType().isConstQualified())
    return V->getInit();
  if (!V->isLocalVarDecl() && V->isExternallyVisible())
    return nullptr;
  // What cannot be copied stays what it was made with, whoever is given it: a stream.
  const CXXRecordDecl *R = V->getType()->getAsCXXRecordDecl();
  if (R && R->hasDefinition() && llvm::any_of(R->ctors(), [](const CXXConstructorDecl *K) {
        return K->isCopyConstructor() && K->isDeleted();
      }))
    return V->getInit();
  const ValueIndex::History *H = Constants.values().of(*V);
  bool Fixed = !H || (H->Assigned.empty() && !H->Changed && !H->Resized);
  return Fixed ? V->getInit() : nullptr;
}

/// The literal that a string begins with: `"/proc/" + name`, a constant, the first argument
/// of what a variable was made with.
std::optional<ModelMatcher::LeadingText> ModelMatcher::leadingText(const Expr &E, unsigned Depth) {
  const Expr *Bare = E.IgnoreImplicit()->IgnoreParenCasts()->IgnoreImplicit();
  if (Depth > DeepestFlags)
    return std::nullopt;
  if (const auto *L = dyn_cast<StringLiteral>(Bare))
    return L->getCharByteWidth() == 1 ? std::optional(LeadingText{L->getString(), /*Whole=*/true}) : std::nullopt;
  const Expr *First = nullptr;
  bool Whole = true;
  if (const auto *C = dyn_cast<CXXConstructExpr>(Bare)) {
    First = C->getNumArgs() > 0 ? C->getArg(0) : nullptr;
  } else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(Bare)) {
    Whole = false;
    First = O->getOperator() == OO_Plus || O->getOperator() == OO_Slash ? O->getArg(0) : nullptr;
  } else if (const auto *M = dyn_cast<CXXMemberCallExpr>(Bare)) {
    First = M->getNumArgs() == 0 ? M->getImplicitObjectArgument() : nullptr; // c_str()
  } else if (const auto *Call = dyn_cast<CallExpr>(Bare)) {
    bool Opens = Depth > 0 && Call->getNumArgs() > 0 && Call->getType()->isPointerType(); // fopen()
    First = Opens ? Call->getArg(0) : nullptr;
  } else {
    First = onlyValue(*Bare);
  }
  std::optional<LeadingText> Text = First ? leadingText(*First, Depth + 1) : std::nullopt;
  if (Text)
    Text->Whole &= Whole;
  return Text;
}

/// One of \p Names, or beginning like one that ends in `*`.
bool ModelMatcher::isLiteral(const Expr &Argument, ArrayRef<std::string> Names) {
  std::optional<LeadingText> Text = leadingText(Argument, 0);
  return Text && llvm::any_of(Names, [&](StringRef Name) {
           return Name.consume_back("*") ? Text->Text.starts_with(Name) : Text->Whole && Text->Text == Name;
         });
}

/// 0, nullptr, or an object that holds just a 0, as std::chrono::seconds(0) does.
bool ModelMatcher::isZero(const Expr &Argument) {
  const Expr *Bare = Argument.IgnoreParenImpCasts();
  if (Bare->isNullPointerConstant(Ctx, Expr::NPC_ValueDependentIsNotNull))
    return true;
  Expr::EvalResult Value;
  if (!Argument.EvaluateAsRValue(Value, Ctx) || Value.HasSideEffects) {
    // A class-type temporary: evaluate what it is made of.
    const auto *M = dyn_cast<MaterializeTemporaryExpr>(Argument.IgnoreParens());
    if (!M || !M->getSubExpr()->EvaluateAsRValue(Value, Ctx) || Value.HasSideEffects)
      return false;
  }
  const APValue *V = &Value.Val;
  while (V->isStruct() && V->getStructNumFields() == 1)
    V = &V->getStructField(0);
  return V->isInt() && V->getInt() == 0;
}

bool ModelMatcher::isZeroTime(const Expr &Argument) {
  QualType T = Argument.getType().getNonReferenceType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  bool Duration = R && R->isInStdNamespace() && R->getDeclName().isIdentifier() && R->getName() == "duration";
  bool Number = T->isIntegerType() && !T->isBooleanType();
  return (Number || Duration) && !Argument.isValueDependent() && !Argument.isTypeDependent() && isZero(Argument);
}

/// 0 if the parameter is 0, as a number or a duration.
static const ParmVarDecl *multipleOfParameter(const Expr *E) {
  E = E->IgnoreParenCasts();
  if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(E))
    return multipleOfParameter(M->getSubExpr());
  if (const auto *C = dyn_cast<CXXConstructExpr>(E))
    return C->getNumArgs() == 1 ? multipleOfParameter(C->getArg(0)) : nullptr;
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    if (B->getOpcode() != BO_Mul && B->getOpcode() != BO_Div)
      return nullptr;
    const ParmVarDecl *Left = multipleOfParameter(B->getLHS());
    return Left || B->getOpcode() == BO_Div ? Left : multipleOfParameter(B->getRHS());
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
}

const ParmVarDecl *ModelMatcher::zeroTestedParameter(const Entry &M, const CallSite &Site) {
  for (const Condition &C : M.Unless) {
    const Expr *Argument = C.K == Condition::Kind::Zero ? Site.argument(C.Argument) : nullptr;
    const ParmVarDecl *P = Argument ? multipleOfParameter(Argument) : nullptr;
    const ValueIndex::History *H = P ? Constants.values().of(*P) : nullptr;
    if (P && !(H && (H->Changed || !H->Assigned.empty())))
      return P;
  }
  return nullptr;
}

bool ModelMatcher::isInMacro(SourceLocation L, ArrayRef<std::string> Names) {
  const SourceManager &SM = Ctx.getSourceManager();
  while (L.isMacroID()) {
    StringRef Name = Lexer::getImmediateMacroName(L, SM, Ctx.getLangOpts());
    if (llvm::is_contained(Names, Name))
      return true;
    L = SM.getImmediateMacroCallerLoc(L);
  }
  return false;
}

//===----------------------------------------------------------------------===//

static bool mentionsType(QualType T, ArrayRef<std::string> Names, unsigned Depth);

static bool argumentsMention(ArrayRef<TemplateArgument> Arguments, ArrayRef<std::string> Names,
                             unsigned Depth) {
  return llvm::any_of(Arguments, [&](const TemplateArgument &A) {
    if (A.getKind() == TemplateArgument::Pack)
      return argumentsMention(A.pack_elements(), Names, Depth);
    return A.getKind() == TemplateArgument::Type && mentionsType(A.getAsType(), Names, Depth + 1);
  });
}

static bool mentionsType(QualType T, ArrayRef<std::string> Names, unsigned Depth) {
  if (T.isNull() || Depth > 8)
    return false;
  T = T.getCanonicalType().getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R)
    return false;
  for (const DeclContext *C = R; C && isa<CXXRecordDecl>(C); C = C->getParent()) {
    const auto *Class = cast<CXXRecordDecl>(C);
    std::string Name = qualifiedName(*Class);
    if (llvm::any_of(Names, [&](const std::string &N) { return model::matchesName(N, Name); }))
      return true;
    if (const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(Class))
      if (argumentsMention(S->getTemplateArgs().asArray(), Names, Depth))
        return true;
  }
  return R->hasDefinition() && llvm::any_of(R->bases(), [&](const CXXBaseSpecifier &B) {
           return mentionsType(B.getType(), Names, Depth + 1);
         });
}

bool mentionsType(QualType T, ArrayRef<std::string> Names) { return mentionsType(T, Names, 0); }

} // namespace nettune::analysis
