//===- CallFacts.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/CallFacts.h"

#include "analysis/CallNames.h"
#include "analysis/Coroutines.h"
#include "analysis/EntityNames.h"
#include "analysis/FunctionEffects.h"
#include "analysis/NamedMethods.h"
#include "analysis/StatementSearch.h"

#include <clang/AST/Attr.h>
#include <clang/AST/DeclTemplate.h>

using namespace clang;

namespace nettune::analysis {
using namespace summary;
using model::Entry;
using model::Role;
using model::Thread;

/// In a generic lambda that nobody instantiated calls are not resolved: take the
/// candidate, if there is one only.
static const FunctionDecl *onlyCandidate(const Expr *Callee) {
  const auto *Overloads = dyn_cast<OverloadExpr>(Callee->IgnoreParenImpCasts());
  if (!Overloads || Overloads->getNumDecls() != 1)
    return nullptr;
  const NamedDecl *D = (*Overloads->decls_begin())->getUnderlyingDecl();
  if (const auto *T = dyn_cast<FunctionTemplateDecl>(D))
    D = T->getTemplatedDecl();
  return dyn_cast<FunctionDecl>(D);
}

void CallFacts::call(const CallExpr &Call, const LoopNest &Loops) {
  Site S{CallSite::of(Call), Loops, In};
  if (!S.Call.Callee) {
    S.Call.Callee = onlyCandidate(Call.getCallee());
    if (const auto *M = dyn_cast<UnresolvedMemberExpr>(Call.getCallee()->IgnoreParenImpCasts()))
      S.Call.Where = M->getMemberLoc();
  }
  if (S.Call.Callee)
    return callee(S);
  AtomSet Targets = X.Flow.atoms(Call.getCallee());
  if (!Targets.empty())
    through(std::move(Targets), S, /*WithArguments=*/true);
}

void CallFacts::construct(const CXXConstructExpr &C, const LoopNest &Loops) {
  const CXXConstructorDecl *K = C.getConstructor();
  Site S{CallSite::of(C), Loops, In};
  if (!K->isDefaulted() && !K->isImplicit())
    return callee(S);
  if (K->isCopyOrMoveConstructor() || K->isTrivial() || X.E.isLibrary(*K->getParent()))
    return;
  if (K->isInheritingConstructor()) { // `using base::base;`
    Site Base = S;
    Base.Call.Callee = K->getInheritedConstructor().getConstructor();
    callee(Base);
  }
  X.Implicit.insert(K);
  noteConditions(S);
  projectCall(S);
}

static std::string unresolvedName(const Expr *Callee) {
  Callee = Callee->IgnoreParenImpCasts();
  if (const auto *O = dyn_cast<OverloadExpr>(Callee))
    return O->getName().getAsString();
  if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(Callee))
    return M->getMember().getAsString();
  if (const auto *M = dyn_cast<MemberExpr>(Callee))
    return M->getMemberNameInfo().getAsString();
  return {};
}

void CallFacts::broken(const RecoveryExpr &R) {
  ArrayRef<const Expr *> Parts(R.subExpressions().begin(), R.subExpressions().end());
  if (Parts.size() < 2)
    return;
  std::string Name = unresolvedName(Parts.front());
  // Asio's initiating functions: no other name is distinctive enough to guess by.
  if (!StringRef(Name).starts_with("async_"))
    return;
  CallSite C;
  C.Where = R.getBeginLoc();
  for (const Expr *A : Parts.drop_front())
    if (X.Flow.carries(A->getType()))
      addRegistration(X.Flow.atoms(A), Thread::Loop, Name, {C, {}, In});
}

void CallFacts::callee(const Site &S) {
  if (isa<CXXConversionDecl>(S.Call.Callee) &&
      cast<CXXMethodDecl>(S.Call.Callee)->getParent()->isLambda())
    return; // to a function pointer
  noteConditions(S);
  X.Contexts.call(S.Call, In);
  if (callThroughObject(S) || storeIntoObject(S))
    return;
  const FunctionDecl &Fn = *S.Call.Callee;
  bindArguments(S);
  askModels(S);
  if (annotatedBlocking(S))
    return;
  if (X.E.isLibrary(Fn)) {
    noteTaker(S);
    libraryCall(S);
  } else if (!X.Models.match(S.Call, Role::Blocking))
    projectCall(S);
}

/// `f(args)` on a std::function or a wrapper like it.
bool CallFacts::callThroughObject(const Site &S) {
  const auto *M = dyn_cast<CXXMethodDecl>(S.Call.Callee);
  if (!M || M->getOverloadedOperator() != OO_Call || !S.Call.Object)
    return false;
  if (!X.E.isLibrary(*M) && !X.Flow.isWrapper(M->getParent()))
    return false;
  if (!X.Models.entries(*M).empty())
    return false; // a library's function object, std::ranges::sort
  AtomSet Targets = X.Flow.atoms(S.Call.Object);
  if (!Targets.empty())
    through(std::move(Targets), S, /*WithArguments=*/true);
  return true;
}

