"""What `GET /networks/{id}` shows of a session."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from app import wire
from app.catalogues.coded import in_words_and_code
from app.training import blobs
from app.training.prediction import full

if TYPE_CHECKING:
    from app.training.session import Session

# Numbers of one parameter that are written out; a larger one is fetched by itself.
WRITTEN_OUT = 10_000


def view(session: Session) -> dict[str, Any]:
    """Return all but id, version and links, which whoever keeps the network knows."""
    state, model, order = session.state, session.model, session.order
    rows = order.rows(session.last)
    parameters = blobs.parameters(session.arrays)
    return {
        "spec": dict(session.spec.request),
        "iteration": state.iteration,
        "epoch": order.epochs(state.iteration),
        "batch": {
            "index": order.place(session.last)[1],
            "of": order.per_epoch,
            "size": len(rows),
            "rows": rows.tolist(),
        },
        "phase": state.phase,
        "loss": wire.numbers(session.loss),
        "learning_rate": session.spec.rate(session.last),
        "furthest": state.furthest,
        "parameters": {
            name: full(parameters[name]) if np.size(parameters[name]) <= WRITTEN_OUT else None
            for name in model.trainable
        },
        "counts": {
            "parameters": sum(math.prod(np.shape(parameters[name])) for name in model.trainable),
            "layers": len(model.layers),
            "nodes": len(model.graph.nodes),
            "rows": len(model.rows.train),
            "held_out": len(model.rows.held_out),
        },
        "program": model.program,
        "classes": None if model.table.classes is None else list(model.table.classes),
        "features": list(model.table.features),
        "data_tag": model.table.tag,
        **in_words_and_code("notices", model.notices),
    }
