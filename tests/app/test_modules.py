"""A page names the modules that it starts with, so that the browser asks for all at once."""

from __future__ import annotations

import re

import pytest

from app.assets import STATIC
from app.modules import needed
from tests.app.client import Client


def test_the_modules_of_a_page_are_those_that_its_first_one_leads_to() -> None:
    modules = needed("main.js")
    assert modules[0] == "main.js"
    assert len(set(modules)) == len(modules)
    assert {"state.js", "stage/stage.js", "vendor/lit-html/lit-html.js"} <= set(modules)
    assert all((STATIC / module).is_file() for module in modules)
    assert "stage/layout/worker.js" not in modules


@pytest.mark.parametrize(
    ("path", "entries"),
    [
        ("/lab", ("main.js", "views/editor.js")),
        ("/lessons/matrices", ("main.js", "views/scene.js")),
        ("/embed/lab", ("main.js",)),
        ("/docs/ops", ("docs/ops.js",)),
    ],
)
def test_a_page_names_the_modules_that_it_starts_with(
    client: Client, path: str, entries: tuple[str, ...]
) -> None:
    page = client.get(path, accept="text/html").text
    named = re.findall(r'<link rel="modulepreload" href="/static/[0-9a-f]{12}/([^"]+)">', page)
    assert tuple(named) == needed(*entries)
