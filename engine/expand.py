"""A graph of arrays taken apart into a graph of numbers, whole or in part.

Element (0, 2) of W is the node `W[0,2]`; a number keeps its id. Where a node that is taken apart
reads one that is not, an `index` node takes each element; where one that is not reads one that is,
an `array` node puts the elements together again. Values and gradients stay the same, but for the
order in which terms are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .errors import EngineError, ValueProblem
from .evaluate import Run
from .graph import Graph, Node
from .limits import DEFAULT, Limits
from .names import normalised
from .ops import Array
from .scalar.element import Cells, Draft, Element, Maker, too_many
from .scalar.finish import finished
from .scalar.rules import expanded
from .sentence import say

Place = tuple[int, ...]
_ELEMENT = re.compile(r"(.+)\[(\d+(?:,\d+)*)\]")


@dataclass(frozen=True, slots=True)
class Expansion:
    """A graph with elements as nodes, and the values of its leaves.

    `elements` has the ids of the elements of each node that was taken apart, `origins` the node and
    place that an element has in the graph of arrays. `choices` tell apart expansions of one program
    and the same shapes: the numbers that were written into them, and where.
    """

    graph: Graph
    values: Mapping[str, Array]
    elements: Mapping[str, Cells]
    origins: Mapping[str, tuple[str, Place]]
    choices: Sequence[tuple[int, str]] = ()

    def names(self, nodes: Iterable[str]) -> tuple[str, ...]:
        """Return names of leaves as the names of their elements where they were taken apart."""
        found: list[str] = []
        for name in nodes:
            cells = self.elements.get(name)
            found.extend((name,) if cells is None else cells.flat)
        return tuple(found)


def element_id(node: str, place: Place) -> str:
    """Return the id of an element: W[0,2]."""
    return f"{node}[{','.join(map(str, place))}]" if place else node


def expand(run: Run, ids: Iterable[str] | None = None, limits: Limits = DEFAULT) -> Expansion:
    """Take apart the nodes that are named, by default all.

    `ids` are nodes, or single elements such as `a1[0,2]`: then the rest of that node stays whole.
    Raises ValueProblem for an id that is not there, LimitError for too many nodes.
    """
    graph = run.graph
    wanted = _wanted(run, ids)
    elements = sum(np.size(run.values[name]) for name in wanted)
    if elements > limits.nodes:
        raise too_many(limits, elements)
    expander = _Expander(run, wanted, limits)
    for node in graph.nodes:
        try:
            expander.take(node)
        except EngineError as error:
            raise error.at(node.id, node.position) from None
    return expander.expansion()


def _wanted(run: Run, ids: Iterable[str] | None) -> dict[str, set[Place] | None]:
    """Return the nodes to take apart, with the places of single elements or None for all."""
    if ids is None:
        return {node.id: None for node in run.graph.nodes}
    wanted: dict[str, set[Place] | None] = {}
    for i, given in enumerate(ids):
        name, place = _read(run, normalised(given), i)
        if place is None or run.graph[name].op is None:
            wanted[name] = None
            continue
        places = wanted.setdefault(name, set())
        if places is not None:
            places.add(place)
    return wanted


def _read(run: Run, given: str, i: int) -> tuple[str, Place | None]:
    graph = run.graph
    name = graph.aliases.get(given, given)
    if name in graph:
        return name, None
    match = _ELEMENT.fullmatch(given)
    if match is not None:
        name = graph.aliases.get(match[1], match[1])
        place = tuple(map(int, match[2].split(",")))
        shape = np.shape(run.values[name]) if name in graph else ()
        fits = len(place) == len(shape) and all(k < n for k, n in zip(place, shape, strict=True))
        if name in graph and fits:
            return name, place
    raise ValueProblem(
        say(
            "There is no {name} to expand; accepted are ids of nodes, and elements of "
            "them such as a1[0,2], counted from 0.",
            name=given,
        ),
        pointer=f"/expand/{i}",
    )


class _Expander:
    """`wholes` has nodes as one value, `cells` their elements; a node may have both."""

    def __init__(self, run: Run, wanted: Mapping[str, set[Place] | None], limits: Limits) -> None:
        self.run = run
        self.wanted = wanted
        self.maker = Maker(limits)
        self.wholes: dict[str, Element] = {}
        self.cells: dict[str, Cells] = {}
        self.apart: dict[str, Cells] = {}
        self.origins: dict[int, tuple[str, Place]] = {}
        self.singles: dict[tuple[str, Place], int] = {}

    def take(self, node: Node) -> None:
        """Make what a node of the graph of arrays becomes."""
        self.maker.begin(node.position)
        if node.id not in self.wanted:
            args = tuple(self.whole(arg).place for arg in node.args)
            self.wholes[node.id] = self.add(node, node.op, args, node.id)
            return
        places = self.wanted[node.id]
        if node.op is None:
            self.apart[node.id] = self.cells[node.id] = self.inputs(node)
            return
        cells = tuple(self.elements(arg) for arg in node.args)
        value = self.run.values[node.id]
        if cells and not any(part.size for part in cells):
            result = self.numbers(value)
        else:
            result = expanded(node.op, cells, node.params)
        assert result.shape == np.shape(value), f"the elements of {node.id} have another shape"
        if places is None:
            self.apart[node.id] = self.cells[node.id] = self.named(node, result)
        else:
            self.wholes[node.id] = self.replaced(node, result, places)

    def add(self, node: Node, op: str | None, args: tuple[int, ...], name: str | None) -> Element:
        """Add a node as it is, or a part of it that has no name."""
        whole = name is not None
        draft = Draft(
            op, args, node.params, node.literal, name, node.named and whole, whole, node.source
        )
        return self.maker.add(draft, self.run.values[node.id])

    def inputs(self, node: Node) -> Cells:
        """Return the elements of a leaf or constant."""
        value = self.run.values[node.id]
        out: Cells = np.empty(np.shape(value), dtype=object)
        for place in np.ndindex(out.shape):
            number = None if node.literal is None else float(value[place])
            draft = Draft(None, literal=number, named=node.named, kept=True)
            draft.id = element_id(node.id, place)
            out[place] = self.maker.add(draft, value[place])
            self.origins[out[place].place] = (node.id, place)
        return out

    def numbers(self, value: Array) -> Cells:
        """Return numbers on which nothing has influence."""
        out: Cells = np.empty(np.shape(value), dtype=object)
        for place in np.ndindex(out.shape):
            out[place] = self.maker.literal(float(value[place]), "copy")
        return out

    def name(self, node: Node, element: Element, place: Place) -> Element:
        """Give an element its id; one that is something else already is copied."""
        draft = self.maker.drafts[element.place]
        if draft.op is None or draft.id is not None:
            element = self.maker.apply("copy", element)
            draft = self.maker.drafts[element.place]
        draft.id, draft.named, draft.kept = element_id(node.id, place), node.named, True
        if not place:
            draft.source = node.source
        self.origins[element.place] = (node.id, place)
        self.singles[node.id, place] = element.place
        return element

    def named(self, node: Node, result: Cells) -> Cells:
        out: Cells = np.empty(result.shape, dtype=object)
        for place in np.ndindex(out.shape):
            out[place] = self.name(node, result[place], place)
        return out

    def replaced(self, node: Node, result: Cells, places: set[Place]) -> Element:
        """Return a node as a whole with some of its elements made singly."""
        args = tuple(self.whole(arg).place for arg in node.args)
        whole = self.add(node, node.op, args, None)
        for place in sorted(places):
            single = self.name(node, result[place], place)
            draft = Draft("put", (whole.place, single.place), {"index": place})
            whole = self.maker.add(draft, self.run.values[node.id])
        last = self.maker.drafts[whole.place]
        last.id, last.named, last.kept, last.source = node.id, node.named, True, node.source
        return whole

    def whole(self, name: str) -> Element:
        """Return a node as one value, put together from its elements if it was taken apart."""
        if name not in self.wholes:
            cells = self.cells[name]
            if not cells.shape:
                only: Element = cells[()]
                return only
            node = self.run.graph[name]
            args = tuple(element.place for element in cells.flat)
            draft = Draft("array", args, {"sizes": cells.shape}, None, name, node.named)
            self.wholes[name] = self.maker.add(draft, self.run.values[name])
        return self.wholes[name]

    def elements(self, name: str) -> Cells:
        """Return the elements of a node, taken from it where it was not taken apart."""
        if name not in self.cells:
            whole = self.wholes[name]
            value = self.run.values[name]
            out: Cells = np.empty(np.shape(value), dtype=object)
            for place in np.ndindex(out.shape):
                out[place] = self.picked(whole, name, place, value) if place else whole
            self.cells[name] = out
        return self.cells[name]

    def picked(self, whole: Element, name: str, place: Place, value: Array) -> Element:
        if (name, place) in self.singles:
            return Element(self.maker, self.singles[name, place], value[place])
        draft = Draft(
            "index", (whole.place,), {"index": place}, None, element_id(name, place), True
        )
        element = self.maker.add(draft, value[place])
        self.origins[element.place] = (name, place)
        return element

    def expansion(self) -> Expansion:
        graph = self.run.graph
        output = graph.output
        if output in self.apart:
            if not self.apart[output].size:
                raise ValueProblem(
                    say(
                        "The output has no elements that could be nodes; ask for the detail tensor."
                    ),
                    node=output,
                    position=graph[output].position,
                )
            last = self.apart[output].flat[-1].place
        else:
            last = self.wholes[output].place
        nodes, ids = finished(self.maker.drafts, last, graph)
        leaves = {node.id for node in nodes if node.is_leaf}
        values = {name: self.run.values[name] for name in graph.leaves if name in leaves}
        elements = {}
        for name, cells in self.apart.items():
            out: Cells = np.empty(cells.shape, dtype=object)
            for place in np.ndindex(out.shape):
                out[place] = ids[cells[place].place]
                if out[place] in leaves:
                    values[out[place]] = self.run.values[name][place]
            elements[name] = out
        known = {node.id for node in nodes}
        aliases = {a: node for a, node in graph.aliases.items() if node in known}
        for alias, name in graph.aliases.items():
            if name in elements and elements[name].shape:
                places = np.ndindex(elements[name].shape)
                aliases |= {element_id(alias, place): elements[name][place] for place in places}
        origins = {ids[at]: origin for at, origin in self.origins.items() if at in ids}
        made = Graph(nodes, ids[last], aliases, {}, graph.program)
        return Expansion(made, values, elements, origins, tuple(self.maker.choices))
