#!/usr/bin/env python3
"""Neovim, Emacs and Vim with the configurations of docs/examples/editors, installed as docs/EDITORS.md says, without a screen: what a user sees, follows and repairs.

Usage: test/editor/editors.py [NAME...]
"""

import json
import os
import shutil
import subprocess
import sys

from workspace import BLOCKING, BUILD, CLAMP, HERE, ROOT, Workspace, expect, line_of, same

sys.path.insert(0, str(HERE.parent / "bench"))
from cases import run_cases  # noqa: E402  pylint: disable=wrong-import-position

EXAMPLES = ROOT / "docs/examples/editors"
SECTION = "## A blocking call in a handler"


class Session:
    """An editor of a user whose home is empty except for the configuration; what it wrote of server.cpp."""

    def __init__(self, name):
        self.space = Workspace(name, HERE / "project")
        self.home = self.space.home
        self.path = self.space.file("server.cpp")
        self.text = self.space.read("server.cpp")
        self.space.check()
        self.browsed = self.home / "browsed"
        browser = self.home / "browser"
        browser.write_text(f'#!/bin/sh\nprintf %s "$1" >{self.browsed}.part && mv {self.browsed}.part {self.browsed}\n')
        browser.chmod(0o755)
        self.env = {**self.space.env, "PATH": f"{ROOT}/build/bin:{os.environ['PATH']}", "SOURCE": str(self.path), "RESULT": str(self.home / "result.json"),
                    "BROWSED": str(self.browsed), "TERM": "xterm", "XDG_DATA_HOME": str(self.home / "data"), "XDG_STATE_HOME": str(self.home / "state")}

    def install(self, example, *place):
        target = self.home.joinpath(*place)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLES / example, target)

    def set_up(self, section):
        """What a section of docs/EDITORS.md tells a reader to type, by somebody who has no configuration."""
        page = (ROOT / "docs/EDITORS.md").read_text(encoding="utf-8")
        commands = page.split(f"\n## {section}\n")[1].split("```bash\n")[1].split("```")[0]
        self.env["XDG_CONFIG_HOME"] = str(self.home / ".config")
        run = subprocess.run(["bash", "-euc", commands], capture_output=True, text=True, cwd=ROOT, env=self.env, timeout=60, check=False)
        same(run.returncode, 0, f"exit code of the commands for {section}: {run.stderr}")

    def run(self, *command):
        """What the editor's script wrote."""
        run = subprocess.run(command, capture_output=True, text=True, cwd=self.space.root, env=self.env, timeout=240, stdin=subprocess.DEVNULL, check=False)
        result = self.home / "result.json"
        expect(result.exists(), f"{command[0]} ended with {run.returncode}: {run.stdout[-2000:]}{run.stderr[-2000:]}")
        seen = json.loads(result.read_text(encoding="utf-8"))
        expect("problem" not in seen, f"{seen.get('problem')}\n{run.stderr[-2000:]}")
        return seen

    @property
    def wanted(self):
        """(line from 1, check) of what clang-tidy says."""
        return sorted((line + 1, check) for line, _, check, _, _ in self.space.tidy("server.cpp"))

    def without(self, check):
        return [found for found in self.wanted if found[1] != check]

    def line(self, needle):
        return line_of(self.text, needle) + 1

    def steps(self):
        """Lines of the path to the sleep."""
        return [self.line(needle) for needle in ("from.async_accept", "greet(peer, error)", "    back_off()")]


def links(href):
    expect(href.startswith("file://") and href.endswith("PERFORMANCE_TUNING.html#blocking-call-in-handler"), f"the link is {href}")


def test_neovim():
    session = Session("neovim")
    session.set_up("Neovim")
    seen = session.run("nvim", "--headless", "--cmd", f"let g:nettune_browser='{session.home}/browser'", str(session.path), "-c", f"luafile {HERE}/session.lua")
    same(sorted((d["lnum"] + 1, d["code"]) for d in seen["diagnostics"]), session.wanted, "diagnostics")
    slept = next(d for d in seen["diagnostics"] if d["lnum"] + 1 == session.line("sleep_for"))
    href = slept["user_data"]["lsp"]["codeDescription"]["href"]
    links(href)
    same(session.browsed.read_text(), href, "what :NettuneGuide opens")
    expect(href in seen["guide"] and href in seen["float"], f":NettuneGuide and the float say {seen['guide']!r}, {seen['float']!r}")
    expect(seen["section"].startswith(SECTION), f":NettuneGuide! shows {seen['section'][:200]!r}")
    expect("says nothing" in seen["nothing"], f":NettuneGuide in another line: {seen['nothing']!r}")
    same([(line, name) for line, name, _ in seen["path"]][:3], [(line, "server.cpp") for line in session.steps()], ":NettunePath")
    same([(line, name) for line, name, _ in seen["explain"]], [(line, "server.cpp") for line in session.steps()], ":NettuneExplain")
    expect("Runs on the event loop" in seen["hover"], f"hover: {seen['hover']}")
    expect(any("Suppress" in title for title in seen["actions"]), f"actions: {seen['actions']}")
    same(sorted((d["lnum"] + 1, d["code"]) for d in seen["after"]), session.without(CLAMP), "after the fix")
    expect("there are findings" in seen["messages"], f":NettuneCheck: {seen['messages']}")


