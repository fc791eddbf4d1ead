#!/usr/bin/env python3
# Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes a C++ file that defines functions, each of which returns the text of a file.

usage: embed_text.py OUTPUT.cpp HEADER FUNCTION=FILE...

The functions are of the namespace nettune::cli and declared in HEADER, as `std::string_view FUNCTION();`.
"""

import pathlib
import sys

DELIMITER = "nettune"
# Compilers need not take longer string literals (C++ standard, Annex B).
PIECE = 60000


def literal(text: str, origin: str) -> str:
    """The text as a C++ string literal; `origin`: where it is from, for errors."""
    if f'){DELIMITER}"' in text:
        sys.exit(f"{origin}: error: holds the end of a C++ raw string, ){DELIMITER}\"")
    return "".join(f'\n    R"{DELIMITER}({text[i:i + PIECE]}){DELIMITER}"' for i in range(0, max(len(text), 1), PIECE))


def function(name: str, text: str, origin: str) -> str:
    return f"\nstd::string_view nettune::cli::{name}() {{\n  return{literal(text, origin)};\n}}\n"


def write(output: str, script: str, header: str, definitions: str) -> None:
    pathlib.Path(output).write_text(f'// Written by tools/nettune/{script}; do not edit.\n\n#include "{header}"\n{definitions}', encoding="utf-8")


def main() -> None:
    if len(sys.argv) < 4 or not all("=" in word for word in sys.argv[3:]):
        sys.exit(__doc__.strip())
    definitions = ""
    for word in sys.argv[3:]:
        name, _, file = word.partition("=")
        definitions += function(name, pathlib.Path(file).read_text(encoding="utf-8"), file)
    write(sys.argv[1], "embed_text.py", sys.argv[2], definitions)


if __name__ == "__main__":
    main()
