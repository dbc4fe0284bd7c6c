"""The wire's shape of a graph: what `POST /graphs` takes, and what it answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, StringConstraints

from app import wire
from app.limits import DOOR

# Control, bidirectional and other invisible characters have no place in a label.
Label = Annotated[
    str,
    StringConstraints(
        max_length=DOOR.label_characters,
        pattern=r"^[^\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*$",
    ),
]


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class UpdateRequest(Strict):
    learning_rate: FiniteFloat
    parameters: list[str]


class NudgeRequest(Strict):
    node: str
    h: Annotated[FiniteFloat, Field(gt=0)]
    index: list[int] = []


class GraphRequest(Strict):
    program: str
    values: dict[str, wire.Numbers] = {}
    constants: list[str] = Field([], description="Leaves that are data: they get no gradient.")
    labels: dict[str, Label] = Field({}, description="LaTeX of a node's name.")
    update: UpdateRequest | None = None
    detail: Literal["tensor", "scalar"] = "tensor"
    check: bool = Field(False, description="Compare the gradients with finite differences.")
    explain: Literal["en", "pt-BR"] | None = Field(
        None, description="Add to each step its sentence and formula in this language."
    )
    nudge: NudgeRequest | None = Field(None, description="Move one element by ±h.")


class WireSummary(BaseModel):
    min: wire.Numbers
    max: wire.Numbers
    mean: wire.Numbers
    norm: wire.Numbers
    finite: bool


class WireNode(BaseModel):
    id: str
    label: str
    latex: str
    kind: Literal["input", "parameter", "target", "constant", "intermediate", "output"]
    op: str | None
    args: list[str]
    shape: list[int]
    value: wire.Numbers | None
    grad: wire.Numbers | None
    group: str | None
    summary: WireSummary | None
    sign: str | None = Field(description="What the operation's badge shows, as a template.")
    folded: bool = Field(description="A constant that is drawn inside an operation's badge.")


class WireEdge(BaseModel):
    source: str
    target: str
    slot: int
    local: wire.Numbers | None
    local_kind: Literal["elementwise", "rule"]
    local_latex: str
    contribution: wire.Numbers | None
    template: str
    compound: bool


class WireLine(BaseModel):
    name: Literal["rule", "local", "product", "total", "numbers", "result"]
    latex: str


class WireStep(BaseModel):
    index: int
    phase: Literal["forward", "loss", "backward", "update"]
    node: str
    source: str | None = None
    slot: int | None = None
    total: wire.Numbers | None = Field(
        None, description="The source's gradient as far as it is added up after this step."
    )
    text: str | None = None
    latex: str | None = None
    lines: list[WireLine] | None = None


class WireUpdate(BaseModel):
    parameter: str
    old: wire.Numbers
    gradient: wire.Numbers
    change: wire.Numbers
    new: wire.Numbers


class WireCheck(BaseModel):
    analytic: wire.Numbers
    numeric: wire.Numbers
    max_relative_error: wire.Numbers


class WirePaths(BaseModel):
    paths: list[list[int]]
    more: bool


class WireNudge(BaseModel):
    node: str
    h: float
    minus: wire.Numbers
    plus: wire.Numbers
    slope: wire.Numbers
    gradient: wire.Numbers


class WireLinks(BaseModel):
    page: str


class GraphAnswer(BaseModel):
    program: str
    output: str
    value: wire.Numbers | None
    detail: Literal["tensor", "scalar"]
    nodes: list[WireNode]
    edges: list[WireEdge]
    steps: list[WireStep]
    updates: list[WireUpdate]
    check: dict[str, WireCheck] | None
    paths: dict[str, WirePaths] | None = None
    nudge: WireNudge | None
    notices: list[str]
    links: WireLinks
