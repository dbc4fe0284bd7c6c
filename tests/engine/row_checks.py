"""What is held against a row at one point: finite differences, and a second formula.

Each check returns how far off it found the row, as a multiple of what is allowed: above 1 is wrong.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.ops import Op
from engine.ops.row import Sample
from engine.passes import unbroadcast
from tests.engine import references
from tests.engine.finite import STEP

RELATIVE, ABSOLUTE = 1e-6, 1e-7
EXACT = 1e-12


def draw(sample: Sample, rng: np.random.Generator) -> tuple[Any, ...]:
    """Return one point of a sample's domain."""
    pairs = zip(sample.box, sample.shapes, strict=True)
    return tuple(rng.uniform(low, high, shape)[()] for (low, high), shape in pairs)


def samples(op: Op) -> tuple[Sample, ...]:
    """Return a row's samples; of an elementwise row also arrays that are broadcast."""
    if not op.elementwise or op.arity is None:
        return op.samples
    more = (
        Sample(sample.box, shapes[: op.arity], sample.params, sample.held)
        for sample in op.samples
        for shapes in (((2, 3), (3,), ()), ((3, 1), (2,), (1,)))
        if not any(sample.shapes)
    )
    return (*op.samples, *more)


# No power of two, and its square is another number.
COTANGENT = 0.7


def analytic(
    op: Op, sample: Sample, args: tuple[Any, ...], slot: int, cotangent: float = COTANGENT
) -> Any:
    """Return a row's ∂z/∂args[slot], one row of it per element of z, by its own rules."""
    z = op.forward(*args, **sample.params)
    shape = np.shape(args[slot])
    rows = []
    for index in np.ndindex(np.shape(z)):
        one = np.zeros(np.shape(z))
        one[index] = cotangent
        pulled = op.pull(slot, one[()], z, args, sample.params)
        rows.append(unbroadcast(pulled, shape) / COTANGENT)
    return np.array(rows).reshape(np.shape(z) + shape)


def numeric(op: Op, sample: Sample, args: tuple[Any, ...], slot: int) -> Any:
    """Return ∂z/∂args[slot] by central differences of step 6e-6 · max(1, |x|)."""
    columns = []
    for index in np.ndindex(np.shape(args[slot])):
        h = STEP * max(1.0, abs(float(np.asarray(args[slot])[index])))
        ends = []
        for sign in (-1, 1):
            moved = [np.array(arg) for arg in args]
            moved[slot][index] += sign * h
            ends.append(np.asarray(op.forward(*(one[()] for one in moved), **sample.params)))
        columns.append((ends[1] - ends[0]) / (2 * h))
    shape = np.shape(op.forward(*args, **sample.params)) + np.shape(args[slot])
    return np.moveaxis(np.array(columns), 0, -1).reshape(shape)


def off_differences(op: Op, sample: Sample, args: tuple[Any, ...]) -> float:
    """Compare full Jacobians: |numeric − analytic| against 1e-7 + 1e-6·|analytic|."""
    worst = 0.0
    for slot in range(len(args)):
        if slot in sample.held:
            continue
        found = analytic(op, sample, args, slot)
        allowed = ABSOLUTE + RELATIVE * np.abs(found)
        off = np.abs(numeric(op, sample, args, slot) - found) / allowed
        worst = max(worst, _largest(off))
    return worst


def results(op: Op, sample: Sample, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a row's value and its Jacobians."""
    value = np.asarray(op.forward(*args, **sample.params))
    return (value, *(analytic(op, sample, args, slot) for slot in range(len(args))))


def exact(op: Op, sample: Sample, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return value and Jacobians by the second formula; a row without one is its own."""
    reference = references.REFERENCES.get(op.name, op.forward)
    value = np.real(reference(*args, **sample.params))
    slots = range(len(args))
    return (value, *(references.jacobian(reference, args, n, sample.params) for n in slots))


def off(found: tuple[Any, ...], expected: tuple[Any, ...]) -> float:
    """Compare value and Jacobians with the exact ones, to 1e-12 of the largest."""
    pairs = list(zip(found, expected, strict=True))
    if any(np.shape(one) != np.shape(other) for one, other in pairs):
        return np.inf
    return max(_relative(one, other) for one, other in pairs) / EXACT


def off_reference(op: Op, sample: Sample, args: tuple[Any, ...]) -> float:
    """Compare a row with the second formula."""
    return off(results(op, sample, args), exact(op, sample, args))


# How many elements of an argument are made NaN, one at a time.
MOST_PLACES = 6
# Elementwise rows whose slopes are the same everywhere, or chosen by the condition alone.
STRAIGHT = frozenset({"add", "sub", "neg", "copy", "where"})


def _is_straight(op: Op, sample: Sample, jacobians: tuple[Any, ...]) -> bool:
    """Whether a row's slopes do not depend on its arguments: then NaN leaves them as they are."""
    if op.elementwise:
        return op.name in STRAIGHT
    other = results(op, sample, draw(sample, np.random.default_rng(8)))[1:]
    return all(np.array_equal(one, two) for one, two in zip(jacobians, other, strict=True))


def swallows_nan(op: Op, sample: Sample, args: tuple[Any, ...]) -> bool:
    """Whether a NaN vanishes: from the value that depends on it, from its slopes, on the way back.

    An elementwise function of one argument is NaN at NaN even where it is flat.
    """
    with np.errstate(all="ignore"):
        jacobians = results(op, sample, args)[1:]
        straight = _is_straight(op, sample, jacobians)
        for slot, depends in enumerate(jacobians):
            if not np.isnan(analytic(op, sample, args, slot, np.nan)[depends != 0]).all():
                return True
            places = list(np.ndindex(np.shape(args[slot])))
            for index in places[:: 1 + len(places) // MOST_PLACES]:
                spoilt = [np.array(arg) for arg in args]
                spoilt[slot][index] = np.nan
                given = tuple(one[()] for one in spoilt)
                z = np.asarray(op.forward(*given, **sample.params))
                own = op.elementwise and len(args) == 1
                if not own and not depends[(..., *index)].any():
                    continue
                if not np.isnan(z[index] if own else z[depends[(..., *index)] != 0]).all():
                    return True
                slopes = (analytic(op, sample, given, other) for other in range(len(args)))
                if not straight and not any(np.isnan(one).any() for one in slopes):
                    return True
    return False


def _relative(found: Any, exact: Any) -> float:
    size = max(1.0, float(np.max(np.abs(exact), initial=0.0)))
    return _largest(np.abs(found - exact) / size)


def _largest(off: Any) -> float:
    """Return the largest, infinity if one is NaN."""
    largest = float(np.max(off, initial=0.0))
    return np.inf if np.isnan(largest) else largest
