from __future__ import annotations

import shutil

from playwright.sync_api import ConsoleMessage, Request, sync_playwright

from tests.app.process import Server

NAMES = ("chromium", "chromium-browser", "google-chrome")


def test_the_documentation_opens_offline_under_the_strict_policy(server: Server) -> None:
    asked: list[str] = []
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def note(request: Request) -> None:
        asked.append(request.url)

    path = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("console", complain)
        page.on("request", note)
        page.goto(f"{server.url}/docs")
        page.get_by_text("/api/v1/graphs").first.wait_for()
        browser.close()
    assert not complaints
    outside = [url for url in asked if not url.startswith((server.url, "data:"))]
    assert not outside
