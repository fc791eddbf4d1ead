#!/usr/bin/env python3
"""Sessions with nettune-clangd, as an editor has them: what it says, links to, explains and repairs, and what becomes of it when files or the index change.

Usage: test/editor/run.py [NAME...]      (NETTUNE_CLANGD=FILE: another server)
"""

import shutil
import subprocess
import sys
from pathlib import Path

import bad_input
import lsp
import raw_messages
import session_settings
import shapes
from workspace import BLOCKING, CLAMP, CLANGD, HERE, ROOT, STOCK, Workspace, expect, flat, hops, line_of, of_nettune, said, same

sys.path.insert(0, str(HERE.parent / "bench"))
from cases import run_cases  # noqa: E402  pylint: disable=wrong-import-position

PROJECT = HERE / "project"
REACTOR = ROOT / "test/programs/reactor"
UPSTREAM = "-*,bugprone-*,performance-*,modernize-use-nullptr"
FLAWED = """#include <string>
#include <vector>
int *none = 0;
std::string pick(const std::vector<std::string> all, int at) {
  std::string taken = std::move(all[at]);
  if (at = 1)
    return std::string("three", 3 > 2 ? 99 : 1);
  std::string other = "a" + at;
  return taken + other;
}
"""


def by_line(diagnostics, line, check=BLOCKING):
    found = [d for d in diagnostics if (d["range"]["start"]["line"], d.get("code")) == (line, check)]
    expect(len(found) == 1, f"{len(found)} diagnostics of {check} in line {line + 1}")
    return found[0]


def test_says_what_clang_tidy_says():
    space = Workspace("one_file", PROJECT)
    with space.serve() as server:
        for name in ("server.cpp", "loop.cpp"):
            got = of_nettune(server.open(space.file(name)))
            wanted = space.tidy(name)
            expect(wanted, f"clang-tidy says nothing of {name}")
            same(sorted((*d[:4], hops(d[4])) for d in map(flat, got)), sorted((*d[:4], hops(d[4])) for d in wanted), name)
            same({d["source"] for d in got}, {"nettune"}, "source")
        same(server.shown, [], "messages to the user")
        same(server.shutdown(), 0, "exit code")


def links(space, name, around=(), server=None):
    with space.serve(around=around, server=server) as session:
        return {d["code"]: d["codeDescription"]["href"] for d in of_nettune(session.open(space.file(name)))}


def has_section(link):
    page, _, anchor = link.removeprefix("file://").partition("#")
    return f'id="{anchor}"' in Path(page).read_text(encoding="utf-8")


def test_links_to_the_guide():
    space = Workspace("links", PROJECT, options={"nettune.GuideUrl": "https://example.org/guide"})
    same(links(space, "server.cpp"), {BLOCKING: "https://example.org/guide#blocking-call-in-handler", CLAMP: "https://example.org/guide#thread-oversubscription"}, "links")


def prefix():
    cache = (ROOT / "build/CMakeCache.txt").read_text(encoding="utf-8")
    return Path(next(line.split("=", 1)[1] for line in cache.splitlines() if line.startswith("CMAKE_INSTALL_PREFIX:")))


def test_links_wherever_the_guide_is():
    """In a mount namespace of its own the guide is installed or not, whatever the machine has."""
    space = Workspace("guides", PROJECT)
    share, built = prefix() / "share", ROOT / "build/html"
    html = share / "doc/nettune/html"
    alone = space.home / "bin" / CLANGD.name  # far from the repository
    alone.parent.mkdir()
    shutil.copy(CLANGD, alone)
    hidden = f"mount -t tmpfs none {share}"
    page = "PERFORMANCE_TUNING.html"
    for what, prepared, server, start in (
            ("installed", f"cp -r {built} /tmp/html && {hidden} && mkdir -p {html.parent} && cp -r /tmp/html {html}", CLANGD, (html / page).as_uri()),
            ("built", hidden, CLANGD, (built / page).as_uri()),
            ("neither, in the repository", f"{hidden} && mount -t tmpfs none {built}", CLANGD, (ROOT / "docs/PERFORMANCE_TUNING.md").as_uri()),
            ("nowhere", hidden, alone, "docs/PERFORMANCE_TUNING.md")):
        inside = ["unshare", "--map-root-user", "--mount", "sh", "-c", f'mount -t tmpfs none /tmp && {prepared} && exec "$@"', "sh"]
        got = links(space, "loop.cpp", inside, server)
        same(got, {BLOCKING: f"{start}#blocking-call-in-handler"}, f"links, guide {what}")
        expect(what != "built" or all(map(has_section, got.values())), f"a section is not there: {got}")


