"""Bugs put into every rule of every row: the checks must notice each."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from engine import OPS
from engine.ops import Op
from tests.engine.seeded_bugs import Bug, bugs, outcome, tally


@pytest.mark.parametrize("op", OPS.values(), ids=OPS)
def test_every_bug_is_noticed(op: Op) -> None:
    counts, unnoticed = tally(op)
    assert unnoticed == ()
    assert counts["caught"] >= 5


@pytest.mark.parametrize("op", OPS.values(), ids=OPS)
def test_a_right_row_is_not_accused(op: Op) -> None:
    assert outcome(Bug(op, "rules", "nothing changed", op)) == "equivalent"


def test_a_bug_that_no_sample_shows_is_reported() -> None:
    sin = OPS["sin"]
    far = dataclasses.replace(
        sin, locals=(lambda _z, x: np.cos(x) * np.where(np.abs(x) > 3.5, 2.0, 1.0 + 1e-15),)
    )
    assert outcome(Bug(sin, "locals[0]", "wrong in the last digit", far)) == "unnoticed"


def test_the_bugs_are_of_many_kinds() -> None:
    kinds = {bug.how for op in OPS.values() for bug in bugs(op)}
    assert {"sign turned", "times 1.0005", "through float32", "wrong axis", "transposed"} <= kinds
