"""Usage: dev_scripts.py SOURCES: each command of tools/dev has --help (standard output, 0) and refuses an unknown option (standard error, 2)."""

import os
import subprocess
import sys
from pathlib import Path

sources = Path(sys.argv[1])
commands = sorted(path for path in (sources / "tools/dev").iterdir() if path.is_file() and os.access(path, os.X_OK))
wrong = []


def run(command, option):
    return subprocess.run([command, option], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False)


for command in commands:
    for option in ("--help", "-h"):
        done = run(command, option)
        if done.returncode != 0 or "sage: " not in done.stdout or command.name not in done.stdout or done.stderr:
            wrong.append(f"{command.name} {option}: ended with {done.returncode}: {done.stdout[:200]}{done.stderr[:200]}")
    done = run(command, "--no-such-option")
    if done.returncode != 2 or command.name not in done.stderr or done.stdout:
        wrong.append(f"{command.name} --no-such-option: ended with {done.returncode}: {done.stdout[:200]}{done.stderr[:200]}")
print(f"{len(commands)} commands", *wrong, sep="\n")
sys.exit(1 if wrong or len(commands) < 8 else 0)