def test_edit():
    space = Workspace("edit", PROJECT)
    path, text = space.file("server.cpp"), space.read("server.cpp")
    sleep = line_of(text, "std::this_thread::sleep_for(std::chrono::milliseconds")
    with space.serve() as server:
        before = said(server.open(path))
        expect((sleep, BLOCKING) in before, f"line {sleep + 1} is not found: {before}")
        without = said(server.change(path, text.replace("std::this_thread::sleep_for(std::chrono::milliseconds(50));", "")))
        same(without, [d for d in before if d[0] != sleep], "without the sleep")
        moved = said(server.change(path, "//\n" + text))
        same(moved, [(line + 1, check) for line, check in before], "one line further down")
        same(said(server.change(path, text)), before, "as before")


def test_settings():
    for checks, settings, wanted in (
            ("-*,bugprone-*", {}, 1),  # a configuration that does not speak of nettune
            ("-*,nettune-blocking-*", {}, 1),
            ("-*,nettune-unclamped-*", {}, 0),
            ("-*,nettune-blocking-cal-in-handler", {}, 1),  # as nettune check: a name that is none
            ("-*,nettune-*,-nettune-blocking-*", {}, 0),
            ("-*,bugprone-*,-nettune-*", {}, 0),
            ("-*", {}, 0),
            ("-*,bugprone-*", {"guideUrl": "https://example.org/of-the-editor"}, 1)):
        space = Workspace("settings", PROJECT, checks=checks)
        with space.serve(settings=settings) as server:
            found = of_nettune(server.open(space.file("loop.cpp")))
            same(len(found), wanted, f"diagnostics with the checks {checks}")
            expect(not settings or found[0]["codeDescription"]["href"] == "https://example.org/of-the-editor#blocking-call-in-handler", f"settings are not taken: {found}")


def explained(server, path, position):
    return server.request("nettune/explain", server.at(path, position))


def test_hover_and_explain():
    space = Workspace("hover", PROJECT)
    space.check()
    path, text = space.file("server.cpp"), space.read("server.cpp")
    registered = f"server.cpp:{line_of(text, 'async_accept') + 1}"
    with space.serve() as server:
        server.open(path)
        for name in ("back_off", "greet"):
            shown = server.hover(path, lsp.position_of(text, f"void {name}", 5))
            expect("Runs on the event loop" in shown and registered in shown, f"hover on {name}: {shown}")
            expect(name in shown.split("Runs on the event loop")[0], f"clangd's own part is not there: {shown}")
        for name in ("configured", "main"):
            shown = server.hover(path, lsp.position_of(text, f"int {name}", 4))
            expect(name in shown and "event loop" not in shown, f"hover on {name}: {shown}")
        expect("event loop" not in server.hover(path, {"line": 0, "character": 3}), "hover on a comment")

        got = explained(server, path, lsp.position_of(text, "sleep_for(std::chrono::milliseconds"))
        expect(got and got["onLoop"] is True and "back_off" in got["name"], f"explain in back_off: {got}")
        expect("async_accept" in got["origin"], f"origin: {got}")
        lines = [step["location"]["range"]["start"]["line"] for step in got["steps"]]
        same(lines, [line_of(text, "from.async_accept"), line_of(text, "greet(peer, error)"), line_of(text, "    back_off()")], "lines of the steps")
        expect(all(step["text"] and step["location"]["uri"] == lsp.uri_of(path) for step in got["steps"]), f"steps: {got}")
        for place in ({"line": 0, "character": 0}, lsp.position_of(text, "int configured", 4), {"line": 10**6, "character": 0}):
            same(explained(server, path, place), None, f"explain at {place}")
        same(explained(server, space.file("not_open.cpp"), {"line": 0, "character": 0}), None, "explain in a file that nobody knows")


