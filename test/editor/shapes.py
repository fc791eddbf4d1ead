"""Code, settings and places of real projects that clangd treats in its own way: templates that a header declares, header-only classes, switches of clangd, names with blanks, other encodings."""

import json
import urllib.parse
from pathlib import Path

import lsp
from workspace import BLOCKING, HERE, ROOT, Workspace, expect, flat, hops, line_of, lowered, of_nettune, said, same

PROJECT = HERE / "project"
REACTOR = ROOT / "test/programs/reactor"
SERVE = """int main() {
  asio::io_context io;
  asio::steady_timer timer(io);
  timer.async_wait(run);
  io.run();
}
"""

# A header declares the template, the source defines and uses it; the class template's method, too.
TEMPLATES = {
    "feed.h": """#pragma once
#include <string>
class feed {
public:
  void refresh();
private:
  template <typename Peer> std::string ask(Peer &of);
};
template <typename Peer> struct lookup { void name(Peer &of); };
template <typename Peer> class later;
""",
    "feed.cpp": """#include "feed.h"
#include <asio.hpp>
#include <thread>
#include <unistd.h>
template <typename Peer> std::string feed::ask(Peer &of) {
  of.write_some(asio::buffer("?", 1));
  ::usleep(50000);
  return "";
}
template <typename Peer> void lookup<Peer>::name(Peer &) { ::usleep(60000); }
template <typename Peer> class later { public: void go() { ::usleep(70000); } };
void feed::refresh() {
  static asio::io_context other;
  asio::ip::tcp::socket peer(other);
  ask(peer);
  lookup<asio::ip::tcp::socket>().name(peer);
  later<int>().go();
}
void run(std::error_code) { feed().refresh(); }
""" + SERVE,
}


def test_templates_that_a_header_declares():
    space = Workspace("templates", TEMPLATES)
    with space.serve() as server:
        wanted = space.tidy("feed.cpp")
        same(len([w for w in wanted if w[2] == BLOCKING]), 4, f"calls that wait, by clang-tidy: {wanted}")
        got = map(flat, of_nettune(server.open(space.file("feed.cpp"))))
        same(sorted((*d[:4], hops(d[4])) for d in got), sorted((*d[:4], hops(d[4])) for d in wanted), "the editor")


# The constructor of the base is the compiler's; what blocks stands in the header.
HEADER_ONLY = {
    "disk.h": """#pragma once
#include <unistd.h>
inline void flush() { ::usleep(50000); }
struct task { virtual ~task() = default; virtual void work() {} };
template <typename T> void store(T) { flush(); }
template <typename T> struct cache { void drop() { flush(); } };
""",
    "disk.cpp": """#include "disk.h"
#include <asio.hpp>
struct saving : task { void work() override { flush(); } };
void run(std::error_code) {
  saving now;
  now.work();
  store(1);
  cache<int>().drop();
}
""" + SERVE,
}


def test_calls_into_a_header():
    """With the index the call stands where this file leaves for what blocks, and can be suppressed there."""
    space = Workspace("header_only", HEADER_ONLY)
    space.check()
    path, text = space.file("disk.cpp"), space.read("disk.cpp")
    with space.serve() as server:
        found = server.open(path)
        same(said(found), [(line_of(text, call), BLOCKING) for call in ("{ flush(); }", "store(1)", "cache<int>")], "places of calls")
        for call in ("{ flush(); }", "store(1)", "cache<int>"):
            line = line_of(server.text(path), call)
            diagnostic = next(d for d in server.diagnostics(path) if d["range"]["start"]["line"] == line)
            server.apply(path, server.actions(path, diagnostic)[f"Suppress '{BLOCKING}' with a reason"])
        same(said(server.diagnostics(path)), [], "after all were suppressed")
        header = space.file("disk.h")
        server.open(header)
        for name in ("store(T", "drop()"):
            shown = server.hover(header, lsp.position_of(space.read("disk.h"), name))
            expect("Runs on the event loop" in shown and "called from the handler given to" in shown, f"hover on {name}: {shown}")
        handler = server.hover(path, lsp.position_of(server.text(path), "run(std", 0))
        expect("it is the handler given to 'asio::basic_waitable_timer::async_wait', registered at disk.cpp:" in handler, f"hover on the handler: {handler}")


