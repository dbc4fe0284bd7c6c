"""The forward and the backward pass of a graph as lines of NumPy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from app.training.exports import shapes
from app.training.exports.operations import Case, chosen
from app.training.exports.printing import Tool, fill, is_number, row_of, statements
from engine import Graph, Node
from engine.ops import OPS, Shape
from engine.ops.row import broadcast
from engine.passes import differentiable, influential

if TYPE_CHECKING:
    from app.training.session import Session

WHERE = "a NumPy script"
TOOL = Tool("np.array", "np.float64", frozenset(OPS))


class Writer:
    """Writes forward and backward lines of a graph; `grads` names the gradients.

    It goes by one or several sets of shapes of all nodes that its lines must hold for, and by the
    leaves that are constant.
    """

    def __init__(
        self,
        graph: Graph,
        called: Mapping[str, str],
        sizes: Sequence[shapes.Shapes],
        constants: Collection[str],
    ) -> None:
        self.called, self.graph = called, graph
        self._sizes = [shapes.cases(graph, known) for known in sizes]
        self.cases = self._sizes[0]
        self.wanted = differentiable(graph, frozenset(constants))
        self.grads = gradient_names(called)

    def forward(self, graph: Graph, kept: Collection[str] | None = None) -> list[str]:
        """Return the lines of a forward pass; raises ValueProblem for what cannot be written."""
        return list(statements(graph, self.called, self._forward, TOOL, kept))

    def _forward(self, node: Node) -> str:
        return chosen(row_of(node.op or "", WHERE).numpy, self.cases[node.id])

    def backward(self) -> Iterator[str]:
        """Yield the lines of the backward pass, each with the gradient that it adds to."""
        live = influential(self.graph)
        output = self.graph.output
        begun = {output}
        yield f"{self.grads[output]} = np.ones(np.shape({self.called[output]}))"
        for node in reversed(self.graph.nodes):
            if node.op is None or node.id not in self.wanted & live or node.id not in begun:
                continue
            for slot, source in enumerate(node.args):
                pulled = self._pull(node, slot) if source in self.wanted else ""
                if not pulled:
                    continue
                first = f"{self.grads[source]} + " if source in begun else ""
                begun.add(source)
                yield f"{self.grads[source]} = {first}{pulled}"

    def reached(self) -> frozenset[str]:
        """Return the gradients that the backward pass computes."""
        return frozenset(line.split(" = ", 1)[0] for line in self.backward())

    def _pull(self, node: Node, slot: int) -> str:
        pulls = row_of(node.op or "", WHERE).pulls
        template = chosen(pulls[min(slot, len(pulls) - 1)], self.cases[node.id])
        args = [self._spelled(arg) for arg in node.args]
        pulled = fill(template, node, args, z=self.called[node.id], g=self.grads[node.id],
                      slot=str(slot), own=args[slot])  # fmt: skip
        if not template or not any(widened(cases[node.id], slot) for cases in self._sizes):
            return pulled
        return f"fit({pulled}, np.shape({self.called[node.args[slot]]}))"

    def _spelled(self, name: str) -> str:
        node = self.graph[name]
        return f"({node.literal!r})" if is_number(node) else self.called[name]


def of_network(session: Session, called: Mapping[str, str]) -> Writer:
    """Return what writes the passes of a network, for batches of any size."""
    graph = session.model.graph
    others = shapes.of_others(session, graph)
    sizes = [shapes.of_batch(session, graph), *([others] if others else [])]
    return Writer(graph, called, sizes, frozenset(graph.leaves) - set(session.model.trainable))


def widened(case: Case, slot: int) -> bool:
    """Whether what comes back to an argument has more elements than it, before it is summed."""
    return case.args[slot] != _width(case, slot)


def _width(case: Case, slot: int) -> Shape:
    own = case.args[slot]
    op = OPS[case.node.op or "copy"]
    if op.loss:
        return case.args[0]
    if op.elementwise or op.name in BROADCASTING:
        return case.result
    if op.name == "matmul":
        return broadcast(*(shape[:-2] for shape in case.args)) + own[-2:]
    return own


# Operations that repeat their arguments, beside those element by element.
BROADCASTING = frozenset({"total", "largest", "smallest", "length", "spread"})


def gradient_names(called: Mapping[str, str]) -> dict[str, str]:
    """Return a name for every gradient."""
    taken = set(called.values())
    found = {}
    for node, name in called.items():
        grad = f"d_{name}"
        while grad in taken:
            grad += "_"
        taken.add(grad)
        found[node] = grad
    return found
