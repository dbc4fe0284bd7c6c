"""What somebody answers who slips, as a computation, and the place where it went wrong."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .digits import Candidates, Computation
from .kinds import Case


class Slipped(NamedTuple):
    """What a slip gives, and the node or edge at which it happens."""

    operands: tuple[Candidates, ...]
    compute: Computation
    node: str
    edge: int | None = None


def here(case: Case, compute: Computation) -> Slipped:
    """Return a slip that happens where the question points, with the operands of the answer."""
    return Slipped(case.operands, compute, case.spot.node, case.spot.edge)


def source_shape(case: Case) -> tuple[int, ...]:
    """Return the shape of what the edge asked about comes from."""
    assert case.edge is not None, "asked of an edge"
    return np.shape(case.run.values[case.edge.source])
