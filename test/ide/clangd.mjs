// The extension beside the clangd extension (a stand-in with the same API): it asks before it sets clangd.path, and once.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, play, until } from "./workbench.mjs";

const TOAST = ".notification-toast";
const QUESTION = /Set clangd\.path, now 'clangd-22', to '.*nettune-clangd'\?/;
const settings = (folder) => {
  const file = join(folder, ".vscode/settings.json");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};

async function asks({ bench, folder }) {
  await bench.openFile("store/sql_store.cpp", 5);
  await bench.text(TOAST, QUESTION);
  expect(!settings(folder).includes("clangd.path"), "clangd.path is set before the answer");
  await bench.click(`${TOAST} .monaco-button`, /^No$/);
  await until("end of the question", async () => (await bench.texts(TOAST)).length === 0);
}

async function plainClangd({ bench, folder }) {
  await bench.command("nettune: Explain why this runs on the loop");
  await bench.text(TOAST, /the language server is a plain clangd/);
  expect(!settings(folder).includes("clangd.path"), "clangd.path is set after 'No'");
  await bench.command("Notifications: Clear All Notifications");
}

async function asksOnce({ bench }) {
  await bench.reload();
  await bench.text(".breadcrumbs-control", /sql_store::save/);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(!(await bench.texts(TOAST)).some((text) => QUESTION.test(text)), "it asks again");
}

async function setsPath({ bench, folder }) {
  await bench.command("nettune: Use nettune-clangd in the clangd extension");
  await bench.text(TOAST, QUESTION);
  await bench.click(`${TOAST} .monaco-button`, /In this workspace/);
  await until("clangd.path in the workspace's settings", () => /"clangd\.path": ".*nettune-clangd"/.test(settings(folder)));
  await until("squiggle of nettune-clangd", () => bench.squiggles());
}

async function explains({ bench }) {
  await bench.command("nettune: Explain why this runs on the loop");
  await bench.text(".quick-input-list .monaco-list-row", /1\. .*runs on the event loop/);
  await bench.press("Escape");
}

async function guide({ bench }) {
  await bench.command("Problems: Focus on Problems View");
  await bench.click(".markers-panel .monaco-list-row a", /nettune-blocking-call-in-handler/);
  await bench.inGuide("Performance tuning", () => document.querySelector(".arrived")?.textContent === "A blocking call in a handler");
}

/** Settings reach a server that the clangd extension has started already, and one that it starts later. */
async function cores({ bench, folder }) {
  await bench.openFile("src/pool.cpp");
  await new Promise((resolve) => setTimeout(resolve, 8000)); // the server reads it
  expect((await bench.squiggles()).length === 0, "16 threads are too many for the cores that are assumed");
  const file = join(folder, ".vscode/settings.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(settings(folder)), "nettune.targetCores": 2 }));
  await until("squiggle for 2 cores", () => bench.squiggles());
  await bench.command("clangd: Restart language server");
  await until("end of the first server's squiggle", async () => (await bench.squiggles()).length === 0);
  const [found] = await until("squiggle of the second server", () => bench.squiggles());
  await bench.hover(found, /16 .*2 cores/);
}

await play({ asks, plainClangd, asksOnce, setsPath, explains, guide, cores });
