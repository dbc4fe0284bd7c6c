"""An answer of `POST /graphs` as bytes: what numbers do not change is encoded once per kind.

Of two answers to one program only the numbers differ, as long as shapes and roles are the same. So
the text between the numbers is kept, and the numbers are encoded as one flat list and put between.
Numbers inside of formulas are printed one by one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from operator import attrgetter, itemgetter
from secrets import token_hex
from sys import intern
from typing import Any

import numpy as np
import orjson

import engine
from app import answers, details, known
from app.answer_templates import Key, Placeholder, Template, Templates
from app.catalogues import DEFAULT as DEFAULT_LANGUAGE
from app.details import Shown
from app.graph_models import GraphRequest
from app.limits import DOOR
from engine import Edge, Graph, Node, Run, Update
from engine.evaluate import computed
from engine.inputs import bind
from engine.limits import DEFAULT
from engine.ops import Array
from engine.ops.row import is_number
from engine.passes import Backward

Row = dict[str, Any]
# Members of an answer's rows that hold numbers, in the order in which `_numbers` gathers them.
NUMBERS = (("nodes", "value"), ("nodes", "grad"), ("edges", "local"), ("edges", "contribution"),
           ("steps", "total"), ("updates", "old"), ("updates", "gradient"), ("updates", "change"),
           ("updates", "new"))  # fmt: skip


TEMPLATES = Templates()


def encoded(asked: GraphRequest, links: Row) -> bytes:
    """Evaluate what is asked for, and return the answer's JSON."""
    return _known(asked, links, TEMPLATES) or written(asked, details.shown(asked), links)


def written(
    asked: GraphRequest, view: Shown, links: Row, templates: Templates = TEMPLATES
) -> bytes:
    """Return the JSON of a request that has been evaluated."""
    template = None if _more(asked) else _template_of(asked, view, templates)
    if template is not None:
        run, notices = view.run, view.whole.notices
        language = asked.explain or DEFAULT_LANGUAGE
        said = [engine.print_numeral(run, *one, lang=language) for one in template.printed]
        numbers = _numbers(run, view.whole.value, template.factored)
        found = _filled(numbers, template, _tail(notices, links), said)
        if found is not None:
            return found
    return orjson.dumps({**answers.written(asked, view), "links": links})


def _tail(notices: Sequence[str], links: Row) -> bytes:
    """Return the last members of an answer, which are no part of its template."""
    return b"," + orjson.dumps({"notices": notices, "links": links})[1:]


def _known(asked: GraphRequest, links: Row, templates: Templates) -> bytes | None:
    """Return the JSON of what was asked before with other numbers, from nothing but the numbers.

    None where there is no template, or one that needs more than the passes leave.
    """
    numbers = all(isinstance(value, int | float) for value in asked.values.values())
    short = numbers and len(asked.program) <= known.SHORT
    if not short or _more(asked) or asked.explain or asked.detail == "scalar" or asked.expand:
        return None
    graph = known.graph(asked.program)
    leaves, notices = bind(graph, asked.values, DEFAULT)
    template = templates.peek(_key(asked, graph, leaves))
    if template is None or template.wanted is None or template.factored:
        return None
    found = computed(graph, leaves, template.wanted, details.descent(asked.update))
    carried = sorted(found.carried, key=attrgetter("edge"))
    gathered = _gathered(found.values[graph.output], found.values.values(), found.grads.values(),
                         carried, [one.total for one in found.carried], found.updates)  # fmt: skip
    return _filled(gathered, template, _tail(notices, links))


def _more(asked: GraphRequest) -> bool:
    """Whether an answer says more than the passes, which numbers decide."""
    return bool(asked.check or asked.nudge or asked.chain or asked.tangent)


def _template_of(asked: GraphRequest, view: Shown, templates: Templates) -> Template | None:
    """Return the template for an answer, None where its kind was not asked for before."""
    whole = view.whole
    leaves = {leaf: whole.values[leaf] for leaf in whole.graph.leaves}
    key = _key(asked, whole.graph, leaves, view.run.graph.nodes if view.expansion else ())
    asked_before, template = templates.get(key)
    if not asked_before:
        return None
    if template is None and _whole(view):
        template = _template(asked, view)
        templates.put(key, template)
    return template


def _whole(view: Shown) -> bool:
    """Whether no array is left out of the answer for its size."""
    most = DOOR.elements_on_the_wire
    return all(is_number(x) or np.size(x) <= most for x in view.run.values.values())


