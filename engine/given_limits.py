"""Limits that are set from outside: a JSON object of names and whole numbers in GRADWALK_LIMITS.

It is read once, when the limits are defined; names of other tables are left to those.
"""

from __future__ import annotations

import json
import os
from dataclasses import fields
from typing import Any

VARIABLE = "GRADWALK_LIMITS"


def given(kind: type[Any]) -> dict[str, int]:
    """Return those of the limits of a dataclass that are set, by name.

    Whoever serves says what is wrong with the variable; here what is no positive whole number
    counts for nothing.
    """
    try:
        found = json.loads(os.environ.get(VARIABLE) or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    own = {one.name for one in fields(kind)}
    return {
        name: value for name, value in found.items()
        if name in own and isinstance(value, int) and not isinstance(value, bool) and value > 0
    }  # fmt: skip
