#!/usr/bin/env python3
"""Names each option of nettune that no test uses.

Usage: flags.py NETTUNE TESTS     the program, the folder of the tests

The options are those of `--help`, of the program and of each command. A use is an invocation: in a lit test, words behind %nettune_gate and the
command; in a Python test that runs the command, a word in a list or a call. Comments, expected texts and argparse's own options are none.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path

OPTION = re.compile(r"^  (?:(-\w),)?(--[a-z][a-z-]*)|^  (-\w)(?:[ ,]|$)", re.MULTILINE)
COMMAND = re.compile(r"^  ([a-z][a-z-]+) +\S", re.MULTILINE)
# Where one command of a shell ends.
ENDS = re.compile(r"\|\||\||&&|;|(?<!\d)>|\d>")


def help_of(nettune, *command):
    return subprocess.run([nettune, *command, "--help"], capture_output=True, text=True, check=True).stdout


def options_in(text):
    """Sets of names that mean the same; --help is used here."""
    found = [frozenset(filter(None, match.groups())) for match in OPTION.finditer(text)]
    return [names for names in found if "--help" not in names]


def all_options(nettune, *path):
    """Commands, as words in order, () for none, to their options. 'tidy' has none of its own: its help is clang-tidy's."""
    text = help_of(nettune, *path)
    every = {path: options_in(text)}
    for name in COMMAND.findall(text.partition("Subcommands:")[2]):
        if name != "tidy":
            every.update(all_options(nettune, *path, name))
    return every


def command_in(words, commands):
    """The longest command that these words begin with."""
    return max((path for path in commands if tuple(words[:len(path)]) == path), key=len)


def named(word):
    """The option of a word of a command line: of --opt=VALUE, and of -j2."""
    if word.startswith("--"):
        return word.partition("=")[0]
    return word[:2] if re.match(r"-[A-Za-z]", word) else ""


def uses_in_lit(text, commands):
    lines = "\n".join(line.split("RUN:", 1)[1] for line in text.splitlines() if "RUN:" in line).replace("\\\n", " ")
    for line in lines.splitlines():
        for after in line.split("%nettune_gate")[1:]:
            words = [w.strip("'\"") for w in ENDS.split(after)[0].split()]
            path = command_in(words, commands)
            yield from ((path, named(w)) for w in (words if path else words[:1]) if named(w))


def words_of(node):
    """What stands in a list or is given to a call, in order; "" for what is no constant text."""
    elements = node.elts if isinstance(node, (ast.List, ast.Tuple)) else node.args if isinstance(node, ast.Call) else []
    return elements, [n.value if isinstance(n, ast.Constant) and isinstance(n.value, str) else "" for n in elements]


def is_nettune(node):
    return bool(re.search(r"nettune|\bgate\b", ast.unparse(node), re.IGNORECASE)) and not isinstance(node, (ast.Call, ast.List))


def uses_in_python(text, commands):
    """Words beside a command are of it; others, given to a function that runs nettune or kept in a list, are of each command that the file runs."""
    loose, run = [], set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("add_argument"):
            continue
        elements, words = words_of(node)
        starts = [n for n in range(len(words)) if (n == 0 or is_nettune(elements[n - 1])) and (command_in(words[n:], commands) or (n and named(words[n])))]
        options = [named(w) for w in words if named(w)]
        if starts:
            path = command_in(words[starts[0]:], commands)
            run.add(path)
            yield from ((path, option) for option in (options if path else [named(words[starts[0]])]))
        elif not words or not words[0] or words[0].startswith("-"):  # else: a list that begins with the name of some other program
            loose += options
    yield from ((path, option) for path in run - {()} for option in loose)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    every, used = all_options(sys.argv[1]), set()
    for path in Path(sys.argv[2]).rglob("*"):
        if not path.is_file() or path.suffix not in (".test", ".cpp", ".py", ""):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if path.suffix in (".test", ".cpp"):
            used.update(uses_in_lit(text, every))
        elif text.startswith("#!/usr/bin/env python3"):
            used.update(uses_in_python(text, every))
    # An option of 'a' may stand behind 'a b', too.
    used |= {(path[:length], name) for path, name in used for length in range(1, len(path))}
    unused = [(path, names) for path, options in every.items() for names in options if not any((path, name) in used for name in names)]
    for path, names in unused:
        print(f"{' '.join(['nettune', *path])} {', '.join(sorted(names))}: no test uses it")
    print(f"{sum(map(len, every.values()))} options of {len(every) - 1} commands, {len(unused)} unused")
    return 1 if unused else 0


if __name__ == "__main__":
    sys.exit(main())
