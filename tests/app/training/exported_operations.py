"""A network around every operation of the engine, and around every convention that is finite.

Each leaf is a parameter times the only number of x, 1, so that nothing can be known beforehand; the
prediction is the result, and the loss its elements times constants, added up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from app.training import blobs
from app.training.session import Session
from app.training.state import State
from engine import Graph, Node, parse
from engine.conventions import CONVENTIONS
from engine.ops import OPS, Op
from engine.ops.row import Sample
from tests.app.training.networks import spec

ONE: dict[str, Any] = {
    "program": "p = x * w\nL = mse(p, y)", "trainable": ["w"], "parameters": {"w": 1.0},
    "data": {"x": [[1.0], [1.0]], "y": [[0.0], [0.0]]},
}  # fmt: skip
SAMPLED = {"name": "sgd", "learning_rate": 1e-3, "momentum": 0.9, "weight_decay": 0.1}
STILL = {"name": "sgd", "learning_rate": 0.0}


def around(graph: Graph, values: Mapping[str, Any], optimizer: Mapping[str, Any]) -> Session:
    """Return a network whose prediction is the output of a graph, with its leaves as parameters."""
    asked = spec(ONE, optimizer=dict(optimizer))
    base = Session.begin(asked).model
    own = {node.id: f"own_{node.id}" for node in graph.nodes if node.is_leaf}
    first = [Node("x"), Node("%one", "index", ("x",), {"index": (0, 0)}, named=False)]
    body = [
        node for leaf in graph.nodes if leaf.is_leaf
        for node in (Node(own[leaf.id]), Node(f"in_{leaf.id}", "mul", (own[leaf.id], "%one")))
    ]  # fmt: skip
    inner = {name: f"in_{name}" for name in own}
    body += [replace(node, args=tuple(inner.get(arg, arg) for arg in node.args))
             for node in graph.nodes if not node.is_leaf]  # fmt: skip
    output = inner.get(graph.output, graph.output)
    arrays = {own[name]: np.asarray(value, dtype=np.float64)[()] for name, value in values.items()}
    shape = base_shape(graph, values)
    weights = np.cos(np.arange(math.prod(shape)) + 1.0).reshape(shape)
    last = [
        Node("%weights", literal=weights.tolist(), named=False),
        Node("%weighted", "mul", (output, "%weights"), named=False),
        Node("L", "sum", ("%weighted",), {"axis": None, "keepdims": False}),
    ]
    made = Graph((*first, *body, *last), "L")
    made.check()
    model = replace(base, graph=made, trainable=tuple(own.values()), prediction=output,
                    initial=arrays, fixed={})  # fmt: skip
    state = State(0, "start", blobs.write(blobs.fresh(arrays)), None, 0)
    return Session(asked, state, model)


def base_shape(graph: Graph, values: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the shape of what a graph computes."""
    from engine.limits import DEFAULT
    from engine.shapes import infer

    shapes = {name: np.shape(value) for name, value in values.items()}
    return infer(graph, shapes, DEFAULT).shapes[graph.output]


def of_sample(op: Op, sample: Sample) -> Session:
    """Return a network around one operation, its arguments drawn where it may be tested."""
    generator = np.random.Generator(np.random.PCG64(7))
    names = [f"arg{i}" for i in range(len(sample.box))]
    values = {
        name: generator.uniform(low, high, shape)
        for name, (low, high), shape in zip(names, sample.box, sample.shapes, strict=True)
    }
    nodes = [*(Node(name) for name in names), Node("z", op.name, tuple(names), sample.params)]
    return around(Graph(tuple(nodes), "z"), values, SAMPLED)


def operations() -> dict[str, Session]:
    """Return a network around every sample of every row of the engine's table."""
    return {
        f"operation {name} {i}": of_sample(op, sample)
        for name, op in OPS.items()
        for i, sample in enumerate(op.samples)
    }


def conventions() -> dict[str, Session]:
    """Return a network around every convention whose value and gradients are finite."""
    found = {}
    for i, row in enumerate(CONVENTIONS):
        if row.value is not None and _finite(row.value, *row.grads.values()):
            session = around(parse(row.program), row.values, STILL)
            found[f"convention {i} {row.program}"] = session
    return found


def _finite(*values: Any) -> bool:
    return all(np.isfinite(np.asarray(value, dtype=np.float64)).all() for value in values)
