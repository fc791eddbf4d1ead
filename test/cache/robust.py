#!/usr/bin/env python3
"""What `nettune check` does with broken commands, sources and configurations, and on full disks.

Usage: test/cache/robust.py [NAME...]
"""

import json
import os
import re
import subprocess

from project import HANDLER, HOME, NETTUNE, OTHER, SLOW, WAIT_H, Base, Project, run_tests

FINDINGS = re.compile(r"\d+ findings?$", re.MULTILINE)



class Commands(Base):
    def command(self, p, file, *words, **more):
        return {"directory": str(p.build), "file": str(file), "arguments": [*p.flags(), *words, "-c", str(file)], **more}

    def test_relative_names(self):
        """Of directories, as seen from compile_commands.json; of files, from the directory."""
        p = self.project()
        (p.source / "sub").mkdir()
        for directory, file in (("../build/../src", "./main.cpp"), (str(p.source), "./sub/../main.cpp"), (".", "../src/main.cpp")):
            p.commands([{"directory": directory, "file": file, "arguments": [*p.flags(), "-c", file]}])
            p.forget()
            run = p.check()
            self.assertEqual((run.code, len(run.found())), (1, 1), run)

    def test_response_file(self):
        p = self.project()
        (p.build / "flags.rsp").write_text(f"-I{p.source}/early '-I{p.source}/include'\n")
        p.commands([{"directory": str(p.build), "file": str(p.source / "main.cpp"), "command": f"g++ @flags.rsp -c {p.source}/main.cpp"}])
        self.assertEqual(len(p.check().found()), 1)
        (p.build / "flags.rsp").write_text(f"-DwaitForIt=int -I{p.source}/include\n")
        run = p.check()
        self.assertEqual((run.ran, run.stored, run.found()), (1, 0, []), run)

    def test_flags_of_gcc(self):
        p = self.project()
        foreign = ["-fconserve-stack", "-fvar-tracking-assignments", "-mno-such-thing", "--param=max-inline-insns-single=3", "-Wno-maybe-uninitialized",
                   "-fno-canonical-system-headers", "-specs=/no/such"]
        p.commands([self.command(p, p.source / "main.cpp", *foreign)])
        run = p.check()
        self.assertEqual((run.code, len(run.found())), (1, 1), run)
        self.assertIn("1 translation unit, 0 with errors, 0 not analysed", run.err)

    def test_command_ends_in_the_middle(self):
        p = self.project()
        p.commands([{"directory": str(p.build), "file": str(p.source / "main.cpp"), "arguments": ["clang++", str(p.source / "main.cpp"), "-include"]},
                    self.command(p, p.source / "other.cpp")])
        run = p.check()
        self.assertEqual(run.code, 3, run)
        self.assertRegex(run.err, "1 with errors, 0 not analysed|0 with errors, 1 not analysed")

    def test_duplicates_and_c(self):
        p = self.project()
        p.write("plain.c", "int plain(void) { return 1; }\n")
        p.commands([self.command(p, p.source / "main.cpp")] * 3 + [self.command(p, p.source / "plain.c")])
        run = p.check()
        self.assertEqual((run.code, run.ran), (1, 1), run)

    def test_strange_names(self):
        """A shell, ninja, make and the terminal see none of it."""
        names = ["with space.cpp", "quo'te\".cpp", "dol$lar$$.cpp", "co:lon#.cpp", "back\\slash.cpp", "new\nline.cpp", "perc%20.cpp", "$(touch gone).cpp",
                 "-dash.cpp", "\u00fcml\u00e4ut.cpp", "tab\there.cpp", "esc\x1b[31m.cpp", "star*?.cpp", "long" + "g" * 200 + ".cpp"]
        p = self.project({n: HANDLER.replace("onRead", f"onRead{i}").replace("waitForIt()", f"sleep({i + 1})") for i, n in enumerate(names)} | {"include/wait.h": WAIT_H})
        first = p.check()
        self.assertIn(f"{len(names)} translation units, 0 with errors, 0 not analysed, {len(names)} findings", first.err)
        self.assertNotIn("\x1b", first.err)
        self.assertFalse((p.source / "gone").exists() or (p.build / ".cache/nettune/gone").exists())
        again = p.check()
        self.assertEqual(again.verdict(), first.verdict())
        self.assertEqual(again.ran, 0)
        for number, name in enumerate(names):
            p.write(name, OTHER.replace("other", f"other{number}"))
            run = p.check()
            self.assertEqual((run.ran, len(FINDINGS.findall(run.err))), (1, 1), f"{name!r}: {run}")
            self.assertIn(f" {len(names) - number - 1} finding", run.err)

    def test_directories_with_strange_names(self):
        for number, name in enumerate(["a b'c", "d$e:f#", "g\nh", "i\\j\""]):
            p = Project(f"robust_directory{number}/{name}")
            run = p.check()
            self.assertEqual((run.code, run.ran, run.stored), (1, 2, 0), run)
            self.assertIn("2 translation units, 0 with errors, 0 not analysed, 1 finding", run.err)
            p.write("include/wait.h", "inline void waitForIt() {}\n")
            self.assertEqual(p.check().found(), [])

    def test_no_utf8(self):
        """Any byte may stand in a file's name, but compile_commands.json has to hold it."""
        p = self.project()
        name = p.source / os.fsdecode(b"lat\xefn.cpp")
        name.write_text(HANDLER.replace("onRead", "onWrite").replace("waitForIt()", "sleep(2)"))
        text = json.dumps([self.command(p, p.source / "main.cpp"), self.command(p, "NAME")])
        (p.build / "compile_commands.json").write_bytes(text.encode().replace(b"NAME", os.fsencode(name)))
        run = p.check()
        self.assertIn("2 translation units, 0 with errors, 0 not analysed, 2 findings", run.err)
        self.assertEqual(p.check().ran, 0)

    def test_encodings_of_sources(self):
        text = '// %s\n#include "wait.h"\nconst char *name = "%s";\n[[clang::annotate("nettune::handler")]] void %s() { waitForIt(); }\n'
        p = self.project({"latin.cpp": (text % ("gr\u00fc\u00df", "gr\u00fc\u00df", "onRead")).encode("latin-1"),
                          "gbk.cpp": (text % ("\u7f51\u7edc", "\u7f51\u7edc", "onWrite")).replace("waitForIt()", "sleep(2)").encode("gbk"),
                          "bom.cpp": b"\xef\xbb\xbf" + (text % ("x", "y", "onClose")).replace("waitForIt()", "sleep(3)").encode(), "include/wait.h": WAIT_H})
        run = p.check()
        self.assertIn("3 translation units, 0 with errors, 0 not analysed, 3 findings", run.err)

    def test_not_there_and_not_readable(self):
        p = self.project()
        (p.source / "directory.cpp").mkdir()
        (p.source / "loop.cpp").symlink_to("loop.cpp")
        (p.source / "include/round").symlink_to(p.source)
        p.write("round.cpp", '#include "round/include/round/include/wait.h"\n')
        p.commands([self.command(p, p.source / n) for n in ("main.cpp", "gone.cpp", "directory.cpp", "loop.cpp", "round.cpp")])
        run = p.check()
        self.assertEqual((run.code, len(run.found())), (1, 1), run)
        for name in ("gone.cpp", "directory.cpp", "loop.cpp"):
            self.assertEqual(run.err.count(f"{name}: error: could not be analysed: "), 1, run)
        self.assertIn("2 translation units, 0 with errors, 3 not analysed, 1 finding", run.err)
        p.write("gone.cpp", OTHER)
        self.assertIn("3 translation units, 0 with errors, 2 not analysed, 1 finding", p.check().err)

    def test_sources_that_include_themselves(self):
        p = self.project({"main.cpp": '#include "main.cpp"\n', "other.cpp": OTHER})
        run = p.check()
        self.assertEqual(run.code, 3, run)
        self.assertIn("2 translation units, 1 with errors, 0 not analysed", run.err)


