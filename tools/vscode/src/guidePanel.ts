// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import * as vscode from "vscode";
import { follow, type Place } from "./logic/guideLinks.ts";
import { panelPage } from "./logic/guidePage.ts";

/** The guide in a panel of the editor, offline; one panel, which later calls turn to another place. */
export class GuidePanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private directory = "";
  private file = "";

  /** Shows a page of the guide whose HTML is in `directory`, scrolled to its anchor. */
  show(directory: string, place: Place): void {
    if (this.panel === undefined || directory !== this.directory) this.open(directory);
    this.panel?.reveal(undefined, true);
    this.turnTo(place);
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private open(directory: string): void {
    this.panel?.dispose();
    this.directory = directory;
    this.file = "";
    const panel = vscode.window.createWebviewPanel(
      "nettune.guide", "nettune guide", { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, enableFindWidget: true, retainContextWhenHidden: true, localResourceRoots: [vscode.Uri.file(directory)] });
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = undefined;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (typeof message === "object" && message !== null && "href" in message && typeof message.href === "string")
        this.go(message.href);
    });
    this.panel = panel;
  }

  private go(href: string): void {
    const target = follow(href, this.file, this.directory);
    if (target.kind === "page") this.turnTo(target.place);
    else if (target.kind === "web") void vscode.env.openExternal(vscode.Uri.parse(target.url));
    else if (target.kind === "file") void vscode.window.showTextDocument(vscode.Uri.file(target.path), { preview: true });
  }

  private turnTo(place: Place): void {
    const panel = this.panel;
    if (panel === undefined) return;
    if (place.file === this.file) {
      void panel.webview.postMessage({ anchor: place.anchor });
      return;
    }
    let html: string;
    try {
      html = readFileSync(place.file, "utf8");
    } catch (error) {
      void vscode.window.showErrorMessage(`nettune: no page of the guide: ${String(error)}`);
      return;
    }
    this.file = place.file;
    panel.title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? "nettune guide";
    panel.webview.html = panelPage(html, {
      nonce: randomBytes(16).toString("base64url"),
      source: panel.webview.cspSource,
      anchor: place.anchor,
      image: (source) => panel.webview.asWebviewUri(vscode.Uri.file(resolve(dirname(place.file), source))).toString(),
    });
  }
}