def test_fix():
    space = Workspace("fix", PROJECT)
    path, text = space.file("server.cpp"), space.read("server.cpp")
    with space.serve() as server:
        before = server.open(path)
        found = by_line(before, line_of(text, "hardware_concurrency"), CLAMP)
        fixes = [a for title, a in server.actions(path, found).items() if "uppress" not in title and a.get("kind") == "quickfix"]
        same(len(fixes), 1, "number of fixes")
        after = server.apply(path, fixes[0])
        same(server.text(path), text.replace("std::thread::hardware_concurrency() / 2", "std::max(1u, std::thread::hardware_concurrency() / 2)"), "the text")
        same(said(after), [d for d in said(before) if d[1] != CLAMP], "after the fix")


def test_suppress():
    space = Workspace("suppress", PROJECT)
    path, text = space.file("server.cpp"), space.read("server.cpp")
    with space.serve() as server:
        before = server.open(path)
        for line, check in ((line_of(text, "sleep_for"), BLOCKING), (line_of(text, "hardware_concurrency"), CLAMP)):
            actions = server.actions(path, by_line(before, line, check))
            wanted = [t for t in actions if t.startswith(f"Suppress '{check}'")]
            same(len(wanted), 1, f"suppress actions among {sorted(actions)}")
            after = server.apply(path, actions[wanted[0]])
            added = server.text(path).split("\n")[line]
            indent = text.split("\n")[line][:2]
            expect(added.startswith(f"{indent}// NOLINTNEXTLINE({check}): "), f"it added {added!r}")
            same([d for d in server.text(path).split("\n") if d != added], text.split("\n"), "the other lines")
            same(said(after), sorted((at + (at >= line), c) for at, c in said(before) if (at, c) != (line, check)), "after it")
            server.change(path, text)


def waits(diagnostics):
    """Lines of calls that wait."""
    return [line for line, check in said(diagnostics) if check == BLOCKING]


def test_index_reload():
    space = Workspace("reload", REACTOR)
    session, forwarder = space.file("app/session.cpp"), space.file("app/forwarder.cpp")
    text, callee = space.read("app/session.cpp"), space.read("app/forwarder.cpp")
    call, look_up = line_of(text, "forward(line"), line_of(callee, "::getaddrinfo")
    with space.serve() as server:
        same([said(server.open(f)) for f in (session, forwarder)], [[], []], "without the index")
        expect("event loop" not in server.hover(forwarder, lsp.position_of(callee, "void forward", 5)), "hover without the index")
        same(space.check(), 1, "exit code of nettune check")
        same(waits(server.again(forwarder, waits, "finding in forwarder.cpp")), [look_up], "with the index")
        got = server.again(session, waits, "finding in session.cpp")
        same(waits(got), [call], "with the index")
        related = {Path(note["location"]["uri"]).name for note in by_line(got, call)["relatedInformation"]}
        expect({"event_loop.cpp", "channel.cpp", "forwarder.cpp"} <= related, f"the path goes through {related}")
        shown = server.hover(forwarder, lsp.position_of(callee, "void forward", 5))
        expect("Runs on the event loop" in shown, f"hover on forward: {shown}")
        steps = explained(server, forwarder, lsp.position_of(callee, "look_up(host)"))["steps"]
        same([Path(s["location"]["uri"]).name for s in steps], ["poller.cpp", "event_loop.cpp", "channel.cpp", "session.cpp", "session.cpp"], "files that explain names")

        gone = text.replace("forward(line, line.substr(0, line.find(' ')));", "(void)line;")
        same(waits(server.change(session, gone)), [], "without the call")
        same(waits(server.change(session, text.replace("if (size > 0)", 'forward("", "");\n  if (size > 0)'))), [line_of(text, "if (size > 0)"), call + 1], "with a second call")
        session.write_text(gone)
        same(waits(server.change(session, gone)), [], "without the call")
        space.check()
        same(waits(server.again(forwarder, lambda d: not waits(d), "silence in forwarder.cpp")), [], "nobody calls it any more")
        same(server.shown, [], "messages to the user")
        same(server.shutdown(), 0, "exit code")


