"""From drafts to nodes: what nothing needs is left out, the rest gets ids and a written form."""

from __future__ import annotations

import re

from ..graph import Graph, Node
from ..texts import argument_text, operation_text
from .element import Draft


def finished(
    drafts: list[Draft], last: int, graph: Graph
) -> tuple[tuple[Node, ...], dict[int, str]]:
    """Return the nodes, and the ids of those that are left, by their places among the drafts.

    Unnamed ones continue the numbers %1, %2, … of the graph that they come from.
    """
    needed = _needed(drafts, last)
    numbers = [int(node.id[1:]) for node in graph.nodes if re.fullmatch("%[0-9]+", node.id)]
    count = max(numbers, default=0)
    ids: dict[int, str] = {}
    texts: dict[int, str] = {}
    nodes = []
    for place in needed:
        draft = drafts[place]
        if draft.id is None:
            count += 1
        name = draft.id or f"%{count}"
        ids[place] = name
        source = draft.source
        if draft.op is not None and not draft.named and not source:
            source = operation_text(draft.op, [texts[arg] for arg in draft.args])
        texts[place] = argument_text(name, draft.named, draft.op, draft.literal, source)
        args = tuple(ids[arg] for arg in draft.args)
        nodes.append(
            Node(
                name,
                draft.op,
                args,
                draft.params,
                draft.literal,
                draft.position,
                draft.named,
                source,
            )
        )
    return tuple(nodes), ids


def _needed(drafts: list[Draft], last: int) -> list[int]:
    found = {last} | {place for place, draft in enumerate(drafts) if draft.kept}
    for place in range(len(drafts) - 1, -1, -1):
        if place in found:
            found.update(drafts[place].args)
    return sorted(found)
