"""Some layers as one node each: the numbers outside of them stay, and what names them follows."""

from __future__ import annotations

import re
from typing import Any

import pytest

from engine.errors import ValueProblem
from tests.app.training.networks import XOR, begun

DEEP: dict[str, Any] = {
    **XOR,
    "layers": [{"units": 3, "activation": "tanh"}, {"units": 2, "activation": "tanh"},
               {"units": 1, "activation": "sigmoid"}],
}  # fmt: skip


def by_id(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["id"]: node for node in answer["nodes"]}


def flows(answer: dict[str, Any]) -> dict[tuple[str, str], Any]:
    return {(e["source"], e["target"]): e["contribution"] for e in answer["edges"]}


def test_a_collapsed_layer_is_that_of_the_layers_and_the_rest_that_of_the_tensors() -> None:
    session = begun(DEEP)
    tensor, layer = session.graph(explain="en"), session.graph("layer")
    part = session.graph(explain="en", layers=["layer2"])
    assert part["detail"] == "tensor"
    nodes, whole = by_id(part), by_id(tensor)
    inside = set(by_id(layer)["layer2"]["nodes"])
    assert set(nodes) == (set(whole) - inside) | {"layer2"}
    for name, node in nodes.items():
        other = by_id(layer)[name] if name == "layer2" else whole[name]
        for key in ("value", "grad", "shape", "statistics", "nodes"):
            assert node.get(key) == other.get(key)
    assert flows(part)["a1", "layer2"] == flows(layer)["layer1", "layer2"]
    [into] = [e for e in part["edges"] if e["source"] == "layer2"]
    assert into["contribution"] == by_id(layer)["layer2"]["grad"]


@pytest.mark.parametrize("layers", [["layer1"], ["layer2"], ["layer3"], ["layer1", "layer3"]])
def test_steps_walk_every_edge_once_and_name_only_what_is_there(layers: list[str]) -> None:
    answer = begun(DEEP).graph(explain="en", layers=layers)
    nodes = by_id(answer)
    steps = answer["steps"]
    assert [step["index"] for step in steps] == list(range(len(steps)))
    walked = [(s["source"], s["node"], s["slot"]) for s in steps if s.get("source")]
    flowing = [e for e in answer["edges"] if e["contribution"] is not None]
    assert sorted(walked) == sorted((e["source"], e["target"], e["slot"]) for e in flowing)
    valued = [s["node"] for s in steps if s["phase"] in ("forward", "loss")]
    assert sorted(valued) == sorted(n for n, node in nodes.items() if node["op"] is not None)
    written = [e["template"] for e in answer["edges"]]
    written += [line["latex"] for s in steps if s["node"] in nodes for line in s.get("lines", [])]
    for kind, of in re.findall(r"«(?:rel:)?(\w+):([^«»!+]*)[!+]?»", "".join(written)):
        if kind in ("value", "grad", "label"):
            assert of in nodes
        if kind in ("local", "contribution", "total", "before"):
            assert int(of) < len(answer["edges"])


def test_each_contribution_is_told_by_its_own_number() -> None:
    answer = begun(DEEP).graph(explain="en", layers=["layer1"])
    for step in answer["steps"]:
        for line in step.get("lines", []):
            for at in re.findall(r"«(?:rel:)?contribution:(\d+)", line["latex"]):
                edge = answer["edges"][int(at)]
                assert (edge["source"], edge["target"]) == (step["source"], step["node"])


def test_what_is_taken_apart_inside_of_a_collapsed_layer_stays_inside() -> None:
    answer = begun(DEEP).graph(expand=["a1", "W2"], layers=["layer1"])
    nodes = by_id(answer)
    assert "layer1" in nodes and "W2[0,0]" in nodes and "a1[0,0]" not in nodes


def test_a_layer_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueProblem, match=r"layer9 .*accepted are layer1, layer2") as refused:
        begun(DEEP).graph(layers=["layer9"])
    assert refused.value.pointer == "/collapse/0"
