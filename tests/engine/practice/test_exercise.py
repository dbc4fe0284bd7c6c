"""Every exercise is valid, solvable by hand, and the same one for the same seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.errors import ValueProblem
from engine.ops import Array
from engine.practice import LEVELS, TEMPLATES, asked, exercise
from engine.questions import case_of, check, located
from engine.seeds import LARGEST

SEEDS = (*range(11), LARGEST)
every_place = pytest.mark.parametrize(
    ("template", "level"), [(name, level) for name in TEMPLATES for level in range(1, LEVELS + 1)]
)


def written(value: Array, digits: int) -> Any:
    return ([written(part, digits) for part in value] if np.ndim(value)
            else f"{float(value):.{digits}g}")  # fmt: skip


def digits(number: float) -> int:
    """Count significant digits, as a hand would write them."""
    return len(f"{abs(number):.12g}".split("e")[0].replace(".", "").strip("0"))


@every_place
def test_each_question_accepts_its_own_answer(template: str, level: int) -> None:
    for seed in SEEDS:
        run = exercise(template, level, seed).run()
        assert np.size(run.value) == 1 and not run.broken
        questions = list(asked(run))
        assert len(questions) == sum(s.source is not None or s.phase != "backward"
                                     for s in run.steps)  # fmt: skip
        for question in questions:
            truth = case_of(run, located(run, question)).truth
            assert check(run, question, written(truth, 6)).right, (seed, question)
        assert not check(run, question, written(truth + 11.5, 6)).right, (seed, question)


@every_place
def test_numbers_are_tidy(template: str, level: int) -> None:
    for seed in SEEDS:
        one = exercise(template, level, seed)
        run = one.run()
        given = [x for value in one.values.values() for x in np.ravel(value)]
        assert max(map(digits, given)) <= 2
        found = [case_of(run, located(run, q)).truth for q in asked(run)]
        assert max(np.abs(x).max() for x in found) <= 400
        assert sum(not np.any(x) for x in found) <= len(found) / 4
        if level < LEVELS:
            most = max(digits(x) for value in found for x in np.ravel(value))
            assert most <= (4 if one.update else 3), (seed, one)
        assert ("sigmoid" in one.program) == (level == LEVELS)


@every_place
def test_a_seed_is_an_exercise(template: str, level: int) -> None:
    again = [(exercise(template, level, seed), exercise(template, level, seed)) for seed in SEEDS]
    assert all(one == other for one, other in again)
    assert len({f"{one.program} {one.values}" for one, _ in again}) >= 0.9 * len(SEEDS)


def test_levels_rise() -> None:
    for template in TEMPLATES:
        steps = [np.mean([len(exercise(template, level, seed).run().steps) for seed in range(20)])
                 for level in (1, 4)]  # fmt: skip
        assert steps[0] < steps[1]


@pytest.mark.parametrize(
    ("template", "level", "seed", "pointer"),
    [("tree", 1, 0, "/template"), ("chain", 0, 0, "/level"), ("chain", 6, 0, "/level"),
     ("chain", True, 0, "/level"), ("chain", 1, -1, "/seed"), ("chain", 1, 2**32, "/seed")],
)  # fmt: skip
def test_what_there_is_none_of_is_refused(
    template: str, level: int, seed: int, pointer: str
) -> None:
    with pytest.raises(ValueProblem) as caught:
        exercise(template, level, seed)
    assert caught.value.pointer == pointer
