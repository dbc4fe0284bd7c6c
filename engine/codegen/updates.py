"""An optimizer's rule as a program of its own, sorted by what each line depends on.

Its leaves are `p` (the parameter), `g` (its gradient), the optimizer's slots, its settings and `t`
(the number of the update, from 1). `new_p` and `new_<slot>` are what the update leaves behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..graph import Graph
from ..parse import parse


@dataclass(frozen=True, slots=True)
class Rule:
    """The parsed rule: `slots` in use, and the nodes that are the same for every parameter.

    `fixed` nodes depend on settings alone, `moving` ones on `t` too; the rest on the parameter.
    """

    graph: Graph
    slots: tuple[str, ...]
    fixed: frozenset[str]
    moving: frozenset[str]

    @property
    def results(self) -> dict[str, str]:
        """The node that becomes the parameter, and each slot."""
        return {name: self._node(f"new_{name}") for name in ("p", *self.slots)}

    def _node(self, name: str) -> str:
        return self.graph.aliases.get(name, name)


@lru_cache(maxsize=256)
def rule(program: str, slots: tuple[str, ...]) -> Rule:
    """Read a rule; `slots` are all that the optimizer knows, of which the rule may use some."""
    graph = parse(program)
    used = tuple(slot for slot in slots if slot in graph)
    kinds: dict[str, int] = {}
    for node in graph.nodes:
        if node.is_leaf:
            kinds[node.id] = 2 if node.id in ("p", "g", *slots) else 1 if node.id == "t" else 0
        else:
            kinds[node.id] = max((kinds[arg] for arg in node.args), default=0)
    fixed, moving = (frozenset(name for name, k in kinds.items() if k == kind) for kind in (0, 1))
    return Rule(graph, used, fixed, moving)
