"""What a PyTorch and a NumPy script share: head, data, batches and learning rate."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from app.training.exports.printing import numbers
from engine.schedules import SCHEDULES

if TYPE_CHECKING:
    from app.training.session import Session

# The factor on the learning rate at iteration k, as Python; as in the engine's table.
FACTORS = {
    "constant": "1.0",
    "step": "{gamma} ** (k // {every})",
    "cosine": "{floor} + (1 - {floor}) * (1 + math.cos(math.pi * min(k / {iterations}, 1.0))) / 2",
    "warmup": "min((k + 1) / {iterations}, 1.0)",
}
ORDERED = '''
def batch(k):
    """Return the rows of iteration k."""
    index = (START + k) % BATCHES
    return slice(index * SIZE, (index + 1) * SIZE)
'''
SHUFFLED = '''
def batch(k):
    """Return the rows of iteration k; every epoch has an order of its own."""
    epoch, index = divmod(START + k, BATCHES)
    seed = np.random.PCG64([SEED, EPOCH + epoch])
    order = np.random.Generator(seed).permutation(len(x))
    return order[index * SIZE : (index + 1) * SIZE]
'''
STANDARDISED = """
# Inputs are moved by MEAN and divided by SCALE, found on the rows to train on.
MEAN = {wrap}({mean})
SCALE = {wrap}({scale})
x = (x - MEAN) / SCALE
"""


def head(session: Session, tool: str) -> str:
    """Return the comment that a script begins with."""
    name = session.spec.request.get("name")
    about = f" {name!r}" if name else ""
    return (
        f"# The network{about}, from Gradwalk, in {tool}. Run it to train on from here: the same\n"
        "# data, batches and updates as there, in float64.\n"
    )


def data(session: Session, wrap: str) -> str:
    """Return the rows to train on, in their own units, and how they are standardised."""
    rows = session.model.rows
    table = session.model.table
    lines = [f"{name} = {wrap}({numbers(whole[rows.train])})"
             for name, whole in (("x", table.x), ("y", table.y))]  # fmt: skip
    text = "\n".join(lines)
    if rows.scaling is not None:
        mean, scale = map(numbers, rows.scaling)
        text += STANDARDISED.format(wrap=wrap, mean=mean, scale=scale)
    return text


def batches(session: Session) -> tuple[str, str]:
    """Return the constants of the batches, and the function that takes an iteration's rows."""
    order = session.order
    start = session.state.iteration - order.origin.iteration
    constants = {"SIZE": order.size, "BATCHES": order.per_epoch, "START": start}
    if order.shuffle:
        constants |= {"SEED": order.seed, "EPOCH": order.origin.epoch}
    lines = [f"{name} = {value}" for name, value in constants.items()]
    return "\n".join(lines), SHUFFLED if order.shuffle else ORDERED


def learning_rate(session: Session) -> str:
    """Return the function that gives the learning rate of iteration k."""
    schedule: Any = session.spec.request.get("schedule") or {"name": "constant"}
    row = SCHEDULES[schedule["name"]]
    settings = {one.name: schedule.get(one.name, one.default) for one in row.settings}
    rate = repr(session.spec.optimizer["learning_rate"])
    factor = FACTORS[row.name].format(**{key: repr(value) for key, value in settings.items()})
    body = f"return {rate}" if row.name == "constant" else f"return {rate} * ({factor})"
    first = session.spec.origin.elapsed + session.state.iteration
    moved = f"    k += {first}\n" if first and row.name != "constant" else ""
    return (
        'def learning_rate(k):\n    """Return the learning rate of iteration k."""\n'
        f"{moved}    {body}\n"
    )


def modules(code: str, *always: str) -> str:
    """Return the imports that a script needs."""
    third = [*(["import numpy as np"] if re.search(r"(?<![\w.])np\.", code) else []), *always]
    return ("import math\n\n" if "math." in code else "") + "\n".join(third)
