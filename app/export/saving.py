"""The end of a command that makes a file: made, written, and told of."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from app.export.chromium import NoBrowser
from app.export.figure import NoFigure

LESSONS_HELP = "the folder with lessons of your own that gradwalk serve is given"


def save(make: Callable[[], bytes], output: Path) -> int:
    """Write what is made to a file, or say why not; return the exit status."""
    try:
        made = make()
    except (NoFigure, NoBrowser) as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        return 1
    try:
        output.write_bytes(made)
    except OSError as problem:
        print(f"{output} cannot be written: {problem.strerror}.", file=sys.stderr)  # noqa: T201
        return 1
    print(f"{output}: {len(made):,} bytes")  # noqa: T201
    return 0