def _key(
    asked: GraphRequest, graph: Graph, leaves: Mapping[str, Array], nodes: Iterable[Node] = ()
) -> Key:
    """Return all that decides what stands between the numbers.

    `nodes` are those of an expansion: how a softmax is taken apart depends on its numbers.
    """
    taken_apart = [(node.op, node.args, node.literal) for node in nodes]
    told = (
        asked.program, asked.detail, asked.explain, asked.expand, asked.constants, asked.labels,
        asked.update and asked.update.parameters,
        [np.shape(leaves[leaf]) for leaf in graph.leaves], taken_apart,
    )  # fmt: skip
    return blake2b(orjson.dumps(told), digest_size=16).digest()


def _template(asked: GraphRequest, view: Shown) -> Template:
    token, count = token_hex(12), itertools.count()
    answer = answers.written(asked, view, token)
    factored = tuple(index for index, edge in enumerate(answer["edges"]) if edge["factors"])
    factors = [factor for index in factored for factor in answer["edges"][index]["factors"]]
    places = [
        (answer, "value"),
        *((row, name) for member, name in NUMBERS for row in answer[member]),
        *((factor, "value") for factor in factors),
    ]
    for row, name in places:
        if row.get(name) is not None:
            row[name] = _gaps(row[name], token, count)
    del answer["notices"]
    # Texts, and between them either the number of a number or the placeholder in a formula.
    pieces = re.split(f'"{token}(\\d+)"|{token}([^;]*);', orjson.dumps(answer)[:-1].decode())
    order = np.array([int(number) for number in pieces[1::3] if number], np.intp)
    printed: dict[str, int] = {}
    for placeholder in filter(None, pieces[2::3]):
        printed.setdefault(placeholder, len(order) + len(printed))
    sequence = itertools.count()
    merged = [
        printed[placeholder] if placeholder else next(sequence) for placeholder in pieces[2::3]
    ]
    text = b"%b".join(piece.replace("%", "%%").encode() for piece in pieces[::3]) + b"%b"
    flat = not any(map(np.ndim, _numbers(view.run, view.whole.value, factored)))
    grads = view.run.grads
    wanted = frozenset(node.id for node in view.run.graph.nodes if grads[node.id] is not None)
    size = len(text) + 8 * len(order) + 200 * len(printed)
    placeholders = tuple(Placeholder(*map(intern, one.split("|"))) for one in printed)
    merge = itemgetter(*merged) if printed else None
    return Template(
        text, order, merge, placeholders, flat, factored, wanted or None, size
    )  # fmt: skip


def _gaps(value: Any, token: str, count: Iterator[int]) -> Any:
    """Put a numbered token in place of each number of nested lists."""
    if isinstance(value, list):
        return [_gaps(one, token, count) for one in value]
    return f"{token}{next(count)}"


def _filled(
    numbers: list[Array], template: Template, tail: bytes, printed: Sequence[str] = ()
) -> bytes | None:
    """Put numbers into the gaps; None where some are not finite, which are words."""
    if template.flat:
        flat = np.fromiter(numbers, np.float64, len(numbers))
    else:
        flat = np.concatenate(list(map(np.ravel, numbers)))
    inserted = flat[template.order]
    if not np.isfinite(inserted).all():
        return None
    texts = orjson.dumps(inserted, option=orjson.OPT_SERIALIZE_NUMPY)[1:-1].split(b",")
    if template.merge is not None:
        texts += [one.replace("\\", r"\\").encode() for one in printed]
        texts = list(template.merge(texts))
    return template.text % (*texts, tail)


def _numbers(run: Run, value: Array, factored: tuple[int, ...]) -> list[Array]:
    """Return a run's numbers in the order of `NUMBERS`, the output's first, then all factors."""
    names = [node.id for node in run.graph.nodes]
    values, grads = map(run.values.__getitem__, names), map(run.grads.__getitem__, names)
    factors = (factor for index in factored for factor in engine.factors(run, index) or ())
    return [
        *_gathered(value, values, grads, run.edges, run.totals.values(), run.updates),
        *(factor.value for factor in factors),
    ]


def _gathered(
    value: Array,
    values: Iterable[Array],
    grads: Iterable[Array | None],
    edges: Sequence[Edge | Backward],
    totals: Iterable[Array],
    updates: Sequence[Update],
) -> list[Array]:
    """Return numbers in the order of `NUMBERS`, the output's first."""
    return [
        value,
        *values,
        *[grad for grad in grads if grad is not None],
        *[local for edge in edges if (local := edge.local) is not None],
        *[carried for edge in edges if (carried := edge.contribution) is not None],
        *totals,
        *[update.old for update in updates],
        *[update.gradient for update in updates],
        *[update.change for update in updates],
        *[update.new for update in updates],
    ]
