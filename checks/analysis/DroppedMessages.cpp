//===- DroppedMessages.cpp ------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/DroppedMessages.h"

#include "analysis/EntityNames.h"
#include "analysis/HandlerErrors.h"
#include "analysis/LogCalls.h"
#include "analysis/StatementSearch.h"

#include <clang/AST/StmtCXX.h>
#include <clang/Lex/Lexer.h>

using namespace clang;

namespace nettune::analysis {
using model::Entry;
using model::Role;
using model::SendReport;

namespace {

/// Which branch of a test is taken when the send has failed.
enum class Branch { Unknown, Then, Else };

class DropSearch {
public:
  DropSearch(Extraction &X, ResultUse &Uses, const CallSite &Site, const Entry &M, const summary::SendUse &Use)
      : X(X), Uses(Uses), Site(Site), M(M), Use(Use) {}

  void run();

private:
  const VarDecl *advancedVariable(const Stmt &Loop);
  std::string nameOf(const DeclRefExpr &Ref) const;
  bool advances(const Stmt &Loop, const VarDecl &V);
  void findReport();
  void search(const Stmt &S, bool Failed);
  void searchBranches(const IfStmt &If, bool Failed);
  void judge(const IfStmt &If, Branch B);
  Branch failure(const Expr *Condition) const;
  Branch comparison(const Expr *L, const Expr *R, BinaryOperatorKind Kind) const;
  bool isReport(const Expr *E) const;
  bool mentionsReport(const Stmt *S) const;
  bool onlyPasses(const Stmt *S);
  bool passesCall(const CallExpr &Call);
  bool keeps(const Stmt *S) const;
  void add(SourceLocation L, std::string Statement);

  Extraction &X;
  ResultUse &Uses;
  const CallSite &Site;
  const Entry &M;
  const summary::SendUse &Use;
  const Stmt *Loop = nullptr;
  const VarDecl *Message = nullptr;
  std::string Name;
  const ValueDecl *Report = nullptr; ///< the variable that holds the result or error
  // Of the branch that is looked at.
  const CallExpr *Pause = nullptr;
  const Stmt *Jump = nullptr;
  bool Logs = false;
  bool Found = false;
  /// An earlier branch keeps what the socket has no room for: what fails now, fails for good.
  bool Kept = false;
};

} // namespace

static bool mentions(const Stmt *S, const ValueDecl &D) {
  return anyInside(S, [&](const Stmt &Part) {
    const auto *Ref = dyn_cast<DeclRefExpr>(&Part);
    return Ref && Ref->getDecl() == &D;
  });
}

static bool takesFromQueue(const Stmt &S) {
  static constexpr llvm::StringLiteral Words[] = {"pop", "take", "dequeue", "next", "extract"};
  const auto *Call = dyn_cast<CallExpr>(&S);
  return Call && hasWord(calleeName(*Call), Words);
}

//===----------------------------------------------------------------------===//
// The message
//===----------------------------------------------------------------------===//

/// Each turn of the loop has another value of \p V.
bool DropSearch::advances(const Stmt &Loop, const VarDecl &V) {
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(&Loop))
    return Range->getLoopVariable() == &V;
  if (const auto *For = dyn_cast<ForStmt>(&Loop))
    if (mentions(For->getInc(), V))
      return true;
  const auto *While = dyn_cast<WhileStmt>(&Loop);
  if (While && (While->getConditionVariable() == &V || anyInside(While->getCond(), [&](const Stmt &S) {
                  return takesFromQueue(S) && mentions(&S, V);
                })))
    return true;
  // Declared in the body and taken out of a queue there, before it is sent.
  bool InBody = anyInside(&Loop, [&](const Stmt &S) {
    const auto *D = dyn_cast<DeclStmt>(&S);
    return D && llvm::is_contained(D->decls(), &V);
  });
  if (!InBody || !V.getInit() || V.getType()->isReferenceType() || V.getType()->isPointerType())
    return false;
  if (anyInside(V.getInit(), takesFromQueue))
    return true;
  const SourceManager &SM = X.E.context().getSourceManager();
  return anyInside(&Loop, [&](const Stmt &S) {
    return takesFromQueue(S) && SM.isBeforeInTranslationUnit(S.getBeginLoc(), Site.Whole->getBeginLoc());
  });
}

static bool isPayload(const Expr *E) {
  QualType T = E->getType().getNonReferenceType();
  return !T->isIntegralOrEnumerationType() && !isErrorCode(T);
}

