// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import type { GuidePanel } from "./guidePanel.ts";
import { GUIDE_PAGE } from "./logic/guideLinks.ts";

export const GUIDE_EDITOR = "nettune.guidePage";

/**
 * Opens pages of the guide in the panel, not as text. It is for links that are not ours to change, those of diagnostics
 * that the clangd extension shows: they lead to a file, and the editor asks this what to do with it.
 */
export class GuideEditor implements vscode.CustomReadonlyEditorProvider {
  private readonly guide: GuidePanel;

  constructor(guide: GuidePanel) {
    this.guide = guide;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    let directory = dirname(uri.fsPath); // pages of the checks lie one below
    if (!existsSync(join(directory, GUIDE_PAGE))) directory = dirname(directory);
    panel.dispose();
    this.guide.show(directory, { file: uri.fsPath, anchor: uri.fragment });
  }
}
