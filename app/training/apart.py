"""A plan of its own at a network's present parameters, to ask what moves nothing."""

from __future__ import annotations

import engine
from app.training import blobs
from app.training.session import Session
from engine import Plan
from engine.batches import Rows


def plan(session: Session, rows: Rows) -> Plan:
    """Return a plan over some rows of the data, with the parameters as they are now."""
    model = session.model
    leaves = model.leaves(model.rows.x[rows], model.rows.y[rows])
    given = {**model.initial, **blobs.parameters(session.arrays), **leaves}
    return engine.compile(model.graph, given, model.trainable)
