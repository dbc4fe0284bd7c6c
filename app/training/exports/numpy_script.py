"""A network as a script of NumPy alone: forward, backward and update written out, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from app.training import blobs
from app.training.exports import script
from app.training.exports.numpy_functions import FUNCTIONS, used
from app.training.exports.printing import (
    fill,
    indented,
    joined,
    names,
    numbers,
    statements,
    unwritable,
)
from app.training.exports.rows import MATMUL, NUMPY, Row
from engine import Graph, Node
from engine.codegen.updates import rule
from engine.ops import Shape
from engine.optimizers import settings_of
from engine.parts import part
from engine.passes import differentiable, influential
from engine.plan import STEPS

if TYPE_CHECKING:
    from app.training.session import Session

WHERE = "a NumPy script"
TRAIN = (
    '''
def train(iterations):
    """Train, and return the loss of every iteration before its update."""
    losses = []
    for k in range(iterations):
        taken = batch(k)
        loss, grads = gradients(x[taken], y[taken])
        update(grads, UPDATES + k + 1, learning_rate(k))
        losses.append(float(loss))
    return losses
''',
    """
if __name__ == "__main__":
    for k, loss in enumerate(train(20), 1):
        print(f"iteration {k}: loss {loss:.6g}")
""",
)


def write(session: Session) -> bytes:
    """Return the script; raises ValueProblem for an operation that it cannot hold."""
    model = session.model
    called = names(model.graph, FUNCTIONS)
    values = blobs.parameters(session.arrays)
    parameters = [f'"{name}": np.array({numbers(values[name])}),' for name in model.trainable]
    fixed = [f"{called[name]} = np.array({numbers(value)})" for name, value in model.fixed.items()]
    code = [_predict(session, called), _gradients(session, called), _update(session)]
    blocks = [
        script.data(session, "np.array"),
        "\n".join(fixed),
        "parameters = {\n" + indented("\n".join(parameters).split("\n")) + "\n}",
        _slots(session),
        *script.batches(session),
        script.learning_rate(session),
        *used("\n".join(code)),
        *code,
        *TRAIN,
    ]
    text = joined(block for block in blocks if block)
    return f"{script.head(session, 'NumPy')}{script.modules(text)}\n\n{text}".encode()


def _shapes(session: Session) -> dict[str, Shape]:
    return dict(session.loop.whole.shapes)


class _Writer:
    """Writes forward and backward lines of one graph."""

    def __init__(self, session: Session, called: dict[str, str]) -> None:
        self.shapes, self.called = _shapes(session), called
        self.graph = session.model.graph
        self.wanted = differentiable(
            self.graph, frozenset(self.graph.leaves) - set(session.model.trainable)
        )
        taken = set(called.values())
        self.grads: dict[str, str] = {}
        for node, name in called.items():
            grad = f"d_{name}"
            while grad in taken:
                grad += "_"
            taken.add(grad)
            self.grads[node] = grad

    def row(self, node: Node) -> Row:
        """Return how an operation is written; raises ValueProblem if it is not."""
        if node.op == "matmul":
            left, right = (len(self.shapes[arg]) for arg in node.args)
            found = MATMUL.get((left, right))
        else:
            found = NUMPY.get(node.op or "")
        if found is None:
            raise unwritable(node.op or "", WHERE)
        return Row(*found)

    def forward(self, graph: Graph, inline: bool = False) -> list[str]:
        """Return the lines of a forward pass."""
        return list(
            statements(graph, self.called, lambda node: self.row(node).forward, "np.array", inline)
        )

    def backward(self) -> Iterator[str]:
        """Yield the lines of the backward pass, each with the gradient that it adds to."""
        live = influential(self.graph)
        begun = {self.graph.output}
        output = self.graph.output
        yield f"{self.grads[output]} = np.ones(np.shape({self.called[output]}))"
        for node in reversed(self.graph.nodes):
            if node.op is None or node.id not in self.wanted & live or node.id not in begun:
                continue
            for slot, source in enumerate(node.args):
                if source not in self.wanted:
                    continue
                pulled = self._pull(node, slot)
                if not pulled:
                    continue
                first = f"{self.grads[source]} + " if source in begun else ""
                begun.add(source)
                yield f"{self.grads[source]} = {first}{pulled}"

    def _pull(self, node: Node, slot: int) -> str:
        row = self.row(node)
        template = row.pulls[slot]
        if template is None:
            raise unwritable(f"{node.op} with a target that is trained", WHERE)
        args = [self._spelled(arg) for arg in node.args]
        pulled = fill(template, node, args, z=self.called[node.id], g=self.grads[node.id])
        source = node.args[slot]
        if not template or self.shapes[source] == self.shapes[node.id] or node.op in KEEPING:
            return pulled
        return f"fit({pulled}, np.shape({self.called[source]}))"

    def _spelled(self, name: str) -> str:
        value = self.graph[name].literal
        return f"({value!r})" if isinstance(value, float | int) else self.called[name]

    def unreached(self, name: str) -> bool:
        """Whether no gradient reaches a parameter."""
        return not any(line.startswith(f"{self.grads[name]} = ") for line in self.backward())


# Operations whose pull has the argument's shape already.
KEEPING = frozenset(NUMPY) - {"add", "sub", "mul", "div", "pow", "maximum", "minimum"} | {"matmul"}


def _unpacked(session: Session, called: dict[str, str], graph: Graph) -> list[str]:
    return [f'{called[name]} = parameters["{name}"]'
            for name in session.model.trainable if name in graph]  # fmt: skip


def _gradients(session: Session, called: dict[str, str]) -> str:
    writer, graph = _Writer(session, called), session.model.graph
    lines = [
        *_unpacked(session, called, graph), *writer.forward(graph), *writer.backward(),
    ]  # fmt: skip
    for name in session.model.trainable:
        if writer.unreached(name):
            lines.append(f"{writer.grads[name]} = np.zeros(np.shape({called[name]}))")
    pairs = ", ".join(f'"{name}": {writer.grads[name]}' for name in session.model.trainable)
    return (
        'def gradients(x, y):\n    """Return the loss, and its gradient by parameter."""\n'
        f"{indented(lines)}\n    return {called[graph.output]}, {{{pairs}}}\n"
    )


def _predict(session: Session, called: dict[str, str]) -> str:
    model = session.model
    if model.prediction is None:
        return ""
    graph = part(model.graph, model.prediction)
    lines = [
        *_unpacked(session, called, graph),
        *_Writer(session, called).forward(graph, inline=True),
    ]
    if model.rows.scaling is not None:
        lines.insert(0, "x = (x - MEAN) / SCALE")
    return (
        'def predict(x):\n    """Return the prediction for rows of x."""\n'
        f"{indented(lines)}\n    return {called[model.prediction]}\n"
    )


def _slots(session: Session) -> str:
    """Return what the optimizer keeps between updates, and how many updates were done."""
    row, settings = settings_of(session.spec.optimizer)
    wanted = rule(row.program(settings), row.slots).slots
    start = {slot: float(settings[row.initial[slot]]) if slot in row.initial else 0.0
             for slot in wanted}  # fmt: skip
    lines = [f"UPDATES = {int(np.asarray(session.arrays[STEPS]))}", "slots = {"]
    for name in session.model.trainable:
        shape = np.shape(session.arrays[name])
        pairs = ", ".join(
            f'"{slot}": np.array('
            + numbers(session.arrays.get(f"{name}.{slot}", np.full(shape, start[slot]))) + ")"
            for slot in wanted
        )  # fmt: skip
        lines += indented(f'"{name}": {{{pairs}}},'.split("\n")).split("\n")
    return "\n".join([*lines, "}"])


def _update(session: Session) -> str:
    """Return the optimizer's rule, the same for every parameter."""
    row, settings = settings_of(session.spec.optimizer)
    made = rule(row.program(settings), row.slots)
    known = {name: value for name, value in row.numbers(settings).items() if name in made.graph}
    called = {node.id: node.id for node in made.graph.nodes}
    for i, node in enumerate(node for node in made.graph.nodes if not node.named):
        called[node.id] = f"part{i + 1}"
    lines = ["for name, g in grads.items():", "    p, kept = parameters[name], slots[name]"]
    lines += [f'    {slot} = kept["{slot}"]' for slot in made.slots]
    body = statements(
        made.graph, called, lambda node: NUMPY[node.op or ""].forward, "np.array", inline=True
    )
    lines += [f"    {line}" for line in body]
    lines += [f'    kept["{slot}"] = {called[node]}' for slot, node in made.results.items()
              if slot != "p"]  # fmt: skip
    lines.append(f"    parameters[name] = {called[made.results['p']]}")
    constants = [f"{name} = {value!r}" for name, value in known.items() if name != "learning_rate"]
    return (
        'def update(grads, t, learning_rate):\n    """Move the parameters; t counts updates '
        f'from 1."""\n{indented([*constants, *lines])}\n'
    )
