"""Writes what the sources were at another commit, as `nettune check --diff` tells `nettune summarize --base`.

Usage: base_files.py OUTPUT NAME=FILE...     NAME was what FILE holds; NAME= alone: it was not there
Each string stands behind its length, 64 bits, little endian; a file that was not there has the length 2^64-1.
"""

import struct
import sys
from pathlib import Path

with open(sys.argv[1], "wb") as out:
    for name, _, file in (word.partition("=") for word in sys.argv[2:]):
        out.write(struct.pack("<Q", len(name.encode())) + name.encode())
        content = Path(file).read_bytes() if file else b""
        out.write(struct.pack("<Q", len(content) if file else 2**64 - 1) + content)
