//===- ThreadBounds.cpp ---------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ThreadBounds.h"

#include "analysis/HandlerErrors.h"
#include "analysis/LogCalls.h"
#include "analysis/StatementSearch.h"
#include "analysis/ThreadWork.h"
#include "analysis/ValueIndex.h"

#include <llvm/ADT/SmallPtrSet.h>

using namespace clang;

namespace nettune::analysis {
using model::Role;

//===----------------------------------------------------------------------===//
// Gates
//===----------------------------------------------------------------------===//

static bool isNamedForSlots(const CallExpr &Call) {
  static constexpr llvm::StringLiteral Words[] = {"enter", "acquire", "admit", "reserve"};
  return hasWord(calleeName(Call), Words);
}

/// A call that changes its object and knows nothing of the connection: no variable is
/// given to it.
static bool asksGate(const CallExpr &Call) {
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call);
  const CXXMethodDecl *Method = Member ? Member->getMethodDecl() : nullptr;
  return Method && !Method->isConst() && !isa<CXXConversionDecl>(Method) &&
         llvm::none_of(Call.arguments(), [](const Expr *A) {
           return anyInside(A, [](const Stmt &S) { return isa<DeclRefExpr, MemberExpr>(S); });
         });
}

static const CallExpr *askedCall(const Expr &Condition) {
  const Expr *E = Condition.IgnoreImplicit()->IgnoreParenImpCasts();
  return dyn_cast<CallExpr>(E);
}

bool takesSlot(const Expr &Condition) {
  const CallExpr *Call = askedCall(Condition);
  return Call && isNamedForSlots(*Call);
}

static bool leaves(const Stmt *S) {
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
    return !Block->body_empty() && leaves(Block->body_back());
  return isa_and_nonnull<ContinueStmt, ReturnStmt, BreakStmt>(S);
}

static bool closesSomething(const Stmt *S) {
  return anyInside(S, [](const Stmt &Part) {
    const auto *Call = dyn_cast<CallExpr>(&Part);
    return Call && Call->getDirectCallee() && isEnding(*Call->getDirectCallee());
  });
}

bool refusesConnections(const Stmt &Scope) {
  return anyInside(&Scope, [](const Stmt &S) {
    const auto *If = dyn_cast<IfStmt>(&S);
    const auto *Not = If ? dyn_cast<UnaryOperator>(If->getCond()->IgnoreParenImpCasts()) : nullptr;
    if (!Not || Not->getOpcode() != UO_LNot || !leaves(If->getThen()))
      return false;
    const CallExpr *Call = askedCall(*Not->getSubExpr());
    return Call && (isNamedForSlots(*Call) || (asksGate(*Call) && closesSomething(If->getThen())));
  });
}

//===----------------------------------------------------------------------===//
// One at a time, and once
//===----------------------------------------------------------------------===//

static bool pathTo(const Stmt &From, const Stmt &To, SmallVectorImpl<const Stmt *> &Path) {
  Path.push_back(&From);
  if (&From == &To)
    return true;
  for (const Stmt *Child : From.children())
    if (Child && !isa<LambdaExpr>(Child) && pathTo(*Child, To, Path))
      return true;
  Path.pop_back();
  return false;
}

bool isJoinedFirst(const Stmt &Loop, const Expr &Made) {
  SmallVector<const Stmt *, 16> Path;
  if (!pathTo(Loop, Made, Path))
    return false;
  const VarDecl *Kept = nullptr;
  for (const Stmt *S : Path)
    if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(S); Assign && Assign->getOperator() == OO_Equal)
      Kept = dyn_cast_or_null<VarDecl>(namedValue(Assign->getArg(0)));
  if (!Kept || anyInside(&Loop, [&](const Stmt &S) {
        const auto *D = dyn_cast<DeclStmt>(&S);
        return D && llvm::is_contained(D->decls(), Kept);
      }))
    return false;
  const CXXRecordDecl *Class = Kept->getType().getNonReferenceType()->getAsCXXRecordDecl();
  bool Joins = Class && Class->getName() == "jthread"; // its assignment joins
  bool Lost = anyInside(&Loop, [&](const Stmt &S) {
    const auto *Call = dyn_cast<CallExpr>(&S);
    if (!Call)
      return false;
    StringRef Name = calleeName(*Call);
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call)) {
      if (namedValue(Member->getImplicitObjectArgument()) != Kept)
        return false;
      Joins |= Name == "join";
      return Name == "detach" || Name == "swap";
    }
    return (Name == "move" || Name == "swap") &&
           llvm::any_of(Call->arguments(), [&](const Expr *A) { return namedValue(A) == Kept; });
  });
  return Joins && !Lost;
}

