#!/usr/bin/env python3
"""Runs the guide's shell blocks: sets a value, reads it back, undoes it, reads it back.

Each ```bash block of the guide's documents says behind its language what may be done with it:

    netns         is run in a network namespace of its own, which ends with it
    host-restore  is run on the host; what it changes is restored, also if it fails
    needs-cap     needs a capability, or a process to look at: bash -n
    doc-only      shows what to do elsewhere: bash -n

In the first two a line `COMMAND  # reads: VALUE` is a read-back: the command prints VALUE, white space aside. There are two of
them at least, and the last one wants `$old`. Exit codes are not believed: `sysctl -w` may end with 0 when the kernel refused.
"""

import os
import re
import subprocess
import sys

from markdown import documents, fenced_blocks

TAGS = ("netns", "host-restore", "needs-cap", "doc-only")
RUN = ("netns", "host-restore")
READS = re.compile(r"^(?P<command>.*?)\s+# reads: (?P<value>.*)$")
TIMEOUT_SECONDS = 30
PROLOGUE = """set -u
old=
plain() { tr -s '[:space:]' ' ' | sed 's/^ //; s/ $//'; }
reads() { # line, wanted, what the command says
  local wanted got
  wanted=$(plain <<<"$2") got=$(plain <<<"$3")
  if [ "$got" != "$wanted" ]; then echo "line $1 reads '$got', not '$wanted'"; exit 1; fi
}
"""


def script_of(code):
    """The block as a script that says what is wrong and ends with 1."""
    lines, readings = [PROLOGUE], 0
    for number, line in enumerate(code.splitlines(), 1):
        reading = READS.match(line)
        if not reading:
            lines.append(f"{line} || {{ echo 'line {number} failed'; exit 1; }}" if line.strip() else "")
            continue
        readings += 1
        if readings == 1:  # a value that was there before proves nothing
            lines.append(f'if [ "$(plain <<<"$old")" = "$(plain <<<"{reading["value"]}")" ]; then echo "the example is what was set before"; exit 1; fi')
        lines.append(f'reads {number} "{reading["value"]}" "$({reading["command"]} 2>&1)"')
    return "\n".join(lines) + "\n"


def run(arguments, text):
    """(exit code, what it says); what the script itself says is last."""
    done = subprocess.run(arguments, input=text, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)
    return done.returncode, (done.stderr + done.stdout).strip()


def sysctl(key):
    return run(["sysctl", "-n", key], "")[1]


def run_block(tag, code):
    """What is wrong, or nothing."""
    values = [m["value"] for line in code.splitlines() if (m := READS.match(line))]
    if len(values) < 2 or values[-1] != "$old":
        return "it does not read back twice, the last time '$old'"
    if tag == "netns":
        script = "ip link set lo up\n" + script_of(code)
        status, said = run(["unshare", "--net", "bash", "-s"], script)
        return said.splitlines()[-1] if status and said else f"ended with {status}" if status else ""
    keys = set(re.findall(r"sysctl -w ([\w.]+)=", code))
    before = {key: sysctl(key) for key in keys}
    status, said = run(["bash", "-s"], script_of(code))
    left = [key for key in keys if sysctl(key) != before[key]]
    for key in left:
        run(["sysctl", "-w", f"{key}={before[key]}"], "")
    if status:
        return said.splitlines()[-1] if said else f"ended with {status}"
    return f"leaves {', '.join(left)} changed" if left else ""


def wrong_with(block):
    if len(block.words) != 1 or block.words[0] not in TAGS:
        return f"not tagged with one of {', '.join(TAGS)}"
    status, said = run(["bash", "-n"], block.code)
    if status:
        return said
    return run_block(block.words[0], block.code) if block.words[0] in RUN else ""


def block(tag, *lines):
    return fenced_blocks(f"```bash {tag}\n" + "\n".join(lines) + "\n```\n")[0]


def selftest():
    """Blocks that must be told from right ones."""
    key = "net.ipv4.tcp_keepalive_time"
    read, get, undo = f"sysctl -n {key}  # reads: $old", f"old=$(sysctl -n {key})", f'sysctl -w {key}="$old"'
    fine = block("netns", get, f"sysctl -w {key}=601", f"sysctl -n {key}  # reads: 601", undo, read)
    refused = "net.core.rmem_max"
    cases = (
        (fine, ""),
        (block("", "true"), "not tagged"),
        (block("maybe", "true"), "not tagged"),
        (block("doc-only", "if true"), "syntax error"),
        (block("netns", get, f"sysctl -w {key}=601", undo, read), "does not read back twice"),
        (block("netns", get, f"sysctl -w {key}=601", f"sysctl -n {key}  # reads: 601", read), "reads '601', not"),
        (block("netns", get, f"sysctl -w {key}=$old", read, undo, read), "what was set before"),
        # rc 0, and refused: the host's key cannot be set from a namespace
        (block("netns", f"old=$(sysctl -n {refused})", f"sysctl -w {refused}=5000000", f"sysctl -n {refused}  # reads: 5000000",
               f'sysctl -w {refused}="$old"', f"sysctl -n {refused}  # reads: $old"), "not '5000000'"),
    )
    for made, wanted in cases:
        said = wrong_with(made)
        if (wanted not in said) if wanted else said:
            yield f"the test itself: {made.code!r} gives {said!r}, not {wanted!r}"


def main():
    if os.geteuid() != 0:
        print("needs root: unshare --net, sysctl -w")
        print("0 passed, 1 failed")
        return 1
    wrong, counts = list(selftest()), dict.fromkeys(TAGS, 0)
    blocks = [(name, b) for name, text in documents().items() for b in fenced_blocks(text) if b.language in ("bash", "sh", "shell")]
    for name, found in blocks:
        said = wrong_with(found)
        if said:
            wrong.append(f"{name}:{found.line}: {said}")
        else:
            counts[found.words[0]] += 1
    print("".join(line + "\n" for line in wrong), end="")
    print(f"shell blocks: {counts['netns']} in a network namespace and {counts['host-restore']} on the host, set, read back and undone; "
          f"{counts['needs-cap']} need a capability or a process, {counts['doc-only']} only shown")
    print(f"{sum(counts.values())} passed, {len(wrong)} failed")
    return 1 if wrong or not counts["netns"] else 0


if __name__ == "__main__":
    sys.exit(main())
