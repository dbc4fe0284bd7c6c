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
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    WebError,
    expect,
    sync_playwright,
)

from tests.app.process import Server, serving

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The first one is Chromium's engine without the frame of a window, and takes half the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Milliseconds; machines that others work on at the same time take long over what is soon done.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
HARMLESS = ("data", "blob", "about")
STORED = "cookies,local_storage,indexeddb,service_workers,cache_storage"


class Watch:
    """What went wrong in the pages of one test."""

    def __init__(self, site: str) -> None:
        self._host = urlsplit(site).netloc
        self._problems: list[str] = []
        self._provoked: list[str] = []
        self._heard: list[BrowserContext] = []

    def provoke(self, pattern: str) -> None:
        """Accept the browser's own line on an answer that the test asks for on purpose."""
        self._provoked.append(pattern)

    def attach(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._exception)
        context.on("request", self._request)
        self._heard.append(context)

    def detach(self) -> None:
        """Hear nothing more of any context."""
        for context in self._heard:
            context.remove_listener("console", self._console)
            context.remove_listener("weberror", self._exception)
            context.remove_listener("request", self._request)
        self._heard.clear()

    def problems(self) -> list[str]:
        return [p for p in self._problems if not any(re.search(a, p) for a in self._provoked)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._problems.append(f"console {message.type}: {message.text}")

    def _exception(self, error: WebError) -> None:
        self._problems.append(f"exception: {error.error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in HARMLESS and parts.netloc != self._host:
            self._problems.append(f"request to {request.url}")


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


class Contexts:
    """Contexts that the tests of a module use one after another, each as if it were new.

    What a browser keeps of its own accord, the files that are served forever, is kept: a page that
    asks for a hundred modules anew in every test takes most of its time for them.
    """

    def __init__(self, browser: Browser, site: str) -> None:
        self._browser, self._site = browser, site
        self._free: dict[str, list[BrowserContext]] = {}
        self._taken: list[tuple[str, BrowserContext]] = []

    def take(self, **options: Any) -> BrowserContext:
        """Return one with these options that nothing else has, with nothing in its store."""
        key = repr(sorted(options.items()))
        free = self._free.setdefault(key, [])
        context = free.pop() if free else self._browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        self._taken.append((key, context))
        return context

    def give_back(self) -> None:
        """Take all back: their pages are closed, and what those had stored is gone."""
        for key, context in self._taken:
            context.set_offline(False)
            context.clear_cookies()
            for page in context.pages:
                page.close()
            page = context.new_page()
            context.new_cdp_session(page).send(
                "Storage.clearDataForOrigin", {"origin": self._site, "storageTypes": STORED}
            )
            page.close()
            self._free[key].append(context)
        self._taken.clear()


@pytest.fixture(scope="module")
def contexts(browser: Browser, server: Server) -> Contexts:
    return Contexts(browser, server.url)


@pytest.fixture
def visit(contexts: Contexts, server: Server, watch: Watch) -> Iterator[Visit]:
    def visit(path: str, width: int = 1280, height: int = 720, **options: Any) -> Page:
        settings = {"reduced_motion": "reduce", "locale": "en-GB", **options}
        context = contexts.take(viewport={"width": width, "height": height}, **settings)
        watch.attach(context)
        page = context.new_page()
        page.goto(server.url + path)
        if page.locator("#app").count():
            page.wait_for_selector('#app[data-ready="true"]')
        return page

    yield visit
    contexts.give_back()
    watch.detach()
    assert not watch.problems()
