"""What a session's steps leave to be stored: the next row, its checkpoint and its history.

Checkpoints are dense while they are small. Any iteration can be reached again by computing at most
200 others, and one that a request ended with usually by computing none.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from app import wire
from app.catalogues.coded import in_words_and_code
from app.errors import Refused
from app.live import Live
from app.store.checkpoints import Checkpoint
from app.store.history import Chunk
from app.store.networks import Write
from app.training import history
from app.training.records import Record
from app.training.session import Session
from app.training.state import State, StepResult
from engine.sentence import say

REPLAYED = 200
# Up to so many bytes, every iteration that ends a request has its checkpoint.
DENSE_BYTES = 4_000_000


def due(iteration: int, last: int, size: int) -> bool:
    """Whether an iteration gets a checkpoint of this size, after the last one."""
    return iteration - last >= max(1, min(REPLAYED, iteration * size // DENSE_BYTES))


def checkpoint(state: State, digest: bytes = b"") -> Checkpoint:
    """Return the checkpoint of a state."""
    return Checkpoint(state.iteration, state.parameters_blob, digest)


def written(live: Live, marks: Sequence[State], records: Sequence[Record]) -> Write:
    """Return what is stored of where the session stands now, and of the records since the row.

    `marks` are states on the way that become checkpoints.
    """
    row, state = live.row, live.session.state
    last = marks[-1].iteration if marks else min(live.checkpoint, row.iteration)
    kept = [*marks, state] if due(state.iteration, last, len(state.parameters_blob)) else marks
    following = replace(
        row, iteration=state.iteration, phase=state.phase, furthest=state.furthest,
        parameters=state.parameters_blob, before=state.before_blob, used_at=time.time(),
    )  # fmt: skip
    digests = {record.iteration: record.digest for record in records}
    return Write(
        following,
        tuple(checkpoint(mark, digests.get(mark.iteration, b"")) for mark in kept),
        tuple(chunks(live.session, records)),
        replaces=row.furthest > row.iteration,
        onwards=row.iteration,
    )


def chunks(session: Session, records: Sequence[Record]) -> Iterator[Chunk]:
    """Pack records for the store."""
    if records:
        yield Chunk(records[0].iteration, len(records), history.pack(records, session.model))


def place(session: Session) -> dict[str, Any]:
    """Return where a session stands: iteration, epoch, and the batch of the pass last run."""
    order, state = session.order, session.state
    return {
        "iteration": state.iteration,
        "epoch": order.epochs(state.iteration),
        "batch": batch(session),
        "phase": state.phase,
        "loss": wire.numbers(session.loss),
    }


def batch(session: Session) -> dict[str, Any]:
    """Return which batch the pass last run took, and its rows."""
    order = session.order
    rows = order.rows(session.last)
    return {
        "index": order.place(session.last)[1],
        "of": order.per_epoch,
        "size": len(rows),
        "rows": rows.tolist(),
    }


def ended(result: StepResult) -> dict[str, Any]:
    """Return why steps ended before all was done; nothing if they did not."""
    if result.stopped is None:
        return {}
    if result.stopped != "nonfinite":
        return {"stopped": result.stopped}
    return {
        "stopped": result.stopped,
        "at": result.at,
        "node": result.node,
        **in_words_and_code("where", result.where),
    }


def metrics(session: Session, record: Record) -> dict[str, Any]:
    """Return what was measured in an iteration; what was not is left out."""
    model = session.model
    numbers = {
        "learning_rate": record.learning_rate,
        "accuracy": record.accuracy,
        "held_out_loss": record.held_out,
        "held_out_accuracy": record.tested,
    }
    norms = zip(model.layers, record.norms, strict=True)
    return {
        "loss": wire.numbers(record.loss),
        "metrics": {name: value for name, value in numbers.items() if not math.isnan(value)},
        "gradient_norm": {layer: wire.numbers(norm) for layer, norm in norms},
        "dead_units": dict(zip(model.units, record.dead, strict=True)),
        "saturated_units": dict(zip(model.saturable, record.saturated, strict=True)),
    }


def too_long(iterations: int) -> Refused:
    """Return the refusal of a computation that would outlast its time limit."""
    return Refused(
        503,
        say(
            "This would take longer than one request may compute; in that time "
            "{iterations:,} iterations were done, and nothing was changed. Ask for "
            "fewer at once, or stream them with POST …/train.",
            iterations=iterations,
        ),
        {"Retry-After": "1"},
    )
