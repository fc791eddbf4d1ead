#!/usr/bin/env python3
"""Options of a run beside .clang-tidy: `--check-option` before it, NETTUNE_CHECK_OPTIONS behind it. They are part of what a shard depends on.

Usage: test/cache/options.py [NAME...]
"""

import shutil
import subprocess
from pathlib import Path

from project import NETTUNE, ROOT, Base, run_tests

THREADS = """#include <thread>
#include <vector>
std::vector<std::thread> start() {
  std::vector<std::thread> threads;
  for (int at = 0; at < 16; ++at)
    threads.emplace_back([] {});
  return threads;
}
"""
VENDOR = (ROOT / "test/cli/Inputs/vendor.json").read_text()
CALL = (ROOT / "test/cli/Inputs/uses_vendor.cpp").read_text()
NAMES = ("AllowCastToVoid", "GuideUrl", "MaxPathNotes", "MinCopyBytes", "Models", "ReportMayBlock", "TargetCores", "TypicalMessageBytes", "Workload")


def option(value):
    return f"--check-option=nettune.{value}"


class Options(Base):
    def setUp(self):
        self.p = self.project({"main.cpp": THREADS, "other.cpp": "int other;\n"})

    def says(self, *words, ran, stored=0, environment=None):
        """For how many cores the threads are too many; None: nothing is said."""
        run = self.p.check(*words, env=self.p.environment(NETTUNE_CHECK_OPTIONS=environment or ""))
        self.assertEqual((run.ran, run.stored), (ran, stored), run)
        self.assertEqual(run.code, len(run.found()), run)
        return int(run.out.split("requested for ")[1].split()[0]) if run.found() else None

    def test_call_before_file_before_environment(self):
        self.assertIsNone(self.says(ran=2))
        self.assertEqual(self.says(ran=2, environment="nettune.TargetCores=3"), 3)
        self.assertEqual(self.says(option("TargetCores=2"), ran=2, environment="nettune.TargetCores=3"), 2)
        self.p.write(".clang-tidy", "CheckOptions: {nettune.TargetCores: 4}\n")
        self.assertEqual(self.says(ran=2, environment="nettune.TargetCores=3"), 4)
        self.assertEqual(self.says(option("TargetCores=2"), ran=2, environment="nettune.TargetCores=3"), 2)
        self.p.write("near/near.cpp", THREADS)
        self.p.write("near/.clang-tidy", "InheritParentConfig: true\nCheckOptions: {nettune.TargetCores: 5}\n")
        self.p.command_all()
        run = self.p.check(option("TargetCores=2"))
        self.assertEqual(run.out.count("16 threads requested for 2 cores"), 2, run)

    def test_repeated(self):
        self.assertEqual(self.says(option("TargetCores=3"), option("Workload=mixed"), option("TargetCores=2"), ran=2), 2)
        self.assertEqual(self.says(ran=2, environment="nettune.TargetCores=3 \"nettune.Workload=mixed\"\n'nettune.TargetCores=2'"), 2)
        file = self.p.source / "main.cpp"  # what stands behind the option's value is no second value
        self.assertEqual(self.says("--check-option", "nettune.TargetCores=2", file, ran=2), 2)

    def test_shards_are_those_of_the_options(self):
        two = option("TargetCores=2")
        self.assertEqual(self.says(two, ran=2), 2)
        self.assertEqual(self.says(two, ran=0), 2)
        self.assertIsNone(self.says(ran=2))
        self.assertEqual(self.says(two, ran=2, stored=2), 2)
        self.assertIsNone(self.says(ran=2, stored=2))
        self.p.forget()
        self.assertEqual(self.says(two, ran=2, stored=2), 2)
        # The same number from another place is another question: .clang-tidy may come in between.
        self.assertEqual(self.says(ran=2, environment="nettune.TargetCores=2"), 2)

    def test_of_the_whole_program(self):
        """Options that hold when the shards are linked."""
        self.p.write("main.cpp", '#include <unistd.h>\nvoid slow() { sleep(1); }\nvoid more() { slow(); }\n'
                                 '[[clang::annotate("nettune::handler")]] void onRead() { more(); }\n')
        self.assertIn("note: ", self.p.check().out)
        steps = [len([line for line in self.p.check(option(f"MaxPathNotes={n}")).out.splitlines() if "note: " in line and "guide" not in line]) for n in (0, 8)]
        self.assertLess(steps[0], steps[1])
        url = "https://example.org/a,b?c=d"
        self.assertIn(f"guide: {url}#blocking-call-in-handler", self.p.check(option(f"GuideUrl={url}")).out)

    def test_files_are_of_the_working_directory(self):
        self.p.write("main.cpp", CALL)
        self.p.write("my models/vendor.json", VENDOR)
        for words, variables in (([option("Models=my models/vendor.json")], ""), ([], "'nettune.Models=my models/vendor.json'")):
            run = self.p.check(*words, env=self.p.environment(NETTUNE_CHECK_OPTIONS=variables))
            self.assertEqual((run.code, len(run.found())), (1, 1), run)
        self.p.write("my models/vendor.json", VENDOR.replace("vendor::push", "vendor::pull"))
        self.assertEqual(self.p.check(option("Models=my models/vendor.json")).found(), [])

    def test_store_of_another_checkout(self):
        """What lies in the root has the same name there."""
        self.p.write("main.cpp", CALL)
        self.p.write("models/vendor.json", VENDOR)
        words = option("Models=models/vendor.json")
        self.assertEqual(len(self.p.check(words).found()), 1)
        moved = self.p.home / "elsewhere"
        shutil.copytree(self.p.source, moved)
        self.p.source = moved
        self.p.command_all()
        self.p.forget()
        run = self.p.check(words)
        self.assertEqual((len(run.found()), run.stored), (1, 2), run)

    def wrong(self, run, text):
        self.assertEqual((run.code, run.out), (2, ""), run)
        self.assertRegex(run.err, rf"\Anettune: {text}[^\n]*\n\Z", run)

    def test_wrong(self):
        names = ", ".join(f"nettune.{n}" for n in sorted((*NAMES, "Index")))
        for argument, text in (("nettune.TargetCors=2", f"no option 'nettune.TargetCors'; nettune has {names}"),
                               ("TargetCores=2", "no option 'TargetCores'; nettune has"),
                               ("", "no option ''; nettune has"),
                               ("nettune.TargetCores", "option 'nettune.TargetCores' has no value; nettune.TargetCores=VALUE"),
                               ("nettune.TargetCores=", "option 'nettune.TargetCores' is ''; it takes a number of at least 1"),
                               ("nettune.TargetCores=0", "option 'nettune.TargetCores' is '0'; it takes a number of at least 1"),
                               ("nettune.TargetCores=99999999999", "option 'nettune.TargetCores' is '99999999999'; it takes a number"),
                               ("nettune.Workload=fast", "option 'nettune.Workload' is 'fast'; it takes one of default, "),
                               ("nettune.ReportMayBlock=yes", "option 'nettune.ReportMayBlock' is 'yes'; it takes true or false")):
            self.wrong(self.p.check("--check-option", argument), f"--check-option: error: {text}")
            if argument:
                self.wrong(self.p.check(env=self.p.environment(NETTUNE_CHECK_OPTIONS=f"nettune.MaxPathNotes=3 {argument}")),
                           f"NETTUNE_CHECK_OPTIONS: error: {text}")
        self.wrong(self.p.check("--check-option=nettune.Index=x.nti"), "--check-option: error: nettune.Index is for one file alone; this looks at the program itself")
        self.assertFalse((self.p.build / ".cache").exists())
        self.assertIsNone(self.says(ran=2, environment="nettune.Index=x.nti"))  # for the editor, which has it, too

    def test_model_is_missing(self):
        self.wrong(self.p.check(option("Models=no/such.json")), "error: no/such.json: error: cannot read the model")

    def test_no_option_lacks_its_name(self):
        """Each that the documents name can be given."""
        values = dict.fromkeys(NAMES, "3") | {"Workload": "mixed", "ReportMayBlock": "false", "AllowCastToVoid": "false", "GuideUrl": "https://example.org",
                                              "Models": str(self.p.write("models/vendor.json", VENDOR))}
        run = self.p.check(*(option(f"{name}={value}") for name, value in values.items()))
        self.assertEqual((run.code, run.ran), (1, 2), run)

    def test_other_commands(self):
        out = self.p.home / "shards"
        for word, threads in ((option("TargetCores=2"), True), (option("TargetCores=64"), False)):
            shutil.rmtree(out, ignore_errors=True)
            run = subprocess.run([NETTUNE, "summarize", "-p", self.p.build, "--root", self.p.source, "--cache-dir", self.p.store, "-o", out, word,
                                  self.p.source / "main.cpp"], capture_output=True, text=True)
            self.assertEqual((run.returncode, run.stderr), (0, ""))
            shard, = out.glob("*.nts")
            self.assertEqual(b"16 threads requested" in shard.read_bytes(), threads)
        run = subprocess.run([NETTUNE, "baseline", "create", "-p", self.p.build, "--root", self.p.source, option("TargetCores=2")],
                             capture_output=True, text=True, cwd=self.p.source)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("16 threads requested for 2 cores", Path(self.p.source / ".nettune-baseline.json").read_text())
        # Without the option nothing is found any more: the entry is stale.
        for words, code in ((["baseline", "check", "--check-option=nettune.TargetCores=2"], 0), (["baseline", "check", "--check-option=nettune.TargetCores=64"], 1),
                            (["baseline", "update", "--check-option=nettune.TargetCores=64"], 0)):
            run = subprocess.run([NETTUNE, *words, "-p", self.p.build, "--root", self.p.source], capture_output=True, text=True, cwd=self.p.source)
            self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        self.assertNotIn("16 threads", Path(self.p.source / ".nettune-baseline.json").read_text())


if __name__ == "__main__":
    run_tests(Options)
