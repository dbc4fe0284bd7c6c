"""A run seen from further away: the nodes of a group as one, with statistics.

A group is a path such as `layer1`; nodes without one stay as they are. Between groups there is one
edge for each pair, however many edges it stands for.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .errors import ValueProblem
from .evaluate import Run
from .ops import Array
from .sentence import say


class Statistics(NamedTuple):
    """What many numbers say together; NaN where there are none.

    `norm` is the Euclidean one of all, `zeros` the fraction that are exactly 0.
    """

    min: float
    max: float
    mean: float
    norm: float
    zeros: float
    size: int
    finite: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A group, or a node that is in none; `nodes` are the ids in it, in order of evaluation.

    `values` is of all values that its operations computed, of its parameters `weights`; `grads` and
    `weight_grads` likewise, None where there is no gradient.
    """

    id: str
    path: str | None
    nodes: tuple[str, ...]
    args: tuple[str, ...]
    outputs: tuple[str, ...]
    values: Statistics | None
    grads: Statistics | None
    weights: Statistics | None
    weight_grads: Statistics | None


class GroupEdge(NamedTuple):
    """What one group reads of another: indices of the run's edges."""

    source: str
    target: str
    edges: tuple[int, ...]


class GroupStep(NamedTuple):
    """A group is done in a phase: `steps` are the run's steps that this takes."""

    phase: str
    group: str
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Collapsed:
    """A run by groups; `groups` come in order of evaluation, arguments before uses."""

    run: Run
    groups: tuple[Group, ...]
    edges: tuple[GroupEdge, ...]
    steps: tuple[GroupStep, ...]
    output: str


def collapse(run: Run, groups: Mapping[str, str]) -> Collapsed:
    """Return a run with the nodes of each group as one.

    `groups` maps node ids to paths. Raises ValueProblem for an id that is not there, or where two
    groups need each other, so that neither can come first.
    """
    graph = run.graph
    for name in groups:
        if name not in graph:
            raise ValueProblem(
                say(
                    "There is no node {name} to put into the group {group}; the groups "
                    "are of nodes of the graph.",
                    name=name,
                    group=groups[name],
                )
            )
        if groups[name] in graph and groups.get(groups[name]) != groups[name]:
            raise ValueProblem(
                say(
                    "The group {group} has the name of a node outside it; choose another name.",
                    group=groups[name],
                )
            )
    place = {node.id: groups.get(node.id, node.id) for node in graph.nodes}
    members: dict[str, list[str]] = {}
    for node in graph.nodes:
        members.setdefault(place[node.id], []).append(node.id)
    edges: dict[tuple[str, str], list[int]] = {}
    for index, edge in enumerate(run.edges):
        pair = (place[edge.source], place[edge.target])
        if pair[0] != pair[1]:
            edges.setdefault(pair, []).append(index)
    order = _ordered(list(members), [(a, b) for a, b in edges])
    paths = set(groups.values())
    return Collapsed(
        run,
        tuple(_group(run, name, name in paths, members[name], edges, place) for name in order),
        tuple(GroupEdge(a, b, tuple(found)) for (a, b), found in edges.items()),
        tuple(_steps(run, place)),
        place[graph.output],
    )


def _ordered(names: list[str], pairs: list[tuple[str, str]]) -> list[str]:
    """Return the groups with arguments before uses, as near to the first order as that allows."""
    before: dict[str, set[str]] = {name: set() for name in names}
    for source, target in pairs:
        before[target].add(source)
    after: dict[str, list[str]] = {name: [] for name in names}
    for source, target in pairs:
        after[source].append(target)
    places = {name: i for i, name in enumerate(names)}
    free = [places[name] for name in names if not before[name]]
    found: list[str] = []
    while free:
        name = names[heapq.heappop(free)]
        found.append(name)
        for target in after[name]:
            before[target].discard(name)
            if not before[target]:
                heapq.heappush(free, places[target])
    if len(found) < len(names):
        raise ValueProblem(
            say(
                "The groups {names} need each other's values; a group must be "
                "computable at once from those before it.",
                names=[name for name in names if name not in found],
            )
        )
    return found


def _group(
    run: Run,
    name: str,
    grouped: bool,
    members: list[str],
    edges: Mapping[tuple[str, str], list[int]],
    place: Mapping[str, str],
) -> Group:
    graph = run.graph
    computed = [one for one in members if graph[one].op is not None]
    leaves = [one for one in members if graph[one].is_leaf]
    read = {run.edges[k].source for (a, _), found in edges.items() if a == name for k in found}
    if place[graph.output] == name:
        read.add(graph.output)
    return Group(
        id=name,
        path=name if grouped else None,
        nodes=tuple(members),
        args=tuple(a for a, b in edges if b == name),
        outputs=tuple(one for one in members if one in read),
        values=_of(run.values, computed),
        grads=_of(run.grads, computed),
        weights=_of(run.values, leaves),
        weight_grads=_of(run.grads, leaves),
    )


def _of(arrays: Mapping[str, Array | None], names: Iterable[str]) -> Statistics | None:
    found = [np.ravel(array) for name in names if (array := arrays[name]) is not None]
    return statistics(np.concatenate(found)) if found else None


def statistics(numbers: Array) -> Statistics:
    """Return the statistics of an array."""
    flat = np.ravel(numbers)
    if not flat.size:
        return Statistics(np.nan, np.nan, np.nan, 0.0, np.nan, 0, True)
    with np.errstate(all="ignore"):
        least, most, mean = float(flat.min()), float(flat.max()), float(flat.mean())
        norm = float(np.linalg.norm(flat))
    zeros = float(np.mean(flat == 0))
    return Statistics(least, most, mean, norm, zeros, flat.size, bool(np.isfinite(flat).all()))


def _steps(run: Run, place: Mapping[str, str]) -> list[GroupStep]:
    """Gather the run's steps: each stretch of one phase in one group is one step."""
    found: list[GroupStep] = []
    for step in run.steps:
        here = (step.phase, place[step.node])
        if found and (found[-1].phase, found[-1].group) == here:
            found[-1] = found[-1]._replace(steps=(*found[-1].steps, step.index))
        else:
            found.append(GroupStep(*here, (step.index,)))
    return found
