// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { homedir } from "node:os";
import { resolve } from "node:path";
import * as vscode from "vscode";
import { expand, findExecutable } from "./logic/executables.ts";
import { OPTIONS_VARIABLE, optionsVariable, serverOptions, type CheckSettings } from "./logic/serverOptions.ts";

export const SECTION = "nettune";
type Program = "serverPath" | "commandPath";

function text(key: string, scope?: vscode.Uri): string {
  return vscode.workspace.getConfiguration(SECTION, scope ?? null).get<string>(key, "");
}

export function firstFolder(): string | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
}

/** A path setting, made absolute; "" if it is empty. */
export function pathSetting(key: "guidePath" | "buildDirectory", folder: string | undefined): string {
  const path = expand(text(key, folder === undefined ? undefined : vscode.Uri.file(folder)), folder, homedir());
  return path === "" ? "" : resolve(folder ?? "/", path);
}

/** The absolute path of a program, or undefined if it is not there. */
export function program(key: Program): string | undefined {
  const folder = firstFolder();
  return findExecutable(expand(text(key), folder, homedir()), process.env.PATH ?? "", folder);
}

/** Says that a program is missing, and leads to its setting. */
export async function reportMissing(key: Program): Promise<void> {
  const settings = "Open Settings";
  const chosen = await vscode.window.showErrorMessage(
    `nettune: '${text(key)}' is not installed or not executable; the setting ${SECTION}.${key} says where it is`,
    settings,
  );
  if (chosen === settings) await vscode.commands.executeCommand("workbench.action.openSettings", `${SECTION}.${key}`);
}

export function serverArguments(): string[] {
  return vscode.workspace.getConfiguration(SECTION).get<string[]>("serverArguments", []);
}

function checkSettings(): CheckSettings {
  const targetCores = vscode.workspace.getConfiguration(SECTION).get<number>("targetCores", 0);
  return { workload: text("workload"), targetCores, guide: pathSetting("guidePath", firstFolder()) };
}

/** What nettune-clangd is told when it starts, and when settings change. */
export function initializationOptions(): ReturnType<typeof serverOptions> {
  return serverOptions(checkSettings());
}

/** Of the environment that the editor was started in. */
const INHERITED = process.env[OPTIONS_VARIABLE];

/** Lets what another extension starts from now on know the settings: both run in one process. */
export function exportCheckOptions(): void {
  process.env[OPTIONS_VARIABLE] = optionsVariable(INHERITED, checkSettings());
}

/** The environment of a scan. Where the guide lies is no matter of the analysis. */
export function scanEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, [OPTIONS_VARIABLE]: optionsVariable(INHERITED, { ...checkSettings(), guide: "" }) };
}