def test_hover_says_may():
    space = Workspace("may", {"may.cpp": """#include <asio.hpp>
void shared() {}
""" + "".join(f"void f{n}() {{ shared(); }}\n" for n in range(70)) + """using call = void (*)();
call pick(int);
call table[] = {""" + ", ".join(f"f{n}" for n in range(70)) + """};
void run(std::error_code) { table[3](); }
""" + SERVE})
    space.check()
    path, text = space.file("may.cpp"), space.read("may.cpp")
    with space.serve() as server:
        server.open(path)
        shown = server.hover(path, lsp.position_of(text, "shared()"))
        expect("May run on the event loop" in shown, f"hover on what one of 70 calls: {shown}")


def test_clangd_without_checks():
    """--clang-tidy=false is an answer, too, wherever it stands; clangd has CLANGD_FLAGS for those who cannot change the command."""
    for flags, variable in (((), ""), (("--clang-tidy=false",), ""), (("-clang-tidy=0",), ""), ((), "--clang-tidy=0")):
        space = Workspace("switched_off", PROJECT)
        space.env["CLANGD_FLAGS"] = variable
        with space.serve("--background-index=false", *flags) as server:
            same(len(of_nettune(server.open(space.file("loop.cpp")))), 0 if flags or variable else 1, f"diagnostics with {flags} {variable}")


def test_flags_of_the_environment():
    space = Workspace("flags", REACTOR)
    space.check()
    elsewhere = space.home / "elsewhere"
    space.build.rename(elsewhere)
    space.env["CLANGD_FLAGS"] = f"--compile-commands-dir={elsewhere}"
    with space.serve() as server:
        same(len(said(server.open(space.file("app/forwarder.cpp")))), 1, "diagnostics that need the index")


def test_commands_where_the_project_says():
    space = Workspace("configured", REACTOR)
    space.check()
    space.build.rename(space.root / "out")
    (space.root / ".clangd").write_text("CompileFlags:\n  CompilationDatabase: out\n")
    with space.serve() as server:
        same(len(said(server.open(space.file("app/forwarder.cpp")))), 1, "diagnostics that need the index")


def test_project_has_removed_all_checks():
    for clangd, wanted in (("Remove: ['*']", 0), ("Remove: [modernize-*]", 1)):
        space = Workspace("removed", PROJECT, checks="bugprone-*")
        (space.root / ".clangd").write_text(f"Diagnostics:\n  ClangTidy:\n    {clangd}\n")
        with space.serve() as server:
            same(len(of_nettune(server.open(space.file("loop.cpp")))), wanted, f"diagnostics with {clangd}")


STRANGE = "a b#c%41é🦀+&?;'\"x"


def path_of(uri):
    return Path(urllib.parse.unquote(urllib.parse.urlsplit(uri).path))


def test_strange_names():
    space = Workspace(f"strange/{STRANGE}", REACTOR)
    same(space.check(), 1, "exit code of nettune check")
    path = space.file("app/forwarder.cpp")
    with space.serve() as server:
        found = of_nettune(server.open(path))
        same(len(found), 1, "diagnostics")
        linked = [note["location"]["uri"] for note in found[0]["relatedInformation"]]
        steps = server.request("nettune/explain", server.at(path, lsp.position_of(space.read("app/forwarder.cpp"), "look_up(host)")))["steps"]
        linked += [step["location"]["uri"] for step in steps]
        expect(len(linked) > 5 and all(path_of(uri).is_file() for uri in linked), f"links that lead nowhere: {[u for u in linked if not path_of(u).is_file()]}")
        same(server.shown, [], "messages to the user")
        action = server.actions(path, found[0])[f"Suppress '{BLOCKING}' with a reason"]
        same(said(server.apply(path, action)), [], "after it was suppressed")


