"""Networks looked at: as they stand, or as they stood after an earlier iteration.

Looking moves nothing: two who follow links to different iterations do not disturb each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from app import rewinds
from app.live import Live
from app.progress import too_long
from app.store import networks
from app.store.checkpoints import Checkpoint
from app.store.ids import Hashed
from app.store.networks import Stored
from app.trainer import Trainer
from app.training.session import Session
from app.training.spec import Spec
from app.training.state import Checkpoint as Kept

T = TypeVar("T")


async def look(
    trainer: Trainer, network: Hashed, iteration: int | None, work: Callable[[Live], T]
) -> T:
    """Compute an answer that changes nothing, from a network after so many iterations.

    Without an iteration, or with its own, a network is seen as it stands; but where a PATCH has
    renewed what comes next, its own iteration is seen with the pass that led there. Raises
    ValueProblem for one not reached; refuses with 503 what takes too long.
    """
    if iteration is None:
        return await trainer.look(network, work)
    read = partial(_read, network=network, iteration=iteration)
    row, kept = await trainer.database.read(read)
    if row is None or (row.iteration == iteration and not _is_renewed(row)):
        return await trainer.look(network, work)
    live = await trainer.live(network)
    view = partial(_earlier, live, row, kept, iteration, trainer.deadline())
    async with live.busy:
        found: T = await trainer.compute(lambda: work(view()))
    await trainer.used(live)
    return found


def _is_renewed(row: Stored) -> bool:
    """Whether the pass to come is shown where one had led to."""
    return row.phase == "start" and row.iteration > 0


def _read(
    connection: Connection, network: Hashed, iteration: int
) -> tuple[Stored | None, Checkpoint | None]:
    row = networks.load(connection, network)
    return row, None if row is None else rewinds.leading(connection, row, iteration)


def _earlier(
    live: Live, row: Stored, kept: Checkpoint | None, iteration: int, deadline: float
) -> Live:
    """Return the network at an iteration; it shares the plans of the one that stands."""
    known = live.looked
    if known is None or known[:2] != (row.version, iteration):
        assert live.session.loop is not None, "compiled once, for every look"
        session = _replayed(live, row, kept, iteration, deadline)
        live.looked = known = (row.version, iteration, session)
    return replace(live, row=row, session=known[2])


def _replayed(
    live: Live, row: Stored, kept: Checkpoint | None, iteration: int, deadline: float
) -> Session:
    """Run the iterations after a checkpoint again, under the spec of the pass that led there."""
    standing = replace(live.session.state, furthest=row.furthest)
    session = live.session.moved(live.session.spec, standing)
    segments = [
        (part.begins, Spec.load(part.spec)) for part in rewinds.behind(row.segments, iteration)
    ]
    assert kept is not None, "the first iteration of every segment has a checkpoint"
    found = session.replay(segments, Kept(kept.iteration, kept.blob), iteration, deadline=deadline)
    if found.stopped is not None:
        raise too_long(len(found.records))
    return session
