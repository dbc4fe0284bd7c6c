from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from app.training.requests import NetworkRequest
from app.training.session import Session
from app.training.spec import Spec
from engine import OPTIMIZERS
from engine.errors import EngineError
from tests.app.training.networks import LINE, XOR, begun, spec

CSV = "x1;x2;kind\n0,5;1;red\n1,5;0;blue\n2;1;red\n"


def test_the_defaults_are_filled_in() -> None:
    found = spec().request
    assert found["layers"][0] == {"units": 3, "activation": "tanh", "bias": True}
    assert found["init"] == "xavier_uniform"
    assert (found["seed"], found["shuffle"], found["batch_size"]) == (0, False, 4)
    assert found["optimizer"] == {
        "name": "sgd", "learning_rate": 0.5, "momentum": 0.0, "dampening": 0.0,
        "weight_decay": 0.0, "nesterov": False, "maximize": False,
    }  # fmt: skip
    assert found["data"] == {"name": "xor"}
    assert not {"program", "trainable", "schedule", "name"} & set(found)
    assert spec(layers=[{"units": 1}]).request["layers"][0]["activation"] == "linear"


def test_a_spec_is_plain_json_and_comes_back() -> None:
    found = spec(optimizer={"name": "adam", "betas": [0.8, 0.9]}, init={"name": "normal"})
    back = Spec.load(json.loads(json.dumps(found.dump())))
    assert back == found
    assert Session.begin(back).state == Session.begin(found).state
    assert found.request["init"] == {"name": "normal", "mean": 0.0, "scale": 1.0}


def test_what_get_shows_can_be_posted_again() -> None:
    for base in (XOR, LINE):
        found = spec(base)
        assert spec(dict(found.request)) == found


SHAPES = {"V": [2, 3], "c": [3], "w": [3, 1]}
OPEN: dict[str, Any] = {
    "program": "h = tanh(x @ V + c)\np = sigmoid(h @ w)\nL = half_mse(p, y)",
    "trainable": ["V", "c", "w"], "shapes": SHAPES,
    "optimizer": {"name": "sgd", "learning_rate": 0.5}, "data": {"name": "xor"},
}  # fmt: skip


def test_leaves_with_a_shape_are_drawn_by_init() -> None:
    drawn = begun(OPEN, init={"name": "uniform", "low": 2.0, "high": 3.0}, seed=4)
    parameters = drawn.view()["parameters"]
    assert np.shape(parameters["V"]) == (2, 3) and np.shape(parameters["w"]) == (3, 1)
    assert np.all((np.asarray(parameters["V"]) >= 2) & (np.asarray(parameters["V"]) <= 3))
    assert begun(OPEN).view()["parameters"]["c"] == [0, 0, 0]
    assert begun(OPEN, seed=5).view()["parameters"]["V"] != parameters["V"]
    some = begun({**OPEN, "shapes": {"V": [2, 3], "w": [3, 1]}}, parameters={"c": [1, 2, 3]})
    assert some.view()["parameters"]["c"] == [1, 2, 3]
    found = spec(OPEN)
    assert found.request["init"] == "xavier_uniform"
    assert spec(dict(found.request)) == found


