"""A network as one JSON document, and a network begun from such a document.

The document goes on where the network stood: optimizer slots, order of batches and schedule. What
was before is not in it: the new network begins at iteration 0, with an id of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
import orjson
from pydantic import Field

from app import wire
from app.strict import Strict
from app.training import blobs
from app.training.model import Model, check_shape
from app.training.prediction import full
from app.training.requests import NetworkRequest
from app.training.spec import Origin, Spec
from app.training.state import State
from engine.array_words import ARRAY, Given
from engine.errors import EngineError, ValueProblem
from engine.limits import DEFAULT
from engine.optimizers import OPTIMIZERS
from engine.plan import STEPS
from engine.sentence import say
from engine.tensor import tensor

if TYPE_CHECKING:
    from app.training.session import Session

FORMAT = "gradwalk-network"
LARGEST = 2**53
Count = Annotated[int, Field(ge=0, le=LARGEST)]


class Place(Strict):
    """Where training stood: epochs complete, batches done of the next, iterations in all."""

    epoch: Count = 0
    batches: Count = 0
    iterations: Count = 0


class NetworkDocument(Strict):
    """A network to be begun from a document; only what is listed here is taken."""

    format: Literal["gradwalk-network"]
    version: Annotated[int, Field(ge=1, le=1, examples=[1])]
    network: NetworkRequest
    state: dict[str, wire.Numbers] = Field(
        {}, description="Parameters, and the optimizer's slots as `W1.exp_avg`."
    )
    updates: Count = Field(0, description="Updates that the optimizer has done.")
    place: Place = Place()


def write(session: Session) -> bytes:
    """Return the document of a network as it stands."""
    order, iteration = session.order, session.state.iteration
    epoch, index = order.place(iteration)
    content = {
        "format": FORMAT,
        "version": 1,
        "network": dict(session.spec.request),
        "state": {name: full(value) for name, value in session.arrays.items() if name != STEPS},
        "updates": int(session.arrays[STEPS]),
        "place": {
            "epoch": epoch,
            "batches": index,
            "iterations": session.spec.origin.elapsed + iteration,
        },
    }
    return orjson.dumps(content)


def read(document: NetworkDocument) -> tuple[Spec, State]:
    """Return the spec and the state that a network from this document begins with.

    Raises EngineError, with a pointer into the document, for what is not accepted.
    """
    try:
        spec = Spec.of(document.network)
    except EngineError as error:
        error.pointer = f"/network{error.pointer or ''}"
        raise
    place = document.place
    origin = Origin(-place.batches, place.epoch, place.iterations)
    spec = Spec(spec.request, origin)
    model = Model.of(spec.request)
    slots = OPTIMIZERS[spec.optimizer["name"]].slots
    arrays: dict[str, Any] = dict(model.initial)
    for key, value in document.state.items():
        arrays[key] = _array(model, slots, key, value)
    arrays[STEPS] = np.array(document.updates)
    return spec, State(0, "start", blobs.write(arrays), None, 0)


def _array(model: Model, slots: tuple[str, ...], key: str, value: Any) -> Any:
    name, _, slot = key.partition(".")
    pointer = f"/state/{key.replace('~', '~0').replace('/', '~1')}"
    if name not in model.initial or slot not in ("", *slots):
        raise ValueProblem(
            say(
                "The state holds {name}, which belongs to no parameter; the parameters "
                "are: {names}.",
                name=key[:40],
                names=model.initial,
            ),
            pointer=pointer,
        )
    array = tensor(value, DEFAULT, pointer, Given(ARRAY, key))
    if not np.isfinite(array).all():
        raise ValueProblem(say("The array {name} must be finite.", name=key), pointer=pointer)
    check_shape(name, np.shape(array), np.shape(model.initial[name]), pointer)
    return array
