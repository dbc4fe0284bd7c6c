"""One pass of a network as a graph: nodes and edges with values and gradients, steps and updates.

The recorder runs the program on the rows and parameters of the pass; updates are the plan's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from app import answers, wire
from app.graph_models import GraphRequest, UpdateRequest
from app.training import blobs, collapse, layer_graph, mean_pass, updates
from app.training.limits import TRAINING
from engine import OPTIMIZERS
from engine.errors import ValueProblem, over_limit

if TYPE_CHECKING:
    from app.training.session import Session
    from engine import Plan

DETAILS = ("layer", "tensor", "scalar")
# In place of row numbers: the mean over the rows of the batch.
MEAN: Literal["mean"] = "mean"
Rows = Sequence[int] | Literal["mean"] | None
MOVED = ("old", "gradient", "change", "new")
Row = dict[str, Any]
Url = Callable[[str], str]
Language = Literal["en", "pt-BR"]


def shown(
    session: Session,
    detail: str,
    rows: Rows,
    explain: Language | None,
    url: Url | None,
    expand: Sequence[str],
    layers: Sequence[str] = (),
) -> Row:
    """Return the answer of `GET /networks/{id}/graph`; see `Session.graph`."""
    if detail not in DETAILS:
        raise ValueProblem(
            f"There is no detail {str(detail)[:40]}; accepted are {', '.join(DETAILS)}.",
            pointer="/detail",
        )
    together = collapse.checked(session, layers) if detail == "tensor" else frozenset()
    expand = collapse.without(session, expand, together)
    own = rows is None or isinstance(rows, str)
    numbers: Sequence[int]
    if rows is None or isinstance(rows, str):
        numbers = session.order.rows(session.last).tolist()
    else:
        numbers = checked_rows(session, rows)
    if rows == MEAN:
        answer = _mean(session, numbers, detail, explain, expand)
    else:
        answer = answers.graph(_asked(session, numbers, detail, explain, expand))
    if not own:
        answer["updates"] = []
        answer["steps"] = [step for step in answer["steps"] if step["phase"] != "update"]
    for node in answer["nodes"]:
        node["group"] = _group(session, node)
        if node["summary"] is not None and url is not None:
            node["summary"]["url"] = url(node["id"])
    if own:
        _update(session, answer, explain)
    answer["rows"] = numbers
    if together:
        return collapse.collapsed(session, answer, _passed(session, numbers), together)
    if detail != "layer":
        return answer
    return layer_graph.folded(session, answer, _passed(session, numbers))


def checked_rows(session: Session, rows: Sequence[int]) -> list[int]:
    """Return row numbers; raise ValueProblem or LimitError for none, too many or what is no row."""
    n = len(session.model.table)
    if not rows:
        raise ValueProblem("The list rows is empty; give at least one row.", pointer="/rows")
    if len(rows) > TRAINING.rows_shown:
        error = over_limit("rows_shown", TRAINING.rows_shown, len(rows), "The number of rows is")
        error.pointer = "/rows"
        raise error
    for row in rows:
        if isinstance(row, bool) or not isinstance(row, int) or not 0 <= row < n:
            raise ValueProblem(
                f"There is no row {str(row)[:40]}; accepted are the numbers 0 to {n - 1}.",
                pointer="/rows",
            )
    return list(rows)


def _asked(
    session: Session,
    rows: Sequence[int],
    detail: str,
    explain: Language | None,
    expand: Sequence[str],
) -> GraphRequest:
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
        detail="scalar" if detail == "scalar" else "tensor",
        expand=list(expand),
        explain=explain,
    )


def _mean(
    session: Session,
    rows: Sequence[int],
    detail: str,
    explain: Language | None,
    expand: Sequence[str],
) -> Row:
    """Return the mean over passes of one row each; raises ValueProblem with `explain`."""
    if explain is not None:
        raise ValueProblem(
            "rows=mean goes without explain: the sentences multiply numbers, and a mean of "
            "products is not the product of the means. Leave out explain, or name rows.",
            pointer="/explain",
        )
    asked = [_asked(session, [row], detail, None, expand) for row in rows]
    answer = answers.written(asked[0], mean_pass.averaged(asked))
    for edge in answer["edges"]:
        edge["factors"] = None
    return answer


def _group(session: Session, node: Row) -> str | None:
    """Return the layer of a node, or of the array that a number is an element of."""
    element = node.get("element")
    name = element["node"] if element else node["id"]
    return session.model.groups.get(name)


def _update(session: Session, answer: Row, explain: Language | None) -> None:
    """Write the plan's numbers, and what the optimizer does in place of plain descent."""
    found = updates.updated(session)
    whole = {row["parameter"] for row in answer["updates"]}
    rows = [part for one in found.moved
            for part in ([one] if one.parameter in whole else updates.elements(one))]  # fmt: skip
    answer["updates"] = [
        {"parameter": row.parameter, **{key: wire.numbers(getattr(row, key)) for key in MOVED},
         "terms": [{**term._asdict(), "value": wire.numbers(term.value)} for term in row.terms]}
        for row in rows
    ]  # fmt: skip
    if explain is not None and not (found.as_set and updates.plain(session.spec.optimizer)):
        _explain(session, answer, explain)


def _explain(session: Session, answer: Row, language: Language) -> None:
    """Write the optimizer's own rule into the steps of the update."""
    row = OPTIMIZERS[session.spec.optimizer["name"]]
    said = {
        "text": row.doc.en if language == "en" else row.doc.pt,
        "latex": row.latex,
        "lines": [{"name": "rule", "latex": row.latex}],
    }
    answer["steps"] = [
        {**step, **said} if step["phase"] == "update" else step for step in answer["steps"]
    ]


def _passed(session: Session, rows: Sequence[int]) -> Plan:
    """Return a plan that has run these rows, with the parameters of the pass last run."""
    loop = session.loop
    loop.load(session.used)
    return loop.whole.sibling(session.model.leaves(session.model.rows.x[rows],
                                                   session.model.rows.y[rows]))  # fmt: skip
