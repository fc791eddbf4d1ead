#!/usr/bin/env python3
# Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes the C++ file that defines guideText() (Explain.h): the command carries the guide of its version.

usage: embed_guide.py OUTPUT.cpp GUIDE.md WORKLOAD.md...

The pages of workloads follow the guide, each behind the anchor of its workload: low_latency.md behind low-latency.
"""

import pathlib
import sys

DELIMITER = "nettune"
# Compilers need not take longer string literals (C++ standard, Annex B).
PIECE = 60000


def main() -> None:
    if len(sys.argv) < 4:
        sys.exit(__doc__.strip())
    guide, *pages = map(pathlib.Path, sys.argv[2:])
    text = guide.read_text(encoding="utf-8")
    for page in pages:
        anchor = page.stem.replace("_", "-")
        if f'<a id="{anchor}"></a>' not in text:
            sys.exit(f"{guide}: error: no anchor '{anchor}' for {page}")
        text += f'\n<a id="{anchor}"></a>\n' + page.read_text(encoding="utf-8")
    if f'){DELIMITER}"' in text:
        sys.exit(f"{guide}: error: it or a page holds the end of a C++ raw string, ){DELIMITER}\"")
    pieces = "".join(f'\n    R"{DELIMITER}({text[i:i + PIECE]}){DELIMITER}"' for i in range(0, len(text), PIECE))
    pathlib.Path(sys.argv[1]).write_text(
        '// Written by tools/nettune/embed_guide.py; do not edit.\n\n#include "Explain.h"\n\n'
        f"std::string_view nettune::cli::guideText() {{\n  return{pieces};\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
