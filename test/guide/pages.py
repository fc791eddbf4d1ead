#!/usr/bin/env python3
"""The guide as HTML: each link leads to a page and an anchor, diagnostics' links too; nothing comes from elsewhere, pictures are there; code is kept."""

import html
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

from markdown import ROOT, fenced_blocks

sys.path.insert(0, str(ROOT / "tools/dev"))
import registry  # noqa: E402  (where the tools are)


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.loaded, self.pictures, self.code, self.inside = [], [], [], [], "", False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if tag == "a" and "href" in values else []
        # What a browser would fetch: pictures that lie beside the page, and nothing else.
        self.loaded += [tag] if tag in ("script", "iframe", "link", "object") else []
        self.pictures += [values.get("src", "")] if tag == "img" else []
        self.inside |= tag == "pre"

    def handle_endtag(self, tag):
        self.inside &= tag != "pre"

    def handle_data(self, data):
        self.code += data if self.inside else ""


def broken(folder, pages):
    for path, page in pages.items():
        for link in (link for link in page.links if not re.match(r"https?:|mailto:", link)):
            target, _, anchor = link.partition("#")
            found = (path.parent / target).resolve() if target else path
            if not found.is_file():
                yield f"{path.relative_to(folder)}: link to {link}: no such page"
            elif anchor and anchor not in pages[found].ids:
                yield f"{path.relative_to(folder)}: link to {link}: no such anchor"


def problems(folder):
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}
    yield from broken(folder, pages)
    for path, page in pages.items():
        name = path.relative_to(folder)
        for picture in page.pictures:
            if ":" in picture or not (path.parent / picture).is_file():
                yield f"{name}: no picture {picture}"
        if page.loaded:
            yield f"{name}: would load {', '.join(page.loaded)}"
        twice = {i for i in page.ids if page.ids.count(i) > 1}
        if twice:
            yield f"{name}: anchors that stand twice: {', '.join(sorted(twice))}"
    guide = pages[folder / "PERFORMANCE_TUNING.html"]
    for anchor in {check.anchor for check in registry.read_checks()[0]}:
        if anchor not in guide.ids:
            yield f"PERFORMANCE_TUNING.html: no anchor {anchor}, which diagnostics link to"
    markdown = (ROOT / registry.GUIDE).read_text(encoding="utf-8")
    for block in fenced_blocks(markdown):
        if block.code.strip() not in guide.code:
            yield f"{registry.GUIDE}:{block.line}: the block is not in the page as it is"
    text = (folder / "PERFORMANCE_TUNING.html").read_text(encoding="utf-8")
    for kind in ("BAD", "BEFORE", "GOOD"):
        marks, labels = len(re.findall(rf"^<!-- snippet: {kind}\b", markdown, re.MULTILINE)), text.count(f'class="snippet {kind}"')
        if marks != labels:
            yield f"PERFORMANCE_TUNING.html: {labels} blocks are labelled {kind}, of {marks}"
    if "<!--" in html.unescape(text):
        yield "PERFORMANCE_TUNING.html: holds a comment"


def main():
    with tempfile.TemporaryDirectory(prefix="nettune_html.") as scratch:
        folder = Path(scratch).resolve()
        done = subprocess.run([ROOT / "tools/dev/gen_html", folder], capture_output=True, text=True, check=False)
        found = list(problems(folder)) if done.returncode == 0 else [done.stderr.strip()]
        count = len(list(folder.rglob("*.html")))
    print("".join(line + "\n" for line in found), end="")
    print(f"HTML: {count} pages, links and anchors resolve" if not found else f"HTML: {len(found)} problems")
    print(f"{count if not found else 0} passed, {len(found)} failed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
