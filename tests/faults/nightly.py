"""How long the tests of faults run: seconds with the others, longer with GRADWALK_NIGHTLY=1."""

from __future__ import annotations

import os


def rounds(few: int, many: int) -> int:
    """Return how often something is done: a few times, or many times at night."""
    return many if os.environ.get("GRADWALK_NIGHTLY") == "1" else few
