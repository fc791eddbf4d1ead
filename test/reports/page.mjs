// The page of `--format html` in headless Chromium; test/reports/page.py runs it.
// Usage: page.mjs PUPPETEER PLAIN.html STATES.html HOSTILE.html [PICTURES]
import assert from "node:assert/strict";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [puppeteerPath, plain, states, hostile, pictures] = process.argv.slice(2);
const { default: puppeteer } = await import(pathToFileURL(puppeteerPath));
const browser = await puppeteer.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
let passed = 0, failed = 0;

async function open(file, { width = 1280, height = 900, hash = "", dark = false } = {}) {
  const page = await browser.newPage();
  page.problems = [];
  page.requests = [];
  page.on("console", (message) => page.problems.push(message.text()));
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("dialog", (dialog) => { page.problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => page.requests.push(request.url()));
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  await page.setViewport({ width, height });
  await page.goto(pathToFileURL(path.resolve(file)).href + hash, { waitUntil: "load" });
  return page;
}

async function test(name, run) {
  try {
    await run();
    passed++;
  } catch (error) {
    failed++;
    console.log(`FAILED: ${name}: ${error.stack}`);
  }
  for (const page of (await browser.pages()).slice(1)) await page.close();
}

const count = (page, selector) => page.$$eval(selector, (found) => found.filter((box) => box.checkVisibility()).length);
const data = (page) => page.evaluate(() => JSON.parse(document.getElementById("data").textContent));
const quiet = (page) => {
  assert.deepEqual(page.problems, []);
  assert.deepEqual(page.requests.filter((url) => !url.startsWith("file:") && !url.startsWith("data:")), []);
  assert.equal(page.requests.filter((url) => url.startsWith("file:")).length, 1, "the page itself, and nothing else");
};

await test("each finding has a card, by section", async () => {
  const page = await open(plain);
  const { findings } = await data(page);
  assert.ok(findings.length > 5);
  assert.equal(await count(page, ".finding"), findings.length);
  for (const { fingerprint, section } of findings) {
    assert.equal(await page.$eval(`[id="${fingerprint}"]`, (box) => box.closest("section").dataset.section), section);
  }
  assert.ok(new Set(findings.map(({ section }) => section)).size > 1);
  quiet(page);
});

await test("the filter by text and by check", async () => {
  const page = await open(plain);
  const { findings } = await data(page);
  await page.type("input[type=search]", "getaddrinfo NAMES.cpp");
  assert.equal(await count(page, ".finding"), 1);
  assert.equal(await page.$eval("output", (box) => box.textContent), `1 of ${findings.length}`);
  assert.equal(await count(page, "section"), 1, "sections without a finding are hidden");
  await page.$eval("input[type=search]", (box) => { box.value = "no such thing"; box.dispatchEvent(new Event("input", { bubbles: true })); });
  assert.equal(await count(page, ".finding"), 0);
  assert.equal(await count(page, "#none"), 1);
  await page.$eval("input[type=search]", (box) => { box.value = ""; box.dispatchEvent(new Event("input", { bubbles: true })); });
  const check = findings.at(-1).check;
  await page.select("select", check);
  assert.equal(await count(page, ".finding"), findings.filter((finding) => finding.check === check).length);
  quiet(page);
});

await test("the path is a chain whose steps show their code", async () => {
  const page = await open(plain);
  const { findings, code } = await data(page);
  const finding = findings.find(({ file, path: hops }) => file === "src/names.cpp" && hops.length);
  const card = await page.$(`[id="${finding.fingerprint}"]`);
  await (await card.$(".open")).click();
  const steps = await card.$$(".chain .step");
  assert.equal(steps.length, finding.path.length + 1 + finding.notes.length);
  assert.equal(await count(page, ".code"), 1, "the finding's own line");
  await steps[0].click();
  assert.equal(await count(page, ".code"), 2);
  const hop = finding.path[0];
  const shown = await card.$eval(".code .here", (line) => line.textContent);
  assert.equal(shown, `${hop.line}${code[hop.file][hop.line]}`);
  await steps[0].click();
  assert.equal(await count(page, ".code"), 1, "a second click hides it");
  assert.equal(await card.$eval(".site .code mark", (word) => word.textContent), "getaddrinfo", "behind a character of two units");
  quiet(page);
});

await test("a permalink opens its finding", async () => {
  const { findings } = await data(await open(plain));
  const wanted = findings.at(-1).fingerprint;
  const page = await open(plain, { hash: `#${wanted}` });
  assert.deepEqual(await page.$$eval(".finding.target", (boxes) => boxes.map((box) => box.id)), [wanted]);
  assert.equal(await page.$eval(`[id="${wanted}"] .open`, (button) => button.getAttribute("aria-expanded")), "true");
  await page.type("input[type=search]", "no such thing");
  await page.evaluate((name) => { location.hash = name; }, findings[0].fingerprint);
  await page.waitForSelector(`[id="${findings[0].fingerprint}"].target`, { visible: true });
  quiet(page);
});

await test("the guide's text is there and closed", async () => {
  const page = await open(plain);
  assert.equal(await page.$$eval("details.guide", (boxes) => boxes.filter((box) => box.open).length), 0);
  await page.click("details.guide summary");
  assert.match(await page.$eval(".prose", (box) => box.innerText), /Symptom[^]*Verify/);
  assert.deepEqual(await page.$$eval('.prose a[href^="#"]', (links) => links.filter((link) => !document.getElementById(link.hash.slice(1))).map((link) => link.href)), []);
  quiet(page);
});

await test("new, unchanged and accepted", async () => {
  const page = await open(states);
  const { findings } = await data(page);
  const of = (state) => findings.filter((finding) => finding.state === state).length;
  assert.deepEqual([of("new"), of("unchanged"), of("accepted")], [1, 1, 1]);
  assert.equal(await count(page, ".finding"), 1);
  await page.click("input[name=accepted]");
  assert.equal(await count(page, ".finding"), 2);
  await page.click("input[name=new]");
  assert.equal(await count(page, ".finding"), 1);
  assert.equal(await count(page, ".badge.accepted"), 1);
  const old = findings.find(({ state }) => state === "unchanged").fingerprint;
  await page.evaluate((name) => { location.hash = name; }, old);
  await page.waitForSelector(`[id="${old}"].target`, { visible: true });
  quiet(page);
});

await test("names and sources are text", async () => {
  const page = await open(hostile);
  for (const selector of [".open", ".step[aria-expanded=false]"]) await page.$$eval(selector, (found) => found.forEach((box) => box.click()));
  const { findings } = await data(page);
  assert.equal(await count(page, ".finding"), findings.length);
  assert.equal(await page.$$eval("img, iframe, object, embed, form form, script:not([type])", (boxes) => boxes.length), 1, "the page's own script");
  assert.ok((await page.$eval("main", (box) => box.textContent)).includes("x</script><script>alert(1)</script>.cpp"));
  assert.ok((await page.$eval("main", (box) => box.textContent)).includes("<script>alert(2)</script>"));
  quiet(page);
});

await test("an injected script would not run", async () => {
  const page = await open(plain);
  await page.evaluate(() => document.body.append(Object.assign(document.createElement("script"), { textContent: "document.title = 'bad'" })));
  assert.notEqual(await page.title(), "bad");
  assert.match(page.problems.join("\n"), /Content Security Policy/);
});

for (const [width, name] of [[390, "narrow"], [1280, "wide"]]) {
  for (const file of [plain, states, hostile]) {
    await test(`no scrolling sideways at ${width} px: ${path.dirname(file)}`, async () => {
      const page = await open(file, { width });
      for (const selector of ["#filter input[type=checkbox]:not(:checked)", ".open", "details.guide summary", ".step[aria-expanded=false]"]) {
        await page.$$eval(selector, (found) => found.forEach((box) => box.click()));
      }
      const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(content <= window, `${content} px of ${window}`);
      quiet(page);
    });
  }
  if (pictures) {
    const { findings } = await data(await open(plain));
    const finding = findings.find(({ path: hops, file }) => hops.length > 4 && file.endsWith("main.cpp")) || findings[0];
    const page = await open(plain, { width, height: width === 390 ? 844 : 900 });
    const card = await page.$(`[id="${finding.fingerprint}"]`);
    await (await card.$(".open")).click();
    await (await card.$$(".step"))[2].click();
    await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
    await page.screenshot({ path: `${pictures}/gate-report-${name}.png`, fullPage: false });
    const dark = await open(plain, { width, dark: true, hash: `#${finding.fingerprint}` });
    await dark.screenshot({ path: `${pictures}/dark-${name}.png` });
  }
}

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
