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

import engine
from app import answers, details, known
from app.answer_gaps import agrees, gaps, numbered, refined, texts
from app.answer_numbers import NUMBERS, flat, gathered, of_run, summarised
from app.answer_overlay import Overlay
from app.answer_templates import Key, Placeholder, Template, Templates
from app.catalogues import DEFAULT as DEFAULT_LANGUAGE
from app.catalogues.coded import in_words_and_code
from app.details import Shown
from app.graph_models import GraphRequest
from engine import Graph
from engine.evaluate import computed
from engine.inputs import bind
from engine.limits import DEFAULT
from engine.ops import Array
from engine.sentence import Sentence

Row = dict[str, Any]
# What a gap takes beside its text: two places in a list, an object's head, four arrays' elements.
BYTES_PER_GAP = 100

TEMPLATES = Templates()


def encoded(asked: GraphRequest, last: Row) -> bytes:
    """Evaluate what is asked for, and return the answer's JSON."""
    return _known(asked, last, TEMPLATES) or written(asked, details.shown(asked), last)


def written(
    asked: GraphRequest,
    view: Shown,
    last: Row,
    templates: Templates = TEMPLATES,
    overlay: Overlay | None = None,
) -> bytes:
    """Return the JSON of a request that has been evaluated; `last` are its last members."""
    key, template = (b"", None) if _more(asked) else _template_of(asked, view, templates, overlay)
    if template is not None:
        language = asked.explain or DEFAULT_LANGUAGE
        said = [engine.print_numeral(view.run, *one, lang=language) for one in template.printed]
        found = _filled(
            key, _numbers(view, template.factored, template.large, overlay), template, templates,
            _tail(view.whole.notices, last), said,
        )  # fmt: skip
        if found is not None:
            return found
    answer = answers.written(asked, view)
    return orjson.dumps({**(overlay.laid(answer) if overlay else answer), **last})


def _tail(notices: Sequence[Sentence], last: Row) -> bytes:
    """Return the last members of an answer, which are no part of its template."""
    return b"," + orjson.dumps({**in_words_and_code("notices", notices), **last})[1:]


def _known(asked: GraphRequest, last: Row, templates: Templates) -> bytes | None:
    """Return the JSON of what was asked before with other numbers, from nothing but the numbers.

    None where there is no template, or one that needs more than the passes leave.
    """
    plain = all(isinstance(value, int | float) for value in asked.values.values())
    short = plain and len(asked.program) <= known.SHORT
    if not short or _more(asked) or asked.explain or asked.detail == "scalar" or asked.expand:
        return None
    graph = known.graph(asked.program)
    leaves, notices = bind(graph, asked.values, DEFAULT)
    key = _key(asked, graph, leaves)
    template = templates.peek(key)
    if template is None or template.wanted is None or template.factored or template.large:
        return None
    found = computed(graph, leaves, template.wanted, details.descent(asked.update))
    carried = sorted(found.carried, key=attrgetter("edge"))
    numbers = gathered(found.values[graph.output], found.values.values(), found.grads.values(),
                         carried, [one.total for one in found.carried], found.updates)  # fmt: skip
    return _filled(key, numbers, template, templates, _tail(notices, last))


def _more(asked: GraphRequest) -> bool:
    """Whether an answer says more than the passes, which numbers decide."""
    return bool(asked.check or asked.nudge or asked.chain or asked.tangent)


def _template_of(
    asked: GraphRequest, view: Shown, templates: Templates, overlay: Overlay | None
) -> tuple[Key, Template | None]:
    """Return an answer's kind, and its template, None where that was not asked for before."""
    whole = view.whole
    choices = view.expansion.choices if view.expansion else ()
    key = _key(asked, whole.graph, whole.values, choices, overlay)
    asked_before, template = templates.get(key)
    if asked_before and template is None:
        template = _template(asked, view, overlay)
        if template is not None:
            templates.put(key, template)
    return key, template


