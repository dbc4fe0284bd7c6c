"""Real pages in a real Chromium, from a server in a process of its own.

Every test fails on a console error, on an exception in the page, and on a request to anywhere else.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.app.process import Server, serving

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Milliseconds; machines that others work on at the same time take long over what is soon done.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
HARMLESS = ("data", "blob", "about")


class Watch:
    """What went wrong in the pages of one test."""

    def __init__(self, site: str) -> None:
        self._host = urlsplit(site).netloc
        self._problems: list[str] = []
        self._provoked: list[str] = []

    def provoke(self, pattern: str) -> None:
        """Accept the browser's own line on an answer that the test asks for on purpose."""
        self._provoked.append(pattern)

    def attach(self, context: BrowserContext) -> None:
        context.on("console", lambda m: self._console(m.type, m.text))
        context.on("weberror", lambda e: self._problems.append(f"exception: {e.error}"))
        context.on("request", lambda r: self._request(r.url))

    def problems(self) -> list[str]:
        return [p for p in self._problems if not any(re.search(a, p) for a in self._provoked)]

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self._problems.append(f"console {kind}: {text}")

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in HARMLESS and parts.netloc != self._host:
            self._problems.append(f"request to {url}")


class Visit(Protocol):
    """Open a page of the server once its first graph has come."""

    def __call__(self, path: str, width: int = 1280, height: int = 720, **options: Any) -> Page: ...


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


# For one module, not for the session: while Playwright's loop lives, no test can run another one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def watch(server: Server) -> Watch:
    return Watch(server.url)


@pytest.fixture
def visit(browser: Browser, server: Server, watch: Watch) -> Iterator[Visit]:
    contexts: list[BrowserContext] = []

    def visit(path: str, width: int = 1280, height: int = 720, **options: Any) -> Page:
        settings = {"reduced_motion": "reduce", "locale": "en-GB", **options}
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watch.attach(context)
        page = context.new_page()
        page.goto(server.url + path)
        if page.locator("#app").count():
            page.wait_for_selector('#app[data-ready="true"]')
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not watch.problems()
