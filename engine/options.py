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
            accepted = f"its settings are: {', '.join(table)}" if table else "it has no settings"
            raise ValueProblem(
                f"{owner} has no setting {str(key)[:40]}; {accepted}.",
                pointer=f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}",
            )
    return {
        option.name: _checked(option, given.get(option.name, option.default), owner, pointer)
        for option in options
    }


def accepted(option: Option) -> str:
    """Say in words what an option accepts."""
    if isinstance(option.default, str):
        return "one of " + ", ".join(option.choices)
    kind = "a whole number" if isinstance(option.default, int) else "a finite number"
    begin = f"above {option.low:g}" if option.above else f"from {_plain(option.low)}"
    if option.low == -math.inf:
        begin = ""
    end = f"up to {_plain(option.high)}" if option.high < math.inf else ""
    return " ".join(part for part in (kind, begin, end) if part)


def _plain(bound: float) -> str:
    return f"{int(bound):,}" if bound == int(bound) else f"{bound:g}"


def _checked(option: Option, value: Any, owner: str, pointer: str) -> Any:
    if not _fits(option, value):
        raise ValueProblem(
            f"The setting {option.name} of {owner} must be {accepted(option)}.",
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


def named(what: str, given: Mapping[str, Any]) -> str:
    """Begin the sentence about a name that is in no table, or that is not given."""
    if "name" not in given:
        return f"The {what} needs a name"
    return f"There is no {what} {str(given['name'])[:40]}"
