#!/usr/bin/env python3
"""`nettune check --diff` in repositories as they are: whatever git is configured to do, and whatever state they are in.

Usage: test/gate/git.py [NAME...]
"""

import os
import re
import shutil
import unittest

from repository import BLOCKING_NOTE, Repository, run_tests

SITE = "names.cpp: getaddrinfo(host, nullptr, nullptr, &found);"
SETTINGS = """diff.orderFile=/no/such/file diff.noprefix=true diff.mnemonicPrefix=true diff.external=/bin/false color.ui=always color.diff=always
diff.renames=false diff.renameLimit=1 core.quotePath=true diff.ignoreSubmodules=all diff.context=20 diff.interHunkContext=100 diff.relative=true
diff.colorMoved=zebra diff.submodule=log diff.wordRegex=. diff.algorithm=nosuch core.fsmonitor=/no/such/hook status.showUntrackedFiles=no
core.pager=/bin/false diff.srcPrefix=x diff.wsErrorHighlight=all core.abbrev=4""".split()


class Git(unittest.TestCase):
    def setUp(self):
        self.r = Repository("git_" + self._testMethodName)

    def new(self, *expected, words=("--diff=HEAD",), env=None):
        run = self.r.nettune("check", *words, env=env)
        self.assertEqual((run.returncode, self.r.findings(run)), (1 if expected else 0, list(expected)), run.stdout + run.stderr)
        return run

    def old_moved_and_new(self):
        """An old call in a renamed file, another one in lines that nobody touched, and a new one. (What is new, what stands in changed lines.)"""
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        self.r.edit("service.cpp", "{ save(order); }", "{ save(order); }\nvoid service::others() {}\n")
        self.r.edit("service.h", "handle(int order);", "handle(int order);\n  void others();")
        self.r.edit("tool.cpp", "void offline", "// One\n// two\n// three.\nvoid offline")
        self.r.commit("Block")
        self.r.git("mv", "names.cpp", "näme s.cpp")
        self.r.edit("service.cpp", "others() {}", 'others() { late(); }')
        self.r.edit("service.cpp", "void service::handle", "void late();\nvoid service::handle")
        self.r.edit("main.cpp", "s.handle(1);", "s.handle(1); s.others();")
        self.r.write("late.cpp", "#include <unistd.h>\nvoid late() { sleep(1); }\n")
        return ["late.cpp: void late() { sleep(1); }"], ["late.cpp: void late() { sleep(1); }", "näme s.cpp: " + SITE.split(": ")[1]]

    def test_settings_of_the_user(self):
        new, _ = self.old_moved_and_new()
        self.new(*new)
        for setting in SETTINGS:
            with self.subTest(setting):
                self.r.git("config", *setting.split("=", 1))
                self.new(*new)
                self.r.git("config", "--unset", setting.split("=", 1)[0])

    def in_lines(self, env=None):
        self.new("main.cpp: server.set_message_handler([&s](auto, auto) { s.handle(1); sleep(2); });", words=("--diff-lines", "--diff=HEAD"), env=env)

    def blocks_beside(self):
        """A changed line three lines away from an old finding."""
        self.r.edit("main.cpp", "s.handle(1); });\n", "s.handle(1); });\n  // The\n  // others.\n  server.set_connect_handler([](auto) { sleep(3); });\n")
        self.r.edit("main.cpp", "#include", "#include <unistd.h>\n#include", 1)
        self.r.commit("Old")
        self.r.edit("main.cpp", "s.handle(1);", "s.handle(1); sleep(2);")

    def test_settings_and_lines(self):
        self.blocks_beside()
        self.in_lines()
        for setting in SETTINGS:
            with self.subTest(setting):
                self.r.git("config", *setting.split("=", 1))
                self.in_lines()
                self.r.git("config", "--unset", setting.split("=", 1)[0])

    def test_attributes(self):
        """Files that git shows no differences of, or by way of a program."""
        self.blocks_beside()
        self.r.write(".gitattributes", "*.cpp -diff\n")
        self.in_lines()
        self.r.write(".gitattributes", "*.cpp diff=own\n")
        self.r.git("config", "diff.own.command", "/bin/false")
        self.r.git("config", "diff.own.textconv", "/bin/false")
        self.r.git("config", "diff.own.binary", "true")
        self.in_lines()

    def test_environment_of_a_hook(self):
        self.blocks_beside()
        self.in_lines(env={"GIT_DIFF_OPTS": "--unified=30", "GIT_EXTERNAL_DIFF": "/bin/false"})
        self.in_lines(env={"GIT_DIR": str(self.r.source / ".git"), "GIT_INDEX_FILE": str(self.r.source / ".git/index.lock"), "GIT_PREFIX": "x/"})
        (self.r.source / "server").mkdir()
        for file in self.r.source.glob("*.[ch]*"):
            shutil.move(file, self.r.source / "server" / file.name)
        self.r.commit("Below")
        self.r.edit("server/names.cpp", *BLOCKING_NOTE)
        run = self.r.nettune("check", "--diff=HEAD", source=self.r.source / "server", env={"GIT_DIR": str(self.r.source / ".git")})
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertEqual(run.stdout.count(" warning: "), 1, run.stdout)

    def test_index_is_left_alone(self):
        """A file that was only touched is no change, and another git may hold the index."""
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        self.r.commit("Block")
        self.new()
        os.utime(self.r.source / "names.cpp", (1, 1))
        (self.r.source / ".git/index.lock").write_text("")
        before = (self.r.source / ".git/index").read_bytes()
        run = self.new(words=("--diff=HEAD", "--timings"))
        self.assertEqual((self.r.source / ".git/index").read_bytes(), before)
        self.assertFalse((self.r.build / ".cache/nettune/base/files").exists(), run.stderr)

    def test_out_of_the_index_and_still_there(self):
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        self.r.commit("Block")
        self.r.git("rm", "-q", "--cached", "names.cpp")
        self.new()
        self.r.write(".gitignore", "names.cpp\n")
        self.new()
        self.r.edit("names.cpp", "if (order)", "if (order > 1)")
        self.r.edit("names.cpp", "  getaddrinfo(", "  getaddrinfo(host, host, nullptr, &found);\n  getaddrinfo(")
        self.new("names.cpp: getaddrinfo(host, host, nullptr, &found);")

    def conflict(self, merge):
        self.r.git("checkout", "-q", "-b", "topic")
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        self.r.edit("service.cpp", "{ save(order); }", "{ save(order + 1); }")
        self.r.commit("Topic")
        self.r.git("checkout", "-q", "main")
        self.r.edit("service.cpp", "{ save(order); }", "{ save(order + 2); }")
        self.r.commit("Main")
        self.r.git("checkout", "-q", "topic")
        with self.assertRaises(AssertionError):
            self.r.git(*merge)

    def test_merge_in_progress(self):
        self.conflict(["merge", "main"])
        run = self.r.nettune("check", "--diff=main", "service.cpp")
        self.assertIn("1 with errors", run.stderr)  # the marks of the conflict do not compile
        self.r.write("service.cpp", '#include "service.h"\n#include "store.h"\nvoid service::handle(int order) { save(order + 3); }\n')
        self.new(SITE, words=("--diff=main",))
        self.new(words=("--diff=HEAD",))

    def test_rebase_in_progress(self):
        self.conflict(["rebase", "main"])
        self.assertTrue((self.r.source / ".git/rebase-merge").exists())
        self.r.write("service.cpp", '#include "service.h"\n#include "store.h"\nvoid service::handle(int order) { save(order + 3); }\n')
        self.new(SITE, words=("--diff=main",))
        self.new(SITE, words=("--diff=HEAD",))

    def test_deleted_on_one_side(self):
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        self.r.commit("Block")
        self.r.git("checkout", "-q", "-b", "topic")
        self.r.edit("tool.cpp", "a.example", "b.example")
        self.r.commit("Topic")
        self.r.git("checkout", "-q", "main")
        (self.r.source / "tool.cpp").unlink()
        self.r.commit("Main")
        self.r.git("checkout", "-q", "topic")
        with self.assertRaises(AssertionError):
            self.r.git("merge", "main")
        for base in ("HEAD", "main"):
            self.new(words=("--diff=" + base,))

    def test_detached_head(self):
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        self.r.commit("Block")
        self.r.git("checkout", "-q", "--detach")
        self.new()
        self.new(SITE, words=("--diff=HEAD~1",))
        self.new(SITE, words=("--diff", "--fail-on=new"), env={"CI_MERGE_REQUEST_DIFF_BASE_SHA": self.r.git("rev-parse", "HEAD~1")})

    def test_linked_worktree(self):
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        self.r.commit("Block")
        linked = self.r.home / "linked"
        self.r.git("worktree", "add", "-q", "-b", "topic", str(linked))
        self.r.source = linked
        self.new()
        self.new(SITE, words=("--diff=HEAD~1",))
        self.r.edit("service.cpp", "{ save(order); }", "{ save(order); report(order); }")
        where = self.r.git("rev-parse", "--absolute-git-dir")
        self.new("service.cpp: void service::handle(int order) { save(order); report(order); }", env={"GIT_DIR": where, "GIT_INDEX_FILE": where + "/index"})

    def test_names_of_any_bytes(self):
        for name in ("new\nline.cpp", os.fsdecode(b"b\xe9\xff.cpp"), "a b\t\"'.cpp", "ends with blank .cpp"):
            with self.subTest(name):
                self.r.write(name, "void late();\n#include <unistd.h>\n\n\n\nvoid late() { sleep(1); }\n")
                self.r.edit("service.cpp", "{ save(order); }", "{ save(order); late(); }")
                self.r.edit("service.cpp", "void service::handle", "void late();\nvoid service::handle")
                shown = name.replace("\n", "<U+000A>").replace("\t", "<U+0009>").replace(os.fsdecode(b"\xe9\xff"), "<E9><FF>")
                for words, found in ((["--diff=HEAD"], 1), (["--diff-lines", "--diff=HEAD"], 1)):
                    run = self.r.nettune("check", *words)
                    self.assertEqual((run.returncode, run.stdout.count(shown + ":6:15: warning: 'sleep' blocks")), (found, found), run.stdout + run.stderr)
                self.r.commit("Late")
                for words in (["--diff=HEAD"], ["--diff-lines", "--diff=HEAD"]):
                    self.new(words=words)
                self.r.edit(name, "sleep(1);", "sleep(1); usleep(order);")
                self.r.edit(name, "void late();", "static int order;")
                for words in (["--diff=HEAD"], ["--diff-lines", "--diff=HEAD"]):
                    run = self.r.nettune("check", *words)
                    self.assertRegex(run.stdout, re.escape(shown) + ":6:(15|25): warning: ", run.stderr)  # two calls are one finding
                self.r.git("mv", name, "renamed.cpp")
                self.r.edit("renamed.cpp", " usleep(order);", "")
                self.new()
                self.r.git("rm", "-q", "-f", "renamed.cpp")
                self.r.edit("service.cpp", "void late();\n", "")
                self.r.edit("service.cpp", " late();", "")
                self.r.commit("As before")

    def test_links(self):
        """A file that is a link: to another one now, or to one that has changed."""
        self.r.edit("service.cpp", "{ save(order); }", '{ save(order); pause_a_while(); }')
        self.r.edit("service.cpp", '#include "store.h"', '#include "store.h"\n#include "pause.h"')
        self.r.write("quick.hpp", "#pragma once\ninline void pause_a_while() {}\n")
        self.r.write("slow.hpp", "#pragma once\n#include <unistd.h>\ninline void pause_a_while() { sleep(1); }\n")
        link = self.r.source / "pause.h"
        link.symlink_to("quick.hpp")
        self.r.commit("Quick")
        link.unlink()
        link.symlink_to("slow.hpp")
        run = self.r.nettune("check", "--diff=HEAD")
        self.assertEqual(run.returncode, 1, run.stdout + run.stderr)
        self.assertIn("pause.h:3:31: warning: 'sleep' blocks", run.stdout)
        self.r.commit("Slow")
        self.new()
        self.r.edit("slow.hpp", "sleep(1);", "sleep(1); sleep(2);")
        run = self.r.nettune("check", "--diff=HEAD")
        self.assertEqual(run.stdout.count(" warning: "), 1, run.stdout + run.stderr)

    def test_directory_that_is_a_link(self):
        """As where headers are included by way of include/NAME, a link to where they are."""
        self.r.write("src/pause.h", "#pragma once\n#include <unistd.h>\ninline void pause_a_while() {}\n")
        self.r.write("src/other.h", "#pragma once\ninline void other() {}\n")
        (self.r.source / "include").mkdir()
        (self.r.source / "include/own").symlink_to("../src")
        self.r.includes = ["include"]
        self.r.edit("service.cpp", "{ save(order); }", '{ save(order); pause_a_while(); }')
        self.r.edit("service.cpp", '#include "store.h"', '#include "store.h"\n#include "own/pause.h"\n#include "own/other.h"')
        self.r.commit("Quick")
        self.r.edit("src/pause.h", "() {}", "() { sleep(1); }")
        run = self.r.nettune("check", "--diff=HEAD")
        self.assertEqual((run.returncode, run.stdout.count(" warning: ")), (1, 1), run.stdout + run.stderr)
        self.r.commit("Slow")
        self.r.edit("src/pause.h", "sleep(1);", "\n// one\nsleep(1);")
        self.r.git("rm", "-q", "-f", "src/other.h")
        self.r.edit("service.cpp", '#include "own/other.h"', "")
        run = self.new()
        self.assertNotIn("at the base", run.stderr)

    def test_files_by_way_of_a_link(self):
        """Where a user stands in a linked directory, or names a link, the build knows the file by another name."""
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        link = self.r.home / "link"
        link.symlink_to(self.r.source)
        (self.r.home / "other.cpp").symlink_to(self.r.source / "names.cpp")
        for name, found in ((self.r.source / "names.cpp", 1), (link / "names.cpp", 1), (self.r.home / "other.cpp", 1), (link / "tool.cpp", 0), (link / "names.h", 0)):
            with self.subTest(name):
                run = self.r.nettune("check", name)
                self.assertEqual((run.returncode, len(self.r.findings(run))), (found, found), run.stdout + run.stderr)

    def test_repository_within_that_git_does_not_know(self):
        inner = self.r.source / "third"
        inner.mkdir()
        self.r.write("third/late.cpp", "#include <unistd.h>\nvoid late() { sleep(1); }\n")
        self.r.git("init", "-q", "-b", "main", cwd=inner)
        self.r.git("add", "-A", cwd=inner)
        self.r.git("commit", "-q", "-m", "Late", cwd=inner)
        self.r.edit("service.cpp", "{ save(order); }", "{ save(order); late(); }")
        self.r.edit("service.cpp", "void service::handle", "void late();\nvoid service::handle")
        self.new("third/late.cpp: void late() { sleep(1); }")

    def test_without_any_commit(self):
        shutil.rmtree(self.r.source / ".git")
        self.r.git("init", "-q", "-b", "main")
        run = self.r.nettune("check", "--diff=HEAD")
        self.assertEqual((run.returncode, run.stdout), (2, ""), run.stderr)
        self.assertIn("'HEAD' (--diff=HEAD), is not there: ", run.stderr)
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        self.r.commit("The only one")
        self.new()
        self.r.edit("service.cpp", "{ save(order); }", "{ save(order); report(order); }")
        self.new("service.cpp: void service::handle(int order) { save(order); report(order); }")

    def test_configuration_that_git_refuses(self):
        self.r.write(".git/config", (self.r.source / ".git/config").read_text() + "[diff\n")
        run = self.r.nettune("check", "--diff=HEAD")
        self.assertEqual((run.returncode, run.stdout), (2, ""), run.stderr)
        self.assertRegex(run.stderr, r"^nettune: .*fatal: bad config .*\n$")


if __name__ == "__main__":
    run_tests(Git)
