import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";

let client;

async function start() {
  await client?.dispose();
  const command = vscode.workspace.getConfiguration("clangd").get("path");
  client = new LanguageClient("clangd", "clangd", { command }, { documentSelector: [{ scheme: "file", language: "cpp" }] });
  await client.start();
}

export async function activate(context) {
  context.subscriptions.push(vscode.commands.registerCommand("clangd.restart", start));
  await start();
  return { getApi: (version) => (version === 1 ? { languageClient: client } : undefined) };
}

export function deactivate() {
  return client?.dispose();
}
