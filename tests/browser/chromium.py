"""One Chromium for the browser tests of a process, and contexts that tests use one after another.

What a browser keeps of its own accord, the files that are served forever, is kept: a page that asks
for a hundred modules anew in every test takes most of its time for them.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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
STORED = "cookies,local_storage,indexeddb,service_workers,cache_storage"
# What a page can have otherwise than its context: contexts that differ in nothing else are shared.
MEDIA = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}


class Contexts:
    """Contexts of one browser for one site; each is as new when it is taken."""

    def __init__(self, browser: Browser, site: str) -> None:
        self._browser, self._site = browser, site
        self._free: dict[str, list[BrowserContext]] = {}
        self._taken: list[tuple[str, BrowserContext]] = []

    def page(self, width: int, height: int, **options: Any) -> Page:
        """Return an empty page in a context that nothing else has, with nothing in its store."""
        media = {name: options.pop(name, usual) for name, usual in MEDIA.items()}
        page = self._take(options).new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(**media)
        return page

    def _take(self, options: dict[str, Any]) -> BrowserContext:
        key = repr(sorted(options.items()))
        free = self._free.setdefault(key, [])
        # Windows that a page opens stand still too, unless they are told otherwise.
        usual = {"viewport": {"width": 1280, "height": 720}, "reduced_motion": "reduce"}
        context = free.pop() if free else self._browser.new_context(**{**usual, **options})
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


class Chromium:
    """The browser, which is started when it is asked for, and again once it has been stopped."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._browser: Browser | None = None
        self._contexts: dict[str, Contexts] = {}

    def browser(self) -> Browser:
        if self._browser is None or not self._browser.is_connected():
            self.stop()
            found = next(filter(None, map(shutil.which, BROWSERS)), None)
            playwright = self._stack.enter_context(sync_playwright())
            self._browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
            self._stack.callback(self._browser.close)
        return self._browser

    def contexts(self, site: str) -> Contexts:
        """Return the contexts for a site, the same ones for all tests."""
        browser = self.browser()
        return self._contexts.setdefault(site, Contexts(browser, site))

    def stop(self) -> None:
        """Stop it, if it runs: while Playwright's loop lives, no test can run another one."""
        self._contexts.clear()
        self._browser = None
        self._stack.close()
