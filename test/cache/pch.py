#!/usr/bin/env python3
"""What several files include is read once (`nettune check --pch=exact`, the default, and `--pch=shared`); the facts are what they are without, byte for byte.

Usage: test/cache/pch.py [NAME...]
"""

import re
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
    MODE = "exact"

    def lay_out(self, more, system=None):
        files = {f"plain{n}.cpp": handler(n) for n in range(1, 6)} | more
        p = self.project({f"system/{n}": t for n, t in ({"vendor.h": SYSTEM} | (system or {})).items()} | files)
        p.flags = lambda: ["clang++", "-std=c++20", "-isystem", f"{p.source}/system", f"-I{p.source}/include"]
        p.command_all()
        return p

    def made(self, p):
        return len(list((p.build / ".cache/nettune/pch").glob("*.pch")))

    def shards(self, p):
        return {s.name: s.read_bytes() for s in (p.build / ".cache/nettune/shards").glob("*.nts")}

    def log(self, p):
        """Which files were read without the shared headers, and why."""
        text = (p.build / ".cache/nettune/ninja.log").read_text()
        return dict(re.findall(r"/(\w+)\.cpp: note: read without shared headers: (.*)", text))

    def same(self, p, made):
        """The findings and facts, and that so many were made."""
        p.forget()
        shutil.rmtree(p.store, ignore_errors=True)
        plain = p.check("--pch=off")
        facts = self.shards(p)
        self.assertEqual((plain.stored, self.made(p)), (0, 0), plain)
        p.forget()
        shutil.rmtree(p.store)
        run = p.check(f"--pch={self.MODE}")
        self.assertEqual(run.verdict(), plain.verdict())
        self.assertEqual((run.stored, self.made(p)), (0, made), run)
        self.assertEqual(self.shards(p), facts)
        return run


class Exact(Precompiled):
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
        run = p.check()
        self.assertEqual((run.ran, run.stored, run.found()), (5, 0, []), run)
        p.write("system/vendor.h", SYSTEM)
        run = p.check()
        self.assertEqual((run.ran, run.stored, len(run.found())), (5, 5, 5), run)

    def test_header_comes_earlier(self):
        p = self.lay_out({})
        self.same(p, 1)
        p.write("include/vendor.h", SYSTEM.replace("PAUSE(n) sleep(n)", "PAUSE(n) (void)n"))
        self.assertEqual(p.check().found(), [])

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
        run = p.check()
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


    def test_modes(self):
        """The default is exact, --pch alone is shared; what one made serves the other."""
        p = self.lay_out({})
        for words, made in ((["--pch=off"], 0), ([], 1), (["--pch"], 1), (["--pch=exact"], 1)):
            p.forget()
            run = p.check(*words)
            self.assertEqual((run.ran, self.made(p)), (5, made if run.stored == 0 else 0), run)
            self.assertEqual(run.stored, 5 if words in ([], ["--pch=exact"]) else 0, words)
        wrong = p.check("--pch=all")
        self.assertEqual(wrong.code, 2)
        self.assertIn("--pch", wrong.err)

    def test_one_begins_otherwise(self):
        """The others are not read again, though too few are left for a PCH."""
        p = self.lay_out({})
        (p.source / "plain5.cpp").unlink()
        p.command_all()
        self.same(p, 1)
        p.write("plain1.cpp", "#include <vector>\n" + handler(1))
        run = p.check()
        self.assertEqual((run.ran, self.made(p), len(run.found())), (1, 0, 4), run)

    def test_small_headers(self):
        """They are read as fast."""
        p = self.lay_out({f"s{n}.cpp": f"#include <cstddef>\nint s{n};\n" for n in range(5)})
        self.same(p, 1)

    def test_template_of_the_file(self):
        """What is instantiated counts once, as without."""
        template = "template <class T> void pause(T t) { PAUSE(t); }\ntemplate <class T> struct waiter { void go(T t) { PAUSE(t); } };\n"
        use = "void on%d() { pause(%d); pause('c'); waiter<int>().go(1); }\n"
        self.same(self.lay_out({f"t{n}.cpp": FIRST + template + '[[clang::annotate("nettune::handler")]] ' + use % (n, n) for n in (1, 2)}), 1)


# One header, which others may come before or behind.
A = "#pragma once\n#include <map>\n#include <string>\n#ifdef B_FIRST\n#define A_PAUSE(n) (void)n\n#else\n#define A_PAUSE(n) sleep(n)\n#endif\n" \
    'extern "C" unsigned sleep(unsigned);\nnamespace vendor { inline long pick(long n) { return n; } struct a { a(long) {} ~a() {} }; typedef long number; }\n'
B = "#pragma once\n#define B_HERE 1\n" \
    "namespace vendor { inline int pick(int n) { return n; } struct b { int m = 0; }; typedef int small; }\n"


