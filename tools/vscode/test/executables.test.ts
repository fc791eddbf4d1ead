import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { buildDirectories } from "../src/logic/buildDirectories.ts";
import { expand, findExecutable } from "../src/logic/executables.ts";

const home = mkdtempSync(join(tmpdir(), "nettune-vscode-"));
after(() => {
  rmSync(home, { recursive: true });
});

function file(name: string, mode = 0o644): string {
  const path = join(home, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, "");
  chmodSync(path, mode);
  return path;
}

describe("programs", () => {
  const program = file("bin/server", 0o755);
  file("bin/plain");
  mkdirSync(join(home, "bin/folder"));

  it("are found by name in the directories of the PATH", () => {
    assert.equal(findExecutable("server", `/nowhere:${home}/bin`, undefined), program);
  });
  it("are no files without the permission, no directories and no empty names", () => {
    for (const name of ["plain", "folder", "missing", ""]) assert.equal(findExecutable(name, `${home}/bin`, undefined), undefined);
  });
  it("are not taken from relative directories of the PATH, which depend on where the editor was started", () => {
    assert.equal(findExecutable("server", "bin:.", home), undefined);
  });
  it("with a slash are relative to the folder, and absolute without one", () => {
    assert.equal(findExecutable("bin/server", "", home), program);
    assert.equal(findExecutable("bin/server", "", undefined), undefined);
    assert.equal(findExecutable(program, "", undefined), program);
  });
  it("have ~ and ${workspaceFolder} in their settings", () => {
    assert.equal(expand("~/x", "/f", "/h"), "/h/x");
    assert.equal(expand(" ${workspaceFolder}/x ", "/f", "/h"), "/f/x");
    assert.equal(expand("~other/x", "/f", "/h"), "~other/x");
  });
});

describe("build directories", () => {
  it("are the folder itself, if it has the commands", () => {
    file("one/compile_commands.json");
    file("one/build/compile_commands.json");
    assert.deepEqual(buildDirectories(join(home, "one")), [join(home, "one")]);
  });
  it("are all of the nearest level that has any", () => {
    for (const name of ["release", "debug", "debug/deep"]) file(`two/${name}/compile_commands.json`);
    assert.deepEqual(buildDirectories(join(home, "two")), [join(home, "two/debug"), join(home, "two/release")]);
  });
  it("are looked for two levels down, not three, and not among packages", () => {
    file("three/out/debug/compile_commands.json");
    file("four/a/b/c/compile_commands.json");
    file("four/node_modules/compile_commands.json");
    assert.deepEqual(buildDirectories(join(home, "three")), [join(home, "three/out/debug")]);
    assert.deepEqual(buildDirectories(join(home, "four")), []);
    assert.deepEqual(buildDirectories(join(home, "missing")), []);
  });
});
