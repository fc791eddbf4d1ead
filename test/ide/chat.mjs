// The extension in the sample server: a scan is cancelled; pictures for the documents.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, play, until } from "./workbench.mjs";

const LINE = 48; // the file that is opened for each line that is said

/** Processes that analyse the folder. */
function analyses(folder) {
  return readdirSync("/proc").filter((name) => {
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0");
      return /\/nettune$/.test(words[0]) && words.some((word) => word.startsWith(folder));
    } catch {
      return false; // no process, or one that has ended
    }
  });
}

async function cancel({ bench, folder }) {
  await bench.command("nettune: Scan workspace");
  await bench.text(".notification-toast", /nettune: scanning/);
  await until("analysis", () => analyses(folder));
  await bench.click(".notification-toast .monaco-button", /Cancel/);
  await until("end of the notification", async () => (await bench.texts(".notification-toast")).length === 0);
  await until("end of the analysis", () => analyses(folder).length === 0);
  expect((await bench.texts(".notification-toast")).length === 0, "it says something of a scan that was cancelled");
}

async function inline({ bench, pictures }) {
  await bench.command("View: Toggle Primary Side Bar Visibility");
  await bench.command("nettune: Scan workspace");
  await bench.text(".notification-toast", /translation unit/);
  await bench.command("Notifications: Clear All Notifications");
  await bench.openFile("main.cpp", LINE);
  const [found] = await until("squiggle", () => bench.squiggles());
  await bench.hover(found, /'std::ofstream' may block the event loop/);
  await bench.picture(join(pictures, "vscode-inline.png"));
}

async function panel({ bench, pictures }) {
  await bench.press("Escape");
  await bench.command("Problems: Focus on Problems View");
  await bench.click(".markers-panel .monaco-list-row a", /nettune-blocking-call-in-handler/);
  await bench.inGuide("Performance tuning", () => document.querySelector(".arrived") && scrollY > 0);
  await bench.page.mouse.move(1, 1);
  await new Promise((resolve) => setTimeout(resolve, 1500)); // what fades has faded
  await bench.picture(join(pictures, "vscode-panel.png"));
}

await play({ cancel, inline, panel });
