// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const GUIDE_PAGE = "PERFORMANCE_TUNING.html";

/** A page of the guide, and the anchor in it; "" is its top. */
export interface Place {
  readonly file: string;
  readonly anchor: string;
}

/** Where a link of a page leads. */
export type Target =
  | { readonly kind: "page"; readonly place: Place }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "web"; readonly url: string }
  | { readonly kind: "nowhere" };

/** The place that a file: URL of this machine names, or undefined if it is another URL or none at all. */
export function placeOf(url: string): Place | undefined {
  try {
    const parsed = new URL(url);
    if (parsed.protocol !== "file:") return undefined;
    return { file: fileURLToPath(parsed), anchor: decodeURIComponent(parsed.hash.slice(1)) };
  } catch {
    return undefined;
  }
}

/** A command: URI that VS Code runs where a diagnostic's link is opened. */
export function commandUri(command: string, argument: string): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`;
}

function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== ".." && !way.startsWith(`..${sep}`);
}

/** Where `href` on the page `from` leads; nothing outside `directory`, the guide, is opened. */
export function follow(href: string, from: string, directory: string): Target {
  if (/^(https?|mailto):/i.test(href)) return { kind: "web", url: href };
  const base = pathToFileURL(from).href;
  if (!URL.canParse(href, base)) return { kind: "nowhere" };
  const place = placeOf(new URL(href, base).href);
  if (place === undefined || !isInside(place.file, directory)) return { kind: "nowhere" };
  return place.file.endsWith(".html") ? { kind: "page", place } : { kind: "file", path: place.file };
}

/**
 * The directory of the guide's HTML, the first that has it: the one set, the one beside the program as it is
 * installed, the one beside it in a build tree.
 */
export function guideDirectory(
  setting: string,
  program: string | undefined,
  exists: (path: string) => boolean,
): string | undefined {
  const candidates = setting === "" ? [] : [setting];
  if (program !== undefined) {
    const prefix = dirname(dirname(program));
    candidates.push(join(prefix, "share/doc/nettune/html"), join(prefix, "html"));
  }
  candidates.push("/usr/share/doc/nettune/html");
  return candidates.map((directory) => resolve(directory)).find((directory) => exists(join(directory, GUIDE_PAGE)));
}
