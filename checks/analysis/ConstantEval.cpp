//===- ConstantEval.cpp ---------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ConstantEval.h"

#include "analysis/EntityNames.h"

#include <clang/AST/DeclTemplate.h>
#include <clang/Basic/SourceManager.h>

#include <llvm/Support/MathExtras.h>

#include <algorithm>
#include <cmath>

using namespace clang;

namespace nettune::analysis {

namespace {
constexpr unsigned DeepestNesting = 16;

struct CoreCount {
  StringRef Name;
  bool MayBeZero;
};
/// [thread.thread.static]: "If this value is not computable or well-defined, an
/// implementation should return 0". get_nprocs(3) and Qt return at least 1.
constexpr CoreCount CoreCounts[] = {
    {"std::thread::hardware_concurrency", true},   {"std::jthread::hardware_concurrency", true},
    {"boost::thread::hardware_concurrency", true}, {"get_nprocs", false},
    {"QThread::idealThreadCount", false},
};

const CoreCount *coreCount(const FunctionDecl &Fn) {
  std::string Name = qualifiedName(Fn);
  const auto *It = llvm::find_if(CoreCounts, [&](const CoreCount &C) { return C.Name == Name; });
  return It == std::end(CoreCounts) ? nullptr : It;
}

/// Casts, parentheses and what the compiler wraps around a value.
const Expr *bare(const Expr *E) {
  while (true) {
    const Expr *Next = E->IgnoreParenCasts()->IgnoreImplicit();
    if (const auto *S = dyn_cast<SubstNonTypeTemplateParmExpr>(Next))
      Next = S->getReplacement();
    else if (const auto *D = dyn_cast<CXXDefaultArgExpr>(Next))
      Next = D->getExpr();
    else if (const auto *D = dyn_cast<CXXDefaultInitExpr>(Next))
      Next = D->getExpr();
    else if (const auto *I = dyn_cast<InitListExpr>(Next); I && I->getNumInits() == 1)
      Next = I->getInit(0);
    if (Next == E)
      return E;
    E = Next;
  }
}

Quantity constantQuantity(double Value) {
  Quantity Q;
  Q.Constant = Value;
  return Q;
}

std::optional<std::int64_t> wholeNumber(const std::optional<Quantity> &Q) {
  constexpr double Limit = 9223372036854775808.0; // 2^63
  if (!Q || !Q->isConstant() || !(std::abs(Q->at(0)) < Limit))
    return std::nullopt;
  return static_cast<std::int64_t>(Q->at(0));
}
} // namespace

double Quantity::at(double CoreCount) const {
  return std::min(AtMost, std::max(AtLeast, PerCore * CoreCount + Constant));
}

const ValueIndex &ConstantEval::values() {
  if (!Values)
    Values = std::make_unique<ValueIndex>(Ctx);
  return *Values;
}

std::optional<std::int64_t> ConstantEval::number(const Expr &E) { return wholeNumber(evaluate(E)); }

std::optional<std::int64_t> ConstantEval::number(const ValueDecl &D) {
  return wholeNumber(named(D, 0));
}

namespace {
/// Of seconds; kept as two numbers, since 7000 × 0.000001 is less than 0.007.
struct Period {
  std::int64_t Numerator, Denominator;
};
} // namespace

/// The period of std::chrono::duration<Rep, std::ratio<N, D>>.
static std::optional<Period> periodOf(QualType T) {
  const auto *R = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T.getNonReferenceType()->getAsCXXRecordDecl());
  if (!R || R->getTemplateArgs().size() < 2 || qualifiedName(*R) != "std::chrono::duration" ||
      R->getTemplateArgs()[1].getKind() != TemplateArgument::Type)
    return std::nullopt;
  const auto *Ratio = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      R->getTemplateArgs()[1].getAsType()->getAsCXXRecordDecl());
  if (!Ratio || Ratio->getTemplateArgs().size() < 2)
    return std::nullopt;
  const TemplateArgument &N = Ratio->getTemplateArgs()[0], &D = Ratio->getTemplateArgs()[1];
  if (N.getKind() != TemplateArgument::Integral || D.getKind() != TemplateArgument::Integral)
    return std::nullopt;
  return Period{N.getAsIntegral().getExtValue(), D.getAsIntegral().getExtValue()};
}

std::optional<std::int64_t> ConstantEval::number(const Expr &E, model::Unit U) {
  std::optional<Period> Ticks = periodOf(E.getType());
  if (!Ticks)
    return number(E);
  Expr::EvalResult Value;
  const Expr *Inner = E.IgnoreImplicit();
  if (Inner->isValueDependent() || !Inner->EvaluateAsRValue(Value, Ctx) || Value.HasSideEffects)
    return std::nullopt;
  const APValue *V = &Value.Val;
  while (V->isStruct() && V->getStructNumFields() == 1)
    V = &V->getStructField(0);
  if (!V->isInt())
    return std::nullopt;
  std::int64_t Product = 0;
  std::int64_t PerSecond = U == model::Unit::Milliseconds ? 1000 : 1;
  if (llvm::MulOverflow(V->getInt().getExtValue(), Ticks->Numerator, Product) ||
      llvm::MulOverflow(Product, PerSecond, Product))
    return std::nullopt;
  return Product / Ticks->Denominator;
}

