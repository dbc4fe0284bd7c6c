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
from operator import attrgetter
from secrets import token_hex
from sys import intern
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

import engine
from app import answers, details, known
from app.answer_gaps import agrees, gaps, numbered, refined, texts
from app.answer_templates import Key, Placeholder, Template, Templates
from app.catalogues import DEFAULT as DEFAULT_LANGUAGE
from app.details import Shown
from app.graph_models import GraphRequest
from app.limits import DOOR
from engine import Edge, Graph, Run, Update
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
LOCAL, CONTRIBUTION = attrgetter("local"), attrgetter("contribution")
# What a gap takes beside its text: two places in a list, an object's head, four arrays' elements.
BYTES_PER_GAP = 100

TEMPLATES = Templates()


def encoded(asked: GraphRequest, links: Row) -> bytes:
    """Evaluate what is asked for, and return the answer's JSON."""
    return _known(asked, links, TEMPLATES) or written(asked, details.shown(asked), links)


def written(
    asked: GraphRequest, view: Shown, links: Row, templates: Templates = TEMPLATES
) -> bytes:
    """Return the JSON of a request that has been evaluated."""
    key, template = (b"", None) if _more(asked) else _template_of(asked, view, templates)
    if template is not None:
        run, notices = view.run, view.whole.notices
        language = asked.explain or DEFAULT_LANGUAGE
        said = [engine.print_numeral(run, *one, lang=language) for one in template.printed]
        numbers = _numbers(run, view.whole.value, template.factored)
        found = _filled(key, numbers, template, templates, _tail(notices, links), said)
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
    key = _key(asked, graph, leaves)
    template = templates.peek(key)
    if template is None or template.wanted is None or template.factored:
        return None
    found = computed(graph, leaves, template.wanted, details.descent(asked.update))
    carried = sorted(found.carried, key=attrgetter("edge"))
    gathered = _gathered(found.values[graph.output], found.values.values(), found.grads.values(),
                         carried, [one.total for one in found.carried], found.updates)  # fmt: skip
    return _filled(key, gathered, template, templates, _tail(notices, links))


def _more(asked: GraphRequest) -> bool:
    """Whether an answer says more than the passes, which numbers decide."""
    return bool(asked.check or asked.nudge or asked.chain or asked.tangent)


def _template_of(
    asked: GraphRequest, view: Shown, templates: Templates
) -> tuple[Key, Template | None]:
    """Return an answer's kind, and its template, None where that was not asked for before."""
    whole = view.whole
    leaves = {leaf: whole.values[leaf] for leaf in whole.graph.leaves}
    key = _key(asked, whole.graph, leaves, view.expansion.choices if view.expansion else ())
    asked_before, template = templates.get(key)
    if asked_before and template is None and _whole(view):
        template = _template(asked, view)
        templates.put(key, template)
    return key, template


def _whole(view: Shown) -> bool:
    """Whether no array is left out of the answer for its size."""
    most = DOOR.elements_on_the_wire
    return all(is_number(x) or np.size(x) <= most for x in view.run.values.values())


def _key(
    asked: GraphRequest,
    graph: Graph,
    leaves: Mapping[str, Array],
    choices: Sequence[tuple[int, str]] = (),
) -> Key:
    """Return all that decides what stands between the numbers.

    `choices` are those of an expansion: how a softmax is taken apart depends on its numbers.
    """
    told = (
        asked.program, asked.detail, asked.explain, asked.expand, asked.constants, asked.labels,
        asked.update and asked.update.parameters,
        [np.shape(leaves[leaf]) for leaf in graph.leaves], choices,
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
    parts = re.split(f'"{token}(\\d+)"|{token}([^;]*);', orjson.dumps(answer)[:-1].decode())
    order = [int(number) for number in parts[1::3] if number]
    sources, printed = numbered(parts[2::3], order)
    numbers = _numbers(view.run, view.whole.value, factored)
    flat = not any(map(np.ndim, numbers))
    found = gaps(_flat(numbers, flat), sources)
    same: dict[str, bytes] = {}
    texts = [same.setdefault(part, part.encode()) for part in parts[::3]]
    pieces = [piece for text in texts for piece in (text, b"")]
    grads = view.run.grads
    wanted = frozenset(node.id for node in view.run.graph.nodes if grads[node.id] is not None)
    size = sum(map(len, same.values())) + BYTES_PER_GAP * len(texts) + 200 * len(printed)
    placeholders = tuple(Placeholder(*map(intern, one.split("|"))) for one in printed)
    return Template(pieces, found, placeholders, flat, factored, wanted or None, size)


def _gaps(value: Any, token: str, count: Iterator[int]) -> Any:
    """Put a numbered token in place of each number of nested lists."""
    if isinstance(value, list):
        return [_gaps(one, token, count) for one in value]
    return f"{token}{next(count)}"


def _filled(
    key: Key,
    numbers: list[Array],
    template: Template,
    templates: Templates,
    tail: bytes,
    printed: Sequence[str] = (),
) -> bytes | None:
    """Put numbers into the gaps; None where some are not finite, which are words."""
    flat = _flat(numbers, template.flat)
    found = template.gaps
    if not agrees(found, flat):
        found = refined(found, flat)
        templates.put(key, template._replace(gaps=found))
    inserted = texts(found, flat, [one.replace("\\", r"\\").encode() for one in printed])
    if inserted is None:
        return None
    pieces = template.pieces.copy()
    pieces[1::2] = (*inserted, tail)
    return b"".join(pieces)


def _flat(numbers: list[Array], all_scalars: bool) -> NDArray[np.float64]:
    if all_scalars:
        return np.fromiter(numbers, np.float64, len(numbers))
    return np.concatenate(list(map(np.ravel, numbers)))


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
        *[local for local in map(LOCAL, edges) if local is not None],
        *[carried for carried in map(CONTRIBUTION, edges) if carried is not None],
        *totals,
        *[update.old for update in updates],
        *[update.gradient for update in updates],
        *[update.change for update in updates],
        *[update.new for update in updates],
    ]
