"""The wire's shape of a question's answer: what `POST /answers` takes, and what it says."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from app import wire
from app.catalogues import Language
from app.graph_models import CHAIN, GraphRequest
from app.strict import Names, Strict
from app.training.limits import TRAINING
from engine.questions.typed import LONGEST
from engine.questions.verdict import ELEMENTS

Text = Annotated[str, StringConstraints(max_length=LONGEST)]
Row = Annotated[list[Text], Field(max_length=ELEMENTS, fail_fast=True)]
Rows = Annotated[list[Row], Field(max_length=ELEMENTS, fail_fast=True)]
Index = Annotated[int, Field(ge=0, le=2**31)]
Typed: TypeAlias = Text | Row | Rows


class NetworkAsked(Strict):
    """A pass of a network, as `GET /networks/{id}/graph` shows it."""

    id: str
    iteration: Annotated[int, Field(ge=0, le=2**53)] | None = None
    rows: Annotated[list[int], Field(max_length=TRAINING.rows_shown, fail_fast=True)] | None = (
        Field(None, description="By default the whole batch.")
    )
    detail: Literal["tensor", "scalar"] = "tensor"
    expand: Names = Field(default_factory=list)


class QuestionRequest(Strict):
    """What is asked: about a step, or about the node or edge that it brings a number to."""

    kind: Literal["value", "local", "product", "sum", "update", "shape", "next"] = Field(
        description="The value of a node, the local derivative of an edge, global × local, the "
        "gradient added up at a node, an updated parameter, a shape, or the node of the step that "
        "comes next."
    )
    step: Index | None = Field(None, description="Its index.")
    node: str | None = Field(None, description="In place of a step.")
    edge: Index | None = Field(None, description="Its place in `edges`, in place of a step.")
    cell: Annotated[list[Index], Field(max_length=32, fail_fast=True)] | None = Field(
        None, description="One element of an array is asked for."
    )


EXAMPLE: JsonDict = {
    "graph": CHAIN,
    "question": {"kind": "product", "edge": 4},
    "answer": "-0,0423",
}


class AnswerRequest(Strict):
    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    graph: GraphRequest | None = Field(None, description="What `POST /graphs` is asked.")
    network: NetworkAsked | None = Field(None, description="In place of a graph.")
    question: QuestionRequest
    answer: Typed = Field(
        "",
        description="As it was typed, with a decimal comma or point: a number, a fraction, an "
        "expression such as -0.453*0.248; of an array nested lists of these; a shape such as "
        "2 × 3; the id of a node.",
    )
    attempt: Annotated[int, Field(ge=1, le=1_000)] = Field(
        1, description="Which try at this question it is; from the second on, the step is worked."
    )
    show: bool = Field(False, description="Give up: the answer is not judged, the step is worked.")
    digits: Annotated[int, Field(ge=2, le=17)] = Field(
        3, description="Operands rounded or cut to so many significant digits give right answers."
    )
    language: Language | None = Field(None, description="By default that of Accept-Language.")

    @model_validator(mode="after")
    def _one(self) -> AnswerRequest:
        if (self.graph is None) == (self.network is None):
            raise PydanticCustomError("one_of", "exactly one of graph and network is needed")
        return self


class AnswerPlace(BaseModel):
    node: str | None
    edge: int | None
    cells: list[list[int]] = Field(description="The elements of an array that are wrong.")


class WorkedLine(BaseModel):
    name: str
    latex: str


class Worked(BaseModel):
    value: wire.Numbers | None = Field(description="Of what was asked for; null for a node.")
    answer: str = Field(description="The same in words and digits, as it would be typed.")
    text: str
    lines: list[WorkedLine]


class AnswerVerdict(BaseModel):
    """What is to be said of an answer."""

    right: bool
    slip: str | None = Field(description="The slip that gives this answer.")
    slips: list[str] = Field(description="All that give it, the likeliest first.")
    unreadable: str | None = Field(
        description="Why a text is no answer, which then counts as no try: empty, letters, long, "
        "deep, zero, infinite, shape, size or node."
    )
    place: AnswerPlace | None = Field(description="Where to look.")
    said: str
    worked: Worked | None = Field(
        description="The step worked out: of a right answer, from the second try on, and on show."
    )
