// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { GUIDE_PAGE } from "./guideLinks.ts";

/** What the settings say of the checks, where the project's .clang-tidy says nothing. "" and 0 are not set. */
export interface CheckSettings {
  readonly workload: string;
  readonly targetCores: number;
  /** Directory of the guide's HTML. */
  readonly guide: string;
}

/** The environment variable in which nettune and nettune-clangd look for options. */
export const OPTIONS_VARIABLE = "NETTUNE_CHECK_OPTIONS";

function guideUrl(guide: string): string {
  return guide === "" ? "" : pathToFileURL(join(guide, GUIDE_PAGE)).href;
}

/** The settings as nettune-clangd takes them, when it starts and when they change. */
export function serverOptions(settings: CheckSettings): { nettune: Record<string, string | number> } {
  const nettune: Record<string, string | number> = {};
  if (settings.workload !== "") nettune.workload = settings.workload;
  if (settings.targetCores > 0) nettune.targetCores = settings.targetCores;
  if (settings.guide !== "") nettune.guideUrl = guideUrl(settings.guide);
  return { nettune };
}

/** A word as a shell reads it. */
function word(text: string): string {
  return text.replaceAll(/[^\w%+,./:=@~#-]/gu, "\\$&");
}

/** The same for OPTIONS_VARIABLE, behind what it says already: the last word counts. */
export function optionsVariable(before: string | undefined, settings: CheckSettings): string {
  const words = before === undefined || before.trim() === "" ? [] : [before];
  if (settings.workload !== "") words.push(word(`nettune.Workload=${settings.workload}`));
  if (settings.targetCores > 0) words.push(word(`nettune.TargetCores=${settings.targetCores}`));
  if (settings.guide !== "") words.push(word(`nettune.GuideUrl=${guideUrl(settings.guide)}`));
  return words.join(" ");
}
