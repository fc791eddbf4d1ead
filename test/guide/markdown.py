"""What the tests of the guide read of its documents."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^( *)```(.*)$")


def documents():
    """The guide's documents, by their names in the repository."""
    docs = ROOT / "docs"
    paths = [docs / "PERFORMANCE_TUNING.md", docs / "PERFORMANCE_REFERENCE.md", docs / "ERRATA-NET-303.md", docs / "PROFILING.md",
             *sorted((docs / "workloads").glob("*.md"))]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}


@dataclass
class Fenced:
    line: int  # of the fence
    language: str
    words: list  # behind the language
    code: str


def fenced_blocks(markdown):
    lines, found, position = markdown.splitlines(), [], 0
    while position < len(lines):
        begin = FENCE.match(lines[position])
        if not begin:
            position += 1
            continue
        indent = len(begin.group(1))
        end = next(i for i in range(position + 1, len(lines)) if re.match(r"^ *```$", lines[i]))
        language, *words = begin.group(2).split() or [""]
        code = "".join(line[indent:] + "\n" for line in lines[position + 1:end])
        found.append(Fenced(position + 1, language, words, code))
        position = end + 1
    return found


def prose_lines(markdown):
    """The lines, with those of fenced blocks empty."""
    inside, lines = False, []
    for line in markdown.splitlines():
        fence = FENCE.match(line) is not None
        lines.append("" if inside or fence else line)
        inside ^= fence
    return lines


def paragraphs(markdown):
    """(line, text) of each paragraph, entry of a list, and row of a table."""
    first, text = 0, ""
    for number, line in enumerate([*prose_lines(markdown), ""], 1):
        begins = re.match(r"^\s*([-*] |\d+\. |\||#)", line)
        if text and (begins or not line.strip()):
            yield first, text
            text = ""
        if line.strip():
            first, text = (first, f"{text} {line.strip()}") if text else (number, line.strip())


def slug(heading):
    """The anchor that GitHub makes of a heading."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors(markdown):
    found, seen = set(re.findall(r'<a id="([^"]+)"></a>', markdown)), {}
    for line in prose_lines(markdown):
        if match := re.match(r"^#+ (.*)$", line):
            name = slug(match.group(1))
            found.add(f"{name}-{seen[name]}" if name in seen else name)
            seen[name] = seen.get(name, 0) + 1
    return found


def sections(markdown):
    """(line, anchor, text) of each part that begins with an explicit anchor on a line of its own."""
    lines = markdown.splitlines()
    starts = [(i, m.group(1)) for i, line in enumerate(lines) if (m := re.match(r'^<a id="([^"]+)"></a>$', line))]
    for (start, anchor), (end, _) in zip(starts, [*starts[1:], (len(lines), "")]):
        yield start + 1, anchor, "\n".join(lines[start:end])


def without_code(text):
    """Without inline code, comments, and the targets of links."""
    text = re.sub(r"<!--.*?-->", " ", text, flags=re.DOTALL)
    text = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", " ", text, flags=re.DOTALL)
    text = re.sub(r"\]\([^)\s]*(?: \"[^\"]*\")?\)", "]", text)
    return re.sub(r"<[^>]*>|https?://\S+", " ", text)
