"""Why a training cannot go on: the first node that is not finite, and the way that led there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import engine
from app.training import blobs
from engine.sentence import Sentence, say

if TYPE_CHECKING:
    from app.training.session import Session


def explained(session: Session) -> tuple[str | None, tuple[Sentence, ...]]:
    """Return the node where it began, and sentences about it; the recorder looks at the batch."""
    model = session.model
    rows = session.order.rows(session.state.iteration)
    leaves = model.leaves(model.rows.x[rows], model.rows.y[rows])
    values = {**leaves, **blobs.parameters(session.arrays)}
    run = engine.evaluate(model.graph, values, tuple(leaves))
    node = next((node.id for node in model.graph.nodes if not _finite(run.values[node.id])), None)
    if node is None:
        graded = (node.id for node in reversed(model.graph.nodes))
        node = next((name for name in graded if not _finite(run.grads[name])), None)
    if node is None:
        said = say(
            "The loss and its gradients are finite, and the update leaves the range of numbers; a "
            "smaller learning rate keeps it there."
        )
        return None, (said,)
    return node, run.notices


def _finite(value: object) -> bool:
    return value is None or bool(np.isfinite(np.asarray(value, dtype=np.float64)).all())
