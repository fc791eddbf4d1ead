"""Rules about what checks say: the form of messages, and that each is exercised by a test."""

import re

from source_rules import text

LIMIT = 100
FORBIDDEN = re.compile(r"\b(should|dangerous|please)\b", re.IGNORECASE)
LITERALS = re.compile(r'"(?:\\.|[^"\\\n])*"(?:\s*"(?:\\.|[^"\\\n])*")*')
EXPECTED = re.compile(r"//\s*CHECK-(MESSAGES|NOTES)[A-Z0-9_-]*:.*?: (?:warning|note): (.*?)(?: \[(nettune-[\w-]+)[^\]]*\])?\s*$")
KNOWN_WRONG = re.compile(r"\b(f[pn])_(\w+)\s*\([^;]*$", re.MULTILINE)
# Who says something: diag() itself, the base class's ways to it, and tables of message templates.
SPEAKERS = re.compile(r"\b(?:report|diag)\s*\(")


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


def call_arguments(source, start):
    """The text between the parenthesis at start and the one that closes it."""
    depth, position = 0, start
    pattern = re.compile(r'"(?:\\.|[^"\\\n])*"|[()]')
    while match := pattern.search(source, position):
        depth += {"(": 1, ")": -1}.get(match.group(), 0)
        position = match.end()
        if depth == 0:
            return source[start + 1:match.start()]
    return ""


def templates(source):
    """(line, message template) of each literal that is given to a speaker."""
    for call in SPEAKERS.finditer(source):
        arguments = call_arguments(source, call.end() - 1)
        for literal in LITERALS.finditer(arguments):
            message = "".join(re.findall(r'"((?:\\.|[^"\\\n])*)"', literal.group())).replace('\\"', '"')
            yield source.count("\n", 0, call.end() + literal.start()) + 1, message


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
    """(place, kind, message, check) of every expectation under test/checks."""
    for name in files:
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


def exercised(root, files, checks):
    """Every warning of a check stands in a CHECK-MESSAGES of its folder."""
    expected = list(expected_messages(root, files))
    for check in checks:
        name = f"checks/{check.cls}.cpp"
        if name not in files:
            continue
        said = [m for place, kind, m, of in expected
                if kind == "MESSAGES" and of == check.name and place.startswith(check.tests + "/")]
        found = False
        for line, message in templates(text(root, name)):
            found = True
            if not any(template_pattern(message).fullmatch(m) for m in said):
                yield f"{name}:{line}", f"no CHECK-MESSAGES in {check.tests} has: {message}"
        if not found:
            yield f"{name}:1", "no message template found in a call of report()"
        if not said:
            yield f"{check.tests}/bad.cpp:1", f"no CHECK-MESSAGES names [{check.name}]"


def known_wrong_answers(root, files):
    """How many functions of the tests are named fp_ (false positive) and fn_ (false negative)."""
    counts = {"fp": 0, "fn": 0}
    for name in files:
        if name.startswith("test/checks/"):
            for kind, _ in set(KNOWN_WRONG.findall(text(root, name))):
                counts[kind] += 1
    return counts
