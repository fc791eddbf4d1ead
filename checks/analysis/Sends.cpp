//===- Sends.cpp ----------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Sends.h"

#include "analysis/Descriptors.h"
#include "analysis/DroppedMessages.h"
#include "analysis/EntityNames.h"
#include "analysis/HandlerErrors.h"
#include "analysis/LogCalls.h"
#include "analysis/ResultUse.h"

#include <clang/AST/StmtCXX.h>
#include <clang/Lex/Lexer.h>

using namespace clang;

namespace nettune::analysis {
using namespace summary;
using model::Entry;
using model::Role;
using model::SendReport;

namespace {

class SendAnalysis {
public:
  SendAnalysis(Extraction &X, const FunctionDecl &Fn, FunctionId Id) : X(X), Fn(Fn), Id(Id) {}

  void visit(const Stmt &S);

private:
  void send(const CallExpr &Call, const Entry &M);
  void judge(const CallSite &Site, const Entry &M, SendUse &S);
  void judgeCompletion(const CallSite &Site, const Entry &M, SendUse &S);
  void judgeErrorCode(const Expr *Argument, const CallSite &Site, SendUse &S);
  const CompoundStmt *blockAround(const Stmt *&S);
  bool closesAfter(const Expr &Call);
  bool isCloseNotice(const CallExpr &Call);
  bool asksErrno(const Expr &Call);
  void offerWhole(const CallExpr &Call, const CallSite &Site, SendUse &S);
  ResultUse &uses() {
    if (!Uses)
      Uses = std::make_unique<ResultUse>(X.E.context(), Fn);
    return *Uses;
  }

  Extraction &X;
  const FunctionDecl &Fn;
  FunctionId Id;
  std::unique_ptr<ResultUse> Uses;
};

} // namespace

//===----------------------------------------------------------------------===//
// From uses to fates
//===----------------------------------------------------------------------===//

/// \p Counts says that the value is a number of bytes, or -1.
static Fate errorFate(const ValueUses &U, bool Counts) {
  using V = ValueUses;
  if (U.Overwritten)
    return Fate::Overwritten;
  if (!U.Bits)
    return U.Holder ? Fate::NeverRead : Fate::Discarded;
  if (U.onlyAmong(V::Voided))
    return Fate::Voided;
  if (U.has(V::Read | V::ErrorTest) || (!Counts && U.has(V::BoolTest | V::Added)))
    return Fate::Used;
  if (U.has(V::BoolTest))
    return Fate::AsBool;
  return U.has(V::Added) ? Fate::Added : Fate::Logged;
}

static Fate countFate(const ValueUses &U) {
  using V = ValueUses;
  if (U.has(V::Read | V::Added))
    return Fate::Used;
  if (U.has(V::Voided))
    return Fate::Voided;
  if (U.has(V::ErrorTest | V::BoolTest))
    return Fate::Tested;
  if (U.has(V::Logged))
    return Fate::Logged;
  return U.Holder ? Fate::NeverRead : Fate::Discarded;
}

static std::string holderName(const ValueUses &U, Fate F) {
  const ValueDecl *D = F == Fate::Added ? U.Sum : U.Holder;
  return D ? D->getNameAsString() : std::string();
}

static bool isCount(QualType T) { return T->isIntegerType() && !T->isBooleanType() && !T->isEnumeralType(); }

void SendAnalysis::judge(const CallSite &Site, const Entry &M, SendUse &S) {
  if (M.Reports == SendReport::Completion)
    return judgeCompletion(Site, M, S);
  ValueUses U = uses().value(*Site.Whole);
  QualType T = Site.Whole->getType();
  if (M.Reports == SendReport::ErrorCode) {
    judgeErrorCode(Site.argument(M.Argument), Site, S);
    S.Count = M.Partial && isCount(T) ? countFate(U) : Fate::Used;
    return;
  }
  // A count that cannot be negative, or an awaited one: errors are thrown.
  bool Counts = M.Reports == SendReport::Bytes && isCount(T) && T->isSignedIntegerType();
  if (Counts || M.Reports == SendReport::Status) {
    S.Error = errorFate(U, Counts);
    S.Holder = holderName(U, S.Error);
  }
  if (M.Partial && M.Reports == SendReport::Bytes)
    S.Count = countFate(U);
}

void SendAnalysis::judgeErrorCode(const Expr *Argument, const CallSite &Site, SendUse &S) {
  if (!Argument)
    return;
  ValueUses U = uses().written(*Argument, *Site.Whole);
  S.Told = Teller::ErrorCode;
  S.Error = errorFate(U, /*Counts=*/false);
  S.Holder = holderName(U, S.Error);
  if (S.Error != Fate::Used)
    S.Lost = X.E.place(Argument->getBeginLoc());
}

/// The error code of `redirect_error(token, error)` and `yield[error]`.
static const Expr *redirected(const Expr *Token) {
  const auto *Call = dyn_cast<CallExpr>(Token->IgnoreImplicit()->IgnoreParenImpCasts());
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee)
    return nullptr;
  bool Redirects = Callee->getOverloadedOperator() == OO_Subscript ||
                   (Callee->getDeclName().isIdentifier() && Callee->getName() == "redirect_error");
  for (const Expr *A : Call->arguments())
    if (Redirects && isErrorCode(A->getType()))
      return A;
  return nullptr;
}

