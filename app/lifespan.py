"""What runs as long as the application: the store, the trainer, who conducts sweeps of
trainings, who listens to other processes, the sweep every hour of what has expired, and the return
of free memory.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI

from app.memory import give_back
from app.store.address import address
from app.store.database import Database
from app.store.news import News
from app.store.problems import StoreProblem
from app.store.sweep import HOUR, Sweep
from app.store.wires import wire
from app.sweeps.conductor import Conductor
from app.sweeps.workers import Workers
from app.trainer import Trainer

log = logging.getLogger("gradwalk")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the store, sweep it, and close it at the end; raises StoreProblem."""
    settings = app.state.settings
    database = Database(address(settings.database), settings.database_bytes)
    await database.open()
    trainer = app.state.trainer = Trainer(database, settings, app.state.stopping)
    news = News(wire(database.url, settings.redis))
    conductor = app.state.conductor = Conductor(database, Workers(settings), news)
    tasks = [
        asyncio.create_task(_sweep(Sweep(database, settings.keep_days))),
        asyncio.create_task(conductor.run()),
        asyncio.create_task(news.run()),
        asyncio.create_task(give_back()),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await database.close()
        trainer.close()


async def _sweep(sweep: Sweep) -> None:
    while True:
        try:
            gone = await sweep.run()
            if gone:
                log.info("%d networks have expired.", gone)
        except StoreProblem as error:
            log.error("The sweep has failed: %s", error)
        await asyncio.sleep(HOUR)
