"""A setting that a row of a table takes, as the endpoints list it."""

from __future__ import annotations

from pydantic import BaseModel, Field

from app import wire
from app.catalogues import in_all
from engine.options import Option


class OptionRow(BaseModel):
    name: str
    default: int | float | str
    low: wire.Numbers
    high: wire.Numbers
    above: bool = Field(False, description="Whether `low` itself is not accepted.")
    whole: bool = Field(False, description="Whether whole numbers only are accepted.")
    choices: list[str]
    doc: dict[str, str]


def option_row(option: Option) -> OptionRow:
    """Return the row of a setting."""
    return OptionRow(
        name=option.name,
        default=option.default,
        low=wire.numbers(option.low),
        high=wire.numbers(option.high),
        above=option.above,
        whole=isinstance(option.default, int),
        choices=list(option.choices),
        doc=in_all(option.doc.en, option.doc.pt),
    )
