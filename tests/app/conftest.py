from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from app.main import create_app
from app.settings import Settings
from tests.app.client import Client, running
from tests.app.process import Server, serving


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def client(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    file = tmp_path_factory.mktemp("client") / "store.sqlite"
    with running(create_app(Settings(database=f"sqlite:///{file}")), runner) as client:
        yield client


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server
