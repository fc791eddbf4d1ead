// The editor in a browser, as a user sees it: what is typed, what can be read.

import { join } from "node:path";
import puppeteer from "puppeteer-core";

const PATIENCE_MS = 120_000; // of a busy machine

/** Waits until `read` gives something that is neither empty nor false. */
export async function until(what, read, patience = PATIENCE_MS) {
  const end = Date.now() + patience;
  for (;;) {
    const value = await read();
    if (Array.isArray(value) ? value.length > 0 : value) return value;
    if (Date.now() > end) throw new Error(`after ${patience / 1000} s there is still no ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export function expect(condition, what) {
  if (!condition) throw new Error(what);
}

export class Workbench {
  #browser;
  page;

  static async open(url, folder) {
    const bench = new Workbench();
    bench.#browser = await puppeteer.launch({
      executablePath: "/usr/bin/chromium", headless: true,
      args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--disable-background-networking", "--disable-component-update"],
    });
    bench.page = await bench.#browser.newPage();
    await bench.page.setViewport({ width: 1280, height: 760 });
    await bench.page.goto(`${url}/?folder=${encodeURIComponent(folder)}`, { timeout: PATIENCE_MS });
    await bench.#started();
    return bench;
  }

  /** The window anew, with the files that were open. */
  async reload() {
    await this.page.reload({ timeout: PATIENCE_MS });
    await this.#started();
  }

  #started() {
    return this.page.waitForSelector(".monaco-workbench .explorer-folders-view", { timeout: PATIENCE_MS });
  }

  close() {
    return this.#browser.close();
  }

  /** Text of all elements that are shown. */
  texts(selector) {
    return this.page.$$eval(selector, (all) =>
      all.filter((e) => e.getClientRects().length > 0).map((e) => (e.innerText ?? "").replace(/\s+/g, " ").trim()));
  }

  /** The text of the first shown element that matches; waits for it. */
  async text(selector, pattern, patience = PATIENCE_MS) {
    let seen = [];
    try {
      return await until("", async () => (seen = await this.texts(selector)).find((text) => pattern.test(text)), patience);
    } catch {
      throw new Error(`no '${selector}' says ${pattern}; they say: ${JSON.stringify(seen)}`);
    }
  }

  async press(...keys) {
    for (const key of keys.slice(0, -1)) await this.page.keyboard.down(key);
    await this.page.keyboard.press(keys.at(-1));
    for (const key of keys.slice(0, -1).reverse()) await this.page.keyboard.up(key);
  }

  /** Clicks the middle of the first shown element whose text matches. */
  async click(selector, pattern = /./s) {
    const box = await until(`'${selector}' with ${pattern}`, async () => {
      for (const element of await this.page.$$(selector)) {
        const text = await element.evaluate((e) => (e.innerText ?? "").replace(/\s+/g, " "));
        const box = pattern.test(text) ? await element.boundingBox() : undefined;
        if (box) return box;
      }
      return undefined;
    });
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  async #quickInput(text) {
    await this.page.waitForSelector(".quick-input-widget .input", { visible: true, timeout: PATIENCE_MS });
    await this.page.keyboard.type(text);
  }

  /** Runs a command of the palette. The list is of the commands known when it opens: of a window just opened, not all. */
  async command(title) {
    const entry = new RegExp(title.replace(/[()]/g, "\\$&"), "i");
    await until(`command '${title}'`, async () => {
      await this.press("F1");
      await this.#quickInput(title);
      const [first] = await this.text(".quick-input-list .monaco-list-row", entry, 5000).then(() => this.texts(".quick-input-list .monaco-list-row"), () => []);
      if (first !== undefined && entry.test(first)) return true;
      await this.press("Escape");
      return false;
    });
    await this.press("Enter");
  }

  async openFile(path, line) {
    await this.press("Control", "KeyP");
    await this.#quickInput(path);
    await this.text(".quick-input-list .monaco-list-row", new RegExp(path.split("/").at(-1).replace(".", " ?.")));
    await this.press("Enter");
    await this.page.waitForSelector(`.tab.active[data-resource-name="${path.split("/").at(-1)}"]`, { timeout: PATIENCE_MS });
    if (line === undefined) return;
    await this.press("Control", "KeyG");
    await this.#quickInput(`${line}`);
    await this.press("Enter");
  }

  squiggles() {
    return this.page.$$(".editor-group-container.active .squiggly-warning");
  }

  /** Pieces of the open file's text, as the editor colours them. */
  async words(pattern) {
    const all = await this.page.$$(".editor-group-container.active .view-line span span");
    const texts = await Promise.all(all.map((element) => element.evaluate((e) => e.textContent)));
    return all.filter((_, index) => pattern.test(texts[index]));
  }

  /** What the editor says of an element's place, once it says something that matches. */
  async hover(element, pattern) {
    await this.press("Escape");
    await this.page.mouse.move(1, 1);
    const box = await element.boundingBox();
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
    return this.text(".monaco-hover:not(.hidden)", pattern);
  }

  /**
   * What `read` gives in the guide's page with this heading, once it gives something. The editor swaps frames while it
   * turns to another page: what fails then is asked again.
   */
  inGuide(title, read) {
    const source = `((read) => document.body?.dataset.anchor !== undefined && document.querySelector("h1")?.textContent.includes(${JSON.stringify(title)}) ? read() : undefined)(${read})`;
    return until(`page '${title}' of the guide where ${read} gives something`, async () => {
      for (const frame of this.page.frames()) {
        try {
          const value = await frame.evaluate(source);
          if (value) return value;
        } catch {
          continue;
        }
      }
      return undefined;
    });
  }

  picture(path) {
    return this.page.screenshot({ path });
  }
}

/**
 * Does the steps in the order of their names in the editor that the command line names (URL, folder, folder for pictures).
 * Each prints `ok NAME` or `not ok NAME: why`, and leaves a picture if it failed.
 */
export async function play(steps) {
  const [url, folder, pictures] = process.argv.slice(2);
  const bench = await Workbench.open(url, folder);
  try {
    for (const [name, step] of Object.entries(steps)) {
      try {
        await step({ bench, folder, pictures });
        console.log(`ok ${name}`);
      } catch (error) {
        await bench.picture(join(pictures, `failed-${name}.png`));
        console.log(`not ok ${name}: ${String(error.message).replaceAll("\n", " ")}`);
      }
    }
  } finally {
    await bench.close();
  }
}
