"""Files of the stage, made by the page's own dialog in a browser without a window."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from app.export.chromium import Page, chromium, ended

# What is made without the dialog: a page that plays by itself.
PLAYED = "played"
LESSONS = "/lessons/"
# Scripts of other tools.
LISTED = "listed"
# format of the command line → (kind in the page's dialog, ending of the file)
FORMATS = {
    "svg": ("svg", ".svg"),
    "png": ("png2", ".png"),
    "tikz": ("tikz", ".tex"),
    "latex": ("latex", ".tex"),
    "gif": ("gif", ".gif"),
    "zip": ("zip", ".zip"),
    "beamer": ("beamer", ".tex"),
    "html": (PLAYED, ".html"),
    "pytorch": (LISTED, ".py"),
    "jax": (LISTED, ".py"),
    "numpy": (LISTED, ".py"),
}
SCALES = {1: "png1", 2: "png2", 4: "png4"}
# The whole of a pass may be hundreds of pictures.
LONGEST = 600.0
_WIDTH, _HEIGHT = 1280, 720
_SERVE = "import sys; from app.cli import main; sys.exit(main())"


class NoFigure(Exception):
    """There is nothing to be drawn; the message is the page's own sentence."""


class Subject(NamedTuple):
    """What is drawn: a page's path and the state that its address asks for.

    `folder` holds lessons of one's own.
    """

    path: str
    state: dict[str, str]
    folder: str | None = None


def figure(subject: Subject, kind: str) -> bytes:
    """Return the file that the page's dialog makes of a subject.

    Raises NoFigure or NoBrowser.
    """
    with tempfile.TemporaryDirectory() as folder, served(folder, subject.folder) as site:
        downloads = Path(folder) / "files"
        downloads.mkdir()
        with chromium(_WIDTH, _HEIGHT, str(downloads)) as page:
            opened(page, site, subject, kind)
            page.evaluate(f"document.querySelector('[data-figure={kind}]').click()")
            return _file(page, downloads)


def opened(page: Page, site: str, subject: Subject, kind: str) -> None:
    """Open the page of a subject and its dialog, and wait for the button of a kind of file."""
    page.send("Page.navigate", url=f"{site}{subject.path}?{urlencode(subject.state)}")
    _drawn(page)
    page.evaluate("document.querySelector('[data-command=figures]').click()")
    button = f"document.querySelector('[data-figure={kind}]')"
    page.until(f"!!{button} && !{button}.disabled", 60)


def _drawn(page: Page) -> None:
    """Wait until the page shows a graph; raise NoFigure with what it says instead."""
    page.until("document.querySelector('#app')?.dataset.ready === 'true'", 60)
    told = page.evaluate("document.querySelector('.stage-area .empty')?.textContent ?? ''")
    if told or not page.evaluate("!!document.querySelector('#stage')"):
        raise NoFigure(told or "The page shows no graph.")


def _file(page: Page, downloads: Path) -> bytes:
    """Return the one file that appears in a folder, once it is whole."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        done = [one for one in downloads.iterdir() if one.suffix != ".crdownload"]
        if done:
            return done[0].read_bytes()
        failed = page.evaluate("document.querySelector('.toast span')?.textContent ?? ''")
        if failed:
            raise NoFigure(failed)
        time.sleep(0.1)
    raise NoFigure("The picture was not done in time.")


@contextmanager
def served(folder: str, lessons: str | None = None) -> Iterator[str]:
    """Serve the pages from a process of its own with a store that is thrown away.

    `lessons` is a folder with lessons of one's own.
    """
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVE, "serve", "--port", "0",
         "--database", f"sqlite:///{folder}/export.sqlite3",
         *(() if lessons is None else ("--lessons", lessons))],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        said = server.stdout.readline()
        if "http" not in said:
            raise NoFigure("The server that draws did not start.")
        yield said.split()[-1].rstrip("/")
    finally:
        ended(server)


def subject(
    asked: str, state: dict[str, str], known: set[str], folder: str | None = None
) -> Subject:
    """Return what a word of the command line names: a lesson, a file with a program, a program."""
    if asked in known:
        return Subject(f"{LESSONS}{asked}", state, folder)
    path = Path(asked)
    try:
        program = path.read_text(encoding="utf-8") if path.is_file() else asked
    except OSError:
        program = asked
    return Subject("/lab", {"program": program, **state})


def values(pairs: list[str]) -> str:
    """Return `name=2` and `name=[[1, 2]]` as the values that an address carries.

    Raises NoFigure for what is neither.
    """
    found = {}
    for pair in pairs:
        name, _, text = pair.partition("=")
        try:
            found[name.strip()] = json.loads(text)
        except ValueError:
            raise NoFigure(
                f"“{pair[:80]}” is no value; write for example x=2 or W=[[1, 2], [3, 4]]."
            ) from None
    return json.dumps(found)
