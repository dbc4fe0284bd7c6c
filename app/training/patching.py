"""A PATCH: what is changed goes through the same checks as a request, and all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from app.training import blobs
from app.training.blobs import Arrays
from app.training.model import Model, check_shape, given_parameters
from app.training.requests import NetworkPatch
from app.training.spec import Origin, Spec
from app.training.state import State
from engine.errors import ValueProblem
from engine.plan import STEPS
from engine.sentence import say

if TYPE_CHECKING:
    from app.training.session import Session

# Changes after which the pass last run is no longer that of the network.
RENEWING = ("parameters", "data", "batch_size", "shuffle")
REORDERING = ("data", "batch_size", "shuffle")


def patch(session: Session, changes: NetworkPatch) -> None:
    """Apply changes to a session; raises EngineError and changes nothing if one is not accepted."""
    given = {name: getattr(changes, name) for name in changes.model_fields_set}
    if not given:
        raise ValueProblem(
            say(
                "There is nothing to change; accepted are {accepted}.",
                accepted=NetworkPatch.model_fields,
            ),
            pointer="",
        )
    for name, value in given.items():
        if value is None and name not in ("name", "schedule"):
            raise ValueProblem(
                say("The field {name} cannot be removed; leave it out to keep it.", name=name),
                pointer=f"/{name}",
            )
    spec = _spec(session, given)
    arrays = _arrays(session, spec, given)
    state = session.state
    renewed = any(name in given for name in RENEWING)
    before = None if renewed else session.before
    new = State(
        state.iteration, "start" if renewed else state.phase, blobs.write(arrays),
        None if before is None else blobs.write(_kept(session, spec, before)), state.iteration,
    )  # fmt: skip
    session.become(session.moved(spec, new), new)


def _spec(session: Session, given: Mapping[str, Any]) -> Spec:
    old = session.spec.request
    full = {**old, **{key: given[key] for key in given if key != "parameters"}}
    if "optimizer" in given:
        full["optimizer"] = _optimizer(old["optimizer"], given["optimizer"])
    if "data" in given and "batch_size" not in given:
        full["batch_size"] = _batch_size(session, full)
    for name in ("name", "schedule"):
        if full.get(name) is None:
            full.pop(name, None)
    reordered = any(full[name] != old[name] for name in REORDERING)
    origin: Origin = session.spec.origin
    if reordered:
        origin = session.order.next_origin(session.state.iteration)
    return Spec.checked(full, origin)


def _optimizer(old: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings changed; another optimizer begins with its own defaults."""
    if given.get("name", old["name"]) == old["name"]:
        return {**old, **given}
    rate = {"learning_rate": old["learning_rate"]}
    return {**rate, **given}


def _batch_size(session: Session, full: Mapping[str, Any]) -> int:
    """Return the batch size for other data: all rows if it was all rows, else as it was."""
    old: int = session.spec.request["batch_size"]
    whole = old == len(session.model.rows.train)
    rows = len(Model.of({**full}).rows.train)
    return rows if whole else min(old, rows)


def _arrays(session: Session, spec: Spec, given: Mapping[str, Any]) -> Arrays:
    """Return the state with other parameters."""
    arrays = _kept(session, spec, session.arrays)
    values = given_parameters(given.get("parameters") or {}, blobs.parameters(arrays))
    for name, value in values.items():
        check_shape(name, np.shape(value), np.shape(arrays[name]))
    assert STEPS in arrays, "a state counts its updates"
    return {**arrays, **values}


def _kept(session: Session, spec: Spec, arrays: Arrays) -> Arrays:
    """Return what is left of a state under a changed spec; another optimizer's slots begin anew."""
    if spec.optimizer["name"] == session.spec.optimizer["name"]:
        return dict(arrays)
    return blobs.fresh(blobs.parameters(arrays))
