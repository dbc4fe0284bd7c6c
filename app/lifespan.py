"""What runs as long as the application: the store, the trainer, and the sweep every hour."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI

from app.store.address import address
from app.store.database import Database
from app.store.problems import StoreProblem
from app.store.sweep import HOUR, Sweep
from app.trainer import Trainer

log = logging.getLogger("gradwalk")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the store, sweep it, and close it at the end; raises StoreProblem."""
    settings = app.state.settings
    database = Database(address(settings.database), settings.database_bytes)
    await database.open()
    trainer = app.state.trainer = Trainer(database, settings, app.state.stopping)
    sweeping = asyncio.create_task(_sweep(Sweep(database, settings.keep_days)))
    try:
        yield
    finally:
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
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
