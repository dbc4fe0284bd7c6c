"""Worksheets as PDF: the page's own sheets for paper, printed by a browser without a window."""

from __future__ import annotations

import base64
import json
import tempfile

from app.export.chromium import Page, chromium
from app.export.figure import LONGEST, NoFigure, Subject, opened, served

_WIDTH, _HEIGHT = 1280, 900
_BUTTON = "document.querySelector('[data-figure=worksheet]')"


def worksheet(subject: Subject, asked: dict[str, str]) -> bytes:
    """Return the PDF of a worksheet; `asked` is what the page's button is told.

    Raises NoFigure or NoBrowser.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        served(folder, subject.folder) as site,
        chromium(_WIDTH, _HEIGHT, folder) as page,
    ):
        opened(page, site, subject, "worksheet")
        # The sheets are for the printer of the protocol, and no dialog is to wait for.
        page.evaluate(f"window.print = () => {{}}; Object.assign({_BUTTON}.dataset, "
                      f"{json.dumps(asked)}); {_BUTTON}.click()")  # fmt: skip
        _laid_out(page)
        made = page.send("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(made["data"])


def _laid_out(page: Page) -> None:
    """Wait for the sheets; raise NoFigure with what the page says instead."""
    ready = "document.documentElement.classList.contains('printing-pages')"
    said = "document.querySelector('.toast span')?.textContent"
    page.until(f"{ready} || {said}", LONGEST)
    if not page.evaluate(ready):
        raise NoFigure(page.evaluate(said) or "The worksheet was not done in time.")
    page.evaluate("document.fonts.ready.then(() => true)")