/// Methods of wrappers and assignments put their callables into the object.
bool CallFacts::storeIntoObject(const Site &S) {
  const auto *M = dyn_cast<CXXMethodDecl>(S.Call.Callee);
  if (!M || isa<CXXConstructorDecl>(M) || !S.Call.Object)
    return false;
  bool Assigns = M->getOverloadedOperator() == OO_Equal;
  bool OfWrapper = X.Flow.isWrapper(M->getParent());
  if (!Assigns && !OfWrapper)
    return false;
  for (const Expr *A : S.Call.Arguments)
    if (OfWrapper || X.Flow.carries(A->getType()))
      assign(*S.Call.Object, *A);
  if (AtomSet Named = OfWrapper ? X.Flow.named(*M) : AtomSet(); !Named.empty())
    for (SlotId To : CallableFlow::slotsOf(X.Flow.atoms(S.Call.Object)))
      F.flow(To, Named);
  return OfWrapper || X.E.isLibrary(*M);
}

/// `bind(&C::m, this, f)`: what is bound flows into the parameters.
void CallFacts::bindArguments(const Site &S) {
  if (S.Call.Arguments.size() < 2 || !X.E.isLibrary(*S.Call.Callee))
    return;
  const Expr *First = S.Call.Arguments.front();
  if (!X.Flow.carries(First->getType()))
    return;
  unsigned Skip =
      First->IgnoreImpCasts()->getType().getNonReferenceType()->isMemberFunctionPointerType() ? 2
                                                                                              : 1;
  for (Atom A : X.Flow.atoms(First)) {
    if (A.IsSlot)
      continue;
    for (unsigned I = Skip; I < S.Call.Arguments.size(); ++I)
      if (X.Flow.carries(S.Call.Arguments[I]->getType()))
        F.flow(F.parameter(A.Id, I - Skip), X.Flow.atoms(S.Call.Arguments[I]));
  }
}

/// Whose thread the callables of a registration run on.
static const CXXRecordDecl *contextOf(const CallSite &C, const Entry &M) {
  if (M.Context == model::NoContext)
    return nullptr;
  return recordOf(M.Context == model::ObjectIsContext ? C.Object : C.argument(M.Context));
}

void CallFacts::askModels(const Site &S) {
  if (X.Models.entries(*S.Call.Callee).empty())
    return;
  const Entry *Handoff = X.Models.match(S.Call, Role::Handoffs);
  if (Handoff)
    registerCallables(S, *Handoff, Thread::Worker);
  // A hand-off of one argument says nothing of the others: uv_queue_work.
  if (!Handoff || Handoff->Argument != model::AllCallables)
    if (const Entry *M = X.Models.match(S.Call, Role::Handlers))
      registerCallables(S, *M, M->RunsOn);
  StringId Api = F.string(printedName(S.Call, X.E.context()));
  if (const Entry *M = X.Models.match(S.Call, Role::Loops)) {
    F.Waits.push_back({In, Api, M->Reach, S.Loops, X.E.place(S.Call.Where)});
    OwnWaits.push_back(S.Call.Whole);
  }
  if (X.Models.match(S.Call, Role::Accepts))
    F.Accepts.push_back({In, S.Loops, X.E.place(S.Call.Where)});
  if (const Entry *M = X.Models.match(S.Call, Role::Nonblocking))
    F.NonblockingFds.push_back({F.string(M->Library), X.E.place(S.Call.Where)});
  if (X.Models.match(S.Call, Role::Affinity))
    if (const CXXRecordDecl *Object = recordOf(S.Call.Object))
      F.Moves.push_back({X.E.classes(*Object), X.E.place(S.Call.Where)});
  if (X.Models.match(S.Call, Role::Guards))
    SawGuard = true;
  if (X.Models.match(S.Call, Role::Blocking))
    MayBlock.push_back(S);
}

/// What takes a callable and keeps it to itself: not a container or wrapper, which
/// gives it back, nor the standard library, whose model is whole.
void CallFacts::noteTaker(const Site &S) {
  const FunctionDecl &Fn = *S.Call.Callee;
  bool Knows = !X.Models.entries(Fn).empty() || Fn.isInStdNamespace() ||
               isa<CXXConstructorDecl>(Fn) ||
               (S.Call.Object && X.Flow.carries(S.Call.Object->getType())) ||
               X.Flow.carries(Fn.getReturnType());
  if (!Knows && llvm::any_of(S.Call.Arguments, [&](const Expr *A) {
        return X.Flow.carries(A->getType()) && !X.Flow.atoms(A).empty();
      }))
    F.Takers.push_back({F.string(qualifiedName(Fn)), X.E.place(S.Call.Where)});
}

