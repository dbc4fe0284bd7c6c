"""A squared error of single numbers, taken apart in its place: e, e² and ½e²."""

from __future__ import annotations

import math
from typing import Any

from tests.app.client import Client

CHAIN: dict[str, Any] = {
    "program": "s = w * x\na = sigmoid(s)\nL = half_mse(a, y)",
    "values": {"w": -0.5, "x": 1, "y": 1},
    "constants": ["x", "y"],
    "update": {"learning_rate": 0.1, "parameters": ["w"]},
    "explain": "en",
}


def test_the_parts_stand_in_the_place_of_the_loss(client: Client) -> None:
    whole = client.graph(**CHAIN)
    apart = client.graph(**CHAIN, expand=["L"])
    assert [n["op"] for n in apart["nodes"] if n["op"]] == ["mul", "sigmoid", "sub", "pow", "mul"]
    assert apart["value"] == whole["value"] and apart["output"] == "L"
    assert next(s["phase"] for s in apart["steps"] if s["node"] == "L") == "loss"
    assert apart["updates"] == whole["updates"]


def test_the_locals_of_the_parts_multiply_to_the_error(client: Client) -> None:
    apart = client.graph(**CHAIN, expand=["L"])
    values = {n["id"]: n["value"] for n in apart["nodes"]}
    locals_ = [e["local"] for e in apart["edges"] if e["target"] not in ("s", "a")]
    product = math.prod(one for one in locals_ if one is not None)
    assert math.isclose(product, values["a"] - values["y"], rel_tol=1e-15)


def test_a_loss_of_arrays_is_taken_apart_number_by_number(client: Client) -> None:
    values = {"a": [0.5, 0.2], "y": [1, 0]}
    apart = client.graph(program="L = mse(a, y)", values=values, expand=["L"])
    assert len(apart["nodes"]) > 5
    assert math.isclose(apart["value"], 0.145)
