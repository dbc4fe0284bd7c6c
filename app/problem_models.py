"""An error, as every endpoint answers it: `application/problem+json` (RFC 9457)."""

from __future__ import annotations

from pydantic import BaseModel, Field

from app.catalogues.coded import Parameters


class Place(BaseModel):
    line: int = Field(description="From 1.")
    column: int = Field(description="From 1, in characters.")


class Cell(BaseModel):
    row: int = Field(description="From 1, as a spreadsheet counts: a header is row 1.")
    column: int | None = Field(None, description="From 1; null where the whole row is meant.")


class Limit(BaseModel):
    name: str
    value: int
    got: int


class Problem(BaseModel):
    """An error, as every endpoint answers it."""

    type: str
    title: str
    status: int
    detail: str = Field(
        description="A sentence: what is wrong, and what would be accepted; in English, or in "
        "Portuguese where Accept-Language prefers it."
    )
    code: str = Field(
        description="Which sentence `detail` is, as dotted words that stay the same, such as "
        "`shape.no_axis`; `text` where another library speaks."
    )
    parameters: Parameters = Field(
        description="What is put into the sentence, by name, so that a client can say it in its "
        "own language; a part that is a sentence has a code of its own. Long ones are cut."
    )
    position: Place | None = None
    positions: list[Place] | None = Field(None, description="Both places of a double assignment.")
    pointer: str | None = Field(None, description="JSON pointer into the request.")
    cell: Cell | None = Field(None, description="Where in a table of `csv`.")
    limit: Limit | None = None
    missing: list[str] | None = Field(None, description="Leaves without value or default.")
    node: str | None = None
    version: int | None = Field(None, description="The version that the network has by now.")
