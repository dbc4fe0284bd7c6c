"""What a request describes, made: graph, rows of data and first parameters, all of it checked."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.training.health import SATURATED
from app.training.programs import DATA, Written, check_trainable, written
from app.training.tables import Rows, Table, table_of
from engine import Graph, batches, initializers, network
from engine.array_words import PARAMETER, VALUE, Given
from engine.batches import Rows as RowNumbers
from engine.errors import EngineError, LimitError, MissingValues, ShapeError, ValueProblem
from engine.limits import DEFAULT
from engine.names import normalised
from engine.network import Layer
from engine.ops import OPS, Array, Shape
from engine.ops.row import written as written_shape
from engine.sentence import Sentence, say
from engine.shapes import Plan, infer
from engine.tensor import check_shape as check_size
from engine.tensor import tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A network, its data, and what its leaves hold at the start.

    `initial` holds the trainable leaves, `fixed` those that are neither data nor trained; `groups`
    maps nodes to layers, `prediction` is the node of the answer (of the scores, for a loss that
    takes scores), None where there is none.
    """

    program: str
    graph: Graph
    trainable: tuple[str, ...]
    prediction: str | None
    groups: Mapping[str, str]
    labels: Mapping[str, str]
    initial: Mapping[str, Array]
    fixed: Mapping[str, Array]
    table: Table
    rows: Rows
    notices: tuple[Sentence, ...] = ()

    @classmethod
    def of(cls, request: Mapping[str, Any]) -> Model:
        """Make what a request describes; raises EngineError with the pointer of what is wrong."""
        table = table_of(request["data"])
        made = _from_layers if request.get("layers") is not None else _from_program
        return made(request, table)

    @property
    def loss(self) -> str | None:
        """The name of the loss that the program ends with, if it is one."""
        op = self.graph[self.graph.output].op or "copy"
        return op if OPS[op].loss else None

    @property
    def layers(self) -> dict[str, tuple[str, ...]]:
        """The parameters of each layer, in order; a parameter of a program is its own layer."""
        found: dict[str, list[str]] = {}
        for name in self.trainable:
            found.setdefault(self.groups.get(name, name), []).append(name)
        return {layer: tuple(names) for layer, names in found.items()}

    @property
    def units(self) -> dict[str, str]:
        """The nodes whose units can be dead, those of relu, by the layer they stand in."""
        return {
            self.groups.get(node.id, node.id): node.id
            for node in self.graph.nodes
            if node.op == "relu" and node.named
        }

    @property
    def saturable(self) -> dict[str, str]:
        """The nodes whose units can be saturated, by the layer they stand in."""
        return {
            self.groups.get(node.id, node.id): node.id
            for node in self.graph.nodes
            if node.op in SATURATED and node.named
        }

    def leaves(self, x: Array, y: Array | None) -> dict[str, Array]:
        """Return what the leaves that are not trained hold for these rows."""
        data = {"x": x} if y is None else {"x": x, "y": y}
        return {**self.fixed, **{k: v for k, v in data.items() if k in self.graph.leaves}}

    def check(self, rows: RowNumbers) -> None:
        """Raise EngineError unless a pass over these rows fits the graph and ends with a number."""
        shape = self._plan(rows).shapes[self.graph.output]
        if math.prod(shape) != 1:
            raise ShapeError(
                say(
                    "The program ends with the shape {shape}; a network is trained on "
                    "one number, as mean(...) or a loss gives it.",
                    shape=written_shape(shape),
                ),
                pointer="/program",
            )

    def cost(self, rows: RowNumbers) -> int:
        """Return what a forward pass over these rows costs, in multiply-adds."""
        return self._plan(rows).cost

    def _plan(self, rows: RowNumbers) -> Plan:
        leaves = {**self.initial, **self.leaves(self.rows.x[rows], self.rows.y[rows])}
        return infer(self.graph, {name: np.shape(leaf) for name, leaf in leaves.items()}, DEFAULT)


def _rows(request: Mapping[str, Any], table: Table) -> Rows:
    return Rows.of(table, request["held_out"], request["seed"], request["standardise"])


def _from_layers(request: Mapping[str, Any], table: Table) -> Model:
    made = network.write(
        request["inputs"], [Layer(**layer) for layer in request["layers"]], request["loss"]
    )
    made.check_data(np.shape(table.x), np.shape(table.y))
    drawn = initializers.initial(made.parameters, request["init"], request["seed"])
    given = given_parameters(request["parameters"], made.parameters)
    for name, value in given.items():
        check_shape(name, np.shape(value), made.parameters[name])
    return Model(
        program=made.program, graph=made.graph, trainable=made.trainable, prediction=made.output,
        groups=made.groups, labels=made.labels, initial={**drawn, **given}, fixed={},
        table=table, rows=_rows(request, table), notices=made.notices,
    )  # fmt: skip


