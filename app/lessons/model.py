"""What a lesson's file holds: its fields, with what each accepts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from app.graph_models import GraphFields
from app.limits import DOOR
from app.strict import Label, Names, Strict
from app.training.limits import TRAINING
from app.training.requests import NetworkRequest

# What is not drawn, or turns the direction of what is, has no place in a text; line ends have.
Prose = Annotated[
    str,
    StringConstraints(
        max_length=DOOR.lesson_text_characters,
        pattern=r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f"
        r"\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]*$",
    ),
]
Name = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Language = Literal["en", "pt-BR"]
Texts = dict[Language, Prose]
Titles = dict[Language, Label]
Questions = Annotated[list[Label], Field(max_length=100)]
Whole = Annotated[int, Field(ge=0, le=2**31)]
# So many are done again whenever the file is read.
MOST_ITERATIONS = 10_000


class GraphFile(GraphFields):
    """A graph: a program with its numbers, or a network after so many iterations."""

    program: str | None = None  # type: ignore[assignment]
    network: NetworkRequest | None = None
    iterations: Annotated[int, Field(ge=0, le=MOST_ITERATIONS)] = 0
    rows: Annotated[list[Whole], Field(min_length=1, max_length=TRAINING.rows_shown)] | None = None


class View(Strict):
    """How a scene is looked at when it opens."""

    reveal: Literal["beats", "whole"] = "beats"
    symbols: bool = False
    tab: Literal["ledger", "rules"] = "ledger"
    select: str = ""


class SceneFile(Strict):
    """One scene: a stretch of a graph's steps, and what is told about it."""

    id: Name
    graph: str
    title: Titles
    text: Texts | None = None
    notes: Texts | None = None
    from_: Whole = Field(0, alias="from")
    to: Whole | None = None
    ask: Questions = Field(default_factory=list)
    point: Names = Field(default_factory=list)
    widget: Literal["iterations", "updates", "slides", "norms"] | None = None
    slides: dict[str, Any] | None = None
    note: Texts | None = None
    view: View = Field(default_factory=View)


class LessonFile(Strict):
    """A lesson: its words, its graphs, and its scenes in order."""

    slug: Name
    title: Titles
    summary: Titles
    graphs: Annotated[dict[str, GraphFile], Field(min_length=1, max_length=100)]
    scenes: Annotated[list[SceneFile], Field(min_length=1, max_length=100)]
    number: Annotated[str, StringConstraints(max_length=20)] = ""
    order: Whole = 0
    languages: Annotated[list[Language], Field(min_length=1, max_length=2)] = Field(
        default_factory=lambda: list[Language](("en", "pt-BR"))
    )
    credit: Texts | None = None
