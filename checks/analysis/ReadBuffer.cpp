//===- ReadBuffer.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ReadBuffer.h"

#include "analysis/EntityNames.h"

using namespace clang;

namespace nettune::analysis {
using model::Role;

static bool isByte(QualType T) {
  return T->isCharType() || T->isStdByteType() ||
         (T->isIntegerType() && T->getAs<BuiltinType>() &&
          (T->isSpecificBuiltinType(BuiltinType::UChar) || T->isSpecificBuiltinType(BuiltinType::SChar)));
}

/// `&b`, `b`, `b.data()`, `b + used`, `&b[used]`.
static void findTarget(const Expr &Pointer, ReadBuffer &B) {
  const Expr *E = Pointer.IgnoreParenCasts();
  if (const auto *U = dyn_cast<UnaryOperator>(E); U && U->getOpcode() == UO_AddrOf) {
    E = U->getSubExpr()->IgnoreParenCasts();
    if (const auto *S = dyn_cast<ArraySubscriptExpr>(E)) {
      B.Inside = !isa<IntegerLiteral>(S->getIdx()->IgnoreParenImpCasts());
      E = S->getBase()->IgnoreParenCasts();
    } else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E); O && O->getNumArgs() == 2) {
      B.Inside = !isa<IntegerLiteral>(O->getArg(1)->IgnoreParenImpCasts());
      E = O->getArg(0)->IgnoreParenCasts();
    }
  } else if (const auto *S = dyn_cast<BinaryOperator>(E); S && S->isAdditiveOp()) {
    B.Inside = true;
    E = S->getLHS()->IgnoreParenCasts();
  }
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E))
    E = C->getImplicitObjectArgument()->IgnoreParenCasts();
  B.Target = namedValue(E);
  QualType T = B.Target ? B.Target->getType().getNonReferenceType() : E->getType();
  while (T->isArrayType() || T->isPointerType())
    T = T->isPointerType() ? T->getPointeeType() : QualType(T->getArrayElementTypeNoTypeQual(), 0);
  B.Raw = isByte(T);
  if (const auto *S = dyn_cast_or_null<ClassTemplateSpecializationDecl>(T->getAsCXXRecordDecl()))
    if (const TemplateArgument &A = S->getTemplateArgs()[0]; A.getKind() == TemplateArgument::Type)
      B.Raw = isByte(A.getAsType()); // std::array<char, n>, std::vector<char>, std::string
}

static ReadBuffer pointerAndSize(ConstantEval &Constants, const Expr &Pointer, const Expr *Size) {
  ReadBuffer B;
  findTarget(Pointer, B);
  if (Size && Size->getType()->isIntegerType())
    B.Bytes = Constants.number(*Size).value_or(0);
  return B;
}

/// What makes a `mutable_buffer`: its arguments are a pointer or a container, and
/// perhaps a size.
static llvm::ArrayRef<const Expr *> bufferArguments(const Expr &Written,
                                                    llvm::SmallVectorImpl<const Expr *> &Out) {
  const Expr *E = &Written;
  while (true) {
    E = E->IgnoreParenCasts()->IgnoreImplicit();
    const auto *C = dyn_cast<CXXConstructExpr>(E);
    if (!C || C->getNumArgs() != 1)
      break;
    E = C->getArg(0);
  }
  if (const auto *C = dyn_cast<CallExpr>(E); C && !isa<CXXOperatorCallExpr, CXXMemberCallExpr>(C))
    Out.append(C->arg_begin(), C->arg_end());
  else if (const auto *C = dyn_cast<CXXConstructExpr>(E))
    Out.append(C->arg_begin(), C->arg_end());
  const CXXRecordDecl *R = E->getType().getNonReferenceType()->getAsCXXRecordDecl();
  // Of a dynamic buffer the size is a limit, not what one read takes.
  if (!R || !R->getDeclName().isIdentifier() || !R->getName().starts_with("mutable_buffer"))
    Out.clear();
  while (!Out.empty() && isa<CXXDefaultArgExpr>(Out.back()))
    Out.pop_back();
  return Out;
}

ReadBuffer readBuffer(ConstantEval &Constants, ASTContext &Ctx, const CallSite &Site, int Index) {
  const Expr *A = Site.argument(Index);
  if (!A || A->isTypeDependent() || A->isValueDependent())
    return {};
  if (A->getType()->isPointerType())
    return pointerAndSize(Constants, *A, Site.argument(Index + 1));
  llvm::SmallVector<const Expr *, 3> Arguments;
  if (bufferArguments(*A, Arguments).empty())
    return {};
  const Expr *Size = Arguments.size() > 1 ? Arguments[1] : nullptr;
  if (Arguments[0]->getType()->isPointerType())
    return pointerAndSize(Constants, *Arguments[0], Size);
  ReadBuffer B;
  findTarget(*Arguments[0], B);
  std::optional<Quantity> Elements = Constants.elements(*Arguments[0]);
  std::int64_t Whole = Elements && Elements->isConstant() && B.Raw ? std::int64_t(Elements->at(0)) : 0;
  if (!Size)
    B.Bytes = Whole;
  else if (std::optional<std::int64_t> Given = Constants.number(*Size))
    B.Bytes = Whole ? std::min(Whole, *Given) : *Given;
  return B;
}