void SendAnalysis::judgeCompletion(const CallSite &Site, const Entry &M, SendUse &S) {
  const Expr *Token = Site.argument(M.Argument == model::AllCallables ? -1 : M.Argument);
  if (!Token)
    return;
  QualType T = Token->getType();
  auto Is = [&](const char *Name) { return mentionsType(T, {std::string("*::") + Name}); };
  if (Is("detached_t")) {
    S.Error = Fate::Voided;
  } else if (const Expr *Error = redirected(Token)) {
    judgeErrorCode(Error, Site, S);
  } else if (Is("as_tuple_t") || Is("use_future_t")) {
    ValueUses U = uses().value(*Site.Whole);
    S.Error = errorFate(U, /*Counts=*/false);
    S.Holder = holderName(U, S.Error);
  } else if (Is("use_awaitable_t") || Is("deferred_t")) {
    ValueUses U = uses().value(*Site.Whole);
    S.Count = M.Partial ? countFate(U) : Fate::Used;
  } else {
    HandlerReport R = reportOfHandler(X, Site, *Token);
    S.Error = R.Error;
    S.Count = M.Partial ? R.Count : Fate::Used;
    S.Holder = R.Holder;
    S.Told = Teller::Handler;
    if (R.Lost.isValid() && R.Error != Fate::Used)
      S.Lost = X.E.place(R.Lost);
  }
}

//===----------------------------------------------------------------------===//
// What is left alone
//===----------------------------------------------------------------------===//

static bool isOne(const Expr *E, const ASTContext &Ctx) {
  Expr::EvalResult Value;
  return E && !E->isValueDependent() && isCount(E->getType()) && E->EvaluateAsInt(Value, Ctx) &&
         Value.Val.getInt() == 1;
}

/// The class or function is named after datagrams, which may get lost anyway.
static bool isNamedForDatagrams(const FunctionDecl &Fn) {
  static constexpr llvm::StringLiteral Words[] = {"udp", "datagram", "dgram", "multicast", "icmp", "ping", "syslog"};
  return hasWord(qualifiedName(Fn), Words);
}

/// One byte is sent whole or not at all: a signal pipe, as a rule.
static bool sendsOneByte(const CallSite &Site, const ASTContext &Ctx) {
  if (isCFunction(*Site.Callee))
    return isOne(Site.argument(2), Ctx);
  for (const Expr *A : Site.Arguments)
    if (const auto *Call = dyn_cast<CallExpr>(A->IgnoreImplicit()); Call && Call->getNumArgs() >= 2)
      if (isOne(Call->getArg(1), Ctx))
        return true;
  return false;
}

static const CallExpr *callOf(const Stmt *S) {
  if (const auto *Full = dyn_cast_or_null<FullExpr>(S))
    S = Full->getSubExpr();
  if (const auto *E = dyn_cast_or_null<Expr>(S))
    S = E->IgnoreParenImpCasts();
  if (const auto *Void = dyn_cast_or_null<ExplicitCastExpr>(S))
    return callOf(Void->getSubExpr());
  return dyn_cast_or_null<CallExpr>(S);
}

