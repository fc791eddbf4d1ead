// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { GUIDE_PAGE } from "./guideLinks.ts";

/**
 * The initialization options of nettune-clangd: what the settings say of the checks. The project's .clang-tidy
 * comes before them. "" and 0 are not set.
 */
export function serverOptions(workload: string, targetCores: number, guide: string): { nettune: Record<string, string | number> } {
  const nettune: Record<string, string | number> = {};
  if (workload !== "") nettune.workload = workload;
  if (targetCores > 0) nettune.targetCores = targetCores;
  if (guide !== "") nettune.guideUrl = pathToFileURL(join(guide, GUIDE_PAGE)).href;
  return { nettune };
}
