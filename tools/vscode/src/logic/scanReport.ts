// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { resolve } from "node:path";

/** A place as `nettune check` prints it; line and column count from 1. */
export interface Where {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

export interface Finding extends Where {
  readonly check: string;
  /** The way to it, in the order of the calls. */
  readonly notes: Where[];
  /** Where the guide tells of it: a URL or a path, with an anchor. */
  readonly guide: string | undefined;
}

/** A line of source that is quoted under a message. */
const QUOTED = /^ *\d* \|/;
const LINE = /^(.+?):(\d+):(\d+): (warning|error|note): (.*)$/;
const CHECK = /^(.*) \[(nettune-[\w-]+)(?:,[^\]]*)?\]$/;
const GUIDE = /^guide: (.+)$/;

/** The findings in the text report that a run in `directory` printed. */
export function findings(report: string, directory: string): Finding[] {
  const found: { finding: Finding; guide: string | undefined }[] = [];
  for (const line of report.split("\n")) {
    if (QUOTED.test(line)) continue;
    const [, file, row, column, kind, text] = LINE.exec(line) ?? [];
    if (file === undefined || text === undefined) continue;
    const where = { file: resolve(directory, file), line: Number(row), column: Number(column), text };
    if (kind !== "note") {
      const [, message, check] = CHECK.exec(text) ?? [];
      if (message === undefined || check === undefined) continue;
      found.push({ finding: { ...where, text: message, check, notes: [], guide: undefined }, guide: undefined });
      continue;
    }
    const last = found.at(-1);
    const guide = GUIDE.exec(text)?.[1];
    if (last === undefined) continue;
    if (guide !== undefined) last.guide = guide;
    else last.finding.notes.push(where);
  }
  return found.map(({ finding, guide }) => ({ ...finding, guide }));
}

/** How a run ended, for the reader. */
export interface Ending {
  readonly kind: "done" | "incomplete" | "failed";
  readonly text: string;
}

const SUMMARY = /^nettune: (\d+ translation units?.*)$/;

/** The last line on standard error tells the numbers; the exit code, what to make of them (see `nettune --help`). */
export function ending(code: number | null, standardError: string): Ending {
  const lines = standardError.trim().split("\n");
  const summary = lines.map((line) => SUMMARY.exec(line)?.[1]).findLast((text) => text !== undefined);
  if ((code === 0 || code === 1) && summary !== undefined) return { kind: "done", text: summary };
  if (code === 3 && summary !== undefined) return { kind: "incomplete", text: summary };
  const said = lines.findLast((line) => line.trim() !== "")?.replace(/^nettune: /, "");
  return { kind: "failed", text: said ?? `ended with ${code === null ? "a signal" : `exit code ${code}`} and no message` };
}

export interface Step {
  /** Of the work, from 0 to 1. */
  readonly share: number;
  readonly text: string;
}

/** What a line on standard error tells with `--progress=json`; undefined if it is another line. */
export function step(line: string): Step | undefined {
  if (!line.startsWith("{")) return undefined;
  let told: unknown;
  try {
    told = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { event, done, total } = told as { event?: unknown; done?: unknown; total?: unknown };
  if (event !== "progress" || typeof done !== "number" || typeof total !== "number" || total <= 0) return undefined;
  return { share: done / total, text: `${done} of ${total}` };
}

/** Standard error as it comes, in pieces of any size: calls `onStep` for each step, and keeps the rest. */
export class ErrorStream {
  private readonly onStep: (step: Step) => void;
  private pending = "";
  private kept = "";

  constructor(onStep: (step: Step) => void) {
    this.onStep = onStep;
  }

  take(piece: string): void {
    const lines = (this.pending + piece).split("\n");
    this.pending = lines.pop() ?? "";
    for (const line of lines) {
      const told = step(line);
      if (told === undefined) this.kept += `${line}\n`;
      else this.onStep(told);
    }
  }

  /** All that was no step. */
  get text(): string {
    return this.kept + this.pending;
  }
}