class Configuration(Base):
    def test_wrong(self):
        """It refuses to pass for clean what it did not check."""
        for name, file, text, says in (
                ("model", ".nettune/mine.json", "{", r"mine\.json"),
                ("option", ".clang-tidy", "CheckOptions: {nettune.TargetCores: 0}\n", r"option 'nettune\.TargetCores' is '0'"),
                ("models", ".clang-tidy", "CheckOptions: {nettune.Models: /no/such.json}\n", r"/no/such\.json")):
            p = Project(f"robust_{name}", {"main.cpp": OTHER, "other.cpp": "int more;\n"})
            self.assertEqual(p.check().code, 0)
            p.write(file, text)
            run = p.check("--allow-incomplete")
            self.assertEqual(run.code, 2, run)
            self.assertEqual(len(re.findall(rf"^nettune: .*{says}", run.err, re.MULTILINE)), 1, run)
            (p.source / file).unlink()
            self.assertEqual(p.check().code, 0)

    def test_wrong_below(self):
        p = self.project({"main.cpp": OTHER, "sub/other.cpp": "int more;\n"})
        p.write("sub/.clang-tidy", "CheckOptions: {nettune.TargetCores: 0}\n")
        run = p.check()
        self.assertEqual(run.code, 2, run)
        self.assertEqual(run.err.count("option 'nettune.TargetCores' is '0'"), 1, run)


