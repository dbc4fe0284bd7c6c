"""Breaks every rule of every row in turn, in memory, and asks whether the checks notice.

A bug is a row with a wrong forward, local or rule. Caught means that the second formula disagrees
with a value or Jacobian, that a NaN vanishes, or that a convention fails. What changes no bit of
anything at any sample, and breaks no convention, is no bug, and counted apart.

Run as a command for all of them: python -m tests.engine.seeded_bugs
"""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from engine import EngineError, evaluate, parse
from engine.conventions import Convention, traps
from engine.ops import OPS, Op
from engine.ops.row import ARGUMENTS, Sample
from tests.engine.row_checks import draw, exact, off, results, samples, swallows_nan

Rule = Callable[..., Any]
Break = Callable[[Rule], Rule]


class Bug(NamedTuple):
    """A row, the part of it that is broken, how, and the row with the bug."""

    op: Op
    part: str
    how: str
    broken: Op

    @property
    def name(self) -> str:
        """Say which bug it is."""
        return f"{self.op.name}.{self.part}: {self.how}"


def _after(change: Callable[[Any], Any]) -> Break:
    """Return a break that changes what a rule returns."""
    return lambda rule: lambda *args, **params: change(rule(*args, **params))


def _argument(place: int, change: Callable[[Any], Any]) -> Break:
    """Return a break that changes what a rule is given."""

    def broken(rule: Rule) -> Rule:
        def wrong(*args: Any, **params: Any) -> Any:
            return rule(*args[:place], change(args[place]), *args[place + 1 :], **params)

        return wrong

    return broken


def _setting(name: str, change: Callable[[Any], Any]) -> Break:
    def broken(rule: Rule) -> Rule:
        def wrong(*args: Any, **params: Any) -> Any:
            return rule(*args, **{**params, name: change(params[name])})

        return wrong

    return broken


def _transposed(value: Any) -> Any:
    return np.reshape(np.transpose(value), np.shape(value))


def _other_axis(axis: Any) -> Any:
    return 0 if axis is None else None if axis == 0 else 0


def _first_dropped(value: Any) -> Any:
    out = np.array(value, dtype=np.float64)
    if out.size:
        out[(0,) * out.ndim] = 0.0
    return out[()]


def _rounded(value: Any) -> Any:
    return np.float64(np.float32(value)) if np.ndim(value) == 0 else (
        np.asarray(value).astype(np.float32).astype(np.float64)
    )  # fmt: skip


# Bugs of what a rule, a local or a forward returns.
BREAKS: dict[str, Break] = {
    "sign turned": _after(np.negative),
    "times 1.0005": _after(lambda value: 1.0005 * value),
    "through float32": _after(_rounded),
    "nothing": _after(lambda value: 0.0 * np.asarray(value)),
    "one everywhere": _after(lambda value: np.ones_like(value)),
    "transposed": _after(_transposed),
    "turned around": _after(lambda value: np.flip(value)),
    "shifted by one": _after(lambda value: np.roll(value, 1)),
    "squared": _after(lambda value: np.asarray(value) * value),
    "1 added": _after(lambda value: value + 1.0),
    "first element dropped": _after(_first_dropped),
    "NaN as 0": _after(lambda value: np.where(np.isnan(value), 0.0, value)),
}
# Bugs of a rule that does not look at one of its arguments, or looks wrongly.
UNSEEN: dict[str, Callable[[Any], Any]] = {
    "taken for 1": np.ones_like,
    "taken for 0": np.zeros_like,
    "transposed before use": _transposed,
    "an ulp to the right": lambda x: np.nextafter(x, np.inf),
    "an ulp to the left": lambda x: np.nextafter(x, -np.inf),
}
# Bugs of a rule that misreads a setting: its name, how, and what is read instead.
MISREAD: tuple[tuple[str, str, Callable[[Any], Any]], ...] = (
    ("axis", "wrong axis", _other_axis),
    ("axis", "axis with its sign turned", lambda axis: axis and -axis),
    ("keepdims", "keepdims forgotten", lambda _: False),
    ("correction", "correction forgotten", lambda _: 0),
    ("stride", "stride forgotten", lambda _: (1, 1)),
    ("stride", "pairs swapped", lambda pair: pair and pair[::-1]),
    ("padding", "padding forgotten", lambda _: (0, 0)),
    ("kernel_size", "pairs swapped", lambda pair: pair[::-1]),
    ("eps", "eps forgotten", lambda _: 0.0),
    ("p", "p forgotten", lambda _: 0.0),
    ("slope", "slope forgotten", lambda _: 0.0),
    ("alpha", "alpha forgotten", lambda _: 0.0),
    ("min", "bound forgotten", lambda _: None),
    ("max", "bound forgotten", lambda _: None),
    ("rows", "rows turned around", lambda rows: rows[::-1]),
    ("index", "index forgotten", lambda _: ()),
)
# A step of one ulp is a bug only where a value stands on a kink.
ULPS = ("an ulp to the right", "an ulp to the left")