def test_neovim_picture():
    """The picture of docs/EDITORS.md can be made anew. The terminal is a Debian module, which another Python does not have."""
    picture = BUILD / "neovim.png"
    picture.unlink(missing_ok=True)
    run = subprocess.run(["/usr/bin/python3", HERE / "neovim_picture", picture], capture_output=True, text=True, timeout=240, check=False)
    same(run.returncode, 0, f"exit code of neovim_picture: {run.stderr[-2000:]}")
    for made in (picture, ROOT / "docs/images/neovim.png"):
        expect(made.read_bytes()[:4] == b"\x89PNG" and 50_000 < made.stat().st_size < 150_000, f"{made} has {made.stat().st_size} bytes")


def test_emacs():
    session = Session("emacs")
    session.install("emacs/nettune.el", "nettune.el")
    seen = session.run("emacs", "--batch", "--eval", "(package-initialize)", "--load", str(session.home / "nettune.el"),
                       "--eval", "(add-hook 'c++-mode-hook #'eglot-ensure)", "--load", str(HERE / "session.el"))
    same(sorted((d["line"], d["code"]) for d in seen["diagnostics"]), session.wanted, "diagnostics")
    slept = next(d for d in seen["diagnostics"] if d["line"] == session.line("sleep_for"))
    links(slept["href"])
    expect("blocks the event loop" in slept["text"] and BLOCKING in slept["text"], f"flymake shows {slept['text']}")
    same(seen["guide"], slept["href"], "what nettune-guide opens")
    expect(seen["section"].startswith(SECTION), f"nettune-guide-text shows {seen['section'][:200]!r}")
    expect("runs on the event loop" in seen["path"], f"nettune-explain: {seen['path']}")
    same([line for line in seen["path"].splitlines() if ": note: " in line and line.startswith(f"{session.path}:")] and
         [int(line.split(":")[1]) for line in seen["path"].splitlines() if ": note: " in line], session.steps(), "nettune-explain")
    expect("Runs on the event loop" in seen["hover"], f"hover: {seen['hover']}")
    same(sorted((d["line"], d["code"]) for d in seen["after"]), session.without(CLAMP), "after the fix")


def test_emacs_compiles_without_a_warning():
    session = Session("emacs-compiled")
    session.install("emacs/nettune.el", "nettune.el")
    run = subprocess.run(["emacs", "--batch", "--eval", "(package-initialize)", "--eval", "(setq byte-compile-error-on-warn t)", "-f", "batch-byte-compile", session.home / "nettune.el"],
                         capture_output=True, text=True, env=session.env, timeout=240, check=False)
    same(run.returncode, 0, f"exit code of the compiler: {run.stderr}")


def test_vim():
    session = Session("vim")
    session.set_up("Vim")
    seen = session.run("vim", "-N", "-es", "-u", str(session.home / ".vimrc"), str(session.path), "-S", str(HERE / "session.vim"))
    same(sorted((d["line"], d["code"]) for d in seen["diagnostics"]), session.wanted, "diagnostics")
    same({d["linter"] for d in seen["diagnostics"]}, {"clangd"}, "linter")
    expect(seen["section"].startswith(SECTION), f":NettuneGuide shows {seen['section'][:200]!r}")
    expect("says nothing" in seen["nothing"], f":NettuneGuide in another line: {seen['nothing']!r}")
    expect("there are findings" in seen["messages"], f":NettuneCheck: {seen['messages']}")
    expect(session.line("sleep_for") not in seen["after"] and seen["after"], f"after the edit: {seen['after']}")


if __name__ == "__main__":
    sys.exit(run_cases(globals(), sys.argv[1:]))
