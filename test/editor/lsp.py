"""A client of a language server on its standard input and output, as small as the tests of editors need it.

Positions are those of the protocol: lines and UTF-16 columns from 0. A server that dies, or does not answer in time, is a LspError that says so.
"""

import json
import os
import queue
import subprocess
import threading
import time
from pathlib import Path

TIMEOUT = 60  # seconds, on a machine that has other work
CAPABILITIES = {
    "window": {"workDoneProgress": True, "showMessage": {}},
    "workspace": {"applyEdit": True, "workspaceEdit": {"documentChanges": True}},
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "codeDescriptionSupport": True, "versionSupport": True, "codeActionsInline": False, "categorySupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor"]}}, "dataSupport": True},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
    },
}


class LspError(Exception):
    """The server died, did not answer in time, or answered with an error."""


def uri_of(path):
    return Path(path).as_uri()


def offset_of(text, position):
    """The index in text of a position; a line is split in UTF-16 units."""
    lines = text.split("\n")
    before = sum(len(line) + 1 for line in lines[:position["line"]])
    line = lines[position["line"]].encode("utf-16-le")
    return before + len(line[:2 * position["character"]].decode("utf-16-le"))


def position_of(text, needle, skip=0):
    """Where needle begins in text, `skip` characters further on."""
    at = text.index(needle) + skip
    line = text.count("\n", 0, at)
    return {"line": line, "character": at - (text.rfind("\n", 0, at) + 1)}


def edited(text, edits):
    """The text after the TextEdits of one document, all of which mean places in the text before."""
    for edit in sorted(edits, key=lambda e: offset_of(text, e["range"]["start"]), reverse=True):
        begin, end = (offset_of(text, edit["range"][k]) for k in ("start", "end"))
        text = text[:begin] + edit["newText"] + text[end:]
    return text


