"""Layers become the program that one would write on the board, and it computes what torch does."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from engine import OPS, Descent, EngineError, evaluate
from engine.errors import LimitError, ShapeError, ValueProblem
from engine.network import ACTIVATIONS, LINEAR, LOSSES, Layer, Network, NetworkLimits, write
from tests.engine.cases import load

TRAINING = load("training.json")["training"]


def network(spec: dict[str, Any]) -> Network:
    return write(spec["inputs"], [Layer(**layer) for layer in spec["layers"]], spec["loss"])


def name(case: dict[str, Any]) -> str:
    spec = case["network"]
    return "-".join([spec["loss"], *map(str, spec["optimizer"].values())])


def test_a_network_is_a_program_for_the_board() -> None:
    found = write(2, [Layer(3, "tanh"), Layer(2), Layer(1, "sigmoid", bias=False)], "half_mse")
    assert found.program.splitlines() == [
        "s1 = x @ W1 + b1",
        "a1 = tanh(s1)",
        "s2 = a1 @ W2 + b2",
        "s3 = s2 @ W3",
        "a3 = sigmoid(s3)",
        "L = half_mse(a3, y)",
    ]
    assert list(found.parameters.items()) == [
        ("W1", (2, 3)), ("b1", (3,)), ("W2", (3, 2)), ("b2", (2,)), ("W3", (2, 1)),
    ]  # fmt: skip
    assert found.trainable == ("W1", "b1", "W2", "b2", "W3")
    assert found.parameter_count == 19
    assert found.output == "a3"
    assert set(found.graph.leaves) == {"x", "y", *found.trainable}


@pytest.mark.parametrize("case", TRAINING, ids=name)
def test_what_is_written_computes_the_first_loss_of_the_training_runs(case: dict[str, Any]) -> None:
    spec = case["network"]
    found = network(spec)
    assert found.trainable == tuple(spec["parameters"])
    for parameter, shape in found.parameters.items():
        assert np.shape(spec["parameters"][parameter]) == shape
    run = evaluate(found.graph, spec["parameters"] | spec["data"], ("x", "y"))
    assert float(run.value) == pytest.approx(case["losses"][0], rel=1e-9, abs=1e-12)


PLAIN = [case for case in TRAINING if set(case["network"]["optimizer"]) == {"name", "learning_rate"}
         and case["network"]["optimizer"]["name"] == "sgd"]  # fmt: skip


@pytest.mark.parametrize("case", PLAIN, ids=name)
def test_plain_descent_on_it_gives_the_losses_and_parameters_of_the_run(
    case: dict[str, Any],
) -> None:
    spec = case["network"]
    found = network(spec)
    held: dict[str, Any] = dict(spec["parameters"])
    down = Descent(spec["optimizer"]["learning_rate"], found.trainable)
    losses = []
    for _ in range(case["iterations"]):
        run = evaluate(found.graph, held | spec["data"], ("x", "y"), down)
        losses.append(float(run.value))
        held = {update.parameter: update.new for update in run.updates}
    assert losses == pytest.approx(case["losses"], rel=1e-9, abs=1e-12)
    for parameter, value in case["parameters"].items():
        np.testing.assert_allclose(held[parameter], value, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_every_activation_goes_with_every_loss(activation: str, loss: str) -> None:
    last = Layer(2, "sigmoid" if loss == "bce" else LINEAR)
    found = write(3, [Layer(4, activation), last], loss)
    assert ("a1" in found.graph) == (activation != LINEAR)
    values: dict[str, Any] = {k: np.full(s, 0.1) for k, s in found.parameters.items()}
    values |= {"x": np.ones((5, 3)), "y": np.eye(2)[[0, 1, 0, 1, 0]]}
    run = evaluate(found.graph, values, ("x", "y"))
    assert run.values[found.output].shape == (5, 2)
    assert math.isfinite(run.value)


def test_activations_are_rows_that_keep_the_shape() -> None:
    for one in set(ACTIVATIONS) - {LINEAR}:
        op = OPS[one]
        assert op.shape(*[(2, 3)], **{p.name: p.default for p in op.params}) == (2, 3)
    assert {"tanh", "sigmoid", "relu", "leaky_relu", "elu", "softplus", "gelu", "silu", "sign",
            "step", "softmax", "log_softmax"} <= set(ACTIVATIONS)  # fmt: skip
    assert {"sum", "reshape", "transpose", "clip", "neg"}.isdisjoint(ACTIVATIONS)


def test_labels_are_the_lectures_and_the_prediction_is_y_hat() -> None:
    found = write(2, [Layer(3, "tanh"), Layer(1, "sigmoid")], "half_mse").labels
    assert found["W1"] == "W^{(1)}"
    assert found["b2"] == "b^{(2)}"
    assert found["s2"] == "s^{(2)}"
    assert found["a1"] == "a^{(1)}"
    assert found["a2"] == r"\hat{y}"
    assert {"x", "y", "L"}.isdisjoint(found)


@pytest.mark.parametrize("loss", ["bce_with_logits", "cross_entropy"])
def test_scores_are_no_prediction(loss: str) -> None:
    found = write(2, [Layer(2)], loss)
    assert found.output == "s1"
    assert found.labels["s1"] == "s^{(1)}"
    assert not found.notices


def test_every_node_but_the_data_belongs_to_a_layer_or_the_loss() -> None:
    found = write(2, [Layer(3, "tanh"), Layer(2, bias=False), Layer(1)], "mse")
    assert set(found.groups) == set(found.graph.index) - {"x", "y"}
    assert found.groups["L"] == "loss"
    for layer in (1, 2, 3):
        sums = [node.id for node in found.graph.nodes if node.op == "matmul"]
        assert found.groups[sums[layer - 1]] == f"layer{layer}"
        assert found.groups[f"W{layer}"] == f"layer{layer}"


@pytest.mark.parametrize(
    ("layer", "loss", "words"),
    [
        (Layer(2, "softmax"), "cross_entropy", "applies softmax itself"),
        (Layer(1, "sigmoid"), "bce_with_logits", "applies sigmoid itself"),
        (Layer(1, "tanh"), "bce", "takes probabilities"),
        (Layer(1), "cross_entropy", "always 1"),
        (Layer(1, "softmax"), "half_mse", "always 1"),
    ],
)
def test_a_last_layer_that_does_not_fit_its_loss_is_noticed(
    layer: Layer, loss: str, words: str
) -> None:
    assert any(words in notice for notice in write(2, [layer], loss).notices)


def test_what_fits_is_not_noticed() -> None:
    assert not write(2, [Layer(1, "sigmoid")], "bce").notices
    assert not write(2, [Layer(1, "tanh")], "half_mse").notices


SMALL = NetworkLimits(inputs=10, layers=3, units=20, parameters=500)
REFUSED: list[tuple[Any, Any, Any, type[EngineError], str]] = [
    (0, [Layer(1)], "mse", ValueProblem, "/inputs"),
    (True, [Layer(1)], "mse", ValueProblem, "/inputs"),
    (2.0, [Layer(1)], "mse", ValueProblem, "/inputs"),
    (11, [Layer(1)], "mse", LimitError, "/inputs"),
    (2, [], "mse", ValueProblem, "/layers"),
    (2, [Layer(1)] * 4, "mse", LimitError, "/layers"),
    (2, [Layer(1), Layer(0)], "mse", ValueProblem, "/layers/1/units"),
    (2, [Layer(True)], "mse", ValueProblem, "/layers/0/units"),
    (2, [Layer("3")], "mse", ValueProblem, "/layers/0/units"),  # type: ignore[arg-type]
    (2, [Layer(21)], "mse", LimitError, "/layers/0/units"),
    (2, [Layer(10**400)], "mse", LimitError, "/layers/0/units"),
    (2, [Layer(1, "tahn")], "mse", ValueProblem, "/layers/0/activation"),
    (2, [Layer(1, "matmul")], "mse", ValueProblem, "/layers/0/activation"),
    (2, [Layer(1, None)], "mse", ValueProblem, "/layers/0/activation"),  # type: ignore[arg-type]
    (2, [Layer(1, bias=1)], "mse", ValueProblem, "/layers/0/bias"),  # type: ignore[arg-type]
    (2, [Layer(1)], "hinge", ValueProblem, "/loss"),
    (2, [Layer(1)], ["mse"], ValueProblem, "/loss"),
    (10, [Layer(20), Layer(20)], "mse", LimitError, "/layers"),
]


@pytest.mark.parametrize(("inputs", "layers", "loss", "kind", "pointer"), REFUSED)
def test_what_is_not_accepted_is_said_in_a_sentence_with_its_place(
    inputs: Any, layers: Any, loss: Any, kind: type[EngineError], pointer: str
) -> None:
    with pytest.raises(kind) as caught:
        write(inputs, layers, loss, SMALL)
    assert caught.value.pointer == pointer
    assert caught.value.message.endswith(".")
    assert (caught.value.limit is not None) == (kind is LimitError)


def test_a_matrix_that_is_too_large_is_refused_before_memory_is_taken() -> None:
    with pytest.raises(LimitError, match="of W2") as caught:
        write(1, [Layer(4_096), Layer(4_096)], "mse")
    assert caught.value.pointer == "/layers/1/units"


@pytest.mark.parametrize(
    ("x", "y", "pointer"),
    [
        ((4, 3), (4, 1), "/data/x"), ((4,), (4, 1), "/data/x"), ((0, 2), (0, 1), "/data/x"),
        ((4, 2), (4, 2), "/data/y"), ((4, 2), (4,), "/data/y"), ((4, 2), (3, 1), "/data/y"),
    ],
)  # fmt: skip
def test_data_that_do_not_fit_the_network_are_refused(
    x: tuple[int, ...], y: tuple[int, ...], pointer: str
) -> None:
    found = write(2, [Layer(1)], "mse")
    found.check_data((4, 2), (4, 1))
    with pytest.raises(ShapeError) as caught:
        found.check_data(x, y)
    assert caught.value.pointer == pointer
