"""Real pages in a real Chromium, from a server in a process of its own.

Every test fails on a console error, on an exception in the page, and on a request to anywhere else.
"""

from __future__ import annotations

import re
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
)

from tests.app.process import Server, serving
from tests.browser.chromium import PATIENCE, Chromium, Contexts

expect.set_options(timeout=PATIENCE)
HARMLESS = ("data", "blob", "about")
CHROMIUM = Chromium()


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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Stop the browser before the first test that is not one of these."""
    yield
    if nextitem is None or nextitem.path.parent != item.path.parent:
        CHROMIUM.stop()


@pytest.fixture(scope="module")
def browser() -> Browser:
    return CHROMIUM.browser()


@pytest.fixture
def watch(server: Server) -> Watch:
    return Watch(server.url)


@pytest.fixture(scope="module")
def contexts(server: Server) -> Contexts:
    return CHROMIUM.contexts(server.url)


@pytest.fixture
def visit(contexts: Contexts, server: Server, watch: Watch) -> Iterator[Visit]:
    def visit(path: str, width: int = 1280, height: int = 720, **options: Any) -> Page:
        settings = {"reduced_motion": "reduce", "locale": "en-GB", **options}
        page = contexts.page(width, height, **settings)
        watch.attach(page.context)
        page.goto(server.url + path)
        if page.locator("#app").count():
            page.wait_for_selector('#app[data-ready="true"]')
        return page

    yield visit
    contexts.give_back()
    watch.detach()
    assert not watch.problems()
