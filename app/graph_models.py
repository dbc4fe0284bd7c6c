"""The wire's shape of a graph: what `POST /graphs` takes, and what it answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat
from pydantic.config import JsonDict

from app import wire
from app.catalogues import Language
from app.catalogues.coded import Said
from app.strict import Few, Label, Names, Strict


class UpdateRequest(Strict):
    learning_rate: FiniteFloat
    parameters: Names


class NudgeRequest(Strict):
    node: str
    h: Annotated[FiniteFloat, Field(gt=0)]
    index: Annotated[list[int], Field(fail_fast=True, default_factory=list)]


class ChainRequest(Strict):
    node: str
    top: str | None = Field(None, description="By default the output.")
    most: Annotated[int, Field(ge=1, le=100)] = 4


class ToldRequest(Strict):
    start: Annotated[int, Field(ge=0)] = 0
    count: Annotated[int, Field(ge=1, le=1000)] = 400


# The two neurons in a chain of lesson 4.
CHAIN: JsonDict = {
    "program": "s1 = x1 * w1; a1 = sigmoid(s1); s2 = a1 * w2; a2 = sigmoid(s2); "
    "L = half_mse(a2, y)",
    "values": {"x1": 1, "w1": -0.5, "w2": 0.5, "y": 1},
    "constants": ["x1", "y"],
}


class GraphFields(Strict):
    """What says which graph there is: also that of a lesson."""

    program: str
    values: Annotated[dict[str, wire.Numbers], Few] = Field(default_factory=dict)
    constants: Names = Field(
        default_factory=list, description="Leaves that are data: they get no gradient."
    )
    labels: Annotated[dict[str, Label], Few] = Field(
        default_factory=dict, description="LaTeX of a node's name."
    )
    update: UpdateRequest | None = None
    detail: Literal["tensor", "scalar"] = Field(
        "tensor", description="`scalar`: every element is a node of its own."
    )
    expand: Names = Field(
        default_factory=list,
        description="Nodes, or elements such as `a1[0,2]`, to take apart into numbers; the rest of "
        "the graph stays as it is.",
    )


class GraphRequest(GraphFields):
    model_config = ConfigDict(json_schema_extra={"examples": [CHAIN]})

    check: bool = Field(False, description="Compare the gradients with finite differences.")
    explain: Language | None = Field(
        None, description="Add to each step its sentence and formula in this language."
    )
    told: ToldRequest | None = Field(
        None,
        description="With `explain`: only so many steps from this one on, or at the end, have "
        "sentences and formulas; of a pass that has more, `paths` is left out.",
    )
    nudge: NudgeRequest | None = Field(None, description="Move one element by ±h.")
    mode: Literal["reverse", "forward"] = Field(
        "reverse", description="`forward`: the steps carry tangents, not gradients."
    )
    tangent: Annotated[dict[str, wire.Numbers], Few] = Field(
        default_factory=dict,
        description="The direction in which leaves move, in the shapes of their values.",
    )
    chain: ChainRequest | None = Field(
        None, description="Write the chain rule for ∂top/∂node, path by path."
    )


class WireSummary(BaseModel):
    min: wire.Numbers
    max: wire.Numbers
    mean: wire.Numbers
    norm: wire.Numbers
    finite: bool


class WireElement(BaseModel):
    node: str
    index: list[int]


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
    element: WireElement | None = Field(
        None, description="The node that a number is an element of, where it was taken apart."
    )


class WireFactor(BaseModel):
    latex: str
    shape: list[int]
    value: wire.Numbers | None
    role: Literal["upstream", "argument", "local"]
    transposed: bool
    sign: Literal["matrix", "elementwise"] = Field(
        description="How it is multiplied with the factor before."
    )


class WireEdge(BaseModel):
    source: str
    target: str
    slot: int
    local: wire.Numbers | None
    local_kind: Literal["elementwise", "rule"]
    local_latex: str
    contribution: wire.Numbers | None
    factors: list[WireFactor] | None = Field(
        None, description="The arrays whose product a rule computes, in order."
    )
    template: str
    compound: bool


class WireLine(BaseModel):
    name: Literal["rule", "local", "product", "total", "numbers", "result"]
    latex: str


class WireStep(BaseModel):
    index: int
    phase: Literal["forward", "loss", "backward", "update", "tangent"]
    node: str
    source: str | None = None
    slot: int | None = None
    total: wire.Numbers | None = Field(
        None,
        description="The source's gradient, or in forward mode the node's tangent, as far as it is "
        "added up after this step.",
    )
    local: wire.Numbers | None = Field(None, description="In forward mode: ∂node/∂source.")
    contribution: wire.Numbers | None = None
    text: str | None = None
    latex: str | None = None
    lines: list[WireLine] | None = None


class StepsAnswer(BaseModel):
    start: int
    of: int = Field(description="The number of all steps.")
    steps: list[WireStep]


class WireTerm(BaseModel):
    name: str
    symbol: str = Field(description="LaTeX.")
    template: str | None = Field(
        description="LaTeX, with names of other terms between « and »; null for what goes in."
    )
    value: wire.Numbers | None


class WireUpdate(BaseModel):
    parameter: str
    old: wire.Numbers
    gradient: wire.Numbers
    change: wire.Numbers
    new: wire.Numbers
    terms: list[WireTerm] = Field(
        [], description="Of a network: the optimizer's own terms, from what goes in to `new_p`."
    )


class WireCheck(BaseModel):
    analytic: wire.Numbers
    numeric: wire.Numbers
    max_relative_error: wire.Numbers
    kink: bool = Field(False, description="Some element stands where no derivative exists.")


class WirePaths(BaseModel):
    paths: list[list[int]]
    more: bool
    ways: float = Field(description="The number of all paths.")


class WireChainPath(BaseModel):
    edges: list[int]
    factors: list[str]
    product: wire.Numbers | None


class WireChain(BaseModel):
    top: str
    node: str
    paths: list[WireChainPath]
    ways: float
    more: bool
    total: wire.Numbers | None = Field(description="∂top/∂node, over all paths.")
    lines: list[WireLine]


class WireNudge(BaseModel):
    node: str
    h: float
    minus: wire.Numbers
    plus: wire.Numbers
    slope: wire.Numbers
    gradient: wire.Numbers | None
    kink: bool = Field(False, description="The slopes to the left and to the right differ.")


class WireCosts(BaseModel):
    """Multiplications and additions, and steps, for all derivatives in either mode."""

    inputs: int
    outputs: int
    evaluation: int
    reverse: int
    forward: int
    reverse_steps: int
    forward_steps: int


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
    chain: WireChain | None = None
    tangents: dict[str, wire.Numbers | None] | None = None
    costs: WireCosts | None = None
    notices: list[str]
    notices_said: list[Said] | None = Field(
        None, description="The notices in code, where there are any."
    )
    links: WireLinks
