"""Files of cases in tests/data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"


def load(name: str) -> Any:
    """Return a file of tests/data."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))