void CallFacts::registerCallables(const Site &S, const Entry &M, Thread RunsOn) {
  std::string Api = printedName(S.Call, X.E.context());
  if (M.Argument != model::AllCallables) {
    const Expr *A = S.Call.argument(M.Argument);
    if (!A)
      return;
    AtomSet Callables = X.Flow.atoms(A);
    if (const CXXRecordDecl *Context = contextOf(S.Call, M); Context && Callables.empty())
      if (const CXXMethodDecl *Named = namedMethod(*Context, *A))
        Callables.push_back(Atom::function(X.E.function(*Named)));
    addRegistration(std::move(Callables), RunsOn, Api, S, &M);
    return;
  }
  for (const Expr *A : S.Call.Arguments)
    if (X.Flow.carries(A->getType()))
      addRegistration(X.Flow.atoms(A), RunsOn, Api, S, &M);
    else if (const CallExpr *Made = coroutineCall(X.Models, *A))
      spawn(*Made, RunsOn, Api, S, M);
}

/// The coroutine is started by the library: who makes it does not run it.
void CallFacts::spawn(const CallExpr &Made, Thread RunsOn, StringRef Api, const Site &S,
                      const Entry &M) {
  Spawned.insert(&Made);
  addRegistration({Atom::function(X.E.function(*Made.getDirectCallee()))}, RunsOn, Api, S, &M);
}

void CallFacts::resume(const Expr &Awaited) {
  Resumes Where = resumesAfter(X.Models, Awaited);
  if (Where == Resumes::OnItsExecutor)
    In = Whole;
  if (Where != Resumes::OnPool)
    return;
  In = F.function(F.text(F.Functions[Whole].Key).str() + "#pool");
  Function Row = F.Functions[Whole];
  Row.Key = F.Functions[In].Key;
  F.Functions[In] = Row;
  F.Roots.push_back({In, Root::Kind::Coroutine, Thread::Worker, 0});
}

void CallFacts::addRegistration(AtomSet Callables, Thread RunsOn, StringRef Api, const Site &S,
                                const Entry *M) {
  if (Callables.empty())
    return;
  if (RunsOn == Thread::Caller)
    return through(std::move(Callables), S, /*WithArguments=*/false);
  const CXXRecordDecl *Context = M ? contextOf(S.Call, *M) : nullptr;
  F.Registrations.push_back({In, std::move(Callables), RunsOn, F.string(Api),
                             X.E.place(S.Call.Where),
                             M ? M->Parameters : std::vector<model::Parameter>(),
                             Context ? X.E.classes(*Context) : ClassKeys(),
                             M ? X.Contexts.registeredOn(S.Call) : 0, M && M->Peerless});
}

/// A library method on an object that carries callables puts its arguments into
/// the object: insert, push, emplace; swap both ways.
void CallFacts::libraryCall(const Site &S) {
  const FunctionDecl &Fn = *S.Call.Callee;
  bool IsSwap = Fn.getDeclName().isIdentifier() && Fn.getName() == "swap";
  const Expr *Left = S.Call.Object;
  ArrayRef<const Expr *> Rest = S.Call.Arguments;
  if (!Left && IsSwap && Rest.size() == 2) {
    Left = Rest.front();
    Rest = Rest.drop_front();
  }
  if (Left)
    for (const Expr *A : Rest)
      if (X.Flow.carries(A->getType())) {
        assign(*Left, *A);
        if (IsSwap)
          assign(*A, *Left);
      }
  constructInside(S);
  if (S.Call.Virtual)
    F.call({In, Call::Kind::Virtual, X.E.function(Fn), {}, {}, S.Loops, X.E.place(S.Call.Where)});
}

void CallFacts::projectCall(const Site &S) {
  const FunctionDecl &Fn = *S.Call.Callee;
  passArguments(Fn, S.Call.Arguments);
  if (const FunctionDecl *Definition = nullptr; Fn.hasBody(Definition))
    Called.insert(Definition);
  noteConstants(S);
  if (Spawned.contains(S.Call.Whole))
    return;
  F.call({In,
          S.Call.Virtual ? Call::Kind::Virtual : Call::Kind::Direct,
          calledMethod(S),
          {},
          argumentAtoms(S.Call),
          S.Loops,
          X.E.place(S.Call.Where)});
}

/// What a call through an object of a derived class can mean is less than all overriders.
FunctionId CallFacts::calledMethod(const Site &S) {
  const auto *M = dyn_cast<CXXMethodDecl>(S.Call.Callee);
  if (M && S.Call.Virtual) {
    const CXXRecordDecl *Class = recordOf(S.Call.Object);
    if (Class && Class->hasDefinition() && !declaresSameEntity(Class, M->getParent()) &&
        Class->isDerivedFrom(M->getParent()))
      return X.E.inherited(*M, *Class);
  }
  return X.E.function(*S.Call.Callee);
}