const Expr *readStream(const CallSite &Site) {
  if (Site.Object)
    return Site.Object;
  return Site.Arguments.empty() ? nullptr : Site.Arguments.front();
}

//===----------------------------------------------------------------------===//
// Is it a socket?
//===----------------------------------------------------------------------===//

/// Functions of POSIX whose first argument is a socket (man 7 socket).
static bool takesSocket(StringRef Name) {
  return llvm::is_contained({"recv", "send", "shutdown", "getpeername", "setsockopt", "getsockopt", "connect"},
                            Name);
}

static bool usesAsSocket(const Stmt &S, const ValueDecl &D) {
  if (const auto *C = dyn_cast<CallExpr>(&S))
    if (const FunctionDecl *Fn = C->getDirectCallee(); Fn && C->getNumArgs() > 0 && isCFunction(*Fn))
      if (Fn->getDeclName().isIdentifier() && takesSocket(Fn->getName()) && namedValue(C->getArg(0)) == &D)
        return true;
  return llvm::any_of(S.children(), [&](const Stmt *Child) { return Child && usesAsSocket(*Child, D); });
}

constexpr std::int64_t StreamKind = 1; ///< SOCK_STREAM

/// The kind that a call of socket() asks for; 0: it is none.
static std::int64_t socketKind(Extraction &X, const Expr &Written) {
  const auto *C = dyn_cast<CallExpr>(Written.IgnoreParenCasts()->IgnoreImplicit());
  const FunctionDecl *Fn = C ? C->getDirectCallee() : nullptr;
  if (!Fn || C->getNumArgs() != 3 || !isCFunction(*Fn) || qualifiedName(*Fn) != "socket")
    return 0;
  constexpr std::int64_t KindMask = 0xf; // SOCK_NONBLOCK and SOCK_CLOEXEC are above
  return X.Constants.number(*C->getArg(1)).value_or(0) & KindMask;
}

/// accept(), or socket() for a stream.
static bool makesSocket(Extraction &X, const Expr &Written) {
  const auto *C = dyn_cast<CallExpr>(Written.IgnoreParenCasts()->IgnoreImplicit());
  if (!C || !C->getDirectCallee())
    return false;
  return X.Models.match(CallSite::of(*C), Role::Accepts) || socketKind(X, Written) == StreamKind;
}

static bool isDatagramSocket(Extraction &X, const ValueDecl &D) {
  auto OtherKind = [&](const Expr *E) {
    std::int64_t Kind = socketKind(X, *E);
    return Kind != 0 && Kind != StreamKind;
  };
  if (const auto *V = dyn_cast<VarDecl>(&D); V && V->getInit() && OtherKind(V->getInit()))
    return true;
  const ValueIndex::History *H = X.Constants.values().of(D);
  return H && llvm::any_of(H->Assigned, OtherKind);
}

static bool comesFromSocket(Extraction &X, const ValueDecl &D, unsigned Depth) {
  constexpr unsigned Deepest = 3;
  if (Depth > Deepest)
    return false;
  auto IsOne = [&](const Expr *E) {
    const ValueDecl *From = namedValue(E);
    return makesSocket(X, *E) || (From && From != &D && comesFromSocket(X, *From, Depth + 1));
  };
  if (const auto *P = dyn_cast<ParmVarDecl>(&D))
    return llvm::any_of(X.Constants.values().arguments(*P), IsOne);
  if (const auto *V = dyn_cast<VarDecl>(&D); V && V->getInit() && IsOne(V->getInit()))
    return true;
  const ValueIndex::History *H = X.Constants.values().of(D);
  return H && llvm::any_of(H->Assigned, IsOne);
}

bool isStreamSocket(Extraction &X, const CallSite &Site, const Stmt &Body) {
  const Expr *Stream = readStream(Site);
  if (!Stream)
    return false;
  QualType T = Stream->IgnoreParenImpCasts()->getType().getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  if (const CXXRecordDecl *R = T->getAsCXXRecordDecl()) {
    std::string Name = qualifiedName(*R);
    auto Has = [&](StringRef Part) { return StringRef(Name).contains(Part); };
    return (Has("stream") || Has("socket")) && !Has("descriptor") && !Has("file") && !Has("datagram") &&
           !Has("raw") && !Has("seq_packet");
  }
  const ValueDecl *D = namedValue(Stream);
  if (!D || !T->isIntegerType() || isDatagramSocket(X, *D))
    return false;
  std::string Name = qualifiedName(*Site.Callee);
  return Name == "recv" || usesAsSocket(Body, *D) || comesFromSocket(X, *D, 0);
}

} // namespace nettune::analysis