class Server:
    """One session. As a context it ends the server, if that has not happened: by force, the tests of its end call shutdown()."""

    def __init__(self, command, root, env=None, log=None, options=None):
        """command: the server and its arguments; root: the folder that is the workspace; log: file for what it writes to standard error; options: initializationOptions."""
        with open(log or os.devnull, "ab") as errors:
            self.process = subprocess.Popen([str(c) for c in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, cwd=root, env=env)
        self.texts = {}        # uri -> (version, text)
        self.published = {}    # uri -> diagnostics, in the order of their coming: (version, list)
        self.shown = []        # texts of window/showMessage
        self.applied = []      # edits that the server asked for
        self._incoming = queue.Queue()
        self._answers = {}
        self._last_id = 0
        threading.Thread(target=self._read, daemon=True).start()
        self.capabilities = self.request("initialize", {
            "processId": os.getpid(), "rootUri": uri_of(root), "capabilities": CAPABILITIES, "initializationOptions": options or {}})["capabilities"]
        self.notify("initialized", {})

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def _read(self):
        out = self.process.stdout
        while True:
            length = None
            while (line := out.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if length is None:
                self._incoming.put(None)
                return
            self._incoming.put(json.loads(out.read(length)))

    def _send(self, message):
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        try:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
            self.process.stdin.flush()
        except OSError as error:
            raise LspError(f"the server takes nothing any more: {error}; exit code {self.process.poll()}") from error

    def _take(self, message):
        method = message.get("method")
        if method is None:
            self._answers[message["id"]] = message
        elif method == "textDocument/publishDiagnostics":
            got = message["params"]
            self.published.setdefault(got["uri"], []).append((got.get("version"), got["diagnostics"]))
        elif method == "window/showMessage":
            self.shown.append(message["params"]["message"])
        elif method == "workspace/applyEdit":
            self.applied.append(message["params"]["edit"])
            self._send({"id": message["id"], "result": {"applied": True}})
        elif "id" in message:
            self._send({"id": message["id"], "result": None})

    def wait(self, done, what, timeout=TIMEOUT):
        """Takes messages until done() is true, and returns what that is."""
        until = time.monotonic() + timeout
        while not (result := done()):
            try:
                message = self._incoming.get(timeout=max(0, until - time.monotonic()))
            except queue.Empty:
                raise LspError(f"no {what} within {timeout} s") from None
            if message is None:
                raise LspError(f"the server ended with {self.process.wait()} instead of {what}")
            self._take(message)
        return result

    def listen(self, seconds):
        """Takes what comes within this time."""
        until = time.monotonic() + seconds
        try:
            self.wait(lambda: time.monotonic() >= until, "silence", seconds)
        except LspError:
            if self.process.poll() is not None:
                raise

    def notify(self, method, params):
        self._send({"method": method, "params": params})

    def request(self, method, params, timeout=TIMEOUT):
        self._last_id += 1
        asked = self._last_id
        self._send({"id": asked, "method": method, "params": params})
        answer = self.wait(lambda: self._answers.get(asked), f"answer to {method}", timeout)
        del self._answers[asked]
        if "error" in answer:
            raise LspError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def open(self, path, text=None):
        """Opens the file; its diagnostics."""
        text = Path(path).read_text(encoding="utf-8") if text is None else text
        self.texts[uri_of(path)] = (1, text)
        self.notify("textDocument/didOpen", {"textDocument": {"uri": uri_of(path), "languageId": "cpp", "version": 1, "text": text}})
        return self.diagnostics(path)

    def change(self, path, text, wait=True):
        """The file has this text now; its diagnostics, if they are waited for. Of changes in a row none is left out."""
        version = self.texts[uri_of(path)][0] + 1
        self.texts[uri_of(path)] = (version, text)
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": uri_of(path), "version": version}, "contentChanges": [{"text": text}], "wantDiagnostics": True})
        return self.diagnostics(path) if wait else None

    def close(self, path):
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri_of(path)}})
        del self.texts[uri_of(path)]
        self.published.pop(uri_of(path), None)

    def text(self, path):
        return self.texts[uri_of(path)][1]

    def diagnostics(self, path, timeout=TIMEOUT):
        """Those of the text as it is now."""
        uri = uri_of(path)
        version = self.texts[uri][0]

        def latest():
            came = [d for v, d in self.published.get(uri, []) if v == version]
            return (came[-1],) if came else None

        return self.wait(latest, f"diagnostics of version {version} of {Path(path).name}", timeout)[0]

    def again(self, path, holds, what, timeout=TIMEOUT):
        """Diagnostics of the text as it is, published anew, as soon as holds(diagnostics) is true of them."""
        return self.wait(lambda: holds(self.diagnostics(path)) and (self.diagnostics(path),), what, timeout)[0]

    def at(self, path, position):
        return {"textDocument": {"uri": uri_of(path)}, "position": position}

    def hover(self, path, position):
        """The text that is shown; empty where there is none."""
        found = self.request("textDocument/hover", self.at(path, position))
        return found["contents"]["value"] if found else ""

    def actions(self, path, diagnostic):
        """The code actions for a diagnostic, by title."""
        found = self.request("textDocument/codeAction", {
            "textDocument": {"uri": uri_of(path)}, "range": diagnostic["range"], "context": {"diagnostics": [diagnostic]}})
        return {action["title"]: action for action in found}

    def apply(self, path, action):
        """Does what an editor does with a code action that changes this file; its diagnostics afterwards."""
        edit = action.get("edit")
        if edit is None:
            command = action["command"]
            self.request("workspace/executeCommand", {"command": command["command"], "arguments": command.get("arguments", [])})
            edit = self.wait(lambda: self.applied and self.applied.pop(), "workspace/applyEdit")
        changes = dict(edit.get("changes", {}))
        for change in edit.get("documentChanges", []):
            changes[change["textDocument"]["uri"]] = change["edits"]
        if set(changes) != {uri_of(path)}:
            raise LspError(f"'{action['title']}' changes {sorted(changes)}")
        return self.change(path, edited(self.text(path), changes[uri_of(path)]))

    def shutdown(self):
        """Asks the server to end; its exit code."""
        self.request("shutdown", None)
        self.notify("exit", None)
        try:
            return self.process.wait(TIMEOUT)
        except subprocess.TimeoutExpired as error:
            raise LspError("the server does not end after 'exit'") from error
