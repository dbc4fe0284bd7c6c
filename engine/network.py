"""From layers to a program: what a network computes, as one would write it on the board.

A row x goes through s = xW + b, with W inputs × units, then the activation. Layer k has `Wk`, `bk`,
`sk` and `ak`; a linear layer has no `ak`, since its activation would change nothing. The losses
that take scores (`cross_entropy`, `bce_with_logits`) apply softmax or sigmoid themselves.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .errors import EngineError, LimitError, ShapeError, ValueProblem, over_limit
from .given_limits import given
from .graph import Graph
from .limits import DEFAULT, Limits
from .network_notices import SCORES, last_layer
from .ops import OPS, Shape
from .ops.row import written
from .parse import parse
from .sentence import Sentence, say

LINEAR = "linear"
# Rows of one argument that keep its shape, element by element or along the last axis.
ALONG_AXIS = ("softmax", "log_softmax")
ACTIVATIONS = (
    LINEAR,
    *(op.name for op in OPS.values()
      if op.call and op.arity == 1 and op.elementwise and op.family in ("activation", "function")),
    *ALONG_AXIS,
)  # fmt: skip
LOSSES = tuple(op.name for op in OPS.values() if op.loss)


@dataclass(frozen=True, slots=True)
class NetworkLimits:
    """How large a network may be; all is counted before memory is taken."""

    inputs: int = 4_096
    layers: int = 32
    units: int = 4_096
    parameters: int = 1_000_000
    program: Limits = DEFAULT


NETWORK_DEFAULT = NetworkLimits(**given(NetworkLimits))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: how many units, what follows the sum, and whether it adds a bias."""

    units: int
    activation: str = LINEAR
    bias: bool = True


@dataclass(frozen=True, slots=True)
class Network:
    """A network as a program.

    `parameters` maps names to shapes in the order W1, b1, W2, …; `output` is the node of the
    prediction (of the scores, for a loss that takes scores); `labels` maps names to LaTeX; `groups`
    maps nodes to the layer they belong to, data to none.
    """

    inputs: int
    layers: tuple[Layer, ...]
    loss: str
    program: str
    graph: Graph
    parameters: Mapping[str, Shape]
    labels: Mapping[str, str]
    groups: Mapping[str, str]
    output: str
    notices: tuple[Sentence, ...]

    @property
    def trainable(self) -> tuple[str, ...]:
        """The names that training updates."""
        return tuple(self.parameters)

    @property
    def parameter_count(self) -> int:
        """How many numbers training updates."""
        return sum(map(math.prod, self.parameters.values()))

    def check_data(self, x: Shape, y: Shape) -> None:
        """Raise ShapeError unless x is [rows, inputs] and y is [rows, units of the last layer]."""
        units = self.layers[-1].units
        for name, got, width, what in (
            ("x", x, self.inputs, _inputs(self.inputs)),
            ("y", y, units, _units(units)),
        ):
            if len(got) != 2 or got[1] != width or got[0] < 1:
                raise ShapeError(
                    say(
                        "The data {name} have the shape {shape}; the network has "
                        "{what}, so rows of {width} are accepted.",
                        name=name,
                        shape=written(got),
                        what=what,
                        width=width,
                    ),
                    pointer=f"/data/{name}",
                )
        if x[0] != y[0]:
            raise ShapeError(
                say(
                    "The data have {x} rows of x and {y} rows of y; one row of y for "
                    "each row of x is accepted.",
                    x=x[0],
                    y=y[0],
                ),
                pointer="/data/y",
            )


def write(
    inputs: int, layers: Sequence[Layer], loss: str, limits: NetworkLimits = NETWORK_DEFAULT
) -> Network:
    """Write the program of a network.

    Raises ValueProblem or LimitError, with the JSON pointer of what is not accepted.
    """
    _whole(
        inputs,
        limits.inputs,
        "inputs",
        "/inputs",
        say("The number of inputs"),
        say("The number of inputs is"),
    )
    _check_layers(layers, limits)
    if loss not in LOSSES:
        raise ValueProblem(
            say(
                "There is no loss {name}; accepted are {accepted}.",
                name=str(loss)[:40],
                accepted=LOSSES,
            ),
            pointer="/loss",
        )
    parameters = _parameters(inputs, layers)
    _check_sizes(parameters, limits)
    *lines, output = _lines(layers)
    program = "\n".join([*lines, f"L = {loss}({output}, y)"])
    graph = parse(program, limits.program)
    return Network(
        inputs, tuple(layers), loss, program, graph, parameters, _labels(graph, output, loss),
        _groups(graph), output, tuple(last_layer(layers[-1].activation, layers[-1].units, loss)),
    )  # fmt: skip


