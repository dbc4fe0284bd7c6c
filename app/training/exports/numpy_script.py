"""A network as a script of NumPy alone: forward, backward and update written out, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.training import blobs
from app.training.exports import script
from app.training.exports.numpy_functions import FUNCTIONS
from app.training.exports.numpy_passes import TOOL, WHERE, of_network
from app.training.exports.printing import (
    indented,
    joined,
    names,
    numbers,
    row_of,
    statements,
    used,
)
from engine import Graph, Node
from engine.codegen.updates import rule
from engine.optimizers import settings_of
from engine.parts import part
from engine.plan import STEPS

if TYPE_CHECKING:
    from app.training.session import Session

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
        *used("\n".join(code), FUNCTIONS),
        *code,
        *TRAIN,
    ]
    text = joined(block for block in blocks if block)
    return f"{script.head(session, 'NumPy')}{script.modules(text)}\n\n{text}".encode()


def _unpacked(session: Session, called: dict[str, str], graph: Graph) -> list[str]:
    return [f'{called[name]} = parameters["{name}"]'
            for name in session.model.trainable if name in graph]  # fmt: skip


def _gradients(session: Session, called: dict[str, str]) -> str:
    writer, graph = of_network(session, called), session.model.graph
    lines = [
        *_unpacked(session, called, graph), *writer.forward(graph), *writer.backward(),
    ]  # fmt: skip
    reached = writer.reached()
    for name in session.model.trainable:
        if writer.grads[name] not in reached:
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
        *of_network(session, called).forward(graph, kept=[graph.output]),
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
    body = statements(made.graph, called, _rule_template, TOOL, kept=[])
    lines += [f"    {line}" for line in body]
    lines += [f'    kept["{slot}"] = {called[node]}' for slot, node in made.results.items()
              if slot != "p"]  # fmt: skip
    lines.append(f"    parameters[name] = {called[made.results['p']]}")
    constants = [f"{name} = {value!r}" for name, value in known.items() if name != "learning_rate"]
    return (
        'def update(grads, t, learning_rate):\n    """Move the parameters; t counts updates '
        f'from 1."""\n{indented([*constants, *lines])}\n'
    )


def _rule_template(node: Node) -> str:
    template = row_of(node.op or "", WHERE).numpy
    assert isinstance(template, str), "a rule is made of what goes element by element"
    return template
