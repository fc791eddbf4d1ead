// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";

/** A path as settings write it, `~` and `${workspaceFolder}` replaced; without them it stays as it is. */
export function expand(setting: string, folder: string | undefined, home: string): string {
  const path = setting.trim().replaceAll("${workspaceFolder}", folder ?? "${workspaceFolder}");
  return path === "~" || path.startsWith("~/") ? home + path.slice(1) : path;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The absolute path of a program, or undefined if there is none: a bare name is looked for in the directories of
 * `searchPath` (the value of PATH), anything with a slash is relative to `folder`.
 */
export function findExecutable(name: string, searchPath: string, folder: string | undefined): string | undefined {
  if (name === "") return undefined;
  if (name.includes("/")) {
    if (!isAbsolute(name) && folder === undefined) return undefined;
    const path = resolve(folder ?? "/", name);
    return isExecutable(path) ? path : undefined;
  }
  return searchPath
    .split(delimiter)
    .filter((directory) => isAbsolute(directory))
    .map((directory) => join(directory, name))
    .find(isExecutable);
}
