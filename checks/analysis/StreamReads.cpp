//===- StreamReads.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/StreamReads.h"

#include "analysis/EntityNames.h"
#include "analysis/MessageSize.h"
#include "analysis/ReadBuffer.h"

#include <clang/AST/RecursiveASTVisitor.h>

using namespace clang;

namespace nettune::analysis {
using namespace summary;
using model::Entry;
using model::Role;

namespace {

struct Read {
  CallSite Call;
  ReadBuffer Buffer;
  const ValueDecl *Stream = nullptr;
  llvm::SmallVector<const Stmt *, 4> Loops;
};

class ReadVisitor : public RecursiveASTVisitor<ReadVisitor> {
  using Base = RecursiveASTVisitor<ReadVisitor>;

public:
  ReadVisitor(Extraction &X, const Stmt &Body) : X(X), Body(Body) {}
  std::vector<Read> Found;

  bool TraverseLambdaExpr(LambdaExpr *) { return true; }
  bool TraverseForStmt(ForStmt *S) { return loop(S, &Base::TraverseForStmt); }
  bool TraverseWhileStmt(WhileStmt *S) { return loop(S, &Base::TraverseWhileStmt); }
  bool TraverseDoStmt(DoStmt *S) { return loop(S, &Base::TraverseDoStmt); }
  bool TraverseCXXForRangeStmt(CXXForRangeStmt *S) { return loop(S, &Base::TraverseCXXForRangeStmt); }

  bool VisitCallExpr(CallExpr *C) {
    CallSite S = CallSite::of(*C);
    if (!S.Callee)
      return true;
    int Index = bufferIndex(S);
    if (Index < 0 || !isStreamSocket(X, S, Body))
      return true;
    Found.push_back({S, readBuffer(X.Constants, X.E.context(), S, Index), namedValue(readStream(S)), Loops});
    return true;
  }

private:
  /// read(2) has no model entry: only of a socket does it give received data.
  int bufferIndex(const CallSite &S) {
    if (const Entry *M = X.Models.match(S, Role::Payloads))
      return M->Argument == model::ResultIsPayload ? -1 : M->Argument;
    return isCFunction(*S.Callee) && S.Arguments.size() == 3 && qualifiedName(*S.Callee) == "read" ? 1 : -1;
  }

  template <typename LoopStmt>
  bool loop(LoopStmt *S, bool (Base::*Traverse)(LoopStmt *, DataRecursionQueue *)) {
    Loops.push_back(S);
    (this->*Traverse)(S, nullptr);
    Loops.pop_back();
    return true;
  }

  Extraction &X;
  const Stmt &Body;
  llvm::SmallVector<const Stmt *, 4> Loops;
};

/// Reads until the buffer is full: asio::read, MSG_WAITALL.
bool readsWhole(Extraction &X, const CallSite &S) {
  if (!isCFunction(*S.Callee))
    return !isa<CXXMethodDecl>(S.Callee) && !StringRef(qualifiedName(*S.Callee)).contains("_some");
  constexpr std::int64_t WaitAll = 0x100; // MSG_WAITALL
  const Expr *Flags = S.argument(3);
  return Flags && (X.Constants.number(*Flags).value_or(0) & WaitAll) != 0;
}

bool mentions(const Stmt &S, const ValueDecl &D, const Stmt *Except) {
  if (&S == Except)
    return false;
  if (const auto *E = dyn_cast<DeclRefExpr>(&S); E && E->getDecl() == &D)
    return true;
  if (const auto *M = dyn_cast<MemberExpr>(&S); M && M->getMemberDecl() == &D)
    return true;
  return llvm::any_of(S.children(), [&](const Stmt *Child) { return Child && mentions(*Child, D, Except); });
}

/// `line += c`, `line.push_back(c)`, `buffer[n++] = c`.
bool appends(const Stmt &S, const ValueDecl &Byte) {
  if (const auto *C = dyn_cast<CallExpr>(&S)) {
    CallSite Site = CallSite::of(*C);
    bool Takes = llvm::any_of(Site.Arguments, [&](const Expr *A) { return mentions(*A, Byte, nullptr); });
    if (Takes && Site.Object && Site.Callee) {
      if (Site.Callee->getOverloadedOperator() == OO_PlusEqual)
        return true;
      if (Site.Callee->getDeclName().isIdentifier() &&
          llvm::is_contained({"push_back", "append", "put", "insert", "emplace_back"}, Site.Callee->getName()))
        return true;
    }
  }
  if (const auto *B = dyn_cast<BinaryOperator>(&S); B && B->getOpcode() == BO_Assign) {
    const Expr *To = B->getLHS()->IgnoreParens();
    const auto *U = dyn_cast<UnaryOperator>(To);
    bool IntoBuffer = isa<ArraySubscriptExpr>(To) || (U && U->getOpcode() == UO_Deref);
    if (IntoBuffer && namedValue(B->getRHS()) == &Byte)
      return true;
  }
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(&S); O && O->getOperator() == OO_Equal)
    if (O->getNumArgs() == 2 && isa<CXXOperatorCallExpr>(O->getArg(0)) && namedValue(O->getArg(1)) == &Byte)
      return true;
  return llvm::any_of(S.children(), [&](const Stmt *Child) { return Child && appends(*Child, Byte); });
}

bool gathers(const Read &R, const Stmt &Scope) {
  if (R.Buffer.Inside)
    return true;
  if (!R.Buffer.Target)
    return false;
  if (R.Buffer.Bytes == 1)
    return appends(Scope, *R.Buffer.Target);
  return mentions(Scope, *R.Buffer.Target, R.Call.Whole);
}

/// `n == 16` after a read of 16: a packet of fixed size.
bool expectsExactly(ConstantEval &Constants, const Stmt &S, std::int64_t Bytes) {
  if (const auto *B = dyn_cast<BinaryOperator>(&S); B && B->isEqualityOp())
    for (const Expr *Side : {B->getLHS(), B->getRHS()})
      if (Constants.number(*Side) == Bytes)
        return true;
  return llvm::any_of(S.children(),
                      [&](const Stmt *Child) { return Child && expectsExactly(Constants, *Child, Bytes); });
}

class ReadFacts {
public:
  ReadFacts(Extraction &X, const Stmt &Body, FunctionId In) : X(X), Body(Body), In(In) {}

