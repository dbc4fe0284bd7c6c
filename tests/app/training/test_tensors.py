from __future__ import annotations

import numpy as np
import pytest

from engine.errors import ValueProblem
from tests.app.training.networks import begun


def test_a_tensor_is_that_of_the_pass_and_a_parameter_that_of_now() -> None:
    session = begun(batch_size=3)
    session.step("iteration", 2)
    nodes = {node["id"]: node for node in session.graph()["nodes"]}
    for name in ("a1", "W1", "L"):
        np.testing.assert_allclose(session.tensor(name), nodes[name]["value"], rtol=1e-14)
        np.testing.assert_allclose(session.tensor(name, "grad"), nodes[name]["grad"], rtol=1e-12)
    assert session.tensor("x").tolist() == [[1, 1]]
    assert session.parameter("W1").tolist() == session.view()["parameters"]["W1"]
    assert session.parameter("W1").tolist() != nodes["W1"]["value"]


@pytest.mark.parametrize("name", ["W9", "a1", "x"])
def test_only_parameters_are_parameters(name: str) -> None:
    with pytest.raises(ValueProblem, match="W1, b1, W2, b2"):
        begun().parameter(name)


def test_nodes_without_value_or_gradient_are_named() -> None:
    with pytest.raises(ValueProblem, match="s1, a1"):
        begun().tensor("z")
    with pytest.raises(ValueProblem, match="no gradient"):
        begun().tensor("x", "grad")