namespace {
/// How the run of a block goes on after one of its statements.
enum class Exit { On, Break, Return, Stays };
} // namespace

static Exit exitAfter(const CompoundStmt &Block, const Stmt *Child) {
  bool After = false;
  for (const Stmt *S : Block.body()) {
    if (After && isa<BreakStmt>(S))
      return Exit::Break;
    if (After && isa<ReturnStmt>(S))
      return Exit::Return;
    bool GoesRound = anyInside(S, [](const Stmt &Part) { return isa<ContinueStmt, GotoStmt, LabelStmt>(Part); });
    if (After && GoesRound)
      return Exit::Stays;
    After |= S == Child;
  }
  return Exit::On;
}

unsigned loopsLeftAfter(const Stmt &Body, ArrayRef<const Stmt *> Loops, const Expr &Made) {
  SmallVector<const Stmt *, 16> Path;
  if (Loops.empty() || !pathTo(Body, Made, Path))
    return 0;
  bool Breaks = false;
  for (std::size_t I = Path.size() - 1; I-- > 0;) {
    if (Path[I] == Loops.back())
      return Breaks ? 1 : 0;
    if (Breaks && isa<SwitchStmt>(Path[I]))
      return 0;
    const auto *Block = dyn_cast<CompoundStmt>(Path[I]);
    if (!Block || Breaks)
      continue;
    Exit E = exitAfter(*Block, Path[I + 1]);
    if (E == Exit::Return)
      return Loops.size();
    if (E == Exit::Stays)
      return 0;
    Breaks = E == Exit::Break;
  }
  return 0;
}

//===----------------------------------------------------------------------===//
// Events, and the caller's part
//===----------------------------------------------------------------------===//

bool countsEvents(Extraction &X, const Stmt &Counted, const Stmt &Around) {
  const auto *For = dyn_cast<ForStmt>(&Counted);
  const auto *Test = For && For->getCond() ? dyn_cast<BinaryOperator>(For->getCond()->IgnoreParenImpCasts()) : nullptr;
  const ValueDecl *Bound = Test ? namedValue(Test->getRHS()) : nullptr;
  if (!Bound)
    return false;
  auto Waits = [&](const Expr *E) {
    const auto *Call = E ? dyn_cast<CallExpr>(E->IgnoreParenCasts()) : nullptr;
    return Call && Call->getDirectCallee() && X.Models.match(CallSite::of(*Call), Role::Loops);
  };
  return anyInside(&Around, [&](const Stmt &S) {
    if (const auto *D = dyn_cast<DeclStmt>(&S))
      return llvm::any_of(D->decls(), [&](const Decl *Part) {
        return Part == Bound && Waits(cast<VarDecl>(Part)->getInit());
      });
    const auto *B = dyn_cast<BinaryOperator>(&S);
    return B && B->getOpcode() == BO_Assign && namedValue(B->getLHS()) == Bound && Waits(B->getRHS());
  });
}

bool callerWorksToo(const Stmt &Body, const CallSite &Site) {
  const FunctionDecl *Work = workFunction(Site);
  if (!Work)
    return false;
  llvm::SmallPtrSet<const FunctionDecl *, 8> Parts{Work->getCanonicalDecl()};
  const auto *Method = dyn_cast<CXXMethodDecl>(Work);
  bool Lambda = Method && Method->getParent()->isLambda();
  if (const Stmt *Inside = Lambda ? Work->getBody() : nullptr)
    anyInside(Inside, [&](const Stmt &S) {
      const auto *Call = dyn_cast<CallExpr>(&S);
      const FunctionDecl *Fn = Call ? Call->getDirectCallee() : nullptr;
      if (Fn && !Fn->isInStdNamespace() && !isa<CXXOperatorCallExpr>(Call) && !isLogCall(*Call))
        Parts.insert(Fn->getCanonicalDecl());
      return false;
    });
  return anyInside(&Body, [&](const Stmt &S) {
    const auto *Call = dyn_cast<CallExpr>(&S);
    return Call && Call->getDirectCallee() && Parts.contains(Call->getDirectCallee()->getCanonicalDecl());
  });
}

} // namespace nettune::analysis
