"""The prediction of a network as an ONNX model in float64; needs the extra `onnx`.

Only operations that ONNX Runtime computes in float64 are used; others are composed of them, except
gelu, for it has no error function in float64.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from app.training import blobs
from app.training.exports.printing import unwritable
from engine import Graph, Node
from engine.errors import ValueProblem
from engine.parts import part

if TYPE_CHECKING:
    from app.training.session import Session

OPSET = 18
# One operation of ONNX for one of ours.
DIRECT = {"add": "Add", "sub": "Sub", "mul": "Mul", "div": "Div", "neg": "Neg", "exp": "Exp",
          "log": "Log", "sqrt": "Sqrt", "abs": "Abs", "tanh": "Tanh", "relu": "Relu",
          "matmul": "MatMul", "dot": "MatMul", "sigmoid": "Sigmoid", "pow": "Pow", "sign": "Sign",
          "transpose": "Transpose", "copy": "Identity", "sin": "Sin", "cos": "Cos",
          "maximum": "Max", "minimum": "Min"}  # fmt: skip
REDUCTIONS = {"sum": "ReduceSum", "mean": "ReduceMean", "max": "ReduceMax", "min": "ReduceMin"}


class Builder:
    """Collects nodes and constants under names of their own."""

    def __init__(self, helper: Any, numpy_helper: Any) -> None:
        self._helper, self._numpy = helper, numpy_helper
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._count = 0

    def name(self) -> str:
        """Return a name that nothing has yet."""
        self._count += 1
        return f"part{self._count}"

    def constant(self, value: Any, name: str | None = None) -> str:
        """Add numbers that are part of the model."""
        name = name or self.name()
        self.constants.append(self._numpy.from_array(np.asarray(value), name))
        return name

    def __call__(self, op: str, *inputs: str, to: str | None = None, **attributes: Any) -> str:
        """Add a node; return the name of its result."""
        to = to or self.name()
        self.nodes.append(self._helper.make_node(op, list(inputs), [to], **attributes))
        return to


Composed = Callable[[Builder, list[str], Any, str], str]


def _softplus(b: Builder, args: list[str], _params: Any, to: str) -> str:
    """Max(x, 0) + ln(1 + e^−|x|)."""
    decay = b("Exp", b("Neg", b("Abs", args[0])))
    log = b("Log", b("Add", decay, b.constant(1.0)))
    return b("Add", b("Relu", args[0]), log, to=to)


def _leaky_relu(b: Builder, args: list[str], params: Any, to: str) -> str:
    below = b("Mul", args[0], b.constant(float(params["slope"])))
    return b("Where", b("Greater", args[0], b.constant(0.0)), args[0], below, to=to)


def _elu(b: Builder, args: list[str], params: Any, to: str) -> str:
    decay = b("Exp", b("Min", args[0], b.constant(0.0)))
    below = b("Mul", b("Sub", decay, b.constant(1.0)), b.constant(float(params["alpha"])))
    return b("Where", b("Greater", args[0], b.constant(0.0)), args[0], below, to=to)


def _silu(b: Builder, args: list[str], _params: Any, to: str) -> str:
    return b("Mul", args[0], b("Sigmoid", args[0]), to=to)


def _step(b: Builder, args: list[str], _params: Any, to: str) -> str:
    return b("Where", b("Greater", args[0], b.constant(0.0)), b.constant(1.0), b.constant(0.0),
             to=to)  # fmt: skip


def _shifted(b: Builder, x: str, axis: int) -> tuple[str, str]:
    """Return x less its largest element along an axis, and the sum of its exponentials."""
    axes = b.constant(np.array([axis]))
    shifted = b("Sub", x, b("ReduceMax", x, axes))
    return shifted, b("ReduceSum", b("Exp", shifted), axes)


def _softmax(b: Builder, args: list[str], params: Any, to: str) -> str:
    shifted, total = _shifted(b, args[0], params["axis"])
    return b("Div", b("Exp", shifted), total, to=to)


def _log_softmax(b: Builder, args: list[str], params: Any, to: str) -> str:
    shifted, total = _shifted(b, args[0], params["axis"])
    return b("Sub", shifted, b("Log", total), to=to)


COMPOSED: dict[str, Composed] = {
    "softplus": _softplus, "leaky_relu": _leaky_relu, "elu": _elu, "silu": _silu,
    "step": _step, "softmax": _softmax, "log_softmax": _log_softmax,
    "tan": lambda b, args, _p, to: b("Div", b("Sin", args[0]), b("Cos", args[0]), to=to),
}  # fmt: skip


def write(session: Session) -> bytes:
    """Return the model; raises ValueProblem without the extra, or for what it cannot hold."""
    try:
        onnx = importlib.import_module("onnx")
    except ImportError:
        raise ValueProblem(
            "ONNX is not installed on this server; pip install 'gradwalk[onnx]' adds it. JSON, "
            "safetensors and npz hold every network."
        ) from None
    model, helper, double = session.model, onnx.helper, onnx.TensorProto.DOUBLE
    output = model.prediction
    if output is None:
        raise ValueProblem("This program has no node that predicts, so ONNX has nothing to hold.")
    graph = part(model.graph, output)
    b = Builder(helper, onnx.numpy_helper)
    for name, value in {**model.fixed, **blobs.parameters(session.arrays)}.items():
        if name in graph:
            b.constant(value, name)
    called = {"x": _scaled(session, b)}
    _write_nodes(graph, b, called)
    if called[output] != output:
        b("Identity", called[output], to=output)
    shape = [None, *np.shape(model.rows.x)[1:]]
    row = session.predict(model.table.x[:1].tolist())["outputs"]
    made = helper.make_graph(
        b.nodes, "gradwalk",
        [helper.make_tensor_value_info("x", double, shape)],
        [helper.make_tensor_value_info(output, double, [None, *np.shape(row)[1:]])],
        b.constants,
    )  # fmt: skip
    opsets = [helper.make_opsetid("", OPSET)]
    found: bytes = helper.make_model(made, opset_imports=opsets, ir_version=9).SerializeToString()
    return found


def _scaled(session: Session, b: Builder) -> str:
    scaling = session.model.rows.scaling
    if scaling is None:
        return "x"
    return b("Div", b("Sub", "x", b.constant(scaling.mean)), b.constant(scaling.scale))


def _write_nodes(graph: Graph, b: Builder, called: dict[str, str]) -> None:
    """Add every node, and note under which name its result stands."""
    for node in graph.nodes:
        if node.literal is not None:
            called[node.id] = b.constant(np.array(node.literal, np.float64))
        elif node.op is None:
            called.setdefault(node.id, node.id)
        else:
            called[node.id] = _node(node, b, [called[arg] for arg in node.args])


def _node(node: Node, b: Builder, args: list[str]) -> str:
    op = node.op or ""
    to = node.id if node.named else b.name()
    if op in DIRECT:
        return b(DIRECT[op], *args, to=to)
    if op in COMPOSED:
        return COMPOSED[op](b, args, node.params, to)
    if op in REDUCTIONS:
        axis = node.params["axis"]
        axes = [] if axis is None else [b.constant(np.array([axis]))]
        return b(REDUCTIONS[op], *args, *axes, to=to, keepdims=int(node.params["keepdims"]))
    raise unwritable(op, "ONNX")
