"""Scalar graphs of networks, as the API answers them: the graphs that layouts are compared on.

`python -m bench.scalar_graphs FILE` writes them into one JSON file.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from app.main import create_app
from tests.app.client import running


class Shape(NamedTuple):
    """Sizes of the layers, whether they have biases, and the loss at the end."""

    nodes: int
    sizes: tuple[int, ...]
    bias: bool
    loss: str


SHAPES = (
    Shape(25, (2, 2, 1), False, "sum((a2 - y)**2)"),
    Shape(193, (8, 8, 1), True, "sum((a2 - y)**2)"),
    Shape(983, (8, 14, 14, 7), True, "sum((a3 - y)**2)"),
    Shape(4899, (12, 39, 39, 7), True, "sum((a3 - y)**2)"),
)


def request(shape: Shape) -> dict[str, Any]:
    """Return the request for one row's pass through a network, taken apart into numbers."""
    random = np.random.default_rng(0)
    lines, values, name = [], {"x": _numbers(random, (1, shape.sizes[0]))}, "x"
    for k, (before, units) in enumerate(zip(shape.sizes, shape.sizes[1:], strict=False), start=1):
        lines += [f"s{k} = {name} @ W{k}" + (f" + b{k}" if shape.bias else "")]
        lines += [f"a{k} = sigmoid(s{k})"]
        values[f"W{k}"] = _numbers(random, (before, units))
        if shape.bias:
            values[f"b{k}"] = _numbers(random, (units,))
        name = f"a{k}"
    values["y"] = _numbers(random, (1, shape.sizes[-1]))
    program = "\n".join([*lines, f"L = {shape.loss}"])
    return {"program": program, "values": values, "detail": "scalar"}


def _numbers(random: np.random.Generator, size: tuple[int, ...]) -> Any:
    return np.round(random.normal(size=size), 3).tolist()


def main() -> None:
    graphs = []
    with asyncio.Runner() as runner, running(create_app(), runner) as client:
        for shape in SHAPES:
            body = request(shape)
            graph = client.graph(body["program"], body["values"], detail="scalar")
            assert len(graph["nodes"]) == shape.nodes, (shape, len(graph["nodes"]))
            graphs.append(graph)
    Path(sys.argv[1]).write_text(json.dumps(graphs))


if __name__ == "__main__":
    main()
