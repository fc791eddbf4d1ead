"""Rules about the sources themselves: which layer includes which, sizes, paths of one machine."""

import re
from pathlib import PurePosixPath

# Includes go only leftward.
LAYERS = ["model", "summary", "analysis", "checks", "tools"]
CLANG_FREE = ("checks/model/", "checks/summary/")
FUNCTION_LINES = 60
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')
# A home or work folder of one machine, or the folder beside the project.
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:wor[k]|root|home/\w+|Users/\w+)/|\.\./share[d]\b")
TOKEN = re.compile(r'R"(?P<delim>[^(\s]*)\(.*?\)(?P=delim)"|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'
                   r"(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.DOTALL | re.MULTILINE)


def layer_of(name):
    """Index in LAYERS, or None for what is outside them (test, docs)."""
    parts = PurePosixPath(name).parts
    if parts[0] == "tools":
        return LAYERS.index("tools")
    if parts[0] != "checks":
        return None
    return LAYERS.index(parts[1]) if len(parts) > 2 and parts[1] in LAYERS else LAYERS.index("checks")


def resolve(included, name, files):
    folder = PurePosixPath(name).parent
    for base in (folder, PurePosixPath("checks"), PurePosixPath("tools")):
        candidate = str(base / included)
        if candidate in files:
            return candidate
    return None


def includes(root, files):
    """No include runs rightward; model and summary know nothing of clang."""
    known = set(files)
    for name in files:
        mine = layer_of(name)
        if mine is None or not name.endswith((".h", ".cpp")):
            continue
        for number, line in enumerate(text(root, name).splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            target = match.group(1) or match.group(2)
            if name.startswith(CLANG_FREE) and re.match(r"clang(-tidy)?/", target):
                yield f"{name}:{number}", f"includes {target}; model and summary know nothing of clang"
            found = resolve(match.group(1), name, known) if match.group(1) else None
            theirs = layer_of(found) if found else None
            if found and (theirs is None or theirs > mine):
                yield f"{name}:{number}", f"includes {target}; only {' <- '.join(LAYERS[:mine + 1])} may be used here"


def limit_of(name, check_classes):
    path = PurePosixPath(name)
    if path.parts[0] == "test":
        return 350 if path.suffix in (".cpp", ".test") else 500
    if name.startswith("checks/model/") and path.suffix == ".json":
        return 600
    if len(path.parts) == 2 and path.parts[0] == "checks" and path.stem in check_classes:
        return 60 if path.suffix == ".h" else 250
    return 500


def is_source(root, name):
    if PurePosixPath(name).name == "package-lock.json":  # npm's, not ours
        return False
    if name.endswith((".h", ".hpp", ".cpp", ".c", ".py", ".test", ".cmake", ".json", ".inc")):
        return True
    return "." not in PurePosixPath(name).name and text(root, name).startswith("#!")


def sizes(root, files, check_classes):
    """Files and functions stay readable."""
    for name in files:
        if not is_source(root, name):
            continue
        content = text(root, name)
        lines, limit = content.count("\n"), limit_of(name, check_classes)
        if lines > limit:
            yield f"{name}:{lines}", f"{lines} lines; at most {limit}"
        if name.endswith((".h", ".cpp")) and not name.startswith("test/"):
            for line, length in long_functions(content):
                yield f"{name}:{line}", f"a function of {length} lines; at most {FUNCTION_LINES}"
        if name.endswith(".py") or content.startswith("#!/usr/bin/env python3"):
            for line, length in long_python_functions(content):
                yield f"{name}:{line}", f"a function of {length} lines; at most {FUNCTION_LINES}"


def blank(match):
    """Comments, literals and directives without their text; the line breaks stay."""
    return re.sub(r"[^\n]", " ", match.group())


def long_functions(content):
    """Outermost function bodies of formatted C++, told by their heads."""
    code = TOKEN.sub(blank, content)
    stack, head_from, inside = [], 0, 0
    for match in re.finditer(r"[{};]", code):
        position, char = match.start(), match.group()
        if char == "{":
            head = code[head_from:position]
            scope = re.search(r"\b(namespace|class|struct|union|enum|extern)\b[^()=]*$", head)
            function = not scope and not inside and ")" in head and not re.search(r"=\s*(\w+\s*)?$", head)
            stack.append((function, position))
            inside += function
        elif char == "}" and stack:
            function, start = stack.pop()
            inside -= function
            if function:
                length = code.count("\n", start, position) + 1
                if length > FUNCTION_LINES:
                    yield code.count("\n", 0, start) + 1, length
        head_from = position + 1


def long_python_functions(content):
    import ast
    for node in ast.walk(ast.parse(content)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION_LINES:
                yield node.lineno, length


def machine_paths(root, files):
    """Nothing names a folder of the machine that it was written on."""
    for name in files:
        for number, line in enumerate(text(root, name).splitlines(), 1):
            match = MACHINE_PATH.search(line)
            if match and not line.startswith("#!"):
                yield f"{name}:{number}", f"names '{match.group().strip()}', a path of one machine"


def text(root, name):
    return (root / name).read_text(encoding="utf-8", errors="replace")
