"""Headless Chromium over its debugging protocol, for pages that we write."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.environments import Unavailable

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


class Page:
    """A tab. `errors`: exceptions and errors of the console so far."""

    def __init__(self, socket: Any) -> None:
        self.socket, self.errors, self.requests, self._numbers = socket, [], [], itertools.count(1)  # type: ignore[var-annotated]
        for domain in ("Runtime", "Log", "Page", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: object) -> Any:
        number = next(self._numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv(timeout=30))
            self._note(message)
            if message.get("id") == number:
                assert "error" not in message, message
                return message["result"]

    def _note(self, message: dict[str, Any]) -> None:
        params = message.get("params", {})
        match message.get("method"):
            case "Runtime.exceptionThrown":
                self.errors.append(json.dumps(params["exceptionDetails"])[:500])
            case "Runtime.consoleAPICalled" if params["type"] in ("error", "warning"):
                self.errors.append(str(params["args"])[:500])
            case "Log.entryAdded" if params["entry"]["level"] in ("error", "warning"):
                self.errors.append(params["entry"]["text"])
            case "Network.requestWillBeSent":
                self.requests.append(params["request"]["url"])

    def open(self, path: Path, fragment: str = "") -> None:
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=path.as_uri() + fragment)
        deadline = time.monotonic() + 30
        while self.run("document.readyState + location.protocol") != "completefile:":
            assert time.monotonic() < deadline, "the page does not load"
            time.sleep(0.05)

    def run(self, script: str) -> Any:
        """The value of an expression; a promise is waited for."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def key(self, key: str, text: str = "") -> None:
        extra = {"text": text} if text else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, windowsVirtualKeyCode={"Enter": 13}.get(key, 0), **extra)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, code=key)

    def screenshot(self, target: Path) -> None:
        target.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))


@contextlib.contextmanager
def browser(profile: Path, width: int = 1400, height: int = 1000) -> Iterator[Page]:
    """A page of a browser of our own; raises Unavailable where there is none."""
    binary = next(filter(None, map(shutil.which, NAMES)), None)
    if binary is None:
        raise Unavailable("Chromium is not installed (Debian: apt-get install chromium)")
    try:
        from websockets.sync.client import connect
    except ImportError as error:
        raise Unavailable("the package websockets is not installed") from error
    command = [
        binary,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-dev-shm-usage",
        f"--user-data-dir={profile}",
    ]
    command += [f"--window-size={width},{height}", "--remote-debugging-port=0", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port = _port(profile / "DevToolsActivePort", process)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=10) as answer:
            url = next(tab["webSocketDebuggerUrl"] for tab in json.load(answer) if tab["type"] == "page")
        with connect(url, max_size=2**28) as socket:
            yield Page(socket)
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()


def _port(file: Path, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            text = file.read_text().split("\n")
            if len(text) > 1:
                return text[0]
        time.sleep(0.1)
    raise Unavailable("Chromium does not start")