def _from_program(request: Mapping[str, Any], table: Table) -> Model:
    made = written(request["program"], request.get("loss"))
    graph = made.graph
    trainable = check_trainable(graph, request["trainable"])
    own = [name for name in graph.leaves if name not in DATA]
    given = given_parameters(request["parameters"], dict.fromkeys(own))
    defaults = {
        name: tensor(value, DEFAULT, "/program", Given(VALUE, name))
        for name, value in graph.defaults.items() if name in own
    }  # fmt: skip
    values = {**defaults, **given}
    shapes = open_shapes(request.get("shapes") or {}, [n for n in trainable if n not in values])
    if shapes:
        values.update(initializers.initial(shapes, request["init"], request["seed"]))
    missing = tuple(name for name in own if name not in values)
    if missing:
        raise MissingValues(
            say(
                "There is no value for {names}; give one in parameters, write {name} = "
                "1 as a line of the program, or name the shape of a trained leaf in "
                "shapes, for init to draw.",
                names=missing,
                name=missing[0],
            ),
            missing=missing,
            pointer="/parameters",
        )
    return Model(
        program=made.program, graph=graph, trainable=trainable, prediction=made.prediction,
        groups={}, labels={}, table=table, rows=_rows(request, table),
        initial={name: values[name] for name in trainable},
        fixed={name: values[name] for name in own if name not in trainable},
        notices=_notices(made, request.get("loss")),
    )  # fmt: skip


def _notices(made: Written, loss: str | None) -> tuple[Sentence, ...]:
    ends = made.graph[made.graph.output].op
    if loss is None or ends == loss:
        return ()
    return (
        say("The program ends with its own loss; the field loss, {loss}, is not used.", loss=loss),
    )


def given_parameters(given: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Array]:
    """Return given values as arrays; raise ValueProblem for a name that is no parameter."""
    found: dict[str, Array] = {}
    for key, value in given.items():
        name = normalised(key)
        pointer = f"/parameters/{escaped(key)}"
        if name not in known or name in found:
            raise ValueProblem(
                say(
                    "{name} is no parameter of this network, or is given twice; its "
                    "parameters are: {names}.",
                    name=key[:40],
                    names=known,
                ),
                pointer=pointer,
            )
        array = tensor(value, DEFAULT, pointer, Given(PARAMETER, name))
        if not np.isfinite(array).all():
            raise ValueProblem(
                say("The parameter {name} must be finite.", name=name), pointer=pointer
            )
        found[name] = array
    return found


def open_shapes(given: Mapping[str, Any], unvalued: Sequence[str]) -> dict[str, Shape]:
    """Return shapes by leaf; raise ValueProblem for a leaf that is not trained or has a value."""
    found: dict[str, Shape] = {}
    for key, sizes in given.items():
        name, pointer = normalised(key), f"/shapes/{escaped(key)}"
        if name not in unvalued or name in found:
            raise ValueProblem(
                say(
                    "{name} is no trained leaf without a value, or is given twice; "
                    "shapes takes: {accepted}.",
                    name=key[:40],
                    accepted=unvalued or say("none here"),
                ),
                pointer=pointer,
            )
        try:
            check_size(tuple(sizes), DEFAULT, Given(PARAMETER, name))
        except EngineError as error:
            error.pointer = pointer
            raise
        found[name] = tuple(sizes)
    return found


def escaped(key: str) -> str:
    """Return a key as a part of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def check_shape(
    name: str, got: tuple[int, ...], wanted: tuple[int, ...], pointer: str | None = None
) -> None:
    """Raise ShapeError unless a parameter has the shape that it has in the network."""
    if got != wanted:
        raise ShapeError(
            say(
                "The parameter {name} has the shape {shape} here, and {given_shape} was given.",
                name=name,
                shape=written_shape(wanted),
                given_shape=written_shape(got),
            ),
            pointer=pointer or f"/parameters/{name}",
        )


def check_batch(model: Model, size: int | None) -> int:
    """Return the batch size, all rows by default, after a check that such a batch fits."""
    n = len(model.rows.train)
    found = n if size is None else batches.check_batch_size(size, n)
    _check_rows(model, model.rows.train[:found], "/batch_size")
    if len(model.rows.held_out):
        _check_rows(model, model.rows.held_out, "/held_out")
    return found


def _check_rows(model: Model, rows: RowNumbers, sized: str) -> None:
    """Raise EngineError unless so many rows fit; it points at their number if fewer would."""
    try:
        model.check(rows)
    except EngineError as error:
        if isinstance(error, LimitError) and _fits(model, rows[:1]):
            error.pointer = sized
        error.pointer = error.pointer or ("/layers" if model.groups else "/program")
        raise


def _fits(model: Model, rows: RowNumbers) -> bool:
    try:
        model.check(rows)
    except EngineError:
        return False
    return True
