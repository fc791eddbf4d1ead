// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { commandUri, GUIDE_PAGE, guideDirectory, placeOf } from "./logic/guideLinks.ts";
import { firstFolder, pathSetting, program } from "./settings.ts";
import type { GuidePanel } from "./guidePanel.ts";

export const OPEN_GUIDE = "nettune.openGuide";

function isOurs(diagnostic: vscode.Diagnostic): boolean {
  return diagnostic.source === "nettune";
}

/** The link of a diagnostic into the guide. */
function guideLink(diagnostic: vscode.Diagnostic): string | undefined {
  const code = diagnostic.code;
  if (!isOurs(diagnostic) || typeof code !== "object") return undefined;
  if (code.target.scheme !== "command") return code.target.toString(true);
  try {
    const [link] = JSON.parse(code.target.query) as unknown[];
    return typeof link === "string" ? link : undefined;
  } catch {
    return undefined;
  }
}

/** The diagnostic with its link to a file of the guide made one that opens the panel; links to the web stay. */
export function toPanel(diagnostic: vscode.Diagnostic): vscode.Diagnostic {
  const link = guideLink(diagnostic);
  if (link === undefined || placeOf(link) === undefined || typeof diagnostic.code !== "object") return diagnostic;
  diagnostic.code = { value: diagnostic.code.value, target: vscode.Uri.parse(commandUri(OPEN_GUIDE, link)) };
  return diagnostic;
}

/** Offers the section of the guide beside the fixes: where the link of a diagnostic is not ours to change, too. */
export class GuideActions implements vscode.CodeActionProvider {
  provideCodeActions(_document: vscode.TextDocument, _range: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] {
    return context.diagnostics.flatMap((diagnostic) => {
      const link = guideLink(diagnostic);
      if (link === undefined) return [];
      const action = new vscode.CodeAction("Open the guide's section", vscode.CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      action.command = { command: OPEN_GUIDE, title: action.title, arguments: [link] };
      return [action];
    });
  }
}

/** The link of the diagnostic that the cursor is on, of several the narrowest. */
function linkAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const here = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((diagnostic) => isOurs(diagnostic) && diagnostic.range.intersection(editor.selection) !== undefined);
  const line = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((diagnostic) => isOurs(diagnostic) && diagnostic.range.start.line === editor.selection.active.line);
  const narrowest = [...(here.length > 0 ? here : line)].sort((a, b) => (a.range.contains(b.range) ? 1 : -1))[0];
  return narrowest && guideLink(narrowest);
}

/**
 * Opens the guide at a link (a URL, or an anchor after `#`), without one at what the cursor is on, else at its top:
 * HTML in the panel, Markdown in the editor's preview, the web in the browser.
 */
export async function openGuide(panel: GuidePanel, argument: unknown): Promise<void> {
  const link = typeof argument === "string" ? argument : (linkAtCursor() ?? "#");
  const place = placeOf(link);
  if (place === undefined && !link.startsWith("#")) {
    await vscode.env.openExternal(vscode.Uri.parse(link));
    return;
  }
  if (place !== undefined && existsSync(place.file)) {
    if (place.file.endsWith(".html")) panel.show(dirname(place.file), place);
    else await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.file(place.file).with({ fragment: place.anchor }));
    return;
  }
  const directory = guideDirectory(pathSetting("guidePath", firstFolder()), program("commandPath") ?? program("serverPath"), existsSync);
  if (directory === undefined) {
    void vscode.window.showErrorMessage(`nettune: the guide (${place?.file ?? GUIDE_PAGE}) is not installed; the setting nettune.guidePath says where its HTML is`);
    return;
  }
  panel.show(directory, { file: join(directory, GUIDE_PAGE), anchor: place?.anchor ?? link.slice(1) });
}
