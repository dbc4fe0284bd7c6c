"""The runs of a sweep: which there are, what each trains, and that all of it can be trained.

A sweep is stored as it was asked for. The runs follow from that alone, by their numbers: setting
after setting, and seed after seed within each.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from pydantic import ValidationError

from app.complaints import complaint
from app.sweeps.requests import SweepRequest
from app.training.limits import TRAINING
from app.training.model import escaped
from app.training.requests import NetworkRequest
from app.training.session import Session
from app.training.spec import Spec
from engine import deadline
from engine.errors import EngineError, ValueProblem, over_limit
from engine.sentence import say

Json = Mapping[str, Any]
# An update costs so much even of the smallest network, in multiply-adds of the time it takes.
LEAST = 50_000
# Backward, each product is taken twice.
PASSES = 3
# Bytes of a setting that the table shows.
SHOWN = 200
# So far a name may lead inwards.
DEEP = 8


@dataclass(frozen=True, slots=True)
class SweepPlan:
    """The network as plain JSON, the settings that take its fields' place, and the seeds.

    The settings of a grid follow from it; it is stored as it is, since a table of data among its
    values would be written again and again.
    """

    network: Json
    listed: tuple[Json, ...] | None
    grid: Mapping[str, Sequence[Any]]
    seeds: tuple[int, ...]
    iterations: int
    labels: tuple[Json, ...] | None = None
    settings: tuple[Json, ...] = field(init=False)

    def __post_init__(self) -> None:
        settings = self.listed or tuple(_combinations(self.grid))
        object.__setattr__(self, "settings", settings)

    @classmethod
    def of(cls, asked: SweepRequest) -> SweepPlan:
        """Read a request, and count its runs before any of them is made; raises EngineError."""
        if asked.settings is not None and asked.grid is not None:
            raise ValueProblem(say("Give either settings or a grid of them."), pointer="/grid")
        network = asked.network.model_dump(exclude_unset=True)
        seeds = tuple(asked.seeds or ())
        grid = asked.grid or {}
        given = asked.settings or []
        count = max(1, len(seeds)) * (len(given) or math.prod(map(len, grid.values())))
        if count > TRAINING.sweep_runs:
            what = say("The number of runs, settings times seeds, is")
            error = over_limit("sweep_runs", TRAINING.sweep_runs, count, what)
            error.pointer = "/settings" if given else "/grid" if grid else "/seeds"
            raise error
        listed = tuple(one.model_dump(exclude_unset=True) for one in given)
        labels = tuple(asked.labels) if asked.labels else None
        if labels and len(labels) != len(listed):
            raise ValueProblem(say("Give as many labels as settings."), pointer="/labels")
        plan = cls(network, listed or None, grid, seeds, asked.iterations, labels)
        if seeds and any("seed" in one for one in plan.settings):
            raise ValueProblem(
                say("The settings name a seed already; give seeds there or as seeds."),
                pointer="/seeds",
            )
        return plan

    @classmethod
    def load(cls, stored: Json) -> SweepPlan:
        """Return the plan that `dump` wrote."""
        return cls(**stored)

    def dump(self) -> dict[str, Any]:
        """Return the plan as JSON to be stored."""
        return {
            "network": self.network, "listed": self.listed, "grid": self.grid,
            "seeds": self.seeds, "iterations": self.iterations, "labels": self.labels,
        }  # fmt: skip

    def shown(self) -> list[dict[str, Any]]:
        """Return the settings as a table shows them: null stands for what is long."""
        if self.labels is not None:
            return [dict(one) for one in self.labels]
        if self.listed is not None:
            return [{name: _short(value) for name, value in one.items()} for one in self.listed]
        grid = {name: [_short(value) for value in values] for name, values in self.grid.items()}
        return list(_combinations(grid))

    @property
    def total(self) -> int:
        """How many runs there are."""
        return len(self.settings) * self.each

    @property
    def each(self) -> int:
        """How many runs each of the settings has: one at least, with its own seed."""
        return max(1, len(self.seeds))

    def run(self, number: int) -> tuple[Json, int]:
        """Return the settings and the seed of a run."""
        place, seed = divmod(number, self.each)
        settings = self.settings[place]
        if self.seeds:
            return settings, self.seeds[seed]
        own: int = settings.get("seed", self.network.get("seed", 0))
        return settings, own

    def swept(self, number: int) -> dict[str, Any]:
        """Return the network of a run as it would be asked for by itself; raises EngineError."""
        settings, seed = self.run(number)
        network: Any = self.network
        if self.grid:
            for name, value in settings.items():
                network = _put(network, name.split(".", DEEP), value, name)
        else:
            network = {**network, **settings}
        return {**network, "seed": seed}

    def spec(self, number: int) -> Spec:
        """Return what a run trains; raises EngineError, with a pointer into the request."""
        network = self.swept(number)
        try:
            return Spec.of(_valid(network))
        except EngineError as error:
            error.pointer = self._pointer(number // self.each, error.pointer or "")
            raise

    def check(self) -> None:
        """Try each of the settings, and count what all runs cost; raises EngineError."""
        total = 0
        for number in range(0, self.total, self.each):
            deadline.look()
            session = Session.begin(self.spec(number))
            model = session.model
            cost = max(LEAST, PASSES * model.cost(model.rows.train[: session.order.size]))
            total += cost * self.iterations * self.each
        if total > TRAINING.sweep_multiply_adds:
            error = over_limit(
                "sweep_multiply_adds",
                TRAINING.sweep_multiply_adds,
                total,
                say("The number of multiply-adds of all runs is about"),
            )
            error.pointer = "/iterations"
            raise error

    def _pointer(self, place: int, pointer: str) -> str:
        """Say where in the request something stands that is wrong in the network made of it."""
        way = pointer.split("/")[1:]
        if not way:
            return "/network"
        if self.grid:
            named = [name for name in self.settings[place] if name.split(".")[0] == way[0]]
            near = [name for name in named if name.split(".")[: len(way)] == way] or named
            return f"/grid/{escaped(near[0])}" if near else "/network" + pointer
        own = way[0] in self.settings[place]
        return (f"/settings/{place}" if own else "/network") + pointer


def _valid(given: Json) -> NetworkRequest:
    """Return the network that a grid's values make; raises ValueProblem for the first that cannot
    be. What a list of settings makes has been read field by field before.
    """
    try:
        return NetworkRequest.model_validate(given)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        way = [str(part) for part in first["loc"]]
        raise ValueProblem(
            say(
                "The field {field} cannot be so: {complaint}.",
                field=".".join(way)[:100],
                complaint=complaint(first),
            ),
            pointer="".join("/" + escaped(part) for part in way),
        ) from None


def _short(value: Any) -> Any:
    return value if len(orjson.dumps(value)) <= SHOWN else None


def _combinations(grid: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    for values in itertools.product(*grid.values()):
        yield dict(zip(grid, values, strict=True))


def _put(within: Any, way: Sequence[str], value: Any, name: str) -> Any:
    """Return JSON with a value in another place of it; what stands there need not be there yet."""
    if not way:
        return value
    first, *rest = way
    if isinstance(within, list) and first.isdecimal() and int(first[:9]) < len(within):
        place = int(first[:9])
        return [*within[:place], _put(within[place], rest, value, name), *within[place + 1 :]]
    known = NetworkRequest.model_fields if name == ".".join(way) else way
    if isinstance(within, Mapping) and first in known and (first in within or not rest):
        return {**within, first: _put(within.get(first), rest, value, name)}
    raise ValueProblem(
        say(
            "The network has no field {name}; names lead inwards with dots, as in "
            "optimizer.learning_rate and layers.0.units.",
            name=name[:100],
        ),
        pointer=f"/grid/{escaped(name[:100])}",
    )