/// The block that \p S stands in; \p S becomes its statement there.
const CompoundStmt *SendAnalysis::blockAround(const Stmt *&S) {
  const Stmt *P = uses().parent(S);
  while (P && !isa<CompoundStmt>(P)) {
    S = P;
    P = uses().parent(S);
  }
  return dyn_cast_or_null<CompoundStmt>(P);
}

/// The last words of a connection that is closed for another reason: in a branch,
/// a statement after the send closes.
bool SendAnalysis::closesAfter(const Expr &Call) {
  const Stmt *S = &Call;
  const CompoundStmt *Block = blockAround(S);
  if (!Block || !isa_and_nonnull<IfStmt, SwitchCase, CXXCatchStmt>(uses().parent(Block)))
    return false;
  bool After = false;
  for (const Stmt *Next : Block->body()) {
    const CallExpr *C = After ? callOf(Next) : nullptr;
    if (C && C->getDirectCallee() && isEnding(*C->getDirectCallee()))
      return true;
    After |= Next == S;
  }
  return false;
}

/// `send(fd, "bye", 3, 0); close(fd);` and no more: a few fixed words and the end of
/// what they are sent on. An answer of any length is not meant.
bool SendAnalysis::isCloseNotice(const CallExpr &Call) {
  Expr::EvalResult Size;
  const Expr *Length = Call.getNumArgs() > 2 ? Call.getArg(2) : nullptr;
  if (!Length || Length->isValueDependent() || !isCount(Length->getType()) ||
      !Length->EvaluateAsInt(Size, X.E.context()))
    return false;
  std::string Descriptor = descriptorKey(X, *Call.getArg(0));
  const Stmt *S = &Call;
  const CompoundStmt *Block = Descriptor.empty() ? nullptr : blockAround(S);
  if (!Block)
    return false;
  bool After = false, Closes = false;
  for (const Stmt *Next : Block->body()) {
    const CallExpr *C = After ? callOf(Next) : nullptr;
    bool Ends = C && C->getDirectCallee() && isEnding(*C->getDirectCallee()) && C->getNumArgs() > 0 &&
                descriptorKey(X, *C->getArg(0)) == Descriptor;
    Closes |= Ends;
    bool Leaves = Closes && isa<ReturnStmt, BreakStmt, ContinueStmt>(Next);
    if (After && !Ends && !Leaves)
      return false;
    After |= Next == S;
  }
  return Closes;
}

/// The next statement asks errno, which tells what the result would.
bool SendAnalysis::asksErrno(const Expr &Call) {
  const Stmt *S = &Call;
  const CompoundStmt *Block = blockAround(S);
  if (!Block)
    return false;
  const auto *At = llvm::find(Block->body(), S);
  const Stmt *Next = At == Block->body_end() || At + 1 == Block->body_end() ? nullptr : At[1];
  if (const auto *If = dyn_cast_or_null<IfStmt>(Next))
    Next = If->getCond();
  else if (const auto *Switch = dyn_cast_or_null<SwitchStmt>(Next))
    Next = Switch->getCond();
  else if (!isa_and_nonnull<DeclStmt, ReturnStmt>(Next))
    return false;
  return mentionsErrno(Next);
}

//===----------------------------------------------------------------------===//
// The call that sends everything
//===----------------------------------------------------------------------===//

/// `asio::write` for a member of a class in `asio`; empty if no header declared it.
static std::string wholeCall(const CXXMethodDecl &M, StringRef Name) {
  for (const DeclContext *DC = M.getParent(); DC; DC = DC->getParent()) {
    const auto *N = dyn_cast<NamespaceDecl>(DC);
    if (!N || N->isInline())
      continue;
    DeclarationName Wanted(&M.getASTContext().Idents.get(Name));
    if (!N->lookup(Wanted).empty())
      return qualifiedName(*N) + "::" + Name.str();
  }
  return {};
}

/// Naming it twice does nothing twice.
static bool isPlain(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const auto *M = dyn_cast<MemberExpr>(E))
    return isa<FieldDecl>(M->getMemberDecl()) && isPlain(M->getBase());
  return isa<DeclRefExpr, CXXThisExpr>(E);
}

