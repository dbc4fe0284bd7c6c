"""Serving: the store is opened once to see that it can be, then uvicorn runs the application."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from socket import socket

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from app.hosts import expected
from app.main import create_app
from app.observing.logs import configuration
from app.observing.metrics import serve_metrics, share_metrics
from app.protocol import Careful
from app.settings import Settings
from app.store.address import address, is_sqlite
from app.store.database import Database
from app.store.problems import StoreProblem
from app.store.wires import wire
from app.tuned import tune
from engine.sentence import say

METRICS_HOST = "127.0.0.1"
FACTORY = "app.tuned:application"
# A connection rests so many seconds at most, longer than a proxy ahead lets it: a request that is
# on its way when this side closes would be lost, and its client told of a bad gateway.
RESTING = 75


def serve(settings: Settings) -> int:
    """Print the address and serve until told to stop.

    Raises StoreProblem or OSError with a sentence if that is not possible.
    """
    if settings.lessons is not None and not Path(settings.lessons).is_dir():
        raise OSError(f"There is no folder {settings.lessons} with lessons.")
    url = address(settings.database)
    if settings.workers > 1 and is_sqlite(url):
        raise StoreProblem(
            say(
                "A database of SQLite is served by one process, and {workers} workers "
                "were asked for: leave out --workers, or name a database "
                "postgresql://….",
                workers=settings.workers,
            )
        )
    wire(url, settings.redis)
    settings = settings.model_copy(update={"hosts": expected(settings)})
    alone = settings.workers == 1
    app = create_app(settings)
    config = uvicorn.Config(
        app if alone else FACTORY,
        factory=not alone,
        workers=settings.workers,
        host=settings.host,
        port=settings.port,
        http=Careful,
        ws="none",
        log_config=configuration(settings.log),
        access_log=False,
        server_header=False,
        timeout_keep_alive=RESTING,
        timeout_graceful_shutdown=10,
    )
    listener = _listener(config)
    asyncio.run(_tried(Database(url)))
    if settings.metrics_port is not None:
        _measure(app, settings.metrics_port, alone)
    _announce(listener, settings.base_path)
    if alone:
        tune()
        server = uvicorn.Server(config)
        app.state.stopping = lambda: server.should_exit
        server.run(sockets=[listener])
    else:
        # The other processes read the settings anew.
        for name, value in settings.model_dump(exclude_none=True).items():
            if name != "limits":
                os.environ[f"GRADWALK_{name.upper()}"] = str(value)
        Multiprocess(config, [listener]).run()
    return 0


def _measure(app: FastAPI, port: int, alone: bool) -> None:
    """Serve the numbers on this machine alone: they say what is used, and how much."""
    if alone:
        serve_metrics(app.state.metrics, METRICS_HOST, port)
    else:
        share_metrics(METRICS_HOST, port)


def _listener(config: uvicorn.Config) -> socket:
    try:
        listener = config.bind_socket()
    except SystemExit:
        raise OSError(f"Port {config.port} is not free; try --port 0.") from None
    listener.listen(config.backlog)
    return listener


async def _tried(database: Database) -> None:
    await database.open()
    await database.close()


def _announce(listener: socket, base_path: str) -> None:
    host, port = listener.getsockname()[:2]
    base = f"/{base_path.strip('/')}/" if base_path else "/"
    shown = f"[{host}]" if ":" in host else host
    print(f"Gradwalk is at http://{shown}:{port}{base}", flush=True)  # noqa: T201
