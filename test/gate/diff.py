#!/usr/bin/env python3
"""What `nettune check --diff` says of the changes that people make: a scripted git history of a small server.

Each test changes the working tree and names the findings that are new, by file and the text of the line.
Usage: test/gate/diff.py [NAME...]
"""

import shutil
import unittest

from repository import BLOCKING_NOTE, Repository, run_tests


class Diff(unittest.TestCase):
    def setUp(self):
        self.r = Repository(self._testMethodName)

    def new(self, *expected, words=("--diff=HEAD",), env=None):
        run = self.r.nettune("check", *words, env=env)
        self.assertEqual(self.r.findings(run), list(expected), run.stdout + run.stderr)
        self.assertEqual(run.returncode, 1 if expected else 0, run.stderr)
        return run

    def blocks(self):
        """The base has a call that blocks, three calls away from the handler."""
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        self.r.commit("Block")

    SITE = "names.cpp: getaddrinfo(host, nullptr, nullptr, &found);"

    def test_call_three_files_from_the_handler(self):
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        run = self.new(self.SITE)
        self.assertIn("main.cpp:4:", run.stdout)
        self.assertIn("compared to", run.stderr)
        self.r.commit("Block")
        self.new()
        self.new(self.SITE, words=("--diff=HEAD~1",))

    def test_nothing_changed(self):
        self.blocks()
        self.new()

    def test_reformatted_and_moved(self):
        self.blocks()
        text = (self.r.source / "names.cpp").read_text().replace("getaddrinfo(host, nullptr,", "getaddrinfo(\n      host, // which\n      nullptr,")
        note, resolve = text.split("void resolve")
        self.r.write("lib/resolver.cpp", '// moved\n\n#include "names.h"\n#include <netdb.h>\nvoid resolve' + resolve)
        self.r.write("names.cpp", note)
        self.r.edit("main.cpp", "void wire", "\n\n// more lines\nvoid wire")
        self.new()

    def test_renamed_file(self):
        self.blocks()
        (self.r.source / "net").mkdir()
        self.r.git("mv", "names.cpp", "net/names.cpp")
        self.new()

    def test_file_merged_into_another(self):
        self.blocks()
        self.r.edit("store.cpp", '#include "names.h"\n', (self.r.source / "names.cpp").read_text())
        (self.r.source / "names.cpp").unlink()
        self.new()

    def test_renamed_functions(self):
        self.blocks()
        for file in ("store.h", "store.cpp", "service.cpp"):
            self.r.edit(file, "save(", "store_order(")
        for file in ("names.h", "names.cpp", "tool.cpp"):
            self.r.edit(file, "resolve(", "look_up(")
        self.new()

    def test_extracted_function(self):
        self.blocks()
        self.r.edit("names.cpp", "void resolve", "static void ask(const char *host) {\n  addrinfo *found = nullptr;\n  "
                    "getaddrinfo(host, nullptr, nullptr, &found);\n}\n\nvoid resolve")
        self.r.edit("names.cpp", "{\n  addrinfo *found = nullptr;\n  getaddrinfo(host, nullptr, nullptr, &found);\n}\n" * 1, "{ ask(host); }\n")
        text = (self.r.source / "names.cpp").read_text()
        self.r.write("names.cpp", text.replace("static void ask(const char *host) { ask(host); }",
                     "static void ask(const char *host) {\n  addrinfo *found = nullptr;\n  getaddrinfo(host, nullptr, nullptr, &found);\n}"))
        self.new()

    def test_new_handler_of_an_old_wrapper(self):
        self.blocks()
        self.r.edit("main.cpp", "s.handle(1); });\n", "s.handle(1); });\n  server.set_connect_handler([](auto) { report(2); });\n")
        self.r.edit("main.cpp", '#include "service.h"\n', '#include "service.h"\n#include "store.h"\n')
        run = self.new("main.cpp: server.set_connect_handler([](auto) { report(2); });")
        self.assertIn("'report' calls 'note' here", run.stdout)

    def test_second_call_of_an_old_wrapper(self):
        self.blocks()
        self.r.edit("service.cpp", "{ save(order); }", "{\n  save(order);\n  report(order);\n}")
        run = self.new("service.cpp: report(order);")
        self.assertIn("note: 'service::handle' calls 'report' here", run.stdout)

    def test_code_that_comes_to_the_loop(self):
        self.r.edit("main.cpp", "s.handle(1);", "s.handle(1); offline();")
        self.r.edit("main.cpp", "void wire", "void offline();\nvoid wire")
        self.new(self.SITE)

    def test_header_only(self):
        self.r.edit("store.h", "void save(int order);", '#include <unistd.h>\ninline void pause_a_while() { sleep(1); }\nvoid save(int order);')
        self.r.edit("service.cpp", "save(order);", "save(order); pause_a_while();")
        self.new("store.h: inline void pause_a_while() { sleep(1); }")
        self.r.commit("Header")
        self.r.edit("store.h", "sleep(1);", "sleep(1); sleep(2);")
        self.new("store.h: inline void pause_a_while() { sleep(1); sleep(2); }")

    def test_header_alone(self):
        self.r.edit("store.h", "void save(int order);", 'inline void pause_a_while() {}\nvoid save(int order);')
        self.r.edit("service.cpp", "save(order);", "save(order); pause_a_while();")
        self.r.commit("Header")
        self.r.edit("store.h", "#pragma once\n", "#pragma once\n#include <unistd.h>\n")
        self.r.edit("store.h", "pause_a_while() {}", "pause_a_while() { sleep(1); }")
        self.new("store.h: inline void pause_a_while() { sleep(1); }")

    def test_file_that_git_does_not_know(self):
        self.r.write("late.cpp", '#include "names.h"\nvoid late() { resolve("b.example"); }\n')
        self.r.edit("service.cpp", "save(order);", "save(order); late();")
        self.r.edit("service.cpp", "void service", "void late();\nvoid service")
        self.new(self.SITE)

    def test_directory_of_headers_renamed(self):
        """The commands of now look for the headers of the base where they are now."""
        for file in ("names.h", "store.h", "service.h"):
            self.r.write(f"include/{file}", (self.r.source / file).read_text())
            (self.r.source / file).unlink()
        self.r.includes = ["include"]
        self.blocks()
        self.r.git("mv", "include", "inc")
        self.r.includes = ["inc"]
        run = self.new()
        self.assertNotIn("at the base", run.stderr)

    def test_base_that_does_not_compile(self):
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        self.r.edit("store.cpp", '#include "names.h"', '#include "gone.h"')
        self.r.commit("Broken")
        self.r.edit("store.cpp", '#include "gone.h"', '#include "names.h"')
        run = self.new(self.SITE)
        self.assertIn("store.cpp: warning: has errors as it was at the base", run.stderr)

    def test_deleted_file_that_is_still_compiled(self):
        self.blocks()
        self.r.compiles_deleted = [self.r.source / "tool.cpp"]
        (self.r.source / "tool.cpp").unlink()
        run = self.r.nettune("check", "--diff=HEAD")
        self.assertEqual((run.returncode, self.r.findings(run)), (3, []), run.stderr)
        self.assertIn("tool.cpp: error: could not be analysed", run.stderr)

    def test_second_call_beside_an_old_one(self):
        self.r.edit("names.cpp", "void note(int order) { (void)order; }",
                    '#include <fcntl.h>\n#include <unistd.h>\nvoid note(int order) {\n  int fd = open("x", O_RDONLY);\n  close(fd + order);\n}')
        self.r.commit("Open")
        self.r.edit("names.cpp", "  close(", "  fsync(fd);\n  close(")
        run = self.new("names.cpp: fsync(fd);")
        self.assertRegex(run.stdout, r"names\.cpp:\d+:3: warning: 'fsync' may block")

    def test_body_put_into_a_lambda(self):
        self.blocks()
        self.r.edit("service.cpp", "{ save(order); }", "{\n  auto keep = [&] { save(order); };\n  keep();\n}")
        self.new()
        self.r.write("retry.h", "#pragma once\ntemplate <class F> void retry(F f) { f(); }\n")
        self.r.edit("service.cpp", "  auto keep = [&] { save(order); };\n  keep();\n", "  retry([&] { save(order); });\n")
        self.r.edit("service.cpp", '#include "store.h"', '#include "store.h"\n#include "retry.h"')
        self.new()
        self.r.edit("service.cpp", "save(order); });", "save(order); save(2); });")
        self.new("service.cpp: retry([&] { save(order); save(2); });")

    def test_fp_handler_that_becomes_a_function(self):
        """A lambda counts as the function around it, so its going is not seen, and the new function's registration is new."""
        self.blocks()
        self.r.edit("main.cpp", "[&s](auto, auto) { s.handle(1); }", "on_message")
        self.r.edit("main.cpp", "void wire(", "static service only;\nstatic void on_message(messaging::session_id, messaging::payload) { only.handle(1); }\nvoid wire(")
        self.new("main.cpp: server.set_message_handler(on_message);")

    def test_coroutines(self):
        self.r.write("task.h", """#pragma once
#include <coroutine>
struct task {
  struct promise_type {
    task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
task serve(int order);
""")
        self.r.write("task.cpp", '#include "task.h"\n#include "store.h"\n#include <unistd.h>\ntask serve(int order) {\n  save(order);\n  co_await std::suspend_never();\n}\n')
        self.r.edit("main.cpp", '#include "service.h"\n', '#include "service.h"\n#include "task.h"\n')
        self.r.edit("main.cpp", "s.handle(1);", "s.handle(1); serve(1);")
        self.blocks()
        self.new()
        self.r.edit("task.cpp", "  co_await std::suspend_never();\n", "  co_await std::suspend_never();\n\n  co_await std::suspend_never(); // twice\n")
        for file in ("task.h", "task.cpp", "main.cpp"):
            self.r.edit(file, "serve(", "serve_all(")
        self.new()
        self.r.commit("Rename")
        self.r.edit("task.cpp", " // twice\n", "\n  report(order);\n")
        self.new("task.cpp: report(order);")
        self.r.edit("task.cpp", "  report(order);\n", "  sleep(1);\n")
        self.new("task.cpp: sleep(1);")

    def test_broken_files(self):
        """In files with errors only what could be parsed is known: they are named, whoever decides what that means."""
        self.blocks()
        self.r.edit("tool.cpp", "void offline", "int x = ;\nvoid offline")
        why = "nettune: tool.cpp: warning: has errors, what could be parsed is analysed: tool.cpp:2:9: error: expected expression\n"
        old, new = [], ["service.cpp: void service::handle(int order) { save(order); report(order); }"]
        for found, edited in ((old, None), (new, "{ save(order); report(order); }")):
            if edited:
                self.r.edit("service.cpp", "{ save(order); }", edited)
            for words, code in (([], 1 if found else 3), (["--allow-incomplete"], 1 if found else 0), (["--fail-on=none"], 3), (["--fail-on=none", "--allow-incomplete"], 0)):
                run = self.r.nettune("check", "--diff=HEAD", *words)
                self.assertEqual((run.returncode, self.r.findings(run)), (code, found), f"{words} {run.stderr}")
                self.assertIn(why, run.stderr)
            run = self.r.nettune("check", "--diff=HEAD", "--fail-on=any", "--allow-incomplete")
            self.assertEqual((run.returncode, len(self.r.findings(run))), (1, 1 + len(found)), run.stderr)

    def test_root_over_a_link(self):
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        link = self.r.home / "link"
        link.symlink_to(self.r.source)
        run = self.r.run("check", "-p", self.r.build, "--root", link, "--diff=HEAD")
        self.assertEqual((run.returncode, self.r.findings(run)), (1, [self.SITE]), run.stderr)

    def test_repaired(self):
        self.blocks()
        self.r.edit("names.cpp", 'resolve("names.example");', "return;")
        self.new()

    def test_only_lines(self):
        self.blocks()
        self.r.edit("tool.cpp", "a.example", "b.example")
        self.new(words=("--diff-lines", "--diff=HEAD"))
        self.r.edit("service.cpp", "{ save(order); }", "{ save(order + 1); }")
        self.new(self.SITE, words=("--diff-lines", "--diff=HEAD"))

    def test_base_of_the_ci_system(self):
        self.blocks()
        self.r.git("clone", "-q", "--bare", str(self.r.source), str(self.r.home / "origin.git"))
        self.r.git("remote", "add", "origin", str(self.r.home / "origin.git"))
        self.r.git("fetch", "-q", "origin")
        self.r.git("checkout", "-q", "-b", "topic")
        self.r.edit("service.cpp", "{ save(order); }", "{ save(order); report(order); }")
        self.r.commit("More")
        run = self.new("service.cpp: void service::handle(int order) { save(order); report(order); }", words=("--diff",), env={"GITHUB_BASE_REF": "main"})
        self.assertIn("GITHUB_BASE_REF=main", run.stderr)
        run = self.r.nettune("check", "--diff", env={"GITHUB_BASE_REF": "release"})
        self.assertEqual(run.returncode, 2)
        self.assertIn("git fetch origin release", run.stderr)
        self.r.git("remote", "set-head", "origin", "main")
        self.new("service.cpp: void service::handle(int order) { save(order); report(order); }", words=("--diff",))

    def test_shallow_clone(self):
        self.blocks()
        self.r.git("branch", "topic")
        self.r.edit("tool.cpp", "a.example", "b.example")
        self.r.commit("Main goes on")
        self.r.git("checkout", "-q", "topic")
        self.r.edit("tool.cpp", "a.example", "c.example")
        self.r.commit("Topic")
        shallow = self.r.home / "shallow"
        self.r.git("clone", "-q", "--depth", "1", "--no-single-branch", "-b", "topic", f"file://{self.r.source}", str(shallow))
        run = self.r.nettune("check", "--diff=origin/main", source=shallow)
        self.assertEqual(run.returncode, 2, run.stderr)
        self.assertIn("the clone is shallow: fetch its history with 'git fetch --unshallow origin'", run.stderr)
        self.assertEqual(run.stdout, "")

    def test_options_hold_for_the_base_too(self):
        """What they find in code that was there before is no news."""
        old = "#include <thread>\n#include <vector>\nvoid start(std::vector<std::thread> &all) {\n  for (int at = 0; at < 16; ++at)\n    all.emplace_back([] {});\n}\n"
        self.r.write("threads.cpp", old)
        self.r.commit("Threads")
        self.r.write("threads.cpp", old + "void more(std::vector<std::thread> &all) {\n  for (int at = 0; at < 12; ++at)\n    all.emplace_back([] {});\n}\n")
        self.new(words=("--diff=HEAD",))
        site = "threads.cpp: for (int at = 0; at < 12; ++at)"
        self.new(site, words=("--diff=HEAD", "--check-option=nettune.TargetCores=4"))
        self.new(site, env={"NETTUNE_CHECK_OPTIONS": "nettune.TargetCores=4"})
        self.new(words=("--diff=HEAD", "--check-option", "nettune.TargetCores=6"))

    def test_no_base(self):
        run = self.r.nettune("check", "--diff=nosuch")
        self.assertEqual(run.returncode, 2)
        self.assertIn("'nosuch' (--diff=nosuch), is not there: git knows no such commit", run.stderr)
        run = self.r.nettune("check", "--diff")
        self.assertEqual(run.returncode, 2)
        self.assertIn("git remote set-head origin --auto", run.stderr)
        shutil.move(self.r.source / ".git", self.r.home / "dotgit")
        run = self.r.nettune("check", "--diff", env={"GIT_CEILING_DIRECTORIES": str(self.r.home)})
        self.assertEqual(run.returncode, 2)
        self.assertIn("--diff needs a git working tree", run.stderr)


if __name__ == "__main__":
    run_tests(Diff)
