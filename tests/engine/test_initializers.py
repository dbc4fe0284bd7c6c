"""Initializers hold torch's formulas, and draw each parameter from a stream of its own."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from engine.errors import ValueProblem
from engine.initializers import DEFAULT, GAINS, INITIALIZERS, fans, initial, initializer_of
from engine.network import Layer, write
from engine.seeds import LARGEST

SHAPE = (300, 200)
PARAMETERS = {"W1": SHAPE, "b1": (200,)}
FIVE = 5.0

# Name and settings; the mean and the standard deviation that follow from torch.nn.init; the bound.
SPREADS: list[tuple[dict[str, Any], float, float, float]] = [
    ({"name": "uniform"}, 0.5, math.sqrt(1 / 12), 1.0),
    ({"name": "uniform", "low": -2, "high": 4}, 1.0, 6 / math.sqrt(12), 4.0),
    ({"name": "normal"}, 0.0, 1.0, math.inf),
    ({"name": "normal", "mean": 2, "scale": 0.5}, 2.0, 0.5, math.inf),
    ({"name": "xavier_uniform"}, 0.0, math.sqrt(2 / 500), math.sqrt(6 / 500)),
    ({"name": "xavier_uniform", "gain": 5 / 3}, 0.0, 5 / 3 * math.sqrt(2 / 500),
     5 / 3 * math.sqrt(6 / 500)),
    ({"name": "xavier_normal", "gain": 2}, 0.0, 2 * math.sqrt(2 / 500), math.inf),
    ({"name": "kaiming_uniform"}, 0.0, math.sqrt(2 / 300), math.sqrt(6 / 300)),
    ({"name": "kaiming_uniform", "a": math.sqrt(5)}, 0.0, 1 / 30, 1 / math.sqrt(300)),
    ({"name": "kaiming_uniform", "mode": "fan_out", "nonlinearity": "tanh"}, 0.0,
     5 / 3 / math.sqrt(200), 5 / 3 * math.sqrt(3 / 200)),
    ({"name": "kaiming_normal", "nonlinearity": "relu"}, 0.0, math.sqrt(2 / 300), math.inf),
    ({"name": "kaiming_normal", "nonlinearity": "linear"}, 0.0, math.sqrt(1 / 300), math.inf),
    ({"name": "kaiming_normal", "nonlinearity": "sigmoid"}, 0.0, math.sqrt(1 / 300), math.inf),
    ({"name": "kaiming_normal", "nonlinearity": "selu"}, 0.0, 0.75 / math.sqrt(300), math.inf),
]  # fmt: skip


@pytest.mark.parametrize(("given", "mean", "scale", "bound"), SPREADS)
def test_numbers_spread_as_the_formula_says(
    given: dict[str, Any], mean: float, scale: float, bound: float
) -> None:
    w = initial(PARAMETERS, given, 7)["W1"]
    assert abs(w.mean() - mean) <= FIVE * scale / math.sqrt(w.size)
    assert w.std() == pytest.approx(scale, rel=0.015)
    assert np.abs(w).max() <= bound
    if bound < math.inf:
        assert np.abs(w).max() >= 0.999 * bound


def test_every_row_that_draws_is_among_the_spreads() -> None:
    assert {given["name"] for given, *_ in SPREADS} | {"zeros", "constant"} == set(INITIALIZERS)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_biases_are_zero_unless_the_row_says_otherwise(name: str) -> None:
    b = initial(PARAMETERS, name, 1)["b1"]
    assert b.shape == (200,)
    assert b.any() == (name in ("constant", "uniform", "normal"))


def test_zeros_and_constant_are_what_they_say() -> None:
    assert not initial(PARAMETERS, "zeros", 0)["W1"].any()
    for value in initial(PARAMETERS, {"name": "constant", "value": -3}, 0).values():
        assert (value == -3).all()


def test_fans_are_inputs_and_units_or_those_of_a_kernel() -> None:
    assert fans((3, 5)) == (3, 5)
    assert fans((4, 3, 2, 2)) == (12, 16)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_equal_seeds_give_equal_numbers_and_others_do_not(name: str) -> None:
    one, same, other = (initial(PARAMETERS, name, seed) for seed in (LARGEST, LARGEST, 0))
    for key in PARAMETERS:
        np.testing.assert_array_equal(one[key], same[key])
        assert one[key].shape == PARAMETERS[key]
        assert not one[key].flags.writeable
    assert np.array_equal(one["W1"], other["W1"]) == (name in ("zeros", "constant"))


def test_another_layer_or_a_bias_less_changes_no_other_parameter() -> None:
    first = initial(write(2, [Layer(3)], "mse").parameters, "normal", 5)
    longer = write(2, [Layer(3, bias=False), Layer(3), Layer(1)], "mse")
    second = initial(longer.parameters, "normal", 5)
    np.testing.assert_array_equal(first["W1"], second["W1"])
    assert not np.array_equal(second["b2"], first["b1"])


def test_scalars_and_vectors_count_as_biases() -> None:
    found = initial({"w": (), "W": (1, 1)}, DEFAULT, 0)
    assert found["w"] == 0
    assert found["W"] != 0
    assert initial({"w": ()}, "normal", 0)["w"] != 0


def test_each_row_is_documented_in_both_languages() -> None:
    for row in INITIALIZERS.values():
        for doc in (row.doc, *(setting.doc for setting in row.settings)):
            assert doc.en.endswith(".") and doc.pt.endswith(".")
        assert row.latex
        initializer_of(row.name)
        for setting in row.settings:
            assert initializer_of({"name": row.name, setting.name: setting.default})


def test_kaiming_knows_every_gain() -> None:
    for name in GAINS:
        initializer_of({"name": "kaiming_normal", "nonlinearity": name})


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ("xavier", "/init"),
        (None, "/init"),
        (["zeros"], "/init"),
        ({}, "/init/name"),
        ({"name": 3}, "/init/name"),
        ({"name": "zeros", "value": 1}, "/init/value"),
        ({"name": "normal", "a/b": 1}, "/init/a~1b"),
        ({"name": "normal", "scale": 0}, "/init/scale"),
        ({"name": "normal", "scale": -1}, "/init/scale"),
        ({"name": "normal", "scale": 101}, "/init/scale"),
        ({"name": "normal", "scale": True}, "/init/scale"),
        ({"name": "normal", "scale": "1"}, "/init/scale"),
        ({"name": "normal", "mean": math.nan}, "/init/mean"),
        ({"name": "normal", "mean": math.inf}, "/init/mean"),
        ({"name": "normal", "mean": 10**400}, "/init/mean"),
        ({"name": "uniform", "low": 2, "high": 1}, "/init"),
        ({"name": "xavier_normal", "gain": 0}, "/init/gain"),
        ({"name": "kaiming_normal", "mode": "fan"}, "/init/mode"),
        ({"name": "kaiming_normal", "nonlinearity": 1}, "/init/nonlinearity"),
    ],
)
def test_what_is_not_accepted_is_said_in_a_sentence_with_its_place(
    given: Any, pointer: str
) -> None:
    with pytest.raises(ValueProblem) as caught:
        initial(PARAMETERS, given, 0)
    assert caught.value.pointer == pointer
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize("seed", [-1, 2**32, 1.0, True, "0", None])
def test_a_seed_is_a_whole_number_of_32_bits(seed: Any) -> None:
    with pytest.raises(ValueProblem, match="4,294,967,295") as caught:
        initial(PARAMETERS, "zeros", seed)
    assert caught.value.pointer == "/seed"
