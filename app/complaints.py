"""What a field accepts, in words: a sentence's end for each kind of Pydantic's complaints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# In braces the bound that the field has.
WORDS = {
    "missing": "the field is missing",
    "int_type": "a whole number is accepted here",
    "int_from_float": "a whole number is accepted here",
    "int_parsing": "a whole number is accepted here",
    "float_type": "a number is accepted here",
    "float_parsing": "a number is accepted here",
    "finite_number": "a finite number is accepted here",
    "bool_type": "true or false is accepted here",
    "bool_parsing": "true or false is accepted here",
    "string_type": "a text is accepted here",
    "list_type": "a list is accepted here",
    "dict_type": "a JSON object is accepted here",
    "model_type": "a JSON object is accepted here",
    "model_attributes_type": "a JSON object is accepted here",
    "greater_than": "a number above {gt} is accepted here",
    "greater_than_equal": "a number from {ge} on is accepted here",
    "less_than": "a number below {lt} is accepted here",
    "less_than_equal": "a number up to {le} is accepted here",
    "too_long": "at most {max_length} items are accepted here",
    "too_short": "at least {min_length} items are needed here",
    "string_too_long": "at most {max_length} characters are accepted here",
    "string_too_short": "at least {min_length} characters are needed here",
    "literal_error": "{expected} is accepted here",
    # Labels are the only text with a pattern.
    "string_pattern_mismatch": "control characters and invisible ones are not accepted in a text "
    "that is shown",
    "label_type": "a number, true or false, or a text without control characters is accepted here",
}


def complaint(error: Mapping[str, Any]) -> str:
    """Return what a field accepts, without a full stop; Pydantic's words for kinds without ours."""
    words = WORDS.get(error["type"])
    return error["msg"].rstrip(".") if words is None else words.format(**error.get("ctx", {}))
