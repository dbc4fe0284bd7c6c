"""A player put together: one text of HTML, the same for the same request."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson
from markupsafe import Markup

from app import __version__
from app.assets import STATIC
from app.catalogues import LANGUAGES, catalogue, completed, language_names
from app.errors import Refused
from app.graph_models import GraphRequest
from app.lean import lean
from app.lessons import Lesson
from app.limits import DOOR
from app.pages import rendered
from app.player import records, sheets
from app.player.modules import modules
from app.player.request import PlayerRequest, lesson_of
from engine.sentence import say

Row = dict[str, Any]

# Nothing is fetched: what the page needs are addresses that hold their content.
POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}' data:; style-src 'nonce-{nonce}'; "
    "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
SPOKEN = ("ui.",)
NONE: Mapping[str, Lesson] = MappingProxyType({})


class Player(NamedTuple):
    """A file and its name."""

    name: str
    content: bytes


def player(asked: PlayerRequest, own: Mapping[str, Lesson] = NONE) -> Player:
    """Return the file that plays what is asked for; `own` are lessons beside the built-in ones.

    Raises EngineError or Refused for a program that cannot be evaluated, for a graph that is too
    large, and for a step that does not exist.
    """
    lesson = lesson_of(asked, own)
    wanted = _graphs(asked, lesson)
    recorded = records.graphs(wanted.values())
    first = recorded[0] if lesson is None else recorded[list(wanted).index(_opening(lesson))]
    _check_step(asked, first)
    config = _config(asked, lesson, recorded)
    packed = _packed({"modules": modules(scenes=lesson is not None), "config": config})
    content = _page(asked, config, packed).encode()
    if len(content) > DOOR.player_bytes:
        raise Refused(
            422,
            say(
                "The player would be a file of {got:,} bytes; it may have at most {most:,}.",
                got=len(content),
                most=DOOR.player_bytes,
            ),
            limit={"name": "player_bytes", "value": DOOR.player_bytes, "got": len(content)},
        )
    return Player(f"{asked.lesson or 'pass'}.html", content)


def _graphs(asked: PlayerRequest, lesson: Lesson | None) -> dict[str, GraphRequest]:
    if lesson is not None:
        return {name: GraphRequest(**graph) for name, graph in lesson["graphs"].items()}
    fields = set(GraphRequest.model_fields) & set(PlayerRequest.model_fields)
    # What is in the request was checked when it came.
    return {"": GraphRequest.model_construct(**{name: getattr(asked, name) for name in fields})}


def _opening(lesson: Lesson) -> str:
    name: str = lesson["scenes"][0]["graph"]
    return name


def _check_step(asked: PlayerRequest, first: Row) -> None:
    steps = len(first["answers"][asked.lang]["steps"])
    if asked.step > steps:
        raise Refused(
            422,
            say(
                "There is no step {number}; accepted are the numbers 0 to {last}.",
                number=asked.step,
                last=steps,
            ),
            pointer="/step",
        )


def _config(asked: PlayerRequest, lesson: Lesson | None, recorded: list[Row]) -> Row:
    """Return what the page is told at its start."""
    words = {language: _words(language) for language in LANGUAGES}
    return {
        "api": "", "base": "", "static": "", "keepDays": 0, "lessons": [],
        "page": "player",
        "lang": asked.lang,
        "languages": dict(language_names()),
        "lesson": completed(lesson, asked.lang),
        "messages": {},
        "player": {
            "title": _titles(asked, lesson),
            "icon": sheets.icon(),
            "words": words,
            "start": _start(asked, lesson),
            "graphs": recorded,
            "ops": records.ops(recorded),
        },
    }  # fmt: skip


def _titles(asked: PlayerRequest, lesson: Lesson | None) -> dict[str, str]:
    own = {language: catalogue(language)["ui.player.title"] for language in LANGUAGES}
    titles: dict[str, str] = own if lesson is None else completed(lesson["title"], asked.lang)
    return dict.fromkeys(LANGUAGES, asked.title) if asked.title else titles


def _start(asked: PlayerRequest, lesson: Lesson | None) -> Row:
    """Return the state of the page as it opens, as far as it is no other by default."""
    if lesson is not None:
        return {"step": asked.step} if asked.step else {}
    update = asked.update
    return {
        **asked.model_dump(
            include={"program", "values", "constants", "labels", "detail", "expand"}
        ),
        **({"rate": update.learning_rate, "update": update.parameters} if update else {}),
        "step": asked.step,
    }


@cache
def _words(language: str) -> dict[str, str]:
    return {key: text for key, text in catalogue(language).items() if key.startswith(SPOKEN)}


def _packed(content: Row) -> str:
    return base64.b64encode(gzip.compress(orjson.dumps(content), 9, mtime=0)).decode()


def _page(asked: PlayerRequest, config: Row, packed: str) -> str:
    words = catalogue(asked.lang)
    nonce = hashlib.sha256(packed.encode()).hexdigest()[:24]
    return rendered(
        "player.html",
        version=__version__,
        language=asked.lang,
        title=config["player"]["title"][asked.lang],
        policy=POLICY.format(nonce=nonce),
        nonce=nonce,
        icon=sheets.icon(),
        style=Markup(sheets.style()),
        licences=Markup(_licences()),
        unpack=Markup(_unpack()),
        packed=packed,
        t=words.__getitem__,
    )


@cache
def _licences() -> str:
    """Return the licences of what others wrote and the file holds."""
    paths = sorted((STATIC / "vendor").glob("*/LICENSE"))
    texts = (f"{path.parent.name}\n\n{path.read_text(encoding='utf-8')}" for path in paths)
    return _raw("\n\n".join(texts))


@cache
def _unpack() -> str:
    return _raw(lean((STATIC / "unpack.js").read_text(encoding="utf-8")).strip())


def _raw(text: str) -> str:
    """Return a text that stands in a script element as it is."""
    assert not re.search("<!--|</?script", text, re.IGNORECASE), "it would change what follows"
    return text
