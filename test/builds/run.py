#!/usr/bin/env python3
"""Builds with several executables, configured by CMake and never built: `nettune check` sees what is linked with what.

The same is said whoever tells it: CMake's file API, Ninja, link scripts of makefiles, a file of programs.
Usage: test/builds/run.py [--accept] [NAME...]     NAME: a function below, without test_
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build/builds"
NETTUNE = ROOT / "build/bin/nettune"
EXPECTED = HERE / "servers/expected.txt"

_spec = importlib.util.spec_from_file_location("programs", ROOT / "test/programs/run.py")
programs = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(programs)


def configure(home, generator, *options, file_api=False):
    """Copies the sources to home/src, unless they are there, and configures home/build."""
    source, build = home / "src", home / "build"
    if not source.exists():
        shutil.copytree(HERE / "servers", source, ignore=shutil.ignore_patterns("expected.txt"))
    if file_api:
        query = build / ".cmake/api/v1/query/client-test"
        query.mkdir(parents=True, exist_ok=True)
        (query / "codemodel-v2").touch()
    subprocess.run(["cmake", "-S", source, "-B", build, "-G", generator, "-DCMAKE_CXX_COMPILER=clang++-22", *options],
                   check=True, capture_output=True)
    return source, build


def fresh(name):
    home = BUILD / name
    shutil.rmtree(home, ignore_errors=True)
    return home


def check(source, build, *options):
    """(exit code, warnings and notes, standard error)."""
    run = subprocess.run([NETTUNE, "check", "-p", build, "-j", "2", *options], capture_output=True, text=True, cwd=source, timeout=600)
    return run.returncode, programs.messages(run.stdout), run.stderr


def wrong(said, wanted, what):
    if said != wanted:
        yield f"{what}: said\n{said}wanted\n{wanted}"


def told_by(name, generator, file_api=False, hide=()):
    """Problems of a build whose link information is of one kind; it is used, and nothing else is there."""
    source, build = configure(fresh(name), generator, file_api=file_api)
    for other in hide:
        (build / other).unlink()
    code, said, err = check(source, build)
    yield from wrong(said, EXPECTED.read_text(), name)
    if code != 1 or " in 4 programs, 0 with errors, 0 not analysed" not in err:
        yield f"{name}: ended with {code}: {err}"


def test_ninja():
    yield from told_by("ninja", "Ninja")


def test_makefiles():
    yield from told_by("makefiles", "Unix Makefiles")


def test_configurations():
    """Several at once: each has its own programs, and all say the same."""
    source, build = configure(fresh("configurations"), "Ninja Multi-Config", "-DCMAKE_CONFIGURATION_TYPES=Debug;Release")
    code, said, err = check(source, build)
    yield from wrong(said, EXPECTED.read_text(), "configurations")
    if " in 8 programs, 0 with errors" not in err:
        yield err


def test_file_api():
    yield from told_by("file_api", "Ninja", file_api=True, hide=["build.ninja"])
    yield from told_by("file_api_make", "Unix Makefiles", file_api=True, hide=["CMakeFiles/TargetDirectories.txt"])


def test_one_program_without_link_info():
    """What is wrong without: the tool's handler runs on the server's loop, and Server::run of both is seen from nowhere else."""
    source, build = configure(BUILD / "ninja", "Ninja")
    code, said, err = check(source, build, "--no-link-info")
    if "batch/main.cpp:11:5: warning: 'std::this_thread::sleep_for'" not in said:
        yield f"the false chain is gone, and the test tests nothing: {code} {said} {err}"
    if " programs," in err:
        yield err


def test_index_of_several_programs():
    """A file of several programs, alone and with the index: the same words as the whole."""
    source, build = configure(BUILD / "ninja", "Ninja")
    check(source, build)
    index = build / ".cache/nettune/program.nti"
    yield from programs.index_problems(source, build, index, EXPECTED.read_text())
    said = programs.with_index(source, build, index, [source / "batch/main.cpp"])
    yield from wrong("".join(f"{s}\n" for s in sorted(said)), "", "the tool alone")
    mixed = {s for s in programs.with_index(source, build, index, sorted(source.glob("core/*.cpp"))) if "batch/" in s}
    yield from wrong("".join(f"{m}\n" for m in sorted(mixed)), "", "a library's file, in the server's program, of the tool")
    where = subprocess.run([NETTUNE, "explain-path", "-p", build, "core/store.cpp:7"], capture_output=True, text=True, cwd=source)
    if "'core::keep' runs on an event loop" not in where.stdout or "relay/server.cpp" not in where.stdout:
        yield where.stdout + where.stderr


def test_bytes_of_the_index():
    """The same for a copy elsewhere, whichever kind of link information tells it."""
    indexes = set()
    for home, generator in ((BUILD / "ninja", "Ninja"), (fresh("another/place"), "Ninja"), (BUILD / "makefiles", "Unix Makefiles")):
        source, build = configure(home, generator)
        check(source, build)
        indexes.add((build / ".cache/nettune/program.nti").read_bytes())
    if len(indexes) != 1:
        yield f"{len(indexes)} different indexes"


def test_changed_link():
    """The build links something else: the next run knows, and sources that did not change are not parsed anew."""
    source, build = configure(fresh("changed"), "Ninja")
    check(source, build)
    shards = {p: p.stat().st_mtime_ns for p in (build / ".cache/nettune/shards").iterdir()}
    configure(build.parent, "Ninja", "-DRELAY_TAKES_BATCH=ON")
    code, said, err = check(source, build)
    if "batch/main.cpp:11:5: warning: 'std::this_thread::sleep_for' " not in said:
        yield f"{code} {said} {err}"
    moved = [p.name for p, when in shards.items() if p.stat().st_mtime_ns != when and not p.name.startswith("main.cpp")]
    if moved:
        yield f"parsed anew: {moved}"
    configure(build.parent, "Ninja", "-DRELAY_TAKES_BATCH=OFF")
    yield from wrong(check(source, build)[1], EXPECTED.read_text(), "back again")


def test_wrong_link_information():
    """One error that says where, and how to go on; what is only older is left aside."""
    source, build = configure(fresh("wrong"), "Ninja")
    ninja = build / "build.ninja"
    text = ninja.read_text()
    ninja.write_text(text + "build nonsense\n")
    code, said, err = check(source, build)
    if (code, said) != (2, "") or f"{ninja}: error: 'ninja -t targets' ended with 1: ninja: error:" not in err or "--no-link-info" not in err:
        yield f"{code} {said} {err}"
    if check(source, build, "--no-link-info")[0] != 1:
        yield "--no-link-info does not go on"
    ninja.write_text(text.replace("relay/server.cpp.o", "relay/server_of_yore.cpp.o"))
    code, said, err = check(source, build)
    if code != 1 or "relay.dir" in err or "ticker/server.cpp:12:" in said:
        yield f"{code} {said} {err}"
    database = build / "compile_commands.json"
    database.write_text(database.read_text().replace("CMakeFiles/", "elsewhere/"))
    code, said, err = check(source, build)
    if f"{ninja}: warning: what it links is not what compile_commands.json compiles" not in err or "batch/main.cpp:11" not in said:
        yield f"{code} {said} {err}"


def test_file_of_programs():
    """For builds with a scheduler of their own: the sets from a file, for link and for check."""
    source, build = configure(BUILD / "ninja", "Ninja")
    core = ["core/loop.cpp", "core/dispatcher.cpp", "core/store.cpp"]
    named = {
        "relay": ["relay/main.cpp", "relay/server.cpp", "core/names.cpp", "not/there.c", *core],
        "ticker": [str(source / "ticker/main.cpp"), "ticker/server.cpp", "core/names.cpp", *core],
        "batch": ["batch/main.cpp", *core],
        "audit.so": ["plugins/audit.cpp"],
        "probe.so": ["plugins/probe.cpp"],
    }
    file = build / "programs.json"
    file.write_text(json.dumps(named))
    yield from wrong(check(source, build, "--programs", file)[1], EXPECTED.read_text(), "check --programs")
    index = build / ".cache/nettune/program.nti"
    run = subprocess.run([NETTUNE, "link", build / ".cache/nettune/shards", "--root", source, "--programs", file, "-o",
                          index.with_name("linked.nti")], capture_output=True, text=True)
    if index.with_name("linked.nti").read_bytes() != index.read_bytes() or ", 4 programs" not in run.stderr:
        yield f"link gives another index: {run.stderr}"
    file.write_text('{"relay": ["relay/main.cpp"')
    code, said, err = check(source, build, "--programs", file)
    if code != 2 or f"{file}: error: " not in err:
        yield f"{code} {said} {err}"


def main():
    if "--accept" in sys.argv:
        EXPECTED.write_text(check(*configure(fresh("ninja"), "Ninja"))[1])
    tests = {name.removeprefix("test_"): test for name, test in globals().items() if name.startswith("test_")}
    named = [a for a in sys.argv[1:] if not a.startswith("-")]
    if set(named) - {"ninja", "makefiles"}:
        named = ["ninja", "makefiles", *named]  # whose builds others use
    failed = 0
    chosen = [n for n in tests if not named or n in named]
    for name in chosen:
        found = list(tests[name]())
        failed += bool(found)
        print(f"{'FAILED' if found else 'passed'}: {name}")
        for text in found:
            print(text)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    os.environ.pop("NINJA_STATUS", None)
    sys.exit(main())