class Shared(Precompiled):
    MODE = "shared"

    def lay_out(self, more, system=None):
        both = '[[clang::annotate("nettune::handler")]] void plain{0}() {{ A_PAUSE({0}); vendor::b{{}}; }}\n'
        files = {f"both{n}.cpp": "#include <a.h>\n#include <b.h>\n" + both.format(n) for n in range(1, 3)} | \
                {f"other{n}.cpp": "#include <b.h>\n#include <a.h>\n" + both.format(n + 5) for n in range(1, 3)}
        p = self.project({f"system/{n}": t for n, t in ({"a.h": A, "b.h": B} | (system or {})).items()} | files | more)
        p.flags = lambda: ["clang++", "-std=c++20", "-isystem", f"{p.source}/system", f"-I{p.source}/include"]
        p.command_all()
        return p

    def doubts(self, files, system=None):
        p = self.lay_out(files, system)
        self.same(p, 1)
        return self.log(p)

    def on(self, code):
        return f'[[clang::annotate("nettune::handler")]] void onRead() {{ {code} }}\n'

    def test_orders(self):
        self.assertEqual(self.doubts({}), {})

    def test_fewer_are_included(self):
        self.assertEqual(self.doubts({"a.cpp": "#include <a.h>\n" + self.on("A_PAUSE(1); vendor::a{1};")}), {})

    def test_over_a_header_of_the_project(self):
        self.assertEqual(self.doubts({"include/own.h": "#ifndef OWN_H\n#define OWN_H\n#include <a.h>\n#endif\n", "a.cpp": '#include "own.h"\n' + self.on("A_PAUSE(1);")}), {})

    def test_declared_before(self):
        """A class of the library stays one where the project declares it first."""
        self.assertEqual(self.doubts({"a.cpp": "namespace vendor { struct a; }\n#include <a.h>\n" + self.on("vendor::a one(1); A_PAUSE(1);")}), {})

    def test_macro_before(self):
        why = "macro 'B_FIRST' is changed before "
        found = self.doubts({"a.cpp": "#define B_FIRST\n#include <a.h>\n" + self.on("A_PAUSE(1);"),
                             "undone.cpp": "#define B_FIRST\n#undef B_FIRST\n#include <a.h>\n" + self.on("A_PAUSE(1);"),
                             "behind.cpp": "#include <a.h>\n#define B_FIRST\n" + self.on("A_PAUSE(1);"),
                             "no_word.cpp": "#define NO_WORD_OF_IT\n#include <a.h>\n" + self.on("A_PAUSE(1);")})
        self.assertEqual(list(found), ["a"])
        self.assertTrue(found["a"].startswith(why), found)

    def test_macro_undone(self):
        found = self.doubts({"a.cpp": "#include <b.h>\n#undef B_HERE\n#include <c.h>\n" + self.on("C_PAUSE(1);"),
                             "c1.cpp": "#include <b.h>\n#include <c.h>\n", "c2.cpp": "#include <b.h>\n#include <c.h>\n"},
                            {"c.h": A.replace("B_FIRST", "B_HERE").replace("A_", "C_").replace("number", "c_number").replace("pick", "cpick").replace("struct a { a(", "struct c { c(").replace("~a()", "~c()")})
        self.assertEqual(list(found), ["a"])

    def test_macro_not_included(self):
        found = self.doubts({"looks.cpp": "#include <a.h>\n#ifdef B_HERE\n#define MINE(n) (void)n\n#else\n#define MINE A_PAUSE\n#endif\n" + self.on("MINE(1);"),
                             "expands.cpp": "#include <a.h>\n#if B_HERE\n#else\n" + self.on("A_PAUSE(1);") + "#endif\n"})
        self.assertEqual(found, {n: "'B_HERE' is of a header that is not included" for n in ("looks", "expands")})

    def test_name_not_included(self):
        """Another overload would be chosen."""
        found = self.doubts({"a.cpp": "#include <a.h>\n" + self.on("if (sizeof(vendor::pick(1)) == sizeof(long)) A_PAUSE(1);")})
        self.assertEqual(found, {"a": "'pick' is of a header that is not included"})

    def test_does_not_compile_behind_it(self):
        """The file's own name clashes with one that it does not include."""
        p = self.lay_out({"a.cpp": "#include <a.h>\nusing namespace vendor;\nstruct b { int other; };\n" + self.on("b mine; A_PAUSE(mine.other);")})
        self.assertNotIn("with errors", self.same(p, 1).err.replace("0 with errors", ""))

    def test_read_each_time(self):
        """A header without a guard, as <cassert>."""
        again = "#undef CHECK\n#ifdef QUIET\n#define CHECK(n) (void)n\n#else\n#define CHECK(n) sleep(n)\n#endif\n"
        two = {f"two{n}.cpp": "#include <again.h>\n#include <a.h>\n" + self.on(f"CHECK({n});").replace("onRead", f"two{n}") for n in (1, 2)}
        found = self.doubts(two | {"quiet.cpp": "#define QUIET\n#include <again.h>\n" + self.on("CHECK(3);")}, {"again.h": again})
        self.assertEqual(list(found), ["quiet"])

    def test_under_a_condition(self):
        self.assertEqual(self.doubts({f"c{n}.cpp": "#if 0\n#include <no_such.h>\n#endif\n" for n in (1, 2)}), {})

    def test_damaged(self):
        p = self.lay_out({})
        first = self.same(p, 1)
        for number, extension in enumerate(("pch", "contents", "reads", "plan")):
            for file in (p.build / ".cache/nettune/pch").glob(f"*.{extension}"):
                file.write_bytes(file.read_bytes()[:30])
            p.write("both1.cpp", (p.source / "both1.cpp").read_text() + f"// {number}\n")
            self.assertEqual(p.check("--pch").verdict(), first.verdict(), extension)

    def test_header_missing(self):
        p = self.lay_out({f"gone{n}.cpp": "#include <gone.h>\n" + self.on("").replace("onRead", f"gone{n}") for n in (1, 2)})
        self.assertIn("2 with errors", self.same(p, 0).err)


if __name__ == "__main__":
    run_tests(Exact, Shared)
