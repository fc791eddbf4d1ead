#!/usr/bin/env python3
# Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes the C++ file that defines guideText() (Explain.h): the command carries the guide of its version.

usage: embed_guide.py OUTPUT.cpp GUIDE.md
"""

import pathlib
import sys

DELIMITER = "nettune"
# Compilers need not take longer string literals (C++ standard, Annex B).
PIECE = 60000


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    text = pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")
    if f'){DELIMITER}"' in text:
        sys.exit(f"{sys.argv[2]}: error: holds the end of a C++ raw string, ){DELIMITER}\"")
    pieces = "".join(f'\n    R"{DELIMITER}({text[i:i + PIECE]}){DELIMITER}"' for i in range(0, len(text), PIECE))
    pathlib.Path(sys.argv[1]).write_text(
        '// Written by tools/nettune/embed_guide.py; do not edit.\n\n#include "Explain.h"\n\n'
        f"std::string_view nettune::cli::guideText() {{\n  return{pieces};\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
