"""Gives clang-tidy one bad model after another: model_errors.py SCRATCH SOURCE CLANG-TIDY..."""

import shutil
import subprocess
import sys
from pathlib import Path

SCRATCH, SOURCE, TIDY = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
ENTRY = '{"functions": ["f"], "category": "sleep", "grade": "always", "source": "s"}'


def pack(entries, more=""):
    return '{\n  "library": "x",' + more + '\n  "blocking": [\n    ' + entries + "\n  ]\n}\n"


def at(text, token):
    """`:line:column` of the last place of a token."""
    offset = text.rindex(token)
    return f":{text.count(chr(10), 0, offset) + 1}:{offset - text.rfind(chr(10), 0, offset)}"


def case(text, token, pointer, words):
    return text, at(text, token), pointer, words


# name: (text of the file, place or "" when there is none, JSON pointer, what the message says)
CASES = {
    "empty": ("", ":1:1", "", ""),
    "not_json": ("library: x\n", ":1:1", "", ""),
    "cut_off": ('{\n  "library": "x",\n  "blocking": [', ":3:", "", ""),
    "array": ("[]", ":1:1", "", "object"),
    "no_library": ('{"blocking": [' + ENTRY + "]}", ":1:1", "", "library"),
    "unknown_role": ('{\n  "library": "x",\n  "blokcing": []\n}', ":3:3", "/blokcing", "blokcing"),
    "unknown_key": case(pack(ENTRY.replace('"source"', '"sourec"')), '"sourec"', "/blocking/0/sourec", "sourec"),
    "unknown_grade": case(pack(ENTRY.replace("always", "often")), '"often"', "/blocking/0/grade", "often"),
    "wrong_type": case(pack(ENTRY.replace('["f"]', '"f"')), '"f"', "/blocking/0/functions", "array"),
    "wrong_type_of_library": ('{"library": 7, "blocking": [' + ENTRY + "]}", ":1:13", "/library", "string"),
    "no_source": (pack(ENTRY.replace(', "source": "s"', "")), ":4:5", "/blocking/0", "source"),
    "duplicate": case(pack(ENTRY + ",\n    " + ENTRY), '"f"', "/blocking/1/functions/0", "twice"),
    "duplicate_key": case(pack(ENTRY, ' "library": "y",'), '"library"', "/library", "twice"),
    "too_large": (pack(ENTRY) + " " * (4 * 1024 * 1024), "", "", "larger than 4 MiB"),
    "deep": ("[" * 100_000, ":1:", "", ""),
    "not_text": ("\x00\x01\x02", ":1:1", "", ""),
}


def run(models):
    command = [*TIDY, "-checks=-*,nettune-*", "--quiet", f"--config={{CheckOptions: {{nettune.Models: '{models}'}}}}",
               SOURCE, "--", "-std=c++20"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=60, check=False)
    lines = (done.stdout + done.stderr).splitlines()
    return done.returncode, [line for line in lines if "error:" in line]


def complain(name, file, place, pointer, words):
    code, errors = run(file)
    wrong = []
    if code != 1:
        wrong.append(f"exit code {code}")
    if len(errors) != 1:
        wrong.append(f"{len(errors)} error lines")
    for text in (f"{file}{place}", f"(at {pointer})" if pointer else "", words):
        if not any(text in line for line in errors):
            wrong.append(f"no '{text}'")
    for problem in wrong:
        print(f"{name}: {problem}: {errors}")
    return len(wrong)


def main():
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    wrong = 0
    for name, (text, place, pointer, words) in CASES.items():
        file = SCRATCH / f"{name}.json"
        file.write_text(text, encoding="utf-8")
        wrong += complain(name, file, place, pointer, words)
    (SCRATCH / "folder.json").mkdir()
    wrong += complain("folder", SCRATCH / "folder.json", "", "", "directory")
    wrong += complain("missing", SCRATCH / "missing.json", "", "", "No such file")
    good = SCRATCH / "good.json"
    good.write_text(pack(ENTRY), encoding="utf-8")
    if run(good) != (0, []):
        wrong += 1
        print(f"good: {run(good)}")
    # Of several files the wrong one is named.
    code, errors = run(f"{good};{SCRATCH / 'array.json'}")
    if code != 1 or len(errors) != 1 or "array.json:1:1" not in errors[0]:
        wrong += 1
        print(f"a good and a bad file: {code} {errors}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
