// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import * as vscode from "vscode";
import { toPanel } from "./guideCommands.ts";
import type { Finding, Where } from "./logic/scanReport.ts";

function place(where: Where): vscode.Location {
  return new vscode.Location(vscode.Uri.file(where.file), new vscode.Position(where.line - 1, where.column - 1));
}

/** A guide's path, which diagnostics of a build without an installed guide give, is only an anchor to us. */
function target(guide: string): vscode.Uri {
  if (/^(file|https?):/.test(guide)) return vscode.Uri.parse(guide);
  return vscode.Uri.file(guide.replace(/#.*/, "")).with({ fragment: guide.replace(/^[^#]*#?/, "") });
}

function diagnostic(finding: Finding): vscode.Diagnostic {
  const shown = new vscode.Diagnostic(place(finding).range, finding.text, vscode.DiagnosticSeverity.Warning);
  shown.source = "nettune";
  shown.code = finding.guide === undefined ? finding.check : { value: finding.check, target: target(finding.guide) };
  shown.relatedInformation = finding.notes.map((note) => new vscode.DiagnosticRelatedInformation(place(note), note.text));
  return toPanel(shown);
}

/** What the last scan found in files that are not open; of the others the language server knows more. */
export class ScanFindings implements vscode.Disposable {
  private readonly shown = vscode.languages.createDiagnosticCollection("nettune-scan");
  private found = new Map<string, vscode.Diagnostic[]>();
  private readonly subscriptions = [
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      this.shown.delete(uri);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      this.show(uri);
    }),
  ];

  dispose(): void {
    for (const subscription of [...this.subscriptions, this.shown]) subscription.dispose();
  }

  replace(findings: readonly Finding[]): void {
    this.found = new Map();
    for (const finding of findings) {
      const key = vscode.Uri.file(finding.file).toString();
      this.found.set(key, [...(this.found.get(key) ?? []), diagnostic(finding)]);
    }
    this.shown.clear();
    const open = new Set(vscode.workspace.textDocuments.map((document) => document.uri.toString()));
    for (const key of this.found.keys()) if (!open.has(key)) this.show(vscode.Uri.parse(key));
  }

  private show(uri: vscode.Uri): void {
    const diagnostics = this.found.get(uri.toString());
    if (diagnostics !== undefined) this.shown.set(uri, diagnostics);
  }
}
