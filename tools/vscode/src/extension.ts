// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import * as vscode from "vscode";
import { explain } from "./explain.ts";
import { GuideActions, OPEN_GUIDE, openGuide } from "./guideCommands.ts";
import { GUIDE_EDITOR, GuideEditor } from "./guideEditor.ts";
import { GuidePanel } from "./guidePanel.ts";
import { Scan } from "./scan.ts";
import { ScanFindings } from "./scanFindings.ts";
import { Server } from "./server.ts";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const running = (server = new Server(context.globalState));
  const panel = new GuidePanel();
  const found = new ScanFindings();
  const scan = new Scan(found);
  context.subscriptions.push(
    panel, found, scan,
    vscode.commands.registerCommand("nettune.scan", () => scan.start()),
    vscode.commands.registerCommand(OPEN_GUIDE, (link: unknown) => openGuide(panel, link)),
    vscode.commands.registerCommand("nettune.explain", async () => explain(await running.client())),
    vscode.commands.registerCommand("nettune.useInClangd", () => running.offerToClangd()),
    vscode.window.registerCustomEditorProvider(GUIDE_EDITOR, new GuideEditor(panel)),
    vscode.languages.registerCodeActionsProvider([{ language: "c" }, { language: "cpp" }], new GuideActions(),
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
  );
  void running.start();
}

/** The server has to be told to end, and the editor waits for it. */
export async function deactivate(): Promise<void> {
  await server?.dispose();
}
