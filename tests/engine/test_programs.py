"""Random programs with shapes against finite differences."""

from __future__ import annotations

from hypothesis import given, settings

from engine import check_gradients, evaluate, parse
from tests.engine.programs import LARGEST, MOST_NODES, Case, largest, programs


@settings(max_examples=200, deadline=None)
@given(programs())
def test_random_programs_agree_with_finite_differences(case: Case) -> None:
    program, values = case
    for check in check_gradients(parse(program), values).values():
        assert check.max_relative_error <= 1e-5


@settings(max_examples=100, deadline=None)
@given(programs(smooth=True, statements=4))
def test_smooth_programs_have_no_kink(case: Case) -> None:
    program, values = case
    assert not any(check.kink for check in check_gradients(parse(program), values).values())


@settings(max_examples=50, deadline=None)
@given(programs(scalar=True))
def test_scalar_programs_are_of_numbers(case: Case) -> None:
    program, values = case
    assert all(value.shape == () for value in evaluate(parse(program), values).values.values())


@settings(max_examples=50, deadline=None)
@given(programs())
def test_the_programs_are_small_and_tame(case: Case) -> None:
    program, values = case
    run = evaluate(parse(program), values)
    assert len(run.graph.nodes) <= MOST_NODES
    assert largest(run) <= LARGEST
    assert run.value.shape == ()