@pytest.mark.parametrize(
    ("base", "changes", "pointer"),
    [
        (OPEN, {"shapes": {"V": [2, 3], "w": [3, 1]}}, "/parameters"),
        (OPEN, {"shapes": {"x": [2, 3]}}, "/shapes/x"),
        (OPEN, {"shapes": {**SHAPES, "h/": [1]}}, "/shapes/h~1"),
        (OPEN, {"parameters": {"c": [1, 2, 3]}}, "/shapes/c"),
        (OPEN, {"shapes": {**SHAPES, "V": [100_000, 100_000]}}, "/shapes/V"),
        (OPEN, {"init": "random"}, "/init"),
        (XOR, {"shapes": {"W1": [2, 3]}}, "/shapes"),
    ],
    ids=str,
)
def test_shapes_that_cannot_be_are_refused(
    base: dict[str, Any], changes: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(EngineError) as caught:
        spec(base, **changes)
    assert caught.value.pointer == pointer
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_setting_of_every_optimizer_is_shown(name: str) -> None:
    found = spec(optimizer={"name": name}).request["optimizer"]
    assert set(found) == {"name", *(setting.name for setting in OPTIMIZERS[name].settings)}


def test_given_parameters_replace_the_drawn_ones() -> None:
    drawn, some = begun(seed=7), begun(seed=7, parameters={"b1": [1, 2, 3]})
    assert some.view()["parameters"]["b1"] == [1, 2, 3]
    assert some.view()["parameters"]["W1"] == drawn.view()["parameters"]["W1"]
    assert begun(seed=8).view()["parameters"]["W1"] != drawn.view()["parameters"]["W1"]


def test_a_table_as_text_gives_classes() -> None:
    session = begun(data={"csv": CSV})
    assert session.view()["classes"] == ["blue", "red"]
    assert session.model.table.y.tolist() == [[1], [0], [1]]
    assert session.model.table.x[0].tolist() == [0.5, 1]
    assert session.spec.request["data"]["x"] == ["x1", "x2"]


def test_the_program_of_layers_reads_as_on_the_board() -> None:
    assert begun().view()["program"].splitlines()[:2] == ["s1 = x @ W1 + b1", "a1 = tanh(s1)"]
    assert np.shape(begun().arrays["W1"]) == (2, 3)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"loss": None}, "/loss"),
    ({"loss": "hinge"}, "/loss"),
    ({"layers": None}, "/layers"),
    ({"inputs": 3}, "/data/x"),
    ({"layers": [{"units": 2}]}, "/data/y"),
    ({"layers": [{"units": 1, "activation": "__class__"}]}, "/layers/0/activation"),
    ({"layers": [{"units": 4096}, {"units": 4096}]}, "/layers/1/units"),
    ({"layers": [{"units": 1, "activation": "relu\0"}]}, "/layers/0/activation"),
    ({"program": "p = x"}, "/program"),
    ({"trainable": ["W1"]}, "/trainable"),
    ({"optimizer": {}}, "/optimizer/name"),
    ({"optimizer": {"name": "sgd", "lr": 1}}, "/optimizer/lr"),
    ({"optimizer": {"name": "sgd", "learning_rate": True}}, "/optimizer/learning_rate"),
    ({"optimizer": {"name": "adam", "betas": [0.9, 1.0]}}, "/optimizer/betas"),
    ({"optimizer": {"name": "sgd", "nesterov": True}}, "/optimizer"),
    ({"schedule": {"name": "step", "every": 0}}, "/schedule/every"),
    ({"init": "magic"}, "/init"),
    ({"init": {"name": "normal", "scale": 1e308}}, "/init/scale"),
    ({"init": {"scale": 1}}, "/init/name"),
    ({"parameters": {"W1": [[1, 2, 3]]}}, "/parameters/W1"),
    ({"parameters": {"W1": [[1, 2, 3], [1, 2, True]]}}, "/parameters/W1/1/2"),
    ({"parameters": {"V": 1}}, "/parameters/V"),
    ({"parameters": {"a/b": 1}}, "/parameters/a~1b"),
    ({"data": {}}, "/data"),
    ({"data": {"name": "tulips"}}, "/data/name"),
    ({"data": {"name": "xor", "noise": 1}}, "/data/noise"),
    ({"data": {"x": [[1, 2]]}}, "/data"),
    ({"data": {"x": [[1, 2]], "y": [[1]], "z": 1}}, "/data"),
    ({"data": {"x": [[1, 2], [1]], "y": [[1], [1]]}}, "/data/x/1"),
    ({"data": {"x": [[1, 2]], "y": [[1], [1]]}}, "/data/y"),
    ({"data": {"x": [], "y": []}}, "/data/x"),
    ({"data": {"x": 1, "y": 2}}, "/data/x"),
    ({"data": {"csv": "a,b\n1,2\n1\n"}}, "/data/csv"),
    ({"data": {"csv": CSV, "x": ["x3"]}}, "/data/x/0"),
    ({"data": {"csv": CSV, "x": "x1"}}, "/data/x"),
    ({"data": {"csv": CSV, "sheet": 1}}, "/data/sheet"),
    ({"data": {"csv": CSV, "header": "yes"}}, "/data/header"),
    ({"data": {"csv": "\ud800,1"}}, "/data/csv"),
    ({"batch_size": 5}, "/batch_size"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "pointer"), WRONG, ids=str)
def test_what_is_wrong_is_pointed_at_in_a_sentence(changes: dict[str, Any], pointer: str) -> None:
    with pytest.raises(EngineError) as caught:
        spec(**changes)
    assert caught.value.pointer == pointer
    assert caught.value.message.endswith(".")


PROGRAMS: list[tuple[dict[str, Any], str]] = [
    ({"program": "p = x *"}, ""),
    ({"program": "y = x + 1\nL = mse(x * w + b, y)"}, "/program"),
    ({"program": "p = x * w + b\nL = p - y"}, "/program"),
    ({"program": "x * w + b", "loss": "mse"}, "/program"),
    ({"trainable": None}, "/trainable"),
    ({"trainable": []}, "/trainable"),
    ({"trainable": ["x"]}, "/trainable/0"),
    ({"trainable": ["w", "v"]}, "/trainable/1"),
    ({"trainable": ["w", "w"]}, "/trainable/1"),
    ({"parameters": {"w": 1.0}}, "/parameters"),
    ({"parameters": {"w": 1.0, "b": 0.0, "x": 1.0}}, "/parameters/x"),
    ({"parameters": {"w": [1.0, 2.0], "b": 0.0}}, ""),
    ({"inputs": 1}, "/program"),
]


@pytest.mark.parametrize(("changes", "pointer"), PROGRAMS, ids=str)
def test_a_program_that_cannot_be_trained_is_refused(changes: dict[str, Any], pointer: str) -> None:
    with pytest.raises(EngineError) as caught:
        spec(LINE, **changes)
    assert not pointer or caught.value.pointer == pointer
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    "changes",
    [
        {"inputs": "2"}, {"inputs": 2.0}, {"inputs": 0}, {"inputs": 2**32}, {"layers": []},
        {"layers": [{"units": True}]}, {"layers": [{"units": 1}] * 33}, {"layers": [1]},
        {"layers": [{"units": 1, "id": "a"}]}, {"seed": -1}, {"seed": 2**32}, {"seed": 1.5},
        {"batch_size": 0}, {"shuffle": 1}, {"held_out": 0.95}, {"held_out": "0.1"}, {"id": "abc"},
        {"owner": "me"}, {"name": "a\u202eb"}, {"name": "x" * 201}, {"data": [1]},
        {"optimizer": "sgd"}, {"shapes": {}}, {"shapes": {"w": [0]}}, {"shapes": {"w": ["2"]}},
        {"shapes": {"w": [True]}}, {"shapes": {"w": [2**64]}}, {"shapes": {"w": [1] * 5}},
    ],
    ids=str,
)  # fmt: skip
def test_wrong_types_bounds_and_fields_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        NetworkRequest.model_validate({**XOR, **changes})