//===----------------------------------------------------------------------===//

ConstantEval::Result ConstantEval::constant(const Expr &E) {
  Expr::EvalResult Value;
  if (E.getType()->isIntegralOrEnumerationType() && E.EvaluateAsInt(Value, Ctx) && !Value.HasSideEffects)
    return constantQuantity(Value.Val.getInt().roundToDouble(Value.Val.getInt().isSigned()));
  // No APFloat of our own: its tables are data of one release, and a host of another
  // could not even load the plugin to be refused.
  Expr::EvalResult Float;
  if (E.getType()->isRealFloatingType() && E.EvaluateAsRValue(Float, Ctx) && Float.Val.isFloat())
    return constantQuantity(Float.Val.getFloat().convertToDouble());
  return std::nullopt;
}

ConstantEval::Result ConstantEval::evaluate(const Expr &Written, unsigned Depth) {
  if (Depth > DeepestNesting || Written.isValueDependent() || Written.isTypeDependent() ||
      Written.containsErrors())
    return std::nullopt;
  const Expr *E = bare(&Written);
  if (!E->getType()->isArithmeticType() && !E->getType()->isEnumeralType())
    return std::nullopt;
  if (Result Q = constant(*E)) {
    if (const auto *V = dyn_cast_or_null<VarDecl>(namedValue(E)); V && V->getAnyInitializer())
      Q->Origin = V->getAnyInitializer();
    return Q;
  }
  if (const ValueDecl *D = isa<DeclRefExpr, MemberExpr>(E) ? namedValue(E) : nullptr)
    return named(*D, Depth + 1);
  if (const auto *B = dyn_cast<BinaryOperator>(E))
    return binary(*B, Depth + 1);
  if (const auto *C = dyn_cast<AbstractConditionalOperator>(E))
    return choice(*C, Depth + 1);
  if (const auto *C = dyn_cast<CallExpr>(E))
    return call(*C, Depth + 1);
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

ConstantEval::Result ConstantEval::named(const ValueDecl &D, unsigned Depth) {
  if (D.getType().isVolatileQualified())
    return std::nullopt;
  Result Q;
  if (const auto *P = dyn_cast<ParmVarDecl>(&D))
    Q = parameter(*P, Depth);
  else if (const auto *V = dyn_cast<VarDecl>(&D))
    Q = variable(*V, Depth);
  else if (const auto *F = dyn_cast<FieldDecl>(&D))
    Q = field(*F, Depth);
  const ValueIndex::History *H = Q && Q->Cores ? values().of(D) : nullptr;
  if (H && H->Tested)
    Q->Clamped = true; // in a condition somebody thought of the odd values
  return Q;
}

ConstantEval::Result ConstantEval::variable(const VarDecl &V, unsigned Depth) {
  const Expr *Init = V.getAnyInitializer();
  bool Constant = V.getType().isConstQualified() || V.isConstexpr();
  if (!Init || (V.getType()->isReferenceType() && !V.getType().getNonReferenceType().isConstQualified()))
    return std::nullopt;
  if (!Constant) {
    // Of a variable that other files can see, this one knows too little.
    if (V.hasExternalStorage() || (!V.isLocalVarDecl() && !V.isInitCapture() && V.isExternallyVisible()))
      return std::nullopt;
    if (!values().seen(V))
      return std::nullopt;
    const ValueIndex::History *H = values().of(V);
    if (H && H->Changed)
      return std::nullopt;
    if (H && !H->Assigned.empty()) {
      Result Q = evaluate(*Init, Depth);
      // `if (n == 0) n = 4;`: the number of cores, put right.
      if (!Q || !Q->Cores || !H->Tested)
        return std::nullopt;
      Q->Clamped = true;
      return Q;
    }
  }
  Result Q = evaluate(*Init, Depth);
  if (Q && !Q->Origin)
    Q->Origin = Init;
  return Q;
}

/// All of \p Values are one constant, or there is one only.
ConstantEval::Result ConstantEval::onlyValue(llvm::ArrayRef<const Expr *> Values, unsigned Depth) {
  Result Only;
  for (const Expr *Value : Values) {
    Result Q = evaluate(*Value, Depth);
    if (!Q)
      return std::nullopt;
    if (Only && (!Q->isConstant() || !Only->isConstant() || Q->at(1) != Only->at(1)))
      return std::nullopt;
    if (!Only) {
      Only = Q;
      if (!Only->Origin)
        Only->Origin = bare(Value);
    }
  }
  return Only;
}

ConstantEval::Result ConstantEval::parameter(const ParmVarDecl &P, unsigned Depth) {
  const ValueIndex::History *H = values().of(P);
  if (H && (H->Changed || !H->Assigned.empty()))
    return std::nullopt;
  return onlyValue(values().arguments(P), Depth);
}

ConstantEval::Result ConstantEval::field(const FieldDecl &F, unsigned Depth) {
  const RecordDecl &R = *F.getParent();
  const ValueIndex::History *H = values().of(F);
  if ((H && H->Changed) || values().filledElsewhere(R) || R.isUnion())
    return std::nullopt;
  if (H && !H->Assigned.empty())
    return onlyValue(H->Assigned, Depth);
  // Nobody here sets it: elsewhere somebody may, unless the class is this file's own.
  const SourceManager &SM = Ctx.getSourceManager();
  const Expr *Init = F.hasInClassInitializer() ? F.getInClassInitializer() : nullptr;
  if (!Init || !SM.isInMainFile(SM.getExpansionLoc(R.getLocation())))
    return std::nullopt;
  return onlyValue({Init}, Depth);
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

static void scale(Quantity &Q, double By) {
  Q.PerCore *= By;
  Q.Constant *= By;
  Q.AtLeast *= By;
  Q.AtMost *= By;
}

static void shift(Quantity &Q, double By) {
  Q.Constant += By;
  Q.AtLeast += By;
  Q.AtMost += By;
}

// The outer bound wins over the inner ones.
static void raise(Quantity &Q, double Least) {
  Q.AtLeast = std::max(Q.AtLeast, Least);
  Q.AtMost = std::max(Q.AtMost, Least);
}

static void lower(Quantity &Q, double Most) {
  Q.AtLeast = std::min(Q.AtLeast, Most);
  Q.AtMost = std::min(Q.AtMost, Most);
}

/// A constant as the integer type of the operation has it: without a fraction.
/// None if it does not fit, since what comes then is seldom meant.
static std::optional<Quantity> asInteger(Quantity Q, const BinaryOperator &B, const ASTContext &Ctx) {
  QualType T = B.getType();
  double Value = B.getOpcode() == BO_Shr ? std::floor(Q.at(0)) : std::trunc(Q.at(0));
  bool Signed = T->isSignedIntegerOrEnumerationType();
  double Limit = std::ldexp(1.0, int(Ctx.getIntWidth(T)) - (Signed ? 1 : 0));
  if (Value >= Limit || Value < (Signed ? -Limit : 0))
    return std::nullopt;
  const Expr *Origin = Q.Origin;
  Q = constantQuantity(Value);
  Q.Origin = Origin;
  return Q;
}

ConstantEval::Result ConstantEval::binary(const BinaryOperator &B, unsigned Depth) {
  if (!B.isAdditiveOp() && !B.isMultiplicativeOp() && !B.isShiftOp())
    return std::nullopt;
  Result L = evaluate(*B.getLHS(), Depth), R = evaluate(*B.getRHS(), Depth);
  if (!L || !R)
    return std::nullopt;
  bool Swapped = L->isConstant() && !R->isConstant();
  Quantity Q = Swapped ? *R : *L;
  const Quantity &K = Swapped ? *L : *R;
  if (!K.isConstant())
    return std::nullopt; // of the cores twice
  double By = K.at(0);
  switch (B.getOpcode()) {
  case BO_Add:
    shift(Q, By);
    break;
  case BO_Sub:
    if (Swapped)
      return std::nullopt;
    shift(Q, -By);
    break;
  case BO_Mul:
    if (By <= 0)
      return std::nullopt;
    scale(Q, By);
    break;
  case BO_Div:
    if (Swapped || By <= 0)
      return std::nullopt;
    scale(Q, 1 / By);
    break;
  case BO_Shl:
  case BO_Shr:
    if (Swapped || By < 0 || By > 31)
      return std::nullopt;
    scale(Q, B.getOpcode() == BO_Shl ? double(1u << unsigned(By)) : 1 / double(1u << unsigned(By)));
    break;
  default:
    return std::nullopt;
  }
  if (Q.isConstant())
    return B.getType()->isIntegerType() ? asInteger(Q, B, Ctx) : Q;
  if (!Q.Arithmetic && B.getOpcode() != BO_Add)
    Q.Arithmetic = &B;
  return Q;
}

/// `n ? n : 4`, `n > 2 ? n - 1 : 1`: the value for a machine with cores.
ConstantEval::Result ConstantEval::choice(const AbstractConditionalOperator &C, unsigned Depth) {
  bool Condition = false;
  if (!C.getCond()->isValueDependent() && C.getCond()->EvaluateAsBooleanCondition(Condition, Ctx))
    return evaluate(*(Condition ? C.getTrueExpr() : C.getFalseExpr()), Depth);
  const Expr *True = C.getTrueExpr();
  if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(True); Opaque && Opaque->getSourceExpr())
    True = Opaque->getSourceExpr(); // `n ?: 4`
  Result T = evaluate(*True, Depth), F = evaluate(*C.getFalseExpr(), Depth);
  if (!T || !F || T->isConstant() == F->isConstant())
    return std::nullopt;
  Result Q = T->isConstant() ? F : T;
  Q->Clamped = true;
  return Q;
}

ConstantEval::Result ConstantEval::call(const CallExpr &C, unsigned Depth) {
  const FunctionDecl *Fn = C.getDirectCallee();
  if (!Fn)
    return std::nullopt;
  if (const CoreCount *Cores = coreCount(*Fn)) {
    Quantity Q;
    Q.PerCore = 1;
    Q.Cores = &C;
    Q.Clamped = !Cores->MayBeZero;
    return Q;
  }
  const auto *M = dyn_cast<CXXMemberCallExpr>(&C);
  if (M && Fn->getDeclName().isIdentifier() && Fn->getName() == "size")
    return elements(*M->getImplicitObjectArgument(), Depth);
  std::string Name = qualifiedName(*Fn);
  if (Name == "std::max" || Name == "std::min" || Name == "std::clamp")
    return bounded(C, Name, Depth);
  return returned(*Fn, Depth);
}

ConstantEval::Result ConstantEval::bounded(const CallExpr &C, StringRef Name, unsigned Depth) {
  bool Clamp = Name == "std::clamp";
  if (C.getNumArgs() != (Clamp ? 3u : 2u))
    return std::nullopt;
  Result A = evaluate(*C.getArg(0), Depth), B = evaluate(*C.getArg(1), Depth);
  if (!A || !B || (!A->isConstant() && !B->isConstant()))
    return std::nullopt;
  if (Clamp) {
    Result High = evaluate(*C.getArg(2), Depth);
    if (!High || !High->isConstant() || !B->isConstant())
      return std::nullopt;
    raise(*A, B->at(0));
    lower(*A, High->at(0));
    A->Clamped = true;
    return A;
  }
  Quantity Q = A->isConstant() ? *B : *A;
  double Bound = (A->isConstant() ? *A : *B).at(0);
  if (Name == "std::max") {
    raise(Q, Bound);
    Q.Clamped = true;
  } else {
    lower(Q, Bound);
  }
  return Q;
}

ConstantEval::Result ConstantEval::elements(const Expr &Container) { return elements(Container, 0); }

ConstantEval::Result ConstantEval::elements(const Expr &Container, unsigned Depth) {
  QualType T = Container.IgnoreParenImpCasts()->getType().getNonReferenceType();
  if (const ConstantArrayType *A = Ctx.getAsConstantArrayType(T))
    return constantQuantity(double(A->getSize().getZExtValue()));
  const auto *R = dyn_cast_or_null<ClassTemplateSpecializationDecl>(T->getAsCXXRecordDecl());
  if (R && qualifiedName(*R) == "std::array" && R->getTemplateArgs().size() == 2) {
    const TemplateArgument &N = R->getTemplateArgs()[1];
    if (N.getKind() != TemplateArgument::Integral)
      return std::nullopt;
    return constantQuantity(double(N.getAsIntegral().getExtValue()));
  }
  const ValueDecl *D = namedValue(&Container);
  const ValueIndex::History *H = D ? values().of(*D) : nullptr;
  if (!R || !H || H->Changed || H->Resized || !H->Assigned.empty())
    return std::nullopt;
  return onlyValue(H->Sizes, Depth);
}

/// A function of the program that only computes: `return std::max(1u, cores());`.
ConstantEval::Result ConstantEval::returned(const FunctionDecl &Fn, unsigned Depth) {
  const FunctionDecl *Definition = nullptr;
  const SourceManager &SM = Ctx.getSourceManager();
  const auto *Method = dyn_cast<CXXMethodDecl>(&Fn);
  if (!Fn.hasBody(Definition) || Definition->getNumParams() != 0 || (Method && Method->isVirtual()) ||
      SM.isInSystemHeader(SM.getExpansionLoc(Definition->getLocation())))
    return std::nullopt;
  const auto *Body = dyn_cast<CompoundStmt>(Definition->getBody());
  if (!Body || Body->body_empty())
    return std::nullopt;
  for (const Stmt *S : Body->body())
    if (!isa<DeclStmt>(S) && S != Body->body_back())
      return std::nullopt;
  const auto *Return = dyn_cast<ReturnStmt>(Body->body_back());
  return Return && Return->getRetValue() ? evaluate(*Return->getRetValue(), Depth) : std::nullopt;
}

} // namespace nettune::analysis
