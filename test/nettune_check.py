#!/usr/bin/env python3
"""Runs clang-tidy with the module on one test file and compares what it says.

    // RUN: %nettune_check %s <check>[,<check>...] [options] [-- <compiler flags>]

Expectations are comments of the test file; a message stands whole, `{{...}}` is a regular expression:

    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'f' blocks the event loop; ... [nettune-x]
    // CHECK-NOTES: :[[@LINE-4]]:3: note: 'S::on_read' runs on the event loop: ...
    // CHECK-FIXES: a whole line of the repaired file, in order

A place in another file names that file: `// CHECK-MESSAGES: session.h:12:5: warning: ...`.
Any unexpected warning or error fails, any missing one fails. CHECK-NOTES belong to the
CHECK-MESSAGES before them: where a warning has one, all its notes are listed, in order; where it
has none, its notes are not looked at. Without a CHECK-FIXES line, no fix may be offered.
With `-check-suffix=A,B` the directives are CHECK-MESSAGES-A, CHECK-NOTES-B and so on.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

KINDS = ("MESSAGES", "NOTES", "FIXES")
DIRECTIVE = re.compile(r"//\s*CHECK-([A-Z]+)(?:-([A-Z0-9_]+))?:(.*)$")
LOOKS_LIKE_DIRECTIVE = re.compile(r"//\s*CHECK\b")
DIAGNOSTIC = re.compile(r"^(?:(?P<file>[^:\s][^:]*):(?P<line>\d+):(?P<col>\d+): )?"
                        r"(?P<severity>warning|error|note): (?P<text>.*)$")
TIMEOUT_SECONDS = 120


class BadTest(Exception):
    """The test file itself is wrong."""


@dataclass
class Diagnostic:
    file: str
    line: int
    column: int
    severity: str
    text: str
    notes: list = field(default_factory=list)

    def spelled(self, main_file):
        name = "" if self.file == str(main_file) else os.path.basename(self.file)
        return f"{name}:{self.line}:{self.column}: {self.severity}: {self.text}"


@dataclass
class Expected:
    at: int
    text: str
    pattern: re.Pattern
    notes: list = field(default_factory=list)


def compile_pattern(text, line):
    """`[[@LINE+n]]` and `{{regex}}` of a directive; everything else stands for itself."""
    out = []
    for piece in re.split(r"(\{\{.*?\}\}|\[\[@LINE(?:[+-]\d+)?\]\])", text):
        if piece.startswith("{{") and piece.endswith("}}"):
            out.append("(?:" + piece[2:-2] + ")")
        elif piece.startswith("[[@LINE"):
            out.append(str(line + int(piece[7:-2] or "0")))
        else:
            out.append(re.escape(piece))
    try:
        return re.compile("".join(out))
    except re.error as error:
        raise BadTest(f"{line}: bad regular expression: {error}") from error


def suffixes_of_runs(source):
    used = set()
    for run in re.findall(r"RUN:.*nettune_check(.*)", source):
        for value in re.findall(r"-check-suffix[= ](\S+)", run):
            used.update(value.split(","))
    return used


def read_expectations(source, suffixes):
    """Returns (messages with their notes, lines of fixes)."""
    messages, fixes = [], []
    known = suffixes_of_runs(source) | set(suffixes)
    for number, line in enumerate(source.splitlines(), 1):
        match = DIRECTIVE.search(line)
        if not match:
            if LOOKS_LIKE_DIRECTIVE.search(line):
                raise BadTest(f"{number}: not a directive: {line.strip()}")
            continue
        kind, suffix, text = match.group(1), match.group(2), match.group(3).strip()
        if kind not in KINDS:
            raise BadTest(f"{number}: unknown directive CHECK-{kind}")
        if suffix and suffix not in known:
            raise BadTest(f"{number}: no RUN line has -check-suffix={suffix}")
        if (suffix or "") not in (suffixes or [""]):
            continue
        item = Expected(number, text, compile_pattern(text, number))
        if kind == "FIXES":
            fixes.append(item)
        elif kind == "MESSAGES":
            if not re.search(r": (warning|error): ", text):
                raise BadTest(f"{number}: CHECK-MESSAGES takes a warning or an error")
            messages.append(item)
        else:
            if ": note: " not in text:
                raise BadTest(f"{number}: CHECK-NOTES takes a note")
            if not messages:
                raise BadTest(f"{number}: CHECK-NOTES before any CHECK-MESSAGES")
            messages[-1].notes.append(item)
    return messages, fixes


def parse_output(stdout):
    """Diagnostics with their notes; the source snippets between them are dropped."""
    found = []
    for line in stdout.splitlines():
        match = DIAGNOSTIC.match(line)
        if not match:
            continue
        item = Diagnostic(match["file"] or "", int(match["line"] or 0), int(match["col"] or 0),
                          match["severity"], match["text"].rstrip())
        if item.severity != "note":
            found.append(item)
        elif found:
            found[-1].notes.append(item)
        else:
            found.append(item)  # a note without its warning is never expected
    return found


def compare_notes(expected, actual, main_file):
    wrong = []
    for index in range(max(len(expected.notes), len(actual.notes))):
        want = expected.notes[index] if index < len(expected.notes) else None
        got = actual.notes[index].spelled(main_file) if index < len(actual.notes) else None
        if want is None:
            wrong.append(f"{expected.at}: unexpected note: {got}")
        elif got is None:
            wrong.append(f"{want.at}: missing note: {want.text}")
        elif not want.pattern.fullmatch(got):
            wrong.append(f"{want.at}: note differs\n    expected: {want.text}\n    actual:   {got}")
    return wrong


def compare_messages(expected, actual, main_file):
    """Lines of what is wrong, empty when everything agrees."""
    wrong, left = [], list(actual)
    for want in expected:
        hits = [d for d in left if want.pattern.fullmatch(d.spelled(main_file))]
        if not hits:
            wrong.append(f"{want.at}: missing: {want.text}")
            continue
        left.remove(hits[0])
        if want.notes:
            wrong += compare_notes(want, hits[0], main_file)
    for item in left:
        lines = [f"{item.line}: unexpected: {item.spelled(main_file)}"]
        lines += ["    " + note.spelled(main_file) for note in item.notes]
        wrong.append("\n".join(lines))
    return wrong


def compare_fixes(expected, fixed_source):
    """Each CHECK-FIXES names one whole line, in order."""
    lines = [line.strip() for line in fixed_source.splitlines() if not DIRECTIVE.search(line)]
    wrong, position = [], 0
    for want in expected:
        hit = next((i for i in range(position, len(lines)) if want.pattern.fullmatch(lines[i])), None)
        if hit is None:
            wrong.append(f"{want.at}: missing in the repaired file: {want.text}")
        else:
            position = hit + 1
    return wrong


def offers_fix(exported):
    """Whether a check offers a fix; the compiler's own are not the test's matter."""
    if not exported.exists():
        return False
    diagnostics = re.split(r"^ *- DiagnosticName: *", exported.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return any("ReplacementText:" in d for d in diagnostics if not d.startswith("clang-diagnostic-"))


class Runner:
    def __init__(self, options, flags):
        self.checks = options.checks
        self.command = [options.clang_tidy]
        if options.plugin:
            self.command.append(f"-load={options.plugin}")
        # An empty configuration: the .clang-tidy above the tests is not theirs.
        self.command += [f"-checks=-*,{options.checks}", f"--config={options.config}", "--header-filter=.*"]
        self.flags = ["-std=c++20"] + [f"-isystem{path}" for path in options.mocks] + flags

    def run(self, source, extra=(), flags=()):
        command = self.command + list(extra) + [str(source), "--", *self.flags, *flags]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace",
                              timeout=TIMEOUT_SECONDS, check=False)
        if done.returncode not in (0, 1):
            raise BadTest(f"clang-tidy ended with {done.returncode}: {' '.join(command)}\n{done.stderr}")
        return done

    def assert_loaded(self):
        """A plugin that was not loaded finds nothing and says nothing."""
        done = subprocess.run(self.command + ["--list-checks"], capture_output=True, text=True,
                              timeout=TIMEOUT_SECONDS, check=False)
        listed = {line.strip() for line in done.stdout.splitlines()}
        for check in self.checks.split(","):
            if "*" not in check and check not in listed:
                raise BadTest(f"{self.command[0]} does not list {check}: the plugin is not loaded\n{done.stderr}")


def run_fixes(runner, test_file, fixes):
    """Applies the fixes in a copy of the folder; the repaired file must still compile."""
    with tempfile.TemporaryDirectory(prefix="nettune_check.") as scratch:
        folder = Path(scratch) / "fixed"
        shutil.copytree(test_file.parent, folder)
        copy = folder / test_file.name
        runner.run(copy, ["--fix"])
        wrong = compare_fixes(fixes, copy.read_text(encoding="utf-8"))
        for item in parse_output(runner.run(copy).stdout):
            if item.severity == "error":
                wrong.append(f"{item.line}: the repaired file does not compile: {item.text}")
    return wrong


def check_file(runner, test_file, suffixes):
    expected, fixes = read_expectations(test_file.read_text(encoding="utf-8"), suffixes)
    runner.assert_loaded()
    with tempfile.TemporaryDirectory(prefix="nettune_check.") as scratch:
        exported = Path(scratch) / "fixes.yaml"
        done = runner.run(test_file, [f"--export-fixes={exported}"])
        offered = offers_fix(exported)
    actual = parse_output(done.stdout)
    wrong = compare_messages(expected, actual, test_file)
    if done.returncode != 0 and not any(d.severity == "error" for d in actual):
        wrong.append(f"0: clang-tidy ended with {done.returncode} and no error\n{done.stderr}")
    if fixes:
        wrong += run_fixes(runner, test_file, fixes)
    elif offered:
        wrong.append("0: a fix is offered, but the file has no CHECK-FIXES")
    return wrong


def parse_arguments(arguments):
    flags = []
    if "--" in arguments:
        split = arguments.index("--")
        arguments, flags = arguments[:split], arguments[split + 1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("checks", help="comma-separated, as in -checks")
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--plugin", default="", help="the module to load; empty when the tool holds it")
    parser.add_argument("--mocks", action="append", default=[], help="system include folder")
    parser.add_argument("-config", "--config", default="{}")
    parser.add_argument("-check-suffix", "--check-suffix", default="")
    return parser.parse_args(arguments), flags


def main():
    options, flags = parse_arguments(sys.argv[1:])
    suffixes = [s for s in options.check_suffix.split(",") if s]
    try:
        wrong = check_file(Runner(options, flags), options.file.resolve(), suffixes)
    except (BadTest, OSError, subprocess.TimeoutExpired) as error:
        wrong = [str(error)]
    for line in wrong:
        print(f"{options.file}:{line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
