// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import * as vscode from "vscode";
import type { BaseLanguageClient, Location } from "vscode-languageclient/node";

/** The answer to the request nettune/explain: the way from the event loop to a function. */
interface Explanation {
  readonly name: string;
  readonly onLoop: boolean;
  readonly origin: string;
  readonly steps: readonly { readonly text: string; readonly location: Location }[];
}

interface Step extends vscode.QuickPickItem {
  readonly place: vscode.Location;
}

const METHOD = "nettune/explain";
const METHOD_NOT_FOUND = -32601;

function steps(answer: Explanation, client: BaseLanguageClient): Step[] {
  return answer.steps.map(({ text, location }, index) => {
    const place = client.protocol2CodeConverter.asLocation(location);
    return {
      label: `${index + 1}. ${text}`,
      description: `${vscode.workspace.asRelativePath(place.uri)}:${place.range.start.line + 1}`,
      place,
    };
  });
}

async function reveal(place: vscode.Location, preview: boolean): Promise<void> {
  await vscode.window.showTextDocument(place.uri, { selection: place.range, preview, preserveFocus: preview });
}

/** A list of the steps; the editor shows the one that is looked at, and stays at the one that is chosen. */
function choose(answer: Explanation, items: Step[], from: vscode.TextEditor): void {
  const before = new vscode.Location(from.document.uri, from.selection);
  const list = vscode.window.createQuickPick<Step>();
  let chosen = false;
  list.title = `${answer.name} runs on the event loop`;
  list.placeholder = answer.origin;
  list.matchOnDescription = true;
  list.items = items;
  list.onDidChangeActive(([step]) => {
    if (step !== undefined) void reveal(step.place, true);
  });
  list.onDidAccept(() => {
    const step = list.selectedItems[0];
    chosen = step !== undefined;
    list.hide();
    if (step !== undefined) void reveal(step.place, false);
  });
  list.onDidHide(() => {
    list.dispose();
    if (!chosen) void reveal(before, false);
  });
  list.show();
}

/** Tells why the function at the cursor runs on an event loop. */
export async function explain(client: BaseLanguageClient | undefined): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  if (client === undefined) {
    void vscode.window.showErrorMessage("nettune: nettune-clangd does not run, and only it knows what runs on the loop");
    return;
  }
  let answer: Explanation | null;
  try {
    answer = await client.sendRequest<Explanation | null>(METHOD, {
      textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(editor.document),
      position: client.code2ProtocolConverter.asPosition(editor.selection.active),
    });
  } catch (error) {
    const unknown = typeof error === "object" && error !== null && "code" in error && error.code === METHOD_NOT_FOUND;
    void vscode.window.showErrorMessage(
      unknown ? "nettune: the language server is a plain clangd; 'nettune: Use nettune-clangd in the clangd extension' changes that"
        : `nettune: ${String(error)}`);
    return;
  }
  if (answer?.onLoop !== true || answer.steps.length === 0) {
    void vscode.window.showInformationMessage(
      "nettune: no way from an event loop to the function at the cursor is known; 'nettune: Scan workspace' makes the whole program known");
    return;
  }
  choose(answer, steps(answer, client), editor);
}
