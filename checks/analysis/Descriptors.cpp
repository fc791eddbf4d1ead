//===- Descriptors.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Descriptors.h"

#include "analysis/EntityNames.h"
#include "analysis/LogCalls.h"

using namespace clang;

namespace nettune::analysis {

static StringRef cName(const FunctionDecl *Fn) {
  return Fn && Fn->getDeclName().isIdentifier() && isCFunction(*Fn) ? Fn->getName() : StringRef();
}

bool takesAnyDescriptor(const FunctionDecl &Fn) {
  StringRef Name = cName(&Fn);
  return Name == "write" || Name == "writev";
}

static bool makesSocket(StringRef Name) {
  return Name == "socket" || Name == "accept" || Name == "accept4";
}

static bool takesSocket(StringRef Name) {
  static constexpr llvm::StringLiteral Names[] = {
      "connect",  "bind",   "listen",  "accept",     "accept4",    "recv",     "recvfrom",    "recvmsg",
      "send",     "sendto", "sendmsg", "setsockopt", "getsockopt", "shutdown", "getpeername", "getsockname"};
  return llvm::is_contained(Names, Name);
}

static std::string variableKey(Extraction &X, const VarDecl &V) {
  if (!V.isLocalVarDeclOrParm())
    return qualifiedName(V);
  summary::Place P = X.E.place(V.getLocation());
  return (V.getName() + "@" + X.F.text(P.File) + ":" + llvm::Twine(P.Line) + ":" + llvm::Twine(P.Column)).str();
}

std::string descriptorKey(Extraction &X, const Expr &E) {
  const Expr *D = E.IgnoreParenImpCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(D)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    return V ? variableKey(X, *V) : std::string();
  }
  if (const auto *M = dyn_cast<MemberExpr>(D))
    return isa<FieldDecl>(M->getMemberDecl()) ? qualifiedName(*M->getMemberDecl()) : std::string();
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(D))
    return Call->getMethodDecl() ? qualifiedName(*Call->getMethodDecl()) : std::string();
  if (const auto *S = dyn_cast<ArraySubscriptExpr>(D))
    return descriptorKey(X, *S->getBase());
  if (const auto *U = dyn_cast<UnaryOperator>(D))
    return U->getOpcode() == UO_Deref ? descriptorKey(X, *U->getSubExpr()) : std::string();
  return {};
}

static bool isNamedSocket(StringRef Key) {
  static constexpr llvm::StringLiteral Words[] = {"sock", "socket", "sockfd", "conn",     "connfd", "connection",
                                                  "peer", "client", "clientfd", "clifd", "clisock"};
  static constexpr llvm::StringLiteral Others[] = {"pipe", "file", "log", "event", "wake", "timer", "signal", "tty"};
  StringRef Name = Key.split('@').first;
  StringRef Own = Name.rsplit("::").second.empty() ? Name : Name.rsplit("::").second;
  if (hasWord(Own, Others))
    return false;
  bool PlainName = Own == "fd" || Own == "fd_" || Own == "m_fd" || Own == "_fd";
  return hasWord(Own, Words) || (PlainName && hasWord(Name, Words));
}

static void addSocket(Extraction &X, const Expr *E) {
  if (std::string Key = E ? descriptorKey(X, *E) : std::string(); !Key.empty())
    X.Local.Sends.Sockets.push_back(std::move(Key));
}

static const CallExpr *newSocket(const Expr *E) {
  const auto *Call = E ? dyn_cast<CallExpr>(E->IgnoreParenImpCasts()) : nullptr;
  return Call && makesSocket(cName(Call->getDirectCallee())) ? Call : nullptr;
}

/// The variable named \p Key is given the socket that \p Call makes.
static void addNew(Extraction &X, std::string Key, const CallExpr *Call) {
  if (Key.empty())
    return;
  StringRef Name = cName(Call->getDirectCallee());
  Expr::EvalResult Type;
  constexpr unsigned TypeMask = 0xf, Datagram = 2; // man 2 socket; SOCK_DGRAM on Linux
  bool IsDatagram = Name == "socket" && Call->getNumArgs() > 1 && !Call->getArg(1)->isValueDependent() &&
                    Call->getArg(1)->EvaluateAsInt(Type, X.E.context()) &&
                    (Type.Val.getInt().getZExtValue() & TypeMask) == Datagram;
  (IsDatagram ? X.Local.Sends.Datagrams : X.Local.Sends.Sockets).push_back(std::move(Key));
}

static void addCall(Extraction &X, const CallExpr &Call) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee || Call.getNumArgs() == 0)
    return;
  StringRef Name = cName(Callee);
  if (takesSocket(Name) && X.E.isLibrary(*Callee))
    return addSocket(X, Call.getArg(0));
  if (takesAnyDescriptor(*Callee)) {
    std::string Key = descriptorKey(X, *Call.getArg(0));
    if (isNamedSocket(Key))
      X.Local.Sends.Sockets.push_back(std::move(Key));
    return;
  }
  if (X.E.isLibrary(*Callee) || isa<CXXOperatorCallExpr>(Call))
    return;
  for (unsigned I = 0; I < Call.getNumArgs() && I < Callee->getNumParams(); ++I) {
    const ParmVarDecl *To = Callee->getParamDecl(I);
    if (const FunctionDecl *Definition = nullptr; Callee->hasBody(Definition) && I < Definition->getNumParams())
      To = Definition->getParamDecl(I);
    if (!To->getType()->isSpecificBuiltinType(BuiltinType::Int))
      continue;
    std::string From = descriptorKey(X, *Call.getArg(I));
    if (From.empty())
      continue;
    X.Local.Sends.Flows.push_back({std::move(From), variableKey(X, *To)});
  }
}

void addDescriptorFacts(Extraction &X, const Stmt &S) {
  if (const auto *Call = dyn_cast<CallExpr>(&S))
    return addCall(X, *Call);
  if (const auto *D = dyn_cast<DeclStmt>(&S)) {
    for (const Decl *Part : D->decls())
      if (const auto *V = dyn_cast<VarDecl>(Part))
        if (const CallExpr *Call = newSocket(V->getInit()))
          addNew(X, variableKey(X, *V), Call);
  } else if (const auto *B = dyn_cast<BinaryOperator>(&S)) {
    if (B->getOpcode() == BO_Assign)
      if (const CallExpr *Call = newSocket(B->getRHS()))
        addNew(X, descriptorKey(X, *B->getLHS()), Call);
  }
}

} // namespace nettune::analysis
