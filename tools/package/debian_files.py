#!/usr/bin/env python3
"""Writes what Debian wants to lie in share/doc/nettune: changelog.Debian.gz and copyright.

Usage: debian_files.py VERSION MAINTAINER DIRECTORY

The changelog points at docs/CHANGELOG.md, which is installed beside it. Its date is that of the last commit, or SOURCE_DATE_EPOCH.
"""

import email.utils
import gzip
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHANGELOG = """nettune ({version}) unstable; urgency=medium

  * See changelog.gz, the changelog of nettune itself.

 -- {maintainer}  {date}
"""
COPYRIGHT = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: nettune

Files: *
Copyright: 2026 the nettune contributors
License: Apache-2.0 with LLVM exception

License: Apache-2.0 with LLVM exception
 On Debian systems, the text of the Apache License 2.0 is in
 /usr/share/common-licenses/Apache-2.0. The exception:
 .
"""


def seconds():
    """When what is packaged was last changed, since the epoch."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    done = subprocess.run(["git", "-C", str(ROOT), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else int(time.time())


def exception():
    """LLVM's exception, as it stands at the end of LICENSE."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    start = text.find("LLVM Exceptions to the Apache 2.0 License")
    if start < 0:
        sys.exit("debian_files.py: LICENSE has no 'LLVM Exceptions to the Apache 2.0 License'")
    lines = [line.rstrip() for line in text[start:].splitlines() if not line.startswith("----")]
    return "".join(f" {line or '.'}\n" for line in lines).rstrip(". \n") + ".\n"


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__.strip())
    version, maintainer, target = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    target.mkdir(parents=True, exist_ok=True)
    entry = CHANGELOG.format(version=version, maintainer=maintainer, date=email.utils.formatdate(seconds()))
    (target / "changelog.Debian.gz").write_bytes(gzip.compress(entry.encode(), 9, mtime=0))
    changes = (ROOT / "docs/CHANGELOG.md").read_bytes()
    (target / "changelog.gz").write_bytes(gzip.compress(changes, 9, mtime=0))
    (target / "copyright").write_text(COPYRIGHT + exception(), encoding="utf-8")


if __name__ == "__main__":
    main()
