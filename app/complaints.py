"""What a field accepts, in words: a sentence's end for each kind of Pydantic's complaints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.sentence import Sentence, alternatives, foreign, said, unfilled

# What Pydantic calls the bounds that are put in.
BOUNDS = {"gt", "ge", "lt", "le", "min_length", "max_length", "expected"}
# Pydantic joins names as 'a', 'b' or 'c'.
_NAMES = re.compile(r", (?=')| or (?=')")
# In braces the bound that the field has.
WORDS = {
    "missing": unfilled("the field is missing"),
    "int_type": unfilled("a whole number is accepted here"),
    "int_from_float": unfilled("a whole number is accepted here"),
    "int_parsing": unfilled("a whole number is accepted here"),
    "float_type": unfilled("a number is accepted here"),
    "float_parsing": unfilled("a number is accepted here"),
    "finite_number": unfilled("a finite number is accepted here"),
    "bool_type": unfilled("true or false is accepted here"),
    "bool_parsing": unfilled("true or false is accepted here"),
    "string_type": unfilled("a text is accepted here"),
    "list_type": unfilled("a list is accepted here"),
    "dict_type": unfilled("a JSON object is accepted here"),
    "model_type": unfilled("a JSON object is accepted here"),
    "model_attributes_type": unfilled("a JSON object is accepted here"),
    "greater_than": unfilled("a number above {gt} is accepted here"),
    "greater_than_equal": unfilled("a number from {ge} on is accepted here"),
    "less_than": unfilled("a number below {lt} is accepted here"),
    "less_than_equal": unfilled("a number up to {le} is accepted here"),
    "too_long": unfilled("at most {max_length} items are accepted here"),
    # Wherever a number of items is asked for, it is one.
    "too_short": unfilled("something is needed here; an empty list or object is not accepted"),
    "string_too_long": unfilled("at most {max_length} characters are accepted here"),
    "string_too_short": unfilled("at least {min_length} characters are needed here"),
    "literal_error": unfilled("{expected} is accepted here"),
    # Labels are the only text with a pattern.
    "string_pattern_mismatch": unfilled(
        "control characters and invisible ones are not accepted in a text that is shown"
    ),
    "label_type": unfilled(
        "a number, true or false, or a text without control characters is accepted here"
    ),
}


def complaint(error: Mapping[str, Any]) -> Sentence:
    """Return what a field accepts, without a full stop; Pydantic's words for kinds without ours."""
    words = WORDS.get(error["type"])
    if words is None:
        return foreign(error["msg"].rstrip("."))
    bounds = {name: _bound(one) for name, one in error.get("ctx", {}).items() if name in BOUNDS}
    return said(words, bounds)


def _bound(given: Any) -> Any:
    """Return a bound as it is; the names of which one is accepted, as our words join them."""
    return alternatives(_NAMES.split(given)) if isinstance(given, str) else given
