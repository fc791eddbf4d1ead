//===- Layout.h - what each row consists of ---------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One description of the rows for all that handles them field by field: writing,
// reading, moving to other tables, hashing. A Stream has a member for each sort
// of field:
//
//   string function functionOrNone caller slot   numbers of rows
//   targets arguments nest                       numbers of lists
//   atoms loops parameters                       lists in the row itself
//   number flag choice place words               plain values
//
// caller is a function that is often the same as in the row before. choice is
// given the last enumerator, so that a reader can refuse what is beyond.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_LAYOUT_H
#define NETTUNE_SUMMARY_LAYOUT_H

#include "summary/StoredFinding.h"

namespace nettune::summary {

template <typename Stream> void layout(Stream &S, Function &R) {
  S.string(R.Key);
  S.string(R.Name);
  S.place(R.Where);
  S.number(R.Flags);
}

template <typename Stream> void layout(Stream &S, Slot &R) {
  S.choice(R.K, Slot::Kind::Return);
  if (R.K == Slot::Kind::Field || R.K == Slot::Kind::Variable)
    return S.string(R.Key);
  S.function(R.Owner);
  S.number(R.Index);
}

template <typename Stream> void layout(Stream &S, Flow &R) {
  S.slot(R.To);
  S.atom(R.From);
}

template <typename Stream> void layout(Stream &S, Call &R) {
  S.choice(R.K, Call::Kind::Through);
  S.caller(R.Caller);
  if (R.K == Call::Kind::Through)
    S.targets(R.Targets);
  else
    S.function(R.Callee);
  S.arguments(R.Arguments);
  S.nest(R.Loops);
  S.place(R.Where);
}

template <typename Stream> void layout(Stream &S, Registration &R) {
  S.function(R.In);
  S.atoms(R.Callables);
  S.choice(R.RunsOn, model::Thread::Caller);
  S.string(R.Api);
  S.place(R.Where);
  S.parameters(R.Parameters);
  S.keys(R.Context);
  S.string(R.On);
  S.flag(R.Peerless);
}

template <typename Stream> void layout(Stream &S, Root &R) {
  S.function(R.F);
  S.choice(R.K, Root::Kind::Annotation);
  S.choice(R.RunsOn, model::Thread::Caller);
  S.string(R.Detail);
  S.parameters(R.Parameters);
  S.keys(R.Context);
}

template <typename Stream> void layout(Stream &S, Move &R) {
  S.keys(R.Object);
  S.place(R.Where);
}

template <typename Stream> void layout(Stream &S, ContextUse &R) {
  S.string(R.Object);
  S.choice(R.K, ContextUse::Kind::Shared);
  S.function(R.In);
  S.string(R.Fed);
}

template <typename Stream> void layout(Stream &S, DataFlow &R) {
  S.caller(R.In);
  S.slot(R.From);
  S.slot(R.To);
}

template <typename Stream> void layout(Stream &S, DataArgument &R) {
  S.caller(R.In);
  S.atoms(R.Targets);
  S.number(R.Index);
  S.slot(R.From);
}

template <typename Stream> void layout(Stream &S, DataParameter &R) {
  S.caller(R.Of);
  S.number(R.Index);
  S.number(R.FromEnd);
  S.slot(R.At);
}

template <typename Stream> void layout(Stream &S, DataEntry &R) {
  S.caller(R.In);
  S.slot(R.At);
  S.place(R.Where);
}

template <typename Stream> void layout(Stream &S, CopySource &R) {
  S.place(R.Where);
  S.string(R.Text);
  S.slot(R.From);
}

template <typename Stream> void layout(Stream &S, Override &R) {
  S.function(R.Derived);
  S.function(R.Base);
}

template <typename Stream> void layout(Stream &S, Wait &R) {
  S.function(R.In);
  S.string(R.Api);
  S.number(R.Reach);
  S.loops(R.Loops);
  S.place(R.Where);
}

template <typename Stream> void layout(Stream &S, Accept &R) {
  S.function(R.In);
  S.loops(R.Loops);
  S.place(R.Where);
}

template <typename Stream> void layout(Stream &S, BlockingSite &R) {
  S.function(R.In);
  S.string(R.Api);
  S.string(R.Instead);
  S.choice(R.Waits, model::Category::Lock);
  S.choice(R.G, model::Grade::Rarely);
  S.flag(R.Annotated);
  S.string(R.UnlessNonblocking);
  S.loops(R.Loops);
  S.place(R.Where);
}

template <typename Stream> void layout(Stream &S, ConstantArgument &R) {
  S.caller(R.In);
  S.function(R.Callee);
  S.number(R.Parameter);
  S.number(R.Value);
  S.place(R.Where);
}

template <typename Stream> void layout(Stream &S, ParameterCondition &R) {
  S.caller(R.In);
  S.number(R.Parameter);
  S.number(R.Value);
  S.flag(R.Equal);
  S.place(R.Where);
}

template <typename Stream> void layout(Stream &S, NonblockingFd &R) {
  S.string(R.Library);
  S.place(R.Where);
}

template <typename Stream> void layout(Stream &S, Taker &R) {
  S.string(R.Api);
  S.place(R.Where);
}

template <typename Stream> void layout(Stream &S, StoredFinding::Note &R) {
  S.place(R.Where);
  S.words(R.Text);
}

template <typename Stream> void layout(Stream &S, Edit &R) {
  S.place(R.Begin);
  S.place(R.End);
  S.words(R.Text);
}

template <typename Stream> void layout(Stream &S, StoredFinding &R) {
  S.words(R.Check);
  S.place(R.Where);
  S.words(R.Text);
  S.words(R.Function);
  S.words(R.Entity);
  S.words(R.Until);
  S.flag(R.IfReceived);
  S.rows(R.Notes);
  S.rows(R.Fixes);
}

/// The tables of rows, in the order in which files hold them: what a row names
/// stands before it.
template <typename Stream> void layoutRows(Stream &S, Facts &F) {
  S.rows(F.Functions);
  S.rows(F.Slots);
  S.lists(F.AtomSets);
  S.lists(F.ArgumentLists);
  S.lists(F.Nests);
  S.rows(F.Flows);
  S.rows(F.Calls);
  S.rows(F.Registrations);
  S.rows(F.Roots);
  S.rows(F.Overrides);
  S.rows(F.Waits);
  S.rows(F.Accepts);
  S.rows(F.Sites);
  S.rows(F.ConstantArguments);
  S.rows(F.ParameterConditions);
  S.rows(F.NonblockingFds);
  S.rows(F.Takers);
  S.rows(F.Moves);
  S.rows(F.Contexts);
  S.rows(F.DataFlows);
  S.rows(F.DataArguments);
  S.rows(F.DataParameters);
  S.rows(F.DataEntries);
  S.rows(F.CopySources);
}

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_LAYOUT_H