def bugs(op: Op) -> Iterator[Bug]:
    """Yield every way to break a row."""
    for field in ("locals", "rules"):
        rules: tuple[Rule, ...] = getattr(op, field)
        for slot, rule in enumerate(rules):
            for how, broken in _breaks(op, field):
                changed = (*rules[:slot], broken(rule), *rules[slot + 1 :])
                wrong = dataclasses.replace(op, **{field: changed})  # type: ignore[arg-type]
                yield Bug(op, f"{field}[{slot}]", how, wrong)
        if len(rules) > 1:
            swapped = dataclasses.replace(op, **{field: rules[::-1]})  # type: ignore[arg-type]
            yield Bug(op, field, "slots swapped", swapped)
    for how in ("sign turned", "times 1.0005", "through float32", "transposed", "NaN as 0"):
        wrong = dataclasses.replace(op, forward=BREAKS[how](op.forward))
        yield Bug(op, "forward", how, wrong)


def _breaks(op: Op, field: str) -> Iterator[tuple[str, Break]]:
    """Yield the bugs that a rule of this row can have."""
    yield from BREAKS.items()
    arguments = ["z", *ARGUMENTS[: op.arity or 1]]
    for place, argument in enumerate(arguments if field == "locals" else ["g", *arguments]):
        for how, change in UNSEEN.items():
            yield f"{argument} {how}", _argument(place, change)
    names = {param.name for param in op.params}
    for name, how, change in MISREAD:
        if name in names:
            yield how, _setting(name, change)


class Point(NamedTuple):
    """One point of a sample: the row's own value and Jacobians there, and the second formula's."""

    sample: Sample
    args: tuple[Any, ...]
    right: tuple[Any, ...]
    exact: tuple[Any, ...]


@cache
def points(name: str) -> tuple[Point, ...]:
    """Return a point of each sample of the row in the table."""
    op = OPS[name]
    rng = np.random.default_rng(5)
    found = []
    for sample in samples(op):
        args = draw(sample, rng)
        found.append(Point(sample, args, results(op, sample, args), exact(op, sample, args)))
    return tuple(found)


def outcome(bug: Bug) -> str:
    """Return whether a bug is caught, unnoticed, or equivalent: no bug at all."""
    same = True
    with np.errstate(all="ignore"):
        for point in points(bug.op.name):
            try:
                found = results(bug.broken, point.sample, point.args)
            except Exception:
                return "caught"
            if off(found, point.exact) > 1:
                return "caught"
            same = same and _is_same(bug, found, point.right)
        if any(swallows_nan(bug.broken, point.sample, point.args) for point in points(bug.op.name)):
            return "caught"
    if any(not _holds(bug.broken, row) for row in traps(bug.op.name)):
        return "caught"
    return "equivalent" if same else "unnoticed"


def _is_same(bug: Bug, found: tuple[Any, ...], right: tuple[Any, ...]) -> bool:
    """Whether not a bit is changed; away from kinks an ulp more or less may change last digits."""
    allowed = 1e-14 if bug.how.endswith(ULPS) else 0.0
    pairs = zip(found, right, strict=True)
    return all(np.allclose(one, other, allowed, allowed, equal_nan=True) for one, other in pairs)


def _holds(op: Op, row: Convention) -> bool:
    """Whether a convention holds with a row of the table replaced."""
    if row.value is None:
        return True
    kept = OPS[op.name]
    OPS[op.name] = op
    try:
        run = evaluate(parse(row.program), row.values)
        np.testing.assert_allclose(run.value, row.value, 1e-15, 0)
        for name, grad in row.grads.items():
            np.testing.assert_allclose(np.asarray(run.grads[name]), np.array(grad), 1e-15, 0)
    except (AssertionError, ValueError, IndexError, TypeError, EngineError):
        return False
    finally:
        OPS[op.name] = kept
    return True


def tally(op: Op) -> tuple[Counter[str], tuple[str, ...]]:
    """Try every bug of a row: return the outcomes, and the names of those that went unnoticed."""
    outcomes = {bug.name: outcome(bug) for bug in bugs(op)}
    unnoticed = (name for name, what in outcomes.items() if what == "unnoticed")
    return Counter(outcomes.values()), tuple(unnoticed)


def main() -> int:
    """Try every bug of every row and print what came of it."""
    total: Counter[str] = Counter()
    unnoticed: list[str] = []
    for op in list(OPS.values()):
        counts, names = tally(op)
        total += counts
        unnoticed += names
    sys.stdout.write(
        f"{total['caught']} bugs caught, {len(unnoticed)} unnoticed; "
        f"{total['equivalent']} changes that change nothing\n"
    )
    sys.stdout.writelines(f"  unnoticed: {name}\n" for name in unnoticed)
    return 1 if unnoticed else 0


if __name__ == "__main__":
    raise SystemExit(main())
