#!/usr/bin/env python3
"""Writes completions for bash, zsh and fish from the program's own command line.

Usage: completions.py NETTUNE DIRECTORY     writes bash/nettune, zsh/_nettune, fish/nettune.fish
"""

import sys
from pathlib import Path

import command_line

BASH = """# bash completion of nettune, made from its command line.
_nettune() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command=${{COMP_WORDS[1]}} words inner
    COMPREPLY=()
    if [[ $COMP_CWORD -eq 1 ]]; then
        COMPREPLY=($(compgen -W '{words}' -- "$current"))
        return
    fi
    case "$command $previous" in
{values}    esac
    case $command in
{commands}    esac
    if [[ $COMP_CWORD -eq 2 && -n $inner ]]; then
        COMPREPLY=($(compgen -W "$inner $words" -- "$current"))
    elif [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "$words" -- "$current"))
    fi
}}
complete -o default -F _nettune nettune
"""
ZSH = """#compdef nettune
# zsh completion of nettune, made from its command line.
local -a commands=(
{commands})
if (( CURRENT == 2 )); then
  _describe command commands
  _arguments {options}
  return
fi
local command=$words[2]
shift words
(( CURRENT-- ))
case $command in
{cases}  *) _files ;;
esac
"""


def bash(root):
    values = commands = ""
    for command in root.commands:
        for option in command.every_option():
            if option.choices:
                patterns = "|".join(f"'{command.name} {name}'" for name in option.names)
                values += f"        {patterns}) COMPREPLY=($(compgen -W '{' '.join(option.choices)}' -- \"$current\")); return ;;\n"
        names = " ".join(name for option in command.every_option() for name in option.names)
        inner = f" inner='{' '.join(c.name for c in command.commands)}'" if command.commands else ""
        if names:
            commands += f"        {command.name}) words='{names}'{inner} ;;\n"
    first = " ".join([c.name for c in root.commands] + [name for option in root.options for name in option.names])
    return BASH.format(words=first, values=values, commands=commands)


def zsh_quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def zsh_option(option):
    """The words that _arguments takes for it."""
    text = option.description.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")
    action = f"({' '.join(option.choices)})" if option.choices else "_files"
    value = "" if not option.value else f":{'' if not option.value_optional else ':'}{option.placeholder}:{action}"
    others = "*" if option.many else f"({' '.join(option.names)})"
    for name in option.names:
        glue = "" if not option.value else ("=-" if option.value_optional else ("=" if name.startswith("--") else "+"))
        yield zsh_quoted(f"{others}{name}{glue}[{text}]{value}")


def zsh(root):
    commands = "".join(f"  {zsh_quoted(c.name + ':' + c.description.replace(':', chr(92) + ':'))}\n" for c in root.commands)
    cases = ""
    for command in root.commands:
        words = [word for option in command.every_option() for word in zsh_option(option)]
        if command.commands:
            words.append(zsh_quoted(f"1:command:({' '.join(c.name for c in command.commands)})"))
        if words:
            cases += f"  {command.name}) _arguments {' '.join(words)} '*:file:_files' ;;\n"
    return ZSH.format(commands=commands, options=" ".join(w for o in root.options for w in zsh_option(o)), cases=cases)


def fish_quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def fish_option(option, condition):
    words = [f"complete -c nettune -n {fish_quoted(condition)}"]
    for name in option.names:
        words.append(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}")
    if option.value and not option.value_optional:
        words.append(f"-x -a {fish_quoted(' '.join(option.choices))}" if option.choices else "-r")
    return " ".join(words) + f" -d {fish_quoted(option.description)}\n"


def fish(root):
    text = "# fish completion of nettune, made from its command line.\n"
    for command in root.commands:
        text += f"complete -c nettune -n __fish_use_subcommand -f -a {command.name} -d {fish_quoted(command.description)}\n"
    text += "".join(fish_option(option, "__fish_use_subcommand") for option in root.options)
    for command in root.commands:
        seen = f"__fish_seen_subcommand_from {command.name}"
        text += "".join(f"complete -c nettune -n {fish_quoted(seen)} -a {c.name} -d {fish_quoted(c.description)}\n" for c in command.commands)
        text += "".join(fish_option(option, seen) for option in command.every_option())
    return text


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    root, target = command_line.read(sys.argv[1]), Path(sys.argv[2])
    for name, text in (("bash/nettune", bash(root)), ("zsh/_nettune", zsh(root)), ("fish/nettune.fish", fish(root))):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
