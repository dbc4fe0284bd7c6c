"""Which question each step of a run is asked: for the number that it brings."""

from __future__ import annotations

from collections.abc import Iterator

from ..evaluate import Run
from ..questions import Question


def asked(run: Run) -> Iterator[Question]:
    """Yield one question for each step but the seed: a value, a product or sum, an update."""
    for step in run.steps:
        if step.phase in ("forward", "loss"):
            yield Question("value", step.index)
        elif step.phase == "update":
            yield Question("update", step.index)
        elif step.source is not None:
            reached = run.outgoing[step.source]
            last = len(reached) > 1 and not any(
                later.source == step.source for later in run.steps[step.index + 1 :]
            )
            yield Question("sum" if last else "product", step.index)
