from __future__ import annotations

import math

import numpy as np
import pytest
from safetensors.numpy import save

from app.training import health, history
from engine import evaluate, parse
from tests.app.training.networks import begun


@pytest.mark.parametrize("op", health.SATURATED)
def test_units_are_saturated_where_a_twentieth_of_the_greatest_slope_is_left(op: str) -> None:
    x = np.linspace(-6, 6, 241)
    run = evaluate(parse(f"a = {op}(x)\nL = sum(a)"), {"x": x})
    slope = run.grads["x"]
    assert slope is not None
    expected = slope <= health.FLAT * slope.max()
    found = [health.saturated(op, a) == 1 for a in run.values["a"]]
    assert found == expected.tolist()
    assert health.saturated(op, run.values["a"]) == np.mean(expected)


def test_units_far_out_are_saturated_and_units_that_never_answer_are_dead() -> None:
    value = np.array([[0.5, 0.999], [0.4, 0.5]])
    assert health.saturated("sigmoid", value) == 0.25
    assert health.saturated("sign", value) == 1
    assert health.dead(np.array([[0.0, 0.0], [0.0, 1.0]])) == 0.5
    assert health.dead(np.array(0.0)) == 1


def test_large_weights_saturate_their_layer_and_no_other() -> None:
    weights = {"W1": [[90.0, -90.0, 90.0]] * 2}
    session = begun(parameters=weights)
    record = session.step("iteration").records[0]
    # Only the row 0, 0 is left in the middle of tanh.
    assert record.saturated[0] == 0.75
    assert record.saturated[1] == 0
    told = history.answer(history.unpack(history.pack([record], session.model)))
    assert told["saturated_units"] == {"layer1": [0.75], "layer2": [0]}


def test_a_history_from_before_saturation_was_measured_goes_on() -> None:
    session = begun()
    records = session.step("iteration", 2).records
    chunks = [history.pack(records[:1], session.model), history.pack(records[1:], session.model)]
    old = {k: v for k, v in history.unpack(chunks[0]).items() if not k.startswith("sat.")}
    joined = history.join([save(old), chunks[1]])
    assert math.isnan(joined["sat.layer1"][0])
    assert joined["sat.layer1"][1] == records[1].saturated[0]
