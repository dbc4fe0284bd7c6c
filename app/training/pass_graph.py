"""One pass of a network as a graph: nodes and edges with values and gradients, steps and updates.

The recorder runs the program on the rows and parameters of the pass; updates are the plan's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app import answer_bytes, answers, details
from app.details import Shown
from app.graph_models import GraphRequest, UpdateRequest
from app.training import blobs, collapse, mean_pass
from app.training.limits import TRAINING
from app.training.pass_overlay import MEAN, PassOverlay, Wish
from engine.errors import ValueProblem, over_limit
from engine.sentence import say

if TYPE_CHECKING:
    from app.training.session import Session

DETAILS = ("layer", "tensor", "scalar")
Row = dict[str, Any]


def shown(session: Session, wish: Wish) -> Row:
    """Return the answer of `GET /networks/{id}/graph`; see `Session.graph`."""
    rows, asked, view, overlay = _seen(session, wish)
    return {**overlay.laid(answers.written(asked, view)), "rows": rows}


def encoded(session: Session, wish: Wish, last: Row) -> bytes:
    """Return the same as JSON, with further members at the end."""
    rows, asked, view, overlay = _seen(session, wish)
    return answer_bytes.written(asked, view, {"rows": rows, **last}, overlay=overlay)


def _seen(session: Session, wish: Wish) -> tuple[list[int], GraphRequest, Shown, PassOverlay]:
    """Return the rows of a pass, the request for its graph, the graph, and what is laid over it."""
    if wish.detail not in DETAILS:
        raise ValueProblem(
            say(
                "There is no detail {name}; accepted are {accepted}.",
                name=str(wish.detail)[:40],
                accepted=DETAILS,
            ),
            pointer="/detail",
        )
    together = collapse.checked(session, wish.layers) if wish.detail == "tensor" else frozenset()
    wish = wish._replace(expand=collapse.without(session, wish.expand, together))
    if wish.rows is None or isinstance(wish.rows, str):
        rows = session.order.rows(session.last).tolist()
    else:
        rows = checked_rows(session, wish.rows)
    if wish.rows == MEAN:
        asked, view = _mean(session, rows, wish)
    else:
        asked = request(session, rows, wish)
        view = details.shown(asked)
    return rows, asked, view, PassOverlay(session, wish, rows, together, view.run)


def recorded(session: Session, wish: Wish) -> Shown:
    """Return the pass last run, or that over some rows, evaluated; raises as `shown` does."""
    return _seen(session, wish)[2]


def checked_rows(session: Session, rows: Sequence[int]) -> list[int]:
    """Return row numbers; raise ValueProblem or LimitError for none, too many or what is no row."""
    n = len(session.model.table)
    if not rows:
        raise ValueProblem(say("The list rows is empty; give at least one row."), pointer="/rows")
    if len(rows) > TRAINING.rows_shown:
        error = over_limit(
            "rows_shown", TRAINING.rows_shown, len(rows), say("The number of rows is")
        )
        error.pointer = "/rows"
        raise error
    for row in rows:
        if isinstance(row, bool) or not isinstance(row, int) or not 0 <= row < n:
            raise ValueProblem(
                say(
                    "There is no row {row}; accepted are the numbers 0 to {last}.",
                    row=str(row)[:40],
                    last=n - 1,
                ),
                pointer="/rows",
            )
    return list(rows)


def request(session: Session, rows: Sequence[int], wish: Wish) -> GraphRequest:
    """Return the request for the graph of some rows."""
    model = session.model
    leaves = model.leaves(model.rows.x[list(rows)], model.rows.y[list(rows)])
    rate = session.spec.rate(session.last)
    return GraphRequest.model_construct(
        program=model.program,
        values={**leaves, **blobs.parameters(session.used)},
        constants=list(leaves),
        labels=dict(model.labels),
        update=UpdateRequest(learning_rate=rate, parameters=list(model.trainable)),
        detail="scalar" if wish.detail == "scalar" else "tensor",
        expand=list(wish.expand),
        explain=wish.explain,
    )


def _mean(session: Session, rows: Sequence[int], wish: Wish) -> tuple[GraphRequest, Shown]:
    """Return the mean over passes of one row each; raises ValueProblem with `explain`."""
    if wish.explain is not None:
        raise ValueProblem(
            say(
                "rows=mean goes without explain: the sentences multiply numbers, and a "
                "mean of products is not the product of the means. Leave out explain, "
                "or name rows."
            ),
            pointer="/explain",
        )
    asked = [request(session, [row], wish) for row in rows]
    return asked[0], mean_pass.averaged(asked)