def test_two_editors():
    space = Workspace("two", REACTOR)
    forwarder = space.file("app/forwarder.cpp")
    with space.serve() as one, space.serve("--background-index") as other:
        same([said(s.open(forwarder)) for s in (one, other)], [[], []], "without the index")
        space.check()
        for server in (one, other):
            expect(server.again(forwarder, said, "finding"), "no finding")
        same(one.shutdown(), 0, "exit code")  # the other's clangd first ends what it is indexing, in idle time


def test_upstream_checks_are_those_of_clangd():
    got = []
    for server in (CLANGD, STOCK):
        space = Workspace("upstream", PROJECT, checks=UPSTREAM)
        space.user_config("Diagnostics:\n  ClangTidy:\n    FastCheckFilter: None\n")
        path = space.file("loop.cpp")
        with space.serve(server=server) as session:
            found = session.open(path, FLAWED)
            got.append([(d, sorted(session.actions(path, d))) for d in found])
    expect(len({d["code"] for d, _ in got[1]}) >= 4, f"clangd finds {[d['code'] for d, _ in got[1]]}")
    same(got[0], got[1], "diagnostics and actions")


def test_is_clangd_whole():
    options = [set(line.split()[0] for line in subprocess.run([s, "--help"], capture_output=True, text=True, check=True).stdout.splitlines()
                   if line.startswith("  --")) for s in (CLANGD, STOCK)]
    expect(len(options[1]) > 20, f"clangd has the options {options[1]}")
    same(options[1] - options[0], set(), "options of clangd that are missing")
    space = Workspace("whole", PROJECT)
    path, text = space.file("loop.cpp"), space.read("loop.cpp")
    with space.serve() as server, space.serve(server=STOCK) as stock:
        mine, theirs = dict(server.capabilities), dict(stock.capabilities)
        same(mine, {**mine, **theirs}, "capabilities")
        for s in (server, stock):
            s.open(path)
        asked = [("definition", s.request("textDocument/definition", s.at(path, lsp.position_of(text, "look_up<addrinfo>")))) for s in (server, stock)]
        same(*asked, "definition")
        names = [{i["label"].strip() for i in s.request("textDocument/completion", s.at(path, lsp.position_of(text, "run();\n}", 1)))["items"]} for s in (server, stock)]
        expect("run()" in names[1], f"clangd completes {names[1]}")
        same(*names, "completion")
        tweaks = [{a["title"] for a in s.request("textDocument/codeAction", {
            "textDocument": {"uri": lsp.uri_of(path)}, "context": {"diagnostics": []},
            "range": {"start": lsp.position_of(text, "if (one"), "end": lsp.position_of(text, "on_ready_(one.fd);\n", 18)}})} for s in (server, stock)]
        expect(tweaks[1], "clangd offers no tweak")
        same(*tweaks, "tweaks")


if __name__ == "__main__":
    if not CLANGD.exists():
        sys.exit(f"{CLANGD} is not there; tools/dev/build makes it")
    sys.exit(run_cases({**vars(bad_input), **vars(raw_messages), **vars(session_settings), **vars(shapes), **globals()}, sys.argv[1:]))
