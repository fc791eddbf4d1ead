// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

/** What the panel puts around a page of the guide. */
export interface Surroundings {
  /** Unguessable, new for each page: only what carries it is styled or run. */
  readonly nonce: string;
  /** The source that the webview's own files come from. */
  readonly source: string;
  /** The anchor to scroll to; "" is the top. */
  readonly anchor: string;
  /** The webview's URL of an image of the page. */
  image(source: string): string;
}

/** The guide follows the editor's colours, not those of the system. */
const COLOURS = `
:root { --link: var(--vscode-textLink-foreground); --line: var(--vscode-panel-border, #8885); }
body { color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); }
body.vscode-light { --bad: #c0392b; --good: #1e8449; --before: #b9770e; }
body.vscode-dark, body.vscode-high-contrast { --bad: #ec7063; --good: #58d68d; --before: #f5b041; }
body code { color: inherit; background: var(--soft); }
body pre code { background: none; }
.arrived { box-shadow: -.5rem 0 var(--vscode-editor-background), -.75rem 0 var(--vscode-focusBorder); }
`;

/** Scrolls to the section, and hands each link to the extension, which knows what it is. */
const SCRIPT = `
(() => {
  const editor = acquireVsCodeApi();
  const go = (anchor) => {
    document.querySelector(".arrived")?.classList.remove("arrived");
    const place = document.getElementById(anchor);
    if (!place) return;
    const next = (place.closest("p") ?? place).nextElementSibling;
    const heading = place.matches("h1,h2,h3,h4") ? place : next?.matches("h1,h2,h3,h4") ? next : place;
    heading.classList.add("arrived");
    heading.scrollIntoView();
  };
  addEventListener("message", (event) => go(event.data.anchor));
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    editor.postMessage({ href: link.getAttribute("href") });
  }, true);
  const anchor = document.body.dataset.anchor;
  if (anchor) go(anchor);
  else scrollTo(0, 1); // a page at 0 is put where the page before it was
})();
`;

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

function policy(around: Surroundings): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${around.nonce}'`,
    `script-src 'nonce-${around.nonce}'`,
    `img-src ${around.source}`,
  ].join("; ");
}

/**
 * A page of the guide as the panel shows it: a strict content policy, its own style and one script with a nonce,
 * nothing from elsewhere. Scripts that the page may hold have no nonce and do not run.
 */
export function panelPage(html: string, around: Surroundings): string {
  const nonce = `nonce="${around.nonce}"`;
  const meta = `<meta http-equiv="Content-Security-Policy" content="${escape(policy(around))}">`;
  return html
    .replace(/<head>/i, (head) => `${head}\n${meta}`)
    .replace(/<style>/gi, `<style ${nonce}>`)
    .replace(/<\/head>/i, (end) => `<style ${nonce}>${COLOURS}</style>\n${end}`)
    .replace(/<body>/i, `<body data-anchor="${escape(around.anchor)}">`)
    .replace(/(<img\b[^>]*?\bsrc=")([^"]*)"/gi, (_all, before: string, source: string) => `${before}${escape(around.image(source))}"`)
    .replace(/<\/body>/i, (end) => `<script ${nonce}>${SCRIPT}</script>\n${end}`);
}
