// A user's way through the extension, in the program `orders`.

import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, play, until } from "./workbench.mjs";

const MESSAGE = /'messaging::database::query' blocks the event loop: called from the handler given to 'messaging::messaging_server::set_message_handler'; hand it to a worker pool/;
const CHECK = "nettune-blocking-call-in-handler";
const ROW = ".markers-panel .monaco-list-row";
const TOAST = ".notification-toast";

async function nothingBefore({ bench }) {
  await bench.openFile("store/sql_store.cpp", 5);
  await bench.text(".breadcrumbs-control", /sql_store::save/); // the server has read the file
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect((await bench.squiggles()).length === 0, "without an index one file shows what only the program can");
}

async function scan({ bench }) {
  await bench.command("nettune: Scan workspace");
  await bench.text(TOAST, /nettune: scanning/);
  await bench.text(TOAST, /nettune: 7 translation units, 0 with errors, 0 not analysed, 2 findings/);
}

async function squiggle({ bench }) {
  const [found] = await until("squiggle after the scan", () => bench.squiggles());
  const said = await bench.hover(found, new RegExp(`${MESSAGE.source}.*Quick Fix\\.\\.\\.`));
  for (const part of [CHECK, "gateway.cpp(6, 10)", "wiring.cpp(9, 79)", "booking.cpp(5, 76)"]) expect(said.includes(part), `no '${part}' in: ${said}`);
}

async function hoverOfFunction({ bench }) {
  const [name] = await bench.words(/^save$/);
  const said = await bench.hover(name, /Runs on the event loop/);
  expect(/called from the handler given to 'messaging::messaging_server::set_message_handler', registered at gateway.cpp:6/.test(said), said);
}