void SendAnalysis::offerWhole(const CallExpr &Call, const CallSite &Site, SendUse &S) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
  const auto *Member = dyn_cast<MemberExpr>(Call.getCallee()->IgnoreParenImpCasts());
  if (!Method || !Method->getDeclName().isIdentifier() || !Member)
    return;
  bool Async = Method->getName() == "async_write_some";
  if (!Async && Method->getName() != "write_some")
    return;
  S.Whole = wholeCall(*Method, Async ? "async_write" : "write");
  bool Editable = !Async && !S.Whole.empty() && !Fn.isTemplateInstantiation() && !Site.Arguments.empty() &&
                  Site.Arguments.size() <= 2 && isPlain(Member->getBase()) &&
                  !Call.getBeginLoc().isMacroID() && !Site.Arguments[0]->getBeginLoc().isMacroID();
  if (!Editable)
    return;
  const ASTContext &Ctx = X.E.context();
  CharSourceRange Range = CharSourceRange::getTokenRange(Member->getBase()->getSourceRange());
  StringRef Object = Lexer::getSourceText(Range, Ctx.getSourceManager(), Ctx.getLangOpts());
  if (Object.empty())
    return; // this->write_some(...), unwritten
  S.Fixes.push_back({X.E.place(Call.getBeginLoc()), X.E.place(Site.Arguments[0]->getBeginLoc()),
                     S.Whole + (Member->isArrow() ? "(*" : "(") + Object.str() + ", "});
}

//===----------------------------------------------------------------------===//

void SendAnalysis::send(const CallExpr &Call, const Entry &M) {
  CallSite Site = CallSite::of(Call);
  if (M.Datagram || sendsOneByte(Site, X.E.context()))
    return;
  if (isCFunction(*Site.Callee) && isNamedForDatagrams(Fn))
    return;
  SendUse S;
  S.In = Id;
  S.Api = qualifiedName(*Site.Callee);
  S.Loses = M.Loses;
  S.Where = X.E.place(Site.Where);
  S.Lost = S.Where;
  S.Partial = M.Partial;
  if (isCFunction(*Site.Callee)) {
    S.Descriptor = descriptorKey(X, *Call.getArg(0));
    S.AnyKind = takesAnyDescriptor(*Site.Callee);
  }
  findDroppedMessage(X, uses(), Site, M, S);
  judge(Site, M, S);
  bool IsC = isCFunction(*Site.Callee);
  if (IsC && S.Error == Fate::Discarded && asksErrno(Call))
    S.Error = Fate::Used;
  bool Silent = S.Error == Fate::Used && S.Count == Fate::Used;
  if (Silent || closesAfter(Call) || (IsC && isCloseNotice(Call)))
    return;
  if (S.Count != Fate::Used)
    offerWhole(Call, Site, S);
  X.Local.Sends.Uses.push_back(std::move(S));
}

void SendAnalysis::visit(const Stmt &S) {
  if (isa<LambdaExpr, UnaryExprOrTypeTraitExpr, CXXNoexceptExpr>(S))
    return;
  addDescriptorFacts(X, S);
  if (const auto *Body = dyn_cast<CoroutineBodyStmt>(&S))
    return visit(*Body->getBody());
  if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(&S))
    return visit(*Await->getOperand());
  if (const auto *Call = dyn_cast<CallExpr>(&S))
    if (const FunctionDecl *Callee = Call->getDirectCallee(); Callee && !X.Models.entries(*Callee).empty())
      if (const Entry *M = X.Models.match(CallSite::of(*Call), Role::Sends))
        send(*Call, *M);
  for (const Stmt *Child : S.children())
    if (Child)
      visit(*Child);
}

void analyzeSends(Extraction &X, const FunctionDecl &Fn, FunctionId Id) {
  const FunctionDecl *Around = enclosingFunction(Fn);
  bool Ends = isEnding(Fn) || (Around && isEnding(*Around));
  if (Ends || !Fn.getBody())
    return;
  SendAnalysis(X, Fn, Id).visit(*Fn.getBody());
}

} // namespace nettune::analysis
