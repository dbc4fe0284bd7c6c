"""Settings of a row that a user may give: numbers, whole numbers and choices, checked strictly.

What a setting is follows from its default: an int is a whole number, a float any finite number, a
text one of `choices`. `True` is no number.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from .errors import ValueProblem
from .ops.row import Doc
from .sentence import Sentence, say


class Option(NamedTuple):
    """A setting from `low` to `high`, both accepted; with `above`, `low` itself is not."""

    name: str
    default: int | float | str
    doc: Doc
    low: float = -math.inf
    high: float = math.inf
    above: bool = False
    choices: tuple[str, ...] = ()


def checked(
    options: tuple[Option, ...], given: Mapping[str, Any], owner: str, pointer: str
) -> dict[str, Any]:
    """Return every setting: what was given, else the default; `owner` stands in the sentences.

    Raises ValueProblem with a JSON pointer below `pointer`.
    """
    table = {option.name: option for option in options}
    for key in given:
        if key not in table:
            accepted = (
                say("its settings are: {settings}", settings=table)
                if table
                else say("it has no settings")
            )
            raise ValueProblem(
                say(
                    "{owner} has no setting {name}; {accepted}.",
                    owner=owner,
                    name=str(key)[:40],
                    accepted=accepted,
                ),
                pointer=f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}",
            )
    return {
        option.name: _checked(option, given.get(option.name, option.default), owner, pointer)
        for option in options
    }


def accepted(option: Option) -> Sentence:
    """Say in words what an option accepts."""
    if isinstance(option.default, str):
        return say("one of {choices}", choices=option.choices)
    kind = say("a whole number") if isinstance(option.default, int) else say("a finite number")
    low, high = _whole(option.low), _whole(option.high)
    endless = option.high == math.inf
    if option.low == -math.inf:
        return kind if endless else say("{kind} up to {high:,}", kind=kind, high=high)
    if option.above:
        return (
            say("{kind} above {low:g}", kind=kind, low=low)
            if endless
            else say("{kind} above {low:g} up to {high:,}", kind=kind, low=low, high=high)
        )
    return (
        say("{kind} from {low:,}", kind=kind, low=low)
        if endless
        else say("{kind} from {low:,} up to {high:,}", kind=kind, low=low, high=high)
    )


def _whole(bound: float) -> int | float:
    """Return a bound as a whole number, which prints all its digits, where it is one."""
    return int(bound) if math.isfinite(bound) and bound == int(bound) else bound


def _checked(option: Option, value: Any, owner: str, pointer: str) -> Any:
    if not _fits(option, value):
        raise ValueProblem(
            say(
                "The setting {setting} of {owner} must be {accepted}.",
                setting=option.name,
                owner=owner,
                accepted=accepted(option),
            ),
            pointer=f"{pointer}/{option.name}",
        )
    return float(value) if isinstance(option.default, float) else value


def _fits(option: Option, value: Any) -> bool:
    if isinstance(option.default, str):
        return isinstance(value, str) and value in option.choices
    kinds = int if isinstance(option.default, int) else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds):
        return False
    inside = option.low <= value <= option.high and not (option.above and value == option.low)
    return inside and abs(value) <= 1e308


def named(what: Sentence, given: Mapping[str, Any]) -> Sentence:
    """Begin the sentence about a name that is in no table, or that is not given."""
    if "name" not in given:
        return say("The {what} needs a name", what=what)
    return say("There is no {what} {name}", what=what, name=str(given["name"])[:40])
