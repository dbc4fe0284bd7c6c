"""The rows of a batch one by one: what each is answered, its loss, and a gradient of its own.

Of a mean over n rows, a row's gradient enters the batch's gradient with 1/n; of a sum, as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from app import wire
from app.training import blobs
from app.training.limits import TRAINING
from app.training.prediction import full, predicted
from engine.batches import Rows
from engine.errors import ValueProblem, over_limit
from engine.samples import PerSample, per_sample
from engine.sentence import say

if TYPE_CHECKING:
    from app.training.session import Session

DATA = ("x", "y")
Row = dict[str, Any]


def listed(session: Session, start: int, count: int, wanted: Sequence[str] | None) -> Row:
    """Return rows of the batch of the pass last run, `count` of them from `start` on.

    `wanted` names the parameters whose gradients are told, by default all. Raises ValueProblem for
    a name that is none or a start beyond the batch, LimitError for too many numbers.
    """
    names = _named(session, wanted)
    numbers = session.order.rows(session.last)
    if start >= len(numbers):
        raise ValueProblem(
            say(
                "The batch has {rows} rows; start may be 0 to {last}.",
                rows=len(numbers),
                last=len(numbers) - 1,
            ),
            pointer="/start",
        )
    parameters = blobs.parameters(session.used)
    chosen = numbers[start : start + count]
    _check_size(sum(np.size(parameters[name]) for name in names) * len(chosen))
    alone = _passes(session, chosen, names, parameters)
    relation = alone.relation
    if len(chosen) == 1 < len(numbers):
        relation = _passes(session, numbers[:2], names, parameters).relation
    return {
        "of": len(numbers),
        "start": start,
        "relation": relation,
        "rows": _rows(session, chosen, alone, parameters),
        **_whole(session, names),
    }


def _named(session: Session, wanted: Sequence[str] | None) -> tuple[str, ...]:
    known = session.model.trainable
    for name in wanted or ():
        if name not in known:
            raise ValueProblem(
                say(
                    "There is no parameter {name}; the parameters are: {names}.",
                    name=name[:40],
                    names=known,
                ),
                pointer="/parameter",
            )
    return known if wanted is None else tuple(name for name in known if name in wanted)


def _check_size(numbers: int) -> None:
    if numbers > TRAINING.row_gradients:
        error = over_limit(
            "row_gradients",
            TRAINING.row_gradients,
            numbers,
            say("The number of elements of all rows' gradients is"),
        )
        error.pointer = "/parameter"
        raise error


def _passes(
    session: Session, rows: Rows, names: Sequence[str], parameters: Mapping[str, Any]
) -> PerSample:
    """Run rows one by one, with gradients of the named parameters alone."""
    model = session.model
    leaves = model.leaves(model.rows.x[rows], model.rows.y[rows])
    batch = [name for name in DATA if name in leaves]
    fixed = [name for name in model.graph.leaves if name not in (*batch, *names)]
    return per_sample(model.graph, {**leaves, **parameters}, batch, fixed)


def _rows(
    session: Session, rows: Rows, alone: PerSample, parameters: Mapping[str, Any]
) -> list[Row]:
    table = session.model.table
    answers = _answers(session, table.x[rows], parameters)
    return [
        {
            "row": row,
            "x": full(table.x[row]),
            "y": full(table.y[row]),
            "prediction": answers[i],
            "loss": wire.numbers(alone.values[i]),
            "gradients": {name: full(grads[i]) for name, grads in alone.grads.items()},
        }
        for i, row in enumerate(rows.tolist())
    ]


def _answers(session: Session, x: Any, parameters: Mapping[str, Any]) -> Sequence[Any]:
    """Return what each row is answered; None where a program has no answer for each row."""
    if session.model.prediction is not None:
        found = predicted(session.model, parameters, x)
        answers = found["probabilities"] or found["outputs"]
        if isinstance(answers, list) and len(answers) == len(x):
            return answers
    return [None] * len(x)


def _whole(session: Session, names: Sequence[str]) -> Row:
    """Return loss and gradients of the batch in the plan's numbers, by which the update goes."""
    loop = session.loop
    loop.load(session.used)
    loop.enter(session.last)
    loss = loop.forward()
    loop.backward()
    return {
        "loss": wire.numbers(loss),
        "gradients": {name: full(loop.plan.grads[name]) for name in names},
    }
