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

/// SOCK_DGRAM and its like of the call's second argument; 0: not known.
static unsigned socketType(const CallExpr &Call, const ASTContext &Ctx) {
  constexpr unsigned TypeMask = 0xf; // SOCK_CLOEXEC and SOCK_NONBLOCK stand above
  Expr::EvalResult Type;
  bool Known = Call.getNumArgs() > 1 && !Call.getArg(1)->isValueDependent() && Call.getArg(1)->EvaluateAsInt(Type, Ctx);
  return Known ? unsigned(Type.Val.getInt().getZExtValue()) & TypeMask : 0;
}
static constexpr unsigned Datagram = 2, SeqPacket = 5; // man 2 socket; on Linux

/// The variable named \p Key is given the socket that \p Call makes.
static void addNew(Extraction &X, std::string Key, const CallExpr *Call) {
  if (Key.empty())
    return;
  bool Made = cName(Call->getDirectCallee()) == "socket";
  unsigned Type = Made ? socketType(*Call, X.E.context()) : 0;
  if (Type == SeqPacket)
    X.Local.Sends.Packets.push_back(Key);
  if (!Made && Call->getNumArgs() > 0)
    X.Local.Sends.Copies.push_back({descriptorKey(X, *Call->getArg(0)), Key});
  (Type == Datagram ? X.Local.Sends.Datagrams : X.Local.Sends.Sockets).push_back(std::move(Key));
}

static void addPair(Extraction &X, const CallExpr &Call) {
  unsigned Type = socketType(Call, X.E.context());
  bool Packets = Type == SeqPacket || Type == Datagram;
  if (std::string Key = Packets ? descriptorKey(X, *Call.getArg(3)) : std::string(); !Key.empty())
    X.Local.Sends.Packets.push_back(std::move(Key));
}

/// \p To gets the value of \p From, as it is or as a new socket.
static void addValue(Extraction &X, std::string To, const Expr *From) {
  if (const CallExpr *Call = newSocket(From))
    return addNew(X, std::move(To), Call);
  // A list that does not fit has no type.
  if (!From || To.empty() || From->getType().isNull() || !From->getType()->isSpecificBuiltinType(BuiltinType::Int))
    return;
  if (std::string Key = descriptorKey(X, *From); !Key.empty())
    X.Local.Sends.Copies.push_back({std::move(Key), std::move(To)});
}

static void addCall(Extraction &X, const CallExpr &Call) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee || Call.getNumArgs() == 0)
    return;
  StringRef Name = cName(Callee);
  if (takesSocket(Name) && X.E.isLibrary(*Callee))
    return addSocket(X, Call.getArg(0));
  if (Name == "socketpair" && Call.getNumArgs() == 4)
    return addPair(X, Call);
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
        addValue(X, variableKey(X, *V), V->getInit());
  } else if (const auto *B = dyn_cast<BinaryOperator>(&S)) {
    if (B->getOpcode() == BO_Assign)
      addValue(X, descriptorKey(X, *B->getLHS()), B->getRHS());
  }
}

} // namespace nettune::analysis
