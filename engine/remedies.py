"""Formulas that leave the range of float64 though their value does not, and what to write instead.

A row's formula is itself a program: it fits wherever a graph computes the same, under any names and
over several lines. Its letters stand for any node.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .graph import Graph, Node
from .limits import Limits
from .ops import Array
from .parse import parse
from .sentence import Sentence, say
from .tensor import finite


class Remedy(NamedTuple):
    """A formula, what to write instead, and what may be said besides."""

    formula: str
    instead: str
    more: Sentence | None = None


BRANCH = say("the branch not taken has a gradient too: mask the input")
REMEDIES = (
    Remedy("log(softmax(x))", "log_softmax(x)", say("as a loss of scores, cross_entropy")),
    Remedy("log(sigmoid(x))", "-softplus(-x)", say("as a loss of scores, bce_with_logits")),
    Remedy("log(1 - sigmoid(x))", "-softplus(x)", say("as a loss of scores, bce_with_logits")),
    Remedy("log(1 + exp(x))", "softplus(x)"),
    Remedy("1 / (1 + exp(-x))", "sigmoid(x)"),
    Remedy("exp(x) / (1 + exp(x))", "sigmoid(x)"),
    Remedy("log(sum(exp(x)))", "logsumexp(x)"),
    Remedy("exp(x) / sum(exp(x))", "softmax(x)"),
    Remedy("sqrt(sum(x ** 2))", "norm(x)"),
    Remedy("sqrt(sum(x * x))", "norm(x)"),
    Remedy("x * log(x)", "x * log(where(x, x, 1))", say("its limit at 0 is 0")),
    Remedy("y * log(x)", "y * log(where(y, x, 1))", say("which is 0 where the factor is 0")),
    Remedy("where(c, log(x), y)", "where(c, log(where(c, x, 1)), y)", BRANCH),
    Remedy("where(c, sqrt(x), y)", "where(c, sqrt(where(c, x, 1)), y)", BRANCH),
    Remedy("where(c, w / x, y)", "where(c, w / where(c, x, 1), y)", BRANCH),
)
PATTERNS = tuple((remedy, parse(remedy.formula, Limits())) for remedy in REMEDIES)
SWAPPED = frozenset({"add", "mul"})
_LETTER = re.compile(r"\b[cwxy]\b")


class Advice(NamedTuple):
    """A formula of a program, as it is written there, what to write instead, and what besides."""

    formula: str
    instead: str
    more: Sentence | None


@dataclass(frozen=True, slots=True)
class Fit:
    """Which node each letter of a formula stands for, and the nodes between them and the root."""

    letters: Mapping[str, str]
    inner: frozenset[str] = frozenset()


def remedies(
    graph: Graph, values: Mapping[str, Array], grads: Mapping[str, Array | None]
) -> tuple[Advice, ...]:
    """Return what to write instead of each formula that goes wrong in a run."""
    found: dict[Advice, None] = {}
    bad = {node.id for node in graph.nodes if not _finite(values[node.id], grads.get(node.id))}
    if not bad:
        return ()
    for node in graph.nodes:
        for remedy, pattern in PATTERNS:
            root = pattern[pattern.output]
            if node.op != root.op:
                continue
            fits = _fits(pattern, root, graph, node, Fit({}))
            fit = next((fit for fit in fits if _harmed(node, fit, values, grads, bad)), None)
            if fit is not None:
                found[_advice(graph, remedy, fit)] = None
                break
    return tuple(found)


def sentence(advice: Advice) -> Sentence:
    """Return a piece of advice as a sentence."""
    formula, instead = advice.formula, advice.instead
    if advice.more is None:
        return say(
            "{formula} leaves the range of numbers here; write {instead} instead.",
            formula=formula,
            instead=instead,
        )
    return say(
        "{formula} leaves the range of numbers here; write {instead} instead ({more}).",
        formula=formula,
        instead=instead,
        more=advice.more,
    )


def _finite(value: Array, grad: Array | None) -> bool:
    return finite(value) and (grad is None or finite(grad))


def _harmed(
    root: Node, fit: Fit, values: Mapping[str, Array], grads: Mapping[str, Array | None],
    bad: set[str],
) -> bool:  # fmt: skip
    """Whether finite numbers go in, from below and from above, and others come out."""
    given = [values[node] for node in fit.letters.values()]
    upstream = grads.get(root.id)
    sound = all(finite(value) for value in given)
    healthy = upstream is None or finite(upstream)
    return sound and healthy and bool(bad & {root.id, *fit.inner, *fit.letters.values()})


def _fits(pattern: Graph, part: Node, graph: Graph, node: Node, fit: Fit) -> Iterator[Fit]:
    """Yield every way in which a part of a formula fits a node; formulas are a few levels deep."""
    if part.is_leaf:
        if fit.letters.get(part.id, node.id) == node.id:
            yield Fit({**fit.letters, part.id: node.id}, fit.inner)
        return
    if part.literal is not None:
        if part.literal == node.literal:
            yield fit
        return
    if part.op != node.op:
        return
    inside = Fit(fit.letters, fit.inner | {node.id})
    orders = [node.args, node.args[::-1]] if part.op in SWAPPED else [node.args]
    for args in orders:
        yield from _all_fit(pattern, part.args, graph, args, inside)


def _all_fit(
    pattern: Graph, parts: tuple[str, ...], graph: Graph, args: tuple[str, ...], fit: Fit
) -> Iterator[Fit]:
    if not parts:
        yield fit
        return
    for first in _fits(pattern, pattern[parts[0]], graph, graph[args[0]], fit):
        yield from _all_fit(pattern, parts[1:], graph, args[1:], first)


def _advice(graph: Graph, remedy: Remedy, fit: Fit) -> Advice:
    names = {letter: _text(graph[node]) for letter, node in fit.letters.items()}
    formula, instead = (
        _LETTER.sub(lambda m: names[m[0]], text) for text in (remedy.formula, remedy.instead)
    )
    return Advice(formula, instead, remedy.more)


def _text(node: Node) -> str:
    """Write a node as it could stand in a formula."""
    if node.literal is not None and not node.named:
        return f"{node.literal:g}" if isinstance(node.literal, float) else str(node.literal)
    if node.named or node.op is None:
        return node.id
    if not node.source:
        return node.id
    return node.source if re.fullmatch(r"\w+\([^()]*\)", node.source) else f"({node.source})"
