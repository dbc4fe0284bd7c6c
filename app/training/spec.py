"""What a network is, with nothing left open: a request with its defaults, checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.training.model import Model, check_batch
from app.training.requests import NetworkRequest
from engine import scheduled
from engine.errors import ValueProblem
from engine.initializers import initializer_of
from engine.optimizers import settings_of
from engine.sentence import say


class Origin(NamedTuple):
    """Where the present order of batches began: the iteration, and the number of its epoch.

    In a network that goes on where another one stopped, the iteration may be negative; `elapsed`
    counts the iterations of that other one.
    """

    iteration: int = 0
    epoch: int = 0
    elapsed: int = 0


FIRST = Origin()
# Fields that a spec leaves out where they are not given.
OPTIONAL = frozenset(
    {"name", "schedule", "loss", "inputs", "layers", "program", "trainable", "shapes"}
)


@dataclass(frozen=True, slots=True)
class Spec:
    """`request` is the request with its defaults, as plain JSON; `origin` moves by a PATCH."""

    request: Mapping[str, Any]
    origin: Origin = FIRST

    @classmethod
    def of(cls, request: NetworkRequest) -> Spec:
        """Fill in the defaults of a request, and check it; raises EngineError with a pointer."""
        return cls.checked(_given(request))

    @classmethod
    def checked(cls, given: Mapping[str, Any], origin: Origin = FIRST) -> Spec:
        """Return the spec of a request as JSON that has all fields; raises as `of`."""
        full = dict(given)
        row, settings = settings_of(given["optimizer"])
        full["optimizer"] = {"name": row.name, **plain(settings)}
        if given.get("schedule") is not None:
            scheduled(given["schedule"], settings["learning_rate"])
        if "init" in given and isinstance(given["init"], Mapping):
            start, options = initializer_of(given["init"])
            full["init"] = {"name": start.name, **options}
        model = Model.of(full)
        full["data"] = dict(model.table.given)
        full["batch_size"] = check_batch(model, given.get("batch_size"))
        return cls(full, origin)

    def renamed(self, name: str | None) -> Spec:
        """Return this spec under another name, or none."""
        rest = {key: value for key, value in self.request.items() if key != "name"}
        return Spec(rest if name is None else {"name": name, **rest}, self.origin)

    def dump(self) -> dict[str, Any]:
        """Return the spec as JSON to be stored."""
        return {"request": dict(self.request), "origin": list(self.origin)}

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> Spec:
        """Return the spec that `dump` wrote."""
        return cls(stored["request"], Origin(*stored["origin"]))

    @property
    def optimizer(self) -> Mapping[str, Any]:
        """The optimizer's name and settings."""
        found: Mapping[str, Any] = self.request["optimizer"]
        return found

    def rate(self, iteration: int) -> float:
        """Return the learning rate of the update of an iteration, from 0."""
        base = float(self.optimizer["learning_rate"])
        schedule = self.request.get("schedule")
        return (
            base if schedule is None else scheduled(schedule, base)(self.origin.elapsed + iteration)
        )


def plain(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings as JSON holds them: a pair is a list."""
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in settings.items()
    }


def _given(request: NetworkRequest) -> dict[str, Any]:
    """Return the fields that apply, in their order; raise ValueProblem for two ways at once."""
    layered = request.inputs is not None or request.layers is not None
    if layered and request.program is not None:
        raise ValueProblem(
            say("A network is given by inputs and layers, or by a program: one of the two."),
            pointer="/program",
        )
    needed = ("inputs", "layers", "loss") if request.program is None else ("trainable",)
    for name in needed:
        if getattr(request, name) is None:
            raise ValueProblem(
                say(
                    "The field {name} is missing; a network needs inputs, layers and "
                    "loss, or a program and the names of its trainable leaves.",
                    name=name,
                ),
                pointer=f"/{name}",
            )
    if request.program is None and request.trainable is not None:
        raise ValueProblem(
            say("The parameters of layers are all trained; trainable goes with a program."),
            pointer="/trainable",
        )
    if request.program is None and request.shapes is not None:
        raise ValueProblem(
            say("The shapes of layers follow from their units; shapes goes with a program."),
            pointer="/shapes",
        )
    # What a program does not write, `init` draws where a shape is given; without one it has no use.
    idle = {"init"} if not layered and request.shapes is None else set()
    return {
        key: value for key, value in request.model_dump().items()
        if key not in idle and (value is not None or key not in OPTIONAL)
    }  # fmt: skip
