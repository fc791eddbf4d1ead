#!/usr/bin/env python3
# Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes the C++ file that defines what Explain.h says of the guide and of the checks' pages: the command carries those of its version.

usage: embed_guide.py OUTPUT.cpp GUIDE.md CHECK_PAGES WORKLOAD_PAGES [CMARK_GFM]

The pages of workloads follow the guide, each behind the anchor of its workload: low_latency.md behind low-latency. Without cmark-gfm, guideHtml() is empty.
"""

import pathlib
import re
import subprocess
import sys

from embed_text import function, write

SNIPPET = re.compile(r"^<!-- snippet: (BAD|GOOD|BEFORE)\b ?(\S*).*-->$", re.MULTILINE)
LABELS = {"BAD": "Bad: {}", "BEFORE": "Before", "GOOD": "Good"}
# Beside a report there are no other documents.
RELATIVE_LINK = re.compile(r'<a href="(?!https?:|#)[^"]*"(?: title="[^"]*")?>(.*?)</a>', re.DOTALL)


def html(markdown: str, cmark: str) -> str:
    """The guide as HTML, its anchors on lines of their own; links that lead into it or to the web are kept."""
    labelled = SNIPPET.sub(lambda m: f'<p class="snippet {m.group(1)}">{LABELS[m.group(1)].format(m.group(2))}</p>\n', markdown)
    done = subprocess.run([cmark, "--unsafe", "-e", "table", "-e", "autolink"], input=labelled, capture_output=True, encoding="utf-8", check=True)
    body = re.sub(r"<!--.*?-->\n?", "", done.stdout, flags=re.DOTALL)
    body = body.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")
    body = re.sub(r'^<p>(<a id="[^"]*"></a>)</p>$', r"\1", body, flags=re.MULTILINE)
    return RELATIVE_LINK.sub(r"\1", body)


def summaries(pages: pathlib.Path) -> str:
    """The first sentence of each check's page."""
    rows = ""
    for page in sorted(pages.glob("*.md")):
        found = re.match(r"# (nettune-\S+)\s+(.*?)(?:\n\n|\Z)", page.read_text(encoding="utf-8"), re.DOTALL)
        if found:
            paragraph = " ".join(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", found.group(2)).replace("`", "").split())
            sentence = re.match(r".*?[.](?= |$)", paragraph)
            rows += f'  if (Check == "{found.group(1)}")\n    return R"nettune({sentence.group() if sentence else paragraph})nettune";\n'
    if not rows:
        sys.exit(f"{pages}: error: no page of a check")
    return f"\nstd::string_view nettune::cli::checkSummary(std::string_view Check) {{\n{rows}  return {{}};\n}}\n"


def main() -> None:
    if len(sys.argv) not in (5, 6):
        sys.exit(__doc__.strip())
    guide = pathlib.Path(sys.argv[2])
    text = guide.read_text(encoding="utf-8")
    rendered = html(text, sys.argv[5]) if len(sys.argv) == 6 else ""
    for page in sorted(pathlib.Path(sys.argv[4]).glob("*.md")):
        anchor = page.stem.replace("_", "-")
        if f'<a id="{anchor}"></a>' not in text:
            sys.exit(f"{guide}: error: no anchor '{anchor}' for {page}")
        text += f'\n<a id="{anchor}"></a>\n' + page.read_text(encoding="utf-8")
    write(sys.argv[1], "embed_guide.py", "Explain.h", function("guideText", text, str(guide)) + function("guideHtml", rendered, str(guide)) +
          summaries(pathlib.Path(sys.argv[3])))


if __name__ == "__main__":
    main()
