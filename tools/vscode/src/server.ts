// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import * as vscode from "vscode";
import { LanguageClient, type BaseLanguageClient } from "vscode-languageclient/node";
import { CLANGD_EXTENSION, ClangdExtension } from "./clangdExtension.ts";
import { toPanel } from "./guideCommands.ts";
import { buildDirectories } from "./logic/buildDirectories.ts";
import { exportCheckOptions, firstFolder, initializationOptions, pathSetting, program, reportMissing, SECTION, serverArguments } from "./settings.ts";

const LANGUAGES = ["c", "cpp", "objective-c", "objective-cpp", "cuda-cpp"];

/** Settings that the server is started with. */
const RESTARTING = ["serverPath", "serverArguments", "buildDirectory", "workload", "targetCores", "guidePath"];

function compileCommands(): string[] {
  const folder = firstFolder();
  if (folder === undefined) return [];
  const set = pathSetting("buildDirectory", folder);
  if (set !== "") return [`--compile-commands-dir=${set}`];
  const [only, ...others] = buildDirectories(folder);
  return only !== undefined && others.length === 0 ? [`--compile-commands-dir=${only}`] : [];
}

/**
 * The language server of the window: the clangd extension's where that is installed, else one of our own.
 * It is replaced when that extension comes or goes, and when settings change that it was started with.
 */
export class Server implements vscode.Disposable {
  private readonly clangd: ClangdExtension;
  private own: LanguageClient | undefined;
  private ready: Promise<void> = Promise.resolve();
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor(state: vscode.Memento) {
    this.clangd = new ClangdExtension(state);
    this.subscriptions.push(
      vscode.extensions.onDidChange(() => this.start()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (RESTARTING.some((key) => change.affectsConfiguration(`${SECTION}.${key}`))) void this.start();
      }),
    );
  }

  /** One start after the other: two at once would leave two servers. */
  start(): Promise<void> {
    this.ready = this.ready.then(() => this.restart()).catch((error: unknown) => {
      void vscode.window.showErrorMessage(`nettune: nettune-clangd did not start: ${String(error)}`);
    });
    return this.ready;
  }

  /** The running client, or undefined if there is none. */
  async client(): Promise<BaseLanguageClient | undefined> {
    await this.ready;
    return this.own ?? (await this.clangd.client());
  }

  offerToClangd(): Promise<void> {
    return this.clangd.offer(true);
  }

  async dispose(): Promise<void> {
    for (const subscription of this.subscriptions) subscription.dispose();
    await this.stop();
  }

  private async stop(): Promise<void> {
    const old = this.own;
    this.own = undefined;
    await old?.dispose();
  }

  private async restart(): Promise<void> {
    await this.stop();
    exportCheckOptions();
    if (vscode.extensions.getExtension(CLANGD_EXTENSION)) {
      void this.clangd.offer(false);
      await this.clangd.configure();
      return;
    }
    const command = program("serverPath");
    if (command === undefined) {
      void reportMissing("serverPath");
      return;
    }
    const folder = firstFolder();
    this.own = new LanguageClient("nettune", "nettune-clangd",
      { command, args: [...compileCommands(), ...serverArguments()], options: folder === undefined ? {} : { cwd: folder } },
      {
        documentSelector: LANGUAGES.map((language) => ({ scheme: "file", language })),
        initializationOptions: initializationOptions(),
        middleware: {
          handleDiagnostics: (uri, diagnostics, next) => {
            next(uri, diagnostics.map(toPanel));
          },
        },
      });
    await this.own.start();
  }
}
