"""Which node can come next: forward one whose arguments are known, backward one whose is reached.

The order of the steps is one of several; whoever names another node that is ready is right too.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..evaluate import Run


def ready(run: Run, step: int) -> frozenset[str]:
    """Return the nodes that may come next once the steps before this one are done."""
    phase = run.steps[step].phase
    if phase in ("forward", "loss"):
        return frozenset(_computable(run, step))
    if phase == "update":
        return frozenset(one.node for one in run.steps[step:])
    return frozenset(_reachable(run, step))


def _computable(run: Run, step: int) -> Iterator[str]:
    waiting = {one.node for one in run.steps[step:] if one.phase in ("forward", "loss")}
    for name in waiting:
        if not waiting & set(run.graph[name].args):
            yield name


def _reachable(run: Run, step: int) -> Iterator[str]:
    """Yield the output before the seed, then the sources of edges whose target has all of its."""
    left = [one for one in run.steps[step:] if one.phase == "backward"]
    if left[0].edge is None:
        yield left[0].node
        return
    waiting = {one.source for one in left}
    for one in left:
        if one.source is not None and one.node not in waiting:
            yield one.source


def missing(run: Run, node: str, step: int) -> str | None:
    """Return what a node waits for; None if it is done, or takes no part."""
    later = run.steps[step:]
    if run.steps[step].phase in ("forward", "loss"):
        waiting = {one.node for one in later if one.phase in ("forward", "loss")}
        if node not in waiting:
            return None
        return next((arg for arg in run.graph[node].args if arg in waiting), None)
    left = [one for one in later if one.phase == "backward"]
    waiting_for = {one.source for one in left}
    return next((one.node for one in left if one.source == node and one.node in waiting_for), None)
