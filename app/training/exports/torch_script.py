"""A network as a script of PyTorch that trains on: runnable, nothing else needed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import numpy as np

from app.training import blobs
from app.training.exports import script, shapes
from app.training.exports.numpy_passes import of_network
from app.training.exports.operations import Case, chosen
from app.training.exports.printing import (
    Tool,
    indented,
    joined,
    names,
    numbers,
    row_of,
    statements,
    used,
)
from app.training.exports.torch_functions import FUNCTIONS
from engine import Graph
from engine.optimizers import settings_of
from engine.parts import part
from engine.plan import STEPS

if TYPE_CHECKING:
    from app.training.session import Session

WHERE = "a PyTorch script"
TOOL = Tool("torch.tensor", "torch.tensor", frozenset({"add", "sub", "mul", "div", "pow"}))
CLASSES = {"sgd": "SGD", "adagrad": "Adagrad", "rmsprop": "RMSprop", "adam": "Adam",
           "adamw": "AdamW"}  # fmt: skip
# Slots that PyTorch keeps under another name.
SLOTS = {"square_sum": "sum"}
TRAIN = '''
def train(iterations):
    """Train, and return the loss of every iteration before its update."""
    losses = []
    for k in range(iterations):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(k)
        taken = batch(k)
        optimizer.zero_grad()
        loss = forward(x[taken], y[taken])[0]
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
'''
MAIN = """
if __name__ == "__main__":
    for k, loss in enumerate(train(20), 1):
        print(f"iteration {k}: loss {loss:.6g}")
"""


def write(session: Session) -> bytes:
    """Return the script; raises ValueProblem for an operation that it cannot hold."""
    model = session.model
    called = names(model.graph, FUNCTIONS)
    values = blobs.parameters(session.arrays)
    parameters = [
        f"{called[name]} = torch.tensor({numbers(values[name])}, requires_grad=True)"
        for name in model.trainable
    ]
    fixed = [f"{called[name]} = torch.tensor({numbers(value)})"
             for name, value in model.fixed.items()]  # fmt: skip
    code = _functions(session, called)
    blocks = [
        "torch.set_default_dtype(torch.float64)",
        script.data(session, "torch.tensor"),
        "\n".join([*fixed, *parameters]),
        _optimizer(session, called),
        *script.batches(session),
        script.learning_rate(session),
        *used("\n".join(code), FUNCTIONS),
        *code,
        TRAIN,
        MAIN,
    ]
    text = joined(blocks)
    functional = ["import torch.nn.functional as F"] if "F." in text else []
    top = script.modules(text, "import torch", *functional)
    return f"{script.head(session, 'PyTorch')}{top}\n\n{text}".encode()


def _functions(session: Session, called: Mapping[str, str]) -> list[str]:
    model = session.model
    output = called[model.graph.output]
    answer = None if model.prediction is None else called[model.prediction]
    cases = shapes.cases(model.graph, shapes.of_batch(session, model.graph))
    kept = {model.graph.output, model.prediction or ""}
    lines = [*_lines(model.graph, called, cases, kept), *_idle(session, called)]
    found = [
        'def forward(x, y):\n    """Return the loss and the prediction."""\n'
        f"{indented(lines)}\n    return {output}, {answer}"
    ]
    if model.prediction is not None:
        lines = _lines(part(model.graph, model.prediction), called, cases, kept)
        if model.rows.scaling is not None:
            lines.insert(0, "x = (x - MEAN) / SCALE")
        found.append(
            'def predict(x):\n    """Return the prediction for rows of x."""\n'
            f"{indented(lines)}\n    return {answer}"
        )
    return found


def _lines(
    graph: Graph, called: Mapping[str, str], cases: Mapping[str, Case], kept: Collection[str]
) -> list[str]:
    return list(
        statements(
            graph, called, lambda node: chosen(row_of(node.op or "", WHERE).torch, cases[node.id]),
            TOOL, kept,
        )
    )  # fmt: skip


def _idle(session: Session, called: Mapping[str, str]) -> list[str]:
    """Return lines that give a gradient of 0 to parameters on which the loss does not depend.

    To PyTorch theirs is missing, so that not even a weight decay would move them.
    """
    output = called[session.model.graph.output]
    writer = of_network(session, called)
    reached = writer.reached()
    return [
        f"{output} = {output} + 0 * torch.sum({called[name]})"
        for name in session.model.trainable
        if writer.grads[name] not in reached
    ]


def _optimizer(session: Session, called: Mapping[str, str]) -> str:
    """Return the optimizer under its settings, with its slots as far as training has come."""
    row, settings = settings_of(session.spec.optimizer)
    trained = ", ".join(called[name] for name in session.model.trainable)
    given = {"lr" if key == "learning_rate" else key: value for key, value in settings.items()}
    words = "".join(f", {key}={value!r}" for key, value in given.items())
    lines = [f"optimizer = torch.optim.{CLASSES[row.name]}([{trained}]{words})"]
    steps = int(np.asarray(session.arrays[STEPS]))
    for name in session.model.trainable if steps else ():
        kept = {
            SLOTS.get(slot, slot): f"torch.tensor({numbers(session.arrays[f'{name}.{slot}'])})"
            for slot in row.slots if f"{name}.{slot}" in session.arrays
        }  # fmt: skip
        if row.name != "sgd":
            kept["step"] = f"torch.tensor({float(steps)!r})"
        if kept:
            pairs = ", ".join(f"{key}={value}" for key, value in kept.items())
            lines.append(f"optimizer.state[{called[name]}].update({pairs})")
    return "\n".join(lines)
