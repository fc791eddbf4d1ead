#!/usr/bin/env python3
"""`nettune check --diff` of changes that go into submodules: another commit of one, and what is edited within.

Usage: test/gate/submodules.py [NAME...]
"""

import shutil
import unittest

from repository import Repository, run_tests

QUICK = "void log(int) {}\n"
SLOW = "#include <unistd.h>\nvoid log(int) { sleep(1); }\n"
SITE = "lib/log.cpp: void log(int) { sleep(1); }"


class Submodules(unittest.TestCase):
    def setUp(self):
        """The server calls a library, which is a submodule."""
        self.r = Repository("submodules_" + self._testMethodName)
        self.r.edit("service.cpp", "{ save(order); }", "{ save(order); log(order); }")
        self.r.edit("service.cpp", "void service::handle", "void log(int);\nvoid service::handle")
        self.origin = self.r.home / "origin"
        self.origin.mkdir()
        self.r.git("init", "-q", "-b", "main", cwd=self.origin)
        self.at_origin("log.cpp", QUICK)
        self.r.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(self.origin), "lib")
        self.r.commit("Library")
        self.lib = self.r.source / "lib"

    def at_origin(self, file, text):
        (self.origin / file).write_text(text)
        self.r.git("add", "-A", cwd=self.origin)
        self.r.git("commit", "-q", "-m", file, cwd=self.origin)

    def pull(self):
        self.r.git("pull", "-q", cwd=self.lib)

    def new(self, *expected, words=("--diff=HEAD",), env=None):
        run = self.r.nettune("check", *words, env=env)
        self.assertEqual((run.returncode, self.r.findings(run)), (1 if expected else 0, list(expected)), run.stdout + run.stderr)
        return run

    def test_another_commit(self):
        self.new()
        self.at_origin("log.cpp", SLOW)
        self.pull()
        self.new(SITE)
        self.new(SITE, words=("--diff-lines", "--diff=HEAD"))
        self.r.git("add", "lib")
        self.new(SITE)
        self.r.git("config", "diff.ignoreSubmodules", "all")
        self.r.git("config", "-f", ".gitmodules", "submodule.lib.ignore", "all")
        self.new(SITE)
        self.r.commit("Library")
        self.new()
        self.new(SITE, words=("--diff=HEAD~1",))

    def test_edited_within(self):
        self.r.write("lib/log.cpp", SLOW)
        self.new(SITE)
        self.new(SITE, words=("--diff-lines", "--diff=HEAD"))
        self.r.git("commit", "-q", "-a", "-m", "Slow", cwd=self.lib)
        self.r.commit("Library")
        self.new()
        self.r.write("lib/more.cpp", "void more() {}\n")
        self.r.edit("lib/log.cpp", "sleep(1);", "usleep(1);")
        self.new("lib/log.cpp: void log(int) { usleep(1); }")

    def test_environment_of_a_hook(self):
        """It names the repository around, also to what is run within."""
        self.r.write("lib/log.cpp", SLOW)
        git = self.r.source / ".git"
        self.new(SITE, env={"GIT_DIR": str(git), "GIT_INDEX_FILE": str(git / "index")})
        self.new(SITE, env={"GIT_DIR": str(git), "GIT_WORK_TREE": str(self.r.source)})

    def test_new_one(self):
        self.at_origin("log.cpp", SLOW)
        self.pull()
        self.r.commit("Slow")
        self.new(SITE, words=("--diff=HEAD~2",))  # where the library was not there at all
        self.new(SITE, words=("--diff-lines", "--diff=HEAD~2"))

    def test_one_within_another(self):
        inner = self.r.home / "inner"
        inner.mkdir()
        self.r.git("init", "-q", "-b", "main", cwd=inner)
        (inner / "deep.cpp").write_text("void deep() {}\n")
        self.r.git("add", "-A", cwd=inner)
        self.r.git("commit", "-q", "-m", "Deep", cwd=inner)
        self.r.write("lib/log.cpp", "void deep();\nvoid log(int) { deep(); }\n")
        self.r.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner), "deep", cwd=self.lib)
        self.r.git("commit", "-q", "-a", "-m", "Deep", cwd=self.lib)
        self.r.commit("Deep")
        self.new()
        self.r.write("lib/deep/deep.cpp", "#include <unistd.h>\nvoid deep() { sleep(1); }\n")
        self.new("lib/deep/deep.cpp: void deep() { sleep(1); }")
        self.new("lib/deep/deep.cpp: void deep() { sleep(1); }", words=("--diff=HEAD~1",))

    def test_commit_that_is_not_there(self):
        """As where a CI system fetches submodules with their newest commit only: it is said, and the rest is compared."""
        self.at_origin("log.cpp", SLOW)
        self.pull()
        self.r.commit("Slow")
        shutil.rmtree(self.lib)
        self.r.git("clone", "-q", "--depth", "1", f"file://{self.origin}", str(self.lib))
        run = self.new(words=("--diff=HEAD~1",))
        self.assertRegex(run.stderr, r"src/lib: warning: the submodule is compared as it is now: its commit [0-9a-f]{12} of the base is not there")
        self.r.edit("store.cpp", "void save", "#include <unistd.h>\nvoid save")
        self.r.edit("store.cpp", "if (order > 0)", "sleep(1);\n  if (order > 0)")
        self.new("store.cpp: sleep(1);", words=("--diff=HEAD~1",))

    def test_not_checked_out(self):
        self.r.edit("service.cpp", " log(order);", "")
        self.r.edit("service.cpp", "void log(int);\n", "")
        self.r.commit("Without")
        self.r.git("submodule", "deinit", "-q", "-f", "lib")
        run = self.new()
        self.assertNotIn("submodule", run.stderr)
        self.new(words=("--diff=HEAD~1",))

    def test_broken_one(self):
        (self.lib / ".git").write_text("gitdir: /no/such/place\n")
        run = self.new()
        self.assertIn("src/lib: warning: the submodule is compared as it is now", run.stderr)

    def test_removed(self):
        self.r.edit("service.cpp", " log(order);", "")
        self.r.edit("service.cpp", "void log(int);\n", "")
        self.r.git("rm", "-q", "-f", "lib")
        self.new()

    def test_root_within(self):
        """The submodule itself is what is checked: then it is the working tree."""
        self.r.write("lib/log.cpp", SLOW + '#include "messaging.h"\nvoid wire(messaging::messaging_server &server) {\n  server.set_connect_handler([](auto) { log(1); });\n}\n')
        run = self.r.nettune("check", "--diff=HEAD", source=self.lib)
        self.assertEqual((run.returncode, run.stdout.count(" warning: ")), (1, 1), run.stdout + run.stderr)


if __name__ == "__main__":
    run_tests(Submodules)
