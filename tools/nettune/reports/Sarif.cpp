//===- Sarif.cpp ---------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reports/Encoding.h"
#include "reports/Formats.h"
#include "reports/JsonText.h"
#include "reports/SarifRules.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/Compression.h>

#include <map>

namespace nettune::cli {
namespace {

using llvm::json::OStream;

/// What GitHub takes of a file: docs.github.com, "SARIF support for code scanning".
constexpr std::size_t MostResults = 25000, MostLocations = 1000, MostCompressed = 10 * 1000 * 1000;

class SarifReport {
public:
  SarifReport(const Analysis &A, ReportPlaces &Places) : A(A), Places(Places) {
    for (const ReportedFinding &F : A.Findings) {
      Rules.try_emplace(F.Check, &F);
      AnyAccepted |= F.Is == State::Accepted;
    }
    for (const ReportedFinding &F : A.Findings)
      Order.push_back(&F);
    // What is cut is old.
    llvm::stable_sort(Order, [](const ReportedFinding *A, const ReportedFinding *B) { return A->Is < B->Is; });
    Order.resize(std::min(Order.size(), MostResults));
    for (const ReportedFinding *F : Order)
      Results.push_back(result(*F));
  }

  /// The whole file, with so many results that it is no longer than GitHub takes.
  std::string fitting() {
    std::size_t Count = Results.size();
    for (;;) {
      std::string Text = log(Count);
      const std::size_t Size = compressedSize(Text);
      if (Size <= MostCompressed || Count == 0)
        return Text;
      Count = std::min(Count - 1, static_cast<std::size_t>(static_cast<double>(Count) * 0.95 * MostCompressed / static_cast<double>(Size)));
    }
  }

private:
  static std::size_t compressedSize(const std::string &Text) {
    if (Text.size() <= MostCompressed || !llvm::compression::zlib::isAvailable())
      return std::min(Text.size(), MostCompressed);
    llvm::SmallVector<std::uint8_t, 0> Compressed;
    llvm::compression::zlib::compress(llvm::arrayRefFromStringRef(Text), Compressed);
    return Compressed.size() + 18; // gzip's frame
  }

  void artifact(OStream &J, const NamedPlace &P) const {
    const std::string File = Places.file(P);
    J.attributeObject("artifactLocation", [&] {
      if (llvm::StringRef(File).starts_with("/")) {
        J.attribute("uri", "file://" + percentEncoded(File));
      } else {
        J.attribute("uri", percentEncoded(File));
        J.attribute("uriBaseId", "%SRCROOT%");
      }
    });
  }

  static void region(OStream &J, llvm::StringRef Key, unsigned Line, unsigned Column, unsigned EndLine, unsigned EndColumn) {
    J.attributeObject(Key, [&] {
      J.attribute("startLine", Line);
      J.attribute("startColumn", Column);
      J.attribute("endLine", EndLine);
      J.attribute("endColumn", EndColumn);
    });
  }

  static void message(OStream &J, llvm::StringRef Key, llvm::StringRef Text) {
    std::string Escaped = utf8(Text);
    if (Text.contains("](")) { // would be an embedded link (3.11.6)
      Escaped.clear();
      for (char C : utf8(Text))
        Escaped += (C == '[' || C == ']' || C == '\\' ? "\\" : "") + std::string(1, C);
    }
    J.attributeObject(Key, [&] { J.attribute("text", Escaped); });
  }

  void location(OStream &J, const NamedPlace &P, llvm::StringRef Text) {
    J.attributeObject("physicalLocation", [&] {
      artifact(J, P);
      const ReportPlaces::Region R = Places.utf16(P);
      region(J, "region", R.Line, R.Column, R.Line, R.EndColumn);
    });
    if (!Text.empty())
      message(J, "message", Text);
  }

  void codeFlow(OStream &J, const ReportedFinding &F) {
    // The first steps say where the loop is: of a longer path the last are cut.
    std::vector<Line> Steps(F.Path.begin(), F.Path.begin() + static_cast<std::ptrdiff_t>(std::min(F.Path.size(), MostLocations - 1)));
    Steps.push_back({F.Where, F.Text});
    J.attributeArray("codeFlows", [&] {
      J.object([&] {
        J.attributeArray("threadFlows", [&] {
          J.object([&] {
            J.attributeArray("locations", [&] {
              for (const Line &L : Steps)
                J.object([&] { J.attributeObject("location", [&] { location(J, L.Where, L.Text); }); });
            });
          });
        });
      });
    });
  }

  void fix(OStream &J, const ReportedFinding &F) {
    std::map<std::string, std::vector<const NamedEdit *>> ByFile;
    for (const NamedEdit &E : F.Fixes)
      ByFile[E.Begin.File].push_back(&E);
    J.attributeArray("fixes", [&] {
      J.object([&] {
        message(J, "description", F.Text);
        J.attributeArray("artifactChanges", [&] {
          for (const auto &[File, Edits] : ByFile)
            J.object([&] {
              artifact(J, Edits.front()->Begin);
              J.attributeArray("replacements", [&] {
                for (const NamedEdit *E : Edits)
                  replacement(J, *E);
              });
            });
        });
      });
    });
  }

  void replacement(OStream &J, const NamedEdit &E) {
    J.object([&] {
      region(J, "deletedRegion", E.Begin.Line, Places.utf16(E.Begin).Column, E.End.Line, Places.utf16(E.End).Column);
      if (!E.Text.empty())
        J.attributeObject("insertedContent", [&] { J.attribute("text", utf8(E.Text)); });
    });
  }

  void related(OStream &J, const ReportedFinding &F) {
    const std::vector<Line> Notes(F.Notes.begin() + static_cast<std::ptrdiff_t>(std::min(F.Hops, F.Notes.size())), F.Notes.end());
    if (Notes.empty())
      return;
    J.attributeArray("relatedLocations", [&] {
      for (const auto &[I, N] : llvm::enumerate(Notes)) {
        if (I + 1 >= MostLocations)
          return;
        J.object([&, &N = N, I = I] {
          J.attribute("id", static_cast<std::int64_t>(I + 1));
          location(J, N.Where, N.Text);
        });
      }
    });
  }

  void state(OStream &J, const ReportedFinding &F) {
    J.attributeObject("partialFingerprints", [&] {
      J.attribute("nettune/v1", utf8(F.Fingerprint));
      J.attribute("primaryLocationLineHash", utf8(F.Fingerprint) + ":1"); // the only one that GitHub reads
    });
    if (A.Compared)
      J.attribute("baselineState", F.Is == State::New ? "new" : "unchanged");
    if (!AnyAccepted)
      return;
    // Of a run each result has them or none (3.27.23).
    J.attributeArray("suppressions", [&] {
      if (F.Is == State::Accepted)
        J.object([&] {
          J.attribute("kind", "external");
          if (!F.Reason.empty())
            J.attribute("justification", utf8(F.Reason));
        });
    });
  }

  std::string result(const ReportedFinding &F) {
    std::string Text = jsonText([&](OStream &J) {
      J.object([&] {
        J.attribute("ruleId", utf8(F.Check));
        J.attribute("ruleIndex", static_cast<std::int64_t>(std::distance(Rules.begin(), Rules.find(F.Check))));
        J.attribute("level", "warning");
        message(J, "message", F.Text);
        J.attributeArray("locations", [&] {
          J.object([&] {
            location(J, F.Where, "");
            if (!F.Function.empty())
              J.attributeArray("logicalLocations", [&] {
                J.object([&] {
                  J.attribute("fullyQualifiedName", utf8(F.Function));
                  J.attribute("kind", "function");
                });
              });
          });
        });
        if (!F.Path.empty())
          codeFlow(J, F);
        related(J, F);
        if (!F.Fixes.empty())
          fix(J, F);
        state(J, F);
        if (A.Samples)
          J.attributeObject("properties", [&] {
            J.attribute("samples", A.Samples);
            J.attribute("samplesUnit", A.SamplesUnit);
            J.attribute("samplesStalling", F.Stalling);
            J.attribute("samplesOnStack", F.OnStack);
          });
      });
    });
    Text.pop_back();
    return Text;
  }

  void notification(OStream &J, llvm::StringRef Level, llvm::StringRef Text, llvm::StringRef File) const {
    J.object([&] {
      J.attribute("level", Level);
      message(J, "message", Text);
      if (!File.empty())
        J.attributeArray("locations", [&] {
          J.object([&] { J.attributeObject("physicalLocation", [&] { artifact(J, {File.str()}); }); });
        });
    });
  }

  void invocation(OStream &J, std::size_t Count) const {
    J.object([&] {
      J.attribute("executionSuccessful", A.complete());
      J.attributeArray("toolExecutionNotifications", [&] {
        for (const Analysis::LostTu &T : A.Lost)
          notification(J, "error", "The translation unit could not be analysed; see " + T.Why, T.File);
        for (const std::string &File : A.Partial)
          notification(J, "warning", "The translation unit has errors; what stands in or behind them was not analysed.", File);
        if (Count < A.Findings.size())
          notification(J, "warning", std::to_string(A.Findings.size() - Count) + " of " + std::to_string(A.Findings.size()) +
                                         " findings are left out: GitHub takes 25,000 results and 10 MB, compressed.", "");
        const auto Long = llvm::count_if(A.Findings, [](const ReportedFinding &F) { return F.Path.size() >= MostLocations; });
        if (Long)
          notification(J, "warning", std::to_string(Long) + " paths are cut: GitHub takes 1,000 locations of a result.", "");
      });
    });
  }

  void run(OStream &J, std::size_t Count) {
    J.attributeObject("tool", [&] {
      J.attributeObject("driver", [&] {
        J.attribute("name", "nettune");
        J.attribute("version", NETTUNE_VERSION);
        J.attribute("semanticVersion", NETTUNE_VERSION);
        for (const ReportedFinding &F : llvm::ArrayRef(A.Findings).take_front(1))
          if (llvm::StringRef(F.Guide).starts_with("http"))
            J.attribute("informationUri", utf8(llvm::StringRef(F.Guide).split('#').first));
        J.attributeArray("rules", [&] {
          for (const auto &Rule : Rules)
            writeSarifRule(J, *Rule.second);
        });
      });
    });
    J.attributeArray("invocations", [&] { invocation(J, Count); });
    J.attribute("columnKind", "utf16CodeUnits");
    J.attributeObject("originalUriBaseIds", [&] {
      J.attributeObject("%SRCROOT%", [&] { message(J, "description", "The root of the repository"); });
    });
    J.attributeArray("results", [&] {
      for (std::size_t I = 0; I < Count; ++I)
        J.rawValue(Results[I]);
    });
  }

  std::string log(std::size_t Count) {
    return jsonText([&](OStream &J) {
      J.object([&] {
        J.attribute("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        J.attribute("version", "2.1.0");
        J.attributeArray("runs", [&] { J.object([&] { run(J, Count); }); });
      });
    });
  }

  const Analysis &A;
  ReportPlaces &Places;
  std::map<std::string, const ReportedFinding *> Rules; ///< by check: its first finding
  std::vector<const ReportedFinding *> Order;
  std::vector<std::string> Results; ///< in that order
  bool AnyAccepted = false;
};

} // namespace

std::string sarifReport(const Analysis &A, ReportPlaces &Places) { return SarifReport(A, Places).fitting(); }

} // namespace nettune::cli
