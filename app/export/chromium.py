"""A headless Chromium, spoken to in the DevTools protocol over two pipes.

The browser reads messages from its file descriptor 3 and writes to 4, each ended by a zero byte:
https://chromedevtools.github.io/devtools-protocol/ and `--remote-debugging-pipe`.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OPTIONS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)
_READ_BY_IT, _WRITTEN_BY_IT = 3, 4
# A pipe gives this much at a time.
_CHUNK = 1 << 16


class NoBrowser(Exception):
    """There is no Chromium, or it did not answer; the message says what would help."""


class Page:
    """One page of the browser."""

    def __init__(self, ask: Callable[..., dict[str, Any]], session: str) -> None:
        self._ask = ask
        self._session = session

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command; return its result."""
        return self._ask(method, params, self._session)

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript, awaited if it is a promise."""
        answer = self.send(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        return answer["result"].get("value")

    def until(self, expression: str, seconds: float) -> Any:
        """Return the value of an expression as soon as it is true, or what it is at the end."""
        end = time.monotonic() + seconds
        while not (value := self.evaluate(expression)) and time.monotonic() < end:
            time.sleep(0.05)
        return value


@contextmanager
def chromium(width: int, height: int, downloads: str) -> Iterator[Page]:
    """Start a browser with one page of so many pixels, which saves files in the folder `downloads`.

    Raises NoBrowser.
    """
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise NoBrowser("Chromium is needed for this format, and was not found on the PATH.")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    to_it, written = os.pipe()
    read, from_it = os.pipe()

    def hand_over() -> None:
        # Copies first: one of the pipes may itself be 3 or 4.
        copies = os.dup(to_it), os.dup(from_it)
        os.dup2(copies[0], _READ_BY_IT)
        os.dup2(copies[1], _WRITTEN_BY_IT)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [program, *OPTIONS, *root, f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=False,
            preexec_fn=hand_over,
        )
        os.close(to_it)
        os.close(from_it)
        try:
            yield _opened(_Pipe(written, read), width, height, downloads)
        finally:
            os.close(written)
            os.close(read)
            ended(process)


def ended(process: subprocess.Popen[Any], seconds: float = 10) -> None:
    """End a process, by force if it takes longer than so many seconds."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _opened(pipe: _Pipe, width: int, height: int, downloads: str) -> Page:
    """Open a page and say how large it is, and where its files go."""
    target = pipe.ask("Target.createTarget", {"url": "about:blank"})["targetId"]
    session = pipe.ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
    pipe.ask("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": downloads})
    page = Page(pipe.ask, session)
    page.send("Page.enable")
    page.send(
        "Emulation.setDeviceMetricsOverride",
        width=width, height=height, deviceScaleFactor=1, mobile=False,
    )  # fmt: skip
    return page


class _Pipe:
    """Commands and their answers; events are passed over."""

    def __init__(self, written: int, read: int, patience: float = 60.0) -> None:
        self._written, self._read, self._patience = written, read, patience
        self._rest = b""
        self._last = 0

    def ask(self, method: str, params: dict[str, Any], session: str | None = None) -> Any:
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        try:
            os.write(self._written, json.dumps(message).encode() + b"\0")
        except OSError:
            raise NoBrowser("Chromium ended before it was done.") from None
        while True:
            answer = json.loads(self._message())
            if answer.get("id") == self._last:
                if "error" in answer:
                    raise NoBrowser(f"Chromium refused {method}: {answer['error']['message']}.")
                return answer["result"]

    def _message(self) -> bytes:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], self._patience)
            chunk = os.read(self._read, _CHUNK) if ready else b""
            if not chunk:
                raise NoBrowser("Chromium did not answer.")
            self._rest += chunk
        message, self._rest = self._rest.split(b"\0", 1)
        return message
