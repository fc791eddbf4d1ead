import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";
import { ending, ErrorStream, findings, step, type Step } from "../src/logic/scanReport.ts";
import { optionsVariable, serverOptions } from "../src/logic/serverOptions.ts";

const REPORT = `src/a b.cpp:5:67: warning: 'db::query' blocks the event loop: called from 'x'; hand it to a pool [nettune-blocking-call-in-handler]
    5 | void save() { query(); } // note.cpp:1:1: warning: not one [nettune-x]
      |                                                                   ^
src/b.cpp:6:10: note: the lambda in 'c' runs on the event loop: given to 'x' here
src/a b.cpp:5:67: note: guide: file:///usr/share/doc/nettune/html/PERFORMANCE_TUNING.html#blocking-call-in-handler
../lib/z.cpp:1:2: warning: the result of 'send' is not used; look at it [nettune-ignored-send-result]
`;

describe("the text report", () => {
  it("gives findings with their way and their link, in absolute files", () => {
    const [first, second, ...others] = findings(REPORT, "/project/p");
    assert.deepEqual(first, {
      file: "/project/p/src/a b.cpp", line: 5, column: 67, check: "nettune-blocking-call-in-handler",
      text: "'db::query' blocks the event loop: called from 'x'; hand it to a pool",
      notes: [{ file: "/project/p/src/b.cpp", line: 6, column: 10, text: "the lambda in 'c' runs on the event loop: given to 'x' here" }],
      guide: "file:///usr/share/doc/nettune/html/PERFORMANCE_TUNING.html#blocking-call-in-handler",
    });
    assert.equal(second?.file, "/project/lib/z.cpp");
    assert.equal(second.guide, undefined);
    assert.deepEqual(others, []);
  });
  it("takes a guide's path as it stands, blanks included", () => {
    const [only] = findings("a.cpp:1:2: warning: m [nettune-x]\na.cpp:1:2: note: guide: /opt/my tools/html/PERFORMANCE_TUNING.html#x\n", "/p");
    assert.deepEqual(only?.notes, []);
    assert.equal(only.guide, "/opt/my tools/html/PERFORMANCE_TUNING.html#x");
  });
  it("may be empty", () => {
    assert.deepEqual(findings("", "/p"), []);
  });
});

describe("the end of a run", () => {
  const summary = "nettune: 5 translation units, 0 with errors, 0 not analysed, 1 finding\n";

  it("tells the numbers, with and without findings", () => {
    for (const code of [0, 1]) assert.deepEqual(ending(code, summary), { kind: "done", text: summary.trim().replace("nettune: ", "") });
    assert.equal(ending(0, "nettune: 1 translation unit, 0 with errors, 0 not analysed, 0 findings\n").kind, "done");
  });
  it("says that not all was analysed", () => {
    assert.equal(ending(3, `warning: x\n${summary}`).kind, "incomplete");
  });
  it("tells the error", () => {
    assert.deepEqual(ending(2, "x\nnettune: error: no such thing\n"), { kind: "failed", text: "error: no such thing" });
    assert.deepEqual(ending(null, ""), { kind: "failed", text: "ended with a signal and no message" });
    assert.deepEqual(ending(127, "\n"), { kind: "failed", text: "ended with exit code 127 and no message" });
    assert.equal(ending(2, summary).kind, "failed");
    assert.equal(ending(1, "").kind, "failed");
  });
});

describe("progress", () => {
  const line = (done: number, total: number): string => JSON.stringify({ event: "progress", phase: "analysis", done, total, file: "a {b}.cpp" });

  it("is told by a line for each file", () => {
    assert.deepEqual(step(line(3, 4)), { share: 0.75, text: "3 of 4" });
  });
  it("is no other line", () => {
    for (const other of ["", "nettune: 5 translation units", "{", "{}", '{"event":"progress"}', line(0, 0), `x${line(1, 2)}`, '{"event":"other","done":1,"total":2}'])
      assert.equal(step(other), undefined, other);
  });
  it("comes in pieces, between other lines that stay", () => {
    const said = `nettune: compared to 1\n${line(1, 2)}\n{ not one\n${line(2, 2)}\nnettune: 2 translation units`;
    for (const size of [1, 7, 1000]) {
      const steps: Step[] = [];
      const stream = new ErrorStream((now) => steps.push(now));
      for (let from = 0; from < said.length; from += size) stream.take(said.slice(from, from + size));
      assert.deepEqual(steps.map((now) => now.text), ["1 of 2", "2 of 2"]);
      assert.equal(stream.text, "nettune: compared to 1\n{ not one\nnettune: 2 translation units");
    }
  });
});

const NONE = { workload: "", targetCores: 0, guide: "" };

describe("options from the settings", () => {
  it("are given only where set", () => {
    assert.deepEqual(serverOptions(NONE), { nettune: {} });
    assert.deepEqual(serverOptions({ workload: "mixed", targetCores: 16, guide: "/a b" }),
      { nettune: { workload: "mixed", targetCores: 16, guideUrl: "file:///a%20b/PERFORMANCE_TUNING.html" } });
  });
  it("stand in the environment behind what is there", () => {
    assert.equal(optionsVariable(undefined, NONE), "");
    assert.equal(optionsVariable(" ", { ...NONE, targetCores: 4 }), "nettune.TargetCores=4");
    assert.equal(optionsVariable("nettune.MaxPathNotes=3 'nettune.Models=/a b.json'", { workload: "mixed", targetCores: 16, guide: "/a b" }),
      "nettune.MaxPathNotes=3 'nettune.Models=/a b.json' nettune.Workload=mixed nettune.TargetCores=16 nettune.GuideUrl=file:///a%20b/PERFORMANCE_TUNING.html");
  });
  it("are single words there, whatever they hold", () => {
    for (const workload of ["a b", "it's", '"', "a\\b", "$HOME `x`", "größe 🦀", "*"]) {
      const said = execFileSync("bash", ["-c", `printf '%s\\0' ${optionsVariable("", { ...NONE, workload })}`], { encoding: "utf8" });
      assert.deepEqual(said.split("\0"), [`nettune.Workload=${workload}`, ""]);
    }
  });
});
