// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const COMMANDS = "compile_commands.json";
const DEPTH = 2;
/** Directories that are large and never hold a build. */
const SKIPPED = new Set(["node_modules", ".git"]);

function subdirectories(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name))
      .map((entry) => join(directory, entry.name))
      .sort();
  } catch {
    return []; // not ours to read
  }
}

/**
 * The directories with a compile_commands.json: the folder itself, else those up to two levels below it,
 * the nearest level first.
 */
export function buildDirectories(folder: string): string[] {
  let level = [folder];
  for (let depth = 0; depth <= DEPTH; ++depth) {
    const found = level.filter((directory) => existsSync(join(directory, COMMANDS)));
    if (found.length > 0) return found;
    level = level.flatMap(subdirectories);
  }
  return [];
}