/// `messages[i]` of an index, else the variable's own name.
std::string DropSearch::nameOf(const DeclRefExpr &Ref) const {
  const Stmt *Up = &Ref;
  while (Up && isa<ImplicitCastExpr, DeclRefExpr>(Up))
    Up = Uses.parent(Up);
  const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(Up);
  bool Subscript = isa_and_nonnull<ArraySubscriptExpr>(Up) || (Operator && Operator->getOperator() == OO_Subscript);
  if (!Subscript || !Ref.getType()->isIntegerType())
    return Ref.getDecl()->getNameAsString();
  const ASTContext &Ctx = X.E.context();
  CharSourceRange Range = CharSourceRange::getTokenRange(Up->getSourceRange());
  return Lexer::getSourceText(Range, Ctx.getSourceManager(), Ctx.getLangOpts()).str();
}

const VarDecl *DropSearch::advancedVariable(const Stmt &Loop) {
  ArrayRef<const Expr *> Arguments(Site.Arguments);
  const Expr *To = Site.Object;
  if (isCFunction(*Site.Callee) && !Arguments.empty()) {
    To = Arguments.front();
    Arguments = Arguments.drop_front();
  }
  const VarDecl *Found = nullptr;
  for (const Expr *A : Arguments)
    if (isPayload(A))
      anyInside(A, [&](const Stmt &S) {
        const auto *Ref = dyn_cast<DeclRefExpr>(&S);
        const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
        if (V && !Found && advances(Loop, *V)) {
          Found = V;
          Name = nameOf(*Ref);
        }
        return false;
      });
  // A loop over receivers: one of them misses a message that others get.
  return Found && To && mentions(To, *Found) ? nullptr : Found;
}

/// `message`, `std::move(message)`, `messages[i]`; not `message.size()`.
static bool namesMessage(const Expr *E, const VarDecl &Message) {
  return !anyInside(E, [](const Stmt &S) { return isa<CXXMemberCallExpr>(S); }) && mentions(E, Message);
}

//===----------------------------------------------------------------------===//
// The test
//===----------------------------------------------------------------------===//

void DropSearch::findReport() {
  if (M.Reports == SendReport::ErrorCode) {
    Report = namedVariable(Site.argument(M.Argument));
    return;
  }
  Report = Uses.value(*Site.Whole).Holder;
}

bool DropSearch::isReport(const Expr *E) const {
  E = E->IgnoreParenImpCasts();
  return E == Site.Whole || (Report && namedVariable(E) == Report);
}

bool DropSearch::mentionsReport(const Stmt *S) const {
  return anyInside(S, [&](const Stmt &Part) {
    const auto *E = dyn_cast<Expr>(&Part);
    return E && isReport(E);
  });
}

static bool namesSuccess(const Expr *E) {
  static constexpr llvm::StringLiteral Words[] = {"none", "ok", "success", "succeeded"};
  return anyInside(E, [](const Stmt &S) {
    const auto *Ref = dyn_cast<DeclRefExpr>(&S);
    return Ref && Ref->getDecl()->getDeclName().isIdentifier() && hasWord(Ref->getDecl()->getName(), Words);
  });
}

/// EAGAIN or would_block: the socket has no room now.
static bool namesFull(const Expr *E, const ASTContext &Ctx) {
  static constexpr llvm::StringLiteral Words[] = {"block", "again", "full"};
  const Expr *Bare = E->IgnoreParenImpCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Bare))
    return Ref->getDecl()->getDeclName().isIdentifier() && hasWord(Ref->getDecl()->getName(), Words);
  Expr::EvalResult Value;
  constexpr unsigned Again = 11; // EAGAIN and EWOULDBLOCK, asm-generic/errno-base.h
  return !E->isValueDependent() && E->getType()->isIntegralOrEnumerationType() && E->EvaluateAsInt(Value, Ctx) &&
         Value.Val.getInt() == Again;
}

namespace {
/// What a condition says about the reason of a failure.
struct Reasons {
  bool Any = false;     ///< it asks for one
  bool Full = false;    ///< for a socket without room
  bool NotFull = false; ///< for anything else
};
} // namespace

static void addReasons(const Expr *Condition, bool Negated, const ASTContext &Ctx, Reasons &R) {
  const Expr *E = Condition->IgnoreParenImpCasts();
  if (const auto *Not = dyn_cast<UnaryOperator>(E); Not && Not->getOpcode() == UO_LNot)
    return addReasons(Not->getSubExpr(), !Negated, Ctx, R);
  const auto *B = dyn_cast<BinaryOperator>(E);
  if (B && B->isLogicalOp()) {
    addReasons(B->getLHS(), Negated, Ctx, R);
    return addReasons(B->getRHS(), Negated, Ctx, R);
  }
  if (!B || !B->isEqualityOp())
    return;
  bool Full = namesFull(B->getLHS(), Ctx) || namesFull(B->getRHS(), Ctx);
  R.Any |= Full || mentionsErrno(B);
  if (Full)
    ((B->getOpcode() == BO_EQ) == !Negated ? R.Full : R.NotFull) = true;
}

