"""A small client of a language server, for the tests of threadlint-clangd: one
process, messages over stdio, answers awaited by their content and never by a sleep.
"""
import json
import os
import queue
import subprocess
import threading
import time

PATIENCE = 120  # seconds; a slow machine with a sanitizer needs some


def apply_edits(text, edits):
    """The text after an LSP TextEdit[]. Columns count UTF-16 units: ASCII only."""
    lines = text.splitlines(keepends=True)

    def offset(position):
        return sum(map(len, lines[:position["line"]])) + position["character"]

    for edit in sorted(edits, key=lambda e: offset(e["range"]["start"]), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["newText"] + text[end:]
    return text


def environment(folder):
    """For clangd without the user's configuration, and without an index, which only takes
    time here."""
    home = os.path.join(folder, "config-home")
    os.makedirs(os.path.join(home, "clangd"), exist_ok=True)
    with open(os.path.join(home, "clangd", "config.yaml"), "w", encoding="utf-8") as config:
        config.write("Index:\n  Background: Skip\n  StandardLibrary: false\n")
    return dict(os.environ, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home)


class ServerDied(Exception):
    pass


class Server:
    """Runs a server in \\p folder: `with Server(command, folder) as server`. Leaving the
    block ends the session as an editor does and expects exit status 0."""

    def __init__(self, command, folder, env=None):
        self.log = open(f"{folder}/server.log", "w+b")
        self.process = subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self.log)
        self.inbox, self.answers, self.diagnostics = queue.Queue(), {}, {}
        self.versions, self.last_id = {}, 0
        threading.Thread(target=self._read, daemon=True).start()
        self.capabilities = self.request("initialize", {
            "processId": None, "rootUri": f"file://{folder}",
            "capabilities": {"textDocument": {
                "publishDiagnostics": {"relatedInformation": True, "codeActionsInline": True},
                "codeAction": {"codeActionLiteralSupport": {
                    "codeActionKind": {"valueSet": ["quickfix"]}}}}}})["capabilities"]
        self.notify("initialized", {})

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        try:
            if kind is None:
                self.request("shutdown", None)
                self.notify("exit", None)
                status = self.process.wait(PATIENCE)
                if status:
                    raise ServerDied(f"exit status {status}\n{self.stderr()}")
        finally:
            self.process.kill()
            self.process.wait()
            self.log.close()

    def stderr(self):
        """What the server said there so far."""
        with open(self.log.name, encoding="utf-8", errors="replace") as log:
            return log.read()

    # ---- messages

    def _read(self):
        out = self.process.stdout
        while True:
            length = 0
            for line in iter(out.readline, b"\r\n"):
                if not line:
                    return self.inbox.put(None)
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            self.inbox.put(json.loads(out.read(length)))

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        try:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self.process.stdin.flush()
        except BrokenPipeError:
            raise ServerDied(f"status {self.process.wait(PATIENCE)}\n{self.stderr()}") from None

    def _until(self, ready):
        """Takes messages in until \\p ready() is not None, and returns that."""
        end = time.monotonic() + PATIENCE
        while (result := ready()) is None:
            try:
                message = self.inbox.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise TimeoutError(f"no answer in {PATIENCE} s\n{self.stderr()}") from None
            if message is None:
                raise ServerDied(f"status {self.process.wait(PATIENCE)}\n{self.stderr()}")
            if message.get("method") == "textDocument/publishDiagnostics":
                params = message["params"]
                self.diagnostics[params["uri"], params.get("version")] = params["diagnostics"]
            elif "method" in message and "id" in message:  # a request of the server's
                self._send({"id": message["id"], "result": None})
            elif "id" in message:
                self.answers[message["id"]] = message
        return result

    def notify(self, method, params):
        self._send({"method": method, "params": params})

    def request(self, method, params):
        self.last_id += 1
        number = self.last_id
        self._send({"id": number, "method": method, "params": params})
        answer = self._until(lambda: self.answers.pop(number, None))
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    # ---- documents

    def open(self, path, text=None, language="cpp"):
        if text is None:
            with open(path, encoding="utf-8") as source:
                text = source.read()
        self.versions[path] = 1
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": f"file://{path}", "languageId": language, "version": 1, "text": text}})

    def change(self, path, text, wait=True):
        """Replaces the text. Without \\p wait the server may pass over this version."""
        self.versions[path] += 1
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": f"file://{path}", "version": self.versions[path]},
            "contentChanges": [{"text": text}], "wantDiagnostics": wait or None})

    def close(self, path):
        self.notify("textDocument/didClose", {"textDocument": {"uri": f"file://{path}"}})

    def wait(self, path, check=""):
        """The diagnostics of the newest version, those of \\p check (a prefix of the code)."""
        key = (f"file://{path}", self.versions[path])
        found = self._until(lambda: self.diagnostics.get(key))
        return [d for d in found if str(d.get("code", "")).startswith(check)]

    def actions(self, path, diagnostic):
        return self.request("textDocument/codeAction", {
            "textDocument": {"uri": f"file://{path}"}, "range": diagnostic["range"],
            "context": {"diagnostics": [diagnostic], "only": ["quickfix"]}})
