"""The prediction of a network as an ONNX model in float64; needs the extra `onnx`.

Only operations that ONNX Runtime computes in float64 are used; others are composed of them. Of a
program without a prediction the model holds the loss.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import numpy as np

from app.training import blobs
from app.training.exports import shapes
from app.training.exports.onnx_text import Builder
from app.training.exports.operations import Case, chosen
from app.training.exports.printing import fill, row_of
from engine import Graph
from engine.errors import EngineError, ValueProblem
from engine.ops import Shape
from engine.parts import part
from engine.sentence import say

if TYPE_CHECKING:
    from app.training.session import Session

# The first one with every operation that is used, so that older runtimes read the model too.
OPSET, FORMAT = 18, 9
WHERE = "ONNX"
DATA = ("x", "y")
Sizes = list[int | None]


def write(session: Session) -> bytes:
    """Return the model; raises ValueProblem without the extra, or for what it cannot hold."""
    try:
        onnx = importlib.import_module("onnx")
    except ImportError:
        raise ValueProblem(
            say(
                "ONNX is not installed on this server; pip install 'gradwalk[onnx]' "
                "adds it. JSON, safetensors and npz hold every network."
            )
        ) from None
    model, helper = session.model, onnx.helper
    output = model.prediction or model.graph.output
    graph = part(model.graph, output)
    known = shapes.of_batch(session, model.graph)
    b = Builder(onnx, frozenset(known))
    for name, value in {**model.fixed, **blobs.parameters(session.arrays)}.items():
        if name in graph:
            b.constant(value, name)
    _write_nodes(graph, b, shapes.cases(graph, known), {"x": _scaled(session, b)})
    made = helper.make_graph(
        b.nodes, "gradwalk",
        [_declared(onnx, name, _sizes(session, graph, name)) for name in DATA if name in graph],
        [_declared(onnx, graph.output, _sizes(session, graph, graph.output))],
        b.constants,
    )  # fmt: skip
    opsets = [helper.make_opsetid("", OPSET)]
    found: bytes = helper.make_model(
        made, opset_imports=opsets, ir_version=FORMAT
    ).SerializeToString()
    return found


def _declared(onnx: Any, name: str, sizes: Sizes) -> Any:
    return onnx.helper.make_tensor_value_info(name, onnx.TensorProto.DOUBLE, sizes)


def _sizes(session: Session, graph: Graph, name: str) -> Sizes:
    """Return the sizes of a node, None where they change with the number of rows."""
    rows = session.order.size
    here = shapes.of_rows(session, graph, rows)[name]
    return [
        n if all(n == other[i] for other in _other_shapes(session, graph, name, rows)) else None
        for i, n in enumerate(here)
    ]


def _other_shapes(session: Session, graph: Graph, name: str, rows: int) -> list[Shape]:
    """Return the shapes of a node for other numbers of rows, as far as the program takes them."""
    found = []
    for n in (rows + 1, 2 * rows):
        try:
            found.append(shapes.of_rows(session, graph, n)[name])
        except EngineError:
            continue
    return found


def _scaled(session: Session, b: Builder) -> str:
    scaling = session.model.rows.scaling
    if scaling is None:
        return "x"
    template = f"Div(Sub(a0, {scaling.mean.tolist()}), {scaling.scale.tolist()})"
    return b.read(template, ["x"])


def _write_nodes(graph: Graph, b: Builder, cases: dict[str, Case], called: dict[str, str]) -> None:
    """Add every node; `called` says under which name the result of each stands."""
    for node in graph.nodes:
        if node.literal is not None:
            called[node.id] = b.constant(np.array(node.literal, np.float64))
        elif node.op is None:
            called.setdefault(node.id, node.id)
        else:
            template = chosen(row_of(node.op, WHERE).onnx, cases[node.id])
            words = fill(template, node, [f"a{i}" for i in range(len(node.args))])
            to = node.id if node.named or node.id == graph.output else None
            called[node.id] = b.read(words, [called[arg] for arg in node.args], to)
    if called[graph.output] != graph.output:
        b.node("Identity", [called[graph.output]], graph.output, {})
