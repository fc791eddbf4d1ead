//===- Stacks.cpp ---------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Stacks.h"

#include "FrameNames.h"

#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/MemoryBuffer.h>

#include <cstdio>
#include <limits>
#include <map>

namespace nettune::cli {

unsigned FoldedStacks::number(llvm::StringRef Frame) {
  auto [Known, NewFrame] = NumberOfFrame.try_emplace(Frame, 0);
  if (!NewFrame)
    return Known->second;
  auto [It, New] = NumberOfName.try_emplace(frameName(Frame), static_cast<unsigned>(Names.size()));
  if (New) {
    Names.push_back(It->first().str());
    Holding.emplace_back();
  }
  return Known->second = It->second;
}

llvm::Error FoldedStacks::addLine(llvm::StringRef Line) {
  auto [Frames, Count] = Line.rsplit(' ');
  Stack S;
  if (Frames.trim().empty() || Count.getAsInteger(10, S.Samples))
    return llvm::createStringError("not 'frame;frame 12'");
  if (S.Samples > std::numeric_limits<std::uint64_t>::max() - Samples)
    return llvm::createStringError("more samples than can be counted");
  Samples += S.Samples;
  llvm::SmallVector<llvm::StringRef> Parts;
  Frames.split(Parts, ';');
  for (llvm::StringRef Frame : Parts)
    S.Frames.push_back(number(Frame));
  for (unsigned Name : S.Frames)
    if (Holding[Name].empty() || Holding[Name].back() != Stacks.size())
      Holding[Name].push_back(static_cast<unsigned>(Stacks.size()));
  Stacks.push_back(std::move(S));
  return llvm::Error::success();
}

llvm::Expected<FoldedStacks> FoldedStacks::parse(llvm::StringRef Text, llvm::StringRef File) {
  FoldedStacks F;
  for (std::size_t Number = 1; !Text.empty(); ++Number) {
    auto [Line, Rest] = Text.split('\n');
    Text = Rest;
    Line = Line.rtrim();
    if (Line.empty())
      continue;
    if (llvm::Error E = F.addLine(Line))
      return llvm::createStringError(File + ":" + llvm::Twine(Number) + ": error: " + llvm::toString(std::move(E)));
  }
  if (F.Samples == 0)
    return llvm::createStringError(File + ": error: no samples");
  return F;
}

llvm::Expected<FoldedStacks> FoldedStacks::read(const std::string &File) {
  auto Buffer = llvm::MemoryBuffer::getFileOrSTDIN(File);
  if (!Buffer)
    return llvm::createStringError(File + ": error: " + Buffer.getError().message());
  return parse((*Buffer)->getBuffer(), File);
}

/// Looks for one finding after the other.
class FoldedStacks::Search {
public:
  Search(const FoldedStacks &F, const std::vector<ReportedFinding> &Findings) : F(F) {
    for (const ReportedFinding &R : Findings)
      llvm::append_range(ApisOf[holder(R)], R.Trail.Apis);
  }

  void count(ReportedFinding &R) {
    R.Stalling = R.OnStack = 0;
    const std::string Holder = holder(R);
    auto Found = F.NumberOfName.find(Holder);
    if (Holder.empty() || Found == F.NumberOfName.end())
      return;
    const Names Hops = hops(R.Trail);
    std::uint64_t WithHop = 0, WithApi = 0;
    for (unsigned Number : F.Holding[Found->second]) {
      const Stack &S = F.Stacks[Number];
      R.OnStack += S.Samples;
      // A function that calls itself: the innermost.
      auto At = std::find(S.Frames.rbegin(), S.Frames.rend(), Found->second).base();
      const bool Waits = callsOneOf(R.Trail.Apis, At, S.Frames.end());
      if (!Waits && callsOneOf(ApisOf[Holder], At, S.Frames.end()))
        continue; // another finding's, of the same function
      if (llvm::any_of(llvm::make_range(S.Frames.begin(), At - 1), [&](unsigned N) { return Hops.contains(N); }))
        WithHop += S.Samples;
      else if (Waits)
        WithApi += S.Samples;
    }
    // Where callers are on the stacks of some, others are calls from elsewhere, as from a worker.
    R.Stalling = WithHop ? WithHop : WithApi;
  }

private:
  using Names = llvm::DenseSet<unsigned>;

  /// The function of the finding; of one without a path the name may be that of the function
  /// around a lambda. main() is below everything: that says nothing.
  static std::string holder(const ReportedFinding &R) {
    if (!R.Trail.Functions.empty())
      return frameNameOfNote(R.Trail.Functions.back());
    return R.Function == "main" ? "" : frameName(R.Function);
  }

  Names hops(const StackTrail &T) const {
    Names Numbers;
    for (const auto *List : {&T.Functions, &T.OtherCallers})
      for (const std::string &Function : *List)
        if (auto Found = F.NumberOfName.find(frameNameOfNote(Function)); Found != F.NumberOfName.end() && &Function != &T.Functions.back())
          Numbers.insert(Found->second);
    return Numbers;
  }

  bool isOf(unsigned Name, const std::string &Api) {
    auto [Known, New] = IsApi[Api].try_emplace(Name, false);
    if (New)
      Known->second = isFrameOfApi(F.Names[Name], Api);
    return Known->second;
  }

  using Frame = std::vector<unsigned>::const_iterator;
  bool callsOneOf(const std::vector<std::string> &Some, Frame Begin, Frame End) {
    return llvm::any_of(llvm::make_range(Begin, End),
                        [&](unsigned Name) { return llvm::any_of(Some, [&](const std::string &Api) { return isOf(Name, Api); }); });
  }

  const FoldedStacks &F;
  std::map<std::string, std::vector<std::string>> ApisOf; ///< by the holder of the findings
  llvm::StringMap<llvm::DenseMap<unsigned, bool>> IsApi;
};

/// Of 2340000 us: "2.34 s".
static std::string duration(std::uint64_t Count, llvm::StringRef Unit) {
  double Amount = static_cast<double>(Count);
  constexpr llvm::StringLiteral Units[] = {"ns", "us", "ms", "s"};
  auto Shown = llvm::find(Units, Unit);
  for (; Amount >= 999.5 && *Shown != "s"; ++Shown)
    Amount /= 1000;
  const char *Format = Amount >= 999.5 ? "%.0f" : "%.3g";
  char Text[32];
  std::snprintf(Text, sizeof Text, Format, Amount);
  return Text + (" " + Shown->str());
}

static std::string stallingNote(std::uint64_t Stalling, std::uint64_t All, const std::string &Unit) {
  if (Unit == "samples")
    return "seen stalling in " + std::to_string(Stalling) + " of " + std::to_string(All) + " samples";
  return "seen stalling for " + duration(Stalling, Unit) + " of " + duration(All, Unit);
}

void FoldedStacks::mark(Analysis &A, const std::string &Unit) const {
  Search Found(*this, A.Findings);
  A.Samples = Samples;
  A.SamplesUnit = Unit;
  for (ReportedFinding &F : A.Findings) {
    Found.count(F);
    if (F.Stalling)
      F.Notes.push_back({F.Where, stallingNote(F.Stalling, Samples, Unit)});
  }
  llvm::stable_sort(A.Findings, [](const ReportedFinding &A, const ReportedFinding &B) {
    return std::pair(A.Stalling, A.OnStack) > std::pair(B.Stalling, B.OnStack);
  });
}

} // namespace nettune::cli
