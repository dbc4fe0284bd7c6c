"""A server that is nobody's victim, for questions that harm nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.app.process import Server, serving


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server
