"""Rules about what checks say: the form of messages, and that each is exercised by a test."""

import re

from source_rules import text

LIMIT = 100
FORBIDDEN = re.compile(r"\b(should|dangerous|please)\b", re.IGNORECASE)
LITERALS = re.compile(r'"(?:\\.|[^"\\\n])*"(?:\s*"(?:\\.|[^"\\\n])*")*')
EXPECTED = re.compile(r"//\s*CHECK-(MESSAGES|NOTES)[A-Z0-9_-]*:.*?: (?:warning|note): (.*?)(?: \[(nettune-[\w-]+)[^\]]*\])?\s*$")
PRINTED = re.compile(r"[^:]+:\d+:\d+: (?:warning|note): (.*?)(?: \[(nettune-[\w-]+)\])?$")
KNOWN_WRONG = re.compile(r"\b(f[pn])_(\w+)\s*\([^;]*$", re.MULTILINE)
COMMENTS = re.compile(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)


def form_problem(message, limit=None):
    """What is wrong with a message's form, or None."""
    if not message:
        return "an empty message"
    if not re.match(r"[a-z0-9'%]|\{\{|\[\[", message):
        return "begins neither with a lower case letter nor with a quote"
    if message.rstrip("'\"").endswith("."):
        return "ends with a full stop"
    word = FORBIDDEN.search(message)
    if word:
        return f"says '{word.group()}'"
    if limit and len(message) > limit:
        return f"{len(message)} characters; at most {limit} before substitution"
    return None


def templates(source):
    """(line, message template) of each: a literal with a place for an argument."""
    code = COMMENTS.sub(lambda m: m.group() if m.group().startswith('"') else " " * len(m.group()), source)
    for literal in LITERALS.finditer(code):
        message = "".join(re.findall(r'"((?:\\.|[^"\\\n])*)"', literal.group())).replace('\\"', '"')
        if re.search(r"%(\d|select)", message):
            yield source.count("\n", 0, literal.start()) + 1, message


def template_pattern(template):
    out = []
    for piece in re.split(r"(%select\{[^}]*\}\d|%\w+\{[^}]*\}\d|%(?:q|ordinal|s)?\d|%%)", template):
        if piece.startswith("%select"):
            out.append("(?:" + "|".join(template_pattern(a).pattern for a in piece[8:-2].split("|")) + ")")
        elif piece == "%%":
            out.append("%")
        else:
            out.append(".*" if piece.startswith("%") else re.escape(piece))
    return re.compile("".join(out))


def expected_messages(root, files):
    """(place, kind, message, check) of every expectation under test/checks and test/programs."""
    for name in files:
        if re.fullmatch(r"test/programs/\w+/expected\.txt", name):
            for number, line in enumerate(text(root, name).splitlines(), 1):
                match = PRINTED.match(line)
                if match:
                    yield f"{name}:{number}", "MESSAGES", match.group(1), match.group(2)
        if name.startswith("test/checks/"):
            for number, line in enumerate(text(root, name).splitlines(), 1):
                match = EXPECTED.search(line)
                if match:
                    yield f"{name}:{number}", match.group(1), match.group(2), match.group(3)


def forms(root, files):
    """Lower case or a quote first, no full stop, short, no orders."""
    for name in files:
        if re.fullmatch(r"checks/\w+\.cpp", name):
            for line, message in templates(text(root, name)):
                problem = form_problem(message, LIMIT)
                if problem:
                    yield f"{name}:{line}", f"message {problem}: {message}"
    for place, _, message, _ in expected_messages(root, files):
        problem = form_problem(message)
        if problem:
            yield place, f"expected message {problem}: {message}"


def worded_by(root, files, name):
    """The sources whose words a check's source uses besides its own: those of the headers it includes, of its own layer."""
    found, todo = set(), [name]
    while todo:
        for header in re.findall(r'^#include "(\w+)\.h"', text(root, todo.pop()), re.MULTILINE):
            source = f"checks/{header}.cpp"
            if source in files and source != name and source not in found:
                found.add(source)
                todo.append(source)
    return found


def exercised(root, files, checks):
    """Every message of a check, warning or note, stands in an expectation of its folder; words that checks share, in any."""
    expected = list(expected_messages(root, files))
    shared = set()
    for check in checks:
        name = f"checks/{check.cls}.cpp"
        if name not in files:
            continue
        mine = [(kind, message, of) for place, kind, message, of in expected if place.startswith(check.tests + "/")]
        said = list(templates(text(root, name)))
        used = {source for source in worded_by(root, files, name) if list(templates(text(root, source)))}
        shared |= used
        if not said and not used:
            yield f"{name}:1", "no message template"
        if not any(of == check.name for _, _, of in mine):
            yield f"{check.tests}/bad.cpp:1", f"no CHECK-MESSAGES names [{check.name}]"
        for line, message in said:
            if not any(template_pattern(message).fullmatch(m) for _, m, _ in mine):
                yield f"{name}:{line}", f"no expectation in {check.tests} has: {message}"
    for name in sorted(shared):
        for line, message in templates(text(root, name)):
            if not any(template_pattern(message).fullmatch(m) for _, _, m, _ in expected):
                yield f"{name}:{line}", f"no expectation in test/checks or test/programs has: {message}"


def known_wrong_answers(root, files):
    """How many functions of the tests are named fp_ (false positive) and fn_ (false negative)."""
    counts = {"fp": 0, "fn": 0}
    for name in files:
        if name.startswith("test/checks/"):
            for kind, _ in set(KNOWN_WRONG.findall(text(root, name))):
                counts[kind] += 1
    return counts