  void add(const Read &R, const std::vector<Read> &All) {
    if (R.Buffer.Bytes <= 0 || !R.Buffer.Raw || !R.Stream)
      return;
    const Stmt &Scope = R.Loops.empty() ? Body : *R.Loops.back();
    StreamRead F;
    F.In = In;
    for (const Stmt *L : R.Loops)
      F.Loops.push_back(X.LoopNumbers.lookup(L));
    F.Where = X.E.place(R.Call.Where);
    F.Api = qualifiedName(*R.Call.Callee);
    Place At = X.E.place(R.Stream->getLocation());
    F.Stream = (X.F.text(At.File) + ":" + llvm::Twine(At.Line) + ":" + llvm::Twine(At.Column)).str();
    F.Bytes = R.Buffer.Bytes;
    F.Whole = readsWhole(X, R.Call);
    F.Later = StringRef(F.Api).contains("async_");
    F.Repeated = !R.Loops.empty() && !isFraming(R, All) &&
                 (F.Bytes == 1 || !expectsExactly(X.Constants, Scope, F.Bytes));
    F.Gathers = gathers(R, Scope) || (F.Later && isa_and_nonnull<FieldDecl>(R.Buffer.Target));
    if (!R.Loops.empty())
      if (std::optional<FrameLoop> Frame = frameOf(X.Constants, *R.Loops.back(), *R.Call.Whole)) {
        F.Frame = Frame->Bytes;
        F.FrameAt = X.E.place(Frame->Bound->getBeginLoc());
      }
    X.Local.Counts.Reads.push_back(std::move(F));
  }

private:
  /// The same loop reads the stream elsewhere too: a header and what follows it.
  static bool isFraming(const Read &R, const std::vector<Read> &All) {
    return llvm::any_of(All, [&](const Read &Other) {
      return Other.Call.Whole != R.Call.Whole && Other.Stream == R.Stream &&
             llvm::is_contained(Other.Loops, R.Loops.back());
    });
  }

  Extraction &X;
  const Stmt &Body;
  FunctionId In;
};

/// `server.set_receive_buffer_size(1024)`, `options.receive_buffer = 1024`.
class SettingVisitor : public RecursiveASTVisitor<SettingVisitor> {
public:
  SettingVisitor(Extraction &X, const Stmt &Body, FunctionId In) : X(X), Body(Body), In(In) {}
  bool TraverseLambdaExpr(LambdaExpr *) { return true; }

  bool VisitCallExpr(CallExpr *C) {
    CallSite S = CallSite::of(*C);
    const Entry *M = S.Callee ? X.Models.match(S, Role::Settings) : nullptr;
    if (M && M->Key == "receive_buffer_size")
      if (const Expr *A = S.argument(M->Argument))
        add(*A);
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *B) {
    const ValueDecl *D = B->getOpcode() == BO_Assign ? namedValue(B->getLHS()) : nullptr;
    if (!D || !isa<FieldDecl>(D))
      return true;
    for (const Entry *M : X.Models.model().field(qualifiedName(*D)))
      if (M->R == Role::Settings && M->Key == "receive_buffer_size")
        add(*B->getRHS());
    return true;
  }

private:
  void add(const Expr &Value) {
    std::optional<std::int64_t> Bytes = X.Constants.number(Value, model::Unit::Bytes);
    if (!Bytes || *Bytes <= 0)
      return;
    ReadBufferSetting S;
    S.In = In;
    S.Where = X.E.place(Value.getBeginLoc());
    S.Bytes = *Bytes;
    if (std::optional<MessageSize> M = messageSizeBeside(X.Constants, Value, Body)) {
      S.Message = M->Bytes;
      S.MessageAt = X.E.place(M->Named->getLocation());
    }
    X.Local.Counts.ReadBuffers.push_back(S);
  }

  Extraction &X;
  const Stmt &Body;
  FunctionId In;
};

} // namespace

void analyzeReads(Extraction &X, const FunctionDecl &Fn, FunctionId Id) {
  Stmt *Body = Fn.getBody();
  if (!Body)
    return;
  ReadVisitor Visitor(X, *Body);
  Visitor.TraverseStmt(Body);
  ReadFacts Facts(X, *Body, Id);
  for (const Read &R : Visitor.Found)
    Facts.add(R, Visitor.Found);
  SettingVisitor(X, *Body, Id).TraverseStmt(Body);
}

} // namespace nettune::analysis
