"""Projects in scratch folders, as an editor opens them, and the servers that the tests talk to."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import lsp

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build/editor"
NETTUNE = ROOT / "build/bin/nettune"
PLUGIN = ROOT / "build/lib/libnettune.so"
CLANGD = Path(os.environ.get("NETTUNE_CLANGD", ROOT / "build/bin/nettune-clangd"))
STOCK = Path("/usr/bin/clangd-22")
CHECKS = "-*,nettune-*"
BLOCKING = "nettune-blocking-call-in-handler"
CLAMP = "nettune-unclamped-hardware-concurrency"
WARNING = re.compile(r"(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+): (?P<kind>warning|note): (?P<text>.*?)(?: \[(?P<check>[\w.-]+)\])?$")


def expect(holds, what):
    """An assertion that python -O keeps."""
    if not holds:
        raise AssertionError(what)


def same(got, wanted, what):
    if got != wanted:
        raise AssertionError(f"{what}:\n  is     {got}\n  wanted {wanted}")


class Workspace:
    """Sources in build/editor/NAME/src, their compile commands in src/build, where clangd looks, and settings of a user who has none."""

    def __init__(self, name, sources, checks=CHECKS, options=None, commands=True):
        """sources: a folder whose files are copied, or the text of each file by its name; checks, options: for .clang-tidy; commands: whether there are compile commands."""
        self.home = BUILD / name
        shutil.rmtree(self.home, ignore_errors=True)
        self.root, self.build = self.home / "src", self.home / "src/build"
        if isinstance(sources, dict):
            self.root.mkdir(parents=True)
            for file, text in sources.items():
                self.file(file).write_bytes(text.encode())
        else:
            shutil.copytree(sources, self.root, ignore=shutil.ignore_patterns("expected.txt"))
        (self.root / ".clang-tidy").write_text(json.dumps({"Checks": checks, "CheckOptions": options or {}}))
        if commands:
            self.build.mkdir()
            (self.build / "compile_commands.json").write_text(json.dumps([
                {"directory": str(self.build), "file": str(f), "arguments": ["clang++-22", "-std=c++20", "-I", str(self.root), "-c", str(f)]}
                for f in sorted(self.root.rglob("*.cpp"))], ensure_ascii=False))
        self.env = {**os.environ, "HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / "config"), "XDG_CACHE_HOME": str(self.home / "cache")}

    @property
    def index(self):
        return self.build / ".cache/nettune/program.nti"

    def file(self, name):
        return self.root / name

    def read(self, name):
        return self.file(name).read_text(encoding="utf-8")

    def user_config(self, text):
        """The user's own configuration of clangd."""
        folder = Path(self.env["XDG_CONFIG_HOME"]) / "clangd"
        folder.mkdir(parents=True)
        (folder / "config.yaml").write_text(text)

    def serve(self, *flags, server=None, around=(), settings=None):
        """A session. around: a command that runs the server; settings: of nettune, from the editor."""
        flags = flags or ("--background-index=false",)
        return lsp.Server([*around, server or CLANGD, "--log=error", *flags], self.root, self.env, self.home / "server.log", {"nettune": settings} if settings else None)

    def check(self, *flags):
        """Runs nettune check, as somebody does beside the editor; its exit code is 0 or 1."""
        run = subprocess.run([NETTUNE, "check", "-p", self.build, "--root", self.root, *flags], capture_output=True, text=True, cwd=self.root, timeout=300, check=False)
        expect(run.returncode in (0, 1), f"nettune check ended with {run.returncode}: {run.stderr}")
        return run.returncode

    def tidy(self, name):
        """What clang-tidy with the plugin says of a file: a list of (line, column, check, text, [(line, column, text) of each note]), lines and columns from 0."""
        run = subprocess.run(["clang-tidy-22", f"-load={PLUGIN}", "--quiet", "-p", self.build, self.file(name)],
                             capture_output=True, text=True, timeout=300, check=False)
        found = []
        for match in filter(None, map(WARNING.match, run.stdout.splitlines())):
            place = int(match["line"]) - 1, int(match["column"]) - 1
            if match["kind"] == "warning":
                found.append((*place, match["check"], match["text"], []))
            else:
                found[-1][4].append((*place, match["text"]))
        return found


def of_nettune(diagnostics):
    return [d for d in diagnostics if str(d.get("code", "")).startswith("nettune-")]


def said(diagnostics):
    """(line, check) of each diagnostic of nettune, sorted."""
    return sorted((d["range"]["start"]["line"], d["code"]) for d in of_nettune(diagnostics))


def line_of(text, needle):
    return text.count("\n", 0, text.index(needle))


def lowered(text):
    return text[:1].lower() + text[1:]


def flat(diagnostic):
    """In the form that Workspace.tidy() gives. clangd makes the first letters capitals and says which messages have fixes."""
    start = diagnostic["range"]["start"]
    notes = []
    for note in diagnostic.get("relatedInformation", []):
        at = note["location"]["range"]["start"]
        notes.append((at["line"], at["character"], lowered(note["message"])))
    text = lowered(diagnostic["message"].removesuffix(" (fix available)"))
    return start["line"], start["character"], diagnostic["code"], text, notes


def hops(notes):
    return [n for n in notes if not n[2].startswith("guide: ")]
