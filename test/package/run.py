#!/usr/bin/env python3
"""The Debian package: lintian finds no error in it; in a fresh Debian 12 it installs, finds what it must, and leaves nothing behind.

Usage: test/package/run.py [--keep]     --keep: leave the root in build/package/root
Needs a build of the preset 'release', root, and Debian's archive or a mirror.
"""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

from fresh_root import FreshRoot

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "test/ci"))
import run as ci  # pylint: disable=wrong-import-position
import templates  # pylint: disable=wrong-import-position
from scratch import Scratch  # pylint: disable=wrong-import-position

BUILD, HOME = ROOT / "build-release", ROOT / "build/package"
# What lintian warns of, and why it stays.
WARNINGS = {
    "maintscript-calls-ldconfig": "CPack calls it for any library one folder below /usr/lib; it does no harm",
    "initial-upload-closes-no-bugs": "the package is not uploaded to Debian",
}
PROGRAMS = ("usr/bin/nettune", "usr/bin/nettune-tidy", "usr/bin/nettune-clangd", "usr/lib/nettune/libnettune.so")
NEEDED = PROGRAMS + ("usr/share/nettune/models/asio.json",
          "usr/share/nettune/schema/schema.json", "usr/share/doc/nettune/html/PERFORMANCE_TUNING.html", "usr/share/doc/nettune/copyright",
          "usr/share/doc/nettune/changelog.Debian.gz", "usr/share/doc/nettune/html/examples/chat_server/main.cpp",
          "usr/share/man/man1/nettune-tidy.1.gz", "usr/share/man/man1/nettune-clangd.1.gz")
COMPLETIONS = ("usr/share/bash-completion/completions/nettune", "usr/share/zsh/vendor-completions/_nettune",
               "usr/share/fish/vendor_completions.d/nettune.fish")
LOAD = "clang-tidy-22 -load /usr/lib/nettune/libnettune.so"
SAMPLE = "/usr/share/doc/nettune/examples/chat_server/main.cpp"
# The calls of the sample that wait: docs/examples/chat_server/README.md.
WAITS = {"std::ofstream", "std::async", "std::future::get", "asio::ip::basic_resolver::resolve", "std::this_thread::sleep_for"}
WARNING = re.compile(r"^\S+:(\d+):(\d+): warning: '([^']+)' .*\[(nettune-[\w-]+)\]$", re.MULTILINE)
COMMANDS = '[{"directory": "/srv", "file": "%s", "command": "c++ -std=c++20 -c %s"}]'

problems, done = [], 0


def expect(condition, what):
    global done
    done += 1
    if not condition:
        problems.append(what)


def made():
    """The package, made now."""
    for old in HOME.glob("*.deb"):
        old.unlink()
    HOME.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cpack", "--config", BUILD / "CPackConfig.cmake", "-B", HOME], check=True, stdout=subprocess.DEVNULL)
    (package,) = HOME.glob("*.deb")
    return package


def check_lintian(package):
    run = subprocess.run(["lintian", "--allow-root", package], capture_output=True, text=True, check=False)
    tags = re.findall(r"^([EW]): nettune: ([\w-]+)(.*)$", run.stdout, re.MULTILINE)
    for kind, tag, rest in tags:
        print(f"lintian: {kind}: {tag}{rest}: {WARNINGS.get(tag, 'not expected')}")
        expect(kind == "W" and tag in WARNINGS, f"lintian: {kind}: {tag}{rest}")
    expect(not run.stderr.strip() and run.returncode == 0, f"lintian ended with {run.returncode}: {run.stderr}")


