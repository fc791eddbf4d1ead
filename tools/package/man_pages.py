#!/usr/bin/env python3
"""Writes the man pages, compressed, from the program's own help.

Usage: man_pages.py NETTUNE VERSION DIRECTORY [nettune-clangd]     with the page of nettune-clangd, which not every build has
"""

import gzip
import sys
from pathlib import Path

import command_line

TIDY = """.SH SYNOPSIS
.B nettune tidy
.RI [ "arguments of clang-tidy" ]
.br
.B nettune-tidy
.RI [ "arguments of clang-tidy" ]
.SH DESCRIPTION
.B nettune tidy
runs clang-tidy with the plugin of nettune loaded, and ends with its exit code. It ends with 2 if there is no clang-tidy of the release
that the plugin was built for, or if it does not load the plugin.
.PP
.B nettune-tidy
is clang-tidy with the checks built in, and needs neither.
.PP
Both take the arguments of clang-tidy as they are.
.SH EXAMPLES
.EX
nettune tidy -checks='-*,nettune-*' -p build server.cpp
.EE
"""
CLANGD = """.SH SYNOPSIS
.B nettune-clangd
.RI [ "arguments of clangd" ]
.SH DESCRIPTION
.B nettune-clangd
is clangd with the checks of nettune inside, for editors that speak the Language Server Protocol. It takes clangd's arguments. Its
diagnostics link to the tuning guide. Where
.B nettune check
has written an index beside compile_commands.json, they see past the file, and are renewed when the index changes.
"""


def roff(text):
    """Text of any kind as a line of roff."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ")
    return "\\&" + escaped if escaped[:1] in (".", "'") else escaped


def value_of(option):
    return (f"[={option.placeholder}]" if option.value_optional else f" {option.placeholder}") if option.value else ""


def item(heading, text):
    return f".TP\n\\fB{heading}\\fR\n{roff(text)}\n"


def option_item(option):
    # Bold names, then the value as it is typed.
    names = roff(", ".join(option.names) if option.names else option.positional)
    value = roff(value_of(option)) if option.names else (" ..." if option.many else "")
    allowed = option.value.partition(" in ")[2] if " in " in option.value else ", ".join(option.choices)
    more = [f"One of {allowed}." if option.choices else f"In {allowed}."] if allowed else []
    more += ["Required."] if option.required else []
    text = " ".join([option.description.rstrip(".") + "."] + more) if more else option.description
    return f".TP\n\\fB{names}\\fR\\fI{value}\\fR\n{roff(text)}\n"


def synopsis(name, command):
    words = [f".B {roff(name)}"]
    if command.options:
        words.append(".RI [ options ]")
    if command.commands:
        words.append(".I command\n.RI [ \"options of the command\" ]")
    for positional in command.positionals:
        dots = " ..." if positional.many else ""
        words.append(f".I {roff(positional.positional + dots)}" if positional.required else f".RI [ \"{roff(positional.positional + dots)}\" ]")
    return ".SH SYNOPSIS\n" + "\n".join(words) + "\n"


def option_items(command):
    return "".join(option_item(o) for o in command.positionals + command.options)


def inner(name, command):
    """The part of a page about a command of a command."""
    text = synopsis(name, command).replace(".SH SYNOPSIS\n", f".SS {roff(name)}\n")
    text += f".PP\n{roff(command.description)}.\n{option_items(command)}"
    return text + "".join(inner(f"{name} {c.name}", c) for c in command.commands)


def body(name, command, pages_of_commands):
    text = synopsis(name, command) + f".SH DESCRIPTION\n{roff(command.description)}.\n"
    if command.commands and pages_of_commands:
        text += ".SH COMMANDS\n" + "".join(item(roff(c.name), f"{c.description}; {name}-{c.name}(1)") for c in command.commands)
    if command.options or command.positionals:
        text += ".SH OPTIONS\n" + option_items(command)
    if command.commands and not pages_of_commands:
        text += ".SH COMMANDS\n" + "".join(inner(f"{name} {c.name}", c) for c in command.commands)
    if command.footer.strip():
        text += f".SH NOTES\n{roff(command.footer.strip())}\n"
    return text


def also(names, name):
    """The references at a page's end."""
    others = [f".BR {roff(other)} (1)" for other in names if other != name]
    return ".SH SEE ALSO\n" + " ,\n".join(others + [".BR clang\\-tidy\\-22 (1)"]) + (
        "\n.PP\nThe tuning guide, which diagnostics link to: /usr/share/doc/nettune/html/PERFORMANCE_TUNING.html\n")


def pages(root, version, clangd):
    """Names of pages and what they say."""
    texts = {root.name: (root.description, body(root.name, root, True))}
    for command in root.commands:
        text = TIDY if command.name == "tidy" else body(f"{root.name} {command.name}", command, False)
        texts[f"{root.name}-{command.name}"] = (command.description, text)
    if clangd:
        texts[f"{root.name}-clangd"] = ("Language server with the checks of nettune", CLANGD)
    for name, (description, text) in texts.items():
        head = f'.TH "{name.upper()}" 1 "" "nettune {version}" "User Commands"\n'
        head += f".SH NAME\n{roff(name)} \\- {roff(description[0].lower() + description[1:])}\n"
        yield f"{name}.1", head + text + also(texts, name)


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__.strip())
    target = Path(sys.argv[3])
    target.mkdir(parents=True, exist_ok=True)
    for name, text in pages(command_line.read(sys.argv[1]), sys.argv[2], len(sys.argv) == 5):
        # No time in it: the same sources give the same package.
        (target / f"{name}.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