def columns(space, units):
    """What suppresses and what explains, where positions count these units."""
    path = space.file("wide.cpp")
    with space.serve(f"--offset-encoding={units}") as server:
        text = space.read("wide.cpp")
        server.open(path)
        # Typed by an editor that sends what has changed only.
        line = line_of(text, "/*🦀")
        before = len("/*🦀é*/".encode({"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[units])) // {"utf-8": 1, "utf-16": 2, "utf-32": 4}[units]
        server.notify("textDocument/didChange", {"textDocument": {"uri": lsp.uri_of(path), "version": 2}, "contentChanges": [
            {"range": {"start": {"line": line, "character": before}, "end": {"line": line, "character": before}}, "text": "\n  "}]})
        server.texts[lsp.uri_of(path)] = (2, text.replace("/*🦀é*/", "/*🦀é*/\n  "))
        found = of_nettune(server.diagnostics(path))
        edit = next(a for t, a in server.actions(path, found[0]).items() if "Suppress" in t)["edit"]["changes"][lsp.uri_of(path)]
        steps = server.request("nettune/explain", server.at(path, {"line": line, "character": 0}))["steps"]
        return edit[0]["newText"], steps[-1]["location"]["range"]["start"]["character"]


def test_positions_in_other_units():
    space = Workspace("wide", {"wide.cpp": """#include <asio.hpp>
#include <unistd.h>
void nap() {
/*🦀é*/::usleep(50000); }
void run(std::error_code) { /*🦀é*/ nap(); }
""" + SERVE})
    space.check()
    comment = f"  // NOLINTNEXTLINE({BLOCKING}): reason\n"
    for units, column in (("utf-8", 39), ("utf-16", 36), ("utf-32", 35)):
        same(columns(space, units), (comment, column), units)


def test_suppress_where_a_line_begins_in_a_string():
    """The text stays what the program prints, and the line breaks stay those of the file."""
    text = """#include <unistd.h>
#include <asio.hpp>
void print(const char *, int = 0);
void run(std::error_code) {
  print(R"(one
two)", ::usleep(50000));
  // NOLINTNEXTLINE(bugprone-unused-return-value): it is late
  ::usleep(60000);
}
""" + SERVE
    for breaks in ("\n", "\r\n"):
        space = Workspace("strings", {"strings.cpp": text.replace("\n", breaks)}, checks="-*,nettune-*")
        path = space.file("strings.cpp")
        whole = path.read_bytes().decode()
        with space.serve() as server:
            server.open(path, whole)
            while found := of_nettune(server.diagnostics(path)):
                server.apply(path, server.actions(path, found[0])[f"Suppress '{BLOCKING}' with a reason"])
            now = server.text(path)
            expect(f'two)", ::usleep(50000)); // NOLINT({BLOCKING}): reason{breaks}' in now, f"the string: {now}")
            expect(f"// NOLINTNEXTLINE(bugprone-unused-return-value, {BLOCKING}): it is late{breaks}" in now, f"the list: {now}")
            same(now.count("\n") - now.count(breaks), 0, "line breaks of another kind")
            same(now.count(breaks), whole.count(breaks), "lines")
            expect(not any(d["severity"] == 1 for d in server.diagnostics(path)), "it does not compile any more")


def test_explain_after_edits():
    """Lines of the index are those of the files that it was made of; what is typed since then moves them."""
    space = Workspace("moved", PROJECT)
    space.check()
    path, text = space.file("server.cpp"), space.read("server.cpp")
    with space.serve() as server:
        server.open(path)

        def explained(needle):
            got = server.request("nettune/explain", server.at(path, lsp.position_of(server.text(path), needle)))
            return got and got["name"]

        wanted = {"sleep_for(std::chrono::milliseconds": "'back_off'", "greet(peer, error)": None, "int configured": None, "unsigned short>(configured": None}
        wanted["greet(peer, error)"] = explained("greet(peer, error)")
        expect("lambda" in wanted["greet(peer, error)"], f"in the handler: {wanted}")
        for lines in (1, 7, 40):
            server.change(path, "//\n" * lines + text)
            same({needle: explained(needle) for needle in wanted}, wanted, f"{lines} lines further down")
        server.change(path, "//\n" * 3 + text)
        for line in range(line_of(text, "void back_off")):  # where back_off was, now there is none
            same(server.request("nettune/explain", server.at(path, {"line": line, "character": 0})), None, f"line {line + 1}")
        server.change(path, text.replace("void greet(", "void added() { greet_all(); }\n\nvoid greet("))
        same(explained("greet_all"), None, "in a function that the index does not know")


def test_notes_in_the_order_of_nettune_check():
    callers = "".join(f"void call_{n}(std::error_code) {{ wait_here(); }}\n" for n in range(2))
    serve = SERVE.replace("timer.async_wait(run)", "timer.async_wait(call_0);\n  timer.async_wait(call_1)")
    own = callers.replace("call_", "own_") + "void add(asio::steady_timer &timer) { timer.async_wait([](std::error_code e) { own_0(e); own_1(e); }); }\n"
    space = Workspace("order", {
        "a.cpp": "#include <asio.hpp>\nvoid wait_here();\nvoid add(asio::steady_timer &);\n" + callers + serve.replace("io.run", "add(timer);\n  io.run"),
        "z.cpp": "#include <asio.hpp>\n#include <unistd.h>\nvoid wait_here() { ::usleep(50000); }\n" + own})
    space.check("--format", f"json={space.home}/found.json")
    report = json.loads((space.home / "found.json").read_text())
    wanted = [(Path(n["file"]).name, n["line"] - 1, n["message"]) for n in report["findings"][0]["notes"] if not n["message"].startswith("guide")]
    same(Path(report["findings"][0]["file"]).name, "z.cpp", "file of the finding")
    with space.serve() as server:
        found = of_nettune(server.open(space.file("z.cpp")))[0]
        got = [(path_of(n["location"]["uri"]).name, n["location"]["range"]["start"]["line"], lowered(n["message"])) for n in found["relatedInformation"]]
        same(got, wanted, "notes")


def test_hover_on_each_kind_of_root():
    space = Workspace("roots", {"roots.cpp": """#define ASIO_HAS_CO_AWAIT 1
#define ASIO_HAS_STD_COROUTINE 1
#include <asio.hpp>
#include <poll.h>
#include <functional>
struct reader { void operator()(std::error_code) const {} };
[[clang::annotate("nettune::handler")]] void marked() {}
asio::awaitable<void> session() { co_return; }
std::function<void()> work;
void dispatch() {
  pollfd some[] = {{0, POLLIN, 0}, {1, POLLOUT, 0}};
  while (::poll(some, 2, -1) >= 0)
    for (pollfd &one : some)
      if (one.revents)
        work();
}
void run(std::error_code) {}
void start(asio::steady_timer &timer) { timer.async_wait(reader()); asio::co_spawn(timer.get_executor(), session(), asio::detached); }
int configured() { return 1; }
""" + SERVE.replace("io.run", "start(timer);\n  io.run")})
    space.check()
    path, text = space.file("roots.cpp"), space.read("roots.cpp")
    with space.serve() as server:
        server.open(path)
        for name, wanted in (("operator()", ": it is the handler given to 'asio::basic_waitable_timer::async_wait', registered at roots.cpp:18"),
                             ("marked()", ": it is annotated 'nettune::handler'"),
                             ("session()", ": it is a coroutine, and nothing says that it runs on other threads only"),
                             ("dispatch()", ": it is the loop, which waits with 'poll' at roots.cpp:12"),
                             ("configured()", None)):
            shown = server.hover(path, lsp.position_of(text, name)).splitlines()
            same([line.split("**")[-1] for line in shown if "event loop" in line], [wanted] if wanted else [], f"hover on {name}")