def _key(
    asked: GraphRequest,
    graph: Graph,
    values: Mapping[str, Array],
    choices: Sequence[tuple[int, str]] = (),
    overlay: Overlay | None = None,
) -> Key:
    """Return all that decides what stands between the numbers.

    `choices` are those of an expansion: how a softmax is taken apart depends on its numbers.
    """
    told = (
        asked.program, asked.detail, asked.explain, asked.expand, asked.constants, asked.labels,
        asked.update and asked.update.parameters, asked.told and asked.told.model_dump(),
        [values[leaf].shape for leaf in graph.leaves], choices,
        overlay and overlay.kind,
    )  # fmt: skip
    return blake2b(orjson.dumps(told), digest_size=16).digest()


def _template(asked: GraphRequest, view: Shown, overlay: Overlay | None) -> Template | None:
    """Return the template of an answer; None where some of its numbers are not finite."""
    token, count = token_hex(12), itertools.count()
    answer = answers.written(asked, view, token)
    factored = tuple(index for index, edge in enumerate(answer["edges"]) if edge["factors"])
    factors = [factor for index in factored for factor in answer["edges"][index]["factors"]]
    large = tuple(node["id"] for node in answer["nodes"] if node["summary"])
    numbers = _numbers(view, factored, large, overlay)
    scalars = not any(map(np.ndim, numbers))
    row = flat(numbers, scalars)
    if not np.isfinite(row).all():
        return None
    _outline(
        [
            (answer, "value"),
            *((one, name) for member, name in NUMBERS for one in answer[member]),
            *((factor, "value") for factor in factors),
            *summarised(answer),
        ],
        token, count,
    )  # fmt: skip
    if overlay is not None:
        answer = overlay.laid(answer)
        _outline(overlay.places(answer), token, count)
    del answer["notices"]
    answer.pop("notices_said", None)
    # Texts, and between them either the number of a number or the placeholder in a formula.
    parts = re.split(f'"{token}(\\d+)"|{token}([^;]*);', orjson.dumps(answer)[:-1].decode())
    order = [int(number) for number in parts[1::3] if number]
    sources, printed = numbered(parts[2::3], order)
    found = gaps(row, sources)
    same: dict[str, bytes] = {}
    texts = [same.setdefault(part, part.encode()) for part in parts[::3]]
    pieces = [piece for text in texts for piece in (text, b"")]
    grads = view.run.grads
    wanted = frozenset(node.id for node in view.run.graph.nodes if grads[node.id] is not None)
    size = sum(map(len, same.values())) + BYTES_PER_GAP * len(texts) + 200 * len(printed)
    placeholders = tuple(Placeholder(*map(intern, one.split("|"))) for one in printed)
    return Template(pieces, found, placeholders, scalars, factored, large, wanted or None, size)


def _outline(places: Iterable[tuple[Row, str]], token: str, count: Iterator[int]) -> None:
    """Put a numbered token in place of each number."""
    for row, name in places:
        if row.get(name) is not None:
            row[name] = _gaps(row[name], token, count)


def _gaps(value: Any, token: str, count: Iterator[int]) -> Any:
    """Put a numbered token in place of each number of nested lists."""
    if isinstance(value, list):
        return [_gaps(one, token, count) for one in value]
    return f"{token}{next(count)}"


def _filled(
    key: Key,
    numbers: Sequence[Array],
    template: Template,
    templates: Templates,
    tail: bytes,
    printed: Sequence[str] = (),
) -> bytes | None:
    """Put numbers into the gaps; None where some are not finite, which are words."""
    row = flat(numbers, template.flat)
    found = template.gaps
    if not agrees(found, row):
        found = refined(found, row)
        templates.put(key, template._replace(gaps=found))
    between = texts(found, row, [one.replace("\\", r"\\").encode() for one in printed])
    if between is None:
        return None
    pieces = template.pieces.copy()
    pieces[-1] = tail
    pieces[1:-1:2] = between
    return b"".join(pieces)


def _numbers(
    view: Shown, factored: Iterable[int], large: Iterable[str], overlay: Overlay | None
) -> list[Array]:
    own = overlay.numbers if overlay else ()
    return [*of_run(view.run, view.whole.value, factored, large), *own]
