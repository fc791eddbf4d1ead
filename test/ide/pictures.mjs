// Pictures of the extension in the sample server, for the documents.

import { join } from "node:path";
import { play, until } from "./workbench.mjs";

const LINE = 48; // the file that is opened for each line that is said

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

await play({ inline, panel });
