#!/usr/bin/env python3
"""The VS Code extension: packaged, installed into an editor (code-server), and used there as a user would, in a headless browser.

Usage: test/ide/run.py [--pictures]     --pictures: also renew docs/images/vscode-*.png
Installs the editor once from the npm registry (build/ide); everything runs on the loopback interface. Logs and pictures of failed steps: build/ide.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import project
from install import CODE_SERVER, HERE, HOME, ROOT, TOOLS, Unable, environment, install, package, package_clangd_stand_in

PICTURES = HOME / "pictures"
NETTUNE = {"nettune.serverPath": str(ROOT / "build/bin/nettune-clangd"), "nettune.commandPath": str(ROOT / "build/bin/nettune")}
SETTINGS = {
    "workbench.startupEditor": "none", "workbench.secondarySideBar.defaultVisibility": "hidden", "workbench.colorTheme": "Light Modern",
    "window.commandCenter": False, "chat.disableAIFeatures": True, "extensions.ignoreRecommendations": True, "git.enabled": False,
    "editor.minimap.enabled": False, "editor.wordWrap": "on", "editor.inlayHints.enabled": "off", "telemetry.telemetryLevel": "off",
}
START_SECONDS, END_SECONDS = 60, 10
SCENARIO_SECONDS = 1200

problems, done = [], 0


def expect(condition, what):
    global done
    done += 1
    if not condition:
        problems.append(what)


def words(user, *more):
    """The editor's command line; nothing of the user's own is read or written, and no gallery is asked."""
    return ["node", CODE_SERVER / "out/node/entry.js", "--config", user / "config.yaml", "--user-data-dir", user, "--extensions-dir", user / "extensions", *more]


def editor_environment():
    return {**environment(), "EXTENSIONS_GALLERY": json.dumps({"serviceUrl": "http://127.0.0.1:9"})}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url):
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def end_group(leader):
    """Ends a process and all of its group: clangd would first finish indexing a file, with what time nobody else wants."""
    os.killpg(leader.pid, signal.SIGTERM)
    end = time.monotonic() + END_SECONDS
    try:
        leader.wait(timeout=END_SECONDS)
        while time.monotonic() < end:
            os.killpg(leader.pid, 0)
            time.sleep(0.2)
        os.killpg(leader.pid, signal.SIGKILL)
    except subprocess.TimeoutExpired:
        os.killpg(leader.pid, signal.SIGKILL)
        leader.wait()
    except ProcessLookupError:
        pass  # all have ended


@contextmanager
def editor(name, *extensions, settings=None):
    """An editor with these extensions and settings; gives its URL, and ends with all that it started."""
    user = HOME / name
    shutil.rmtree(user, ignore_errors=True)
    # What names programs is not taken from the browser's settings but from those of the machine.
    for folder, content in (("User", SETTINGS), ("Machine", settings or NETTUNE)):
        (user / folder).mkdir(parents=True)
        (user / folder / "settings.json").write_text(json.dumps(content))
    (user / "config.yaml").write_text("auth: none\n")
    log = HOME / f"{name}.log"
    with log.open("w", encoding="utf-8") as out:
        for extension in extensions:
            subprocess.run(words(user, "--install-extension", extension), env=editor_environment(), stdout=out, stderr=out, timeout=300, check=True)
        port = free_port()
        server = subprocess.Popen(
            words(user, "--bind-addr", f"127.0.0.1:{port}", "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust",
                  "--disable-getting-started-override"),
            env=editor_environment(), stdout=out, stderr=out, start_new_session=True)
    url = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + START_SECONDS
        while not answers(url):
            if server.poll() is not None or time.monotonic() > end:
                raise Unable(f"the editor does not start; {log.relative_to(ROOT)} says why")
            time.sleep(0.3)
        yield url
    finally:
        end_group(server)


def play(scenario, url, folder):
    """Runs the scenario in a browser; counts its steps."""
    for script in HERE.glob("*.mjs"):  # beside the packages that they import
        shutil.copy(script, TOOLS)
    browser = subprocess.Popen(["node", TOOLS / scenario, url, folder, PICTURES], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        said, errors = browser.communicate(timeout=SCENARIO_SECONDS)
    finally:
        browser.terminate()  # it then ends the browser, if it still runs
        browser.wait()
    for line in said.splitlines():
        if line.startswith(("ok ", "not ok ")):
            expect(line.startswith("ok "), f"{scenario}: {line.removeprefix('not ok ')}")
        print(f"{scenario}: {line}")
    expect(browser.returncode == 0, f"{scenario} ended with {browser.returncode}: {errors.strip()[-2000:]}")


def check_package():
    """The unit tests pass; the official packager has nothing to complain of."""
    vsix, tests, said = package()
    expect("fail 0" in tests and "pass 0" not in tests, f"unit tests: {tests}")
    expect("WARN" not in said and "ERROR" not in said, f"vsce: {said}")
    names = subprocess.run(["python3", "-m", "zipfile", "-l", vsix], capture_output=True, text=True, check=True).stdout
    for name in ("readme.md", "LICENSE.txt", "dist/extension.cjs", "media/icon.png"):
        expect(f"extension/{name}" in names, f"no {name} in the package:\n{names}")
    expect(vsix.stat().st_size < 300_000, f"the package has {vsix.stat().st_size} bytes")
    return vsix


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by a signal"))  # what was started is ended, too
    try:
        install()
        vsix = check_package()
        shutil.rmtree(PICTURES, ignore_errors=True)
        PICTURES.mkdir()
        orders, chat = project.lay_out()
        with editor("user", vsix) as url:
            play("scenario.mjs", url, orders)
            play("chat.mjs", url, chat)
        with editor("user_clangd", vsix, package_clangd_stand_in()) as url:
            play("clangd.mjs", url, orders)
    except (Unable, subprocess.SubprocessError, OSError) as error:
        expect(False, f"error: {error}")
    for picture in sorted(PICTURES.glob("vscode-*.png")):
        expect(picture.stat().st_size < 200_000, f"{picture.name} has {picture.stat().st_size} bytes")
        if "--pictures" in sys.argv[1:]:
            shutil.copy(picture, ROOT / "docs/images")
    for problem in problems:
        print(problem)
    print(f"{done - len(problems)} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