static Reasons reasonsOf(const Expr *Condition, const ASTContext &Ctx) {
  Reasons R;
  addReasons(Condition, /*Negated=*/false, Ctx, R);
  return R;
}

static Branch opposite(Branch B) {
  return B == Branch::Unknown ? B : B == Branch::Then ? Branch::Else : Branch::Then;
}

Branch DropSearch::comparison(const Expr *L, const Expr *R, BinaryOperatorKind Kind) const {
  if (!mentionsReport(L) && !mentionsErrno(L)) {
    if (!mentionsReport(R) && !mentionsErrno(R))
      return Branch::Unknown;
    std::swap(L, R);
    Kind = BinaryOperator::reverseComparisonOp(Kind);
  }
  switch (Kind) {
  case BO_LT:
  case BO_LE:
    return Branch::Then;
  case BO_GE:
  case BO_GT:
    return Branch::Else;
  case BO_EQ:
  case BO_NE:
    break;
  default:
    return Branch::Unknown;
  }
  bool Size = M.Reports == SendReport::Bytes && isReport(L) && !R->isIntegerConstantExpr(X.E.context());
  bool EqualIsFailure = !Size && !namesSuccess(R);
  return EqualIsFailure == (Kind == BO_EQ) ? Branch::Then : Branch::Else;
}

Branch DropSearch::failure(const Expr *E) const {
  E = E->IgnoreParenImpCasts();
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return failure(Full->getSubExpr());
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E))
    return comparison(Rewritten->getLHS(), Rewritten->getRHS(), Rewritten->getOperator());
  if (const auto *Not = dyn_cast<UnaryOperator>(E))
    return Not->getOpcode() == UO_LNot ? opposite(failure(Not->getSubExpr())) : Branch::Unknown;
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    if (B->isComparisonOp())
      return comparison(B->getLHS(), B->getRHS(), B->getOpcode());
    if (!B->isLogicalOp())
      return Branch::Unknown;
    Branch L = failure(B->getLHS()), R = failure(B->getRHS());
    bool Both = B->getOpcode() == BO_LOr;
    return (Both ? L == Branch::Then && R == L : L == Branch::Then || R == Branch::Then) ? Branch::Then
                                                                                        : Branch::Unknown;
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    OverloadedOperatorKind Kind = Operator->getOperator();
    if (Operator->getNumArgs() == 2 && (Kind == OO_EqualEqual || Kind == OO_ExclaimEqual))
      return comparison(Operator->getArg(0), Operator->getArg(1), Kind == OO_EqualEqual ? BO_EQ : BO_NE);
    if (Kind == OO_Exclaim)
      return opposite(failure(Operator->getArg(0)));
    return Branch::Unknown;
  }
  // `if (result)`, `if (error)`
  const Expr *Value = E;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E); Call && isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()))
    Value = Call->getImplicitObjectArgument();
  if (!isReport(Value) || M.Reports == SendReport::Bytes)
    return Branch::Unknown;
  QualType T = Value->getType();
  bool OfError = M.Reports == SendReport::ErrorCode;
  if (!OfError && !T->isBooleanType() && !T->isRecordType())
    return Branch::Unknown;
  return OfError || isErrorCode(T) ? Branch::Then : Branch::Else;
}

//===----------------------------------------------------------------------===//
// The branch
//===----------------------------------------------------------------------===//

bool DropSearch::passesCall(const CallExpr &Call) {
  CallSite C = CallSite::of(Call);
  const FunctionDecl *Callee = C.Callee;
  if (!Callee)
    return false;
  const Entry *Waits = X.Models.match(C, Role::Blocking);
  StringRef Name = calleeName(Call);
  bool LetsTimePass = (Waits && Waits->Waits == model::Category::Sleep) || Name == "yield" || Name == "sched_yield";
  if (LetsTimePass)
    Pause = &Call;
  bool Log = isLogCall(Call);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call))
    Log |= isLogInsertion(*Operator);
  Logs |= Log;
  return LetsTimePass || Log || Name == "__errno_location" || Name == "strerror" || mentionsReport(&Call);
}

/// The branch prints, lets time pass and goes on. Whatever else it does may be
/// what keeps or counts the message.
bool DropSearch::onlyPasses(const Stmt *S) {
  if (!S || isa<NullStmt>(S))
    return true;
  if (isa<ContinueStmt>(S)) {
    Jump = S;
    return true;
  }
  if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
    bool Taken = !isa<CXXForRangeStmt, ForStmt>(Loop);
    Jump = S;
    return Taken && !Return->getRetValue();
  }
  if (const auto *If = dyn_cast<IfStmt>(S)) {
    bool Plain = mentionsReport(If->getCond()) || mentionsErrno(If->getCond());
    return Plain && onlyPasses(If->getThen()) && (!If->getElse() || onlyPasses(If->getElse()));
  }
  if (const auto *Block = dyn_cast<CompoundStmt>(S))
    return llvm::all_of(Block->body(), [&](const Stmt *Part) { return onlyPasses(Part); });
  if (isa<DeclStmt>(S)) // timespec pause{0, 1000};
    return !mentions(S, *Message) && !anyInside(S, [](const Stmt &Part) { return isa<CallExpr>(Part); });
  const auto *E = dyn_cast<Expr>(S);
  if (!E)
    return false;
  if (const auto *Full = dyn_cast<FullExpr>(E))
    E = Full->getSubExpr();
  const auto *Call = dyn_cast<CallExpr>(E->IgnoreParenImpCasts());
  return Call && passesCall(*Call) && !mentions(Call, *Message);
}

