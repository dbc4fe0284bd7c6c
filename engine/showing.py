"""How results are shown in a notebook: by what is installed for it, under an entry point.

The engine computes and draws nothing. Whoever can show a run names a function of a run in the group
`gradwalk.notebook`; it returns HTML, or None for what it cannot show.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

GROUP = "gradwalk.notebook"


def html(run: Any) -> str | None:
    """Return the HTML of the first that can show a run; None where there is none."""
    found = (point.load()(run) for point in entry_points(group=GROUP))
    return next((str(text) for text in found if text is not None), None)
