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


def all_options(nettune):
    """Command ('' for none) to its options. 'tidy' has none of its own: its help is clang-tidy's."""
    top = help_of(nettune)
    commands = COMMAND.findall(top.partition("Subcommands:")[2])
    every = {"": options_in(top)}
    every.update({name: options_in(help_of(nettune, name)) for name in commands if name != "tidy"})
    return every


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
            if words and words[0] in commands:
                yield from ((words[0], named(w)) for w in words if named(w))
            elif words:
                yield "", named(words[0])


def constants(nodes):
    return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def words_of(node):
    """What stands in a list or is given to a call, in order."""
    if isinstance(node, (ast.List, ast.Tuple)):
        return node.elts
    return node.args if isinstance(node, ast.Call) else []


def is_nettune(node):
    return bool(re.search(r"nettune|\bgate\b", ast.unparse(node), re.IGNORECASE)) and not isinstance(node, (ast.Call, ast.List))


def uses_in_python(text, commands):
    sites = [words_of(node) for node in ast.walk(ast.parse(text)) if not (
        isinstance(node, ast.Call) and ast.unparse(node.func).endswith("add_argument"))]
    run = {after.value for words in sites for program, after in zip(words, words[1:])
           if is_nettune(program) and isinstance(after, ast.Constant) and after.value in commands}
    for words in sites:
        other = words and isinstance(words[0], ast.Constant) and not str(words[0].value).startswith("-")
        if other and words[0].value not in commands:  # a list that begins with the name of some other program
            continue
        for command in run:
            yield from ((command, named(word)) for word in constants(words) if named(word))
        yield from (("", named(word)) for program, after in zip(words, words[1:]) if is_nettune(program)
                    for word in constants([after]) if named(word))


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
    unused = [(command, names) for command, options in every.items() for names in options
              if not any((command, name) in used for name in names)]
    for command, names in unused:
        print(f"nettune {command + ' ' if command else ''}{', '.join(sorted(names))}: no test uses it")
    print(f"{sum(map(len, every.values()))} options of {len(every) - 1} commands, {len(unused)} unused")
    return 1 if unused else 0


if __name__ == "__main__":
    sys.exit(main())