/// Of a macro's calls many stand on one place.
void CallFacts::noteConditions(const Site &S) {
  if (S.Call.Where.isMacroID() || (X.E.isLibrary(*S.Call.Callee) && X.Models.entries(*S.Call.Callee).empty()))
    return;
  for (const ParameterConditions::Condition &C : Conditions.Holding)
    F.ParameterConditions.push_back({In, C.Parameter, C.Value, C.Equal, X.E.place(S.Call.Where)});
}

/// Constants, defaults included: flags, timeouts.
void CallFacts::noteConstants(const Site &S) {
  const Expr *Whole = S.Call.Whole;
  if (!Whole || S.Call.Where.isMacroID() || isa<CXXOperatorCallExpr>(Whole))
    return;
  ArrayRef<const Expr *> Arguments;
  if (const auto *Call = dyn_cast<CallExpr>(Whole))
    Arguments = {Call->getArgs(), Call->getNumArgs()};
  else if (const auto *K = dyn_cast<CXXConstructExpr>(Whole); K && K->getConstructor() == S.Call.Callee)
    Arguments = {K->getArgs(), K->getNumArgs()};
  for (unsigned I = 0; I < Arguments.size() && I < S.Call.Callee->getNumParams(); ++I) {
    std::optional<std::uint32_t> Value = writtenConstant(X.E.context(), *Arguments[I]);
    if (!Value && X.Models.isZeroTime(*Arguments[I]))
      Value = 0;
    if (Value)
      F.ConstantArguments.push_back({In, calledMethod(S), I + 1, *Value, X.E.place(S.Call.Where)});
  }
}

void CallFacts::passArguments(const FunctionDecl &To, ArrayRef<const Expr *> Arguments) {
  unsigned Parameters = To.getNumParams();
  if (Parameters == 0)
    return;
  for (unsigned I = 0; I < Arguments.size(); ++I)
    if (X.Flow.carries(Arguments[I]->getType()))
      F.flow(F.parameter(X.E.function(To), std::min(I, Parameters - 1)),
             X.Flow.atoms(Arguments[I]));
}

std::vector<AtomSet> CallFacts::argumentAtoms(const CallSite &C) {
  std::vector<AtomSet> Result;
  bool Any = false;
  for (const Expr *A : C.Arguments) {
    Result.push_back(X.Flow.carries(A->getType()) ? X.Flow.atoms(A) : AtomSet());
    Any |= !Result.back().empty();
  }
  if (!Any)
    Result.clear();
  return Result;
}

void CallFacts::through(AtomSet Targets, const Site &S, bool WithArguments) {
  F.call({In, Call::Kind::Through, None, std::move(Targets),
          WithArguments ? argumentAtoms(S.Call) : std::vector<AtomSet>(), S.Loops,
          X.E.place(S.Call.Where)});
}

void CallFacts::assign(const ValueDecl &To, const Expr &Value) {
  X.Contexts.initialize(To, Value, In);
  if (!X.Flow.carries(To.getType()))
    return;
  AtomSet From = X.Flow.atoms(&Value);
  F.flow(X.E.slot(To), From);
  if (!isa<FieldDecl>(To) || From.empty())
    return;
  std::string Name = qualifiedName(To);
  for (const Entry *M : X.Models.model().field(Name))
    if (M->R == Role::Handlers || M->R == Role::Handoffs) {
      Thread RunsOn = M->R == Role::Handoffs ? Thread::Worker : M->RunsOn;
      CallSite C;
      C.Where = Value.getBeginLoc();
      addRegistration(From, RunsOn, Name, {C, {}, In}, M);
      return;
    }
}

void CallFacts::defaults(const FunctionDecl &Fn) {
  for (const ParmVarDecl *P : Fn.parameters())
    if (P->hasDefaultArg() && !P->hasUninstantiatedDefaultArg() && !P->hasUnparsedDefaultArg() &&
        X.Flow.carries(P->getType()))
      F.flow(X.E.slot(*P), X.Flow.atoms(P->getDefaultArg()));
}

void CallFacts::assign(const Expr &To, const Expr &Value) {
  if (const auto *M = dyn_cast<MemberExpr>(To.IgnoreParenImpCasts()))
    if (const auto *Field = dyn_cast<FieldDecl>(M->getMemberDecl()))
      assign(*Field, Value);
  AtomSet From = X.Flow.atoms(&Value);
  for (SlotId S : CallableFlow::slotsOf(X.Flow.atoms(&To)))
    F.flow(S, From);
}

} // namespace nettune::analysis