/// The message goes somewhere else than into the log: back into its queue, as a rule.
bool DropSearch::keeps(const Stmt *S) const {
  return anyInside(S, [&](const Stmt &Part) {
    const auto *Call = dyn_cast<CallExpr>(&Part);
    if (!Call || isLogCall(*Call))
      return false;
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call); Operator && isLogInsertion(*Operator))
      return false;
    const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
    bool Asked = Member && mentions(Member->getImplicitObjectArgument(), *Message);
    return !Asked && llvm::any_of(Call->arguments(), [&](const Expr *A) { return namesMessage(A, *Message); });
  });
}

void DropSearch::add(SourceLocation L, std::string Statement) {
  Found = true;
  X.Local.Sends.Dropped.push_back({.In = Use.In,
                                   .Api = Use.Api,
                                   .Send = Use.Where,
                                   .Where = X.E.place(L),
                                   .Statement = std::move(Statement),
                                   .Message = Name,
                                   .Pause = Pause ? qualifiedName(*Pause->getDirectCallee()) : std::string(),
                                   .Descriptor = Use.Descriptor,
                                   .AnyKind = Use.AnyKind});
}

void DropSearch::judge(const IfStmt &If, Branch B) {
  const Stmt *Taken = B == Branch::Then ? If.getThen() : B == Branch::Else ? If.getElse() : nullptr;
  Pause = nullptr;
  Jump = nullptr;
  Logs = false;
  if (!Taken || !onlyPasses(Taken) || (Logs && !Pause))
    return;
  if (Jump)
    return add(Jump->getBeginLoc(), isa<ContinueStmt>(Jump) ? "continue" : "return");
  // The branch falls through to the rest of the loop's body.
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Uses.parent(&If));
  bool InBody = Block ? Uses.parent(Block) == Loop : Uses.parent(&If) == Loop;
  if (!Pause || !InBody || If.getElse())
    return;
  bool After = false;
  if (Block)
    for (const Stmt *Next : Block->body()) {
      if (After && (mentions(Next, *Message) || mentionsReport(Next)))
        return;
      After |= Next == &If;
    }
  add(Pause->getBeginLoc(), "");
}

/// \p Failed: where \p If stands, the send has failed, so that errno tells why.
void DropSearch::searchBranches(const IfStmt &If, bool Failed) {
  bool Tests = mentionsReport(If.getCond()) || (Failed && mentionsErrno(If.getCond()));
  Branch B = Tests ? failure(If.getCond()) : Branch::Unknown;
  Reasons R = reasonsOf(If.getCond(), X.E.context());
  bool Fatal = B == Branch::Then && R.NotFull && !R.Full;
  if (!Kept && !Fatal)
    judge(If, B);
  if (Found)
    return;
  const Stmt *Taken = B == Branch::Then ? If.getThen() : B == Branch::Else ? If.getElse() : nullptr;
  Kept |= Taken && !Fatal && (R.Full || !R.Any) && keeps(Taken);
  search(*If.getThen(), Failed || B == Branch::Then);
  if (If.getElse())
    search(*If.getElse(), Failed || B == Branch::Else);
}

/// Tests of the report in the loop's body, the outermost first.
void DropSearch::search(const Stmt &S, bool Failed) {
  if (Found || isa<LambdaExpr>(S))
    return;
  if (const auto *If = dyn_cast<IfStmt>(&S))
    return searchBranches(*If, Failed);
  bool InnerLoop = &S != Loop && isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S);
  if (InnerLoop)
    return;
  for (const Stmt *Child : S.children())
    if (Child)
      search(*Child, Failed);
}

void DropSearch::run() {
  if (M.Reports == SendReport::Completion)
    return;
  Loop = Uses.loopAround(Site.Whole);
  Message = Loop ? advancedVariable(*Loop) : nullptr;
  if (!Message)
    return;
  findReport();
  search(*Loop, /*Failed=*/false);
}

void findDroppedMessage(Extraction &X, ResultUse &Uses, const CallSite &Site, const Entry &M,
                        const summary::SendUse &Use) {
  DropSearch(X, Uses, Site, M, Use).run();
}

} // namespace nettune::analysis
