"""The table of schedules: the learning rate as a function of the iteration, counted from 0."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from .errors import ValueProblem
from .ops.row import Doc
from .options import named
from .sentence import Sentence, say


class Setting(NamedTuple):
    """A setting: a number from `low` to `high`, whole if its default is."""

    name: str
    default: int | float
    doc: Doc
    low: float
    high: float = math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A factor on the learning rate: `factor(iteration, settings)`."""

    name: str
    settings: tuple[Setting, ...]
    factor: Callable[[int, Mapping[str, Any]], float]
    latex: str
    doc: Doc


def _cosine(k: int, s: Mapping[str, Any]) -> float:
    part = min(k / s["iterations"], 1.0)
    floor = float(s["floor"])
    return floor + (1 - floor) * (1 + math.cos(math.pi * part)) / 2


_ITERATIONS = Setting("iterations", 1000, Doc("Iterations until the end is reached.",
                      "Iterações até chegar ao fim."), 1)  # fmt: skip

CONSTANT = Schedule(
    name="constant", settings=(), factor=lambda _k, _s: 1.0,
    latex=r"\eta_k = \eta", doc=Doc("The same step size throughout.", "O mesmo passo sempre."),
)  # fmt: skip
STEP = Schedule(
    name="step",
    settings=(
        Setting("every", 100, Doc("Iterations between two falls.",
                                  "Iterações entre duas quedas."), 1),
        Setting("gamma", 0.1, Doc("What each fall leaves.", "O que cada queda deixa."), 0, 1),
    ),
    factor=lambda k, s: float(s["gamma"] ** (k // s["every"])),
    latex=r"\eta_k = \eta\, \gamma^{\lfloor k / n \rfloor}",
    doc=Doc("Falls by a factor at regular intervals.", "Cai por um fator a intervalos regulares."),
)  # fmt: skip
COSINE = Schedule(
    name="cosine",
    settings=(
        _ITERATIONS,
        Setting("floor", 0.0, Doc("The share that is left at the end.",
                                  "A fração que resta no fim."), 0, 1),
    ),
    factor=_cosine,
    latex=r"\eta_k = \eta\, \tfrac{1}{2}\left(1 + \cos\frac{\pi k}{n}\right)",
    doc=Doc("Falls along half a cosine, and stays at its end.",
            "Cai ao longo de meio cosseno e fica no fim."),
)  # fmt: skip
WARMUP = Schedule(
    name="warmup", settings=(_ITERATIONS,),
    factor=lambda k, s: min((k + 1) / s["iterations"], 1.0),
    latex=r"\eta_k = \eta \min\left(\frac{k + 1}{n}, 1\right)",
    doc=Doc("Grows evenly to the full step size, and stays there.",
            "Cresce por igual até o passo inteiro e fica ali."),
)  # fmt: skip

ROWS = (CONSTANT, STEP, COSINE, WARMUP)
SCHEDULES: dict[str, Schedule] = {row.name: row for row in ROWS}


def scheduled(given: Mapping[str, Any], learning_rate: float) -> Callable[[int], float]:
    """Return the learning rate by iteration for `{"name": …, setting: value…}`.

    Raises ValueProblem for an unknown name or setting, or a value that is not accepted.
    """
    name = given.get("name")
    row = SCHEDULES.get(name) if isinstance(name, str) else None
    if row is None:
        unknown = named(say("schedule"), given)
        raise ValueProblem(
            say("{unknown}; accepted are {accepted}.", unknown=unknown, accepted=SCHEDULES),
            pointer="/schedule/name",
        )
    table = {setting.name: setting for setting in row.settings}
    settings: dict[str, float] = {setting.name: setting.default for setting in row.settings}
    for key, value in given.items():
        if key == "name":
            continue
        if key not in table:
            raise ValueProblem(
                say(
                    "The schedule {owner} has no setting {name}; its settings are: {settings}.",
                    owner=row.name,
                    name=key,
                    settings=table or say("none"),
                ),
                pointer=f"/schedule/{key}",
            )
        settings[key] = _checked(table[key], value)
    return lambda iteration: learning_rate * row.factor(iteration, settings)


def _checked(setting: Setting, value: Any) -> float:
    whole = isinstance(setting.default, int)
    kind = int if whole else (int, float)
    if (
        isinstance(value, bool)
        or not isinstance(value, kind)
        or not setting.low <= value <= setting.high
        or not abs(value) < 1e308
    ):
        accepted = _accepted(setting, say("a whole number") if whole else say("a number"))
        raise ValueProblem(
            say(
                "The setting {setting} must be {accepted}.", setting=setting.name, accepted=accepted
            ),
            pointer=f"/schedule/{setting.name}",
        )
    return value if whole else float(value)


def _accepted(setting: Setting, kind: Sentence) -> Sentence:
    low, high = setting.low, setting.high
    if high == math.inf:
        return say("{kind} from {low:g} on", kind=kind, low=low)
    return say("{kind} from {low:g} to {high:g}", kind=kind, low=low, high=high)
