"""Earlier states of a network: gone back to, or made a network of their own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app import network_answers
from app.access import Place
from app.live import Live, resume
from app.progress import too_long
from app.store import checkpoints, history, networks
from app.store.checkpoints import Checkpoint
from app.store.history import Chunk
from app.store.ids import Hashed
from app.store.networks import Stored, Write
from app.store.segments import Segment
from app.trainer import unknown
from app.training.session import Session
from app.training.spec import Spec
from app.training.state import Checkpoint as Kept
from app.transactions import Change
from app.versions import Wanted


@dataclass(frozen=True, slots=True)
class Source:
    """What a copy is made of, read at one moment."""

    row: Stored
    base: Checkpoint | None
    checkpoints: Sequence[Checkpoint]
    chunks: Sequence[Chunk]


def base(connection: Connection, row: Stored, iteration: int) -> Checkpoint | None:
    """Return the checkpoint from which an iteration is computed again.

    One before it, so that the pass that led there can be shown; but never one before a PATCH.
    """
    start = max(part.begins for part in row.segments if part.begins <= iteration)
    found = checkpoints.nearest(connection, row.id, iteration - 1)
    if found is None or found.iteration < start:
        found = checkpoints.nearest(connection, row.id, iteration)
    return found


def leading(connection: Connection, row: Stored, iteration: int) -> Checkpoint | None:
    """Return the checkpoint from which the pass that led to an iteration is computed again."""
    return checkpoints.nearest(connection, row.id, max(0, min(iteration, row.furthest) - 1))


def behind(segments: Sequence[Segment], iteration: int) -> Sequence[Segment]:
    """Return the segments up to the one in which the pass ran that led to an iteration."""
    return [part for part in segments if part.begins <= max(0, iteration - 1)]


def rewind(
    live: Live, kept: Checkpoint | None, iteration: int, deadline: float, place: Place,
    known: str | None = None,
) -> Change:  # fmt: skip
    """Return to an iteration; discards nothing. Raises EngineError for one not reached.

    A table whose tag is known is left out of the answer.
    """
    session, row = live.session, live.row
    _replay(session, row, kept, iteration, deadline)
    following = replace(_standing(row, session), furthest=row.furthest, used_at=time.time())
    shown = replace(following, version=row.version + 1)
    answer = network_answers.answered(shown, session, place, known=known)
    return Change(Write(following, respecified=True), answer)


def gather(
    connection: Connection, network: Hashed, iteration: int | None, wanted: Wanted
) -> Source:
    """Read what a copy is made of; refuses an id that is unknown and a version that has moved."""
    row = networks.load(connection, network)
    if row is None:
        raise unknown()
    wanted.check(row.version)
    until = row.furthest if iteration is None else iteration
    return Source(
        row,
        None if iteration is None else base(connection, row, iteration),
        checkpoints.upto(connection, network, until),
        history.upto(connection, network, until),
    )


def copied(source: Source, iteration: int | None, name: str | None, deadline: float,
           place: Place) -> Change:  # fmt: skip
    """Return a network at a new place that stands where another one stood, with its history."""
    row, now = source.row, time.time()
    session = resume(row).session
    furthest = row.furthest
    if iteration is not None:
        _replay(session, row, source.base, iteration, deadline)
        furthest = iteration
    following = replace(
        _standing(row, session), id=place.access.stored, version=1, furthest=furthest,
        segments=tuple(part for part in row.segments if part.begins <= furthest),
        created_at=now, used_at=now, name=row.name if name is None else name,
    )  # fmt: skip
    answer = network_answers.answered(following, session, place, 201)
    return Change(Write(following, tuple(source.checkpoints), tuple(source.chunks)), answer)


def _replay(
    session: Session, row: Stored, kept: Checkpoint | None, iteration: int, deadline: float
) -> None:
    segments = [(part.begins, Spec.load(part.spec)) for part in row.segments]
    assert kept is not None, "the first iteration of every segment has a checkpoint"
    from_here = Kept(kept.iteration, kept.blob)
    found = session.replay(segments, from_here, iteration, deadline=deadline)
    if found.stopped is not None:
        raise too_long(len(found.records))


def _standing(row: Stored, session: Session) -> Stored:
    state = session.state
    return replace(
        row, spec=session.spec.dump(), iteration=state.iteration, phase=state.phase,
        parameters=state.parameters_blob, before=state.before_blob,
    )  # fmt: skip
