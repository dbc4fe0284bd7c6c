"""Exercises without end: each determined by its template, level and seed, and solvable by hand.

one = exercise("fan-out", level=2, seed=7)
one.program, one.values, list(asked(one.run()))
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from ..errors import ValueProblem
from ..evaluate import Descent, Run, evaluate
from ..ops import Array
from ..parse import parse
from ..seeds import check_seed, stream
from ..sentence import say
from .forms import TEMPLATES, Form
from .tidy import tidy

RATE = 0.1
LEVELS = 5
# Draws until one is tidy; where that takes long, another form is taken every so many.
_DRAWS, _OF_A_FORM = 20_000, 300
_ACTIVATIONS = ("relu({})", "leaky_relu({}, 0.5)", "{} ** 2", "2 * {}")
_ACT = re.compile(r"ACT\((\w+)\)")
# What leaves are drawn from, by level; in all of them 0 and ±1 are rare, as they hide slips.
_WHOLE = np.array([2, 3, 4, 5, 6, 7, 8, 9])
SIGNED = np.array([-5, -4, -3, -2, 2, 3, 4, 5, 6, 7])
HALVES = np.array([-3, -2, -1.5, -1, -0.5, 0.5, 1, 1.5, 2, 2.5, 3, 4])
TENTHS = np.array([-2, -1, -0.8, -0.5, -0.4, -0.2, 0.2, 0.3, 0.4, 0.5, 0.6, 1, 1.5, 2])
_CLASSES = np.array([0, 1])
_DRAWN = (_WHOLE, SIGNED, HALVES, HALVES, TENTHS)
assert len(_DRAWN) == LEVELS and all(len(row.levels) == LEVELS for row in TEMPLATES.values())


@dataclass(frozen=True, slots=True)
class Exercise:
    """A program with its values; `update` names the weights that the learning rate RATE moves."""

    template: str
    level: int
    seed: int
    program: str
    values: Mapping[str, Any]
    constants: tuple[str, ...]
    update: tuple[str, ...]

    def run(self) -> Run:
        """Return the evaluated graph."""
        descent = Descent(RATE, self.update) if self.update else None
        return evaluate(_parsed(self.program), self.values, self.constants, descent)


_parsed = lru_cache(256)(parse)


def exercise(template: str, level: int, seed: int) -> Exercise:
    """Return the exercise of a template, a level from 1 to LEVELS and a seed.

    Raises ValueProblem for what there is none of.
    """
    if template not in TEMPLATES:
        raise ValueProblem(
            say(
                "There is no template {name}; accepted are {accepted}.",
                name=template[:40],
                accepted=TEMPLATES,
            ),
            pointer="/template",
        )
    if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= LEVELS:
        raise ValueProblem(
            say("The level must be a whole number from 1 to {most}.", most=LEVELS), pointer="/level"
        )
    check_seed(seed)
    return next(
        one for one in _draws(template, level, seed) if tidy(one.run(), exact=level < LEVELS)
    )


def _draws(template: str, level: int, seed: int) -> Iterator[Exercise]:
    """Yield exercises, the same ones for the same seed."""
    rng = stream(seed, f"practice {template} {level}")
    forms = TEMPLATES[template].levels[level - 1]
    for count in range(_DRAWS):
        if count % _OF_A_FORM == 0:
            form = forms[int(rng.integers(len(forms)))]
            program = _written(form, rng)
        values = {name: drawn(_among(name, form, level), form.shapes.get(name, ()), rng)
                  for name in form.leaves.split()}  # fmt: skip
        yield Exercise(template, level, seed, program, values, tuple(form.data.split()),
                       tuple(form.update.split()))  # fmt: skip
    raise AssertionError("no draw of this form is tidy; its numbers have to be chosen otherwise")


def _written(form: Form, rng: np.random.Generator) -> str:
    """Return the form's program with its signs and activations chosen."""
    chosen = _ACTIVATIONS[int(rng.integers(len(_ACTIVATIONS)))]
    text = _ACT.sub(lambda found: chosen.format(found[1]), form.program)
    return re.sub("±", lambda _: "+-"[int(rng.integers(2))], text)


def _among(name: str, form: Form, level: int) -> Array:
    """Return what a leaf is drawn from; a target of a sigmoid is one of two classes."""
    target = name == "y" and "y" in form.data.split()
    return _CLASSES if target and "sigmoid" in form.program else _DRAWN[level - 1]


def drawn(among: Array, shape: tuple[int, ...], rng: np.random.Generator) -> Any:
    """Return a number or nested lists of this shape, each drawn from `among`."""
    numbers = rng.choice(among, size=shape)
    return plain(numbers.tolist() if shape else float(numbers))


def plain(value: Any) -> Any:
    """Return whole numbers as such, as they are written by hand."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    return int(value) if float(value).is_integer() else value
