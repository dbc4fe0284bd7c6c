"""Writes to a network, computed in a thread: what is to be stored, and what is answered."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from app import network_answers, progress, wire
from app.access import Place, new_access
from app.live import Live
from app.network_models import TrainRequest
from app.store.networks import Stored, Write
from app.store.segments import Segment
from app.training.exports import document as exports
from app.training.exports.document import NetworkDocument
from app.training.limits import TRAINING
from app.training.requests import NetworkPatch, NetworkRequest
from app.training.session import Session
from app.training.spec import Spec
from app.training.state import StepResult
from app.transactions import Change
from engine.errors import ValueProblem
from engine.sentence import say


def begun(request: NetworkRequest, site: str) -> Change:
    """Return a new network; raises EngineError for what is wrong with the request."""
    session = Session.begin(Spec.of(request))
    return made(session, request.name, Place(site, new_access()))


def imported(document: NetworkDocument, site: str) -> Change:
    """Return a new network that begins where a document says; raises EngineError."""
    spec, state = exports.read(document)
    return made(Session.resume(spec, state), document.network.name, Place(site, new_access()))


def made(session: Session, name: str | None, place: Place) -> Change:
    """Return the change that makes of a session a network at a place that is new."""
    state, now, spec = session.state, time.time(), session.spec.dump()
    row = Stored(
        id=place.access.stored, version=1, spec=spec, segments=(Segment(0, spec),),
        iteration=state.iteration, phase=state.phase, furthest=state.furthest,
        parameters=state.parameters_blob, before=state.before_blob,
        created_at=now, used_at=now, name=name,
    )  # fmt: skip
    answer = network_answers.answered(row, session, place, 201)
    return Change(Write(row, (progress.checkpoint(state),)), answer, session)


def step(live: Live, phase: str, count: int, deadline: float) -> Change:
    """Run a network to a phase, or some iterations or epochs further; all of it or nothing.

    Refuses with 503 what takes longer than the deadline, and says how far it would have come.
    """
    session, parts = live.session, list[StepResult]()
    for goal, times in portions(session, phase, count):
        parts.append(session.step(goal, times, deadline=deadline))
        if parts[-1].stopped == "deadline":
            raise progress.too_long(sum(len(part.records) for part in parts))
        if parts[-1].stopped is not None:
            break
    records = [record for part in parts for record in part.records]
    answer = {
        **progress.place(session),
        "losses": [wire.numbers(record.loss) for record in records],
        **progress.ended(parts[-1]),
    }
    write = progress.written(live, [part.state for part in parts[:-1]], records)
    return Change(write, network_answers.versioned(answer, live.row.version + 1))


def portions(session: Session, phase: str, count: int) -> Iterator[tuple[str, int]]:
    """Take steps apart, so that a checkpoint can stand after every 200 iterations.

    What the session does not accept is passed on to it as it is.
    """
    if phase not in ("update", "iteration", "epoch") or not 1 <= count <= TRAINING.steps:
        yield phase, count
        return
    left = _of_epochs(session, count) if phase == "epoch" else count
    while left > 0:
        times = min(left, progress.REPLAYED)
        yield "iteration", times
        left -= times


def iterations(session: Session, asked: TrainRequest) -> int:
    """Return how many iterations are asked for; raises ValueProblem unless it is said one way."""
    if (asked.epochs is None) == (asked.iterations is None):
        raise ValueProblem(
            say("Say how long to train either in epochs or in iterations."), pointer="/epochs"
        )
    return asked.iterations or _of_epochs(session, asked.epochs or 1)


def _of_epochs(session: Session, count: int) -> int:
    """Return how many iterations there are to the end of so many epochs, one begun among them."""
    order = session.order
    return count * order.per_epoch - order.place(session.state.iteration)[1]


def patch(live: Live, changes: NetworkPatch, place: Place, known: str | None = None) -> Change:
    """Change a network from the present iteration on; raises EngineError for what is wrong.

    A table whose tag is known is left out of the answer.
    """
    row = live.row
    given = changes.model_dump(exclude_unset=True)
    if set(given) == {"name"}:
        return renamed(live, given["name"], place, known)
    spec, state = live.session.patch(changes)
    begins, dumped = state.iteration, spec.dump()
    segments = (
        *(part for part in row.segments if part.begins < begins),
        Segment(begins, dumped, given),
    )
    following = replace(
        row, spec=dumped, segments=segments, iteration=state.iteration, phase=state.phase,
        furthest=state.furthest, parameters=state.parameters_blob, before=state.before_blob,
        used_at=time.time(), name=changes.name if "name" in given else row.name,
    )  # fmt: skip
    write = Write(following, (progress.checkpoint(state),), replaces=True, onwards=begins,
                  respecified=True)  # fmt: skip
    shown = replace(following, version=row.version + 1)
    return Change(write, network_answers.answered(shown, live.session, place, known=known))


def renamed(live: Live, name: str | None, place: Place, known: str | None = None) -> Change:
    """Give a network another name, or none; nothing that was computed is touched."""
    row, session = live.row, live.session
    session.rename(name)
    segments = tuple(
        replace(part, spec=Spec.load(part.spec).renamed(name).dump()) for part in row.segments
    )
    following = replace(
        row, spec=session.spec.dump(), segments=segments, name=name, used_at=time.time()
    )
    shown = replace(following, version=row.version + 1)
    answer = network_answers.answered(shown, session, place, known=known)
    return Change(Write(following, respecified=True), answer)
