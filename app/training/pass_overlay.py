"""What a network's pass says beside its graph: layers, addresses, and the plan's own update."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from app import wire
from app.training import collapse, layer_graph, updates
from app.training.layer_graph import STATISTICS
from engine import OPTIMIZERS, Run
from engine.ops import Array

if TYPE_CHECKING:
    from app.training.session import Session
    from engine import Plan

# In place of row numbers: the mean over the rows of the batch.
MEAN: Literal["mean"] = "mean"
Rows = Sequence[int] | Literal["mean"] | None
MOVED = ("old", "gradient", "change", "new")
Row = dict[str, Any]
Url = Callable[[str], str]
Language = str


class Wish(NamedTuple):
    """How a pass is asked for; see `Session.graph`."""

    detail: str = "tensor"
    rows: Rows = None
    explain: Language | None = None
    url: Url | None = None
    expand: Sequence[str] = ()
    layers: Sequence[str] = ()


class PassOverlay:
    """See `Overlay`. The update is of the batch, so that a pass over other rows shows none."""

    def __init__(
        self,
        session: Session,
        wish: Wish,
        rows: Sequence[int],
        together: frozenset[str],
        run: Run,
    ) -> None:
        self.session, self.wish, self.together = session, wish, together
        self.own = wish.rows is None or wish.rows == MEAN
        self.updated = updates.updated(session) if self.own else updates.Updated((), True)
        # Addresses stand only where numbers are left out: without them, networks share a template.
        self.url = wish.url if any(map(wire.is_large, run.values.values())) else None
        whole = {one.parameter for one in run.updates}
        self.moved = [
            part for one in self.updated.moved
            for part in ([one] if one.parameter in whole else updates.elements(one))
        ]  # fmt: skip
        layers = sorted(session.model.layers) if wish.detail == "layer" else sorted(together)
        plan = _passed(session, rows) if layers else None
        self.told = {
            name: layer_graph.statistics(session, name, plan) for name in layers if plan is not None
        }

    @property
    def kind(self) -> Any:
        """What decides where its numbers stand, and the words between them."""
        model, url = self.session.model, self.url
        terms = [
            (one.parameter, [(term.name, term.symbol, term.template) for term in one.terms])
            for one in self.updated.moved
        ]
        finite = [part and part["finite"] for one in self.told.values() for part in one.values()]
        return (
            self.wish.detail, self.wish.rows == MEAN, self.own, sorted(self.together),
            url and url("."), list(model.groups.items()),
            [(name, list(parts)) for name, parts in model.layers.items()],
            self.session.spec.optimizer["name"], self._says_rule, terms, finite,
        )  # fmt: skip

    @property
    def numbers(self) -> list[Array]:
        """Numbers of updates, then of layers."""
        moved = [
            value
            for one in self.moved
            for value in (*(getattr(one, key) for key in MOVED), *(t.value for t in one.terms))
        ]
        told = [
            np.float64(part[name])
            for one in self.told.values() for part in one.values() if part for name in STATISTICS
        ]  # fmt: skip
        return [*moved, *told]

    def laid(self, answer: Row) -> Row:
        """Return the answer of a graph as that of a network."""
        answer["updates"] = [_update(one) for one in self.moved]
        if not self.own:
            answer["steps"] = [step for step in answer["steps"] if step["phase"] != "update"]
        if self.wish.rows == MEAN:
            for edge in answer["edges"]:
                edge["factors"] = None
        for node in answer["nodes"]:
            node["group"] = self._group(node)
            if node["summary"] is not None and self.url is not None:
                node["summary"]["url"] = self.url(node["id"])
        if self._says_rule:
            self._say_rule(answer)
        told = copy.deepcopy(self.told)
        if self.together:
            return collapse.collapsed(self.session, answer, told)
        if self.wish.detail == "layer":
            return layer_graph.folded(self.session, answer, told)
        return answer

    def places(self, answer: Row) -> Iterator[tuple[Row, str]]:
        """Yield the places of `numbers`."""
        for row in answer["updates"]:
            yield from ((row, key) for key in MOVED)
            yield from ((term, "value") for term in row["terms"])
        told = {node["id"]: node.get("statistics") for node in answer["nodes"]}
        for layer in self.told:
            for part in filter(None, (told[layer] or {}).values()):
                yield from ((part, name) for name in STATISTICS)

    def _group(self, node: Row) -> str | None:
        """Return the layer of a node, or of the array that a number is an element of."""
        element = node.get("element")
        return self.session.model.groups.get(element["node"] if element else node["id"])

    @property
    def _says_rule(self) -> bool:
        """Whether the update is explained by the optimizer's own rule, not by plain descent."""
        plain = self.updated.as_set and updates.plain(self.session.spec.optimizer)
        return self.own and self.wish.explain is not None and not plain

    def _say_rule(self, answer: Row) -> None:
        row = OPTIMIZERS[self.session.spec.optimizer["name"]]
        said = {
            "text": row.doc.pt if self.wish.explain == "pt-BR" else row.doc.en,
            "latex": row.latex,
            "lines": [{"name": "rule", "latex": row.latex}],
        }
        answer["steps"] = [
            {**step, **said} if step["phase"] == "update" else step for step in answer["steps"]
        ]


def _update(one: updates.Moved) -> Row:
    terms = [{**term._asdict(), "value": wire.numbers(term.value)} for term in one.terms]
    moved = {key: wire.numbers(getattr(one, key)) for key in MOVED}
    return {"parameter": one.parameter, **moved, "terms": terms}


def _passed(session: Session, rows: Sequence[int]) -> Plan:
    """Return a plan that has run these rows, with the parameters of the pass last run."""
    loop, data = session.loop, session.model.rows
    loop.load(session.used)
    return loop.whole.sibling(session.model.leaves(data.x[rows], data.y[rows]))
