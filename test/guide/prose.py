#!/usr/bin/env python3
"""The guide's prose: numbers have a source, links lead somewhere, sections have their shape, words are spelt right.

A number with a unit, or with ×, has in its paragraph, entry or row

    a link to a figure of docs/measurements.json (tools/dev/figures.py says how),
    a number of a source, [3], or a link to one,
    or a comment <!-- given: why -->: arithmetic that a reader can redo, an example, what a workload is.

Headings only name what stands below them.

In the reference the entry counts as a whole; its defaults and ranges are the server's, which configurations.py tests.
Words that the dictionary lacks stand in words.txt.
"""

import re
import subprocess
import sys

from markdown import ROOT, anchors, documents, paragraphs, prose_lines, sections, without_code

sys.path.insert(0, str(ROOT / "tools/dev"))
import figures  # noqa: E402  (where the tools are)

UNITS = ("×|%|ms|µs|us|ns|s|KB|MB|GB|TB|KiB|MiB|GiB|kbit/s|Mbit/s|Gbit/s|MB/s|GB/s|bytes?|seconds?|minutes?|hours?|"
         "milliseconds?|microseconds?|nanoseconds?")
NUMBER = re.compile(rf"(?<![\w.,#/-])\d[\d,.]*\s?(?:{UNITS})(?![\w/])")
SOURCE = re.compile(r"\[\d+\]|\]\(https?://")
GIVEN = re.compile(r"<!-- given: \S.*?-->")
SHAPE = ["Symptom", "Measure", "Why", "Change", "Verify", "When not to", "Sources"]
LEAST_FIGURES, LEAST_ERRATA = 40, 25
LINK = re.compile(r'\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?(?: "[^"]*")?\)')
WORDS = ROOT / "test/guide/words.txt"


def has_source(text):
    return bool(figures.LINK.search(text) or SOURCE.search(text) or GIVEN.search(text))


def entries(name, markdown):
    """(line, text) of what a source may stand in."""
    if not name.endswith("PERFORMANCE_REFERENCE.md"):
        yield from paragraphs(markdown)
        return
    entry, first = "", 1
    for line, text in [*paragraphs(markdown), (0, "# end")]:
        if text.startswith("#"):
            yield first, entry
            entry, first = "", line
        elif not re.match(r"^\| (default|range|unit) \|", text):
            entry += f" {text}"


def bare(markdown_text):
    """The prose of an entry, without what figures put there."""
    return without_code(figures.LINK.sub(" ", markdown_text))


def numbers_without_source(name, markdown):
    for line, text in entries(name, markdown):
        found = NUMBER.findall(bare(text)) if not has_source(text) and not text.startswith("#") else []
        # The last column of the errata is the source.
        if found and not (name.endswith("ERRATA-NET-303.md") and re.match(r"^\| \d+ \|.*\| \S[^|]* \|$", text)):
            yield f"{name}:{line}: {', '.join(found)}: no figure, no source"


def figures_of(markdown):
    """Figures that are quoted with a number."""
    return [m.group(4) for m in figures.LINK.finditer(markdown) if re.search(r"\d", m.group(1))]


def broken_links(name, markdown):
    here = (ROOT / name).parent
    for number, line in enumerate(prose_lines(markdown), 1):
        for target, anchor in LINK.findall(line):
            path = here / target if target else ROOT / name
            if not path.exists():
                yield f"{name}:{number}: link to {target}, which is not there"
            elif anchor and path.suffix == ".md" and anchor not in anchors(path.read_text(encoding="utf-8")):
                yield f"{name}:{number}: link to {target}#{anchor}; there is no such anchor"


def misshapen(name, markdown):
    """A section about an anti-pattern has the fixed parts, each with something in it."""
    for line, anchor, text in sections(markdown):
        if "<!-- apis: " not in text:
            continue
        prose = "\n".join(prose_lines(text))
        found = re.findall(r"^### (.*)$", prose, re.MULTILINE)
        if found != SHAPE:
            yield f"{name}:{line}: the parts of #{anchor} are {', '.join(found)}; not {', '.join(SHAPE)}"
        if not re.search(r"^\*\*Problem\.\*\* [^\n]", prose, re.MULTILINE):
            yield f"{name}:{line}: #{anchor} does not begin with its problem"
        parts = re.split(r"^### .*$", text, flags=re.MULTILINE)[1:]
        for part, content in zip(found, parts):
            if len(content.strip()) < 40:
                yield f"{name}:{line}: '{part}' of #{anchor} says nothing"
        measure = parts[found.index("Measure")] if "Measure" in found else ""
        if "```bash" not in measure:
            yield f"{name}:{line}: 'Measure' of #{anchor} has no command"


