"""A scratch repository with a small server in it, that the drop-in files are tried on.

`main` holds the server with one call that blocks its loop, which the team knows. The branch `change` adds another, in a function that a function of
the loop calls.
"""

import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXAMPLES = ROOT / "docs/examples/ci"
# Where a project keeps each file.
PLACES = {
    "cmake/Nettune.cmake": "Nettune.cmake",
    "make/nettune.mk": "nettune.mk",
    "pre-commit/.pre-commit-config.yaml": ".pre-commit-config.yaml",
    "github/action.yml": ".github/actions/nettune/action.yml",
    "github/workflow.yml": ".github/workflows/nettune.yml",
    "gitlab/nettune.gitlab-ci.yml": ".gitlab-ci.yml",
}
IGNORED = "build/\n*.o\nserver\ncompile_commands.json\n.cache/\n.nettune-cache/\nnettune.sarif\ngl-code-quality-report.json\n"
OLD, NEW = "'usleep' blocks the event loop", "'sleep' blocks the event loop"
ADDED = """
static void flush() { sleep(1); }
"""


def environment(home, nettune):
    """Of a user who has nothing configured but a name. `nettune`: the folder that goes first in PATH."""
    kept = {k: v for k, v in os.environ.items() if k in ("LANG", "TMPDIR", "CCACHE_DIR") or k.lower().endswith("_proxy")}
    return {**kept, "PATH": f"{nettune}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(home), "LC_ALL": "C.UTF-8",
            "PRE_COMMIT_HOME": str(home / "pre-commit"), "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0",
            "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org"}


class Scratch:
    """`home`: a folder of its own; holds `origin.git` and clones of it."""

    def __init__(self, home, nettune):
        self.home, self.env = home, environment(home, nettune)
        work = home / "first"
        shutil.copytree(HERE / "server", work)
        for source, place in PLACES.items():
            (work / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(EXAMPLES / source, work / place)
        (work / ".gitignore").write_text(IGNORED)
        self.git(work, "init", "-q", "-b", "main")
        self.commit(work, "Server")
        self.git(work, "checkout", "-q", "-b", "change")
        self.block(work)
        self.commit(work, "Flush")
        self.git(work, "checkout", "-q", "main")
        (work / "README").write_text("A server.\n")  # main goes on
        self.commit(work, "Describe it")
        self.git(home, "clone", "-q", "--bare", "first", "origin.git")

    def git(self, directory, *words):
        return subprocess.run(["git", *words], cwd=directory, env=self.env, capture_output=True, text=True, check=True).stdout.strip()

    def commit(self, work, message):
        self.git(work, "add", "-A")
        self.git(work, "commit", "-q", "-m", message)

    def clone(self, name, branch):
        self.git(self.home, "clone", "-q", "-b", branch, str(self.home / "origin.git"), name)
        return self.home / name

    @staticmethod
    def block(work):
        """Adds the blocking call."""
        journal = work / "journal.cpp"
        text = journal.read_text()
        note = text.index("\n// What the team")
        journal.write_text(text[:note] + ADDED + text[note:].replace("usleep(1000);", "usleep(1000);\n  flush();"))

    def run(self, directory, script, env=None, timeout=300):
        """A script of bash, as CI systems run it: (exit code, both outputs)."""
        done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=directory, env={**self.env, **(env or {})},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout, check=False, stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout
