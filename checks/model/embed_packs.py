#!/usr/bin/env python3
# Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes the C++ file that defines embeddedPacks() and embeddedReference() (EmbeddedPacks.h).

usage: embed_packs.py OUTPUT.cpp REFERENCE.json PACK.json...
"""

import pathlib
import sys

HEADER = """\
// Written by checks/model/embed_packs.py; do not edit.

#include "model/EmbeddedPacks.h"

std::span<const nettune::model::EmbeddedPack> nettune::model::embeddedPacks() {
  static constexpr EmbeddedPack Packs[] = {
"""
FOOTER = """\
  };
  return Packs;
}

std::string_view nettune::model::embeddedReference() {
  return """
LAST = """;
}
"""
DELIMITER = "nettune"


def literal(path: pathlib.Path) -> str:
    text = path.read_text(encoding="utf-8")
    if f'){DELIMITER}"' in text:
        sys.exit(f"{path}: error: holds the end of a C++ raw string, ){DELIMITER}\"")
    return f'R"{DELIMITER}({text}){DELIMITER}"'


def main() -> None:
    if len(sys.argv) < 4:
        sys.exit(__doc__.strip())
    packs = sorted((pathlib.Path(name) for name in sys.argv[3:]), key=lambda path: path.name)
    rows = [f'      {{"{path.name}", {literal(path)}}},\n' for path in packs]
    reference = literal(pathlib.Path(sys.argv[2]))
    pathlib.Path(sys.argv[1]).write_text(HEADER + "".join(rows) + FOOTER + reference + LAST, encoding="utf-8")


if __name__ == "__main__":
    main()
