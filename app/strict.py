"""Fields of requests: none but those that are named, and limits for texts and lists."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from app.limits import DOOR
from engine.limits import DEFAULT as ENGINE

# Control, bidirectional and other invisible characters have no place in a label.
Label = Annotated[
    str,
    StringConstraints(
        max_length=DOOR.label_characters,
        pattern=r"^[^\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
        r"\u2060-\u206f\ufeff\ufff9-\ufffb]*$",
    ),
]


class Strict(BaseModel):
    """Fields have the types that are said; of many unknown ones the first is complained of."""

    model_config = ConfigDict(strict=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _one_unknown(cls, given: Any) -> Any:
        # A complaint takes a hundred times the room of what it is about.
        if not isinstance(given, dict) or len(given) <= len(cls.model_fields):
            return given
        unknown = next(name for name in given if name not in cls.model_fields)
        return {n: one for n, one in given.items() if n in cls.model_fields or n == unknown}


def _few(given: Any) -> Any:
    if isinstance(given, dict) and len(given) > ENGINE.nodes:
        raise PydanticCustomError(
            "too_long",
            "there are more names than a program may have nodes, {max_length}",
            {"max_length": ENGINE.nodes},
        )
    return given


# Names in lists and objects: as many as there may be nodes, and one complaint at most of a list.
Names = Annotated[list[str], Field(max_length=ENGINE.nodes, fail_fast=True)]
Few = BeforeValidator(_few)