def _inputs(count: int) -> Sentence:
    return say("1 input") if count == 1 else say("{count} inputs", count=count)


def _units(count: int) -> Sentence:
    if count == 1:
        return say("1 unit in its last layer")
    return say("{count} units in its last layer", count=count)


def _lines(layers: Sequence[Layer]) -> Iterator[str]:
    """Yield the lines of the layers, then the name of the prediction."""
    before = "x"
    for k, layer in enumerate(layers, 1):
        yield f"s{k} = {before} @ W{k}" + (f" + b{k}" if layer.bias else "")
        before = f"s{k}"
        if layer.activation != LINEAR:
            yield f"a{k} = {layer.activation}({before})"
            before = f"a{k}"
    yield before


def _parameters(inputs: int, layers: Sequence[Layer]) -> dict[str, Shape]:
    shapes: dict[str, Shape] = {}
    for k, layer in enumerate(layers, 1):
        shapes[f"W{k}"] = (inputs, layer.units)
        if layer.bias:
            shapes[f"b{k}"] = (layer.units,)
        inputs = layer.units
    return shapes


def _labels(graph: Graph, output: str, loss: str) -> dict[str, str]:
    """Write the layer above the letter, as in a^{(1)}; a prediction that is no score is ŷ."""
    found = {
        node.id: f"{node.id[0]}^{{({node.id[1:]})}}"
        for node in graph.nodes if node.named and node.id[1:].isdigit()
    }  # fmt: skip
    return found if loss in SCORES else found | {output: r"\hat{y}"}


def _groups(graph: Graph) -> dict[str, str]:
    """Give an unnamed node the layer of the node that it is computed for."""
    found: dict[str, str] = {}
    for node in reversed(graph.nodes):
        if node.named and node.id[1:].isdigit():
            found[node.id] = f"layer{node.id[1:]}"
        if node.id == graph.output:
            found[node.id] = "loss"
        for arg in node.args:
            if not graph[arg].named:
                found[arg] = found[node.id]
    return {node.id: found[node.id] for node in graph.nodes if node.id in found}


def _check_layers(layers: Sequence[Layer], limits: NetworkLimits) -> None:
    if not layers:
        raise ValueProblem(say("A network needs at least one layer."), pointer="/layers")
    if len(layers) > limits.layers:
        raise _too_many(
            "layers", limits.layers, len(layers), "/layers", say("The number of layers is")
        )
    for i, layer in enumerate(layers):
        at = f"/layers/{i}"
        _whole(
            layer.units,
            limits.units,
            "units",
            f"{at}/units",
            say("The units of layer {layer}", layer=i + 1),
            say("The units of layer {layer} are", layer=i + 1),
        )
        if layer.activation not in ACTIVATIONS:
            raise ValueProblem(
                say(
                    "There is no activation {name}; accepted are {accepted}.",
                    name=str(layer.activation)[:40],
                    accepted=ACTIVATIONS,
                ),
                pointer=f"{at}/activation",
            )
        if not isinstance(layer.bias, bool):
            raise ValueProblem(say("A layer's bias is true or false."), pointer=f"{at}/bias")


def _check_sizes(parameters: Mapping[str, Shape], limits: NetworkLimits) -> None:
    total = 0
    for name, shape in parameters.items():
        pointer = f"/layers/{int(name[1:]) - 1}/units"
        largest = limits.program.array_elements
        if math.prod(shape) > largest:
            raise _too_many(
                "array_elements",
                largest,
                math.prod(shape),
                pointer,
                say("The number of array elements of {name} is", name=name),
            )
        total += math.prod(shape)
    if total > limits.parameters:
        raise _too_many(
            "parameters", limits.parameters, total, "/layers", say("The number of parameters is")
        )


def _too_many(name: str, most: int, got: int, pointer: str, what: Sentence) -> LimitError:
    return _pointed(over_limit(name, most, got, what), pointer)


def _pointed(error: LimitError, pointer: str) -> LimitError:
    error.pointer = pointer
    return error


def _whole(
    value: Any, most: int, name: str, pointer: str, what: Sentence, too_many: Sentence
) -> None:
    """Raise unless a value is a whole number from 1 on; `too_many` begins what is said of it."""
    error: EngineError | None = None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        error = ValueProblem(
            say("{what} must be a whole number from 1 to {most:,}.", what=what, most=most)
        )
    elif value > most:
        error = over_limit(name, most, value, too_many)
    if error:
        error.pointer = pointer
        raise error
