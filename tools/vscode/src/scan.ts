// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { spawn, type ChildProcess } from "node:child_process";
import * as vscode from "vscode";
import { buildDirectories } from "./logic/buildDirectories.ts";
import { ending, ErrorStream, findings } from "./logic/scanReport.ts";
import type { ScanFindings } from "./scanFindings.ts";
import { pathSetting, program, reportMissing, scanEnvironment } from "./settings.ts";

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The build directory to scan, asked for where there are several; undefined if there is none. */
async function buildDirectory(folder: string): Promise<string | undefined> {
  const set = pathSetting("buildDirectory", folder);
  if (set !== "") return set;
  const found = buildDirectories(folder);
  if (found.length === 0) {
    void vscode.window.showErrorMessage(
      `nettune: no compile_commands.json in '${folder}' or up to two levels below it; let the build write it, with CMake by -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, or set nettune.buildDirectory`);
    return undefined;
  }
  return found.length === 1 ? found[0] : vscode.window.showQuickPick(found, { title: "nettune: which build?" });
}

async function folderToScan(): Promise<string | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void vscode.window.showErrorMessage("nettune: open a folder to scan");
    return undefined;
  }
  const folder = folders.length === 1 ? folders[0] : await vscode.window.showWorkspaceFolderPick();
  return folder?.uri.fsPath;
}

/** Ends the program and all that it started: they are one process group. */
function end(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, "SIGTERM");
  } catch {
    child.kill();
  }
}

/** Runs `nettune check`; undefined if it was cancelled. Rejects if it cannot be started. */
function run(command: string, build: string, folder: string, report: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken): Promise<Outcome | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, ["check", "-p", build, "--progress=json"],
      { cwd: folder, env: scanEnvironment(), detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let told = 0;
    const err = new ErrorStream((now) => {
      report.report({ message: now.text, increment: Math.max(0, now.share - told) * 100 });
      told = Math.max(told, now.share);
    });
    const cancelled = token.onCancellationRequested(() => {
      end(child);
    });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err.take(text);
    });
    child.on("error", (error) => {
      cancelled.dispose();
      reject(error);
    });
    child.on("close", (code) => {
      cancelled.dispose();
      resolve(token.isCancellationRequested ? undefined : { code, out, err: err.text });
    });
  });
}

/** Analyses the program of the workspace as a whole, which renews the index that the language server reads. */
export class Scan implements vscode.Disposable {
  private readonly output = vscode.window.createOutputChannel("nettune");
  private readonly found: ScanFindings;
  private running = false;

  constructor(found: ScanFindings) {
    this.found = found;
  }

  dispose(): void {
    this.output.dispose();
  }

  async start(): Promise<void> {
    if (this.running) {
      void vscode.window.showInformationMessage("nettune: a scan is running");
      return;
    }
    this.running = true;
    try {
      await this.scan();
    } finally {
      this.running = false;
    }
  }

  private async scan(): Promise<void> {
    const command = program("commandPath");
    if (command === undefined) return reportMissing("commandPath");
    const folder = await folderToScan();
    const build = folder === undefined ? undefined : await buildDirectory(folder);
    if (folder === undefined || build === undefined) return;
    await vscode.workspace.saveAll(false); // the program on disk is what is analysed
    let outcome: Outcome | undefined;
    try {
      outcome = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: "nettune: scanning", cancellable: true },
        (report, token) => run(command, build, folder, report, token));
    } catch (error) {
      void vscode.window.showErrorMessage(`nettune: ${command} did not start: ${String(error)}`);
      return;
    }
    if (outcome !== undefined) this.tell(outcome, folder);
  }

  private tell(outcome: Outcome, folder: string): void {
    this.output.replace(outcome.out + outcome.err);
    const ended = ending(outcome.code, outcome.err);
    if (ended.kind !== "failed") this.found.replace(findings(outcome.out, folder));
    const show = { done: vscode.window.showInformationMessage, incomplete: vscode.window.showWarningMessage, failed: vscode.window.showErrorMessage }[ended.kind];
    const problems = "Show Problems";
    const output = "Show Output";
    void show(`nettune: ${ended.text}`, ...(ended.kind === "failed" ? [output] : [problems, output])).then((chosen) => {
      if (chosen === output) this.output.show();
      if (chosen === problems) void vscode.commands.executeCommand("workbench.actions.view.problems");
    });
  }
}
