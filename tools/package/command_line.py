"""The command line of nettune, as `nettune command-line` prints it."""

import json
import re
import subprocess
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Option:
    names: tuple  # "-p", "--build"; empty: a positional
    positional: str  # its name; empty: an option
    value: str  # what stands for the value; empty: a flag
    value_optional: bool
    many: bool
    required: bool
    description: str

    @property
    def choices(self):
        """The values that are allowed, where they are listed."""
        listed = re.search(r"\{(.+)\}$", self.value)
        return listed.group(1).split(",") if listed else []

    @property
    def placeholder(self):
        """The value's kind without what is allowed of it: INT."""
        return self.value.split(":")[0].split(" in ")[0] or "VALUE"


@dataclass(frozen=True)
class Command:
    name: str
    description: str
    footer: str
    options: list = field(default_factory=list)
    positionals: list = field(default_factory=list)
    commands: list = field(default_factory=list)

    def every_option(self):
        """Its own and those of its commands; each once."""
        found = {}
        for option in self.options + [o for command in self.commands for o in command.every_option()]:
            found.setdefault(option.names, option)
        return list(found.values())


def command_of(tree):
    options = [Option(tuple(o["names"]), o["positional"], o["value"], o["valueOptional"], o["many"], o["required"], o["description"])
               for o in tree["options"]]
    return Command(tree["name"], tree["description"], tree["footer"], [o for o in options if o.names],
                   [o for o in options if not o.names], [command_of(c) for c in tree["commands"]])


def read(nettune):
    """Asks the program; subprocess.CalledProcessError if it does not answer."""
    done = subprocess.run([nettune, "command-line"], capture_output=True, text=True, check=True)
    return command_of(json.loads(done.stdout))
