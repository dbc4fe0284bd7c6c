"""Whether an answer is right, and if not, which slips would give it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from ..errors import ValueProblem
from ..evaluate import Run
from ..names import normalised
from ..ops import Array
from ..ops.row import Shape
from ..sentence import say
from .digits import cut, outcomes, reach, rounded
from .kinds import KINDS, Case
from .order import missing, ready
from .question import Question, Spot, located
from .readings import Readings
from .slips import SLIPS
from .typed import Typed, Unreadable, read

Place: TypeAlias = tuple[int, ...]
Answer: TypeAlias = "str | Sequence[Answer]"

# The digits of the lecture's slides, which the fewest digits shown on the page equal.
DIGITS = 3
# The most elements that are asked for at once.
ELEMENTS = 1_000


class Verdict(NamedTuple):
    """What is to be said of an answer.

    `slips` are the names of all slips that would give it, the likeliest first, and `node` and
    `edge` where that one happens. `wrong` are the places of wrong elements. `unreadable` says why
    a text is no answer: empty, letters, long, deep, zero, infinite, shape, size or node.
    """

    right: bool
    slips: tuple[str, ...] = ()
    node: str | None = None
    edge: int | None = None
    wrong: tuple[Place, ...] = ()
    unreadable: str | None = None


def check(run: Run, question: Question, answer: Answer, digits: int = DIGITS) -> Verdict:
    """Judge a learner's answer to a question about a run.

    Right are the true value, rounded or cut to two significant digits or more, and whatever follows
    from operands rounded or cut to `digits`. An answer is a text, or nested lists of texts in the
    shape of an array. Raises ValueProblem for what cannot be asked.
    """
    spot = located(run, question)
    if spot.kind == "next":
        return _next_verdict(run, spot, answer)
    if spot.kind == "shape":
        return _shape_verdict(run, spot, answer)
    return _numeric_verdict(case_of(run, spot, digits), answer)


def case_of(run: Run, spot: Spot, digits: int = DIGITS) -> Case:
    """Return the computation behind a numeric question; raises ValueProblem if it has no answer."""
    case = KINDS[spot.kind](Readings(run, digits), spot)
    truth = case.truth if spot.cell is None else case.truth[spot.cell]
    if not np.isfinite(truth).all():
        raise ValueProblem(
            say(
                "The answer is no finite number here; ask about another step, or change the values."
            ),
            pointer="/question",
        )
    if np.size(truth) > ELEMENTS:
        raise ValueProblem(
            say(
                "The answer has too many elements to be asked for at once; ask for one "
                "of them with cell."
            ),
            pointer="/question",
        )
    return case


def _numeric_verdict(case: Case, answer: Answer) -> Verdict:
    truth = case.truth
    shape = np.shape(truth) if case.spot.cell is None else ()
    try:
        typed = dict(_elements(answer, ()))
    except Unreadable as error:
        return Verdict(False, unreadable=error.reason)
    given = _shape(answer)
    if given != shape and not (shape == (1,) * len(shape) and given == ()):
        turned = len(shape) == 2 and given == shape[::-1]
        slips, node, edge = _slips(case, typed, given) if turned else ((), None, None)
        known = slips or (("wrong_order",) if turned else ())
        where = (node, edge) if slips else (case.spot.node, case.spot.edge)
        return Verdict(False, known, *where, unreadable=None if turned else "shape")
    if given != shape:
        typed = {(0,) * len(shape): typed[()]}
    whole = reach(outcomes(case.operands, case.compute))
    at = case.spot.cell
    wrong = tuple(
        place for place, one in typed.items() if not whole.holds(one, place if at is None else at)
    )
    if not wrong:
        return Verdict(True)
    if all(_is_short(typed[place], truth[place if at is None else at]) for place in wrong):
        return Verdict(False, ("few_digits",), case.spot.node, case.spot.edge, wrong)
    slips, node, edge = _slips(case, typed, np.shape(truth))
    return Verdict(False, slips, node, edge, wrong if at is None else (at,))


def _is_short(typed: Typed, truth: Array) -> bool:
    """Whether it is the true value with one significant digit, which is too few."""
    return typed.unit is not None and typed.value in (rounded(truth, 1), cut(truth, 1))


def _elements(answer: Answer, place: Place) -> Iterator[tuple[Place, Typed]]:
    if isinstance(answer, str):
        yield place, read(answer)
        return
    if not answer or _shape(answer) is None:
        raise Unreadable("shape")
    for i, part in enumerate(answer):
        yield from _elements(part, (*place, i))


def _shape(answer: Answer) -> Shape | None:
    """Return the shape of nested lists of texts; None where they have no common one."""
    if isinstance(answer, str):
        return ()
    inner = {_shape(part) for part in answer}
    only = inner.pop() if len(inner) == 1 else None
    return None if only is None else (len(answer), *only)


def _slips(
    case: Case, typed: dict[Place, Typed], shape: Shape | None
) -> tuple[tuple[str, ...], str | None, int | None]:
    """Return the slips that give all that was typed, and where the first of them happens."""
    found: dict[str, tuple[str, int | None]] = {}
    at = case.spot.cell
    for slip in SLIPS:
        if case.spot.kind not in slip.kinds:
            continue
        for slipped in slip.gives(case):
            results = outcomes(slipped.operands, slipped.compute)
            if np.shape(results[0]) != shape or not _same(results):
                continue
            hull = reach(results)
            if all(hull.holds(one, place if at is None else at) for place, one in typed.items()):
                found.setdefault(slip.code, (slipped.node, slipped.edge))
    if not found:
        return (), None, None
    return (tuple(found), *next(iter(found.values())))


def _same(results: Sequence[Array]) -> bool:
    return all(np.shape(one) == np.shape(results[0]) for one in results)


_SHAPE = re.compile(r"[\[(\s]*+(\d{1,9}(?:[\s,;x×X*]+\d{1,9})*)?[\s,)\]]*")


def _shape_verdict(run: Run, spot: Spot, answer: Answer) -> Verdict:
    """Judge a shape: 2 × 3, (2, 3), [2, 3]; of a number [] or 1."""
    found = _SHAPE.fullmatch(answer) if isinstance(answer, str) and len(answer) <= 200 else None
    if found is None or not str(answer).strip():
        return Verdict(False, unreadable="size")
    sizes = tuple(map(int, re.findall(r"\d+", found[0])))
    shape = np.shape(run.values[spot.node])
    if sizes == shape or (not shape and sizes in ((1,), (1, 1))):
        return Verdict(True)
    turned = len(shape) > 1 and sizes == shape[::-1]
    return Verdict(False, ("wrong_order",) if turned else (), spot.node)


def _next_verdict(run: Run, spot: Spot, answer: Answer) -> Verdict:
    """Judge the name of the node that comes next; of one too early, name what it waits for."""
    assert spot.step is not None, "what comes next is asked of a step"
    name = normalised(answer.strip()) if isinstance(answer, str) and len(answer) <= 200 else ""
    node = run.graph.aliases.get(name, name)
    if node not in run.graph:
        return Verdict(False, unreadable="node")
    if node in ready(run, spot.step):
        return Verdict(True)
    first = missing(run, node, spot.step)
    return Verdict(False, ("too_early",) if first else (), first or node)