def check_contents(package, files):
    """Everything is there, without symbols; each command has its page and is completed."""
    subprocess.run(["dpkg-deb", "-x", package, files], check=True)
    for name in NEEDED:
        expect((files / name).is_file(), f"the package has no {name}")
    for name in PROGRAMS:
        sections = subprocess.run(["readelf", "-SW", files / name], capture_output=True, text=True, check=True).stdout
        expect(".symtab" not in sections and ".debug_" not in sections, f"{name} is not stripped")
    help_text = subprocess.run([BUILD / "bin/nettune", "--help"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^  ([a-z][a-z-]+) +\S", help_text.split("Subcommands:")[1], re.MULTILINE)
    expect(len(commands) >= 8, f"the help names only {commands}")
    for command in commands:
        page = files / f"usr/share/man/man1/nettune-{command}.1.gz"
        text = gzip.decompress(page.read_bytes()).decode().replace("\\-", "-") if page.exists() else ""
        own = subprocess.run([BUILD / "bin/nettune", command, "--help"], capture_output=True, text=True, check=True).stdout
        options = set(re.findall(r"^  (?:-\w,)?(--[a-z][a-z-]*)", own, re.MULTILINE)) if command != "tidy" else {"-checks="}
        expect(options and all(o in text for o in options), f"nettune-{command}(1) does not have all of {sorted(options)}")
        for shell in COMPLETIONS:
            completed = (files / shell).read_text()
            lacking = [o for o in options if command != "tidy" and o not in completed and f"-l {o[2:]}" not in completed]
            expect(command in completed and not lacking, f"{shell} does not complete '{command}' or its {lacking}")
        warnings = subprocess.run(["man", "--warnings", "-Tutf8", "-l", page], capture_output=True, text=True, check=False,
                                  env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANROFFSEQ": ""})
        expect(warnings.returncode == 0 and not warnings.stderr, f"{page.name}: {warnings.stderr}")


def findings(text):
    return {match.groups() for match in WARNING.finditer(text)}


def session(name, text):
    """What an editor writes that opens a file and leaves."""
    document = {"uri": f"file://{name}", "languageId": "cpp", "version": 1, "text": text}
    messages = [{"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
                {"method": "initialized", "params": {}},
                {"method": "textDocument/didOpen", "params": {"textDocument": document}},
                {"id": 2, "method": "shutdown"}, {"method": "exit"}]
    bodies = [json.dumps({"jsonrpc": "2.0", **m}).encode() for m in messages]
    return b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)


def check_findings(root):
    """What the README promises, by each of the three ways, in the same words."""
    tail = f"-checks='-*,nettune-*' {SAMPLE} -- -std=c++20"
    code, loaded, errors = root.run(f"{LOAD} {tail}", directory="/srv")
    expect(code == 0 and {what for _, _, what, _ in findings(loaded)} == WAITS, f"{LOAD} ended with {code}: {loaded}{errors}")
    link = re.search(r"guide: file://(/\S+)#([\w-]+)$", loaded, re.MULTILINE)
    page = (root.path / link.group(1)[1:]) if link else None
    expect(page and page.is_file() and f'id="{link.group(2)}"' in page.read_text(), "the link of a diagnostic leads nowhere")
    for way in ("nettune tidy", "nettune-tidy"):
        code, said, errors = root.run(f"{way} {tail}", directory="/srv")
        expect(code == 0 and said == loaded, f"'{way}' ended with {code} and says something else:\n{said}{errors}")
    for sample, wanted, ends in ((SAMPLE, findings(loaded), 1), (SAMPLE.replace("chat_server", "chat_server_fixed"), set(), 0)):
        (root.path / "srv/compile_commands.json").write_text(COMMANDS % (sample, sample))
        code, said, errors = root.run("nettune check -p .", directory="/srv")
        expect(code == ends and findings(said) == wanted, f"nettune check of {sample} ended with {code}: {said}{errors}")
    (root.path / "srv/session").write_bytes(session("/srv/server.cpp", (root.path / SAMPLE[1:]).read_text()))
    (root.path / "srv/compile_flags.txt").write_text("-std=c++20\n")
    code, said, errors = root.run("nettune-clangd --sync < session", directory="/srv")
    expect(code == 0 and '"nettune-blocking-call-in-handler"' in said, f"nettune-clangd ended with {code}: {(said + errors)[-1500:]}")
    code, said, errors = root.run("nettune config /usr/share/doc/nettune/examples/configs/*.json", directory="/srv")
    expect(code == 0 and not said, f"nettune config ended with {code}: {said}{errors}")


def check_completions(root):
    """The shells complete commands and options; bash and fish are asked, zsh reads its file."""
    share = root.path / "usr/share"
    bash = f'source "{share}/bash-completion/completions/nettune"; COMP_WORDS=({{}}); COMP_CWORD={{}}; _nettune; echo "${{{{COMPREPLY[*]}}}}"'
    for words, number, wanted in (("nettune ch", 1, "check"), ("nettune check --roo", 2, "--root"), ("nettune --vers", 1, "--version")):
        asked = subprocess.run(["bash", "-c", bash.format(words, number)], capture_output=True, text=True, check=False)
        expect(asked.stdout.strip() == wanted, f"bash completes '{words}' to {asked.stdout}{asked.stderr}")
        fish = subprocess.run(["fish", "--no-config", "-c", f"source {share}/fish/vendor_completions.d/nettune.fish; complete -C '{words}'"],
                              capture_output=True, text=True, check=False, env={"HOME": "/nowhere", "PATH": "/usr/bin:/bin"})
        expect(wanted in [line.split("\t")[0] for line in fish.stdout.splitlines()], f"fish completes '{words}' to {fish.stdout}{fish.stderr}")
    zsh = subprocess.run(["zsh", "-f", "-n", share / "zsh/vendor-completions/_nettune"], capture_output=True, text=True, check=False)
    expect(zsh.returncode == 0 and not zsh.stderr, f"zsh: {zsh.stderr}")


def check_root(root, package):
    root.must("apt-get -qq update", timeout=300)
    depends = subprocess.run(["dpkg-deb", "-f", package, "Depends"], capture_output=True, text=True, check=True).stdout.strip()
    expect("clang-tidy-22 (>= 1:22.1)" in depends and "clang-tidy-22 (<< 1:23)" in depends, f"Depends: {depends}")
    # What a team has: a compiler and a library. Then what the package needs; the package itself comes last.
    root.must(f"apt-get -qq install -y g++ libasio-dev && apt-get -qq satisfy -y '{depends}'", timeout=1200)
    before = root.listing()
    (root.path / "srv" / package.name).write_bytes(package.read_bytes())
    said = root.must(f"apt-get install -y /srv/{package.name}")
    expect("0 upgraded, 1 newly installed" in said, f"it brings more than itself:\n{said}")
    expect(len(root.listing() - before) > 100, "nothing was installed")
    expect(root.must("nettune --version").startswith("nettune 0."), "nettune --version")
    check_findings(root)
    check_completions(root)
    root.must("apt-get purge -y nettune")
    left = sorted(root.listing() ^ before)
    expect(not left, "purging it leaves or takes:\n" + "\n".join(left[:20]))
    expect("nettune" not in root.must("dpkg-query -W -f '${Package}\\n'").split(), "dpkg still knows it")


class Inside:
    """Runs the steps of CI templates in the root, as a CI system does in its container."""

    def __init__(self, root, work):
        self.root, self.directory = root, self.inside(root, work)

    @staticmethod
    def inside(root, path):
        return "/" + str(path.relative_to(root.path))

    def __call__(self, script, env):
        code, out, err = self.root.run('bash --noprofile --norc -eo pipefail -c "$SCRIPT" 2>&1', self.directory, {**env, "SCRIPT": script})
        return code, out + err

    def paths(self, **named):
        return {name: self.inside(self.root, path) for name, path in named.items()}


def check_templates(root, package):
    """Each step of the templates, those that install nettune as well."""
    (root.path / "srv/ci").mkdir()
    scratch = Scratch(root.path / "srv/ci", "/nowhere")
    inside = "/srv/" + package.name
    for name, check in (
            ("github", lambda work: templates.check_github(scratch, Inside(root, work), {"vars.NETTUNE_PACKAGE": inside}, work, installing=True)),
            ("gitlab", lambda work: templates.check_gitlab(scratch, Inside(root, work), work, installing=True, package="file://" + inside))):
        root.run("apt-get purge -y nettune")
        work = (ci.merged if name == "github" else ci.requested)(scratch, name)
        try:
            check(work)
            expect(True, name)
        except AssertionError as error:
            expect(False, f"{name} template: {error}")


def main():
    root = None
    try:
        package = made()
        print(f"{package.name}: {package.stat().st_size / 1e6:.1f} MB")
        check_lintian(package)
        root = FreshRoot(HOME)
        check_contents(package, root.path / "srv/files")
        check_root(root, package)
        check_templates(root, package)
    except (RuntimeError, OSError, subprocess.SubprocessError) as error:
        problems.append(str(error))
    finally:
        if root and "--keep" not in sys.argv:
            root.remove()
    print("".join(f"{p}\n" for p in problems), end="")
    print(f"{max(0, done - len(problems))} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