async function problems({ bench }) {
  await bench.press("Escape");
  await bench.command("Problems: Focus on Problems View");
  await bench.text(ROW, MESSAGE);
  const rows = await bench.texts(ROW);
  const steps = rows.filter((row) => /^(gateway|wiring|booking)\.cpp|^stage\.h|^sql_store\.cpp \[/.test(row));
  expect(steps.length === 6, `rows of the way: ${JSON.stringify(rows)}`);
  expect(/gateway.cpp \[Ln 6, Col 10\] : the lambda in 'app::gateway::gateway' runs on the event loop/i.test(steps[0]), steps[0]);
  expect(rows.some((row) => row.includes("threads.cpp")), `no finding of a file that is not open: ${JSON.stringify(rows)}`);
  const link = await bench.page.$eval(`${ROW} a[href^="command:nettune.openGuide"]`, (a) => a.textContent + decodeURIComponent(a.getAttribute("href")));
  expect(link.startsWith(CHECK) && link.includes("PERFORMANCE_TUNING.html#blocking-call-in-handler"), link);
}

async function guide({ bench }) {
  await bench.click(`${ROW} a`, new RegExp(CHECK));
  const shown = await bench.inGuide("Performance tuning", () => {
    const heading = document.querySelector(".arrived");
    const at = heading?.getBoundingClientRect().top ?? -1;
    return at >= 0 && at < innerHeight && scrollY > 0 && { text: heading.textContent, border: getComputedStyle(document.querySelector("pre")).borderLeftStyle };
  });
  expect(shown.text === "A blocking call in a handler", JSON.stringify(shown));
  expect(shown.border === "solid", "the page is not styled: the content policy keeps its style out");
}

async function guideLinks({ bench }) {
  await bench.inGuide("Performance tuning", () => {
    document.querySelector('a[href="#nagle"]').click();
    return document.querySelector(".arrived")?.textContent.includes("Nagle");
  });
  await bench.inGuide("Performance tuning", () => {
    document.querySelector('nav a[href="checks/README.html"]').click();
    return true;
  });
  await bench.inGuide("Checks", () => scrollY < 2);
  await bench.inGuide("Checks", () => {
    document.querySelector('nav a[href$="PERFORMANCE_TUNING.html"]').click();
    return true;
  });
  await bench.inGuide("Performance tuning", () => true);
}

async function guidePolicy({ bench }) {
  const refused = await bench.inGuide("Performance tuning", () => new Promise((resolve) => {
    addEventListener("securitypolicyviolation", (event) => resolve({ directive: event.effectiveDirective, title: document.title }));
    document.body.append(Object.assign(document.createElement("script"), { textContent: "document.title = 'ran'" }));
  }));
  expect(refused.directive === "script-src-elem" && refused.title !== "ran", `a script without the nonce: ${JSON.stringify(refused)}`);
}

async function explain({ bench }) {
  await bench.command("View: Close All Editor Groups");
  await bench.openFile("store/sql_store.cpp", 5);
  await bench.command("nettune: Explain why this runs on the loop");
  const list = ".quick-input-list .monaco-list-row";
  await bench.text(list, /1\. .*runs on the event loop.*app\/gateway.cpp:6/);
  const rows = await bench.texts(list);
  expect(rows.some((row) => /app\/booking\.cpp:5/.test(row)), JSON.stringify(rows));
  await bench.press("ArrowDown");
  await bench.press("ArrowDown");
  await bench.press("Enter");
  await bench.page.waitForSelector('.tab.active[data-resource-name="wiring.cpp"]', { timeout: 20_000 });
  await bench.text(".statusbar-item", /Ln 9, Col 79/);
}

async function guideCommand({ bench }) {
  await bench.openFile("src/threads.cpp", 7);
  await until("squiggle", () => bench.squiggles());
  await bench.command("nettune: Open guide section");
  await bench.inGuide("Performance tuning", () => document.querySelector(".arrived")?.textContent === "More threads than cores");
  await bench.command("View: Close All Editor Groups");
}

async function quickFix({ bench, folder }) {
  const file = join(folder, "src/threads.cpp");
  await bench.openFile("src/threads.cpp", 6);
  await until("squiggle", () => bench.squiggles());
  await bench.press("Home");
  await bench.command("Go to Next Problem in Files");
  await bench.press("Escape");
  await bench.press("Control", "Period");
  const action = ".action-widget .monaco-list-row";
  await bench.text(action, /Suppress 'nettune-unclamped-hardware-concurrency' with a reason/);
  await bench.text(action, /Open the guide's section/);
  await bench.click(action, /std::max/);
  await until("repaired text", async () => /std::max\(1u, std::thread::hardware_concurrency\(\) \/ 2\)/.test((await bench.texts(".view-line")).join("\n")));
  await bench.press("Control", "KeyS");
  await until("repaired file", () => /std::max/.test(readFileSync(file, "utf8")));
  await until("end of the squiggle", async () => (await bench.squiggles()).length === 0);
}

async function cores({ bench, folder }) {
  await bench.openFile("src/pool.cpp", 3);
  await bench.text(".breadcrumbs-control", /widen/);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect((await bench.squiggles()).length === 0, "16 threads are too many for the cores that are assumed");
  mkdirSync(join(folder, ".vscode"), { recursive: true });
  writeFileSync(join(folder, ".vscode/settings.json"), '{"nettune.targetCores": 2}\n');
  const [found] = await until("squiggle for 2 cores", () => bench.squiggles());
  await bench.hover(found, /16 .*2 cores/);
  await bench.press("Escape");
  await bench.command("Notifications: Clear All Notifications");
  await bench.command("nettune: Scan workspace");
  await bench.text(TOAST, /nettune: 7 translation units, 0 with errors, 0 not analysed, 2 findings/); // the call, and this
}

async function scanFails({ bench, folder }) {
  writeFileSync(join(folder, ".vscode/settings.json"), '{"nettune.buildDirectory": "nowhere"}\n');
  await new Promise((resolve) => setTimeout(resolve, 2000)); // the editor looks at its settings now and then
  await bench.command("nettune: Scan workspace");
  await bench.text(TOAST, /nowhere\/compile_commands\.json.*let the build write it/);
}

await play({ nothingBefore, scan, squiggle, hoverOfFunction, problems, guide, guideLinks, guidePolicy, explain, guideCommand, quickFix, cores, scanFails });
