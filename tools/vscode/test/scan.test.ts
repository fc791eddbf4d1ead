import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ending, findings, progress } from "../src/logic/scanReport.ts";
import { serverOptions } from "../src/logic/serverOptions.ts";

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
    assert.equal(only?.guide, "/opt/my tools/html/PERFORMANCE_TUNING.html#x");
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
  it("is what was told last", () => {
    assert.deepEqual(progress("@ 1 4 a.cpp\nFAILED: b\n@ 3 4 c.cpp\nsaid: @ 4 4 \n"), { share: 0.75, text: "3 of 4" });
  });
  it("is unknown before that", () => {
    for (const log of ["", "ninja: no work to do.\n", "@ 0 0 x\n"]) assert.equal(progress(log), undefined);
  });
});

describe("options from the settings", () => {
  it("are given only where set", () => {
    assert.deepEqual(serverOptions("", 0, ""), { nettune: {} });
    assert.deepEqual(serverOptions("mixed", 16, "/a b"),
      { nettune: { workload: "mixed", targetCores: 16, guideUrl: "file:///a%20b/PERFORMANCE_TUNING.html" } });
  });
});
