#!/usr/bin/env python3
"""`nettune check --pch` finds what it finds without, and what it reads once is what each file would have read.

Usage: test/cache/pch.py [NAME...]
"""

import shutil

from project import Base, run_tests

# What the macro comes to depends on what stands before the include.
SYSTEM = """#pragma once
#include <map>
#include <string>
#ifdef QUIET
#define PAUSE(n) (void)n
#else
#define PAUSE(n) sleep(n)
#endif
extern "C" unsigned sleep(unsigned Seconds);
namespace vendor { struct base { virtual ~base() = default; virtual void run() = 0; }; template <class T> T twice(T t) { return t + t; } }
"""
HANDLER = '[[clang::annotate("nettune::handler")]] void on{0}() {{ PAUSE({0}); std::map<int, std::string> m; m[vendor::twice({0})] = "x"; }}\n'
FIRST = "// What it is.\n#include <vendor.h>  // first\n#include <vector>\n\n"


def handler(number, before=FIRST):
    return before + HANDLER.format(number)


class Precompiled(Base):
    def lay_out(self, more):
        files = {f"plain{n}.cpp": handler(n) for n in range(1, 6)} | more
        p = self.project({"system/vendor.h": SYSTEM} | files)
        p.flags = lambda: ["clang++", "-std=c++20", "-isystem", f"{p.source}/system", f"-I{p.source}/include"]
        p.command_all()
        return p

    def made(self, p):
        return len(list((p.build / ".cache/nettune/pch").glob("*.pch")))

    def same(self, p, made):
        """The findings, and that so many were made."""
        p.forget()
        plain = p.check()
        self.assertEqual((plain.stored, self.made(p)), (0, 0), plain)
        p.forget()
        shutil.rmtree(p.store)
        run = p.check("--pch")
        self.assertEqual(run.verdict(), plain.verdict())
        self.assertEqual((run.stored, self.made(p)), (0, made), run)
        return run

    def test_what_comes_before(self):
        p = self.lay_out({
            "quiet.cpp": handler(6, "#define QUIET\n" + FIRST), "loud.cpp": handler(7, "/* a\n comment */ " + FIRST),
            "other_order.cpp": handler(8, "#include <vector>\n#include <vendor.h>\n"), "conditional.cpp": handler(9, "#if 1\n" + FIRST + "#endif\n"),
            "half.cpp": handler(10, "#include <vendor.h>\n#define vector list\n#include <vector>\n#undef vector\n"),
            "continued.cpp": handler(11, "// a comment that goes on \\\n#include <no_such_file>\n" + FIRST),
        })
        run = self.same(p, 2)  # half.cpp ends after its first
        self.assertEqual(len(run.found()), 10)  # all but the quiet one
        self.assertNotIn("quiet.cpp", run.out)

    def test_header_changes(self):
        p = self.lay_out({})
        self.assertEqual(len(self.same(p, 1).found()), 5)
        p.write("system/vendor.h", SYSTEM.replace("PAUSE(n) sleep(n)", "PAUSE(n) (void)n"))
        run = p.check("--pch")
        self.assertEqual((run.ran, run.stored, run.found()), (5, 0, []), run)
        p.write("system/vendor.h", SYSTEM)
        run = p.check("--pch")
        self.assertEqual((run.ran, run.stored, len(run.found())), (5, 5, 5), run)

    def test_header_comes_earlier(self):
        p = self.lay_out({})
        self.same(p, 1)
        p.write("include/vendor.h", SYSTEM.replace("PAUSE(n) sleep(n)", "PAUSE(n) (void)n"))
        self.assertEqual(p.check("--pch").found(), [])

    def test_headers_of_the_project(self):
        """Their bodies count: they are read for each file."""
        p = self.lay_out({})
        (p.source / "system/vendor.h").rename(p.source / "include/vendor.h")
        self.assertEqual(len(self.same(p, 0).found()), 5)

    def test_header_with_errors(self):
        p = self.lay_out({})
        p.write("system/vendor.h", SYSTEM + "#error not here\n")
        self.assertIn("5 with errors", self.same(p, 0).err)

    def test_damaged(self):
        p = self.lay_out({})
        first = self.same(p, 1)
        for pch in (p.build / ".cache/nettune/pch").glob("*.pch"):
            pch.write_bytes(pch.read_bytes()[:5000])
        p.write("plain1.cpp", handler(1) + "// edited\n")
        run = p.check("--pch")
        self.assertEqual((run.ran, run.stored), (1, 0))
        self.assertEqual(run.verdict(), first.verdict())

    def test_flags_differ(self):
        """A file with other flags has a begin of its own."""
        p = self.lay_out({})
        number = iter(range(9))
        flags = p.flags
        p.flags = lambda: [*flags(), *(["-DQUIET"] if next(number) == 0 else [])]
        p.command_all()
        self.assertEqual(len(self.same(p, 1).found()), 4)


if __name__ == "__main__":
    run_tests(Precompiled)