def misspelt(name, markdown):
    lines = prose_lines(markdown)
    text = "\n".join(without_code(re.sub(r"\[`[^\]]*\]", " ", line)) for line in lines)
    said = subprocess.run(["hunspell", "-d", "en_GB", "-i", "utf-8", "-p", str(WORDS), "-l"], input=text, capture_output=True, text=True,
                          timeout=60, check=True)
    for word in sorted(set(said.stdout.split())):
        number = next((i for i, line in enumerate(lines, 1) if re.search(rf"(?<!\w){re.escape(word)}", line)), 1)
        yield f"{name}:{number}: '{word}' is not in the dictionary, nor in test/guide/words.txt"


def selftest():
    """Mistakes that must be found, beside what is right."""
    page = "docs/workloads/x.md"
    cases = (
        (numbers_without_source, "It takes 5 ms.", 1), (numbers_without_source, "It is 3× faster.", 1),
        (numbers_without_source, "It takes 5 ms [2].", 0), (numbers_without_source, "`sleep 5 ms` in code, IPv4, listen(2), 300 clients", 0),
        (numbers_without_source, "It takes 5 ms.<!-- given: an example -->", 0),
        (numbers_without_source, "One [1].\n\nAnother paragraph with 20 %.", 1), (numbers_without_source, "```\n5 ms\n```", 0),
        (broken_links, "[a](../no-such.md)", 1), (broken_links, "[a](../PERFORMANCE_TUNING.md#no-such)", 1),
        (broken_links, "[a](../PERFORMANCE_TUNING.md#nagle)", 0), (misspelt, "A mesage in `brackts`.", 1), (misspelt, "A message.", 0),
        (misshapen, '<a id="x"></a>\n<!-- apis: asio -->\n### Symptom\nNothing.', 4),
    )
    for find, text, wanted in cases:
        found = list(find(page, text))
        if len(found) != wanted:
            yield f"the test itself: {find.__name__} of {text!r} gives {found}, not {wanted}"


def stale(name, markdown):
    try:
        if figures.renewed(figures.read(), markdown, name) != markdown:
            yield f"{name}:1: its figures are stale; run tools/dev/gen_docs"
    except figures.WrongFigure as error:
        yield str(error)


def too_few(texts, quoted):
    if len(quoted) < LEAST_FIGURES:
        yield f"{len(quoted)} numbers have an id of docs/measurements.json; at least {LEAST_FIGURES}"
    rows = errata_rows(texts)
    if rows < LEAST_ERRATA:
        yield f"docs/ERRATA-NET-303.md has {rows} rows; at least {LEAST_ERRATA}"


def errata_rows(texts):
    return len(re.findall(r"^\| \d+ \|", texts["docs/ERRATA-NET-303.md"], re.MULTILINE))


def main():
    texts, found = documents(), {}
    for rule in (numbers_without_source, broken_links, misshapen, misspelt, stale):
        for name, text in texts.items():
            found[rule, name] = list(rule(name, text))
    quoted = [figure for text in texts.values() for figure in figures_of(text)]
    found["selftest", ""] = list(selftest())
    found["totals", ""] = list(too_few(texts, quoted))
    print("".join(line + "\n" for lines in found.values() for line in lines), end="")

    def count(rule):
        return sum(len(lines) for (of, _), lines in found.items() if of is rule)

    links = sum(len(LINK.findall(line)) for text in texts.values() for line in prose_lines(text))
    print(f"numbers with ids: {len(quoted)}, of {len(set(quoted))} figures; without id or source: {count(numbers_without_source)}")
    print(f"links that resolve: {links - count(broken_links)} of {links}; unknown words: {count(misspelt)}, in {len(texts)} documents; "
          f"errata: {errata_rows(texts)} rows")
    failed = sum(bool(lines) for lines in found.values())
    print(f"{len(found) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