class Disks(Base):
    def on_small_disk(self, size, script):
        """A shell script in a mount namespace of its own, where DISK is a disk of that size."""
        disk = HOME / "small_disk"
        disk.mkdir(parents=True, exist_ok=True)
        return subprocess.run(["unshare", "-m", "bash", "-euc", f'DISK="{disk}"\nmount -t tmpfs -o size={size} none "$DISK"\n{script}'],
                              capture_output=True, text=True, timeout=120)

    def test_store_is_full(self):
        p = self.project({f"a{n}.cpp": SLOW + f"int a{n};\n" for n in range(3)})
        run = self.on_small_disk("96k", f"{NETTUNE} check -p {p.build} --root {p.source} --cache-dir $DISK/store; ls $DISK/store")
        self.assertEqual(run.returncode, 0, run)
        self.assertEqual(run.stderr.count("warning: the cache cannot be written: No space left on device"), 1, run)

    def test_build_is_full(self):
        """One error, and what is there stays."""
        p = self.project({f"a{n}.cpp": SLOW + f"int a{n};\n" for n in range(3)} | {"main.cpp": HANDLER, "include/wait.h": WAIT_H})
        for size in ("16k", "48k", "100k"):
            run = self.on_small_disk(size, f"""cp -r {p.build} $DISK/build
echo kept > $DISK/kept
code=0
{NETTUNE} check -p $DISK/build --root {p.source} --cache-size 0 || code=$?
cat $DISK/kept
echo ended with $code""")
            self.assertIn(run.stdout.splitlines()[-2:], (["kept", "ended with 2"], ["kept", "ended with 3"]), run)
            self.assertEqual(len(run.stderr.splitlines()), 1, run)
            self.assertIn("No space left on device", run.stderr)

    def test_report_is_too_large(self):
        """Of several reports, what could be written is there whole, and the old one that could not is as it was."""
        p = self.project()
        run = self.on_small_disk("16k", f"""echo old > $DISK/report
head -c 20k /dev/zero > $DISK/filler || true
code=0
{NETTUNE} check -p {p.build} --root {p.source} --format text=$DISK/report --format text || code=$?
cat $DISK/report
echo ended with $code""")
        self.assertEqual(run.stdout.splitlines()[-2:], ["old", "ended with 2"], run)
        self.assertIn("onRead", run.stdout)
        self.assertEqual(run.stderr.count("No space left on device"), 2, run)  # head's and nettune's


if __name__ == "__main__":
    run_tests(Commands, Configuration, Disks)
