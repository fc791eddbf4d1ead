// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { basename } from "node:path";
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient/node";
import { initializationOptions, program, reportMissing } from "./settings.ts";

export const CLANGD_EXTENSION = "llvm-vs-code-extensions.vscode-clangd";
/** What was offered last, so that it is offered once. */
const OFFERED = "nettune.offeredToClangd";

/** The part that we use of what the clangd extension exports, version 1 of its API. */
interface ClangdExports {
  getApi(version: 1): { readonly languageClient: BaseLanguageClient | undefined };
}

/** The clangd extension, as the host of nettune-clangd. */
export class ClangdExtension {
  private readonly state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.state = state;
  }

  /** The client of that extension, once it has started. */
  async client(): Promise<BaseLanguageClient | undefined> {
    const extension = vscode.extensions.getExtension<ClangdExports | undefined>(CLANGD_EXTENSION);
    const exports = await extension?.activate();
    return exports?.getApi(1).languageClient;
  }

  /**
   * Tells the settings to the server that this extension has started; one that it starts later finds them in its
   * environment. A plain clangd does not know them, and takes no notice.
   */
  async configure(): Promise<void> {
    const client = await this.client();
    if (client?.isRunning() === true) await client.sendNotification("workspace/didChangeConfiguration", { settings: initializationOptions() });
  }

  /**
   * Asks whether `clangd.path` may be set, unless it names nettune-clangd already. Without being asked for, only
   * once for each path of nettune-clangd.
   */
  async offer(askedFor: boolean): Promise<void> {
    const server = program("serverPath");
    if (vscode.extensions.getExtension(CLANGD_EXTENSION) === undefined) {
      if (askedFor) void vscode.window.showInformationMessage("nettune: the clangd extension is not installed; nettune-clangd runs without it");
      return;
    }
    const settings = vscode.workspace.getConfiguration("clangd");
    const now = settings.get<string>("path", "clangd");
    if (now === server || basename(now) === "nettune-clangd") {
      if (askedFor) void vscode.window.showInformationMessage(`nettune: the clangd extension uses '${now}' already`);
      return;
    }
    if (!askedFor && this.state.get<string>(OFFERED) === (server ?? "")) return;
    await this.state.update(OFFERED, server ?? "");
    if (server === undefined) {
      await reportMissing("serverPath");
      return;
    }
    await this.ask(settings, now, server);
  }

  private async ask(settings: vscode.WorkspaceConfiguration, now: string, server: string): Promise<void> {
    const here = "In this workspace";
    const everywhere = "In all workspaces";
    const chosen = await vscode.window.showInformationMessage(
      `nettune needs its own clangd, which is clangd 22 with nettune's checks. Set clangd.path, now '${now}', to '${server}'?`,
      ...(vscode.workspace.workspaceFolders === undefined ? [everywhere] : [here, everywhere]),
      "No",
    );
    if (chosen !== here && chosen !== everywhere) return;
    await settings.update("path", server, chosen === here ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand("clangd.restart");
  }
}
