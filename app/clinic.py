"""What is said of a training that went out of range: the cause, what to try, where to go back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

import engine
from app.catalogues import catalogue
from app.live import Live
from app.network_answers import versioned
from app.store.segments import Segment
from app.training import history
from app.training.diagnosis import Diagnosis, Hint, diagnosed
from app.wire import JsonResponse


def answer(live: Live, chunks: Sequence[bytes], language: str) -> JsonResponse:
    """Return the answer of `GET /networks/{id}/diagnosis`."""
    found = diagnosed(live.session)
    iteration = live.session.state.iteration
    if found is None:
        return versioned({"finite": True, "iteration": iteration}, live.row.version)
    columns = history.join(chunks, iteration)
    names = engine.labels(live.session.model.graph, live.session.model.labels, language)
    symbols = {name: engine.plain_label(label.latex) for name, label in names.items()}
    told = {
        "finite": False,
        "iteration": iteration,
        "kind": found.broken.kind,
        "node": found.broken.node,
        "path": list(found.broken.way),
        "text": _text(found, symbols, language),
        "advice": [_advice(hint, language) for hint in found.hints],
        "before": before(columns, live.row.segments),
    }
    return versioned(told, live.row.version)


def before(columns: Mapping[str, Any], segments: Sequence[Segment]) -> int | None:
    """Return the iteration before the loss rose for good; None if it was never in range.

    That is the last one whose loss was not above the first. A PATCH right there counts as part of
    the trouble: then the one before it.
    """
    if not len(columns.get("iteration", ())):
        return None
    loss = np.where(np.isfinite(columns["loss"]), columns["loss"], np.inf)
    low = np.flatnonzero(loss <= loss[0])
    # The loss of an iteration is that of the parameters before its update.
    found = int(columns["iteration"][low[-1]]) - 1
    changed = any(part.begins == found and part.changed is not None for part in segments)
    return max(0, found - changed)


def _text(found: Diagnosis, symbols: Mapping[str, str], language: str) -> str:
    texts = catalogue(language)
    broken = found.broken
    key = f"clinic.{broken.kind}"
    if broken.kind == "value" and len(broken.way) == 1:
        key = "clinic.leaf"
    if broken.kind == "gradient" and broken.factors is not None:
        key = "clinic.factors"
    upstream, local = broken.factors or ("", "")
    return texts[key].format(
        node=symbols[broken.node],
        what=", ".join(texts[f"clinic.what.{kind}"] for kind in broken.what),
        way=" → ".join(symbols[name] for name in broken.way),
        upstream=upstream,
        local=local,
    )


def _advice(hint: Hint, language: str) -> dict[str, Any]:
    def printed(fact: str | float) -> str:
        return fact if isinstance(fact, str) else engine.plain(fact, 4, language).text

    facts = {name: printed(fact) for name, fact in hint.facts.items()}
    text = catalogue(language)[f"clinic.try.{hint.name}"].format(**facts)
    return {"name": hint.name, "text": text, "change": hint.change}
